"""The unknowns of a programme, each 0 or 1, and what every programme says of them.

One unknown for each lot and candidate: whether it goes there. One for each package: whether it
holds; and one for each of its lots: whether its discount is the one that counts there. One for
each vendor, where the number of vendors matters: whether it gets a lot.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm

from tenderscore.award.programme import NOBODY, Candidate, Choice, Package, Programme
from tenderscore.model.records import record

Terms = dict[int, Fraction]


@record
class Row:
    """A sum of unknowns, each times a number, that stays at or under a bound."""

    terms: Mapping[int, Fraction]
    bound: Fraction = Fraction(0)


@record
class WholeRow:
    """The same in whole numbers."""

    terms: Mapping[int, int]
    bound: int

    @property
    def size(self) -> int:
        """The largest sum that its arithmetic meets."""
        return sum(map(abs, self.terms.values())) + abs(self.bound)


def whole(row: Row) -> WholeRow:
    """A row in the smallest whole numbers; what lies between two of them is out of reach.

    >>> whole(Row({0: Fraction(3, 2), 1: Fraction(9, 4)}, Fraction(10)))
    WholeRow(terms={0: 2, 1: 3}, bound=13)
    """
    unit = unit_of(row.terms)
    most, least = unit.denominator, unit.numerator
    terms = {
        at: number.numerator * (most // number.denominator) // least
        for at, number in row.terms.items()
        if number
    }
    return WholeRow(terms, row.bound // unit)


def unit_of(terms: Mapping[int, Fraction]) -> Fraction:
    """The greatest number of which all terms are whole multiples."""
    numbers = [number for number in terms.values() if number]
    if not numbers:
        return Fraction(1)
    scale = lcm(*(number.denominator for number in numbers))
    return Fraction(gcd(*(int(number * scale) for number in numbers)), scale)


class Unknowns:
    """Numbers the unknowns of a programme from 0, those of the lots first.

    ``lot_of`` has the lot of each of these.
    """

    def __init__(self, programme: Programme) -> None:
        self.count = 0
        self._programme = programme
        self.lots = tuple(
            tuple(self._new() for _ in candidates) for candidates in programme.candidates
        )
        self.lot_of = [lot for lot, columns in enumerate(self.lots) for _ in columns]
        self._bids = [bid for candidates in programme.candidates for bid in candidates]
        self.by_vendor = self._vendors()
        self._packages = {package: self._new() for package in programme.packages}
        self._discounts = {
            (package, lot): self._new() for package in programme.packages for lot in package.lots
        }
        self._used: dict[str, int] = {}

    def used(self) -> Mapping[str, int]:
        """Whether each vendor gets a lot."""
        if not self._used:
            self._used = {vendor: self._new() for vendor in self.by_vendor}
        return self._used

    def of_others(self, vendors: Collection[str]) -> list[int]:
        """The unknowns of the lots that are about other vendors."""
        return [at for at, bid in enumerate(self._bids) if bid.vendor not in vendors]

    def prices(self, vendor: str | None = None) -> Terms:
        """What a vendor's awarded lots cost, or all: prices less discounts."""
        terms = {}
        for at in range(len(self._bids)) if vendor is None else self.by_vendor[vendor]:
            price = self._bids[at].price
            if price is not None:
                terms[at] = price
        for (package, lot), column in self._discounts.items():
            if vendor in {None, package.vendor}:
                price = self._bid(package, lot)[1].price or Fraction(0)
                terms[column] = -price * package.discount / 100
        return terms

    def gains(self) -> Terms:
        """What each lot adds to the objective by the candidate that it goes to."""
        programme = self._programme
        terms = dict(enumerate(gain for gains in programme.gains for gain in gains))
        for (package, lot), column in self._discounts.items():
            at, bid = self._bid(package, lot)
            terms[column] = programme.gain(lot, bid, package.discount) - terms[at]
        return terms

    def lots_awarded(self) -> Terms:
        """How many lots are awarded."""
        return {column: Fraction(1) for columns in self.lots for column in columns}

    def rows(self) -> Iterator[Row]:
        """A lot goes to one candidate; a package holds, and counts, where its vendor has it all."""
        one = Fraction(1)
        for columns in self.lots:
            yield Row(dict.fromkeys(columns, one), one)
        for (package, lot), column in self._discounts.items():
            holds = self._packages[package]
            yield Row({column: one, holds: -one})
            yield Row({holds: one, self._bid(package, lot)[0]: -one})
        yield from self._largest_discounts()
        yield from self._unwelcome_discounts()

    def choice(self, values: Sequence[int]) -> Choice:
        """The choice that some values of the unknowns say."""
        return tuple(
            next((at for at, column in enumerate(columns) if values[column]), NOBODY)
            for columns in self.lots
        )

    def _largest_discounts(self) -> Iterator[Row]:
        """In a lot no more than one discount counts."""
        together: dict[tuple[str, str], Terms] = {}
        for (package, lot), column in self._discounts.items():
            together.setdefault((package.vendor, lot), {})[column] = Fraction(1)
        for terms in together.values():
            if len(terms) > 1:
                yield Row(terms, Fraction(1))

    def _unwelcome_discounts(self) -> Iterator[Row]:
        """A discount that lowers the gain counts all the same, or a larger one.

        So it is where adjustments take more than all off the price.
        """
        one, gains = Fraction(1), self.gains() if self._discounts else {}
        bad = {key: column for key, column in self._discounts.items() if gains[column] < 0}
        for package in dict.fromkeys(package for package, _ in bad):
            columns = [self._bid(package, lot)[0] for lot in package.lots]
            holds = {self._packages[package]: -one}
            yield Row({**dict.fromkeys(columns, one), **holds}, Fraction(len(columns) - 1))
        for (package, lot), column in bad.items():
            instead = [
                other
                for (owner, where), other in self._discounts.items()
                if (owner.vendor, where) == (package.vendor, lot)
                and owner.discount >= package.discount
            ]
            yield Row({self._packages[package]: one, **dict.fromkeys([column, *instead], -one)})

    def _bid(self, package: Package, lot: str) -> tuple[int, Candidate]:
        at = self._programme.lots.index(lot)
        pairs = zip(self.lots[at], self._programme.candidates[at], strict=True)
        return next((column, bid) for column, bid in pairs if bid.vendor == package.vendor)

    def _vendors(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for column, bid in enumerate(self._bids):
            found.setdefault(bid.vendor, []).append(column)
        return found

    def _new(self) -> int:
        self.count += 1
        return self.count - 1
