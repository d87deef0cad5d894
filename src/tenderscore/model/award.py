"""What the award over lots comes to: who gets which lot, at what price, at what cost.

>>> asked, lowest = Prices(Fraction(90), Fraction(90)), Prices(Fraction(60), Fraction(60))
>>> POINTS.gain(Fraction(82), asked, lowest, 2)
Fraction(82, 1)
>>> mix = Objective(MIX, Fraction(70), Fraction(30))
>>> float(mix.gain(Fraction(82), asked, lowest, 2))  # 70% of 82 and 30% of 66.67
77.401
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from tenderscore.model.numerals import half_up
from tenderscore.model.records import record

Goal = Literal["points", "price", "evaluated_price", "mix"]
Spend = Literal["optimum", "in_rank_order"]
MIX: Goal = "mix"


@record
class Prices:
    """What a bid costs, and the price that it is compared by; None where it has none."""

    price: Fraction | None
    evaluated: Fraction | None


@record
class Objective:
    """What the award makes as great as it can; all but ``goal`` are percents of a mix.

    ``points``: the sum of the awarded bids' totals. ``price``, ``evaluated_price``: the sum of
    their prices, or of their evaluated prices, as small as it can be. A mix: the sum of points% of
    each total and price% (evaluated_price%) of its price's points, which are the lowest such price
    among the lot's candidates / the awarded one x 100, rounded as a criterion's points are.
    """

    goal: Goal
    points: Fraction
    price: Fraction
    evaluated_price: Fraction = Fraction(0)

    def gain(
        self, total: Fraction, prices: Prices, lowest: Prices, decimals: int | None
    ) -> Fraction:
        """What one awarded lot adds to what is made great; ``decimals`` are those of points."""
        match self.goal:
            case "points":
                return total
            case "price":
                return -(prices.price or Fraction(0))
            case "evaluated_price":
                return -(prices.evaluated or Fraction(0))
        of_price = _price_points(prices.price, lowest.price, decimals)
        of_evaluated = _price_points(prices.evaluated, lowest.evaluated, decimals)
        return (
            self.points * total + self.price * of_price + self.evaluated_price * of_evaluated
        ) / 100

    def published(self, gain: Fraction) -> Fraction:
        """The objective as reports name it: prices add up to a sum above 0."""
        return -gain if self.adds_prices else gain

    @property
    def adds_prices(self) -> bool:
        """Whether it is a sum of money."""
        return self.goal in {"price", "evaluated_price"}

    @property
    def reads_evaluated_prices(self) -> bool:
        """Whether it takes evaluated prices to tell one award from another."""
        return self.evaluated_price > 0

    @property
    def reads_prices(self) -> bool:
        """Whether it takes prices of either kind."""
        return self.price > 0 or self.reads_evaluated_prices


def _price_points(
    price: Fraction | None, lowest: Fraction | None, decimals: int | None
) -> Fraction:
    if price is None or lowest is None:
        return Fraction(0)
    points = lowest / price * 100
    return points if decimals is None else half_up(points, decimals)


POINTS = Objective("points", Fraction(100), Fraction(0))
PRICE = Objective("price", Fraction(0), Fraction(100))
EVALUATED_PRICE = Objective("evaluated_price", Fraction(0), Fraction(0), Fraction(100))


@record
class LotAward:
    """The bid that a lot is awarded to: ``price`` with discounts taken off, ``offered`` without.

    ``evaluated`` is its evaluated price with discounts taken off, where the objective reads it.
    """

    vendor: str
    name: str
    rank: int | None
    total: Fraction | None
    price: Fraction | None
    offered: Fraction | None
    evaluated: Fraction | None = None


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
