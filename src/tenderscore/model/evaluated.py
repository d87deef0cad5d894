"""The price that bids are compared by, and the steps that lead to it from the price as bid."""

from __future__ import annotations

from fractions import Fraction

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
