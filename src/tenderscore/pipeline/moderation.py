"""What the method asks of the panel's marks in a round: enough of them, and not too far apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tenderscore.errors import Message, Problem
from tenderscore.model.numerals import exact_text
from tenderscore.model.panel import Score
from tenderscore.model.panel_rule import quorum_problem
from tenderscore.model.values import Number
from tenderscore.pipeline.facts import LotFacts
from tenderscore.pipeline.plan import Leaf, LotPlan, PlanNode
from tenderscore.pipeline.points import Cell
from tenderscore.scoring.panel import Panel


class Moderation:
    """Looks at the marks of every panel criterion of every bid that a round scores."""

    def __init__(self, plan: LotPlan, facts: LotFacts, cells: Sequence[Cell]) -> None:
        self._plan = plan
        self._facts = facts
        self._cells = cells
        self._members = self._scoring()

    def _scoring(self) -> dict[str, set[str]]:
        """Who scores each criterion."""
        vendors: dict[str, list[str]] = defaultdict(list)
        for node, _, _, vendor in self._cells:
            vendors[node.id].append(vendor)
        marks = self._facts.marks
        return {id_: marks.members(id_, named) for id_, named in vendors.items()}

    def problems(self) -> Iterator[Problem]:
        """Where too few are left to score, or the scores differ by too much."""
        for node, leaf, row, vendor in self._cells:
            given = self._facts.marks.count(node.id, vendor)
            if self._is_short(leaf, given):
                yield from self._too_few(node, leaf, vendor, given)
            if isinstance(leaf.method, Panel) and leaf.method.spread is not None:
                yield from self._too_far_apart(node, row, leaf.method.spread)

    def waits_for(self) -> Message | None:
        """The first bid for which scores are lacking that the quorum takes."""
        for node, leaf, _, vendor in self._cells:
            given = self._facts.marks.count(node.id, vendor)
            if self._is_short(leaf, given):
                template = "{criterion} of {vendor} has {n} of the {quorum} scores that it takes"
                names = {"criterion": node.id, "vendor": vendor, "n": given}
                return Message(template, quorum=self._plan.panel.quorum, **names)
        return None

    def _is_short(self, leaf: Leaf, given: int) -> bool:
        """Whether a bid has fewer scores than the quorum; ``missing:`` is for one that has none."""
        quorum = self._plan.panel.quorum
        if quorum is None or (not given and leaf.missing is not None):
            return False
        return given < quorum

    def _too_few(self, node: PlanNode, leaf: Leaf, vendor: str, given: int) -> Iterator[Problem]:
        """That the quorum cannot be reached, whoever else scores."""
        quorum = self._plan.panel.quorum
        lacking = self._facts.marks.lacking(self._members[node.id], node.id, vendor)
        left = given + len(lacking)
        if quorum is not None and left < quorum:
            place = self._plan.panel_place
            yield quorum_problem(node.id, vendor, left, quorum, (place, leaf.score_place))

    def _too_far_apart(self, node: PlanNode, row: int, spread: Number) -> Iterator[Problem]:
        scores = self._facts.given(node.id, row)
        numbers = [(each.score, each.evaluator, each) for each in scores if each.score is not None]
        if not numbers or self._facts.agreed(node.id, row) is not None:
            return
        (least, _, lowest), (most, _, highest) = min(numbers), max(numbers)
        if most - least > spread:
            yield _moderation(node.id, lowest, highest, most - least, spread)


def _moderation(
    criterion: str, lowest: Score, highest: Score, apart: Number, spread: Number
) -> Problem:
    message = Message(
        "{criterion} of {vendor}: the scores of {lowest} and {highest} are {apart} apart, "
        "more than {spread}",
        criterion=criterion,
        vendor=lowest.vendor,
        lowest=lowest.evaluator,
        highest=highest.evaluator,
        apart=exact_text(apart),
        spread=exact_text(spread),
    )
    help_ = Message("record what the panel agrees on: a consensus in decisions.yaml")
    also = ((Message("the other one"), highest.place),)
    return Problem("moderation-needed", message, lowest.place, help_, also=also)
