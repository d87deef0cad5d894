"""``rank_sum``: each evaluator's totals become ranks, the least sum of ranks is first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from tenderscore.errors import Message, Problem
from tenderscore.model.exact import Integers, Mask, Rationals, weighted_sum
from tenderscore.model.numerals import exact_text
from tenderscore.model.standing import Measure, Standing
from tenderscore.pipeline.plan import RoundPlan
from tenderscore.pipeline.ranking import competition_ranks
from tenderscore.pipeline.rankings._base import Ranking, ScoredRound, Standings
from tenderscore.pipeline.rankings._pass_mark import PassMark
from tenderscore.pipeline.rankings._sheets import (
    Sheet,
    incomplete_sheets,
    marked_apart,
    sheets_of,
    somewhere,
)
from tenderscore.pipeline.totals import total_formula

Halves = NDArray[np.int64]
"""Ranks in halves, so that the middle of 1 and 2 is a whole number; 0 where there is none."""

Ties = Literal["competition", "dense", "mid"]
TieBreak = Literal["heaviest", "first_places"]


class RankSum(Ranking):
    """Ranks ``1 + how many have more`` in each sheet, added up over the sheets: Taiwan's 序位法.

    ``ties`` says which ranks equal totals in one sheet have: 1, 1, 3 (``competition``), 1, 1, 2
    (``dense``) or 1.5, 1.5, 3 (``mid``).

    >>> from tenderscore.pipeline.rankings.rank_sum import sheet_ranks
    >>> totals = np.array([90, 90, 80])
    >>> [(sheet_ranks(totals, ties) / 2).tolist() for ties in ("competition", "dense", "mid")]
    [[1.0, 1.0, 3.0], [1.0, 1.0, 2.0], [1.5, 1.5, 3.0]]
    """

    id: ClassVar[str] = "rank_sum"
    method: Literal["rank_sum"] = "rank_sum"
    ties: Ties = "competition"
    tie_break: list[TieBreak] = Field(default_factory=list)
    pass_mark: PassMark | None = Field(default=None, alias="pass")
    rerank_after_fail: bool = False

    def unfit(self, earlier: Sequence[RoundPlan], rule: RoundPlan) -> Message | None:  # noqa: ARG002
        """It takes criteria that evaluators score each for themselves."""
        if any(node.leaf is not None and marked_apart(node.leaf) for node in rule.nodes):
            return None
        return Message("{ranking} takes criteria that the panel scores", ranking=self.id)

    def standings(self, scored: ScoredRound) -> Standings:
        """The sheets ranked and added up."""
        sheets = sheets_of(scored)
        mark = self.pass_mark
        failures = [] if mark is None else list(mark.failures(sheets, scored.rounding.total))
        failed = scored.scores.out | somewhere(len(scored.total), (f.rows for f in failures))
        listed = ~failed if self.rerank_after_fail else ~_unlisted(scored, sheets)
        ranks = {sheet.evaluator: _listed_ranks(sheet, listed, self.ties) for sheet in sheets}
        sums: Halves = sum(ranks.values(), np.zeros(len(listed), dtype=np.int64))
        breaks = [_TIE_BREAKS[entry](scored, sheets, listed) for entry in self.tie_break]
        return RankSums(
            measure=_measure(sheets),
            keys=[sums, *(-found.keys() for found in breaks)],
            failures=failures,
            problems=[*incomplete_sheets(scored, sheets), *_nobody(scored, sheets)],
            rule=self,
            scored=scored,
            sheets=sheets,
            listed=listed,
            ranks=ranks,
            breaks=dict(zip(self.tie_break, breaks, strict=True)),
        )


@dataclass
class RankSums(Standings):
    """The ranks in each sheet of the bids ``listed``, and what breaks ties between their sums."""

    rule: RankSum
    scored: ScoredRound
    sheets: Sequence[Sheet]
    listed: Mask
    ranks: Mapping[str, Halves]
    breaks: Mapping[TieBreak, Rationals]

    def bid(self, position: int) -> Standing:
        """One bid's sum and ranks."""
        if not self.listed[position]:
            return Standing(self.measure, None)
        ranks = {who: Fraction(int(given[position]), 2) for who, given in self.ranks.items()}
        return Standing(self.measure, sum(ranks.values(), Fraction(0)), ranks)

    def working(self, position: int) -> Sequence[Message]:
        """Each sheet's total and rank, their sum, the pass mark, what breaks ties."""
        return [*self._ranked(position), *self._passed(position), *self._broken(position)]

    def _ranked(self, position: int) -> Iterator[Message]:
        standing = self.bid(position)
        for sheet in self.sheets:
            who, total = sheet.evaluator, self._total(sheet, position)
            if who in standing.ranks:
                rank = exact_text(standing.ranks[who])
                template = "{evaluator}: {total}, rank {rank}"
                yield Message(template, evaluator=who, total=total, rank=rank)
            else:
                yield Message("{evaluator}: {total}", evaluator=who, total=total)
        if standing.value is not None:
            terms = " + ".join(exact_text(rank) for rank in standing.ranks.values())
            formula = f"{terms} = {exact_text(standing.value)}"
            yield Message("sum of the ranks: {formula}", formula=formula)

    def _total(self, sheet: Sheet, position: int) -> Message:
        parts = [column.value(position) for column in sheet.parts.values()]
        shown = " + ".join(map(exact_text, parts)) if len(parts) > 1 else ""
        carried = {id_: column.value(position) for id_, column in self.scored.carried.items()}
        total = sheet.total.value(position)
        own = sum(parts, Fraction(0))
        return total_formula(own, carried, self.scored.rule.carry_over, total, shown)

    def _passed(self, position: int) -> Iterator[Message]:
        given = self.rule.pass_mark
        if given is not None and not any(failure.rows[position] for failure in self.failures):
            template = "the pass mark is met: {figure}"
            figure = given.figure(self.sheets, self.scored.rounding.total, position)
            yield Message(template, figure=figure)

    def _broken(self, position: int) -> Iterator[Message]:
        for entry, column in self.breaks.items():
            if not self.listed[position]:
                continue
            figure = exact_text(column.value(position))
            if entry == "first_places":
                template = "ranked first by {n} of {evaluators}"
                yield Message(template, n=figure, evaluators=len(self.sheets))
            else:
                ids = ", ".join(self.scored.rule.nodes[at].id for at in heaviest(self.scored.rule))
                template = "marks of all evaluators for the heaviest ({criteria}): {points} points"
                yield Message(template, criteria=ids, points=figure)


