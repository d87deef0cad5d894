"""All bids of a round in one shape, whether they came as files or as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from tenderscore.checks import NearMisses
from tenderscore.errors import Message, Place, Problem
from tenderscore.model.money import Exchange
from tenderscore.model.offers import Bid, Offers, TreeBid, TreeOffers
from tenderscore.model.result import SetAside
from tenderscore.model.suggestions import did_you_mean
from tenderscore.model.values import Value
from tenderscore.pipeline.versions import Standing, standing, withdrawn

if TYPE_CHECKING:
    from tenderscore.sources.table_bids import TableBids


class BidBook(Protocol):
    """The bids of a round."""

    @property
    def count(self) -> int:
        """How many bids were received, versions and withdrawn ones included."""

    def names(self) -> Mapping[str, str]:
        """Every vendor's name by id."""

    def lots(self) -> Sequence[tuple[str, Place]]:
        """The lots that offers name, each with a place where it is named."""

    def problems(self, deadline: datetime | None) -> list[Problem]:
        """What is wrong with the bids and their versions."""

    def offers(self, lot: str, exchange: Exchange) -> Offers:
        """The live offers in a lot."""

    def set_aside(self, lot: str) -> tuple[SetAside, ...]:
        """The bids that take no part in a lot, by vendor and bid."""

    def lot_facts(self, lot: str) -> Mapping[str, tuple[Value, Place]]:
        """What the bids' table says of the lot itself."""

    def near_misses(self, finder: NearMisses) -> Iterator[Problem]:
        """Facts that nobody reads and that were probably meant for others."""


class _Versioned:
    """What follows from the versions of bids."""

    def __init__(self, heads: Sequence[Bid]) -> None:
        self.heads = heads
        self._standing: Standing | None = None

    def stands(self, deadline: datetime | None) -> Standing:
        self._standing = standing(self.heads, deadline)
        return self._standing

    @property
    def standing(self) -> frozenset[str]:
        if self._standing is None:
            self._standing = standing(self.heads, None)
        return self._standing.standing

    def set_aside(self, lot: str) -> tuple[SetAside, ...]:
        rules = self._standing.rules if self._standing is not None else {}
        found: dict[str, SetAside] = {}
        for bid in self.heads:
            if not bid.names_lot(lot):
                continue
            if bid.id in rules:
                found[bid.id] = rules[bid.id]
            elif bid.withdrawn_from(lot):
                found[bid.id] = withdrawn(bid)
        return tuple(sorted(found.values(), key=lambda aside: (aside.vendor, aside.bid)))


class FileBook:
    """Bids of a folder: a file each."""

    def __init__(self, bids: Sequence[TreeBid], problems: Sequence[Problem]) -> None:
        self._bids = sorted(bids, key=lambda bid: (bid.head.id, bid.head.place.order))
        self._problems = list(problems)
        self._versioned = _Versioned([bid.head for bid in self._bids])

    @property
    def count(self) -> int:
        """How many files there are."""
        return len(self._bids)

    def names(self) -> dict[str, str]:
        """Every vendor's name by id; the standing bid's where versions differ."""
        names = {bid.head.vendor: bid.head.name for bid in self._bids}
        for bid in self._bids:
            if bid.head.id in self._versioned.standing:
                names[bid.head.vendor] = bid.head.name
        return names

    def lots(self) -> list[tuple[str, Place]]:
        """The lots that offers name."""
        return [
            (lot, bid.document.key_place(node))
            for bid in self._bids
            for lot, node in bid.offers.items()
        ]

    def problems(self, deadline: datetime | None) -> list[Problem]:
        """What is wrong with files and versions."""
        return [*self._problems, *self._versioned.stands(deadline).problems]

    def offers(self, lot: str, exchange: Exchange) -> Offers:
        """The live offers in a lot."""
        live = [
            bid
            for bid in self._bids
            if bid.head.id in self._versioned.standing
            and bid.head.names_lot(lot)
            and not bid.head.withdrawn_from(lot)
        ]
        return TreeOffers(lot, live, exchange)

    def set_aside(self, lot: str) -> tuple[SetAside, ...]:
        """The bids that take no part in a lot."""
        return self._versioned.set_aside(lot)

    def lot_facts(self, lot: str) -> Mapping[str, tuple[Value, Place]]:  # noqa: ARG002
        """Bid files say nothing of lots."""
        return {}

    def near_misses(self, finder: NearMisses) -> Iterator[Problem]:
        """Facts that nobody reads, in every file."""
        for bid in self._bids:
            yield from finder.of_bid(bid)


class TableBook:
    """Bids of a table: a row an offer."""

    def __init__(self, source: TableBids) -> None:
        self._source = source
        self._versioned = _Versioned(source.heads() if source.has_versions else [])

    @property
    def count(self) -> int:
        """How many bids the rows make."""
        return self._source.count

    def names(self) -> Mapping[str, str]:
        """Every vendor's name by id."""
        return self._source.names()

    def lots(self) -> list[tuple[str, Place]]:
        """The lots that rows name."""
        column = self._source.table.texts.get("lot")
        if column is None:
            return []
        rows = {column.value(row): row for row in reversed(range(self._source.table.rows))}
        place = self._source.table.place
        return [(str(lot), place(rows[lot], "lot")) for lot in self._source.lots if lot in rows]

    def problems(self, deadline: datetime | None) -> list[Problem]:
        """What is wrong with rows and versions."""
        return [*self._source.problems, *self._versioned.stands(deadline).problems]

    def offers(self, lot: str, exchange: Exchange) -> Offers:
        """The live offers in a lot."""
        live = self._versioned.standing if self._source.has_versions else None
        return self._source.offers(lot, live, exchange)

    def set_aside(self, lot: str) -> tuple[SetAside, ...]:
        """The bids that take no part in a lot."""
        return self._versioned.set_aside(lot)

    def lot_facts(self, lot: str) -> Mapping[str, tuple[Value, Place]]:
        """What ``lot.`` columns say of a lot."""
        return self._source.lot_facts(lot)

    def near_misses(self, finder: NearMisses) -> Iterator[Problem]:
        """Columns that nobody reads."""
        return finder.of_table(self._source.table)


def unknown_lots(book: BidBook, known: Mapping[str, object]) -> Iterator[Problem]:
    """Offers for lots that the tender does not list."""
    for lot, place in book.lots():
        if lot not in known:
            message = Message("tender.yaml lists no lot {lot!r}", lot=lot)
            yield Problem("unknown-lot", message, place, did_you_mean(lot, known))
