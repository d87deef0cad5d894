"""Prices and what they are made of, side by side: what ``tenderscore prices`` shows.

Everything is exact. Nothing in it changes a point, a rank or an outcome.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from tenderscore.errors import Problem
from tenderscore.model.flags import Flag
from tenderscore.model.records import record
from tenderscore.model.result import Outcome, TenderInfo
from tenderscore.model.text import Title
from tenderscore.model.values import Path

Side = Literal["low", "high"]


@record
class OutlierRule:
    """When an amount stands apart: more than ``ranges`` interquartile ranges beyond a quartile.

    Of fewer than ``least`` amounts none does. Quartiles are taken by linear interpolation between
    the amounts (type 7 of Hyndman and Fan 1996; QUARTILE.INC of spreadsheets).
    """

    ranges: Fraction = Fraction(3, 2)
    least: int = 4


@record
class Spread:
    """How the amounts of the bids that are compared with are spread.

    ``first`` and ``third`` are the quartiles. An amount under ``floor`` or over ``ceiling`` stands
    apart; there are none where there are too few amounts.
    """

    count: int
    lowest: Fraction
    first: Fraction
    median: Fraction
    third: Fraction
    highest: Fraction
    mean: Fraction
    floor: Fraction | None
    ceiling: Fraction | None

    def side(self, amount: Fraction) -> Side | None:
        """On which side an amount stands apart, if it does."""
        if self.floor is not None and amount < self.floor:
            return "low"
        if self.ceiling is not None and amount > self.ceiling:
            return "high"
        return None


@record
class Over:
    """How far a price is over what it is held against, in percent of that; under 0 is under."""

    lowest: Fraction | None = None
    mean: Fraction | None = None
    median: Fraction | None = None
    budget: Fraction | None = None
    estimate: Fraction | None = None


@record
class PricedBid:
    """One live bid: its price in the tender's currency, and what became of it so far.

    ``admitted`` bids meet the requirements of the lot's first round: the others' prices are held
    against theirs. ``round`` is the last that the bid reached, ``outcome`` what it came to there.
    ``itemised`` tells that it says what its price is made of.
    """

    vendor: str
    name: str
    bid: str
    price: Fraction | None
    admitted: bool
    round: str | None
    outcome: Outcome | None
    over: Over
    side: Side | None
    itemised: bool


@record
class Cost:
    """What one bid asks for one item; ``share`` is in percent of its own price.

    ``over_estimate`` is in percent of what the buyer expects.
    """

    vendor: str
    amount: Fraction
    share: Fraction
    over_estimate: Fraction | None
    side: Side | None


@record
class CostItem:
    """One item of the breakdowns: ``costs`` in the order of the bids.

    ``alone`` is the only vendor who has it, ``lacking`` those who say what the item above is made
    of and leave this one out, ``whole`` those who do not divide it where others do.
    """

    path: Path
    estimate: Fraction | None
    spread: Spread | None
    costs: tuple[Cost, ...]
    alone: str | None
    lacking: tuple[str, ...]
    whole: tuple[str, ...]

    @property
    def id(self) -> str:
        """The dotted path."""
        return ".".join(self.path)


@record
class Doubt:
    """What a test of the method for low prices found on a bid in a round."""

    vendor: str
    name: str
    round: str
    flag: Flag


@record
class LotPrices:
    """The prices of one lot: ``bids`` by price, those without one last; ``items`` as a tree.

    ``spread`` is that of the admitted bids' prices. ``tested`` tells that the method looks for
    prices that are too low.
    """

    id: str
    title: Title
    round: Title
    budget: Fraction | None
    estimate: Fraction | None
    spread: Spread | None
    bids: tuple[PricedBid, ...]
    items: tuple[CostItem, ...]
    tested: bool
    doubts: tuple[Doubt, ...]


@record
class PriceAnalysis:
    """The prices of a round, lot by lot, and when an amount is said to stand apart."""

    tender: TenderInfo
    rule: OutlierRule
    lots: tuple[LotPrices, ...]
    warnings: tuple[Problem, ...] = ()
