"""Points of every node of a round, and who its minimums and missing facts put out.

The order is that of docs/arithmetic.md: absolute leaves first, then what they put out, then the
benchmarks of relative leaves from the bids that are left, then the minimums that these decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

import numpy as np

from tenderscore.errors import Message, Problem, Severity
from tenderscore.model.columns import Column, NumberColumn
from tenderscore.model.exact import Mask, Rationals, weighted_sum
from tenderscore.model.method import Rounding
from tenderscore.model.numerals import exact_text
from tenderscore.model.records import record
from tenderscore.model.result import Reason, ReasonKind
from tenderscore.model.values import Fault, Value, is_number
from tenderscore.pipeline.facts import LotFacts, Rows, Source, fault_mask
from tenderscore.pipeline.missing_facts import (
    condition_warnings,
    missing_problem,
    missing_reason,
)
from tenderscore.pipeline.plan import Leaf, PlanNode, RoundPlan
from tenderscore.pipeline.requirements import Requirement
from tenderscore.scoring import NumberMethod, ValueMethod
from tenderscore.scoring._base import NO_BENCHMARK, Benchmark
from tenderscore.scoring.panel import Panel

Cell: TypeAlias = tuple[PlanNode, Leaf, int, str]
"""A criterion of the panel and a bid: its row and its vendor."""

MOST_WARNINGS = 50
_MOST_SHOWN = 5


@dataclass
class NodeScores:
    """One node's points of the rows scored; ``exact`` before rounding, for leaves.

    ``applies`` says where its ``only_if`` and those above it hold.
    """

    points: Rationals
    applies: Mask
    exact: Rationals | None = None
    column: Column | None = None
    benchmark: Benchmark | None = NO_BENCHMARK


@record
class Failure:
    """A rule that put bids out: where, and why, said when somebody looks."""

    kind: ReasonKind
    id: str
    rows: Mask
    message: Callable[[int], Message]

    def reason(self, position: int) -> Reason:
        """Why the bid at a position was put out."""
        return Reason(self.kind, self.id, self.message(position))


@dataclass
class RoundScores:
    """A scored round: ``rows`` are the offers that meet its requirements."""

    rows: Rows
    nodes: list[NodeScores]
    contributions: list[Rationals]
    own_total: Rationals
    out: Mask
    failures: list[Failure]
    problems: list[Problem] = field(default_factory=list)


class Scorer:
    """Scores one round of one lot."""

    def __init__(self, rule: RoundPlan, facts: LotFacts, rounding: Rounding, rows: Rows) -> None:
        self._rule = rule
        self._facts = facts
        self._rounding = rounding
        self._rows = rows
        self._out: Mask = np.zeros(len(rows), dtype=np.bool_)
        self._failures: list[Failure] = []
        self._problems: list[Problem] = []
        self._scores: dict[int, NodeScores] = {}
        self._conditions: dict[int, list[Problem]] = {}
        self._applies = self._applicable()

    @property
    def applies(self) -> Sequence[Mask]:
        """Where each node's ``only_if``, and those above it, hold."""
        return self._applies

    def scored(self) -> RoundScores:
        """Everything that the round's criteria say."""
        rule = self._rule
        relative = [rule.relative(index) for index in range(len(rule.nodes))]
        for wanted in (False, True):
            admitted = ~self._out
            for index, node in enumerate(rule.nodes):
                if node.leaf is not None and node.leaf.method.is_relative == wanted:
                    self._scores[index] = self._leaf_scores(index, node, node.leaf, admitted)
            if not wanted:
                self._put_out_missing()
            for index in reversed(range(len(rule.nodes))):
                if rule.nodes[index].leaf is None and relative[index] == wanted:
                    self._scores[index] = self._group_scores(index)
            for index, node in enumerate(rule.nodes):
                if node.minimum is not None and relative[index] == wanted:
                    self._put_out_under(index, node, node.minimum)
        nodes = [self._scores[index] for index in range(len(rule.nodes))]
        contributions, total = self._contributions(nodes)
        return RoundScores(
            self._rows, nodes, contributions, total, self._out, self._failures, self._problems
        )

    def waits_for(self) -> Message | None:
        """What the round waits for: scores that the panel owes it; None where it waits for none.

        Also warns of evaluators who scored some bids of the lot on a criterion and not others.
        """
        leaves = [
            (index, node)
            for index, node in enumerate(self._rule.nodes)
            if node.leaf is not None and node.leaf.is_panel and self._applies[index].any()
        ]
        if not leaves:
            return None
        lacking = [self._lacking(index, node) for index, node in leaves]
        if not any(given for given, _ in lacking):
            return Message("no score is in for round {round}", round=self._rule.id)
        for (_, node), (_, vendors) in zip(leaves, lacking, strict=True):
            if vendors and node.leaf is not None and node.leaf.missing is None:
                return _owed(node, node.leaf, vendors)
        for index, node in leaves:
            self._warn_evaluators(index, node)
        return None

    def panel_cells(self) -> Iterator[Cell]:
        """Every panel criterion of every bid that it applies to."""
        vendors = self._facts.offers.vendors
        for node, applies in zip(self._rule.nodes, self._applies, strict=True):
            if node.leaf is not None and node.leaf.is_panel:
                due = [int(self._rows[p]) for p in np.flatnonzero(applies)]
                yield from ((node, node.leaf, row, vendors[row]) for row in due)

    def undecided(self) -> list[Problem]:
        """Why it cannot be said whether the panel owes a score: an ``only_if`` without a value."""
        above: set[int | None] = set()
        for index, node in enumerate(self._rule.nodes):
            at: int | None = index if node.leaf is not None and node.leaf.is_panel else None
            while at is not None:
                above.add(at)
                at = self._rule.nodes[at].parent
        return [each for at, found in self._conditions.items() if at in above for each in found]

    def _lacking(self, index: int, node: PlanNode) -> tuple[bool, list[str]]:
        """Whether a panel leaf has any score, and the vendors without a value."""
        if node.leaf is None:
            return False, []
        column = self._facts.leaf_values(node, node.leaf, self._rows)
        due = np.flatnonzero(self._applies[index])
        given = any(self._facts.is_scored(node.id, int(self._rows[p])) for p in due)
        vendors = self._facts.offers.vendors
        return given, [vendors[int(self._rows[p])] for p in due if column.missing[p]]

    def _warn_evaluators(self, index: int, node: PlanNode) -> None:
        marks, offers = self._facts.marks, self._facts.offers
        due = [int(self._rows[p]) for p in np.flatnonzero(self._applies[index])]
        members = marks.members(node.id, [offers.vendors[row] for row in due])
        for row in due:
            vendor = offers.vendors[row]
            lacking = marks.lacking(members, node.id, vendor)
            if lacking and marks.count(node.id, vendor):
                message = Message(
                    "{criterion} of {vendor} lacks the scores of {evaluators}",
                    criterion=node.id,
                    vendor=vendor,
                    evaluators=", ".join(sorted(lacking)),
                )
                place = node.leaf.score_place if node.leaf else None
                self._problems.append(Problem("missing-score", message, place, severity="warning"))

    def _applicable(self) -> list[Mask]:
        applies: list[Mask] = []
        for node in self._rule.nodes:
            above = np.ones(len(self._rows), dtype=np.bool_)
            if node.parent is not None:
                above = applies[node.parent]
            if node.only_if is not None:
                column = self._facts.column(node.only_if.source)
                before = len(self._problems)
                if node.only_if.applies:
                    self._add_faults(column.take(self._rows), above, node.only_if.source, node)
                self._conditions[len(applies)] = self._problems[before:]
                self._warn_condition(node.only_if, above & column.missing[self._rows])
                above = above & node.only_if.mask(column)[self._rows]
            applies.append(above)
        return applies

    def _warn_condition(self, condition: Requirement, missing: Mask) -> None:
        rows = map(int, self._rows[np.flatnonzero(missing)[:MOST_WARNINGS]])
        self._problems += condition_warnings(self._facts, condition, rows)

    def _leaf_scores(self, index: int, node: PlanNode, leaf: Leaf, admitted: Mask) -> NodeScores:
        column = self._facts.leaf_values(node, leaf, self._rows)
        applies = self._applies[index]
        faulty = fault_mask(column) & applies
        self._add_faults(column, applies, leaf.source, node)
        usable = applies & ~column.missing & ~faulty
        exact, benchmark = self._exact_points(node, leaf, column, usable, admitted)
        self._warn_missing(node, leaf, column.missing & applies)
        points = exact.rounded(self._rounding.criterion)
        return NodeScores(points, applies, exact, column, benchmark)

    def _exact_points(
        self, node: PlanNode, leaf: Leaf, column: Column, usable: Mask, admitted: Mask
    ) -> tuple[Rationals, Benchmark | None]:
        method = leaf.method
        if isinstance(method, ValueMethod):
            usable = usable & ~self._judged(node, leaf, column, usable)
            return _value_points(method, column, usable), NO_BENCHMARK
        if not isinstance(method, NumberMethod) or not usable.any():
            return self._zeros(), NO_BENCHMARK
        numbers, typed = numbers_of(column)
        usable = usable & typed
        if method.has_faults(numbers.take(usable)):
            usable = usable & ~self._judged(node, leaf, column, usable)
        benchmark: Benchmark | None = NO_BENCHMARK
        benchmark = method.benchmark(numbers.take(usable & admitted))
        if benchmark is None or not usable.any():
            return self._zeros(), benchmark
        fault = method.benchmark_fault(benchmark) if benchmark else None
        if fault is not None:
            self._no_reference(
                node, leaf, fault, np.flatnonzero(usable & admitted & numbers.at_most(0))
            )
            return self._zeros(), benchmark
        if usable.all():
            return method.points(numbers, benchmark), benchmark
        safe = numbers.where(usable, Rationals.constant(1, len(numbers)))
        return method.points(safe, benchmark).put(~usable, 0), benchmark

    def _no_reference(self, node: PlanNode, leaf: Leaf, fault: Message, at: Rows) -> None:
        """A reference of 0: in which lot, and whose facts make it."""
        template = "{criterion} in lot {lot}: {reason}"
        lot = self._facts.around.lot_id
        message = Message(template, criterion=node.id, lot=lot, reason=fault)
        rows = [int(self._rows[position]) for position in at[:_MOST_SHOWN]]
        vendors = self._facts.offers.vendors
        also = tuple(
            (
                Message("what {vendor} gives", vendor=vendors[row]),
                self._facts.place(leaf.source, row),
            )
            for row in rows
        )
        self._problems.append(Problem("reference-zero", message, leaf.score_place, also=also))

    def _zeros(self) -> Rationals:
        return Rationals.constant(0, len(self._rows))

    def _judged(self, node: PlanNode, leaf: Leaf, column: Column, usable: Mask) -> Mask:
        """Where a value of the right type cannot be scored: a problem for each."""
        faults = column.each(lambda v: None if v is None else _fault(leaf, v))
        wrong = np.array([fault is not None for fault in faults], dtype=np.bool_) & usable
        for position in np.flatnonzero(wrong):
            message = faults[position]
            if message is not None:
                fault = Fault("fact-value", message)
                self._value_problem(node, leaf.source, int(position), fault)
        return wrong

    def _add_faults(
        self, column: Column, where: Mask, source: Source | None, node: PlanNode
    ) -> None:
        for position in np.flatnonzero(fault_mask(column) & where):
            fault = column.value(int(position))
            if isinstance(fault, Fault) and fault.code != "expression-type":
                self._value_problem(node, source, int(position), fault)

    def _value_problem(
        self, node: PlanNode, source: Source | None, position: int, fault: Fault
    ) -> None:
        place = self._facts.place(source, int(self._rows[position]))
        message = Message("{criterion}: {reason}", criterion=node.id, reason=fault.message)
        where = node.leaf.score_place if node.leaf else node.place
        also = ((Message("the rule stands here"), where),)
        self._problems.append(Problem(fault.code, message, place, also=also))

    def _warn_missing(self, node: PlanNode, leaf: Leaf, missing: Mask) -> None:
        if leaf.missing == "eliminate" or not missing.any():
            return
        severity: Severity = "error" if leaf.missing == "error" else "warning"
        positions = np.flatnonzero(missing)
        shown = positions if severity == "error" else positions[:MOST_WARNINGS]
        for position in shown:
            row = int(self._rows[position])
            self._problems.append(missing_problem(self._facts, node, leaf, row, severity))
        if len(shown) < len(positions):
            count = len(positions) - len(shown)
            message = Message(
                "{n} more bids have no value for {criterion}: 0 points", n=count, criterion=node.id
            )
            self._problems.append(
                Problem("missing-fact", message, leaf.score_place, severity="warning")
            )

    def _put_out_missing(self) -> None:
        for index, node in enumerate(self._rule.nodes):
            leaf = node.leaf
            if leaf is None or leaf.missing != "eliminate":
                continue
            column = self._facts.leaf_values(node, leaf, self._rows)
            missing = column.missing & self._applies[index]

            def reason(position: int, node: PlanNode = node, leaf: Leaf = leaf) -> Message:
                return missing_reason(self._facts, node, leaf, int(self._rows[position]))

            self._put_out(node.id, missing, reason)

    def _put_out_under(self, index: int, node: PlanNode, minimum: Fraction) -> None:
        scores = self._scores[index]
        points = scores.points.rounded(self._rounding.criterion)
        under = ~points.at_least(minimum) & scores.applies
        if node.leaf is not None and node.leaf.missing == "eliminate" and scores.column is not None:
            under = under & ~scores.column.missing

        def message(position: int) -> Message:
            return Message(
                "{title}: {points} points, under the minimum of {minimum}",
                title=node.title,
                points=exact_text(points.value(position)),
                minimum=exact_text(minimum),
            )

        self._put_out(node.id, under, message)

    def _put_out(self, id_: str, rows: Mask, message: Callable[[int], Message]) -> None:
        if rows.any():
            self._out = self._out | rows
            self._failures.append(Failure("criterion", id_, rows, message))

    def _group_scores(self, index: int) -> NodeScores:
        node = self._rule.nodes[index]
        points = weighted_sum(
            [self._scores[child].points for child in node.children],
            [self._rule.nodes[child].fraction for child in node.children],
            len(self._rows),
        )
        return NodeScores(points, self._applies[index])

    def _contributions(self, nodes: list[NodeScores]) -> tuple[list[Rationals], Rationals]:
        rule, rows = self._rule, len(self._rows)
        made: dict[int, Rationals] = {}
        for index in reversed(range(len(nodes))):
            node = rule.nodes[index]
            if node.leaf is not None:
                share = nodes[index].points.affine(rule.shares[index], 0)
                made[index] = share.rounded(self._rounding.contribution)
            elif self._rounding.contribution is None:
                made[index] = nodes[index].points.affine(rule.shares[index], 0)
            else:
                parts = [made[child] for child in node.children]
                made[index] = weighted_sum(parts, [Fraction(1)] * len(parts), rows)
        contributions = [made[index] for index in range(len(nodes))]
        tops = [made[i] for i, node in enumerate(rule.nodes) if node.parent is None]
        return contributions, weighted_sum(tops, [Fraction(1)] * len(tops), rows)


