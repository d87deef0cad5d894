"""Bids, offers, facts and money, read off the rules sentence by sentence.

Nothing here is fast or clever, and nothing is shared with the package: what both agree on
was understood twice. A folder is plain data (`Folder`): numbers are `int` or `Decimal`, dates
and times of day are text, a missing value is `None` or no key at all.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

OWN_WORDS = {"id", "offers", "evidence", "withdrawn", "supersedes"}


class ContractError(Exception):
    """The contract calls this input an error; the text says which rule is broken."""


@dataclass
class Folder:
    """A procurement round as its files have it (section 1)."""

    bids: dict = field(default_factory=dict)  # file name without extension -> bid
    criteria: dict = field(default_factory=dict)  # folder name -> {"method": ..., "groups": [...]}
    tender: dict = field(default_factory=dict)
    scores: list = field(default_factory=list)  # rows: evaluator, vendor, criterion, score, lot
    rates: list = field(default_factory=list)  # rows: date, from, to, rate
    decisions: list = field(default_factory=list)  # entries as the file has them


def exact(value):
    """A value as the rules compare it: numbers as fractions, dates as dates (rules 1 and 7)."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | Decimal):
        return fraction(Decimal(value))
    if isinstance(value, str):
        return moment(value)
    if isinstance(value, list):
        return [exact(item) for item in value]
    return {key: exact(item) for key, item in value.items()}


def fraction(number):
    """Up to 34 significant digits, under 1e30, with at most 30 decimals (rule 1)."""
    _, digits, exponent = number.as_tuple()
    if len(digits) > 34 or len(digits) + exponent > 30 or exponent < -30:
        raise ContractError(f"number: {number} is too long")
    return Fraction(number)


def moment(text):
    """Text in the form of a date is a plain date, with a time of day and zone an instant."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*", text):
        instant = datetime.fromisoformat(text)
        if instant.tzinfo is None:
            raise ContractError(f"zone: {text} has no zone")
        return instant
    return text


def kind(value):
    """The type that section 1.8 compares; money counts as its amount."""
    if isinstance(value, dict):
        return "number" if is_money(value) else "map"
    # bool before Fraction and datetime before date: each is a kind of the other in Python.
    kinds = {bool: "boolean", Fraction: "number", datetime: "instant", date: "date", str: "text"}
    return next((name for type_, name in kinds.items() if isinstance(value, type_)), "list")


def is_money(value):
    """Any map with `amount` and `currency` is money (1.7)."""
    return isinstance(value, dict) and "amount" in value and "currency" in value


def step_down(mapping, path):
    """What stands at a dotted path (or a tuple of keys), None where there is nothing."""
    for key in path.split(".") if isinstance(path, str) else path:
        mapping = mapping.get(key) if isinstance(mapping, dict) else None
    return mapping


@dataclass(frozen=True)
class Facts:
    """What one offer says, with the lot and the tender that it answers."""

    bid: dict
    lot: dict
    tender: dict
    rates: list

    def raw(self, root, path):
        """The value as written, money unconverted."""
        return step_down(getattr(self, root), path)

    def value(self, root, path):
        """The value as used: money is its amount in the tender's currency (1.7)."""
        return self.used(self.raw(root, path))

    def used(self, value):
        return self.convert(value) if is_money(value) else value

    def convert(self, money):
        """The latest rate dated on or before the deadline's own calendar date; unrounded."""
        source, target = money["currency"], self.tender.get("currency")
        if source == target:
            return money["amount"]
        deadline = self.tender.get("deadline")
        usable = [
            row
            for row in self.rates
            if (row["from"], row["to"]) == (source, target)
            and (deadline is None or row["date"] <= deadline.date())
        ]
        if not usable:
            raise ContractError(f"missing-rate: {source} to {target}")
        return money["amount"] * max(usable, key=lambda row: row["date"])["rate"]


