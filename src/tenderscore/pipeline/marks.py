"""The panel's marks in one lot: whose count, what they weigh, and who is out and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tenderscore.errors import Message
from tenderscore.model.panel import Mark, Score, Scores
from tenderscore.model.values import Number

if TYPE_CHECKING:
    from tenderscore.model.evaluators import EvaluationPanel, Evaluator, Interest


class LotMarks:
    """What the evaluators gave in a lot; without a panel.yaml whoever scored is one of them."""

    def __init__(self, scores: Scores, panel: EvaluationPanel | None, lot: str) -> None:
        self._scores = scores
        self._panel = panel
        self._lot = lot

    def counted(self, criterion: str, vendor: str) -> list[Score]:
        """The scores that count: neither abstentions nor those of evaluators in conflict."""
        given = self._scores.given(self._lot, criterion, vendor)
        if self._panel is None:
            return [each for each in given if each.score is not None]
        return [each for each in given if self._why_out(each) is None]

    def weights(self, scores: Sequence[Score]) -> list[Number]:
        """What each score counts in a weighted mean."""
        return [self._weight(each.evaluator) for each in scores]

    def marks(self, criterion: str, vendor: str, *, weighted: bool) -> list[Mark]:
        """All scores, those that do not count with the reason; by weight where that matters."""
        given = self._scores.given(self._lot, criterion, vendor)
        return [
            Mark(
                evaluator=each.evaluator,
                name=self._name(each.evaluator),
                score=each.score,
                weight=self._weight(each.evaluator) if weighted else 1,
                comment=each.comment,
                place=each.place,
                out=self._why_out(each),
            )
            for each in given
        ]

    def conflicts(self, criterion: str, vendor: str) -> list[tuple[Evaluator, Interest]]:
        """Who would score a criterion and is out for a vendor, and why."""
        if self._panel is None:
            return []
        return list(self._panel.conflicts(criterion, self._lot, vendor))

    def members(self, criterion: str, vendors: Sequence[str]) -> set[str]:
        """Who scores a criterion: the panel's members, else whoever gave some vendor a mark."""
        if self._panel is not None:
            return {each.id for each in self._panel.scoring(criterion)}
        given = (self._scores.given(self._lot, criterion, vendor) for vendor in vendors)
        return {each.evaluator for scores in given for each in scores}

    def lacking(self, members: set[str], criterion: str, vendor: str) -> set[str]:
        """The members who owe a vendor a mark: they gave none, and are not out for it."""
        given = self._scores.given(self._lot, criterion, vendor)
        out = {evaluator.id for evaluator, _ in self.conflicts(criterion, vendor)}
        return members - {each.evaluator for each in given} - out

    def _weight(self, evaluator: str) -> Number:
        return 1 if self._panel is None else self._panel.weight(evaluator)

    def _name(self, evaluator: str) -> str:
        member = None if self._panel is None else self._panel.evaluators.get(evaluator)
        return (member and member.name) or self._scores.names.get(evaluator, evaluator)

    def _why_out(self, score: Score) -> Message | None:
        panel = self._panel
        conflict = panel and panel.conflict(score.evaluator, self._lot, score.vendor)
        if conflict:
            return Message("conflict of interest: {reason}", reason=conflict.reason)
        return Message("abstains") if score.score is None else None
