"""The prices that a test doubts: those under (or at) a percentage of a reference."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from tenderscore.errors import Message
from tenderscore.model.exact import Mask, Rationals, weighted_sum
from tenderscore.model.numerals import exact_text, grouped_text
from tenderscore.model.records import record

if TYPE_CHECKING:
    from tenderscore.pipeline.price_tests import PriceTest

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
class Limits:
    """Which prices are ``low``, and why.

    ``thresholds`` are what each is held against; ``said`` is the comparison with its numbers, of a
    low one by its position. ``left_out`` are those that no mean counts.
    """

    low: Mask
    thresholds: Rationals
    said: Callable[[int], Message]
    left_out: Mask | None = None


def percent_limits(test: PriceTest, prices: Rationals) -> Limits | None:
    """What ``under`` or ``at_most`` doubts; None where nothing has a reference."""
    made = _references(test.of, prices)
    if made is None:
        return None
    references, has = made
    thresholds = references.affine(test.percent / 100, 0)
    over = weighted_sum([prices, thresholds], [Fraction(1), Fraction(-1)], len(prices)).numerators
    low = np.asarray(over < 0 if test.strict else over <= 0, dtype=np.bool_) & has

    def said(position: int) -> Message:
        reference = _reference(test, references.value(position), len(prices))
        price, threshold = prices.value(position), thresholds.value(position)
        if test.strict:
            return is_under(".".join(test.fact), price, threshold, reference)
        return _is_at_most(".".join(test.fact), price, threshold, reference)

    return Limits(low, thresholds, said)


def is_under(fact: str, price: Fraction, threshold: Fraction, reference: Message) -> Message:
    """The comparison of a price with a threshold that it is under."""
    return Message(
        "{fact} {price} is under {threshold}, {reference}",
        fact=fact,
        price=grouped_text(price),
        threshold=grouped_text(threshold),
        reference=reference,
    )


def _is_at_most(fact: str, price: Fraction, threshold: Fraction, reference: Message) -> Message:
    return Message(
        "{fact} {price} is at most {threshold}, {reference}",
        fact=fact,
        price=grouped_text(price),
        threshold=grouped_text(threshold),
        reference=reference,
    )


def _reference(test: PriceTest, value: Fraction, count: int) -> Message:
    other = "value" if test.named else "number"
    return Message(
        _NAMES[test.of if isinstance(test.of, str) else other],
        percent=exact_text(test.percent),
        reference=test.named,
        n=count,
        value=grouped_text(value),
    )


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
