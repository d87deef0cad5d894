"""The panel's marks in one lot: whose count, what they weigh, and who is out and why."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tenderscore.errors import Message
from tenderscore.model.exact import Mask
from tenderscore.model.panel import Mark, Out, PanelWorking, Score
from tenderscore.model.scores import LotScores, Scores
from tenderscore.model.values import Number
from tenderscore.scoring.panel import Panel

if TYPE_CHECKING:
    from tenderscore.model.evaluators import EvaluationPanel, Evaluator, Interest


class LotMarks:
    """What the evaluators gave in a lot; without a panel.yaml whoever scored is one of them."""

    def __init__(self, scores: Scores, panel: EvaluationPanel | None, lot: str) -> None:
        self._scores = scores
        self._panel = panel
        self._lot = lot

    @cached_property
    def _found(self) -> LotScores:
        return self._scores.in_lot(self._lot)

    @cached_property
    def _counts(self) -> Mask:
        """Which of the scores found count: no abstention, no conflict."""
        scores, rows = self._scores, self._found.rows
        if not len(rows):
            return np.zeros(0, dtype=np.bool_)
        counts: Mask = ~scores.abstains[rows]
        if self._panel is not None:
            out = self._in_conflict(self._panel)
            counts &= ~out[scores.evaluators.codes[rows], scores.vendors.codes[rows]]
        return counts

    def _in_conflict(self, panel: EvaluationPanel) -> Mask:
        """Who is out for whom, evaluators by vendors."""
        evaluators, vendors = self._scores.evaluators.ids, self._scores.vendors.ids
        out = np.zeros((len(evaluators), len(vendors)), dtype=np.bool_)
        for row, evaluator in enumerate(evaluators):
            if panel.has_conflicts(evaluator):
                for column, vendor in enumerate(vendors):
                    out[row, column] = panel.conflict(evaluator, self._lot, vendor) is not None
        return out

    def aggregated(
        self, method: Panel, criterion: str, vendors: Sequence[str]
    ) -> list[Fraction | None]:
        """Each vendor's scores on a criterion brought together."""
        found, numbers = self._found, self._scores.numbers if self._scores.count else None
        if numbers is None or not isinstance(numbers.denominator, int):
            return [self._brought_together(method, criterion, vendor) for vendor in vendors]
        # An aggregate of multiples is the multiple of the aggregate.
        scale = numbers.denominator
        column = found.column(criterion)
        tops = numbers.numerators[found.rows[column]]
        values: list[Fraction | None] = []
        for vendor in vendors:
            cell = found.cell(criterion, vendor)
            counts = self._counts[cell]
            here = slice(cell.start - column.start, cell.stop - column.start)
            weights = self._cell_weights(method, cell)
            value = method.aggregated(tops[here][counts].tolist(), weights)
            values.append(None if value is None else value / scale)
        return values

    def _brought_together(self, method: Panel, criterion: str, vendor: str) -> Fraction | None:
        cell = self._found.cell(criterion, vendor)
        scores = self.counted(criterion, vendor)
        numbers = [each.score for each in scores if each.score is not None]
        return method.aggregated(numbers, self._cell_weights(method, cell))

    def _cell_weights(self, method: Panel, cell: slice) -> list[Number]:
        if method.aggregate != "weighted_mean":
            return []
        scores, rows = self._scores, self._found.rows[cell][self._counts[cell]]
        ids = scores.evaluators.ids
        return [self._weight(ids[code]) for code in scores.evaluators.codes[rows].tolist()]

    def counted(self, criterion: str, vendor: str) -> list[Score]:
        """The scores that count: neither abstentions nor those of evaluators in conflict."""
        return [self._scores.score(row) for row in self.counted_rows(criterion, vendor)]

    def counted_rows(self, criterion: str, vendor: str) -> list[int]:
        """Where these stand among all scores of the round."""
        cell = self._found.cell(criterion, vendor)
        rows: list[int] = self._found.rows[cell][self._counts[cell]].tolist()
        return rows

    def abstaining(self, criterion: str, vendor: str) -> list[str]:
        """Who abstains from scoring a vendor on a criterion."""
        rows, evaluators = self._found.rows[self._found.cell(criterion, vendor)], []
        if len(rows):
            column = self._scores.evaluators
            codes = column.codes[rows[self._scores.abstains[rows]]]
            evaluators = [column.ids[code] for code in codes.tolist()]
        return evaluators

    def count(self, criterion: str, vendor: str) -> int:
        """How many scores count."""
        return int(self._counts[self._found.cell(criterion, vendor)].sum())

    def working(self, criterion: str, vendor: str, *, weighted: bool) -> PanelWorking:
        """All marks of a vendor on a criterion, and who is out for it."""
        conflicts = self.conflicts(criterion, vendor)
        out = tuple(Out(evaluator.id, interest.reason) for evaluator, interest in conflicts)
        return PanelWorking(tuple(self._marks(criterion, vendor, weighted=weighted)), out)

    def _marks(self, criterion: str, vendor: str, *, weighted: bool) -> list[Mark]:
        """All scores, those that do not count with the reason; by weight where that matters."""
        cell = self._found.cell(criterion, vendor)
        scores, rows = self._scores, self._found.rows[cell].tolist()
        marks = []
        for row, counts in zip(rows, self._counts[cell].tolist(), strict=True):
            evaluator = str(scores.evaluators.id(row))
            number = None if scores.abstains[row] else scores.numbers.value(row)
            weight = self._weight(evaluator) if weighted else 1
            out = None if counts else self._why_out(evaluator, vendor)
            about = (scores.comment(row), scores.place(row))
            # In order, which is quicker for a record than by name: there may be half a million.
            marks.append(Mark(evaluator, self._name(evaluator), number, weight, *about, out))
        return marks

    def conflicts(self, criterion: str, vendor: str) -> list[tuple[Evaluator, Interest]]:
        """Who would score a criterion and is out for a vendor, and why."""
        if self._panel is None:
            return []
        return list(self._panel.conflicts(criterion, self._lot, vendor))

    def members(self, criterion: str, vendors: Sequence[str]) -> set[str]:
        """Who scores a criterion: the panel's members, else whoever gave some vendor a mark."""
        if self._panel is not None:
            return {each.id for each in self._panel.scoring(criterion)}
        return {id_ for vendor in vendors for id_ in self._givers(criterion, vendor)}

    def lacking(self, members: set[str], criterion: str, vendor: str) -> set[str]:
        """The members who owe a vendor a mark: they gave none, and are not out for it."""
        lacking = members.difference(self._givers(criterion, vendor))
        if lacking:
            lacking -= {evaluator.id for evaluator, _ in self.conflicts(criterion, vendor)}
        return lacking

    def _givers(self, criterion: str, vendor: str) -> list[str]:
        """Who gave a vendor a mark on a criterion, abstentions among them."""
        rows = self._found.rows[self._found.cell(criterion, vendor)]
        if not len(rows):
            return []
        evaluators = self._scores.evaluators
        return [evaluators.ids[code] for code in evaluators.codes[rows].tolist()]

    def _weight(self, evaluator: str) -> Number:
        return 1 if self._panel is None else self._panel.weight(evaluator)

    def _name(self, evaluator: str) -> str:
        member = None if self._panel is None else self._panel.evaluators.get(evaluator)
        return (member and member.name) or self._scores.names.get(evaluator, evaluator)

    def _why_out(self, evaluator: str, vendor: str) -> Message:
        """Why a mark does not count: a conflict, or it is an abstention."""
        panel = self._panel
        conflict = panel and panel.conflict(evaluator, self._lot, vendor)
        if conflict:
            return Message("conflict of interest: {reason}", reason=conflict.reason)
        return Message("abstains")
