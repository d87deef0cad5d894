"""One lot on the bench: evaluated once, and again with other aggregates, by the same kernel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from tenderscore.errors import Message
from tenderscore.model.columns import Column
from tenderscore.model.criteria_set import walk
from tenderscore.model.exact import Mask
from tenderscore.model.panel import Score
from tenderscore.model.panel_analysis import Ending, GivenScore, Scale
from tenderscore.model.records import record
from tenderscore.model.result import LotResult
from tenderscore.model.scores import Scores
from tenderscore.model.text import Title
from tenderscore.model.values import Number
from tenderscore.pipeline import EvaluationInput, LotInput, planned
from tenderscore.pipeline.facts import LotFacts, Rows, Source
from tenderscore.pipeline.marks import LotMarks
from tenderscore.pipeline.plan import Leaf, PlanNode, RoundPlan
from tenderscore.pipeline.points import Scorer
from tenderscore.pipeline.results import lot_result
from tenderscore.pipeline.rounds import LotEvaluator, LotRun
from tenderscore.scoring.panel import Panel

Marking: TypeAlias = Callable[[Sequence[Score]], list[Score]]
"""Other marks of an offer on a criterion in place of those given."""


@record
class PanelLeaf:
    """A criterion that the panel scores in a round, and the rows (offers) that it is due for."""

    id: str
    title: Title
    round: str
    method: Panel
    minimum: Fraction | None
    rows: Rows

    @property
    def scale(self) -> Scale:
        """The lowest and the highest mark."""
        low, high = map(_plain, self.method.scale)
        return low, high


@record
class Ballot:
    """One vendor on one criterion in one lot: the marks, who owes one, who need not or must not.

    ``scores`` are the marks' numbers.
    """

    given: tuple[GivenScore, ...]
    scores: tuple[Number, ...]
    lacking: tuple[str, ...]
    abstained: tuple[str, ...]
    out: tuple[str, ...]


class Book:
    """The scores of a round, each made once: the same one in every lot in which it counts."""

    def __init__(self, scores: Scores) -> None:
        self._scores = scores
        self._made: dict[int, GivenScore] = {}

    def score(self, row: int) -> GivenScore:
        """A row of all scores."""
        found = self._made.get(row)
        if found is None:
            number = self._numbers[self._tops[row]]
            found = GivenScore(self._evaluators[row], number, row, self._scores.place)
            self._made[row] = found
        return found

    @cached_property
    def _evaluators(self) -> list[str]:
        ids = self._scores.evaluators.ids
        return [ids[code] for code in self._scores.evaluators.codes.tolist()]

    @cached_property
    def _tops(self) -> list[tuple[int, int]]:
        """Every row's number, as a numerator and a denominator."""
        numbers = self._scores.numbers
        below = numbers.denominator
        tops: list[int] = numbers.numerators.tolist()
        if isinstance(below, int):
            return [(top, below) for top in tops]
        return list(zip(tops, below.tolist(), strict=True))

    @cached_property
    def _numbers(self) -> dict[tuple[int, int], Number]:
        """The distinct numbers, integers where they are whole: these are quick to add."""
        return {pair: _plain(Fraction(*pair)) for pair in {*self._tops}}


@record
class Supposition:
    """Other marks: what they come to by criterion and offer, and what they are."""

    aggregates: Mapping[str, Column]
    marks: Marking


