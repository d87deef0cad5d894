"""Where a method leaves the winner to people: whom they chose, and what they weigh up.

Points here are those of everything but the price.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tenderscore.model.records import record

if TYPE_CHECKING:
    from tenderscore.model.decisions import Decision


@record
class Pair:
    """Two leading bids: how many points more the better one has, and how much more it asks.

    ``points`` is 0 or more; ``price`` is negative where the better bid is the cheaper one, None
    where one of them has no price. Of bids with equal points the cheaper one is the better.
    """

    better: str
    other: str
    points: Fraction
    price: Fraction | None

    @property
    def per_point(self) -> Fraction | None:
        """What each point more costs; None where there is nothing to pay, or nothing to pay for.

        >>> Pair("acme", "bolt", Fraction("3.2"), Fraction(120_000)).per_point
        Fraction(37500, 1)
        """
        if not self.points or self.price is None or self.price <= 0:
            return None
        return self.price / self.points


@record
class TradeOff:
    """Every pair of the leading bids; ``compared`` are these, ``of`` how many there were.

    ``evaluated`` tells that the prices are evaluated ones, ``decimals`` those of the points.
    """

    pairs: tuple[Pair, ...]
    compared: int
    of: int
    evaluated: bool
    decimals: int | None


@record
class Choice:
    """What stands where people choose: the decision that did, None without one; their table."""

    decision: Decision | None = None
    trade_off: TradeOff | None = None
