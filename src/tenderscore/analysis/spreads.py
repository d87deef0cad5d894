"""How amounts are spread: quartiles by linear interpolation, and from where on one stands apart.

Tukey's hinges would serve as well, but with four amounts nothing can stand apart from them, and no
spreadsheet has them.
"""

from __future__ import annotations

from fractions import Fraction

from tenderscore.model.exact import Rationals
from tenderscore.model.price_analysis import OutlierRule, Spread


def quantile(ascending: Rationals, share: Fraction) -> Fraction:
    """Type 7 of Hyndman and Fan (1996): straight lines between the amounts, as QUARTILE.INC has it.

    >>> quantile(Rationals.of([1, 2, 4, 7, 8, 9, 10, 12]), Fraction(1, 4))
    Fraction(7, 2)
    """
    place = (len(ascending) - 1) * share
    below = int(place)
    value = ascending.value(below)
    if place == below:
        return value
    return value + (place - below) * (ascending.value(below + 1) - value)


def spread_of(amounts: Rationals, rule: OutlierRule) -> Spread | None:
    """The spread of some amounts; None of none."""
    count = len(amounts)
    if not count:
        return None
    ascending = amounts.sorted_values()
    first, third = (quantile(ascending, Fraction(n, 4)) for n in (1, 3))
    reach = rule.ranges * (third - first)
    enough = count >= rule.least
    return Spread(
        count=count,
        lowest=ascending.value(0),
        first=first,
        median=quantile(ascending, Fraction(1, 2)),
        third=third,
        highest=ascending.value(count - 1),
        mean=amounts.total() / count,
        floor=first - reach if enough else None,
        ceiling=third + reach if enough else None,
    )
