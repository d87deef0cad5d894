"""How far the evaluators agree: severity, consistency, Krippendorff's alpha.

All sums are of integers: marks in percent of their scale, over one common denominator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tenderscore.model.panel_analysis import Agreement, Case, Scale, percent
from tenderscore.model.records import record
from tenderscore.model.values import Number

SEED = 20260331
SAMPLES = 1000
_FEWEST_TO_CORRELATE = 3
_FITS = 2**62


@record
class Unit:
    """A case that two or more scored: each one's mark, whole over a denominator of all units."""

    criterion: str
    marks: Mapping[str, int]


def units_of(cases: Iterable[Case]) -> tuple[list[Unit], int]:
    """The units in percent of the scale, and their denominator.

    It is a multiple of every count of others, so that the means of these are whole, too.
    """
    several = [case for case in cases if len(case.marks) > 1]
    percents: dict[Scale, dict[Number, Fraction]] = {}
    for case in several:
        known = percents.setdefault(case.scale, {})
        known.update((score, percent(score, case.scale)) for score in {*case.scores} - known.keys())
    others = lcm(1, *{len(case.marks) - 1 for case in several})
    denominators = (share.denominator for known in percents.values() for share in known.values())
    below = lcm(1, *denominators) * others
    whole = {
        scale: {score: int(share * below) for score, share in known.items()}
        for scale, known in percents.items()
    }
    return [_unit(case, whole[case.scale]) for case in several], below


def _unit(case: Case, whole: Mapping[Number, int]) -> Unit:
    evaluators = (mark.evaluator for mark in case.marks)
    marks = dict(zip(evaluators, (whole[score] for score in case.scores), strict=True))
    return Unit(case.criterion, marks)


@dataclass
class Comparison:
    """Sums over one evaluator's marks ``x`` and the means ``y`` of the others' on the same."""

    count: int = 0
    x: int = 0
    y: int = 0
    xx: int = 0
    yy: int = 0
    xy: int = 0

    def add(self, x: int, y: int) -> None:
        """One more mark."""
        self.count += 1
        self.x += x
        self.y += y
        self.xx += x * x
        self.yy += y * y
        self.xy += x * y

    def severity(self, below: int) -> Fraction | None:
        """The mean of ``x - y``."""
        return Fraction(self.x - self.y, self.count * below) if self.count else None

    def consistency(self) -> float | None:
        """Pearson's correlation; None for fewer than three marks, or where one side is constant.

        >>> one = Comparison()
        >>> for x, y in ((1, 2), (2, 4), (3, 6)): one.add(x, y)
        >>> one.consistency()
        1.0
        """
        if self.count < _FEWEST_TO_CORRELATE:
            return None
        covariance = self.count * self.xy - self.x * self.y
        spread = self.count * self.xx - self.x**2, self.count * self.yy - self.y**2
        if not all(spread):
            return None
        root = sqrt(Fraction(covariance**2, spread[0] * spread[1]))
        return -root if covariance < 0 else root


def comparisons(units: Iterable[Unit]) -> dict[str, Comparison]:
    """Each evaluator held against the others."""
    found: dict[str, Comparison] = {}
    for unit in units:
        total, others = sum(unit.marks.values()), len(unit.marks) - 1
        for evaluator, mark in unit.marks.items():
            found.setdefault(evaluator, Comparison()).add(mark, (total - mark) // others)
    return found


class Alpha:
    """Krippendorff's alpha for interval data: 1 less observed over expected disagreement.

    With ``n`` marks in a unit, ``s`` their sum and ``q`` that of their squares, a unit's pairs
    differ by ``2 (n q - s**2)`` in all; so do those of all marks together. (Krippendorff, Content
    Analysis, 2004, chapter 11.)

    >>> Alpha([Unit("c", {"a": 1, "b": 1}), Unit("c", {"a": 3, "b": 4})]).value()
    Fraction(8, 9)
    """

    def __init__(self, units: Sequence[Unit]) -> None:
        common = gcd(*(mark for unit in units for mark in unit.marks.values())) or 1
        marks = [[mark // common for mark in unit.marks.values()] for unit in units]
        counts = [len(each) for each in marks]
        sums = [sum(each) for each in marks]
        squares = [sum(mark * mark for mark in each) for each in marks]
        self._below = lcm(1, *(n - 1 for n in set(counts)))
        within = [
            (n * q - s * s) * (self._below // (n - 1))
            for n, s, q in zip(counts, sums, squares, strict=True)
        ]
        self._columns = [counts, sums, squares, within]

    def value(self) -> Fraction | None:
        """Alpha; None where all marks are the same, or there are none to compare."""
        return self._of([sum(column) for column in self._columns])

    def _of(self, sums: Sequence[int]) -> Fraction | None:
        n, s, q, within = sums
        expected = n * q - s * s
        return 1 - Fraction((n - 1) * within, expected * self._below) if expected else None

    def resampled(self, samples: int, seed: int) -> list[Fraction]:
        """Alpha of units drawn with replacement, as many as there are, ascending.

        The generator is the one whose numbers stay the same from version to version.
        """
        count = len(self._columns[0])
        columns = [_column(column) for column in self._columns]
        draw = np.random.RandomState(seed)
        found = []
        for _ in range(samples):
            rows = draw.randint(0, count, count)
            alpha = self._of([int(column[rows].sum()) for column in columns])
            if alpha is not None:
                found.append(alpha)
        return sorted(found)


def _column(values: Sequence[int]) -> NDArray[Any]:
    most = max(map(abs, values), default=0) * max(1, len(values))
    return np.array(values, dtype=np.int64 if most < _FITS else object)


def agreement(units: Sequence[Unit]) -> Agreement:
    """Alpha over all units, with the interval that holds the middle 95 percent of resamples."""
    alpha = Alpha(units)
    value = alpha.value()
    found = [] if value is None else alpha.resampled(SAMPLES, SEED)
    low, high = (
        (_at(found, Fraction(1, 40)), _at(found, Fraction(39, 40))) if found else (None,) * 2
    )
    return Agreement(value, low, high, len(units), SAMPLES, SEED)


def _at(ascending: Sequence[Fraction], part: Fraction) -> Fraction:
    """The value under which at most that part of them lies."""
    return ascending[min(int(part * len(ascending)), len(ascending) - 1)]
