"""Rounds whose bids state prices, and what they are made of."""

import json

PRICE = (
    "id: price\nweight: 100\ncriteria:\n"
    "  - {id: offer, weight: 100, fact: price, score: {method: ratio_to_best, better: low}}\n"
)
ROUND = {"criteria/price.yaml": PRICE, "tender.yaml": "currency: CNY\n"}
LICENSED = (
    "requirements: {licence: {fact: licence, is: true}}\n"
    "rounds: [{id: award, title: Award, requirements: [licence], criteria: [price]}]\n"
)


def priced(*, tender="", method="", **bids):
    """A round whose bids state a price, or a mapping of what one is made of."""
    files = dict(ROUND)
    if tender:
        files["tender.yaml"] = f"currency: CNY\n{tender}"
    if method:
        files["criteria/method.yaml"] = method
    return files | {f"bids/{vendor}.yaml": bid(vendor, stated) for vendor, stated in bids.items()}


def bid(vendor, stated, more=""):
    price = json.dumps(stated)
    if isinstance(stated, dict):
        money = {"amount": total(stated), "currency": "CNY", "breakdown": stated}
        price = json.dumps(money)
    stated_price = "" if stated is None else f"price: {price}\n"
    return f"vendor: {{id: {vendor}}}\n{stated_price}{more}"


def total(tree):
    return sum(map(total, tree.values())) if isinstance(tree, dict) else tree


BREAKDOWNS = {
    "a": {"labour": 60, "operations": {"day": 30, "night": 10}},
    "b": {"labour": 50, "operations": {"day": 40, "night": 10}},
    "c": {"labour": 70, "operations": {"day": 20, "night": 10}},
}
