"""Prices too low to be believed: found in a round, flagged, or put out (section 1.8).

Prices are those as bid, of the bids that meet the round's requirements. All tests take their
references from these together, before any bid is put out by a test, a decision or its points: what
becomes of one bid changes no other's threshold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from tenderscore.errors import Message, Problem
from tenderscore.model.exact import Rationals
from tenderscore.model.flags import Flag, Flagged
from tenderscore.model.low_price import MATTER
from tenderscore.model.numerals import grouped_text
from tenderscore.model.records import record
from tenderscore.model.values import Value
from tenderscore.pipeline.facts import LotFacts, Rows
from tenderscore.pipeline.plan import RoundPlan
from tenderscore.pipeline.points import MOST_WARNINGS, Failure, numbers_of
from tenderscore.pipeline.price_limits import Limits, percent_limits
from tenderscore.pipeline.price_tests import PriceTest

_EXPLANATION = ("explanations", MATTER)

_NAMED = 6


@record
class _Finding:
    """What a test found on ``rows`` of the lot, in ascending order; ``left_out`` in words."""

    test: PriceTest
    rows: Rows
    limits: Limits
    left_out: Message | str | None

    @property
    def low(self) -> Rows:
        """The rows whose price is too low."""
        return self.rows[self.limits.low]

    def at(self, row: int) -> int | None:
        """Where a bid that is too low stands; None for any other."""
        position = int(np.searchsorted(self.rows, row))
        there = position < len(self.rows) and int(self.rows[position]) == row
        return position if there and self.limits.low[position] else None

    def message(self, position: int) -> Message:
        """The comparison with its numbers."""
        said = self.limits.said(position)
        if self.left_out is None:
            return said
        template = "{finding} (left out of the mean: {bids})"
        return Message(template, finding=said, bids=self.left_out)


class LowPrices:
    """What the tests of a round found; ``rows`` meet its requirements."""

    def __init__(
        self, rule: RoundPlan, tests: Sequence[PriceTest], facts: LotFacts, rows: Rows
    ) -> None:
        self._facts = facts
        self._unapplied: list[Problem] = []
        found = [self._found(test, rows) for test in tests]
        self._findings = [finding for finding in found if finding is not None]
        decisions = facts.decisions
        self._accepted = set() if decisions is None else decisions.accepted(rule, MATTER)

    def _found(self, test: PriceTest, rows: Rows) -> _Finding | None:
        numbers, known = numbers_of(self._facts.column(test.fact).take(rows))
        priced, prices = rows[known], numbers.take(known)
        if len(priced) < max(1, test.minimum_bids):
            return None
        limits = _limits(test, prices)
        if isinstance(limits, Message):
            self._unapplied.append(self._no_threshold(test, limits))
            return None
        if limits is None:
            return None
        return _Finding(test, priced, limits, _left_out(self._facts, priced, prices, limits))

    def _no_threshold(self, test: PriceTest, reason: Message) -> Problem:
        lot = self._facts.around.lot_id
        template = "{test} is not applied in lot {lot}: {reason}"
        message = Message(template, test=test.id, lot=lot, reason=reason)
        return Problem("not-applied", message, test.place, severity="warning")

    def flags(self, row: int, *, out: bool) -> tuple[Flag, ...]:
        """What was found on a bid, which something may have put out."""
        places = ((finding, finding.at(row)) for finding in self._findings)
        return tuple(
            self._flag(finding, position, row, out=out)
            for finding, position in places
            if position is not None
        )

    def flagged(self, standing: Rows) -> tuple[Flagged, ...]:
        """All that was found, by bidder; ``standing`` are the rows that nothing has put out."""
        names = self._facts.offers.names
        return tuple(Flagged(names[row], flag) for row, flag in self._all(standing))

    def _all(self, standing: Rows) -> Iterator[tuple[int, Flag]]:
        low = [finding.low for finding in self._findings]
        rows = np.unique(np.concatenate(low)) if low else standing[:0]
        for row, stands in zip(rows.tolist(), np.isin(rows, standing).tolist(), strict=True):
            for flag in self.flags(row, out=not stands):
                yield row, flag

    def failures(self, rows: Rows) -> Iterator[Failure]:
        """What puts out bids among those that reached the round."""
        for finding in self._findings:
            if finding.test.then == "eliminate" and len(finding.low):
                out = np.zeros(len(rows), dtype=np.bool_)
                out[np.searchsorted(rows, finding.low)] = True
                yield Failure("rule", "low_price", out, partial(_reason, finding, rows))

    def problems(self, standing: Rows) -> Iterator[Problem]:
        """A warning for each bid that waits for somebody, as far as a reader bears them."""
        yield from self._unapplied
        open_ = [(row, flag) for row, flag in self._all(standing) if _is_open(flag)]
        for row, flag in open_[:MOST_WARNINGS]:
            yield self._warning(row, flag)
        if len(open_) > MOST_WARNINGS:
            n = len(open_) - MOST_WARNINGS
            message = Message("{n} more prices are low", n=n)
            yield Problem(MATTER, message, self._findings[0].test.place, severity="warning")

    def _warning(self, row: int, flag: Flag) -> Problem:
        message = Message(
            "{vendor} in lot {lot}, test {test}: {finding}",
            vendor=self._facts.offers.vendors[row],
            lot=self._facts.around.lot_id,
            test=flag.id,
            finding=flag.message,
        )
        test = next(finding.test for finding in self._findings if finding.test.id == flag.id)
        also = ((Message("the rule stands here"), test.place),)
        place = self._facts.place(test.fact, row)
        return Problem(MATTER, message, place, _help(flag), severity="warning", also=also)

    def _flag(self, finding: _Finding, position: int, row: int, *, out: bool) -> Flag:
        test = finding.test
        return Flag(
            id=test.id,
            title=test.title,
            message=finding.message(position),
            threshold=finding.limits.thresholds.value(position),
            then=test.then,
            explanation=_text(self._facts.column(_EXPLANATION).value(row)),
            accepted=row in self._accepted and test.then != "eliminate",
            out=out,
        )


def _limits(test: PriceTest, prices: Rationals) -> Limits | Message | None:
    """What a test doubts of some prices; why nothing can be said of them, or None for nothing."""
    if test.rule is None:
        return percent_limits(test, prices)
    return test.rule.limits(test.population(prices))


def _reason(finding: _Finding, rows: Rows, index: int) -> Message:
    said = finding.message(int(np.searchsorted(finding.rows, rows[index])))
    return Message("{title}: {reason}", title=finding.test.title, reason=said)


def _left_out(
    facts: LotFacts, rows: Rows, prices: Rationals, limits: Limits
) -> Message | str | None:
    """Who does not count in a mean, each with the price."""
    positions = np.flatnonzero(limits.left_out) if limits.left_out is not None else ()
    if not len(positions):
        return None
    vendors = facts.offers.vendors
    named = [
        f"{vendors[int(rows[position])]} {grouped_text(prices.value(int(position)))}"
        for position in positions[:_NAMED]
    ]
    bids = "; ".join(named)
    more = len(positions) - len(named)
    return Message("{bids}; {n} more", bids=bids, n=more) if more else bids


def _text(value: Value) -> str | None:
    """What a bid explains; blank text says nothing."""
    text = "" if value is None else str(value).strip()
    return text or None


def _is_open(flag: Flag) -> bool:
    """Whether somebody is still to do something about it."""
    return not flag.out and not flag.accepted


def _help(flag: Flag) -> Message | None:
    if flag.then == "flag":
        return None
    if flag.explanation is None:
        template = "ask for an explanation; the bid gives it as {key}"
        return Message(template, key=".".join(_EXPLANATION))
    return Message(
        "decide on the explanation in decisions.yaml: accept with matter {matter}, or eliminate",
        matter=MATTER,
    )
