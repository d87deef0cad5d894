"""Columns of facts: one fact of all the bids of a lot, with the exact value behind each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from tenderscore.model.exact import Mask, Rationals
from tenderscore.model.values import Kind, Value, is_number, kind_of

T = TypeVar("T")


class NumberColumn:
    """A column whose every value is a number or missing."""

    __slots__ = ("missing", "numbers")

    def __init__(self, numbers: Rationals, missing: Mask) -> None:
        self.numbers = numbers
        self.missing = missing

    def __len__(self) -> int:
        return len(self.missing)

    def value(self, row: int) -> Value:
        """The exact value in a row, None where missing."""
        return None if self.missing[row] else self.numbers.value(row)

    def take(self, rows: NDArray[np.intp]) -> NumberColumn:
        """Some rows, in the order given."""
        return NumberColumn(self.numbers.take(rows), self.missing[rows])

    def kinds(self) -> set[Kind]:
        """The kinds of value in it, missing left out."""
        return set() if self.missing.all() else {"number"}

    def each(self, judge: Callable[[Value], T]) -> list[T]:
        """What ``judge`` says of each row's value."""
        return [judge(self.value(row)) for row in range(len(self))]


class ValueColumn:
    """A column of values of any kind: distinct (or simply all) values, and each row's index.

    ``codes`` is -1 where the value is missing.
    """

    __slots__ = ("codes", "missing", "values_by_code")

    def __init__(self, values_by_code: Sequence[Value], codes: NDArray[np.intp]) -> None:
        self.values_by_code = values_by_code
        self.codes = codes
        self.missing: Mask = codes < 0

    def __len__(self) -> int:
        return len(self.codes)

    def value(self, row: int) -> Value:
        """The exact value in a row, None where missing."""
        code = int(self.codes[row])
        return None if code < 0 else self.values_by_code[code]

    def take(self, rows: NDArray[np.intp]) -> ValueColumn:
        """Some rows, in the order given."""
        return ValueColumn(self.values_by_code, self.codes[rows])

    def kinds(self) -> set[Kind]:
        """The kinds of value in it, missing left out."""
        return {kind_of(self.values_by_code[code]) for code in self._used() if code >= 0}

    def each(self, judge: Callable[[Value], T]) -> list[T]:
        """What ``judge`` says of each row's value; each distinct value is judged once."""
        seen: dict[int, T] = {}
        for code in self._used():
            value = None if code < 0 else self.values_by_code[code]
            seen[code] = judge(value)
        return [seen[code] for code in self.codes.tolist()]

    def _used(self) -> list[int]:
        """The codes that occur, in order."""
        # np.unique would load numpy.ma, which takes as long as reading a small round.
        used: list[int] = (np.flatnonzero(np.bincount(self.codes + 1)) - 1).tolist()
        return used


Column = NumberColumn | ValueColumn


def column_of(values: Sequence[Value]) -> Column:
    """The column of some values; None is missing.

    >>> column_of([1, None, 3]).value(2)
    Fraction(3, 1)
    """
    if all(value is None or is_number(value) for value in values):
        missing = np.array([value is None for value in values], dtype=np.bool_)
        numbers = Rationals.of([0 if value is None else value for value in values])  # type: ignore[misc]
        return NumberColumn(numbers, missing)
    codes = np.array([-1 if v is None else row for row, v in enumerate(values)], dtype=np.intp)
    return ValueColumn(values, codes)
