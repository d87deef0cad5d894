"""What a criterion's marks come to without one evaluator, or with one mark a step away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

import numpy as np

from tenderscore.model.columns import Column, NumberColumn
from tenderscore.model.exact import Rationals
from tenderscore.model.panel_analysis import GivenScore
from tenderscore.model.records import record
from tenderscore.model.values import Number
from tenderscore.scoring.panel import Panel

Weigh: TypeAlias = Callable[[str], Number]
_Mark: TypeAlias = tuple[Number, Number]
_MEANS = frozenset({"mean", "weighted_mean"})


@record
class Move:
    """Marks that, each alone moved by a step, make an aggregate the same other one."""

    aggregate: Fraction
    step: Fraction
    marks: tuple[GivenScore, ...]


class Marks:
    """The marks of one vendor on one criterion, brought together as its method says.

    Equal marks of equal weight are worked out once: a panel of fifty gives six different ones.
    """

    def __init__(self, method: Panel, given: Sequence[GivenScore], weigh: Weigh) -> None:
        self._method = method
        weighted = method.aggregate == "weighted_mean"
        self._marks: list[_Mark] = []
        self._alike: dict[_Mark, list[GivenScore]] = {}
        for each in given:
            mark = (each.score, weigh(each.evaluator) if weighted else 1)
            self._marks.append(mark)
            self._alike.setdefault(mark, []).append(each)
        self._sum = sum(score * weight for score, weight in self._marks)
        self._weights = sum(weight for _, weight in self._marks)

    def without(self) -> dict[str, Fraction | None]:
        """The aggregate without each evaluator."""
        return {
            each.evaluator: aggregate
            for mark, alike in self._alike.items()
            for aggregate in [self._instead(mark, None)]
            for each in alike
        }

    def moves(self) -> Iterator[Move]:
        """Every step of a mark within the scale, those together that come to the same."""
        low, high = self._method.scale
        step = self._method.step or 1
        for signed in (step, -step):
            found: dict[Fraction, list[GivenScore]] = {}
            for (score, weight), alike in self._alike.items():
                if low <= score + signed <= high:
                    aggregate = self._instead((score, weight), (score + signed, weight))
                    if aggregate is not None:
                        found.setdefault(aggregate, []).extend(alike)
            for aggregate, alike in found.items():
                alike.sort(key=lambda each: each.evaluator)
                yield Move(aggregate, Fraction(signed), tuple(alike))

    def _instead(self, old: _Mark, new: _Mark | None) -> Fraction | None:
        """The aggregate with another mark, or none, in place of one of them.

        A mean needs the sums alone; whatever else there is asks the method.
        """
        score, weight = new or (0, 0)
        if self._method.aggregate in _MEANS:
            below = self._weights - old[1] + weight
            above = self._sum - old[0] * old[1] + score * weight
            return Fraction(above) / below if below else None
        marks = list(self._marks)
        marks.remove(old)
        marks += [new] if new is not None else []
        return self._method.aggregated([mark[0] for mark in marks])


def with_value(column: Column, row: int, value: Fraction) -> Column:
    """A column of aggregates with another value in one row."""
    rows = np.arange(len(column)) != row
    numbers = _numbers(column).where(rows, Rationals.constant(value, len(column)))
    missing = column.missing.copy()
    missing[row] = False
    return NumberColumn(numbers, missing)


def without_rows(column: Column, values: Mapping[int, Fraction | None]) -> Column:
    """A column of aggregates with other values, or none, in some rows."""
    rows = np.ones(len(column), dtype=np.bool_)
    missing = column.missing.copy()
    others: list[Number] = [0] * len(column)
    for row, value in values.items():
        rows[row], missing[row], others[row] = False, value is None, value or 0
    return NumberColumn(_numbers(column).where(rows, Rationals.of(others)), missing)


def _numbers(column: Column) -> Rationals:
    if isinstance(column, NumberColumn):
        return column.numbers
    return Rationals.constant(0, len(column))
