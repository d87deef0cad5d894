"""``price_per_point``: what a point costs, the lowest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from tenderscore.errors import Message
from tenderscore.model.exact import Mask, Rationals
from tenderscore.model.numerals import exact_text
from tenderscore.model.standing import Measure, Standing
from tenderscore.pipeline.plan import PRICE, RoundPlan
from tenderscore.pipeline.points import Failure, numbers_of
from tenderscore.pipeline.rankings._base import Ranking, ScoredRound, Standings
from tenderscore.pipeline.rankings._prices import price_faults, unpriced

MEASURE = Measure("price_per_point", Message("Price per point"), Message("{amount} for each point"))


class PricePerPoint(Ranking):
    """``price / total``, the price having no points: Taiwan's 評分單價法.

    9,500,000 for 82.2 points is 115,571.78 a point; 9,300,000 for 81 is 114,814.81, and ahead.
    """

    id: ClassVar[str] = "price_per_point"
    method: Literal["price_per_point"] = "price_per_point"
    reads_price: ClassVar[bool] = True

    def unfit(self, earlier: Sequence[RoundPlan], rule: RoundPlan) -> Message | None:
        """It takes points in which the price plays no part."""
        if not rule.scores:
            return Message("{ranking} takes a round with criteria", ranking=self.id)
        for round_ in (*(one for one in earlier if one.id in rule.carry_over), rule):
            for node in round_.nodes:
                if node.leaf is not None and node.leaf.reads_price:
                    template = "{ranking} takes points without the price, which {criterion} scores"
                    return Message(template, ranking=self.id, criterion=node.id)
        return None

    def standings(self, scored: ScoredRound) -> Standings:
        """Each price over each total."""
        column = scored.facts.column(PRICE).take(scored.scores.rows)
        prices, known = numbers_of(column)
        pointless = scored.total.at_most(0)
        usable = known & ~pointless
        one = Rationals.constant(1, len(prices))
        values = prices.where(usable, one).divided_by(scored.total.where(usable, one))
        return PricesPerPoint(
            measure=MEASURE,
            keys=[values.keys()],
            failures=list(_failures(~known, pointless)),
            problems=list(price_faults(scored, column)),
            values=values,
            usable=usable,
            prices=prices,
            totals=scored.total,
        )


@dataclass
class PricesPerPoint(Standings):
    """The quotients, where there are any."""

    values: Rationals
    usable: Mask
    prices: Rationals
    totals: Rationals

    def bid(self, position: int) -> Standing:
        """What a point of one bid costs."""
        value = self.values.value(position) if self.usable[position] else None
        return Standing(self.measure, value)

    def working(self, position: int) -> Sequence[Message]:
        """``9500000 / 82.2 = 115571.776155...``."""
        if not self.usable[position]:
            return ()
        numbers = (self.prices, self.totals, self.values)
        price, total, value = (exact_text(column.value(position)) for column in numbers)
        formula = f"{price} / {total} = {value}"
        return (Message("price for each point: {formula}", formula=formula),)


def _failures(unpriced_rows: Mask, pointless: Mask) -> Iterator[Failure]:
    if unpriced_rows.any():
        yield unpriced("price_per_point", unpriced_rows)
    if (pointless & ~unpriced_rows).any():
        message = Message("no points: there is no price for a point")
        yield Failure("rule", "price_per_point", pointless & ~unpriced_rows, lambda _: message)
