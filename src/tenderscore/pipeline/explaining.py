"""The working of one vendor's result, put together from what the rounds kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tenderscore.errors import Message
from tenderscore.expressions import Expression
from tenderscore.model.explanation import (
    Explanation,
    LotExplanation,
    NodeExplanation,
    RequirementExplanation,
    RoundExplanation,
    State,
    Step,
)
from tenderscore.model.numerals import exact_text
from tenderscore.model.panel import Mark, PanelWorking
from tenderscore.model.result import BidResult, LotResult, SetAside
from tenderscore.model.standing import Standing
from tenderscore.model.values import Value, is_number
from tenderscore.pipeline.facts import LotFacts
from tenderscore.pipeline.plan import EVALUATED, Leaf, PlanNode
from tenderscore.pipeline.requirements import Requirement
from tenderscore.pipeline.results import LotWorking, RoundView
from tenderscore.pipeline.totals import total_formula
from tenderscore.scoring import NumberMethod, ValueMethod
from tenderscore.scoring._base import shown


def explanation(
    vendor: str, name: str, currency: str | None, lots: Sequence[LotWorking]
) -> Explanation:
    """Everything about one vendor, in the lots that it bids for."""
    found, without = [], []
    for lot in lots:
        set_aside = tuple(aside for aside in lot.result.set_aside if aside.vendor == vendor)
        row = _row(lot.facts, vendor)
        if row is not None or set_aside:
            found.append(_lot(lot, row, vendor, set_aside))
        else:
            without.append(lot.result.id)
    return Explanation(vendor, name, currency, tuple(found), tuple(without))


def _in_expression(value: Value) -> str:
    """A value as an expression would write it."""
    if value is None:
        return "missing"
    return f'"{value}"' if isinstance(value, str) else shown(value)


def _mark(mark: Mark) -> Value:
    """A score, with the comment that was given beside it."""
    if mark.comment and mark.score is not None:
        return f"{exact_text(mark.score)}: {mark.comment}"
    return mark.score


def _by(mark: Mark) -> Message:
    """Who gave a mark, and what it weighs where that is not 1."""
    if mark.weight == 1:
        return Message("{by}", by=mark.evaluator)
    weight = exact_text(mark.weight)
    return Message("{by}, weight {weight}", by=mark.evaluator, weight=weight)


def _level(standing: Standing, value: Fraction, vendor: str) -> Message:
    figure = standing.measure.saying(exact_text(value))
    template = "{figure} or less, as {vendor} has, the last to advance"
    return Message(template, figure=figure, vendor=vendor)


def _who_is_out(working: PanelWorking) -> list[Message]:
    """The evaluators whose marks do not count, and those who were to give none, and why."""
    out: dict[str, Message] = {
        each.evaluator: Message("conflict of interest: {reason}", reason=each.reason)
        for each in working.out
    }
    out |= {mark.evaluator: mark.out for mark in working.marks if mark.out is not None}
    return [
        Message("{evaluator} is out: {reason}", evaluator=id_, reason=reason)
        for id_, reason in sorted(out.items())
    ]


def _row(facts: LotFacts, vendor: str) -> int | None:
    vendors = facts.offers.vendors
    return next((row for row, one in enumerate(vendors) if one == vendor), None)


def _lot(
    lot: LotWorking, row: int | None, vendor: str, set_aside: tuple[SetAside, ...]
) -> LotExplanation:
    rounds = []
    for view in lot.views if row is not None else ():
        reached = [index for index, one in enumerate(view.run.rows) if int(one) == row]
        if reached:
            rounds.append(RoundWorking(lot, view, reached[0]).explanation())
    return LotExplanation(
        id=lot.result.id,
        title=lot.result.title,
        rounds=tuple(rounds),
        set_aside=set_aside,
        shortlisted=vendor in lot.result.shortlist,
        winner=vendor == lot.result.winner,
        choice=_choice(lot.result, vendor),
        pending=lot.result.pending,
        pending_reason=lot.result.pending_reason,
    )


def _choice(lot: LotResult, vendor: str) -> Message | None:
    if lot.choice is None:
        return None
    from tenderscore.pipeline.choosing import standing  # noqa: PLC0415 - seldom asked for

    return standing(lot, vendor)


class RoundWorking:
    """Explains one bid in one round."""

    def __init__(self, lot: LotWorking, view: RoundView, index: int) -> None:
        self._lot = lot
        self._view = view
        self._index = index
        self._row = int(view.run.rows[index])
        self._bid = view.reached(index)
        self._position = view.position(index)

    def explanation(self) -> RoundExplanation:
        """The whole round for this bid."""
        run, bid = self._view.run, self._bid
        own = None
        if run.scores is not None and run.rule.scores and self._position >= 0:
            own = run.scores.own_total.value(self._position)
        return RoundExplanation(
            id=run.rule.id,
            title=run.rule.title,
            bid=bid,
            requirements=tuple(self._requirements()),
            nodes=tuple(self._nodes()),
            own_total=own,
            total_formula=None if own is None else self._total_formula(own),
            standing=self._standing(),
            needed=self._needed(bid),
            decimals=self._lot.plan.rounding.total,
        )

    def _requirements(self) -> list[RequirementExplanation]:
        rule = self._view.run.rule
        tested = [self._requirement(requirement) for requirement in rule.requirements]
        skipped = [
            RequirementExplanation(
                id=requirement.id,
                title=requirement.title,
                test=Message("not applied in this lot"),
                value=None,
                fact=requirement.source_text,
                fact_place=None,
                rule_place=requirement.place,
                state="not_applied",
            )
            for requirement in self._lot.plan.skipped(rule.id)
        ]
        return tested + skipped

    def _requirement(self, requirement: Requirement) -> RequirementExplanation:
        facts = self._lot.facts
        value = facts.column(requirement.source).value(self._row)
        failed = any(
            reason.kind == "requirement" and reason.id == requirement.id
            for reason in self._bid.reasons
        )
        condition = requirement.condition
        return RequirementExplanation(
            id=requirement.id,
            title=requirement.title,
            test=Message("holds") if condition is None else condition.sentence(),
            value=value,
            fact=requirement.source_text,
            fact_place=facts.place(requirement.source, self._row),
            rule_place=requirement.place,
            state=self._state(requirement, failed=failed),
            notes=()
            if facts.decisions is None
            else tuple(facts.decisions.corrections(requirement.source, self._row)),
        )

    def _state(self, requirement: Requirement, *, failed: bool) -> State:
        decisions = self._lot.facts.decisions
        if decisions is not None and not failed:
            waived = decisions.waived(self._view.run.rule, requirement.id)
            if waived.get(self._row) in self._bid.decisions:
                return "waived"
        return "failed" if failed else "passed"

    def _nodes(self) -> list[NodeExplanation]:
        if self._view.run.scores is None or self._position < 0:
            return []
        return [self._node(index, node) for index, node in enumerate(self._view.run.rule.nodes)]

    def _node(self, index: int, node: PlanNode) -> NodeExplanation:
        scores = self._view.run.scores
        assert scores is not None  # noqa: S101 - asked by _nodes
        kept, position = scores.nodes[index], self._position
        facts, leaf = self._lot.facts, node.leaf
        result = self._bid.criteria[index]
        applies = bool(kept.applies[position])
        step = self._step(index, node, result.value) if applies else None
        source = leaf.source if leaf is not None else None
        return NodeExplanation(
            node=self._view.nodes[index],
            source="" if leaf is None else leaf.source_text,
            filled=self._filled(source) if isinstance(source, Expression) else "",
            value=result.value,
            fact_place=None if source is None else facts.place(source, self._row),
            rule_place=node.place if leaf is None else leaf.score_place,
            step=step,
            exact=None if kept.exact is None else kept.exact.value(position),
            points=result.points,
            contribution=result.contribution,
            notes=tuple(self._notes(index, node, applies, result.value)),
        )

    def _filled(self, expression: Expression) -> str:
        facts = self._lot.facts
        lookup = facts.lookup({}, self._row)
        return str(expression.filled(lookup, _in_expression))

    def _step(self, index: int, node: PlanNode, value: Value) -> Step | None:
        scores = self._view.run.scores
        if node.leaf is None or value is None or scores is None:
            return None
        method, benchmark = node.leaf.method, scores.nodes[index].benchmark
        if isinstance(method, ValueMethod):
            return method.explain(value)
        if not isinstance(method, NumberMethod) or not is_number(value) or benchmark is None:
            return None
        step = method.explain(Fraction(value), benchmark)  # type: ignore[arg-type]
        if node.leaf.source == EVALUATED:
            return Step(step.method, step.formula, (*self._price_steps(), *step.inputs))
        if not node.leaf.is_panel:
            return step
        working = self._bid.criteria[index].panel
        marks = () if working is None else working.marks
        given = tuple((_by(mark), _mark(mark)) for mark in marks if mark.counted)
        return Step(step.method, step.formula, given + step.inputs)

    def _price_steps(self) -> Iterator[tuple[Message, Value]]:
        """How the evaluated price came about."""
        prices = self._lot.facts.prices
        if prices is not None:
            yield Message("price as bid"), prices.price(self._row)
            for step in prices.of(self._row).steps:
                yield Message("{title}", title=step.title), step.formula

    def _notes(self, index: int, node: PlanNode, applies: bool, value: Value) -> list[Message]:
        if not applies:
            reason = self._view.conditions.why_not(index, self._row)
            return [Message("does not apply: 0 points ({reason})", reason=reason)]
        notes = list(self._decided(node))
        working = self._bid.criteria[index].panel
        if working is not None:
            notes += _who_is_out(working)
        if node.leaf is not None and value is None:
            notes.append(self._missing(node.leaf))
        scores = self._view.run.scores
        if node.leaf is not None and scores is not None and scores.nodes[index].benchmark is None:
            notes.append(Message("no admitted bid is left to measure against: 0 points"))
        if node.minimum is not None:
            failed = any(r.kind == "criterion" and r.id == node.id for r in self._bid.reasons)
            template = (
                "the minimum of {minimum} points is not met"
                if failed
                else ("the minimum of {minimum} points is met")
            )
            notes.append(Message(template, minimum=exact_text(node.minimum)))
        return notes

    def _missing(self, leaf: Leaf) -> Message:
        if not isinstance(leaf.source, Expression):
            return Message("missing: 0 points")
        reason = self._lot.facts.lacking(leaf.source, self._row).told
        return Message("missing: 0 points ({reason})", reason=reason)

    def _decided(self, node: PlanNode) -> Iterator[Message]:
        """What decisions did to a leaf's fact, and where the bid says otherwise."""
        facts = self._lot.facts
        if facts.decisions is not None and node.leaf is not None:
            yield from facts.decisions.told(node.id, node.leaf.source, self._row)

    def _total_formula(self, own: Fraction) -> Message:
        bid = self._bid
        return total_formula(own, bid.carried, self._view.run.rule.carry_over, bid.total)

    def _standing(self) -> tuple[Message, ...]:
        standings = self._view.run.standings
        if standings is None or self._position < 0:
            return ()
        return tuple(standings.working(self._position))

    def _needed(self, bid: BidResult) -> Message | None:
        if bid.outcome == "advanced":
            return None
        if bid.outcome == "eliminated":
            failed = dict.fromkeys(each.id for each in bid.reasons if each.kind != "rule")
            template = "it would have had to meet: {ids}"
            return Message(template, ids=", ".join(failed)) if failed else None
        rule = self._view.run.rule
        last = self._last_advanced()
        if rule.minimum is not None and bid.total is not None and bid.total < rule.minimum:
            short = exact_text(rule.minimum - bid.total)
            return Message("{short} points more for the minimum in total", short=short)
        if last is not None and last.standing is not None and last.standing.value is not None:
            return _level(last.standing, last.standing.value, last.vendor)
        if last is None or last.total is None or bid.total is None:
            return None
        short = exact_text(last.total - bid.total)
        template = "{short} points more to draw level with {vendor} at {total}, the last to advance"
        return Message(template, short=short, vendor=last.vendor, total=exact_text(last.total))

    def _last_advanced(self) -> BidResult | None:
        view = self._view
        listed = [index for index in view.order if view.run.advanced[index]]
        return view.reached(int(listed[-1])) if listed else None
