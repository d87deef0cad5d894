"""What the award over lots comes to: who gets which lot, at what price, at what cost.

>>> POINTS.gain(Fraction(82), Fraction(90), Fraction(60), 2)
Fraction(82, 1)
>>> mix = Objective(MIX, Fraction(70), Fraction(30))
>>> float(mix.gain(Fraction(82), Fraction(90), Fraction(60), 2))  # 70% of 82 and 30% of 66.67
77.401
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from tenderscore.model.numerals import half_up
from tenderscore.model.records import record

Goal = Literal["points", "price", "mix"]
Spend = Literal["optimum", "in_rank_order"]
MIX: Goal = "mix"


@record
class Objective:
    """What the award makes as great as it can; ``points`` and ``price`` are percents of a mix.

    ``points``: the sum of the awarded bids' totals. ``price``: the sum of their prices, as small
    as it can be. A mix: the sum of points% of each total and price% of its price's points, which
    are the lowest price among the lot's candidates / the awarded price x 100, rounded as a
    criterion's points are.
    """

    goal: Goal
    points: Fraction
    price: Fraction

    def gain(
        self,
        total: Fraction,
        price: Fraction | None,
        lowest: Fraction | None,
        decimals: int | None,
    ) -> Fraction:
        """What one awarded lot adds to what is made great; ``decimals`` are those of points."""
        if self.goal == "points":
            return total
        if price is None or lowest is None:
            return Fraction(0)
        if self.goal == "price":
            return -price
        points = lowest / price * 100
        rounded = points if decimals is None else half_up(points, decimals)
        return self.points / 100 * total + self.price / 100 * rounded

    def published(self, gain: Fraction) -> Fraction:
        """The objective as reports name it: prices add up to a sum above 0."""
        return -gain if self.goal == "price" else gain

    @property
    def reads_prices(self) -> bool:
        """Whether it takes prices to tell one award from another."""
        return self.goal != "points"


POINTS = Objective("points", Fraction(100), Fraction(0))
PRICE = Objective("price", Fraction(0), Fraction(100))


@record
class LotAward:
    """The bid that a lot is awarded to: ``price`` with discounts taken off, ``offered`` without."""

    vendor: str
    name: str
    rank: int | None
    total: Fraction | None
    price: Fraction | None
    offered: Fraction | None


@record
class Constraint:
    """A constraint as tender.yaml has it, and what the objective and the lots gain without it.

    Both are None where the programme is infeasible.
    """

    id: str
    limit: Fraction | str
    cost: Fraction | None
    lots: int | None


@record
class PackageAward:
    """A package discount, and whether all its lots are awarded to its vendor."""

    vendor: str
    lots: tuple[str, ...]
    discount: Fraction
    awarded: bool


@record
class Optimum:
    """The optimum beside an award in rank order: who would get each lot, what it comes to."""

    lots: Mapping[str, LotAward | None]
    objective: Fraction


@record
class Award:
    """Who gets which lot. ``asked`` tells whether tender.yaml says how.

    ``objective`` is None where the constraints cannot hold together; ``clash`` then names a
    smallest set of them. ``waiting`` are lots that were not evaluated to their end, ``by_id`` those
    that another bid of the same rank could have as well: the vendors' ids decided.
    """

    asked: bool
    lots: Mapping[str, LotAward | None]
    goal: Objective
    spend: Spend
    objective: Fraction | None
    constraints: tuple[Constraint, ...] = ()
    clash: tuple[str, ...] = ()
    packages: tuple[PackageAward, ...] = ()
    waiting: tuple[str, ...] = ()
    by_id: tuple[str, ...] = ()
    optimum: Optimum | None = None

    @property
    def status(self) -> Literal["optimal", "infeasible"]:
        """Whether there is an award."""
        return "infeasible" if self.clash else "optimal"

    @property
    def total_price(self) -> Fraction | None:
        """What the awarded lots cost together; None where one has no price."""
        prices = [lot.price for lot in self.lots.values() if lot is not None]
        return sum((p or Fraction(0) for p in prices), Fraction(0)) if None not in prices else None
