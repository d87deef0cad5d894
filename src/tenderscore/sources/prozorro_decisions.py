"""What people decided in a Prozorro tender: bids disqualified before the prices, awards refused.

The platform itself passes over the bids with an unsuccessful award and no others: a cancelled
award is a decision taken back.
"""

from __future__ import annotations

from collections.abc import Iterator

from tenderscore.errors import Message
from tenderscore.model.located import Node
from tenderscore.sources._made_nodes import made_mapping, made_text
from tenderscore.sources.prozorro_bids import TenderBids
from tenderscore.sources.prozorro_form import TenderForm, said, word

REFUSED = "unsuccessful"
CANCELLED = "cancelled"
_DAY = len("2026-03-30")


class TenderDecisions:
    """The refusals of a tender, as entries of decisions.yaml; each bid is put out once in a lot."""

    def __init__(self, form: TenderForm, bids: TenderBids) -> None:
        self._form = form
        self._bids = bids
        self._in_play = {word(bid, "id"): bid for bid in bids.in_play()}
        self._out: set[tuple[str | None, str | None]] = set()

    def made(self, last_round: str) -> list[Node]:
        """Who was put out: before the comparison, and from the awards."""
        entries = [*self._disqualified(), *self._refused(last_round)]
        self._tell_cancelled()
        return entries

    def _disqualified(self) -> Iterator[Node]:
        for found in self._form.mappings(self._form.root, "qualifications"):
            if word(found, "status") == REFUSED:
                yield from self._entry(found, "bidID", None)
        for id_, bid in self._in_play.items():
            if word(bid, "status") == REFUSED and not any(each == id_ for each, _ in self._out):
                yield from self._entry(bid, "id", None)
            for lot, value in self._bids.values(bid) if self._bids.has_lots else ():
                if word(value, "status") == REFUSED and not self._is_out(id_, lot):
                    yield from self._of_lot(value, bid, lot)

    def _of_lot(self, value: Node, bid: Node, lot: str) -> Iterator[Node]:
        self._out.add((word(bid, "id"), lot))
        at = value.get("relatedLot") or value
        yield self._made(value, self._bids.vendor(bid), at, None)

    def _refused(self, last_round: str) -> Iterator[Node]:
        for award in self._form.mappings(self._form.root, "awards"):
            if word(award, "status") == REFUSED:
                yield from self._entry(award, "bid_id", last_round)

    def _entry(self, found: Node, key: str, round_: str | None) -> Iterator[Node]:
        id_, lot = word(found, key), word(found, "lotID")
        bid = self._in_play.get(id_)
        if bid is None:
            self._tell_nobody(found, lot)
        elif self._offers(bid, lot) and not self._is_out(id_, lot):
            self._out.add((id_, lot))
            yield self._made(found, self._bids.vendor(bid), said(found, "lotID"), round_)

    def _offers(self, bid: Node, lot: str | None) -> bool:
        offered = [each for each, _ in self._bids.values(bid)]
        return bool(offered) if lot is None else lot in offered or not self._bids.has_lots

    def _tell_nobody(self, found: Node, lot: str | None) -> None:
        """A refusal of nobody in play; in a cancelled lot there is nothing to say of it."""
        if self._bids.lots and (lot is None or lot in self._bids.lots):
            message = Message("this refusal is of no bid that takes part")
            self._form.note("prozorro-status", message, found.get("status") or found)

    def _is_out(self, bid: str | None, lot: str | None) -> bool:
        return (bid, lot) in self._out or (bid, None) in self._out

    def _made(self, found: Node, vendor: Node, lot: Node | None, round_: str | None) -> Node:
        at = found.get("status") or found
        content = {
            "decide": made_text("eliminate", at),
            "vendor": made_text(vendor.text, at),
            "lot": lot if self._bids.has_lots else None,
            "round": None if round_ is None else made_text(round_, at),
            "by": self._buyer(),
            "date": self._day(found),
            "reason": _reason(found, at),
        }
        return made_mapping(content, found)

    def _buyer(self) -> Node:
        buyer = said(self._form.root, "procuringEntity", "name")
        return made_text("procuringEntity", self._form.root) if buyer is None else buyer

    def _day(self, found: Node) -> Node | None:
        """The calendar date of a decision, else of the tender's last change."""
        root = self._form.root
        date = said(found, "date") or said(root, "dateModified") or said(root, "date")
        return None if date is None else made_text(date.text[:_DAY], date)

    def _tell_cancelled(self) -> None:
        """Awards that were taken back and of which no other tells what became of the bid."""
        awards = list(self._form.mappings(self._form.root, "awards"))
        last = {(word(each, "bid_id"), word(each, "lotID")): each for each in awards}
        for award in last.values():
            lot = word(award, "lotID")
            if word(award, "status") == CANCELLED and (lot is None or lot in self._bids.lots):
                message = Message("this award was cancelled: that decides nothing here")
                help_ = Message("a bid that is out for good is eliminated in decisions.yaml")
                self._form.note("prozorro-status", message, award.get("status") or award, help_)


def _reason(found: Node, at: Node) -> Node:
    """The words that the record has for it, else what it says by its flags."""
    words = [node for key in ("title", "description") if (node := said(found, key)) is not None]
    if words:
        return made_text(": ".join(node.text for node in words), words[0])
    flags = [
        f"{key}: {node.text}"
        for key in ("status", "qualified", "eligible")
        if (node := said(found, key)) is not None
    ]
    return made_text(", ".join(flags), at)