def lots_of(folder):
    """Lot id -> its facts, in the order of the result (1.1 and section 4)."""
    listed = folder.tender.get("lots")
    named = {lot for bid in folder.bids.values() for lot in bid.get("offers") or {}}
    if listed:
        if not named <= set(listed):
            raise ContractError("unknown-lot: an offer names a lot that tender.yaml does not list")
        return {lot: exact(facts or {}) for lot, facts in listed.items()}
    if named:
        return {lot: {} for lot in sorted(named)}
    return {"all": {"budget": exact(folder.tender.get("budget"))}}


def vendor_of(bid):
    return bid["vendor"]["id"]


def sort_bids(folder):
    """The live bid of each vendor, and the others as (bid id, bid, rule) (1.2, versions)."""
    bids = {bid.get("id", stem): bid for stem, bid in folder.bids.items()}
    if len(bids) < len(folder.bids):
        raise ContractError("bid-id: two bids have one id")
    check_versions(bids)
    deadline = exact(folder.tender.get("deadline"))
    aside = {id_: rule for id_ in bids if (rule := rule_against(id_, bids, deadline))}
    live = [bid for id_, bid in bids.items() if id_ not in aside]
    by_vendor = {vendor_of(bid): bid for bid in live}
    if len(by_vendor) < len(live):
        raise ContractError("two-bids: a vendor has two live bids")
    return by_vendor, [(id_, bids[id_], rule) for id_, rule in aside.items()]


def check_versions(bids):
    """`supersedes` names an earlier bid of the same vendor; unknown, foreign, cyclic: errors."""
    for id_, bid in bids.items():
        seen, earlier = {id_}, bid.get("supersedes")
        while earlier is not None:
            if earlier not in bids or vendor_of(bids[earlier]) != vendor_of(bid):
                raise ContractError(f"supersedes: {earlier} is unknown or another vendor's")
            if earlier in seen:
                raise ContractError(f"supersedes: {earlier} supersedes itself")
            seen.add(earlier)
            earlier = bids[earlier].get("supersedes")


def rule_against(id_, bids, deadline):
    """Why a bid is not live: `late` (a replacement only), `superseded`, `withdrawn` or None."""
    if is_late(bids[id_], deadline):
        return "late"
    if any(id_ in replaced_by(b, bids) for b in bids.values() if not is_late(b, deadline)):
        return "superseded"
    offers = bids[id_].get("offers") or {}
    from_every_lot = bool(offers) and all(offer.get("withdrawn") for offer in offers.values())
    return "withdrawn" if bids[id_].get("withdrawn") or from_every_lot else None


def replaced_by(bid, bids):
    """The ids of the bid that this one supersedes, of the one that that supersedes, and so on."""
    while (earlier := bid.get("supersedes")) is not None:
        yield earlier
        bid = bids[earlier]


def is_late(bid, deadline):
    """A replacement after the deadline; one that says nothing of `received` is not late."""
    received = exact(bid.get("received"))
    replaces = bid.get("supersedes") is not None
    return replaces and received is not None and deadline is not None and received > deadline


def offer_for(bid, lot):
    """The bid's facts for a lot, None where it makes no offer for it (1.2, offers)."""
    offers = bid.get("offers")
    own = {key: value for key, value in bid.items() if key not in OWN_WORDS}
    if not offers:
        return exact(own)
    if lot not in offers:
        return None
    changed = {key: value for key, value in offers[lot].items() if key not in OWN_WORDS}
    return exact(merge(own, changed))


def merge(base, change):
    """Key by key at any depth; lists, money and plain values replace whole."""
    both_maps = isinstance(base, dict) and isinstance(change, dict)
    if not both_maps or is_money(base) or is_money(change):
        return change
    return {**base, **{key: merge(base.get(key), value) for key, value in change.items()}}


def withdrawn_from(bid, lot):
    offer = (bid.get("offers") or {}).get(lot) or {}
    return bool(offer.get("withdrawn"))
