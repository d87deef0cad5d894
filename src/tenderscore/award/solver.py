"""HiGHS: finds the best values of 0/1 unknowns under rows of whole numbers.

HiGHS calculates with floats. So every number that it is given for a search is whole, sums stay
short, and where they are not that short a row's bound lies half a unit above the last sum that
keeps to it: no rounding error reaches from one sum to the next. Where it says
that nothing keeps to the rows, or its values do not, it is asked again without presolving. What
comes back is recomputed by whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import highspy
import numpy as np
from numpy.typing import NDArray

from tenderscore.award.unknowns import WholeRow

MOST = 2**40
_SHORT = 2**24
_OPTIONS: Mapping[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
    "mip_feasibility_tolerance": 1e-9,
}


class _Highs(highspy.Highs):
    """HiGHS without callbacks, at whose start it prints its name to standard output."""

    def enableCallbacks(self) -> None:  # noqa: N802 - highspy's name
        """Nothing is called back."""


def best_values(
    objective: Mapping[int, int], rows: Sequence[WholeRow], barred: Iterable[int], count: int
) -> list[int] | None:
    """The values that make the objective greatest; None where nothing keeps to the rows.

    ``barred`` are unknowns that stay 0.

    >>> best_values({0: 3, 1: 4}, [WholeRow({0: 1, 1: 1}, 1)], (), 2)
    [0, 1]
    """
    if any(row.bound < 0 for row in rows if not row.terms):
        return None
    if not count:
        return []
    program = _program(rows, [1] * len(rows), objective, count)
    program.row_upper_ = np.array([row.bound + (row.size > _SHORT) / 2 for row in rows])
    program.col_upper_ = _upper(barred, count)
    program.integrality_ = [highspy.HighsVarType.kInteger] * count
    found = _values(program)
    if found is None or not all(_keeps(row, found) for row in rows):
        found = _values(program, presolve="off")
    return found


def _values(program: highspy.HighsLp, presolve: str = "choose") -> list[int] | None:
    highs = _run(program, presolve)
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return [round(value) for value in highs.getSolution().col_value]


def _keeps(row: WholeRow, values: Sequence[int]) -> bool:
    return sum(number * values[at] for at, number in row.terms.items()) <= row.bound


def prices_of_rows(
    objective: Mapping[int, int],
    rows: Sequence[WholeRow],
    count: int,
    barred: Iterable[int] = (),
) -> list[Fraction]:
    """What the objective gains by one unit more of each row's bound, about.

    They are the dual values of the programme in which unknowns may be parts. Numbers of any
    length will do: each row is divided by the largest of its own.
    """
    largest = max([1, *map(abs, objective.values())])
    units = [max([1, *map(abs, row.terms.values())]) for row in rows]
    program = _program(
        rows, units, {at: Fraction(c, largest) for at, c in objective.items()}, count
    )
    program.col_upper_ = _upper(barred, count)
    duals = _run(program).getSolution().row_dual or [0.0] * len(rows)
    return [
        Fraction(max(dual, 0.0)) * largest / unit for dual, unit in zip(duals, units, strict=True)
    ]


def _upper(barred: Iterable[int], count: int) -> NDArray[np.float64]:
    upper = np.ones(count)
    upper[list(barred)] = 0
    return upper


def _program(
    rows: Sequence[WholeRow],
    units: Sequence[int],
    objective: Mapping[int, int] | Mapping[int, Fraction],
    count: int,
) -> highspy.HighsLp:
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = count, len(rows)
    program.sense_ = highspy.ObjSense.kMaximize
    costs = np.zeros(count)
    costs[list(objective)] = [float(number) for number in objective.values()]
    program.col_cost_, program.col_lower_, program.col_upper_ = (
        costs,
        np.zeros(count),
        np.ones(count),
    )
    pairs = list(zip(rows, units, strict=True))
    program.row_lower_ = np.full(len(rows), -highspy.kHighsInf)
    program.row_upper_ = np.array([row.bound / unit for row, unit in pairs])
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(row.terms) for row in rows)])
    matrix.index_ = np.array([at for row in rows for at in row.terms])
    matrix.value_ = np.array(
        [number / unit for row, unit in pairs for number in row.terms.values()]
    )
    return program


def _run(program: highspy.HighsLp, presolve: str = "choose") -> _Highs:
    highs = _Highs()  # type: ignore[no-untyped-call] # highspy's own
    for name, value in {**_OPTIONS, "presolve": presolve}.items():
        highs.setOptionValue(name, value)
    highs.passModel(program)
    highs.run()
    return highs
