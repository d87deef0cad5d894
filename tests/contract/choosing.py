"""A round whose method leaves the winner to people: points in quality, prices beside them.

acme has 90 points and asks 1,120,000, bolt 86.8 and 1,000,000, cog 60 and 1,000,000.
"""

SIGNED = "by: Tender committee, date: 2026-04-02, reason: Worth its price"
METHOD = "winner: decide\nrounds: [{id: award, criteria: [quality]}]\n"
QUALITY = """
    id: quality
    weight: 100
    criteria: [{id: x, weight: 100, fact: x, score: {method: points}}]
    """
BIDS = {"acme": ("90", "1_120_000"), "bolt": ("86.8", "1_000_000"), "cog": ("60", "1_000_000")}


def choose(vendor, more=""):
    """One entry of decisions.yaml."""
    return f"- {{decide: choose, vendor: {vendor}{more}, {SIGNED}}}\n"


def round_of(bids=BIDS, method=METHOD, decisions="", **files):
    """The round's files; `bids` are (points, price) by vendor, a price of None is not said."""
    made = {"criteria/method.yaml": method, "criteria/quality.yaml": QUALITY}
    for vendor, (points, price) in bids.items():
        said = "" if price is None else f"price: {price}\n"
        made[f"bids/{vendor}.yaml"] = f"vendor: {{id: {vendor}}}\nx: {points}\n{said}"
    if decisions:
        made["decisions.yaml"] = decisions
    return made | {f"{name.replace('_', '/')}.yaml": text for name, text in files.items()}


TWO_LOTS = {"tender.yaml": "lots: {east: {}, west: {}}\n"}