def sheet_ranks(totals: Integers, ties: str) -> Halves:
    """The ranks of a sheet's totals, the greatest first, in halves."""
    ranks = competition_ranks([-totals], len(totals))
    tied = np.bincount(ranks, minlength=1)
    match ties:
        case "dense":
            return np.asarray(2 * np.cumsum(tied > 0)[ranks], dtype=np.int64)
        case "mid":
            return np.asarray(2 * ranks + tied[ranks] - 1, dtype=np.int64)
    return 2 * ranks


def heaviest(rule: RoundPlan) -> list[int]:
    """The leaves with the greatest share of the round's total."""
    leaves = [index for index, node in enumerate(rule.nodes) if node.leaf is not None]
    most = max(rule.shares[index] for index in leaves)
    return [index for index in leaves if rule.shares[index] == most]


def _measure(sheets: Sequence[Sheet]) -> Measure:
    evaluators = tuple(sheet.evaluator for sheet in sheets)
    return Measure("rank_sum", Message("Rank sum"), Message("rank sum {amount}"), evaluators)


def _unlisted(scored: ScoredRound, sheets: Sequence[Sheet]) -> Mask:
    """Bids that were put out anyway and that some sheet says too little of."""
    return scored.scores.out & somewhere(len(scored.total), (s.incomplete for s in sheets))


def _listed_ranks(sheet: Sheet, listed: Mask, ties: str) -> Halves:
    ranks = np.zeros(len(listed), dtype=np.int64)
    ranks[listed] = sheet_ranks(sheet.total.keys()[listed], ties)
    return ranks


def _nobody(scored: ScoredRound, sheets: Sequence[Sheet]) -> Iterator[Problem]:
    if len(scored.total) and not sheets:
        template = "no evaluator scores round {round}: there are no ranks to add up"
        message = Message(template, round=scored.rule.id)
        yield Problem("incomplete-sheet", message, None)


def _heaviest_marks(scored: ScoredRound, sheets: Sequence[Sheet], _: Mask) -> Rationals:
    columns = [sheet.parts[index] for sheet in sheets for index in heaviest(scored.rule)]
    return weighted_sum(columns, [Fraction(1)] * len(columns), len(scored.total))


def _first_places(scored: ScoredRound, sheets: Sequence[Sheet], listed: Mask) -> Rationals:
    counts = np.zeros(len(scored.total), dtype=np.int64)
    for sheet in sheets:
        counts += _listed_ranks(sheet, listed, "dense") == 2
    return Rationals(counts)


_TIE_BREAKS = {"heaviest": _heaviest_marks, "first_places": _first_places}
