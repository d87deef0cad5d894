"""How many decimals people see: as many as it takes to tell apart what was decided differently."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction

from tenderscore.model.numerals import decimal_places, half_up
from tenderscore.model.result import RoundResult

_FEWEST, _MOST = 2, 30
_ENDING = 12
_COMPARED = 1000


def decimals_for(
    values: Collection[Fraction], declared: int | None, *limits: Fraction | None
) -> int:
    """The declared decimals; without any, all of values that end, and enough to tell them apart.

    What decided is told apart too: the limits.

    >>> decimals_for([Fraction("89.996")], None, Fraction(90))
    3
    >>> decimals_for([Fraction(250, 3)], None)
    2
    """
    if declared is not None:
        return declared
    places = [decimal_places(value) for value in values]
    ending = [each for each in places if each is not None and each <= _ENDING]
    apart = {*values, *(limit for limit in limits if limit is not None)}
    return max([fewest(apart, _FEWEST), *ending])


def limits_of(round_: RoundResult) -> tuple[Fraction | None, ...]:
    """The minimums that a round decides by: its total's and its criteria's."""
    return (round_.minimum, *(node.minimum for node in round_.nodes))


def total_decimals(round_: RoundResult) -> int:
    """The decimals of a round's totals, wherever one of them is shown."""
    if round_.decimals is not None:
        return round_.decimals
    totals = [bid.total for bid in round_.bids[:_COMPARED] if bid.total is not None]
    return decimals_for(totals, None, *limits_of(round_))


def fewest(values: set[Fraction], least: int, most: int = _MOST) -> int:
    """The fewest decimals, from ``least`` on, with which different values look different."""
    for decimals in range(least, most):
        if len({half_up(value, decimals) for value in values}) == len(values):
            return decimals
    return most


def money_decimals(amounts: Iterable[Fraction]) -> int:
    """No decimals for whole amounts; else two, or as many as tell them apart."""
    found = set(amounts)
    whole = all(amount.denominator == 1 for amount in found)
    return 0 if whole else fewest(found, _FEWEST, 6)
