"""Which bid of a vendor stands: supersession, withdrawal, late replacements (section 1.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from tenderscore.errors import Message, Problem
from tenderscore.model.offers import Bid
from tenderscore.model.records import record
from tenderscore.model.result import SetAside
from tenderscore.model.suggestions import did_you_mean


@record
class Standing:
    """Which bids stand, which were set aside and by what rule, and what is wrong."""

    standing: frozenset[str]
    rules: Mapping[str, SetAside]
    problems: tuple[Problem, ...]


def standing(bids: Sequence[Bid], deadline: datetime | None) -> Standing:
    """Sorts out the versions of every vendor's bid."""
    ordered = sorted(bids, key=lambda bid: (bid.id, bid.place.order))
    problems = [*_repeated(ordered)]
    by_id = {bid.id: bid for bid in reversed(ordered)}
    problems += _bad_links(by_id)
    late = {bid.id for bid in by_id.values() if _late(bid, deadline)}
    replaced = _replaced(by_id, late)
    rules: dict[str, SetAside] = {}
    for bid in by_id.values():
        if bid.id in late:
            message = Message(
                "it replaces {bid} and came in after the deadline", bid=bid.supersedes
            )
            rules[bid.id] = SetAside(bid.vendor, bid.name, bid.id, "late", message)
            problems.append(
                Problem("late-replacement", _late_text(bid), bid.place, severity="warning")
            )
        elif bid.id in replaced:
            message = Message("superseded by {bid}", bid=replaced[bid.id])
            rules[bid.id] = SetAside(bid.vendor, bid.name, bid.id, "superseded", message)
    stands = [bid for bid in by_id.values() if bid.id not in rules]
    problems += _two_live(stands)
    return Standing(frozenset(bid.id for bid in stands), rules, tuple(problems))


def withdrawn(bid: Bid) -> SetAside:
    """How a withdrawn bid or offer is set aside."""
    return SetAside(bid.vendor, bid.name, bid.id, "withdrawn", Message("withdrawn by the vendor"))


def _late(bid: Bid, deadline: datetime | None) -> bool:
    if bid.supersedes is None or bid.received is None or deadline is None:
        return False
    return bid.received > deadline


def _late_text(bid: Bid) -> Message:
    template = (
        "{bid} of {vendor} replaces {earlier} and came in after the deadline: {earlier} stands"
    )
    return Message(template, bid=bid.id, vendor=bid.vendor, earlier=bid.supersedes)


def _repeated(ordered: Sequence[Bid]) -> Iterable[Problem]:
    first: dict[str, Bid] = {}
    for bid in ordered:
        earlier = first.setdefault(bid.id, bid)
        if earlier is not bid:
            message = Message("two bids have the id {bid!r}", bid=bid.id)
            also = ((Message("the other one"), earlier.place),)
            yield Problem("duplicate-bid", message, bid.place, also=also)


def _bad_links(by_id: Mapping[str, Bid]) -> Iterable[Problem]:
    for bid in by_id.values():
        if bid.supersedes is None:
            continue
        place = bid.supersedes_place or bid.place
        earlier = by_id.get(bid.supersedes)
        if earlier is None:
            message = Message("it supersedes {bid!r}, which is no bid here", bid=bid.supersedes)
            yield Problem("supersedes", message, place, did_you_mean(bid.supersedes, by_id))
        elif earlier.vendor != bid.vendor:
            template = "it supersedes {bid!r}, which is a bid of {vendor}"
            message = Message(template, bid=bid.supersedes, vendor=earlier.vendor)
            yield Problem("supersedes", message, place)
        elif _in_cycle(bid, by_id):
            yield Problem("supersedes", Message("bids supersede each other in a circle"), place)


def _in_cycle(bid: Bid, by_id: Mapping[str, Bid]) -> bool:
    seen = set()
    link = bid.supersedes
    while link is not None and link in by_id and link not in seen:
        if link == bid.id:
            return True
        seen.add(link)
        link = by_id[link].supersedes
    return False


def _replaced(by_id: Mapping[str, Bid], late: set[str]) -> dict[str, str]:
    """Each bid that a bid in time supersedes, directly or through others, and that bid's id."""
    replaced: dict[str, str] = {}
    for bid in by_id.values():
        if bid.id in late:
            continue
        link = bid.supersedes
        seen = {bid.id}
        while link is not None and link in by_id and link not in seen:
            replaced.setdefault(link, bid.id)
            seen.add(link)
            link = by_id[link].supersedes
    return replaced


def _two_live(stands: Iterable[Bid]) -> Iterable[Problem]:
    first: dict[str, Bid] = {}
    for bid in sorted((bid for bid in stands if bid.is_live), key=lambda bid: bid.id):
        earlier = first.setdefault(bid.vendor, bid)
        if earlier is not bid:
            template = "{vendor} has two live bids, {first} and {second}"
            message = Message(template, vendor=bid.vendor, first=earlier.id, second=bid.id)
            help_ = Message("write `supersedes: {bid}` in the later one", bid=earlier.id)
            also = ((Message("the other one"), earlier.place),)
            yield Problem("two-live-bids", message, bid.place, help_, also=also)
