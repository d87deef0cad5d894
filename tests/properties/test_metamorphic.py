"""What must not matter does not: order, names, the money's unit, a bid that is out anyway."""

from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from .comparison import run
from .profile import searching
from .reference_facts import Folder
from .round_criteria import POOLS, Dice, number
from .round_files import Style, write
from .rounds import DEADLINE, folders

ON_TIME = {"fact": "received", "at_most": "tender.deadline"}


def outcome(folder, style=None):
    """(exit code, the lots without the words that name files and facts)."""
    with TemporaryDirectory() as place:
        code, found = run(write(folder, Path(place), style or Style()))
    assert found is not None, f"exit code {code} and no result"
    lots = found.get("lots", [])
    for row in rows_of(lots):
        row["reasons"] = [{k: v for k, v in r.items() if k != "message"} for r in row["reasons"]]
    return code, plain(lots)


LOT_KEYS = ("id", "shortlist", "pending", "winner", "tie")
ASIDE_KEYS = ("vendor", "bid", "rule")
ROW_KEYS = ("vendor", "name", "outcome", "reasons", "total", "rank", "carried", "criteria")


def plain(lots):
    """Only what the contract names; more keys may come beside these."""
    return [
        {
            **{key: lot[key] for key in LOT_KEYS},
            "rounds": [
                {"id": r["id"], "bids": [{key: row[key] for key in ROW_KEYS} for row in r["bids"]]}
                for r in lot["rounds"]
            ],
            "set_aside": [{key: s[key] for key in ASIDE_KEYS} for s in lot["set_aside"]],
        }
        for lot in lots
    ]


def rows_of(lots):
    return [row for lot in lots for round_ in lot["rounds"] for row in round_["bids"]]


def with_ids(folder):
    """Every bid with its id in it, so that its file may be called anything."""
    bids = {stem: {"id": stem, **bid} for stem, bid in folder.bids.items()}
    return Folder(bids, folder.criteria, folder.tender, folder.scores, folder.rates)


@searching(0.3)
@given(folders(), st.randoms(use_true_random=False), st.sampled_from(["yaml", "json", "csv"]))
def test_the_order_of_files_bids_and_scores_changes_nothing(folder, random, form):
    folder = with_ids(folder)
    shuffled = Folder({}, folder.criteria, folder.tender, folder.scores[::-1], folder.rates[::-1])
    for place, bid in enumerate(Dice(random).some(folder.bids.values(), len(folder.bids))):
        shuffled.bids[f"f{place}"] = dict(reversed(bid.items()))
    assert outcome(shuffled, Style(bids=form)) == outcome(folder, Style(bids=form))


@searching(0.3)
@given(folders(), st.permutations(["x-1", "x-10", "Y", "ö", "zz", "0", "a b"]))
def test_renaming_the_vendors_changes_nothing_but_names(folder, names):
    folder = with_ids(folder)
    vendors = sorted({bid["vendor"]["id"] for bid in folder.bids.values()})
    new = dict(zip(vendors, names, strict=False))
    renamed = deepcopy(folder)
    for bid in renamed.bids.values():
        bid["vendor"] = {**bid["vendor"], "id": new[bid["vendor"]["id"]]}
    renamed.scores = [{**row, "vendor": new[row["vendor"]]} for row in folder.scores]
    code, lots = outcome(folder)
    new_code, new_lots = outcome(renamed)
    assert (new_code, [unordered(lot, {}) for lot in new_lots]) == (
        code,
        [unordered(lot, new) for lot in lots],
    )


def unordered(lot, new):
    """A lot by vendor under the new names; bids of one rank stand by name: no order here."""

    def renamed(row):
        name = new.get(row["name"], row["name"])
        return {**row, "name": name, "vendor": new.get(row["vendor"], row["vendor"])}

    def several(vendors):
        return {new.get(vendor, vendor) for vendor in vendors}

    return {
        **lot,
        "rounds": [{row["vendor"]: row for row in map(renamed, r["bids"])} for r in lot["rounds"]],
        "shortlist": several(lot["shortlist"]),
        "tie": several(lot["tie"]),
        "winner": new.get(lot["winner"], lot["winner"]),
        "set_aside": sorted(
            (new.get(s["vendor"], s["vendor"]), s["bid"]) for s in lot["set_aside"]
        ),
    }


