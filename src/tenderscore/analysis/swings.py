"""Who swings a lot: how it ends without each evaluator, and which single step of a mark decides it.

Each answer is an evaluation of the lot by the kernel. Steps that cannot matter are ruled out first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tenderscore.analysis.aggregates import Marks, Move, with_value, without_rows
from tenderscore.analysis.bench import LotBench, Marking, PanelLeaf, Supposition
from tenderscore.analysis.orders import Change
from tenderscore.analysis.standing import Standings
from tenderscore.model.columns import Column
from tenderscore.model.exact import Rationals
from tenderscore.model.panel import Score
from tenderscore.model.panel_analysis import Ending, GivenScore, LotView, Swing, Without
from tenderscore.model.records import record, replace
from tenderscore.scoring._base import NO_BENCHMARK


@record
class _Step:
    """A move of a bid's marks on a criterion, and what it would change."""

    leaf: PanelLeaf
    move: Move
    change: Change


class LotSwings:
    """One lot's marks, as they are brought together."""

    def __init__(self, bench: LotBench) -> None:
        self._bench = bench
        self._marks: dict[str, dict[int, Marks]] = {}
        self._columns: dict[str, Column] = {}
        for node, method, column in bench.panel():
            given = bench.given(node.id)
            self._marks[node.id] = {row: Marks(method, some, bench.weight) for row, some in given}
            self._columns[node.id] = column
        self._tried = 0
        self._evaluated = 0

    def view(self) -> LotView:
        """Everything about the lot."""
        bench = self._bench
        without = tuple(self._without())
        swings = tuple(self._swings()) if bench.ending.first else ()
        return LotView(
            id=bench.id,
            title=bench.title,
            ending=bench.ending,
            without=without,
            swings=swings,
            tried=self._tried,
            evaluated=self._evaluated,
        )

    def _without(self) -> Iterator[Without]:
        changes: dict[str, dict[str, dict[int, Fraction | None]]] = {}
        for criterion, rows in self._marks.items():
            for row, marks in rows.items():
                for evaluator, aggregate in marks.without().items():
                    by_criterion = changes.setdefault(evaluator, {})
                    by_criterion.setdefault(criterion, {})[row] = aggregate
        for evaluator, by_criterion in sorted(changes.items()):
            aggregates = {
                criterion: without_rows(self._columns[criterion], values)
                for criterion, values in by_criterion.items()
            }
            supposed = Supposition(aggregates, _others_than(evaluator))
            yield Without(evaluator, self._bench.again(supposed))

    def _swings(self) -> Iterator[Swing]:
        """The steps that change who is first; those that do so alike together."""
        alike: dict[tuple[str, str, Fraction, Ending], list[GivenScore]] = {}
        rounds: dict[str, str] = {}
        for step in self._mattering():
            ending = self._bench.again(self._supposed(step))
            if ending.first != self._bench.ending.first:
                vendor = self._bench.vendor(step.change.row)
                key = (step.leaf.id, vendor, step.move.step, ending)
                alike.setdefault(key, []).extend(step.move.marks)
                rounds[step.leaf.id] = step.leaf.round
        for (criterion, vendor, by, ending), marks in alike.items():
            yield Swing(criterion, rounds[criterion], vendor, by, tuple(marks), ending)

    def _mattering(self) -> Iterator[_Step]:
        """The steps that may matter, counted."""
        bench = self._bench
        standings = Standings(bench.run.rounds, bench.plan.rounding)
        for leaf in bench.leaves:
            for step in self._steps(leaf):
                self._tried += len(step.move.marks)
                if standings.may_matter(step.change):
                    self._evaluated += len(step.move.marks)
                    yield step

    def _steps(self, leaf: PanelLeaf) -> Iterator[_Step]:
        """Every step on a criterion, with the points that it would give."""
        marks = self._marks[leaf.id]
        rows = [int(row) for row in leaf.rows if int(row) in marks]
        moves = [(row, move) for row in rows for move in self._moves(marks[row])]
        points = self._points(leaf, [move.aggregate for _, move in moves])
        if not self._bench.counts_sheets:
            for (row, move), given in zip(moves, points, strict=True):
                yield _Step(leaf, move, Change(row, leaf.id, given))
            return
        own = self._points(leaf, [move.marks[0].score + move.step for _, move in moves])
        for (row, move), given, mine in zip(moves, points, own, strict=True):
            evaluator = move.marks[0].evaluator
            yield _Step(leaf, move, Change(row, leaf.id, given, evaluator, mine))

    def _moves(self, marks: Marks) -> Iterator[Move]:
        """Moves that come to the same together; each alone where every sheet counts."""
        for move in marks.moves():
            if self._bench.counts_sheets:
                yield from (replace(move, marks=(mark,)) for mark in move.marks)
            else:
                yield move

    def _points(self, leaf: PanelLeaf, values: Sequence[Fraction]) -> list[Fraction]:
        points = leaf.method.points(Rationals.of(values), NO_BENCHMARK)
        return points.rounded(self._bench.plan.rounding.criterion).values()

    def _supposed(self, step: _Step) -> Supposition:
        column = self._columns[step.leaf.id]
        moved = with_value(column, step.change.row, step.move.aggregate)
        return Supposition({step.leaf.id: moved}, _moved(step, self._bench.vendor(step.change.row)))


def _others_than(evaluator: str) -> Marking:
    def left(given: Sequence[Score]) -> list[Score]:
        return [mark for mark in given if mark.evaluator != evaluator]

    return left


def _moved(step: _Step, vendor: str) -> Marking:
    """The marks with one moved; which of those that come to the same plays no part."""
    one, criterion = step.move.marks[0], step.leaf.id
    score = one.score + step.move.step

    def is_moved(mark: Score) -> bool:
        return (mark.evaluator, mark.criterion, mark.vendor) == (one.evaluator, criterion, vendor)

    def changed(given: Sequence[Score]) -> list[Score]:
        return [replace(mark, score=score) if is_moved(mark) else mark for mark in given]

    return changed
