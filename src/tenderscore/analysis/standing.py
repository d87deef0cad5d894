"""Where a bid stands in the rounds of a lot, and whether other points on one criterion matter.

A bid's totals with other points are worked out exactly, as the rounds do. They matter only where
the bid passes another, a minimum or the cut. Where it would take tie-breaks to say, the answer is
that they may matter: then the lot is evaluated again.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from fractions import Fraction

from tenderscore.analysis.orders import Change, order_of
from tenderscore.model.method import Rounding
from tenderscore.model.numerals import half_up
from tenderscore.pipeline.points import RoundScores
from tenderscore.pipeline.rounds import RoundRun


class _Fate(Enum):
    """What other points do to a bid in a round, all other bids left as they are."""

    ON = auto()
    GONE = auto()
    PERHAPS = auto()


class Standings:
    """The rounds of a lot that came to an end, one after the other."""

    def __init__(self, runs: Sequence[RoundRun], rounding: Rounding) -> None:
        self._rounds = [_Round(run, rounding) for run in runs]

    def may_matter(self, change: Change) -> bool:
        """Whether other points of a bid on a criterion may change who is first."""
        totals: dict[str, Fraction] = {}
        *earlier, last = self._rounds
        for round_ in earlier:
            fate = round_.fate(change, totals)
            if fate is not _Fate.ON:
                return fate is _Fate.PERHAPS
        return last.may_change_the_first(change, totals)


class _Round:
    def __init__(self, run: RoundRun, rounding: Rounding) -> None:
        self._run = run
        self._rule = run.rule
        self._rounding = rounding
        self._reached = {int(row): at for at, row in enumerate(run.scored_rows)}
        self._advanced = {int(row) for row in run.rows[run.advanced]}
        self._ranked = self._totals()
        self._order = order_of(run, self._ranked, rounding)
        self._nodes = {node.id: at for at, node in enumerate(run.rule.nodes)}

    def _totals(self) -> dict[int, Fraction]:
        """The totals of those that nothing put out."""
        scores, total = self._run.scores, self._run.total
        if scores is None or total is None:
            return {}
        return {row: total.value(at) for row, at in self._reached.items() if not scores.out[at]}

    def fate(self, change: Change, totals: dict[str, Fraction]) -> _Fate:
        """Whether the bid goes on as before, or stays behind as before.

        ``totals`` are the bid's other totals of earlier rounds; this round's is added.
        """
        row, scores = change.row, self._run.scores
        if row not in self._reached:
            return _Fate.GONE
        if scores is None or self._run.total is None:
            return _Fate.ON if row in self._advanced else _Fate.GONE
        if self._passes_a_minimum(scores, change):
            return _Fate.PERHAPS
        if row not in self._ranked:
            return _Fate.GONE
        total = totals[self._rule.id] = self._total(scores, change, totals)
        before, after = self._goes_on(row, self._ranked[row]), self._goes_on(row, total)
        if before is None or before != after:
            return _Fate.PERHAPS
        return _Fate.ON if before else _Fate.GONE

    def may_change_the_first(self, change: Change, totals: dict[str, Fraction]) -> bool:
        """The same of the last round, where all that counts is who is first."""
        row, scores = change.row, self._run.scores
        if row not in self._reached or scores is None or self._run.total is None:
            return False
        if self._passes_a_minimum(scores, change):
            return True
        if row not in self._ranked:
            return False
        before, after = self._ranked[row], self._total(scores, change, totals)
        if self._is_enough(before) != self._is_enough(after) and self._order.may_be_first(row):
            return True
        return self._order.may_change_the_first(change, after)

    def _goes_on(self, row: int, total: Fraction) -> bool | None:
        """Whether the bid advances with a total; None where only tie-breaks can say."""
        if not self._is_enough(total):
            return False
        at_most = self._rule.at_most
        return True if at_most is None else self._order.is_within(row, total, at_most)

    def _is_enough(self, total: Fraction) -> bool:
        return self._rule.minimum is None or total >= self._rule.minimum

    def _passes_a_minimum(self, scores: RoundScores, change: Change) -> bool:
        """Whether the criterion, or a group around it, comes over its minimum or under it."""
        node, at = self._nodes.get(change.criterion), self._reached[change.row]
        if node is None:
            return False
        more = change.points - scores.nodes[node].points.value(at)
        while node is not None:
            plan = self._rule.nodes[node]
            if plan.minimum is not None:
                before = scores.nodes[node].points.value(at)
                if self._meets(before, plan.minimum) != self._meets(before + more, plan.minimum):
                    return True
            more *= plan.fraction
            node = plan.parent
        return False

    def _meets(self, points: Fraction, minimum: Fraction) -> bool:
        return rounded(points, self._rounding.criterion) >= minimum

    def _total(self, scores: RoundScores, change: Change, totals: dict[str, Fraction]) -> Fraction:
        at, carry = self._reached[change.row], self._rule.carry_over
        own = scores.own_total.value(at)
        node = self._nodes.get(change.criterion)
        if node is not None:
            share = rounded(change.points * self._rule.shares[node], self._rounding.contribution)
            own += share - scores.contributions[node].value(at)
        total = own * (100 - sum(carry.values(), Fraction(0))) / 100
        for id_, percent in carry.items():
            earlier = totals.get(id_, self._run.carried[id_].value(at))
            total += earlier * percent / 100
        return rounded(total, self._rounding.total)


def rounded(value: Fraction, decimals: int | None) -> Fraction:
    """Half up, or as it is."""
    return value if decimals is None else half_up(value, decimals)
