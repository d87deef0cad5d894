"""Prices side by side, put together.

Every live bid is shown. What they are held against - lowest, mean, median, quartiles - comes from
those that meet the requirements of the lot's first round, before a test, a decision or its points
put any of them out: the same bids that tests for low prices look at in that round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TypeAlias

import numpy as np

from tenderscore.analysis.costs import LotCosts, percent_over
from tenderscore.analysis.spreads import spread_of
from tenderscore.model.cost_tree import Estimate
from tenderscore.model.exact import Mask, Rationals
from tenderscore.model.price_analysis import (
    Doubt,
    LotPrices,
    OutlierRule,
    Over,
    PriceAnalysis,
    PricedBid,
)
from tenderscore.model.result import LotResult, Outcome
from tenderscore.pipeline import EvaluationInput, LotInput, evaluated, planned
from tenderscore.pipeline.facts import LotFacts, Rows
from tenderscore.pipeline.plan import PRICE, LotPlan
from tenderscore.pipeline.points import numbers_of
from tenderscore.pipeline.rounds import LotEvaluator

Reached: TypeAlias = Mapping[str, tuple[str, Outcome]]
"""The last round that each vendor's bid reached, and what it came to there."""

_RULE = OutlierRule()


def price_analysis(
    given: EvaluationInput, estimates: Mapping[str, Estimate], until: str | None = None
) -> PriceAnalysis:
    """Everything that ``tenderscore prices`` shows of a round; ``estimates`` are by lot.

    Raises:
        InvalidInputError: the evaluation has errors.
    """
    evaluation = evaluated(given, until)
    lots = []
    for lot in given.lots:
        result, estimate = evaluation.lots[lot.lot.id], estimates.get(lot.lot.id)
        lots.append(_LotPrices(given, lot, result, estimate, until).view())
    return PriceAnalysis(evaluation.tender, _RULE, tuple(lots), evaluation.warnings)


class _LotPrices:
    """The prices of one lot as a column, ascending."""

    def __init__(
        self,
        given: EvaluationInput,
        lot: LotInput,
        result: LotResult,
        estimate: Estimate | None,
        until: str | None,
    ) -> None:
        self._given = given
        self._until = until
        self._lot = lot
        self._result = result
        self._estimate = estimate
        self._plan = planned(lot)[0]
        facts = given.facts(lot, self._plan)
        self._admitted = admitted(self._plan, facts)
        prices, has = numbers_of(facts.column(PRICE))
        self._unpriced: Rows = np.flatnonzero(~has)
        self._rows = _ascending(prices, np.flatnonzero(has))
        self._prices = prices.take(self._rows)
        among = self._admitted[self._rows]
        self._spread = spread_of(self._prices.take(among), _RULE)
        self._costs = LotCosts(lot.offers, self._rows, self._prices, among)

    def view(self) -> LotPrices:
        """What is shown of the lot."""
        lot, result = self._lot.lot, self._result
        return LotPrices(
            id=lot.id,
            title=lot.title,
            round=self._plan.rounds[0].title,
            budget=result.budget,
            estimate=None if self._estimate is None else self._estimate.total,
            spread=self._spread,
            bids=tuple(self._bids()),
            items=tuple(self._costs.items(self._estimate, _RULE)),
            tested=bool(self._plan.price_tests),
            doubts=(*_doubts(result), *self._waiting_doubts()),
        )

    def _bids(self) -> Iterator[PricedBid]:
        """Every live bid, those without a price last."""
        reached = _reached(self._result)
        overs = self._overs()
        for at, price in enumerate(self._prices.values()):
            yield self._bid(
                int(self._rows[at]),
                reached,
                price,
                Over(**{name: column[at] for name, column in overs.items()}),
                itemised=bool(self._costs.itemised[at]),
            )
        for row in self._unpriced:
            yield self._bid(int(row), reached, None, Over(), itemised=False)

    def _bid(
        self, row: int, reached: Reached, price: Fraction | None, over: Over, *, itemised: bool
    ) -> PricedBid:
        offers, spread = self._lot.offers, self._spread
        vendor = offers.vendors[row]
        round_, outcome = reached.get(vendor, (None, None))
        return PricedBid(
            vendor=vendor,
            name=offers.names[row],
            bid=offers.bids[row],
            price=price,
            admitted=bool(self._admitted[row]),
            round=round_,
            outcome=outcome,
            over=over,
            side=None if spread is None or price is None else spread.side(price),
            itemised=itemised,
        )

    def _waiting_doubts(self) -> Iterator[Doubt]:
        """What was found in the round that waits for scores, which the result does not list."""
        if not any(id_ in self._plan.price_tests for id_ in self._result.pending[:1]):
            return
        facts = self._given.facts(self._lot, self._plan)
        waiting = LotEvaluator(self._plan, facts).run(self._until).waiting
        if waiting is None or waiting.low is None:
            return
        offers = self._lot.offers
        for row, meets in zip(map(int, waiting.rows), waiting.meets, strict=True):
            for flag in waiting.low.flags(row, out=not meets):
                yield Doubt(offers.vendors[row], offers.names[row], waiting.rule.id, flag)

    def _overs(self) -> dict[str, list[Fraction]]:
        """By how much percent every price is over what there is to hold it against."""
        spread, estimate = self._spread, self._estimate
        references = {
            "lowest": None if spread is None else spread.lowest,
            "mean": None if spread is None else spread.mean,
            "median": None if spread is None else spread.median,
            "budget": self._result.budget,
            "estimate": None if estimate is None else estimate.total,
        }
        columns = {name: percent_over(self._prices, each) for name, each in references.items()}
        return {name: column for name, column in columns.items() if column is not None}


def admitted(plan: LotPlan, facts: LotFacts) -> Mask:
    """Which offers meet the requirements of the first round, waived ones included."""
    rule = plan.rounds[0]
    found: Mask = np.ones(len(facts), dtype=np.bool_)
    for requirement in rule.requirements:
        meets = requirement.mask(facts.column(requirement.source)).copy()
        if facts.decisions is not None:
            meets[list(facts.decisions.waived(rule, requirement.id))] = True
        found = found & meets
    return found


def _ascending(prices: Rationals, rows: Rows) -> Rows:
    """The rows with a price, the lowest first, equal ones by vendor."""
    order = np.argsort(prices.take(rows).keys(), kind="stable")
    return np.asarray(rows[order], dtype=np.intp)


def _reached(result: LotResult) -> Reached:
    return {bid.vendor: (round_.id, bid.outcome) for round_ in result.rounds for bid in round_.bids}


def _doubts(result: LotResult) -> Iterator[Doubt]:
    """What was found on low prices, round by round."""
    for round_ in result.rounds:
        if round_.flagged:
            for bid in round_.bids:
                for flag in bid.flags:
                    yield Doubt(bid.vendor, bid.name, round_.id, flag)
