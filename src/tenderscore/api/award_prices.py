"""The evaluated prices of a lot's offers, for an award that reads them."""

from __future__ import annotations

from fractions import Fraction

from tenderscore.errors import Message, Problem
from tenderscore.model.award import MIX, Objective
from tenderscore.model.evaluated import PriceFormula
from tenderscore.model.numerals import exact_text
from tenderscore.model.values import Fault, is_number
from tenderscore.pipeline import EvaluationInput, LotInput, planned
from tenderscore.pipeline.plan import PRICE


class ComparedPrices:
    """What the bids of one lot are compared by; the price itself where its method adjusts none."""

    def __init__(self, given: EvaluationInput, lot: LotInput, goal: Objective) -> None:
        plan, _, _ = planned(lot)
        self._offers = lot.offers
        self._goal = goal
        self._prices = given.facts(lot, plan).prices

    def is_missing(self, row: int) -> bool:
        """Whether an offer has no evaluated price although its method makes some."""
        return self._prices is not None and self._prices.column.value(row) is None

    def formula(self, row: int) -> PriceFormula | None:
        """How an offer's evaluated price follows from its price; None where it is the price."""
        return None if self._prices is None else self._prices.formula(row)

    def problem(self, row: int, discount: Fraction) -> Problem | None:
        """What is wrong with an offer's evaluated price, also with a discount on its price."""
        if self._prices is None:
            return None
        value, place = self._prices.column.value(row), self._offers.place(row, PRICE)
        if isinstance(value, Fault):
            return Problem(value.code, value.message, place)
        if self._goal.goal != MIX or not is_number(value):
            return None
        discounted = self._prices.price(row) * (100 - discount) / 100
        lowest = min(Fraction(value), self._prices.formula(row).of(discounted))  # type: ignore[arg-type]
        if lowest > 0:
            return None
        template = "an evaluated price of {amount} gets no points: they take one above 0"
        message = Message(template, amount=exact_text(lowest))
        return Problem("fact-value", message, place)
