"""The order of a round that adds up the ranks in every evaluator's sheet, as far as steps go."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from tenderscore.analysis.orders import Change, Order
from tenderscore.model.method import Rounding
from tenderscore.model.numerals import half_up
from tenderscore.pipeline.rankings._sheets import Sheet
from tenderscore.pipeline.rankings.rank_sum import RankSums
from tenderscore.pipeline.rounds import RoundRun

_ONE_RANK = 2
"""Sums of ranks count in halves."""


class ByRankSum(Order):
    """A step moves one total in one sheet: that bid by some ranks, all others by one at most."""

    def __init__(
        self, run: RoundRun, found: RankSums, totals: Mapping[int, Fraction], rounding: Rounding
    ) -> None:
        self._rule = run.rule
        self._found = found
        self._rounding = rounding
        self._positions = {int(row): at for at, row in enumerate(run.scored_rows)}
        self._sums = {row: int(found.keys[0][self._positions[row]]) for row in totals}
        self._least = sorted(self._sums.values())
        self._sheets = {sheet.evaluator: sheet for sheet in found.sheets}
        self._nodes = {node.id: at for at, node in enumerate(run.rule.nodes)}

    def is_within(self, row: int, total: Fraction, at_most: int) -> bool | None:  # noqa: ARG002
        """Only another evaluation can say."""
        return None

    def may_be_first(self, row: int) -> bool:
        """Whether no sum is smaller."""
        return self._sums[row] == self._least[0]

    def may_change_the_first(self, change: Change, total: Fraction) -> bool:  # noqa: ARG002
        """Whether the sums are so close that some ranks more or less could do it."""
        sheet = self._sheets.get(change.evaluator or "")
        node = self._nodes.get(change.criterion)
        if sheet is None or node is None or change.own is None:
            return True
        before = sheet.total.value(self._positions[change.row])
        after = self._total(sheet, change, node, change.own)
        if self._may_pass(change.row, before, after):
            return True
        passed = self._passed(sheet, change.row, before, after) if before != after else 0
        return self._is_close(change.row, passed if after > before else -passed)

    def _is_close(self, row: int, ranks_up: int) -> bool:
        own = self._sums[row]
        others = sorted(self._least)
        others.remove(own)
        if not others:
            return False
        if not ranks_up:
            # No sum is another one, but what breaks a tie for the first place may be.
            return own == others[0] == self._least[0]
        best = others[0]
        if own < best:
            return own + _ONE_RANK * max(-ranks_up, 0) >= best - _ONE_RANK
        apart = len(others) == 1 or others[1] > best + 2 * _ONE_RANK
        return not apart or own - _ONE_RANK * max(ranks_up, 0) <= best + _ONE_RANK

    def _passed(self, sheet: Sheet, row: int, before: Fraction, after: Fraction) -> int:
        """How many others' totals lie between the two, or on one of them."""
        low, high = sorted((before, after))
        between = sheet.total.at_least(low) & sheet.total.at_most(high) & self._found.listed
        between[self._positions[row]] = False
        return int(between.sum())

    def _total(self, sheet: Sheet, change: Change, node: int, points: Fraction) -> Fraction:
        """The sheet's total of the bid with other points for the mark."""
        at, carry = self._positions[change.row], self._rule.carry_over
        part = _rounded(points * self._rule.shares[node], self._rounding.contribution)
        own = sum((column.value(at) for column in sheet.parts.values()), Fraction(0))
        own += part - sheet.parts[node].value(at)
        carried = self._found.scored.carried
        total = own * (100 - sum(carry.values(), Fraction(0)))
        total += sum(carried[id_].value(at) * percent for id_, percent in carry.items())
        return _rounded(total / 100, self._rounding.total)

    def _may_pass(self, row: int, before: Fraction, after: Fraction) -> bool:
        """Whether the bid may meet the pass mark, or miss it, for another total in one sheet."""
        mark = self._found.rule.pass_mark
        if mark is None:
            return False
        if mark.majority is not None:
            return (before >= mark.majority) != (after >= mark.majority)
        at, count = self._positions[row], len(self._sheets)
        totals = (each.total.value(at) for each in self._sheets.values())
        mean = sum(totals, Fraction(0)) / count
        means = (mean, mean + (after - before) / count)
        enough = [_rounded(each, self._rounding.total) >= (mark.mean or 0) for each in means]
        return enough[0] != enough[1]


def _rounded(value: Fraction, decimals: int | None) -> Fraction:
    return value if decimals is None else half_up(value, decimals)
