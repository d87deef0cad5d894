"""From compiled criteria to the plan of one lot: references replaced, rounds put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from pydantic import ValidationError

from tenderscore.errors import Message, Place, Problem
from tenderscore.expressions import Expression
from tenderscore.model.fields import KIND_NAMES
from tenderscore.model.method import RoundRule
from tenderscore.model.money import Exchange
from tenderscore.model.records import record, replace
from tenderscore.model.references import Amount, Deferred, Reference, deferred_among, settled
from tenderscore.model.text import Title
from tenderscore.model.values import Fault, Path, Value, is_number, kind_of
from tenderscore.pipeline.compiling import Compiled, operand_problem
from tenderscore.pipeline.plan import Leaf, LotPlan, PlanNode, RoundPlan
from tenderscore.pipeline.requirements import Requirement, condition_of
from tenderscore.scoring import ScoringMethod

if TYPE_CHECKING:
    from tenderscore.pipeline.price_rules import PriceRule
    from tenderscore.pipeline.price_tests import PriceTest

_NAMED = 10


@record
class Surroundings:
    """What a lot's rules can refer to: the lot's facts and the tender's, money settled."""

    lot_id: str
    lot: Mapping[str, Value]
    tender: Mapping[str, Value]
    exchange: Exchange = Exchange(None)

    def find(self, root: str, path: Path) -> Value:
        """The value at ``lot.<path>`` or ``tender.<path>``, None where there is none."""
        value: Value = dict(self.lot if root == "lot" else self.tender)
        for key in path:
            if not isinstance(value, dict):
                return None
            value = value.get(key)
        return value

    def refer(self, deferred: Deferred) -> Value:
        """The value that a rule leaves to the lot."""
        match deferred:
            case Reference():
                return self.find(deferred.root, deferred.path)
            case Amount():
                money: dict[str, Value] = {"amount": deferred.number, "currency": deferred.currency}
                return self.exchange.amount(money)
        raise TypeError(deferred)


@record
class Absence:
    """A rule that is not applied in a lot, since what it refers to is absent there.

    A ``condition`` of another rule does not hold there.
    """

    requirement: Requirement | PriceTest
    reference: Deferred
    lot: str
    condition: bool = False


_NOT_APPLIED = (
    "{reference} is absent in lot {lots}: {requirement} is not applied there",
    "{reference} is absent in {n} lots ({lots}, ...): {requirement} is not applied there",
)
_CONDITIONS = (
    "{reference} is absent in lot {lots}: the condition of {requirement} does not hold there",
    (
        "{reference} is absent in {n} lots ({lots}, ...): "
        "the condition of {requirement} does not hold there"
    ),
)


def absence_warnings(absences: Sequence[Absence]) -> list[Problem]:
    """One warning for each requirement and reference, naming the lots."""
    lots: dict[tuple[str, Deferred, Place | None, bool], list[str]] = {}
    for absence in absences:
        rule = absence.requirement
        key = (rule.id, absence.reference, rule.place, absence.condition)
        named = lots.setdefault(key, [])
        if absence.lot not in named:
            named.append(absence.lot)
    return [_absence_warning(*key, named) for key, named in lots.items()]


def _absence_warning(
    id_: str, reference: Deferred, place: Place | None, condition: bool, lots: Sequence[str]
) -> Problem:
    template = (_CONDITIONS if condition else _NOT_APPLIED)[len(lots) > _NAMED]
    message = Message(
        template,
        reference=reference,
        lots=", ".join(lots[:_NAMED]),
        n=len(lots),
        requirement=id_,
    )
    return Problem("not-applied", message, place, severity="warning")


