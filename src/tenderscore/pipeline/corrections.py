"""Offers as decisions have corrected them, before anything else reads them (section 1.10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np

from tenderscore.errors import Message, Place
from tenderscore.model.breakdown import BREAKDOWN, breakdown_fault, is_cost
from tenderscore.model.columns import Column, NumberColumn, ValueColumn, column_of
from tenderscore.model.decisions import Correct, Decision
from tenderscore.model.exact import Rationals
from tenderscore.model.money import Exchange
from tenderscore.model.offers import Offers
from tenderscore.model.records import record
from tenderscore.model.values import Number, Path, Value, is_number

_CURRENCY: Path = ("price", "currency")


@record
class Correction:
    """A decision that corrects a fact of the offer in a row."""

    row: int
    decision: Decision
    ruling: Correct

    def concerns(self, path: Path) -> bool:
        """Whether a fact is the corrected one, a part of it, or has it as a part."""
        return all(left == right for left, right in zip(self.ruling.fact, path, strict=False))

    def changes(self, path: Path) -> bool:
        """Whether it changes what a fact counts as: costs are in the currency of the price."""
        return self.concerns(path) or (is_cost(path) and self.concerns(_CURRENCY))

    def laid_over(self, value: Value, path: Path) -> Value:
        """The fact at a path with the correction in it."""
        fact = self.ruling.fact
        if len(fact) <= len(path):
            return _within(self.ruling.value, path[len(fact) :])
        return _with(value, fact[len(path) :], self.ruling.value)


class CorrectedOffers:
    """The offers of a lot with some facts corrected."""

    def __init__(
        self, offers: Offers, exchange: Exchange, corrections: Sequence[Correction] = ()
    ) -> None:
        self.vendors = offers.vendors
        self.names = offers.names
        self.bids = offers.bids
        self._offers = offers
        self._exchange = exchange
        self._corrections = corrections

    def and_also(self, correction: Correction) -> CorrectedOffers:
        """These offers with one more correction."""
        return CorrectedOffers(self._offers, self._exchange, (*self._corrections, correction))

    def column(self, path: Path) -> Column:
        """A fact of all offers."""
        rows = {each.row for each in self._corrections if each.changes(path)}
        column = self._offers.column(path)
        if not rows:
            return column
        return replaced(column, {row: self._settled(row, path) for row in rows})

    def _settled(self, row: int, path: Path) -> Value:
        """A corrected fact, money and parts of the price in the tender's currency."""
        value = self.stated(row, path)
        currency = self.stated(row, _CURRENCY) if is_cost(path) and is_number(value) else None
        if currency is None:
            return self._exchange.settled(value)
        return self._exchange.settled({"amount": value, "currency": currency})

    def stated(self, row: int, path: Path) -> Value:
        """A fact as the bid says it, and decisions since."""
        value = self._offers.stated(row, path)
        for correction in self._of(row, path):
            value = correction.laid_over(value, path)
        return value

    def place(self, row: int, path: Path) -> Place:
        """Where a fact stands: in the decision that has given it its value."""
        for correction in reversed(list(self._of(row, path))):
            if len(correction.ruling.fact) <= len(path):
                return correction.decision.at("value")
        return self._offers.place(row, path)

    def cost_faults(self) -> Iterator[tuple[int, Message]]:
        """The offers whose price is not the sum of its parts, as corrected."""
        rows = {each.row for each in self._corrections if each.concerns(BREAKDOWN[:1])}
        yield from (found for found in self._offers.cost_faults() if found[0] not in rows)
        for row in sorted(rows):
            fault = breakdown_fault(self.stated(row, BREAKDOWN[:1]))
            if fault is not None:
                yield row, fault

    def decided_at(self, row: int, path: Path) -> Iterator[Place]:
        """Where decisions have corrected a fact."""
        return (each.decision.at("value") for each in self._of(row, path))

    def corrected(self, row: int, path: Path) -> Iterator[tuple[Correct, Place]]:
        """The corrections of a fact, each with where the bid says otherwise."""
        for correction in self._of(row, path):
            yield correction.ruling, self._offers.place(row, correction.ruling.fact)

    def _of(self, row: int, path: Path) -> Iterator[Correction]:
        return (each for each in self._corrections if each.row == row and each.concerns(path))


def replaced(column: Column, values: Mapping[int, Value]) -> Column:
    """A column with other values in some rows.

    >>> replaced(column_of([1, 2]), {1: 5}).value(1)
    Fraction(5, 1)
    """
    numeric = all(value is None or is_number(value) for value in values.values())
    if isinstance(column, NumberColumn) and numeric:
        return _renumbered(column, values)
    if isinstance(column, ValueColumn):
        column = _recoded(column, values)
        if not column.kinds() <= {"number"}:
            return column
    return column_of([values.get(row, column.value(row)) for row in range(len(column))])


def _renumbered(column: NumberColumn, values: Mapping[int, Value]) -> NumberColumn:
    missing = column.missing.copy()
    kept = np.ones(len(column), dtype=np.bool_)
    numbers: list[Number] = [0] * len(column)
    for row, value in values.items():
        kept[row], missing[row] = False, value is None
        numbers[row] = value if isinstance(value, (int, Fraction)) else 0
    return NumberColumn(column.numbers.where(kept, Rationals.of(numbers)), missing)


def _recoded(column: ValueColumn, values: Mapping[int, Value]) -> ValueColumn:
    codes = column.codes.copy()
    known = list(column.values_by_code)
    for row, value in values.items():
        codes[row] = -1 if value is None else len(known)
        known.append(value)
    return ValueColumn(known, codes)


def _within(value: Value, path: Path) -> Value:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _with(value: Value, path: Path, new: Value) -> Value:
    """A mapping with another value at a path in it."""
    if not path:
        return new
    held = dict(value) if isinstance(value, dict) else {}
    return {**held, path[0]: _with(held.get(path[0]), path[1:], new)}
