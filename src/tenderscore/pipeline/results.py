"""From what a lot came to, to the result that reports read."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tenderscore.model.columns import Column, NumberColumn
from tenderscore.model.exact import Mask
from tenderscore.model.method import Rounding
from tenderscore.model.records import record
from tenderscore.model.result import (
    BidResult,
    BidRows,
    CriterionResult,
    LotResult,
    NodeInfo,
    Outcome,
    Reason,
    RoundResult,
    SetAside,
)
from tenderscore.model.tender import Lot
from tenderscore.model.values import Value, is_number
from tenderscore.pipeline.applicability import Conditions
from tenderscore.pipeline.facts import LotFacts
from tenderscore.pipeline.plan import PRICE, LotPlan, RoundPlan
from tenderscore.pipeline.rounds import LotRun, RoundRun, advance_message, too_few_message

if TYPE_CHECKING:
    from tenderscore.model.decisions import Decision


class RoundView:
    """Makes the bids of a round when they are looked at."""

    def __init__(self, run: RoundRun, facts: LotFacts) -> None:
        self.run = run
        self._facts = facts
        self._positions = np.where(run.meets, np.cumsum(run.meets) - 1, -1)
        unranked = np.where(run.ranks > 0, run.ranks, np.iinfo(np.int64).max)
        self.order: NDArray[np.intp] = np.argsort(unranked, kind="stable")
        self.nodes = _infos(run.rule)
        self.conditions = Conditions(run.rule.nodes, facts)

    def bid(self, listed: int) -> BidResult:
        """The bid at a place in the list."""
        return self.reached(int(self.order[listed]))

    def position(self, index: int) -> int:
        """Where a bid stands among those scored; -1 where it was not."""
        return int(self._positions[index])

    def reached(self, index: int) -> BidResult:
        """The bid at a row among those that reached the round."""
        run, facts = self.run, self._facts
        row = int(run.rows[index])
        position = int(self._positions[index])
        total = run.total.value(position) if run.total is not None and position >= 0 else None
        rank = int(run.ranks[index]) or None
        outcome = self.outcome(index)
        return BidResult(
            vendor=facts.offers.vendors[row],
            name=facts.offers.names[row],
            bid=facts.offers.bids[row],
            outcome=outcome,
            reasons=tuple(self._reasons(index, total)),
            total=total,
            rank=rank,
            carried={i: column.value(position) for i, column in run.carried.items()}
            if position >= 0
            else {},
            criteria=self.criteria(position),
            price=_price(facts.column(PRICE), row),
            standing=run.standings.bid(position) if run.standings and position >= 0 else None,
            evaluated=None if facts.prices is None else facts.prices.of(row),
            decisions=tuple(run.decided.get(row, ())),
            flags=() if run.low is None else run.low.flags(row, out=outcome == "eliminated"),
        )

    def outcome(self, index: int) -> Outcome:
        """What became of a bid."""
        run = self.run
        if run.advanced[index]:
            return "advanced"
        if run.too_few is not None:
            return "not_advanced" if run.meets[index] else "eliminated"
        if run.rule.ranks:
            return "not_advanced" if run.ranks[index] else "eliminated"
        return "eliminated"

    def _reasons(self, index: int, total: Fraction | None) -> list[Reason]:
        run = self.run
        given = [failure.reason(index) for failure in run.failures if failure.rows[index]]
        position = self.position(index)
        if run.scores is not None and position >= 0:
            failures = run.scores.failures
            given += [failure.reason(position) for failure in failures if failure.rows[position]]
        if given or run.advanced[index]:
            return given
        if run.too_few is not None:
            message = too_few_message(int(run.meets.sum()), run.too_few)
            return [Reason("rule", "minimum_bids", message)]
        return [Reason("rule", "advance", advance_message(run, index, total))]

    def criteria(self, position: int) -> tuple[CriterionResult, ...]:
        """Every node of a scored bid."""
        scores = self.run.scores
        if scores is None or position < 0:
            return ()
        found = []
        row = int(self.run.scored_rows[position])
        for index, info in enumerate(self.nodes):
            node = scores.nodes[index]
            applies = not self.conditions.conditional[index] or bool(node.applies[position])
            value: Value = None
            if node.column is not None and applies:
                value = node.column.value(position)
            found.append(
                CriterionResult(
                    info,
                    _whole(value),
                    node.points.value(position),
                    scores.contributions[index].value(position),
                    self._facts.working(self.run.rule.nodes[index], row),
                    None if applies else self.conditions.asked_of(index, row),
                )
            )
        return tuple(found)

    def result(self, rounding: Rounding) -> RoundResult:
        """The round as reports read it."""
        run = self.run
        rule = run.rule
        advanced = int(run.advanced.sum())
        ranked = int((run.ranks > 0).sum())
        if run.too_few is not None:
            ranked = int(run.meets.sum())
        elif not rule.ranks:
            ranked = advanced
        counts: dict[Outcome, int] = {
            "advanced": advanced,
            "not_advanced": ranked - advanced,
            "eliminated": len(run.rows) - ranked,
        }
        return RoundResult(
            id=rule.id,
            title=rule.title,
            bids=BidRows(len(run.rows), self.bid),
            nodes=self.nodes,
            counts=counts,
            minimum=rule.minimum,
            at_most=rule.at_most,
            decimals=rounding.total,
            criterion_decimals=rounding.criterion,
            carry_over=rule.carry_over,
            measure=None if run.standings is None else run.standings.measure,
            decisions=_decided(run),
            flagged=() if run.low is None else run.low.flagged(run.standing_rows),
            unapplied=tuple(self.conditions.unapplied(run, self.order, self.nodes)),
        )


@record
class LotWorking:
    """What explaining needs of one evaluated lot."""

    result: LotResult
    plan: LotPlan
    facts: LotFacts
    views: Sequence[RoundView]


def lot_result(
    lot: Lot, plan: LotPlan, facts: LotFacts, run: LotRun, set_aside: tuple[SetAside, ...]
) -> tuple[LotResult, list[RoundView]]:
    """A lot's result, and the views that its explanations use."""
    views = [RoundView(round_run, facts) for round_run in run.rounds]
    rounds = tuple(view.result(plan.rounding) for view in views)
    last = run.rounds[-1] if run.rounds else None
    shortlist = _chosen(views[-1], last.advanced) if last is not None else []
    first: tuple[str, ...] = ()
    if last is not None and run.complete:
        rows = _chosen(views[-1], last.advanced & (last.ranks == 1))
        first = tuple(facts.offers.vendors[row] for row in rows)
    names = {facts.offers.vendors[row]: facts.offers.names[row] for row in shortlist}
    choice = None
    if plan.left_to_people:
        from tenderscore.pipeline.choosing import choice_of  # noqa: PLC0415 - seldom asked for

        choice = choice_of(plan, facts, run, shortlist)
        first = () if choice.decision is None else choice.decision.vendors
    budget = lot.facts.get("budget")
    result = LotResult(
        id=lot.id,
        title=lot.title,
        rounds=rounds,
        shortlist=tuple(names),
        pending=run.pending,
        pending_reason=run.waits_for,
        winner=first[0] if len(first) == 1 else None,
        tie=first if len(first) > 1 else (),
        set_aside=set_aside,
        names=names,
        budget=Fraction(budget) if is_number(budget) else None,  # type: ignore[arg-type]
        last_at_most=plan.rounds[-1].at_most if plan.rounds else None,
        choice=choice,
    )
    return result, views


def _chosen(view: RoundView, mask: Mask) -> list[int]:
    """The offers where a mask on the rows reached holds, in the order of the list."""
    return [int(row) for row in view.run.rows[view.order[mask[view.order]]]]


def _infos(rule: RoundPlan) -> tuple[NodeInfo, ...]:
    return tuple(
        NodeInfo(
            id=node.id,
            title=node.title,
            depth=node.depth,
            weight=node.weight,
            share=share * 100,
            method=None if node.leaf is None else node.leaf.method.id,
            minimum=node.minimum,
        )
        for node, share in zip(rule.nodes, rule.shares, strict=True)
    )


def _decided(run: RoundRun) -> tuple[Decision, ...]:
    """The decisions that touched a bid in a round, in their order."""
    by_number = {each.number: each for found in run.decided.values() for each in found}
    return tuple(by_number[number] for number in sorted(by_number))


def _price(column: Column, row: int) -> Fraction | None:
    if isinstance(column, NumberColumn):
        return None if column.missing[row] else column.numbers.value(row)
    value = column.value(row)
    return Fraction(value) if is_number(value) else None  # type: ignore[arg-type]


def _whole(value: Value) -> Value:
    if isinstance(value, Fraction) and value.denominator == 1:
        return value.numerator
    return value
