"""Prices too low to be believed: found in a round, flagged, or put out (section 1.8).

Prices are those as bid, of the bids that meet the round's requirements. All tests take their
references from these together, before any bid is put out by a test, a decision or its points: what
becomes of one bid changes no other's threshold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial

import numpy as np

from tenderscore.errors import Message, Problem
from tenderscore.model.exact import Mask, Rationals, weighted_sum
from tenderscore.model.flags import Flag, Flagged
from tenderscore.model.low_price import MATTER
from tenderscore.model.numerals import exact_text, grouped_text
from tenderscore.model.records import record
from tenderscore.model.values import Value
from tenderscore.pipeline.facts import LotFacts, Rows
from tenderscore.pipeline.plan import RoundPlan
from tenderscore.pipeline.points import MOST_WARNINGS, Failure, numbers_of
from tenderscore.pipeline.price_tests import PriceTest

_EXPLANATION = ("explanations", MATTER)

_NAMES = {
    "mean": "{percent}% of the mean of {n} bids, {value}",
    "median": "{percent}% of the median of {n} bids, {value}",
    "lowest": "{percent}% of the lowest of {n} bids, {value}",
    "second_lowest": "{percent}% of the second lowest of {n} bids, {value}",
    "mean_of_others": "{percent}% of the mean of the other bids, {value}",
    "next_lowest": "{percent}% of the next higher bid, {value}",
    "value": "{percent}% of {reference}, {value}",
    "number": "{percent}% of {value}",
}


@record
class _Finding:
    """A test on some bids: ``rows`` of the lot in ascending order, each with its reference."""

    test: PriceTest
    rows: Rows
    prices: Rationals
    references: Rationals
    low: Mask

    def at(self, row: int) -> int | None:
        """Where a bid that is too low stands; None for any other."""
        position = int(np.searchsorted(self.rows, row))
        there = position < len(self.rows) and int(self.rows[position]) == row
        return position if there and self.low[position] else None

    def threshold(self, position: int) -> Fraction:
        """What the price is held against."""
        return self.references.value(position) * self.test.percent / 100

    def message(self, position: int) -> Message:
        """The comparison with its numbers."""
        test = self.test
        template = (
            "{fact} {price} is under {threshold}, {reference}"
            if test.strict
            else "{fact} {price} is at most {threshold}, {reference}"
        )
        return Message(
            template,
            fact=".".join(test.fact),
            price=grouped_text(self.prices.value(position)),
            threshold=grouped_text(self.threshold(position)),
            reference=self._reference(position),
        )

    def _reference(self, position: int) -> Message:
        test = self.test
        other = "value" if test.named else "number"
        return Message(
            _NAMES[test.of if isinstance(test.of, str) else other],
            percent=exact_text(test.percent),
            reference=test.named,
            n=len(self.rows),
            value=grouped_text(self.references.value(position)),
        )


class LowPrices:
    """What the tests of a round found; ``rows`` meet its requirements."""

    def __init__(
        self, rule: RoundPlan, tests: Sequence[PriceTest], facts: LotFacts, rows: Rows
    ) -> None:
        self._rule = rule
        self._facts = facts
        found = [_found(test, facts, rows) for test in tests]
        self._findings = [finding for finding in found if finding is not None]
        decisions = facts.decisions
        self._accepted = set() if decisions is None else decisions.accepted(rule, MATTER)

    def flags(self, row: int) -> tuple[Flag, ...]:
        """What was found on a bid."""
        places = ((finding, finding.at(row)) for finding in self._findings)
        return tuple(self._flag(f, position, row) for f, position in places if position is not None)

    def flagged(self) -> tuple[Flagged, ...]:
        """All that was found, by bidder."""
        names = self._facts.offers.names
        return tuple(Flagged(names[row], flag) for row in self._low() for flag in self.flags(row))

    def _low(self) -> list[int]:
        rows = [finding.rows[finding.low] for finding in self._findings]
        return sorted(set(np.concatenate(rows).tolist())) if rows else []

    def failures(self, rows: Rows) -> Iterator[Failure]:
        """What puts out bids among those that reached the round."""
        for finding in self._findings:
            if finding.test.then == "eliminate" and finding.low.any():
                out = np.zeros(len(rows), dtype=np.bool_)
                out[np.searchsorted(rows, finding.rows[finding.low])] = True
                yield Failure("rule", "low_price", out, partial(_reason, finding, rows))

    def problems(self) -> Iterator[Problem]:
        """A warning for each bid that waits for somebody, as far as a reader bears them."""
        open_ = [(row, flag) for row in self._low() for flag in self.flags(row)]
        open_ = [(row, flag) for row, flag in open_ if _is_open(flag)]
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

    def _flag(self, finding: _Finding, position: int, row: int) -> Flag:
        test = finding.test
        return Flag(
            id=test.id,
            title=test.title,
            message=finding.message(position),
            threshold=finding.threshold(position),
            then=test.then,
            explanation=_text(self._facts.column(_EXPLANATION).value(row)),
            accepted=row in self._accepted and test.then != "eliminate",
        )


def _reason(finding: _Finding, rows: Rows, index: int) -> Message:
    said = finding.message(int(np.searchsorted(finding.rows, rows[index])))
    return Message("{title}: {reason}", title=finding.test.title, reason=said)


def _found(test: PriceTest, facts: LotFacts, rows: Rows) -> _Finding | None:
    numbers, known = numbers_of(facts.column(test.fact).take(rows))
    priced = rows[known]
    if len(priced) < test.minimum_bids:
        return None
    prices = numbers.take(known)
    made = _references(test.of, prices)
    if made is None:
        return None
    references, has = made
    limits = references.affine(test.percent / 100, 0)
    over = weighted_sum([prices, limits], [Fraction(1), Fraction(-1)], len(prices)).numerators
    low = np.asarray(over < 0 if test.strict else over <= 0, dtype=np.bool_) & has
    return _Finding(test, priced, prices, references, low)


def _references(of: object, prices: Rationals) -> tuple[Rationals, Mask] | None:
    """What each price is held against, and which have such a thing; None where none has."""
    count = len(prices)
    everyone: Mask = np.ones(count, dtype=np.bool_)
    if of == "next_lowest":
        return _next_lowest(prices)
    if of == "mean_of_others":
        if count < 2:
            return None
        return prices.affine(Fraction(-1, count - 1), prices.total() / (count - 1)), everyone
    value = _constant(of, prices)
    return None if value is None else (Rationals.constant(value, count), everyone)


def _constant(of: object, prices: Rationals) -> Fraction | None:
    """A reference that is the same for all bids."""
    count = len(prices)
    if isinstance(of, (int, Fraction)):
        return Fraction(of)
    if count == 0 or (of == "second_lowest" and count < 2):
        return None
    if of == "mean":
        return prices.total() / count
    ascending = prices.sorted_values()
    match of:
        case "lowest":
            return ascending.value(0)
        case "second_lowest":
            return ascending.value(1)
    return (ascending.value((count - 1) // 2) + ascending.value(count // 2)) / 2


def _next_lowest(prices: Rationals) -> tuple[Rationals, Mask]:
    """The bid that follows in ascending order, an equal one too; the highest has none."""
    order = np.argsort(prices.keys(), kind="stable")
    following = np.arange(len(prices), dtype=np.intp)
    following[order[:-1]] = order[1:]
    has: Mask = np.ones(len(prices), dtype=np.bool_)
    has[order[-1:]] = False
    return prices.take(following), has


def _text(value: Value) -> str | None:
    """What a bid explains; blank text says nothing."""
    text = "" if value is None else str(value).strip()
    return text or None


def _is_open(flag: Flag) -> bool:
    """Whether somebody is still to do something about it."""
    return flag.then != "eliminate" and not flag.accepted


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
