"""Bid files: from a located document to a bid and its facts (docs/reference/files.md)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePosixPath

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.dates import date_in
from tenderscore.model.fields import KIND_NAMES
from tenderscore.model.located import Document, Node
from tenderscore.model.money import positive_price
from tenderscore.model.offers import Bid, TreeBid
from tenderscore.model.scalars import has_leading_zero
from tenderscore.model.values import is_number, kind_of
from tenderscore.sources.dotted_keys import dotted_key

_NOT_IN_OFFERS = ("id", "vendor", "supersedes", "offers", "evidence")
_TEXTS = frozenset({"id", "vendor", "supersedes", "evidence"})


def bid_of(document: Document) -> tuple[TreeBid | None, list[Problem]]:
    """The bid of a document (None where it cannot be told whose it is), and its problems."""
    return _BidReader(document).read()


class _BidReader:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._root = document.root
        self._problems: list[Problem] = []

    def read(self) -> tuple[TreeBid | None, list[Problem]]:
        if not self._root.is_mapping:
            self._add("bid-form", Message("a bid file is one mapping with a vendor.id"), self._root)
            return None, self._problems
        vendor = self._vendor_id()
        name = self._text("vendor", "name")
        offers = self._offers()
        head = Bid(
            id=self._text("id") or PurePosixPath(self._document.file).stem,
            vendor=vendor or "",
            name=name or vendor or "",
            place=self._document.place(self._root),
            received=self._received(),
            supersedes=self._text("supersedes"),
            supersedes_place=self._place("supersedes"),
            withdrawn=self._flag(self._root),
            offers=None if offers is None else {lot: self._flag(o) for lot, o in offers.items()},
        )
        self._check_prices(offers or {})
        self._check_keys(self._root, top=True)
        self._warn_leading_zeros(self._root, top=True)
        if vendor is None:
            return None, self._problems
        return TreeBid(head, self._document, offers or {}), self._problems

    def _add(self, code: str, message: Message, node: Node, help_: Message | None = None) -> None:
        self._problems.append(Problem(code, message, self._document.place(node), help_))

    def _place(self, key: str) -> Place | None:
        node = self._root.get(key)
        return None if node is None else self._document.place(node)

    def _vendor_id(self) -> str | None:
        node = self._root.get("vendor", "id")
        if node is None or (node.value is None and not node.text):
            at = node or self._root.get("vendor") or self._root
            help_ = Message("write vendor: {{id: acme, name: Acme Services}}")
            self._add("vendor-id", Message("the bid has no vendor.id"), at, help_)
            return None
        return self._text("vendor", "id")

    def _text(self, *path: str) -> str | None:
        node = self._root.get(*path)
        if node is None or (node.value is None and not node.text):
            return None
        if isinstance(node.value, (dict, list)) or not node.text.strip():
            key = ".".join(path)
            self._add("wrong-type", Message("{key} is text", key=key), node)
            return None
        return node.text

    def _received(self) -> datetime | None:
        node = self._root.get("received")
        if node is None or node.value is None:
            return None
        value = date_in(node.value) if isinstance(node.value, str) else node.value
        if isinstance(value, datetime):
            return value
        help_ = Message("write it as 2026-03-30T09:12:00+08:00")
        self._add("received", Message("received is a time of day with its zone"), node, help_)
        return None

    def _flag(self, node: Node) -> bool:
        flag = node.get("withdrawn")
        if flag is None or flag.value is None:
            return False
        if isinstance(flag.value, bool):
            return flag.value
        message = Message(
            "withdrawn is true or false, not {kind}", kind=KIND_NAMES[kind_of(flag.value)]
        )
        self._add("wrong-type", message, flag)
        return False

    def _offers(self) -> dict[str, Node] | None:
        node = self._root.get("offers")
        if node is None or node.value is None:
            return None
        if not node.is_mapping:
            self._add(
                "offers-form", Message("offers is a mapping of lots to what differs there"), node
            )
            return None
        offers = {}
        for lot, offer in node.items():
            if offer.is_mapping or offer.value is None:
                offers[lot] = offer
            else:
                message = Message("an offer is a mapping of what differs in the lot")
                self._add("offers-form", message, offer)
            for key, inner in offer.items():
                if key in _NOT_IN_OFFERS:
                    message = Message("{key} belongs to the bid, not to one offer", key=key)
                    place = self._document.key_place(inner)
                    self._problems.append(Problem("offers-form", message, place))
        return offers

    def _check_prices(self, offers: dict[str, Node]) -> None:
        for node in (self._root, *offers.values()):
            price = node.get("price")
            if price is None or price.value is None:
                continue
            message = positive_price(price.bare())
            if message is not None:
                amount = price.get("amount")
                # What is no amount of a currency is told where its type would be.
                if amount is None or price.get("currency") is None or not is_number(amount.value):
                    amount = price
                self._add("price", message, amount)

    def _check_keys(self, node: Node, *, top: bool = False) -> None:
        for key, child in node.items():
            if top and key == "evidence":
                continue
            if top and key == "offers":
                for offer in child.children():
                    self._check_keys(offer)
                continue
            problem = dotted_key(self._document, key, child)
            self._problems += [] if problem is None else [problem]
            self._check_keys(child)

    def _warn_leading_zeros(self, node: Node, *, top: bool = False) -> None:
        if isinstance(node.value, dict):
            for key, child in node.value.items():
                if not (top and key in _TEXTS):
                    self._warn_leading_zeros(child)
        elif isinstance(node.value, list):
            for child in node.value:
                self._warn_leading_zeros(child)
        elif node.plain and isinstance(node.value, str) and has_leading_zero(node.text):
            message = Message("{text} begins with 0 and is read as text", text=node.text)
            help_ = Message("quote it if it is text; drop the zero if it is a number")
            place = self._document.place(node)
            self._problems.append(Problem("leading-zero", message, place, help_, "warning"))


def bids_of(documents: Sequence[Document]) -> tuple[list[TreeBid], list[Problem]]:
    """The bids of documents, and all that is wrong with them."""
    bids: list[TreeBid] = []
    problems: list[Problem] = []
    for document in documents:
        problems.extend(document.problems)
        if document.is_unreadable:
            continue
        bid, found = bid_of(document)
        problems.extend(found)
        if bid is not None:
            bids.append(bid)
    return bids, problems
