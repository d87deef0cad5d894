"""What comes of a round where people choose the winner, from the reference's result of the same.

Ranks, totals and shortlists are the same as where ranks decide. The trade-off is worked out from
the reference's contributions and the files alone.
"""

import re
from fractions import Fraction
from itertools import combinations

from .reference import Plan
from .reference_facts import Facts, exact, lots_of, offer_for, sort_bids

LEADING = 5
READS_PRICE = re.compile(r'\bbid(\.price\b|\["price"\])')


def left_to_people(folder, expected, chosen):
    """The reference's lots with whom people chose (`chosen`, by lot), and their trade-offs."""
    return [_lot(folder, lot, chosen.get(lot["id"])) for lot in expected["lots"]]


def choosable(folder, expected):
    """The shortlists of the lots that have come to their end, by lot."""
    return {
        lot["id"]: lot["shortlist"]
        for lot in expected["lots"]
        if lot["shortlist"] and _has_ended(_plan(folder, lot["id"]), lot)
    }


def _lot(folder, lot, chosen):
    plan = _plan(folder, lot["id"])
    pairs = _pairs(folder, plan, lot) if _has_ended(plan, lot) else []
    return {**lot, "winner": chosen, "tie": [], "trade_off": pairs}


def _plan(folder, lot):
    return Plan.of(folder.criteria[lots_of(folder)[lot].get("criteria", "criteria")])


def _has_ended(plan, lot):
    return not lot["pending"] and len(lot["rounds"]) == len(plan.rounds)


def _pairs(folder, plan, lot):
    scored = [r for r in plan.rounds if r.get("criteria")]
    if not scored:
        return []
    rows = {r["id"]: {row["vendor"]: row for row in r["bids"]} for r in lot["rounds"]}
    order = lot["shortlist"]
    if scored[-1] is not plan.rounds[-1]:
        order = sorted(order, key=lambda v: rows[scored[-1]["id"]][v]["rank"])
    points = {v: _points(plan, scored[-1], rows, v) for v in order[:LEADING]}
    prices = _prices(folder, lot["id"])
    return [_pair(*pair, points, prices) for pair in combinations(order[:LEADING], 2)]


def _points(plan, round_, rows, vendor):
    """The round's total without what the leaves that read the price add."""
    own = Fraction(0)
    specs = {leaf.id: leaf.spec for leaf in plan.leaves(round_)}
    for entry in rows[round_["id"]][vendor]["criteria"]:
        if entry["id"] in specs and not _reads_price(specs[entry["id"]]):
            own += entry["contribution"]
    carry = {id_: Fraction(p) for id_, p in (round_.get("carry_over") or {}).items()}
    total = own * (100 - sum(carry.values()))
    for id_, percent in carry.items():
        earlier = next(r for r in plan.rounds if r["id"] == id_)
        total += _points(plan, earlier, rows, vendor) * percent
    return plan.round(total / 100, "total")


def _reads_price(spec):
    return spec.get("fact") == "price" or bool(READS_PRICE.search(spec.get("expr") or ""))


def _prices(folder, lot):
    live, _ = sort_bids(folder)
    facts, tender, rates = lots_of(folder)[lot], exact(folder.tender), exact(folder.rates)
    offers = {vendor: offer_for(bid, lot) for vendor, bid in live.items()}
    return {
        vendor: Facts(offer, facts, tender, rates).value("bid", "price")
        for vendor, offer in offers.items()
        if offer is not None
    }


def _pair(first, second, points, prices):
    """The one with more points first; of equals the cheaper, a missing price being dearest."""

    def worth(vendor):
        price = prices[vendor]
        return (-points[vendor], price is None, price or 0)

    better, other = (second, first) if worth(second) < worth(first) else (first, second)
    more = points[better] - points[other]
    price = None
    if prices[better] is not None and prices[other] is not None:
        price = prices[better] - prices[other]
    costs = more > 0 and price is not None and price > 0
    return {
        "better": better,
        "other": other,
        "points": float(more),
        "price": None if price is None else float(price),
        "per_point": float(price / more) if costs else None,
    }
