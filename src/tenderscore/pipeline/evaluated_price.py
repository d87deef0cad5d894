"""The evaluated price: the price as bid with the method's adjustments, as a fact of every offer.

A criterion reads it as ``fact: evaluated_price``, a round ranks by it as
``rank_by: evaluated_price``. The price itself stays what was bid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from tenderscore.errors import Message, Place
from tenderscore.model.columns import Column, NumberColumn, column_of
from tenderscore.model.evaluated import EvaluatedPrice, PriceFormula, PriceStep
from tenderscore.model.exact import Mask, Rationals, weighted_sum
from tenderscore.model.offers import Offers
from tenderscore.model.values import Fault, Path, Value, is_number
from tenderscore.pipeline.facts import LotFacts, fault_mask
from tenderscore.pipeline.plan import EVALUATED, PRICE
from tenderscore.pipeline.points import numbers_of
from tenderscore.pipeline.price_rules import PriceRule


@dataclass
class _Applied:
    """A rule with its columns."""

    rule: PriceRule
    where: Mask
    base: Rationals
    amounts: Rationals
    changes: Rationals


class EvaluatedPrices:
    """The evaluated prices of a lot's offers, and what led to them."""

    def __init__(
        self, rules: Sequence[PriceRule], facts: LotFacts, decimals: int | None = None
    ) -> None:
        self._facts = facts
        self._steps: list[_Applied] = []
        price = facts.column(PRICE)
        self._price, known = numbers_of(price)
        self._faults: dict[int, Value] = {
            int(r): price.value(int(r)) for r in np.flatnonzero(fault_mask(price))
        }
        self._missing = ~known
        self._sum = self._price
        for rule in rules:
            self._apply(rule)
        self._decimals = decimals
        self._rounded = self._sum.rounded(decimals)
        self.column = self._column()

    def of(self, row: int) -> EvaluatedPrice:
        """One offer's evaluated price, with the steps that applied."""
        value = self.column.value(row)
        steps = (self._step(one, row) for one in self._steps if one.where[row])
        known = Fraction(value) if is_number(value) else None  # type: ignore[arg-type]
        return EvaluatedPrice(known, tuple(steps))

    def price(self, row: int) -> Fraction:
        """One offer's price as it was bid."""
        return self._price.value(row)

    def sum(self, row: int) -> Fraction:
        """One offer's evaluated price before it is rounded."""
        return self._sum.value(row)

    def formula(self, row: int) -> PriceFormula:
        """How one offer's evaluated price would follow from another price.

        The steps that apply, their percents and their amounts stay.
        """
        fixed, share = Fraction(0), Fraction(1)
        for one in self._steps:
            if one.where[row]:
                part = one.rule.part(one.amounts.value(row))
                if part is None:
                    fixed += one.changes.value(row)
                elif one.rule.of_price:
                    share += part
                else:
                    fixed, share = fixed * (1 + part), share * (1 + part)
        return PriceFormula(fixed, share, self._decimals)

    def _step(self, one: _Applied, row: int) -> PriceStep:
        change = one.changes.value(row)
        formula = one.rule.formula(one.base.value(row), one.amounts.value(row), change)
        return PriceStep(one.rule.id, one.rule.title, change, formula)

    def _apply(self, rule: PriceRule) -> None:
        where = rule.applies(self._facts)
        column = rule.amounts(self._facts)
        amounts, typed = numbers_of(column)
        for row in np.flatnonzero(where & ~typed):
            self._lacks(rule, int(row), column.value(int(row)))
        usable = where & typed
        if rule.way == "coefficient":
            usable = usable & self._above_zero(rule, amounts, usable)
        amounts = amounts.where(usable, Rationals.constant(1, len(usable)))
        base = self._price if rule.of_price else self._sum
        changes = rule.changes(base, amounts).put(~usable, 0)
        self._sum = weighted_sum([self._sum, changes], [Fraction(1)] * 2, len(usable))
        self._steps.append(_Applied(rule, usable, base, amounts, changes))

    def _lacks(self, rule: PriceRule, row: int, value: Value) -> None:
        """An offer without the number that a step takes has no evaluated price."""
        self._missing[row] = True
        if isinstance(value, Fault):
            message = Message("{step}: {reason}", step=rule.id, reason=value.message)
            self._faults.setdefault(row, Fault(value.code, message))

    def _above_zero(self, rule: PriceRule, amounts: Rationals, usable: Mask) -> Mask:
        low = amounts.at_most(0) & usable
        for row in np.flatnonzero(low):
            message = Message("{step}: a coefficient is above 0", step=rule.id)
            self._missing[row] = True
            self._faults.setdefault(int(row), Fault("fact-value", message))
        return ~low

    def _column(self) -> Column:
        if not self._faults:
            return NumberColumn(self._rounded, self._missing)
        values: list[Value] = list(self._rounded.values())
        for row in np.flatnonzero(self._missing):
            values[int(row)] = self._faults.get(int(row))
        return column_of(values)


class EvaluatedOffers:
    """Offers with their evaluated price as one more fact; it hides one that a bid states."""

    def __init__(self, offers: Offers, prices: EvaluatedPrices) -> None:
        self._offers = offers
        self._prices = prices

    @property
    def vendors(self) -> Sequence[str]:
        """The vendors' ids."""
        return self._offers.vendors

    @property
    def names(self) -> Sequence[str]:
        """The vendors' names."""
        return self._offers.names

    @property
    def bids(self) -> Sequence[str]:
        """The bids' ids."""
        return self._offers.bids

    def column(self, path: Path) -> Column:
        """A fact of all offers."""
        return self._prices.column if path == EVALUATED else self._offers.column(path)

    def stated(self, row: int, path: Path) -> Value:
        """A fact as the bid says it, which is no evaluated price."""
        return None if path == EVALUATED else self._offers.stated(row, path)

    def place(self, row: int, path: Path) -> Place:
        """Where an offer's fact stands; the evaluated price is made of the price."""
        return self._offers.place(row, PRICE if path == EVALUATED else path)

    def cost_faults(self) -> Iterator[tuple[int, Message]]:
        """The offers whose price is not the sum of its parts."""
        return self._offers.cost_faults()
