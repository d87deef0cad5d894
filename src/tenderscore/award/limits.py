"""The constraints on an award, a class each: whether an outcome keeps to it, and its rows.

A row bounds a sum from above: terms by unknown, and the number that they may reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from tenderscore.award.programme import Outcome
from tenderscore.award.unknowns import Row, Unknowns
from tenderscore.model.records import record


@record
class LotsPerVendor:
    """No vendor gets more lots than that."""

    id = "lots_per_vendor"
    limit: Fraction

    def holds(self, outcome: Outcome) -> bool:
        """Whether an outcome keeps to it."""
        return all(count <= self.limit for count in outcome.lots_by_vendor().values())

    def rows(self, unknowns: Unknowns) -> Iterator[Row]:
        """A row a vendor."""
        for columns in unknowns.by_vendor.values():
            if len(columns) > self.limit:
                yield Row(dict.fromkeys(columns, Fraction(1)), self.limit)


@record
class ValuePerVendor:
    """What a vendor's awarded prices add up to stays within its capacity.

    ``most`` has the capacity of every vendor that states one; another is awarded nothing.
    """

    id = "value_per_vendor"
    limit: Fraction | str
    most: Mapping[str, Fraction]

    def holds(self, outcome: Outcome) -> bool:
        """Whether an outcome keeps to it."""
        vendors = outcome.lots_by_vendor()
        return all(outcome.value(vendor) <= self.capacity(vendor) for vendor in vendors)

    def rows(self, unknowns: Unknowns) -> Iterator[Row]:
        """A row a vendor."""
        for vendor in unknowns.by_vendor:
            yield Row(unknowns.prices(vendor), self.capacity(vendor))

    def capacity(self, vendor: str) -> Fraction:
        """The most that a vendor's lots may cost together."""
        return self.most.get(vendor, Fraction(0))


@record
class Budget:
    """What all lots cost together stays within the budget."""

    id = "budget"
    limit: Fraction

    def holds(self, outcome: Outcome) -> bool:
        """Whether an outcome keeps to it."""
        return outcome.value() <= self.limit

    def rows(self, unknowns: Unknowns) -> Iterator[Row]:
        """One row of all prices."""
        yield Row(unknowns.prices(), self.limit)


@record
class VendorsAtLeast:
    """The lots go to so many vendors or more."""

    id = "vendors.at_least"
    limit: Fraction

    def holds(self, outcome: Outcome) -> bool:
        """Whether an outcome keeps to it."""
        return len(outcome.lots_by_vendor()) >= self.limit

    def rows(self, unknowns: Unknowns) -> Iterator[Row]:
        """A vendor counts where it has a lot; so many count."""
        used = unknowns.used()
        for vendor, columns in unknowns.by_vendor.items():
            yield Row({used[vendor]: Fraction(1), **dict.fromkeys(columns, Fraction(-1))})
        yield Row(dict.fromkeys(used.values(), Fraction(-1)), -self.limit)


@record
class VendorsAtMost:
    """The lots go to no more vendors than that."""

    id = "vendors.at_most"
    limit: Fraction

    def holds(self, outcome: Outcome) -> bool:
        """Whether an outcome keeps to it."""
        return len(outcome.lots_by_vendor()) <= self.limit

    def rows(self, unknowns: Unknowns) -> Iterator[Row]:
        """A vendor that has a lot counts; no more than so many do."""
        used = unknowns.used()
        for vendor, columns in unknowns.by_vendor.items():
            for column in columns:
                yield Row({column: Fraction(1), used[vendor]: Fraction(-1)})
        yield Row(dict.fromkeys(used.values(), Fraction(1)), self.limit)


@record
class IncumbentsEach:
    """No vendor that holds a contract now gets more lots than that."""

    id = "incumbents.lots_per_vendor"
    limit: Fraction
    vendors: frozenset[str]

    def holds(self, outcome: Outcome) -> bool:
        """Whether an outcome keeps to it."""
        counts = outcome.lots_by_vendor()
        return all(counts[vendor] <= self.limit for vendor in self.vendors)

    def rows(self, unknowns: Unknowns) -> Iterator[Row]:
        """A row an incumbent."""
        for vendor, columns in unknowns.by_vendor.items():
            if vendor in self.vendors:
                yield Row(dict.fromkeys(columns, Fraction(1)), self.limit)


@record
class IncumbentsTogether:
    """All vendors that hold a contract now together get no more lots than that."""

    id = "incumbents.at_most"
    limit: Fraction
    vendors: frozenset[str]

    def holds(self, outcome: Outcome) -> bool:
        """Whether an outcome keeps to it."""
        counts = outcome.lots_by_vendor()
        return sum(counts[vendor] for vendor in self.vendors) <= self.limit

    def rows(self, unknowns: Unknowns) -> Iterator[Row]:
        """One row of all incumbents."""
        columns = [
            column
            for vendor, columns in unknowns.by_vendor.items()
            if vendor in self.vendors
            for column in columns
        ]
        yield Row(dict.fromkeys(columns, Fraction(1)), self.limit)
