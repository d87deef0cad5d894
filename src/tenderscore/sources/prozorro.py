"""A tender of Prozorro, Ukraine's public procurement system, as its interface publishes it.

One JSON file holds the tender, its lots and features, the bids and what the buyer decided on them.
Here it becomes the documents that a folder would hold, with every value at its own place, so that
everything else is as for any round (docs/how-to/prozorro.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from tenderscore.errors import Message, Problem
from tenderscore.model.located import Document, Node
from tenderscore.sources._made_nodes import made_mapping, made_scalar
from tenderscore.sources.prozorro_bids import OfferRules, TenderBids, money_of
from tenderscore.sources.prozorro_costs import LifeCycleCosts
from tenderscore.sources.prozorro_decisions import TenderDecisions
from tenderscore.sources.prozorro_features import Features
from tenderscore.sources.prozorro_form import TenderForm, said, word

# The procedures in which bids are compared by price and features, for one winner in a lot.
PROCEDURES = (
    "belowThreshold",
    "aboveThreshold",
    "aboveThresholdUA",
    "aboveThresholdEU",
    "aboveThresholdUA.defense",
    "simple.defense",
    "competitiveDialogueUA.stage2",
    "competitiveDialogueEU.stage2",
    "priceQuotation",
    "requestForProposal",
)
BY_PRICE = ("lowestCost", "lifeCycleCost")
ALL = "all"
_MARKS = frozenset({"procurementMethodType", "tenderID"})
_MARK = re.compile(r'"(?:procurementMethodType|tenderID)"\s*:')
# What the platform puts before the title of a trial tender, in place of an English one.
_LABEL = re.compile(r"\[[^\]]*\]")


class ProzorroTender:
    """A tender's file, as the documents of a round."""

    preset: ClassVar[str] = "prozorro"

    def __init__(self, document: Document) -> None:
        self._form = TenderForm(document)
        self._form.problems.extend(document.problems)
        self._judged = not document.is_unreadable and self._is_judged()
        if not self._judged:
            self._form.root = Node({}, self._form.root.line, self._form.root.column)
        self._lots = self._read_lots()
        self._features = Features(self._form)
        rules = OfferRules(self._features, LifeCycleCosts(self._form))
        self._bids = TenderBids(self._form, rules, self._lots, self._open_lots())

    @staticmethod
    def recognises(document: Document) -> bool:
        """Whether a file is a tender of the platform, or was before it was broken."""
        if document.is_unreadable:
            return _MARK.search(document.text) is not None
        root = document.root.get("data") or document.root
        return any(key in _MARKS for key, _ in root.items())

    @property
    def problems(self) -> Sequence[Problem]:
        """What is wrong or doubtful in the file."""
        return self._form.problems

    def tender(self) -> Document:
        """The tender, its lots and what their features come to at most."""
        root = self._form.root
        buyer = root.get("procuringEntity") or root
        content = {
            "id": said(root, "tenderID") or said(root, "id"),
            "title": _title(root),
            "buyer": made_mapping({"name": said(buyer, "name")}, buyer),
            "currency": self._currency(),
            "deadline": said(root, "tenderPeriod", "endDate"),
            "budget": money_of(root),
            "lots": self._lots_made(),
        }
        return self._made(made_mapping(content, root))

    def bids(self) -> Sequence[Document]:
        """A document for each bid that takes part or was withdrawn."""
        if not self._judged:
            return ()
        if not self._bids.received:
            status = word(self._form.root, "status") or "?"
            message = Message("the tender has no bids; its status is {status}", status=status)
            self._form.tell("no-bids", message, self._form.root.get("bids") or self._form.root)
        return [self._made(bid) for bid in self._bids.made()]

    def decisions(self, last_round: str) -> Document:
        """The rejections that the file records."""
        found = TenderDecisions(self._form, self._bids).made(last_round)
        return self._made(Node(found, self._form.root.line, self._form.root.column))

    def _made(self, root: Node) -> Document:
        return Document(self._form.document.file, root)

    def _is_judged(self) -> bool:
        """Whether the file says how bids are judged, and it is by price and features."""
        root = self._form.root
        procedure, by = said(root, "procurementMethodType"), said(root, "awardCriteria")
        if procedure is not None and procedure.text not in PROCEDURES:
            template = "the procedure {procedure} is not one that is judged here"
            message = Message(template, procedure=procedure.text)
            help_ = Message("these are: {words}", words=", ".join(PROCEDURES))
            self._form.tell("prozorro-procedure", message, procedure, help_)
            return False
        if by is not None and by.text not in BY_PRICE:
            message = Message("awardCriteria {word} is not judged here", word=by.text)
            help_ = Message("these are: {words}", words=", ".join(BY_PRICE))
            self._form.tell("prozorro-procedure", message, by, help_)
            return False
        return True

    def _read_lots(self) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for lot in self._form.mappings(self._form.root, "lots"):
            id_ = self._form.needed(lot, "id")
            if id_ is None:
                continue
            if found.setdefault(id_.text, lot) is not lot:
                message = Message("the id {id!r} is given twice", id=id_.text)
                self._form.tell("prozorro-form", message, id_)
        return found

    def _open_lots(self) -> dict[str, Node]:
        """The lots whose bids are judged: those that were not cancelled."""
        lots = self._lots or {ALL: self._form.root}
        if _is_cancelled(self._form.root):
            self._tell_cancelled(self._form.root)
            return {}
        for id_, lot in lots.items():
            if self._lots and _is_cancelled(lot):
                self._tell_cancelled(lot, id_)
        return {id_: lot for id_, lot in lots.items() if not _is_cancelled(lot)}

    def _tell_cancelled(self, node: Node, lot: str | None = None) -> None:
        at = node.get("status") or node
        reason = self._cancellation(lot)
        message = Message("the tender was cancelled: its bids are not compared")
        if lot is not None:
            message = Message("lot {lot} was cancelled: its bids are not compared", lot=lot)
        help_ = None if reason is None else Message("the reason given is: {reason}", reason=reason)
        self._form.note("prozorro-status", message, at, help_)

    def _cancellation(self, lot: str | None) -> str | None:
        """Why a lot, or the tender, was cancelled."""
        for each in self._form.mappings(self._form.root, "cancellations"):
            if word(each, "status") == "active" and word(each, "relatedLot") == lot:
                return word(each, "reason")
        return None

    def _currency(self) -> Node | None:
        for node in (self._form.root, *self._lots.values()):
            currency = said(node, "value", "currency")
            if currency is not None:
                return currency
        return None

    def _lots_made(self) -> Node:
        root = self._form.root
        lots = self._lots or {ALL: root}
        made: dict[str, Node | None] = {id_: self._lot_made(id_, lot) for id_, lot in lots.items()}
        return made_mapping(made, root.get("lots") or root)

    def _lot_made(self, id_: str, lot: Node) -> Node:
        at = self._form.root.get("features") or lot
        content = {
            "title": _title(lot),
            "budget": money_of(lot),
            "features_max": made_scalar(self._features.greatest(id_), at),
        }
        return made_mapping(content, lot)


def _is_cancelled(node: Node) -> bool:
    return word(node, "status") == "cancelled"


def _title(node: Node) -> Node | None:
    """The English title where it says something, else the original."""
    english = said(node, "title_en")
    if english is not None and _LABEL.sub("", english.text).strip():
        return english
    return said(node, "title")
