"""Strategies for whole procurement rounds that are valid by the contract, small and full of
collisions, and a few that are broken in one place."""

from decimal import Decimal

from hypothesis import strategies as st

from .reference_facts import Folder
from .round_criteria import (
    CERTIFICATES,
    GRADES,
    POOLS,
    TIERS,
    criteria_sets,
    maybe,
    number,
    numbers,
    places,
)

VENDORS = ["acme", "bolt", "007", "Zeta", "Ünal & Co", "b-10", "b-2"]
LOTS = ["it-support", "marketing", "10"]
EVALUATORS = ["li", "wang", "zhao", "ann", "bo"]
DEADLINE = "2026-03-31T17:00:00+08:00"
ARRIVALS = [
    "2026-03-30T09:12:00+08:00",
    "2026-03-31T09:00:00Z",  # the deadline's very second
    "2026-03-31 17:00:00+08:00",
    "2026-03-31T17:00:01+08:00",
    "2026-03-31T10:00:00.5+01:00",
]
RATES = [
    {"date": "2026-03-30", "from": "USD", "to": "CNY", "rate": Decimal("7.1234")},
    {"date": "2026-03-31", "from": "USD", "to": "CNY", "rate": Decimal("7.2")},
    {"date": "2026-04-01", "from": "USD", "to": "CNY", "rate": Decimal("9.9")},
    {"date": "2025-12-31", "from": "EUR", "to": "CNY", "rate": Decimal("8.000001")},
]


def prices(pool):
    """Positive: a plain number, or money in one of three currencies."""
    amounts = numbers(pool).filter(lambda amount: amount > 0)
    # A rate times the largest amounts stays far below what 1e30 forbids only files to say.
    money = st.builds(
        lambda amount, currency: {"amount": amount, "currency": currency},
        amounts,
        st.sampled_from(["CNY", "CNY", "USD", "EUR"]),
    )
    return st.one_of(amounts, amounts, money)


def fact_values(pool):
    """What a bid may say, by path; absent, null and said are all drawn."""
    some_number = numbers(pool)
    return {
        ("a",): some_number,
        ("b",): some_number,
        ("finances", "revenue"): st.one_of(some_number, some_number, prices(pool)),
        ("odd-key",): some_number,
        ("licence",): st.sampled_from([True, True, True, False]),
        ("checks", "iso"): st.booleans(),
        ("grade",): st.sampled_from(GRADES),
        ("marks",): st.sampled_from([0, 1, 2, Decimal("2.5"), 3]),
        ("years",): st.integers(0, 8),
        ("certificates",): st.lists(st.sampled_from(CERTIFICATES), max_size=4),
        ("awards",): st.lists(st.sampled_from(TIERS), max_size=3),
        ("audits",): st.lists(some_number, max_size=3),
        ("site",): places(),
        ("valid_until",): st.sampled_from(["2026-04-30", "2026-05-01", "2026-05-02"]),
        ("price",): prices(pool),
    }


@st.composite
def facts(draw, pool, *, gaps):
    """The facts of a bid or an offer; `gaps` says how many of ten are left out."""
    said = {}
    for path, strategy in fact_values(pool).items():
        luck = draw(st.integers(1, 10))
        if luck <= gaps:
            continue
        inner = said
        for key in path[:-1]:
            inner = inner.setdefault(key, {})
        inner[path[-1]] = None if luck == 10 and gaps > 1 else draw(strategy)
    return said


@st.composite
def bids(draw, vendor, pool, lots, gaps):
    """One vendor's bid, sometimes with offers for some of the lots."""
    about = {"id": vendor}
    if draw(st.booleans()):
        about["name"] = draw(st.sampled_from(["Acme Services", "=cmd()", "[bold]x", "有限公司"]))
    if draw(st.booleans()):
        about["location"] = draw(places())
    bid = {"vendor": about, **draw(facts(pool, gaps=gaps))}
    if draw(st.integers(0, 5)):
        bid["received"] = draw(st.sampled_from(ARRIVALS))
    if lots and draw(st.booleans()):
        chosen = draw(st.lists(st.sampled_from(lots), min_size=1, unique=True))
        bid["offers"] = {lot: draw(facts(pool, gaps=7)) for lot in chosen}
        if draw(maybe(st.just(True), 7)):
            bid["offers"][chosen[0]]["withdrawn"] = True
    return bid


