"""One thing wrong in a valid round: most of what section 1 calls an error."""

from copy import deepcopy
from decimal import Decimal

from hypothesis import strategies as st

from .round_criteria import Dice
from .rounds import FolderMaker


def broken_folders():
    """Whole rounds with one breakage; where it does not matter, they are still valid."""
    return st.randoms(use_true_random=False).map(broken)


def broken(random):
    maker = FolderMaker(random)
    folder = deepcopy(maker.make())
    has_groups = all(files["groups"] for files in folder.criteria.values())
    Dice(random).one(BREAKAGES if has_groups else BREAKAGES[WITHOUT_CRITERIA:])(
        folder, Dice(random)
    )
    return folder


def some_bid(folder, dice):
    return dice.one([*folder.bids.values()])


def some_group(folder, dice):
    return dice.one([g for files in folder.criteria.values() for g in files["groups"]])


def some_leaf(folder, dice):
    def leaves(specs):
        return [leaf for s in specs for leaf in (leaves(s["criteria"]) if "criteria" in s else [s])]

    return dice.one(leaves([some_group(folder, dice)]))


def a_weight_is_off(folder, dice):
    group = some_group(folder, dice)
    dice.one([group, *group["criteria"]])["weight"] += Decimal("0.01")


def a_price_is_not_positive(folder, dice):
    bid = some_bid(folder, dice)
    amount = dice.one([0, -1])
    bid["price"] = dice.one([amount, {"amount": amount, "currency": "USD"}])


def an_offer_price_is_not_positive(folder, dice):
    bid = some_bid(folder, dice)
    for offer in bid.get("offers", {}).values():
        offer["price"] = dice.one([0, -1])


def a_fact_has_the_wrong_type(folder, dice):
    """Facts that expressions read are left alone: what they do not reach does not matter."""
    texts = str(folder.criteria)
    wrong = {"a": "twelve", "licence": "yes", "grade": 7, "certificates": "SOC2"}
    wrong["years"] = Decimal("1.5")
    wrong |= {"marks": True, "awards": 2, "site": "Berlin", "price": "low"}
    wrong = {key: value for key, value in wrong.items() if f"bid.{key}" not in texts}
    key = dice.one([*wrong])
    some_bid(folder, dice)[key] = wrong[key]


def a_mark_is_out_of_range(folder, dice):
    some_bid(folder, dice)["marks"] = dice.one([11, -1, Decimal("3.01")])


def an_item_is_not_listed(folder, dice):
    bid = some_bid(folder, dice)
    bid[dice.one(["grade", "grade"])] = "Z"
    bid["awards"] = ["galactic"]


def an_offer_is_for_no_lot(folder, dice):
    if folder.tender.get("lots"):
        some_bid(folder, dice).setdefault("offers", {})["nowhere"] = {"a": 1}


def a_bid_supersedes_what_it_may_not(folder, dice):
    bid = some_bid(folder, dice)
    own = next(bid_.get("id", stem) for stem, bid_ in folder.bids.items() if bid_ is bid)
    others = [b.get("id", stem) for stem, b in folder.bids.items() if b["vendor"] != bid["vendor"]]
    bid["supersedes"] = dice.one([own, "nothing", *others[:1]])


def a_vendor_has_two_bids(folder, dice):
    folder.bids["again"] = {**some_bid(folder, dice), "id": "again"}


def a_score_is_wrong(folder, dice):
    if folder.scores:
        row = dice.one(folder.scores)
        changes = [{"score": 99}, {"vendor": "nobody"}, {"criterion": "g0-0.nothing"}]
        row.update(dice.one(changes))


def a_score_is_repeated(folder, dice):
    if folder.scores:
        folder.scores.append({**dice.one(folder.scores)})


def a_parameter_is_absent(folder, dice):
    some_leaf(folder, dice)["score"] = {"method": "linear", "worst": 0, "best": "lot.gone"}


def a_range_is_empty(folder, dice):
    some_leaf(folder, dice)["score"] = {"method": "linear", "worst": 7, "best": Decimal("7.0")}


def points_are_over_a_hundred(folder, dice):
    band = {"at_least": 0, "points": dice.one([Decimal("100.01"), -1])}
    some_leaf(folder, dice)["score"] = {"method": "bands", "bands": [band]}


def a_number_is_too_long(folder, dice):
    numbers = ["1e30", "-1e30", "1e-31", "1.2345678901234567890123456789012345", "1e999"]
    some_bid(folder, dice)["unread"] = Decimal(dice.one(numbers))


def a_time_has_no_zone(folder, dice):
    some_bid(folder, dice)["received"] = "2026-03-30T12:00:00"


def a_rate_is_missing(folder, dice):
    for bid in folder.bids.values():
        if dice.chance(5):
            bid["price"] = {"amount": 1, "currency": "GBP"}


BREAKAGES = [
    a_weight_is_off,
    a_parameter_is_absent,
    a_range_is_empty,
    points_are_over_a_hundred,
    a_price_is_not_positive,
    an_offer_price_is_not_positive,
    a_fact_has_the_wrong_type,
    a_mark_is_out_of_range,
    an_item_is_not_listed,
    an_offer_is_for_no_lot,
    a_bid_supersedes_what_it_may_not,
    a_vendor_has_two_bids,
    a_score_is_wrong,
    a_score_is_repeated,
    a_number_is_too_long,
    a_time_has_no_zone,
    a_rate_is_missing,
]
WITHOUT_CRITERIA = 4  # those from here on need no criteria
