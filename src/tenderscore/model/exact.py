"""Columns of exact fractions: integers over integers, all rows at once.

Nothing here is a float, so nothing needs an error bound: numerators are ``int64`` where a bound on
their size shows that they fit, and Python integers where it does not. The same code serves both.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tenderscore.model.values import Number

Mask: TypeAlias = NDArray[np.bool_]
Integers: TypeAlias = NDArray[Any]

_FITS = 2**62
_SHARED_BITS = 512


class Rationals:
    """A column of exact fractions ``numerators / denominator``.

    ``denominator`` is one positive integer for all rows, or a column of them. ``bound`` is at
    least as large as every numerator's magnitude.
    """

    __slots__ = ("bound", "denominator", "numerators")

    def __init__(
        self, numerators: Integers, denominator: int | Integers = 1, bound: int | None = None
    ) -> None:
        # At least 1, so that a bound times a factor is never under the factor itself.
        self.bound = max(1, _magnitude(numerators) if bound is None else bound)
        self.numerators = _sized(numerators, self.bound)
        self.denominator = denominator

    @classmethod
    def of(cls, values: Sequence[Number]) -> Rationals:
        """The column of some numbers.

        >>> Rationals.of([Fraction(1, 3), 2]).value(0)
        Fraction(1, 3)
        """
        shared = 1
        for value in values:
            shared = lcm(shared, value.denominator)
            if shared.bit_length() > _SHARED_BITS:
                return cls._apart(values)
        numerators = _integers([v.numerator * (shared // v.denominator) for v in values])
        return cls(numerators, shared)

    @classmethod
    def _apart(cls, values: Sequence[Number]) -> Rationals:
        numerators = _integers([value.numerator for value in values])
        return cls(numerators, _integers([value.denominator for value in values]))

    @classmethod
    def constant(cls, value: Number, rows: int) -> Rationals:
        """The same number in every row."""
        return cls.of([value]).take(np.zeros(rows, dtype=np.intp))

    def __len__(self) -> int:
        return len(self.numerators)

    def value(self, row: int) -> Fraction:
        """The exact number in a row."""
        denominator = self.denominator
        if not isinstance(denominator, int):
            denominator = int(denominator[row])
        return Fraction(int(self.numerators[row]), denominator)

    def values(self) -> list[Fraction]:
        """The exact numbers of all rows."""
        return [self.value(row) for row in range(len(self))]

    def take(self, rows: NDArray[np.intp] | Mask) -> Rationals:
        """Some rows, in the order given or where a mask holds."""
        if rows.dtype == np.bool_ and rows.all():
            return self
        denominator = self.denominator
        if not isinstance(denominator, int):
            denominator = denominator[rows]
        return Rationals(self.numerators[rows], denominator, self.bound)

    def put(self, rows: Mask, value: int) -> Rationals:
        """The column with a whole number in the rows where the mask holds."""
        numerators: Integers = self.numerators.copy()
        bound = max(self.bound, abs(value) * self._greatest_denominator())
        numerators = _sized(numerators, bound)
        if isinstance(self.denominator, int):
            numerators[rows] = value * self.denominator
        else:
            numerators[rows] = value * self.denominator[rows]
        return Rationals(numerators, self.denominator, bound)

    def where(self, rows: Mask, other: Rationals) -> Rationals:
        """This column where the mask holds, ``other`` elsewhere."""
        left, right, denominator = self._aligned(other)
        bound = max(left.bound, right.bound)
        numerators = np.where(rows, _sized(left.numerators, bound), _sized(right.numerators, bound))
        return Rationals(numerators, denominator, bound)

    def affine(self, slope: Number, shift: Number) -> Rationals:
        """``slope * x + shift`` in every row."""
        slope, shift = Fraction(slope), Fraction(shift)
        below = lcm(slope.denominator, shift.denominator)
        times = slope.numerator * (below // slope.denominator)
        plus = shift.numerator * (below // shift.denominator)
        if isinstance(self.denominator, int):
            plus *= self.denominator
            below *= self.denominator
            common = gcd(times, plus, below)
            times, plus, below = times // common, plus // common, below // common
            # A slope of 0 makes the result smaller than what it is made of.
            bound = max(self.bound, abs(times) * self.bound + abs(plus))
            numerators = _sized(self.numerators, bound) * times
            # In place: a column of a million is written once less.
            numerators += plus
            return Rationals(numerators, below, bound)
        bound = max(self.bound, abs(times) * self.bound + abs(plus) * self._greatest_denominator())
        added = _sized(self.denominator, bound) * plus
        denominator = _product(self.denominator, below)
        return Rationals(_sized(self.numerators, bound) * times + added, denominator, bound)

    def divided_into(self, dividend: Number) -> Rationals:
        """``dividend / x`` in every row; every x is above 0."""
        dividend = Fraction(dividend)
        denominators = _product(self.numerators, dividend.denominator)
        if isinstance(self.denominator, int):
            top = dividend.numerator * self.denominator
            common = gcd(top, *(int(d) for d in denominators[:1])) if len(self) == 1 else 1
            same: Integers = np.full(len(self), top // common, dtype=_dtype(abs(top)))
            return Rationals(same, denominators // common, abs(top))
        return Rationals(_product(self.denominator, dividend.numerator), denominators)

    def times(self, factors: Rationals) -> Rationals:
        """``x * y`` in every row.

        >>> Rationals.of([3, 4]).times(Rationals.of([Fraction(1, 3), 5])).values()
        [Fraction(1, 1), Fraction(20, 1)]
        """
        bound = self.bound * factors.bound
        numerators = _sized(self.numerators, bound) * _sized(factors.numerators, bound)
        if isinstance(self.denominator, int) and isinstance(factors.denominator, int):
            return Rationals(numerators, self.denominator * factors.denominator, bound)
        below = self._column_denominator() * factors._column_denominator()
        return Rationals(numerators, below, bound)

    def divided_by(self, divisors: Rationals) -> Rationals:
        """``x / y`` in every row; every y is above 0.

        >>> Rationals.of([1, 2]).divided_by(Rationals.of([3, Fraction(1, 2)])).values()
        [Fraction(1, 3), Fraction(4, 1)]
        """
        above = self.numerators.astype(object) * divisors._column_denominator()
        below = divisors.numerators.astype(object) * self._column_denominator()
        return Rationals(above, below)

    def clamped(self, low: int, high: int) -> Rationals:
        """The column kept within two whole numbers."""
        if isinstance(self.denominator, int):
            least, most = low * self.denominator, high * self.denominator
            bound = max(abs(least), abs(most))
            wide = _sized(self.numerators, max(bound, self.bound))
            return Rationals(np.clip(wide, least, most), self.denominator, bound)
        bound = max(abs(low), abs(high)) * self._greatest_denominator()
        wide = _sized(self.numerators, max(bound, self.bound))
        denominators = _sized(self.denominator, bound)
        numerators = np.minimum(np.maximum(wide, denominators * low), denominators * high)
        return Rationals(numerators, self.denominator, bound)

    def rounded(self, decimals: int | None) -> Rationals:
        """The column rounded half up to some decimals; as it is where that is None.

        >>> Rationals.of([Fraction("0.125"), Fraction("0.124")]).rounded(2).values()
        [Fraction(13, 100), Fraction(3, 25)]
        """
        if decimals is None:
            return self
        unit = 10**decimals
        denominator = self.denominator
        if isinstance(denominator, int):
            common = gcd(2 * unit, denominator)
            times, half, below = (
                2 * unit // common,
                denominator // common,
                2 * denominator // common,
            )
            bound = times * self.bound + half
            numerators = _sized(self.numerators, bound) * times + half
            if below > 1:
                numerators = _floor_divided(numerators, below)
        else:
            bound = 2 * unit * self.bound + 2 * self._greatest_denominator()
            wide = _sized(denominator, bound)
            numerators = (_sized(self.numerators, bound) * (2 * unit) + wide) // (wide * 2)
        return Rationals(numerators, unit)

    def at_least(self, threshold: Number) -> Mask:
        """Where the number is at least the threshold."""
        left, right = self._beside(threshold)
        return np.asarray(left >= right, dtype=np.bool_)

    def at_most(self, threshold: Number) -> Mask:
        """Where the number is at most the threshold."""
        left, right = self._beside(threshold)
        return np.asarray(left <= right, dtype=np.bool_)

    def _beside(self, threshold: Number) -> tuple[Integers, Any]:
        limit = Fraction(threshold)
        top = abs(limit.numerator) * self._greatest_denominator()
        bound = max(self.bound * limit.denominator, top)
        left = _sized(self.numerators, bound) * limit.denominator
        if isinstance(self.denominator, int):
            return left, limit.numerator * self.denominator
        return left, _sized(self.denominator, bound) * limit.numerator

    def keys(self) -> Integers:
        """Integers in the same order as the numbers, equal just where the numbers are equal.

        Two different fractions over at most ``m`` differ by at least ``1 / m**2``, so that their
        floors at that scale differ too.
        """
        if isinstance(self.denominator, int):
            return self.numerators
        scale = self._greatest_denominator() ** 2
        keys = (self.numerators.astype(object) * scale) // self.denominator.astype(object)
        return _sized(keys, _magnitude(keys))

    def total(self) -> Fraction:
        """The exact sum of all rows."""
        if not isinstance(self.denominator, int):
            return sum(self.values(), Fraction(0))
        bound = self.bound * max(1, len(self))
        return Fraction(int(_sized(self.numerators, bound).sum()), self.denominator)

    def sorted_values(self) -> Rationals:
        """The numbers in ascending order."""
        return self.take(np.argsort(self.keys(), kind="stable"))

    def between(self, start: int, stop: int) -> Rationals:
        """The rows from ``start`` to before ``stop``."""
        return self.take(np.arange(start, max(start, stop), dtype=np.intp))

    def floats(self) -> NDArray[np.float64]:
        """The float64 nearest to each number."""
        exact = 2**53
        if self.bound < exact and self._greatest_denominator() < exact:
            return np.asarray(self.numerators / self.denominator, dtype=np.float64)
        return np.array([_nearest(value) for value in self.values()], dtype=np.float64)

    def _greatest_denominator(self) -> int:
        if isinstance(self.denominator, int):
            return self.denominator
        return int(self.denominator.max()) if len(self.denominator) else 1

    def _aligned(self, other: Rationals) -> tuple[Rationals, Rationals, int | Integers]:
        if isinstance(self.denominator, int) and isinstance(other.denominator, int):
            shared = lcm(self.denominator, other.denominator)
            return self._over(shared), other._over(shared), shared
        mine, theirs = self._column_denominator(), other._column_denominator()
        left = Rationals(self.numerators.astype(object) * theirs)
        right = Rationals(other.numerators.astype(object) * mine)
        return left, right, mine * theirs

    def _over(self, denominator: int) -> Rationals:
        times = denominator // int(self.denominator)
        bound = self.bound * times
        return Rationals(_sized(self.numerators, bound) * times, denominator, bound)

    def _column_denominator(self) -> Integers:
        if isinstance(self.denominator, int):
            return np.full(len(self), self.denominator, dtype=object)
        return self.denominator.astype(object)


def weighted_sum(columns: Sequence[Rationals], weights: Sequence[Fraction], rows: int) -> Rationals:
    """``sum(weight * column)`` in every row, exactly.

    >>> both = [Rationals.of([80]), Rationals.of([50])]
    >>> weighted_sum(both, [Fraction(2, 3), Fraction(1, 3)], 1).value(0)
    Fraction(70, 1)
    """
    if not all(isinstance(column.denominator, int) for column in columns):
        return _weighted_apart(columns, weights, rows)
    shares = [
        weight / int(column.denominator) for column, weight in zip(columns, weights, strict=True)
    ]
    shared = lcm(1, *(share.denominator for share in shares))
    times = [share.numerator * (shared // share.denominator) for share in shares]
    bound = sum(abs(t) * column.bound for t, column in zip(times, columns, strict=True))
    total: Integers = np.zeros(rows, dtype=_dtype(bound))
    for factor, column in zip(times, columns, strict=True):
        if factor:
            total += _sized(column.numerators, bound) * factor
    return Rationals(total, shared, bound)


def joined(columns: Sequence[Rationals]) -> Rationals:
    """Columns one below the other.

    >>> joined([Rationals.of([1]), Rationals.of([Fraction(1, 2)])]).values()
    [Fraction(1, 1), Fraction(1, 2)]
    """
    if not all(isinstance(column.denominator, int) for column in columns):
        return Rationals.of([value for column in columns for value in column.values()])
    shared = lcm(1, *(int(column.denominator) for column in columns))
    if shared.bit_length() > _SHARED_BITS:
        return Rationals.of([value for column in columns for value in column.values()])
    aligned = [column._over(shared) for column in columns]  # noqa: SLF001 - its own module
    bound = max((column.bound for column in aligned), default=0)
    parts = [_sized(column.numerators, bound) for column in aligned]
    return Rationals(np.concatenate(parts) if parts else _integers([]), shared, bound)


def _weighted_apart(
    columns: Sequence[Rationals], weights: Sequence[Fraction], rows: int
) -> Rationals:
    totals = [Fraction(0)] * rows
    for column, weight in zip(columns, weights, strict=True):
        totals = [
            total + weight * value for total, value in zip(totals, column.values(), strict=True)
        ]
    return Rationals.of(totals)


def _dtype(bound: int) -> type:
    return np.int64 if bound < _FITS else object


def _sized(numerators: Integers, bound: int) -> Integers:
    """The integers in a type that holds everything up to the bound."""
    wanted = _dtype(bound)
    return numerators if numerators.dtype == wanted else numerators.astype(wanted)


def _magnitude(numerators: Integers) -> int:
    if not len(numerators):
        return 0
    return max(abs(int(numerators.max())), abs(int(numerators.min())))


def _integers(values: list[int]) -> Integers:
    bound = max(map(abs, values), default=0)
    return np.array(values, dtype=_dtype(bound))


def _product(numbers: Integers, factor: int) -> Integers:
    if factor == 1:
        return numbers
    return _sized(numbers, max(1, _magnitude(numbers)) * abs(factor)) * factor


def _floor_divided(numerators: Integers, divisor: int) -> Integers:
    if divisor >= _FITS:
        numerators = numerators.astype(object)
    return np.asarray(numerators // divisor)


def _nearest(value: Fraction) -> float:
    return value.numerator / value.denominator
