"""How many decimals people see: as many as it takes to tell apart what was decided differently."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tenderscore.model.numerals import half_up
from tenderscore.model.result import RoundResult

_FEWEST, _MOST = 2, 30
_COMPARED = 1000


def decimals_for(
    values: Iterable[Fraction], declared: int | None, limit: Fraction | None = None
) -> int:
    """The declared decimals; without any, as few as tell the values and the limit apart.

    >>> decimals_for([Fraction("89.996")], None, Fraction(90))
    3
    >>> decimals_for([Fraction(250, 3)], None)
    2
    """
    if declared is not None:
        return declared
    return fewest({*values, *(() if limit is None else (limit,))}, _FEWEST)


def total_decimals(round_: RoundResult) -> int:
    """The decimals of a round's totals, wherever one of them is shown."""
    if round_.decimals is not None:
        return round_.decimals
    totals = [bid.total for bid in round_.bids[:_COMPARED] if bid.total is not None]
    return decimals_for(totals, None, round_.minimum)


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