class LotBench:
    """A lot's evaluation, with what it takes to repeat it."""

    def __init__(
        self, given: EvaluationInput, lot: LotInput, book: Book, until: str | None
    ) -> None:
        self._given = given
        self._book = book
        self._lot = lot
        self._until = until
        self.id = lot.lot.id
        self.title: Title = lot.lot.title
        self.plan = planned(lot)[0]
        self.facts = given.facts(lot, self.plan)
        self.run = LotEvaluator(self.plan, self.facts).run(until)
        self.result = self._result(self.run)
        self.ending = _ending(self.result)
        self.leaves = list(self._panel_leaves())
        self._leaves = {leaf.id: leaf for leaf in self.leaves}
        self._rows = {vendor: row for row, vendor in enumerate(self.facts.offers.vendors)}
        self.ballots = {leaf.id: dict(self._ballots(leaf)) for leaf in self.leaves}

    def again(self, supposition: Supposition) -> Ending:
        """How the lot ends where the panel scored something else."""
        evaluator = _OnceMore(self.plan, _SupposedFacts(self.facts, supposition))
        return _ending(self._result(evaluator.run(self._until)))

    @property
    def counts_sheets(self) -> bool:
        """Whether a round looks at the evaluators' own totals, not at what marks come to."""
        return any(rule.ranking is not None for rule in self.plan.rounds)

    def panel(self) -> Iterator[tuple[PlanNode, Panel, Column]]:
        """Every criterion of the panel's in any round, with what its marks come to by offer."""
        for node in self.plan.panel_leaves().values():
            if node.leaf is not None and isinstance(node.leaf.method, Panel):
                yield node, node.leaf.method, self.facts.leaf_column(node, node.leaf)

    def given(self, criterion: str) -> Iterator[tuple[int, Sequence[GivenScore]]]:
        """Each offer's marks that count on a criterion, also where the round was not reached."""
        for row, vendor in enumerate(self.facts.offers.vendors):
            marks = self._counted(criterion, vendor)
            if marks:
                yield row, marks

    def _counted(self, criterion: str, vendor: str) -> tuple[GivenScore, ...]:
        rows = self.facts.marks.counted_rows(criterion, vendor)
        return tuple(map(self._book.score, rows))

    def vendor(self, row: int) -> str:
        """Whose offer stands in a row."""
        return self.facts.offers.vendors[row]

    def leaf(self, criterion: str) -> PanelLeaf | None:
        """A criterion of the panel's that is due for somebody."""
        return self._leaves.get(criterion)

    def ballot(self, criterion: str, vendor: str) -> Ballot | None:
        """The marks of a vendor on a criterion of the panel's, where it is due."""
        return self.ballots.get(criterion, {}).get(self._rows[vendor])

    def agreed(self, criterion: str, vendor: str) -> Number | None:
        """The score of a vendor that the panel agreed on, whatever its marks come to."""
        return self.facts.agreed(criterion, self._rows[vendor])

    def weight(self, evaluator: str) -> Fraction:
        """What an evaluator's score counts in a weighted mean."""
        panel = self._given.panel
        return Fraction(1 if panel is None else panel.weight(evaluator))

    def pass_mark(self, round_id: str) -> Fraction | None:
        """The total under which a bid does not go on from a round, or fails in it."""
        rule = next(rule for rule in self.plan.rounds if rule.id == round_id)
        own = getattr(rule.ranking, "pass_mark", None)
        if own is None:
            return rule.minimum
        return Fraction(own.majority if own.mean is None else own.mean)

    def objective(self) -> set[str]:
        """The panel's criteria that are declared objective."""
        groups = self._lot.compiled.criteria_set.groups
        declared = {id_ for group in groups for id_, node, _ in walk(group) if node.objective}
        return declared & {leaf.id for leaf in self.leaves}

    def _result(self, run: LotRun) -> LotResult:
        return lot_result(self._lot.lot, self.plan, self.facts, run, self._lot.set_aside)[0]

    def _panel_leaves(self) -> Iterator[PanelLeaf]:
        for run in self.run.rounds:
            if run.scores is not None:
                masks = [node.applies for node in run.scores.nodes]
                yield from _leaves_of(run.rule, run.scored_rows, masks)
        waiting = self.run.waiting
        if waiting is not None:
            rule, rows = waiting.rule, waiting.scored_rows
            scorer = Scorer(rule, self.facts, self.plan.rounding, rows)
            yield from _leaves_of(rule, rows, scorer.applies)

    def _ballots(self, leaf: PanelLeaf) -> Iterator[tuple[int, Ballot]]:
        """The marks of every row that a criterion is due for."""
        marks = self.facts.marks
        vendors = {int(row): self.vendor(int(row)) for row in leaf.rows}
        members = marks.members(leaf.id, list(vendors.values()))
        for row, vendor in vendors.items():
            out = {evaluator.id for evaluator, _ in marks.conflicts(leaf.id, vendor)}
            given = self._counted(leaf.id, vendor)
            yield (
                row,
                Ballot(
                    given=given,
                    scores=tuple(each.score for each in given),
                    lacking=tuple(sorted(marks.lacking(members, leaf.id, vendor))),
                    abstained=tuple(e for e in marks.abstaining(leaf.id, vendor) if e not in out),
                    out=tuple(sorted(out)),
                ),
            )


