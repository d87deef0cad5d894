"""``evaluated_price``: the price with the method's adjustments, the lowest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from tenderscore.errors import Message
from tenderscore.model.exact import Mask, Rationals
from tenderscore.model.numerals import exact_text
from tenderscore.model.standing import Measure, Standing
from tenderscore.pipeline.plan import EVALUATED, RoundPlan
from tenderscore.pipeline.points import numbers_of
from tenderscore.pipeline.rankings._base import Ranking, ScoredRound, Standings
from tenderscore.pipeline.rankings._prices import price_faults, unpriced

MEASURE = Measure(
    "evaluated_price", Message("Evaluated price"), Message("evaluated price {amount}")
)


class ByEvaluatedPrice(Ranking):
    """Ranks by the price as bid with the adjustments that method.yaml lists.

    It needs no criteria: a round without any ranks those who meet its requirements.
    """

    id: ClassVar[str] = "evaluated_price"
    method: Literal["evaluated_price"] = "evaluated_price"
    reads_price: ClassVar[bool] = True
    needs_evaluated_price: ClassVar[bool] = True

    def unfit(self, earlier: Sequence[RoundPlan], rule: RoundPlan) -> Message | None:  # noqa: ARG002
        """Any round can be ranked like this."""
        return None

    def standings(self, scored: ScoredRound) -> Standings:
        """The evaluated prices."""
        column = scored.facts.column(EVALUATED).take(scored.scores.rows)
        values, known = numbers_of(column)
        failures = [unpriced(self.id, ~known)] if not known.all() else []
        problems = list(price_faults(scored, column))
        return PricesRanked(MEASURE, [values.keys()], failures, problems, scored, values, known)


@dataclass
class PricesRanked(Standings):
    """The evaluated prices, where they are known."""

    scored: ScoredRound
    values: Rationals
    known: Mask

    def bid(self, position: int) -> Standing:
        """One bid's evaluated price."""
        return Standing(self.measure, self.values.value(position) if self.known[position] else None)

    def working(self, position: int) -> Sequence[Message]:
        """The price as bid, each step, and what they come to."""
        prices, row = self.scored.facts.prices, int(self.scored.scores.rows[position])
        if prices is None or not self.known[position]:
            return ()
        steps = [
            Message("{title}: {formula}", title=step.title, formula=step.formula)
            for step in prices.of(row).steps
        ]
        price = Message("price as bid: {price}", price=exact_text(prices.price(row)))
        exact, value = prices.sum(row), self.values.value(position)
        figure = Message("{formula}", formula=exact_text(exact))
        if exact != value:
            template = "{exact}, rounded to {rounded}"
            figure = Message(template, exact=exact_text(exact), rounded=exact_text(value))
        result = Message("evaluated price: {price}", price=figure)
        return (price, *steps, result)