@st.composite
def priced_rounds(draw):
    """Rounds whose rules name no sum of money: they read prices, budgets and each other."""
    dice = Dice(draw(st.randoms(use_true_random=False)))
    pool = POOLS[dice.one(["money", "thirds", "tenths", "halves", "close", "equal"])]
    methods = [
        {"method": "ratio_to_best", "better": "low"},
        {"method": "min_max", "better": "low"},
        {"method": "excess_over_best", "slope": Decimal("0.7")},
        {"method": "deviation", "from": dice.one(["mean", "median", "lowest"])},
        {"method": "linear", "worst": "lot.budget", "best": 0},
    ]
    leaves = [{"id": "p", "weight": 60, "fact": "price", "score": dice.one(methods)}]
    leaves += [{"id": "q", "weight": 40, "fact": "a", "score": {"method": "points"}}]
    method = {
        "tie_break": ["price"],
        "requirements": {"in-budget": {"fact": "price", "at_most": "lot.budget"}},
    }
    groups = [{"id": "g", "weight": 100, "criteria": leaves}]
    folder = Folder(
        criteria={"criteria": {"method": method, "groups": groups}},
        tender={"currency": "CNY", "budget": number(pool[-1])},
    )
    for vendor in dice.some(["a", "b", "c", "d", "e"], 1, 5):
        price = dice.number_of(pool)
        price = dice.one([price, {"amount": price, "currency": "CNY"}])
        folder.bids[vendor] = {"vendor": {"id": vendor}, "a": dice.one([50, 60]), "price": price}
    return folder


@searching(0.2)
@given(priced_rounds())
def test_the_unit_of_money_changes_nothing(folder):
    grown = deepcopy(folder)
    grown.tender["budget"] *= 1000
    for bid in grown.bids.values():
        if isinstance(bid["price"], dict):
            bid["price"]["amount"] *= 1000
        else:
            bid["price"] *= 1000
    code, lots = outcome(folder)
    grown_code, grown_lots = outcome(grown)
    for row in rows_of([*lots, *grown_lots]):
        for node in row["criteria"]:
            del node["value"]
    assert (grown_code, grown_lots) == (code, lots)


@searching(0.3)
@given(folders(), st.sampled_from([Decimal("1e-30"), 1, Decimal("9e29")]))
def test_a_bid_that_is_late_changes_nothing_for_the_others(folder, price):
    """The first round asks for bids in time; the late one would be the best, or the worst."""
    folder = deepcopy(folder)
    folder.tender["deadline"] = DEADLINE
    for files in folder.criteria.values():
        method = files["method"] = files["method"] or {}
        method.setdefault("requirements", {})["in-time"] = ON_TIME
        for first in method.get("rounds", [])[:1]:
            first["requirements"] = [*first.get("requirements", []), "in-time"]
    code, lots = outcome(folder)
    like = next(bid for bid in folder.bids.values() if "supersedes" not in bid)
    late = {**like, "price": price, "received": "2026-03-31T17:00:01+08:00", "id": "late"}
    late["vendor"] = {**like["vendor"], "id": "late"}
    folder.bids["late"] = late
    late_code, late_lots = outcome(folder)
    for lot in late_lots:
        lot["set_aside"] = [row for row in lot["set_aside"] if row["vendor"] != "late"]
        for round_ in lot["rounds"]:
            late_rows = [row for row in round_["bids"] if row["vendor"] == "late"]
            assert [row["outcome"] for row in late_rows] in ([], ["eliminated"])
            round_["bids"] = [row for row in round_["bids"] if row["vendor"] != "late"]
    assert (late_code, late_lots) == (code, lots)
