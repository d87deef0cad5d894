"""Bids, and the offers that they make for lots (docs/reference/files.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Protocol

from tenderscore.errors import Message, Place
from tenderscore.model.breakdown import BREAKDOWN, breakdown_fault, is_cost
from tenderscore.model.columns import Column, column_of
from tenderscore.model.located import Document, Node
from tenderscore.model.money import Exchange
from tenderscore.model.records import record
from tenderscore.model.values import Path, Value


@record
class Bid:
    """One vendor's bid as it was received: who, when, for which lots, and where it stands.

    ``offers`` maps lots to whether the offer was withdrawn; it is None where the bid is for every
    lot. ``place`` is the bid's own place.
    """

    id: str
    vendor: str
    name: str
    place: Place
    received: datetime | None = None
    supersedes: str | None = None
    supersedes_place: Place | None = None
    withdrawn: bool = False
    offers: Mapping[str, bool] | None = None

    def names_lot(self, lot: str) -> bool:
        """Whether the bid is for a lot, withdrawn or not."""
        return self.offers is None or lot in self.offers

    def withdrawn_from(self, lot: str) -> bool:
        """Whether the bid was withdrawn for a lot."""
        return self.withdrawn or bool(self.offers and self.offers.get(lot))

    @property
    def is_live(self) -> bool:
        """Whether something of it was not withdrawn."""
        return not self.withdrawn and (self.offers is None or not all(self.offers.values()))


class Offers(Protocol):
    """The live offers in one lot, in order of the vendors' ids."""

    @property
    def vendors(self) -> Sequence[str]:
        """The vendors' ids."""

    @property
    def names(self) -> Sequence[str]:
        """The vendors' names."""

    @property
    def bids(self) -> Sequence[str]:
        """The bids' ids."""

    def column(self, path: Path) -> Column:
        """A fact of all offers, money as its amount in the tender's currency."""

    def stated(self, row: int, path: Path) -> Value:
        """A fact as the bid says it: money with its currency."""

    def place(self, row: int, path: Path) -> Place:
        """Where an offer's fact stands, or where it would."""

    def cost_faults(self) -> Iterator[tuple[int, Message]]:
        """The offers whose price is not the sum of its parts, and by how much."""


@record
class TreeBid:
    """A bid of a YAML or JSON file: its facts, and what its offers say otherwise."""

    head: Bid
    document: Document
    offers: Mapping[str, Node] = field(default_factory=dict)

    def node(self, lot: str, path: Path) -> Node | None:
        """The fact at a path as the offer for a lot has it."""
        return _at(self.document.root, self.offers.get(lot), path)[0]

    def value(self, lot: str, path: Path, exchange: Exchange) -> Value:
        """The fact's value, money settled."""
        node, offer = _at(self.document.root, self.offers.get(lot), path)
        if node is None:
            return None
        if not isinstance(node.value, (dict, list)):
            return self._cost(lot, node.value, exchange) if is_cost(path) else node.value
        return exchange.settled(_merged(node, offer))

    def _cost(self, lot: str, value: Value, exchange: Exchange) -> Value:
        """A part of the price, which is in the price's currency."""
        currency = self.node(lot, ("price", "currency"))
        if currency is None:
            return value
        return exchange.settled({"amount": value, "currency": currency.bare()})

    def stated(self, lot: str, path: Path) -> Value:
        """The fact's value as it is written."""
        return _merged(*_at(self.document.root, self.offers.get(lot), path))

    def place(self, lot: str, path: Path) -> Place:
        """Where the fact stands; without it, the nearest place above it."""
        for length in range(len(path), 0, -1):
            node = self.node(lot, path[:length])
            if node is not None:
                return self.document.place(node)
        return self.head.place


def is_money_node(node: Node) -> bool:
    """Whether a node is an amount with its currency."""
    return isinstance(node.value, dict) and "amount" in node.value and "currency" in node.value


def _merges(base: Node, offer: Node) -> bool:
    both = base.is_mapping and offer.is_mapping
    return both and not is_money_node(base) and not is_money_node(offer)


def _at(base: Node | None, offer: Node | None, path: Path) -> tuple[Node | None, Node | None]:
    """What stands at a path, and what the offer still lays over it."""
    for key in path:
        below = None if offer is None else offer.get(key)
        base = None if base is None else base.get(key)
        if below is not None and (base is None or not _merges(base, below)):
            base, below = below, None
        offer = below
    return base, offer


def _merged(base: Node | None, offer: Node | None) -> Value:
    if offer is None:
        return None if base is None else base.bare()
    if base is None or not _merges(base, offer):
        return offer.bare()
    keys = [*dict(base.items()), *(key for key, _ in offer.items() if base.get(key) is None)]
    return {key: _merged(base.get(key), offer.get(key)) for key in keys}


class TreeOffers:
    """The offers of tree bids in one lot."""

    def __init__(self, lot: str, bids: Sequence[TreeBid], exchange: Exchange) -> None:
        ordered = sorted(bids, key=lambda bid: bid.head.vendor)
        self._lot = lot
        self._trees = ordered
        self._exchange = exchange
        self.vendors = [bid.head.vendor for bid in ordered]
        self.names = [bid.head.name for bid in ordered]
        self.bids = [bid.head.id for bid in ordered]

    def column(self, path: Path) -> Column:
        """A fact of all offers."""
        lot, exchange = self._lot, self._exchange
        return column_of([bid.value(lot, path, exchange) for bid in self._trees])

    def stated(self, row: int, path: Path) -> Value:
        """A fact as the bid says it."""
        return self._trees[row].stated(self._lot, path)

    def place(self, row: int, path: Path) -> Place:
        """Where an offer's fact stands."""
        return self._trees[row].place(self._lot, path)

    def cost_faults(self) -> Iterator[tuple[int, Message]]:
        """The offers whose price is not the sum of its parts."""
        for row, bid in enumerate(self._trees):
            if bid.node(self._lot, BREAKDOWN) is not None:
                fault = breakdown_fault(bid.stated(self._lot, BREAKDOWN[:1]))
                if fault is not None:
                    yield row, fault


class ColumnOffers:
    """Offers in one lot that are columns already, vendors in order of their ids."""

    def __init__(self, vendors: Sequence[str], columns: Mapping[Path, Column]) -> None:
        self.vendors = vendors
        self.names = vendors
        self.bids = vendors
        self._columns = columns

    def column(self, path: Path) -> Column:
        """A fact of all offers; missing in all where there is no such column."""
        column = self._columns.get(path)
        return column_of([None] * len(self.vendors)) if column is None else column

    def stated(self, row: int, path: Path) -> Value:
        """A fact of one offer."""
        return self.column(path).value(row)

    def place(self, row: int, path: Path) -> Place:
        """The row, counted from 1."""
        return Place("memory", row + 1, ".".join(path) or None)

    def cost_faults(self) -> Iterator[tuple[int, Message]]:
        """None: columns state no money."""
        return iter(())
