"""A programme: the lots with their candidates, and what a choice among them comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeAlias

from tenderscore.model.award import Objective, Prices
from tenderscore.model.records import record

if TYPE_CHECKING:
    from tenderscore.award.unknowns import Row, Unknowns
    from tenderscore.model.evaluated import PriceFormula

NOBODY = -1
NOTHING = Fraction(0)
Choice: TypeAlias = tuple[int, ...]
"""For each lot in order the place of the chosen candidate, or ``NOBODY``."""


@record
class Candidate:
    """A bid on a lot's shortlist; ``total`` is 0 where the last round has none.

    ``formula`` makes its evaluated price; without one that is the price.
    """

    vendor: str
    name: str
    rank: int | None
    total: Fraction
    price: Fraction | None
    formula: PriceFormula | None = None

    def prices(self, discount: Fraction = NOTHING) -> Prices:
        """What it costs, and is compared by, with some percent taken off its price."""
        if self.price is None:
            return Prices(None, None)
        price = self.price * (100 - discount) / 100 if discount else self.price
        return Prices(price, price if self.formula is None else self.formula.of(price))


@record
class Package:
    """``discount`` percent off a vendor's prices for some lots when it gets all of them."""

    vendor: str
    lots: tuple[str, ...]
    discount: Fraction


class Outcome:
    """What a choice comes to: who has which lot at what price."""

    def __init__(self, programme: Programme, choice: Choice) -> None:
        self.choice = choice
        lots = zip(programme.lots, programme.candidates, choice, strict=True)
        self.chosen = {lot: among[at] for lot, among, at in lots if at != NOBODY}
        self.packages = tuple(p for p in programme.packages if self._holds(p))
        self._programme = programme

    @cached_property
    def compared(self) -> Mapping[str, Prices]:
        """What each awarded lot costs, and is compared by, discounts taken off."""
        return {lot: bid.prices(self._discounts[lot]) for lot, bid in self.chosen.items()}

    @cached_property
    def prices(self) -> Mapping[str, Fraction | None]:
        """What each awarded lot costs."""
        return {lot: prices.price for lot, prices in self.compared.items()}

    @cached_property
    def gain(self) -> Fraction:
        """What it comes to in what is made great."""
        gain = self._programme.gain
        return sum(
            (gain(lot, bid, self._discounts[lot]) for lot, bid in self.chosen.items()), NOTHING
        )

    @property
    def worth(self) -> tuple[int, Fraction]:
        """What makes one outcome better than another: more lots, then the greater gain."""
        return len(self.chosen), self.gain

    def lots_by_vendor(self) -> Counter[str]:
        """How many lots each vendor has."""
        return Counter(bid.vendor for bid in self.chosen.values())

    def value(self, vendor: str | None = None) -> Fraction:
        """What a vendor's lots cost, or all."""
        return sum(
            (
                self.prices[lot] or Fraction(0)
                for lot, bid in self.chosen.items()
                if vendor is None or bid.vendor == vendor
            ),
            Fraction(0),
        )

    def _holds(self, package: Package) -> bool:
        owners = (self.chosen.get(lot) for lot in package.lots)
        return all(bid is not None and bid.vendor == package.vendor for bid in owners)

    @cached_property
    def _discounts(self) -> Mapping[str, Fraction]:
        """The largest discount of those that hold, by lot."""
        found = dict.fromkeys(self.chosen, NOTHING)
        for package in self.packages:
            for lot in package.lots:
                found[lot] = max(found[lot], package.discount)
        return found


class Limit(Protocol):
    """One constraint; ``limits`` has them."""

    @property
    def id(self) -> str:
        """Its keys in tender.yaml."""

    @property
    def limit(self) -> Fraction | str:
        """The number or the fact that tender.yaml gives."""

    def holds(self, outcome: Outcome) -> bool:
        """Whether an outcome keeps to it."""

    def rows(self, unknowns: Unknowns) -> Iterator[Row]:
        """What it says of the unknowns."""


class Programme:
    """Lots with candidates in tie-break order (the better rank, then the vendor's id).

    ``decimals`` are those to which each lot's points are rounded; None, or no lot there, keeps all.
    """

    def __init__(
        self,
        candidates: Mapping[str, Iterable[Candidate]],
        objective: Objective,
        limits: Sequence[Limit] = (),
        packages: Sequence[Package] = (),
        decimals: Mapping[str, int | None] | None = None,
    ) -> None:
        self.lots = tuple(candidates)
        self.candidates = tuple(tuple(sorted(each, key=_order)) for each in candidates.values())
        self.objective = objective
        self.decimals = decimals or {}
        self.limits = tuple(limits)
        self.packages = tuple(package for package in packages if self._is_possible(package))

    @cached_property
    def lowest(self) -> Mapping[str, Prices]:
        """The lowest prices among each lot's candidates."""
        return {
            lot: _lowest([bid.prices() for bid in among])
            for lot, among in zip(self.lots, self.candidates, strict=True)
        }

    def outcome(self, choice: Choice) -> Outcome:
        """What a choice comes to."""
        return Outcome(self, choice)

    def broken(self, outcome: Outcome) -> tuple[Limit, ...]:
        """The constraints that an outcome does not keep to."""
        return tuple(limit for limit in self.limits if not limit.holds(outcome))

    def with_limits(self, limits: Sequence[Limit]) -> Programme:
        """The same lots under other constraints."""
        other = copy(self)
        other.limits = tuple(limits)
        return other

    def among(self, vendors: Collection[str]) -> Programme:
        """The same lots with some vendors alone, compared with the lowest prices of all."""
        other = copy(self)
        vars(other).pop("gains", None)
        vars(other)["lowest"] = self.lowest
        other.candidates = tuple(
            tuple(bid for bid in among if bid.vendor in vendors) for among in self.candidates
        )
        other.packages = tuple(each for each in self.packages if each.vendor in vendors)
        return other

    @cached_property
    def gains(self) -> tuple[tuple[Fraction, ...], ...]:
        """What each lot adds by the candidate that it goes to, without discounts."""
        pairs = zip(self.lots, self.candidates, strict=True)
        return tuple(tuple(self.gain(lot, bid) for bid in among) for lot, among in pairs)

    def gain(self, lot: str, bid: Candidate, discount: Fraction = NOTHING) -> Fraction:
        """What a lot adds when it goes to a candidate with some percent taken off its price."""
        if not self.objective.reads_prices:
            return bid.total
        prices, decimals = bid.prices(discount), self.decimals.get(lot)
        return self.objective.gain(bid.total, prices, self.lowest[lot], decimals)

    def _is_possible(self, package: Package) -> bool:
        """Whether its vendor is a candidate for all of its lots."""
        here = dict(zip(self.lots, self.candidates, strict=True))
        return all(
            any(bid.vendor == package.vendor for bid in here.get(lot, ())) for lot in package.lots
        )


def _lowest(among: Sequence[Prices]) -> Prices:
    prices = [each.price for each in among if each.price is not None]
    evaluated = [each.evaluated for each in among if each.evaluated is not None]
    return Prices(min(prices, default=None), min(evaluated, default=None))


def _order(bid: Candidate) -> tuple[bool, int, str]:
    return bid.rank is None, bid.rank or 0, bid.vendor