class _SupposedMarks(LotMarks):
    """The marks of a lot where the panel scored something else.

    Who lacks one was said the first time.
    """

    def __init__(self, facts: LotFacts, supposition: Supposition) -> None:
        super().__init__(Scores(), None, facts.around.lot_id)
        self._facts = facts
        self._aggregates = supposition.aggregates
        self._rows = {vendor: row for row, vendor in enumerate(facts.offers.vendors)}

    def members(self, criterion: str, vendors: Sequence[str]) -> set[str]:  # noqa: ARG002
        """Nobody need be asked again."""
        return set()

    def lacking(self, members: set[str], criterion: str, vendor: str) -> set[str]:  # noqa: ARG002
        """Nobody."""
        return set()

    def count(self, criterion: str, vendor: str) -> int:
        """How many marks count; where they are supposed, whether there are any."""
        supposed = self._aggregates.get(criterion)
        if supposed is None:
            return self._facts.marks.count(criterion, vendor)
        return int(not supposed.missing[self._rows[vendor]])


class _SupposedFacts(LotFacts):
    """A lot's facts where the panel scored something else."""

    def __init__(self, facts: LotFacts, supposition: Supposition) -> None:
        marks = _SupposedMarks(facts, supposition)
        decisions = None if facts.decisions is None else facts.decisions.afresh()
        super().__init__(facts.offers, facts.around, marks, facts.prices, decisions)
        self._facts = facts
        self._supposition = supposition

    def column(self, source: Source) -> Column:
        """What was read the first time."""
        return self._facts.column(source)

    def leaf_column(self, node: PlanNode, leaf: Leaf) -> Column:
        """The supposed aggregates, else the column as it was; what was agreed on stands."""
        found = self._supposition.aggregates.get(node.id)
        if found is None:
            return self._facts.leaf_column(node, leaf)
        return self.with_agreed(node.id, found)

    def given(self, criterion: str, row: int) -> list[Score]:
        """The supposed marks."""
        return self._supposition.marks(self._facts.given(criterion, row))


class _OnceMore(LotEvaluator):
    """Runs the rounds of a lot for another time, when all has been said of what it reads."""

    def check_types(self) -> None:
        """Types were looked at the first time."""

    def _panel_waits(self, scorer: Scorer) -> Message | None:  # noqa: ARG002
        """What the method asks of the panel, such as a quorum, is not asked again."""
        return None


def _plain(number: Number) -> Number:
    return number.numerator if number.denominator == 1 else number


def _ending(result: LotResult) -> Ending:
    return Ending(result.winner, result.tie, result.shortlist, result.pending)


def _leaves_of(rule: RoundPlan, rows: Rows, applies: Sequence[Mask]) -> Iterator[PanelLeaf]:
    for node, mask in zip(rule.nodes, applies, strict=True):
        if node.leaf is not None and isinstance(node.leaf.method, Panel):
            yield PanelLeaf(
                node.id, node.title, rule.id, node.leaf.method, node.minimum, rows[mask]
            )