class Resolver:
    """Resolves a compiled set for one lot, collecting problems and warnings."""

    def __init__(self, compiled: Compiled, surroundings: Surroundings) -> None:
        self._compiled = compiled
        self._around = surroundings
        self._not_applied: dict[str, list[Requirement]] = {}
        self.problems: list[Problem] = []
        self.absences: list[Absence] = []

    def plan(self) -> LotPlan:
        """The lot's plan; ``problems`` says what could not be resolved, and what is doubtful."""
        criteria_set = self._compiled.criteria_set
        rounds = tuple(self._round(rule) for rule in criteria_set.rounds())
        self._check_rankings(rounds)
        method = criteria_set.method
        skipped = {id_: tuple(requirements) for id_, requirements in self._not_applied.items()}
        adjustments = self._adjustments()
        return LotPlan(
            method.rounding,
            method.minimum_bids,
            rounds,
            skipped,
            adjustments,
            method.panel,
            criteria_set.place("panel", "quorum"),
            self._price_tests(rounds),
            method.winner == "decide",
        )

    def _price_tests(self, rounds: tuple[RoundPlan, ...]) -> Mapping[str, tuple[PriceTest, ...]]:
        if not self._compiled.price_tests:
            return {}
        from tenderscore.pipeline.price_tests import LotPriceTests  # noqa: PLC0415 - seldom any

        tests = LotPriceTests(self._compiled.price_tests, self._around)
        self.problems += tests.problems
        self.absences += tests.absences
        return tests.by_round(rounds)

    def _adjustments(self) -> tuple[PriceRule, ...] | None:
        rules = self._compiled.adjustments
        return None if rules is None else tuple(self._adjustment(rule) for rule in rules)

    def _adjustment(self, rule: PriceRule) -> PriceRule:
        rule = replace(rule, condition=rule.condition and self._only_if(rule.condition))
        if not isinstance(rule.amount, Deferred):
            return rule
        value = self._around.refer(rule.amount)
        if is_number(value):
            return replace(rule, amount=value)
        self.problems.append(self._no_amount(rule.amount, value, rule.place))
        return rule

    def _no_amount(self, reference: Deferred, value: Value, place: Place) -> Problem:
        if isinstance(value, Fault):
            return Problem(value.code, value.message, place)
        lot = self._around.lot_id
        if value is None:
            message = Message("{reference} is absent in lot {lot}", reference=reference, lot=lot)
            return Problem("absent-reference", message, place)
        reason = Message("an amount is a number, not {kind}", kind=KIND_NAMES[kind_of(value)])
        template = "{reference} in lot {lot}: {reason}"
        message = Message(template, reference=reference, lot=lot, reason=reason)
        return Problem("wrong-type", message, place)

    def _round(self, rule: RoundRule) -> RoundPlan:
        nodes = self._nodes(rule)
        method = self._compiled.criteria_set.method
        advance = rule.advance
        return RoundPlan(
            id=rule.id,
            title=rule.title or Title(rule.id),
            requirements=tuple(self._requirements(rule)),
            nodes=nodes,
            shares=_shares(nodes),
            carry_over={id_: Fraction(percent) for id_, percent in rule.carry_over.items()},
            minimum=None if advance.minimum is None else Fraction(advance.minimum),
            at_most=advance.at_most,
            tie_break=tuple(method.tie_break if rule.tie_break is None else rule.tie_break),
            ranking=self._compiled.rankings.get(rule.id),
        )

    def _check_rankings(self, rounds: tuple[RoundPlan, ...]) -> None:
        for index, rule in enumerate(rounds):
            unfit = None if rule.ranking is None else rule.ranking.unfit(rounds[:index], rule)
            if unfit is not None:
                place = self._compiled.criteria_set.place("rounds", index, "rank_by")
                self.problems.append(Problem("rank-by", unfit, place))

    def _nodes(self, rule: RoundRule) -> tuple[PlanNode, ...]:
        groups = [self._compiled.groups[id_] for id_ in rule.criteria or ()]
        total = sum((group[0].weight for group in groups), Fraction(0))
        nodes: list[PlanNode] = []
        for group in groups:
            start = len(nodes)
            for node in group:
                moved = self._resolved_node(node, start)
                if moved.parent is None and total:
                    moved = replace(moved, fraction=moved.weight / total)
                nodes.append(moved)
        return tuple(nodes)

    def _resolved_node(self, node: PlanNode, start: int) -> PlanNode:
        leaf = node.leaf
        if leaf is not None and leaf.method.references():
            leaf = replace(leaf, method=self._resolved_method(leaf))
        return replace(
            node,
            parent=None if node.parent is None else node.parent + start,
            children=tuple(child + start for child in node.children),
            only_if=node.only_if and self._only_if(node.only_if),
            leaf=leaf,
        )

    def _resolved_method(self, leaf: Leaf) -> ScoringMethod:
        method, place = leaf.method, leaf.score_place
        absent = [ref for ref in method.references() if self._around.refer(ref) is None]
        for reference in absent:
            template = "{reference} is absent in lot {lot}"
            message = Message(template, reference=reference, lot=self._around.lot_id)
            self.problems.append(Problem("absent-reference", message, place))
        faults = [self._around.refer(ref) for ref in method.references()]
        for fault in faults:
            if isinstance(fault, Fault):
                self.problems.append(Problem(fault.code, fault.message, place))
        if absent or any(isinstance(fault, Fault) for fault in faults):
            return method
        try:
            return method.resolved(self._around.refer)
        except ValidationError as error:
            for details in error.errors():
                self.problems.append(self._unfit(details, method.references(), place))
            return method

    def _unfit(self, details: object, references: tuple[Deferred, ...], place: Place) -> Problem:
        context = details.get("ctx", {}) if isinstance(details, dict) else {}
        reason = context.get("message") or Message("the value does not fit")
        names = ", ".join(str(reference) for reference in references)
        template = "{references} in lot {lot}: {reason}"
        message = Message(template, references=names, lot=self._around.lot_id, reason=reason)
        return Problem(context.get("code", "wrong-type"), message, place)

    def _requirements(self, rule: RoundRule) -> list[Requirement]:
        found = []
        for id_ in dict.fromkeys(rule.requirements):
            requirement = self._compiled.requirements[id_]
            absent = self._absent(requirement)
            if absent is None:
                found.append(self._condition(requirement))
                continue
            self._not_applied.setdefault(rule.id, []).append(requirement)
            self.absences.append(Absence(requirement, absent, self._around.lot_id))
        return found

    def _absent(self, requirement: Requirement) -> Deferred | None:
        references: list[Deferred] = []
        if isinstance(requirement.source, Expression):
            reads = requirement.source.reads_outside_has
            references = [Reference(root, path) for root, path in reads if root != "bid"]
        elif requirement.condition is not None:
            references = list(deferred_among(requirement.condition.operand))
        return next((ref for ref in references if self._around.refer(ref) is None), None)

    def _only_if(self, requirement: Requirement) -> Requirement:
        # An expression tells by itself: it may never come to what is absent.
        absent = None if requirement.condition is None else self._absent(requirement)
        if absent is None:
            return self._condition(requirement)
        absence = Absence(requirement, absent, self._around.lot_id, condition=True)
        if absence not in self.absences:
            self.absences.append(absence)
        return replace(requirement, absent=absent)

    def _condition(self, requirement: Requirement) -> Requirement:
        condition = requirement.condition
        named = [] if condition is None else list(deferred_among(condition.operand))
        if condition is None or not named:
            return requirement
        values = [self._around.refer(each) for each in named]
        faults = [value for value in values if isinstance(value, Fault)]
        if faults:
            found = [Problem(f.code, f.message, requirement.place) for f in faults]
            self.problems += found
            return requirement
        operand: Value = settled(condition.operand, self._around.refer)  # type: ignore[assignment]
        resolved = condition_of(condition.name, operand)
        message = None if None in values else operand_problem(resolved)
        if message is not None:
            names = ", ".join(map(str, named))
            template = "{reference} in lot {lot}: {reason}"
            text = Message(template, reference=names, lot=self._around.lot_id, reason=message)
            self.problems.append(Problem("requirement-value", text, requirement.place))
        return replace(requirement, condition=resolved)


def _shares(nodes: tuple[PlanNode, ...]) -> tuple[Fraction, ...]:
    shares: list[Fraction] = []
    for node in nodes:
        above = Fraction(1) if node.parent is None else shares[node.parent]
        shares.append(above * node.fraction)
    return tuple(shares)
