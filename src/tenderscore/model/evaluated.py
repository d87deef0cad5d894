"""The price that bids are compared by, and the steps that lead to it from the price as bid."""

from __future__ import annotations

from fractions import Fraction

from tenderscore.model.numerals import half_up
from tenderscore.model.records import record
from tenderscore.model.text import Title


@record
class PriceStep:
    """One adjustment that applied: what it adds (or takes off), and the sum behind that."""

    id: str
    title: Title
    change: Fraction
    formula: str


@record
class EvaluatedPrice:
    """A bid's evaluated price, None where it has none, with its steps in order."""

    value: Fraction | None
    steps: tuple[PriceStep, ...]


@record
class PriceFormula:
    """How an evaluated price follows from the price: ``fixed + share x price``, rounded.

    >>> small = PriceFormula(Fraction(30), Fraction(9, 10), 2)  # 10% off, and 30 of running costs
    >>> small.of(Fraction(200))
    Fraction(210, 1)
    """

    fixed: Fraction
    share: Fraction
    decimals: int | None

    def of(self, price: Fraction) -> Fraction:
        """The evaluated price of a price."""
        exact = self.fixed + self.share * price
        return exact if self.decimals is None else half_up(exact, self.decimals)
