"""What people weigh up where a method leaves the winner to them, and whom they chose.

A pair of bids is compared by price and by points. The price is the evaluated one where the method
has such prices, else the price as bid. The points are the total of the last round that has one, as
it would be if the criteria that read the price added nothing:

    own points without these x (100 - c)% + those of each carried round x its percent

They are rounded as totals are. Without a criterion that reads the price they are the total.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from heapq import nsmallest
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from tenderscore.errors import Message
from tenderscore.model.choice import Choice, Pair, TradeOff
from tenderscore.model.numerals import half_up
from tenderscore.model.records import record
from tenderscore.model.values import is_number
from tenderscore.pipeline.plan import PRICE

if TYPE_CHECKING:
    from tenderscore.model.result import LotResult
    from tenderscore.pipeline.facts import LotFacts
    from tenderscore.pipeline.plan import LotPlan
    from tenderscore.pipeline.rounds import LotRun, RoundRun

MOST_COMPARED = 5


def choice_of(plan: LotPlan, facts: LotFacts, run: LotRun, shortlist: Sequence[int]) -> Choice:
    """What stands in a lot; ``shortlist`` are the rows of its bids in rank order."""
    if not run.complete:
        return Choice()
    decision = None if facts.decisions is None else facts.decisions.choice
    return Choice(decision, _trade_off(plan, facts, run, shortlist))


def _trade_off(
    plan: LotPlan, facts: LotFacts, run: LotRun, shortlist: Sequence[int]
) -> TradeOff | None:
    scored = next((each for each in reversed(run.rounds) if each.rule.scores), None)
    if scored is None or len(shortlist) < 2:
        return None
    points = _Points(run.rounds, plan.rounding.total)
    leading = [
        _Leading(facts.offers.vendors[row], points.of(scored, row), _price(facts, row))
        for row in _first(scored, run, shortlist)
    ]
    return TradeOff(
        pairs=tuple(_pair(first, second) for first, second in combinations(leading, 2)),
        compared=len(leading),
        of=len(shortlist),
        evaluated=facts.prices is not None,
        decimals=plan.rounding.total,
    )


def _first(scored: RoundRun, run: LotRun, shortlist: Sequence[int]) -> Sequence[int]:
    """The first bids by rank; those of a last round that ranks nobody by their rank before it."""
    if run.rounds[-1].rule.ranks:
        return shortlist[:MOST_COMPARED]
    ranks = dict(zip(scored.rows.tolist(), scored.ranks.tolist(), strict=True))
    return nsmallest(MOST_COMPARED, shortlist, key=ranks.__getitem__)


class _Points:
    """Points without those of the price, from the rounds of a lot."""

    def __init__(self, rounds: Sequence[RoundRun], decimals: int | None) -> None:
        self._rounds: Mapping[str, RoundRun] = {run.rule.id: run for run in rounds}
        self._decimals = decimals

    def of(self, run: RoundRun, row: int) -> Fraction:
        """Those of an offer in a round."""
        rest = (100 - sum(run.rule.carry_over.values(), Fraction(0))) / 100
        points = _own(run, row) * rest
        for id_, percent in run.rule.carry_over.items():
            points += self.of(self._rounds[id_], row) * percent / 100
        return points if self._decimals is None else half_up(points, self._decimals)


def _own(run: RoundRun, row: int) -> Fraction:
    assert run.scores is not None  # noqa: S101 - the round has scored whom it lets go on
    position = int(np.searchsorted(run.scored_rows, row))
    parts = zip(run.rule.nodes, run.scores.contributions, strict=True)
    added = (
        column.value(position)
        for node, column in parts
        if node.leaf is not None and not node.leaf.reads_price
    )
    return sum(added, Fraction(0))


@record
class _Leading:
    """A bid that is compared."""

    vendor: str
    points: Fraction
    price: Fraction | None


def _pair(first: _Leading, second: _Leading) -> Pair:
    better, other = sorted((first, second), key=_worth, reverse=True)
    known = better.price is not None and other.price is not None
    price = better.price - other.price if known else None  # type: ignore[operator] # both known
    return Pair(better.vendor, other.vendor, better.points - other.points, price)


def _worth(bid: _Leading) -> tuple[Fraction, bool, Fraction]:
    """More points are better; then a lower price; a bid without a price comes last."""
    return bid.points, bid.price is not None, -(bid.price or Fraction(0))


def _price(facts: LotFacts, row: int) -> Fraction | None:
    if facts.prices is not None:
        return facts.prices.of(row).value
    value = facts.column(PRICE).value(row)
    return Fraction(value) if is_number(value) else None  # type: ignore[arg-type]


def standing(lot: LotResult, vendor: str) -> Message | None:
    """What a bid on the shortlist of such a lot is told."""
    if lot.choice is None or vendor not in lot.names:
        return None
    if lot.choice.decision is None:
        return Message(
            "no rank wins: the method leaves the choice to people, and nobody has been chosen yet"
        )
    ruling = lot.choice.decision.ruling
    signed = {"by": ruling.by, "date": ruling.date.isoformat(), "reason": ruling.reason}
    if vendor == lot.winner:
        return Message("no rank wins: chosen by {by} on {date}: {reason}", **signed)
    template = "no rank wins: {vendor} was chosen by {by} on {date}: {reason}"
    return Message(template, vendor=lot.winner, **signed)
