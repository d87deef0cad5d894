"""Each evaluator's own totals in a round, as if nobody else had scored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm

from tenderscore.analysis.bench import LotBench, PanelLeaf
from tenderscore.model.panel_analysis import GivenScore, percent
from tenderscore.model.values import Number
from tenderscore.pipeline.plan import RoundPlan
from tenderscore.pipeline.rounds import RoundRun
from tenderscore.scoring.panel import Panel


@dataclass
class Sheet:
    """One evaluator's marks of one vendor in a round.

    ``given`` is what they come to, ``most`` what they could; both count in parts of the round's
    points, ``below`` to a point. ``first`` is one to find them by.
    """

    first: GivenScore
    below: int
    given: int = 0
    most: int = 0
    criteria: int = 0

    @property
    def percent(self) -> Fraction:
        """The marks, weighted as the criteria are, in percent of what could be given."""
        return Fraction(self.given * 100, self.most)

    @property
    def points(self) -> Fraction:
        """What they come to, in the round's points."""
        return Fraction(self.given, self.below)


@dataclass
class RoundSheets:
    """A scored round of a lot: every vendor's sheets, by row and evaluator."""

    lot: str
    run: RoundRun
    by_row: dict[int, dict[str, Sheet]] = field(default_factory=dict)
    due: dict[int, int] = field(default_factory=dict)

    @property
    def round(self) -> str:
        """The round's id."""
        return self.run.rule.id

    def by_evaluator(self) -> Mapping[str, Mapping[int, Sheet]]:
        """The same sheets by evaluator and row."""
        found: dict[str, dict[int, Sheet]] = {}
        for row, sheets in self.by_row.items():
            for evaluator, sheet in sheets.items():
                found.setdefault(evaluator, {})[row] = sheet
        return found

    def totals(self, row: int) -> dict[str, Fraction]:
        """The round's total of a vendor with each evaluator's marks for the panel's, not rounded.

        An evaluator who left out a criterion has none.
        """
        complete = {
            evaluator: sheet
            for evaluator, sheet in self.by_row[row].items()
            if sheet.criteria == self.due[row]
        }
        carry, at = self.run.rule.carry_over, self._positions[row]
        part = (100 - sum(carry.values(), Fraction(0))) / 100
        carried = [self.run.carried[id_].value(at) * of / 100 for id_, of in carry.items()]
        rest = self._rest(at) * part + sum(carried, Fraction(0)) if complete else Fraction(0)
        return {evaluator: sheet.points * part + rest for evaluator, sheet in complete.items()}

    @cached_property
    def _positions(self) -> dict[int, int]:
        return {int(row): at for at, row in enumerate(self.run.scored_rows)}

    def _rest(self, at: int) -> Fraction:
        """What the criteria contribute that the panel does not score."""
        scores = self.run.scores
        assert scores is not None  # noqa: S101 - rounds that were not scored have no sheets
        pairs = zip(self.run.rule.nodes, scores.contributions, strict=True)
        return sum(
            (
                column.value(at)
                for node, column in pairs
                if node.leaf is not None and not isinstance(node.leaf.method, Panel)
            ),
            Fraction(0),
        )


def sheets_of(bench: LotBench) -> Iterator[RoundSheets]:
    """The sheets of every scored round of a lot."""
    for run in bench.run.rounds:
        leaves = [leaf for leaf in bench.leaves if leaf.round == run.rule.id]
        if run.scores is not None and leaves:
            yield _filled(bench, RoundSheets(bench.id, run), leaves)


def _filled(bench: LotBench, sheets: RoundSheets, leaves: Sequence[PanelLeaf]) -> RoundSheets:
    points = {leaf.id: _points(bench, leaf, sheets.run.rule) for leaf in leaves}
    below = lcm(*(each.denominator for of in points.values() for each in of.values()))
    for leaf in leaves:
        whole = {score: int(each * below) for score, each in points[leaf.id].items()}
        most = whole[leaf.scale[1]]
        for row, ballot in bench.ballots[leaf.id].items():
            sheets.due[row] = sheets.due.get(row, 0) + bool(most)
            own = sheets.by_row.setdefault(row, {})
            for mark, score in zip(ballot.given, ballot.scores, strict=True) if most else ():
                sheet = own.get(mark.evaluator)
                if sheet is None:
                    sheet = own[mark.evaluator] = Sheet(mark, below)
                sheet.given += whole[score]
                sheet.most += most
                sheet.criteria += 1
    return sheets


def _points(bench: LotBench, leaf: PanelLeaf, rule: RoundPlan) -> dict[Number, Fraction]:
    """What each mark on a criterion is worth in the round's points, the highest among them."""
    shares = {node.id: share for node, share in zip(rule.nodes, rule.shares, strict=True)}
    scores = {score for ballot in bench.ballots[leaf.id].values() for score in ballot.scores}
    return {
        score: percent(score, leaf.scale) * shares[leaf.id] for score in {*scores, leaf.scale[1]}
    }
