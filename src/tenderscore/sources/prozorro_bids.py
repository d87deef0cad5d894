"""The bids of a Prozorro tender: who made them, at what price and when, in which lots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from tenderscore.errors import Message
from tenderscore.model.located import Node
from tenderscore.model.records import record
from tenderscore.sources._made_nodes import made_list, made_mapping, made_scalar, made_text
from tenderscore.sources.prozorro_costs import LifeCycleCosts
from tenderscore.sources.prozorro_features import Features
from tenderscore.sources.prozorro_form import TenderForm, said, word

# A disqualified bid takes part until the decision that puts it out; early tenders have no statuses.
TAKING_PART = frozenset({None, "active", "pending", "unsuccessful"})
WITHDRAWN = "deleted"


@record
class OfferRules:
    """What counts besides the price."""

    features: Features
    costs: LifeCycleCosts


class TenderBids:
    """The bids of a tender in its open lots.

    A vendor's id is that of its registration where no other bid in play has it, else the bid's.
    """

    def __init__(
        self,
        form: TenderForm,
        rules: OfferRules,
        listed: Mapping[str, Node],
        lots: Mapping[str, Node],
    ) -> None:
        self._form = form
        self._features = rules.features
        self._costs = rules.costs
        self._listed = listed
        self.lots = lots
        self.received = list(form.mappings(form.root, "bids"))
        self._known = [bid for bid in self.received if self._is_known(bid)]
        registered = (_registration(bid) for bid in self._known if _takes_part(bid))
        self._times = Counter(node.text for node in registered if node is not None)

    @property
    def has_lots(self) -> bool:
        """Whether prices are by lot."""
        return bool(self._listed)

    def in_play(self) -> Iterator[Node]:
        """The bids that take part."""
        return (bid for bid in self._known if _takes_part(bid)) if self.lots else iter(())

    def vendor(self, bid: Node) -> Node:
        """Where a bid's vendor has its id."""
        registration = _registration(bid)
        if registration is not None and self._times[registration.text] <= 1:
            return registration
        return bid.get("id") or bid

    def made(self) -> Iterator[Node]:
        """Every bid that takes part or was withdrawn, as a bid file would have it."""
        for bid in self._known if self.lots else ():
            self._features.check_codes(bid)
            yield self._made(bid)

    def values(self, bid: Node) -> Iterator[tuple[str, Node]]:
        """A bid's prices in the open lots, each with its lot."""
        if not self.has_lots:
            yield from ((lot, bid) for lot in self.lots)
            return
        for value in self._form.mappings(bid, "lotValues"):
            lot = word(value, "relatedLot")
            if lot is not None and lot in self.lots:
                yield lot, value

    def _is_known(self, bid: Node) -> bool:
        """Whether a bid was made; drafts and those that lapsed are told of."""
        if self._form.needed(bid, "id") is None:
            return False
        if _takes_part(bid) or word(bid, "status") == WITHDRAWN:
            return True
        self._tell_out(bid, Message("bid {bid}", bid=word(bid, "id")))
        return False

    def _tell_out(self, node: Node, what: Message) -> None:
        status = node.get("status") or node
        message = Message("{what} is {status}: it takes no part", what=what, status=status.text)
        self._form.note("prozorro-status", message, status)

    def _made(self, bid: Node) -> Node:
        vendor = made_mapping({"id": self.vendor(bid), "name": _names(bid)}, bid)
        withdrawn = word(bid, "status") == WITHDRAWN
        content = {
            "id": bid.get("id"),
            "vendor": vendor,
            "received": said(bid, "date"),
            "withdrawn": made_scalar(True, bid.get("status") or bid) if withdrawn else None,
        }
        if withdrawn and bid.get("lotValues") is None:
            return made_mapping(content, bid)  # Withdrawn everywhere: its lots are no longer known.
        if self.has_lots:
            content["offers"] = self._offers(bid)
        else:
            content |= {
                each: node for lot in self.lots for each, node in self._offer(bid, lot, bid)
            }
        return made_mapping(content, bid)

    def _offers(self, bid: Node) -> Node:
        offers: dict[str, Node | None] = {}
        for value in self._form.mappings(bid, "lotValues"):
            lot = self._form.needed(value, "relatedLot")
            if lot is None:
                continue
            if lot.text in offers:
                message = Message("the bid has two prices in lot {lot}", lot=lot.text)
                self._form.tell("prozorro-form", message, lot)
            elif self._stands(value, lot.text, bid):
                content = dict(self._offer(value, lot.text, bid))
                content["received"] = said(value, "date")
                offers[lot.text] = made_mapping(content, value)
        return made_mapping(offers, bid.get("lotValues") or bid)

    def _stands(self, value: Node, lot: str, bid: Node) -> bool:
        """Whether a price in a lot takes part; that of a lot that is not there does, to be told."""
        if not _takes_part(value):
            name = word(bid, "id")
            self._tell_out(value, Message("bid {bid} in lot {lot}", bid=name, lot=lot))
            return False
        return lot in self.lots or lot not in self._listed

    def _offer(self, value: Node, lot: str, bid: Node) -> Iterator[tuple[str, Node | None]]:
        if _takes_part(bid):
            self._check_tax(value, lot)
        yield "price", money_of(value)
        stated = self._features.values(bid, lot) if _takes_part(bid) else []
        yield "features", made_list(stated, bid.get("parameters") or bid)
        costs = self._costs.values(bid, lot) if _takes_part(bid) else None
        if costs is not None:
            yield "life_cycle_costs", made_list(costs, bid.get("requirementResponses") or bid)

    def _check_tax(self, value: Node, lot: str) -> None:
        """Prices with and without value added tax are compared as they stand."""
        tender = self._form.root.get("value", "valueAddedTaxIncluded")
        wanted = self.lots.get(lot, self._form.root).get("value", "valueAddedTaxIncluded") or tender
        found = value.get("value", "valueAddedTaxIncluded")
        if wanted is None or found is None or wanted.value == found.value:
            return
        message = Message("the price is without value added tax, the expected value with it")
        if found.value is True:
            message = Message("the price is with value added tax, the expected value without it")
        help_ = Message("amounts are compared as they stand")
        self._form.note("prozorro-tax", message, found, help_)


def money_of(node: Node) -> Node | None:
    """A node's ``value`` as an amount with its currency."""
    value = node.get("value")
    if value is None or not value.is_mapping:
        return value
    amount, currency = value.get("amount"), value.get("currency")
    if amount is None or amount.value is None or currency is None:
        return amount
    return made_mapping({"amount": amount, "currency": currency}, value)


def _takes_part(node: Node) -> bool:
    return word(node, "status") in TAKING_PART


def _registration(bid: Node) -> Node | None:
    """The registered number of the first of those who make a bid together."""
    return next((said(each, "identifier", "id") for each in _tenderers(bid)), None)


def _names(bid: Node) -> Node | None:
    names = [name for each in _tenderers(bid) if (name := said(each, "name")) is not None]
    if len(names) < 2:
        return next(iter(names), None)
    return made_text("; ".join(name.text for name in names), names[0])


def _tenderers(bid: Node) -> Iterator[Node]:
    tenderers = bid.get("tenderers")
    value = [] if tenderers is None else tenderers.value
    return (each for each in (value if isinstance(value, list) else []) if each.is_mapping)