def _owed(node: PlanNode, leaf: Leaf, vendors: Sequence[str]) -> Message:
    """Which criterion lacks a value for whom; what the panel has to agree on no mark gives."""
    names = ", ".join(vendors[:5]) + (", ..." if len(vendors) > 5 else "")
    template = "{criterion} has no score for {vendors}"
    if isinstance(leaf.method, Panel) and leaf.method.aggregate == "consensus":
        template = (
            "{criterion} has no agreed score for {vendors}: "
            "an entry `decide: consensus` in decisions.yaml gives it"
        )
    return Message(template, criterion=node.id, vendors=names)


def _fault(leaf: Leaf, value: Value) -> Message | None:
    if isinstance(value, Fault) or leaf.method.wrong_type(value) is not None:
        return None
    return leaf.method.fault(value)


def _value_points(method: ValueMethod, column: Column, usable: Mask) -> Rationals:
    def judged(value: Value) -> Fraction:
        usual = value is not None and not isinstance(value, Fault)
        if not usual or method.wrong_type(value) or method.fault(value):
            return Fraction(0)
        return Fraction(method.points_of(value))

    points = Rationals.of(column.each(judged))
    return points if usable.all() else points.put(~usable, 0)


def numbers_of(column: Column) -> tuple[Rationals, Mask]:
    """A column's numbers (0 where there is none), and where it has them."""
    if isinstance(column, NumberColumn):
        return column.numbers, ~column.missing
    values = column.each(lambda value: value if is_number(value) else None)
    typed = np.array([value is not None for value in values], dtype=np.bool_)
    return Rationals.of([0 if value is None else value for value in values]), typed  # type: ignore[misc]
