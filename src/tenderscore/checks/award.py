"""Sense of ``award:`` in tender.yaml: known vendors and lots, rules that say something together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tenderscore.errors import Message, Problem, Severity
from tenderscore.model.award_file import AwardFile
from tenderscore.model.located import Document, Node
from tenderscore.model.suggestions import did_you_mean


def award_problems(
    award: AwardFile,
    document: Document,
    vendors: Mapping[str, str],
    lots: Iterable[str],
    adjusted: bool,
) -> Iterator[Problem]:
    """All that is wrong with how lots are awarded.

    ``adjusted`` tells whether any lot's method makes evaluated prices.
    """
    root = document.root.get("award") or document.root
    known_lots = list(lots)
    for package in _items(root.get("packages")):
        vendor, named = package.get("vendor"), package.get("lots")
        if vendor is not None:
            yield from _unknown_vendor(vendor, document, vendors, "error")
        yield from _package_lots(named, document, known_lots)
    for vendor in _items(root.get("incumbents", "vendors")):
        yield from _unknown_vendor(vendor, document, vendors, "warning")
    yield from _without_sense(award, root, document)
    if award.objective is not None and award.objective.reads_evaluated_prices and not adjusted:
        node = root.get("objective", "evaluated_price") or root.get("objective")
        message = Message("no lot's method adjusts prices: there are no evaluated prices")
        help_ = Message("write price, or give method.yaml an evaluated_price: list")
        yield Problem("award-rules", message, document.place(node), help_)


def _items(node: Node | None) -> list[Node]:
    return node.value if node is not None and isinstance(node.value, list) else []


def _unknown_vendor(
    node: Node, document: Document, vendors: Mapping[str, str], severity: Severity
) -> Iterator[Problem]:
    if node.text not in vendors:
        message = Message("no bid is of vendor {id!r}", id=node.text)
        help_ = did_you_mean(node.text, vendors)
        yield Problem("unknown-vendor", message, document.place(node), help_, severity)


def _package_lots(node: Node | None, document: Document, known: Iterable[str]) -> Iterator[Problem]:
    items = _items(node)
    if node is not None and not items:
        yield Problem("empty-list", Message("expected at least one item"), document.place(node))
    for item in items:
        if item.text not in known:
            message = Message("no lot {id!r}", id=item.text)
            yield Problem(
                "unknown-lot", message, document.place(item), did_you_mean(item.text, known)
            )


def _without_sense(award: AwardFile, root: Node, document: Document) -> Iterator[Problem]:
    incumbents = award.incumbents
    if incumbents and incumbents.lots_per_vendor is None and incumbents.at_most is None:
        message = Message("nothing is said of the incumbents")
        help_ = Message("give lots_per_vendor (each) or at_most (together)")
        yield Problem("award-rules", message, document.place(root.get("incumbents")), help_)
    vendors = award.vendors
    if award.spend == "in_rank_order" and vendors and vendors.at_least is not None:
        message = Message("spend: in_rank_order takes no least number of vendors")
        place = document.place(root.get("vendors", "at_least"))
        yield Problem("award-rules", message, place, Message("write spend: optimum"))