@st.composite
def versions(draw, bid, pool, lots):
    """The vendor's bids by file name: sometimes withdrawn, sometimes replaced (1.2)."""
    vendor = bid["vendor"]["id"]
    luck = draw(st.integers(0, 9))
    if luck == 0:
        return {vendor: {**bid, "withdrawn": True}}
    if luck > 2:
        return {vendor: bid}
    later = {**draw(bids(vendor, pool, lots, 1)), "supersedes": f"{vendor}-1"}
    later["vendor"] = bid["vendor"]
    if luck == 1:
        later["id"] = f"{vendor}-2"
    return {vendor: later, f"old-{vendor}": {**bid, "id": f"{vendor}-1"}}


def named_lots(bids_):
    return {lot for bid in bids_.values() for lot in bid.get("offers", {})}


@st.composite
def lot_facts(draw, pool, *, need):
    said = {}
    if draw(st.integers(0, 3)):
        said["budget"] = draw(numbers(pool))
    if need:
        said["need"] = draw(numbers(pool))
    if need:
        said["services"] = draw(st.lists(st.sampled_from(CERTIFICATES), min_size=1, max_size=3))
    return said


@st.composite
def folders(draw):
    """A whole round."""
    pool = draw(st.sampled_from([*POOLS]))
    lots = draw(st.sampled_from([[], LOTS[:1], LOTS[:2], LOTS[1:]]))
    listed = bool(lots) and draw(st.booleans())
    need = listed and draw(st.booleans())
    tender = {"id": "T-1", "currency": "CNY", "budget": draw(numbers(pool))}
    tender["buyer"] = {"name": "Example", "location": draw(places())}
    if draw(st.integers(0, 3)):
        tender["deadline"] = DEADLINE
    if draw(st.booleans()):
        tender["title"] = "Outsourced operations"
    criteria = {"criteria": draw(criteria_sets(pool, lot_need=need, services=need))}
    if listed:
        tender["lots"] = {lot: draw(lot_facts(pool, need=need)) for lot in lots}
        if draw(maybe(st.just(True), 3)):
            tender["lots"][lots[-1]]["criteria"] = "criteria-own"
            own = criteria_sets(pool, lot_need=need, services=need, mark="own-")
            criteria["criteria-own"] = draw(own)
    gaps = draw(st.sampled_from([0, 1, 1, 3]))
    folder = Folder(criteria=criteria, tender=tender, rates=RATES)
    for vendor in draw(st.lists(st.sampled_from(VENDORS), min_size=1, max_size=6, unique=True)):
        folder.bids.update(draw(versions(draw(bids(vendor, pool, lots, gaps)), pool, lots)))
    folder.scores = draw(score_rows(folder))
    return folder


@st.composite
def score_rows(draw, folder):
    """A panel's scores: mostly whole, sometimes with gaps, sometimes other in one lot."""
    rows = []
    panel = draw(st.lists(st.sampled_from(EVALUATORS), min_size=1, max_size=4, unique=True))
    vendors = sorted({bid["vendor"]["id"] for bid in folder.bids.values()})
    gap = draw(st.sampled_from([0, 0, 0, 0, 1, 3]))
    for files in folder.criteria.values():
        for id_, scale in panel_ids(files["groups"]):
            for vendor in vendors:
                for evaluator in panel:
                    if draw(st.integers(1, 10)) > gap:
                        score = draw(scores_within(scale))
                        rows.append(score_row(evaluator, vendor, id_, score))
    lots = folder.tender.get("lots")
    if lots and rows and "criteria-own" not in folder.criteria and draw(st.booleans()):
        general = draw(st.sampled_from(rows))
        rows.append({**general, "lot": draw(st.sampled_from([*lots]))})
    return rows


def score_row(evaluator, vendor, criterion, score):
    return {"evaluator": evaluator, "vendor": vendor, "criterion": criterion, "score": score}


def scores_within(scale):
    low, high = scale
    return st.sampled_from([low, high, Decimal(low) + Decimal("0.5"), (low + high) // 2])


def panel_ids(groups, prefix=""):
    for spec in groups:
        dotted = prefix + spec["id"]
        if "criteria" in spec:
            yield from panel_ids(spec["criteria"], dotted + ".")
        elif spec["score"]["method"] == "panel":
            yield dotted, spec["score"]["scale"]


__all__ = ["folders", "number"]
