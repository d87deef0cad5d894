"""Small awards against every choice there is: ties, packages, all constraints, all objectives."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.award.brute_force import best
from tests.properties.profile import searching

from tenderscore.award import (
    Awarding,
    Budget,
    Candidate,
    IncumbentsEach,
    IncumbentsTogether,
    LotsPerVendor,
    Package,
    Programme,
    ValuePerVendor,
    VendorsAtLeast,
    VendorsAtMost,
)
from tenderscore.award.few_vendors import _caps, _found
from tenderscore.award.optimum import DoubtError, Search
from tenderscore.model.award import EVALUATED_PRICE, MIX, POINTS, PRICE, Objective
from tenderscore.model.evaluated import PriceFormula

VENDORS = ("acme", "bolt", "core", "dart")
TOTALS = st.sampled_from([Fraction(n, 2) for n in range(150, 160)]) | st.fractions(0, 100)
PRICES = st.sampled_from([Fraction(n) for n in (90, 100, 110, 120)]) | st.fractions(1, 1000)


@st.composite
def programmes(draw):
    """Lots with their offers, an objective, rules and packages, all plain values."""
    lots = [f"lot-{n}" for n in range(draw(st.integers(1, 4)))]
    bids = {lot: draw(offers()) for lot in lots}
    objective = draw(
        st.sampled_from(
            [
                "points",
                "price",
                "evaluated_price",
                (70, 30, 0),
                (0, 100, 0),
                (50, 20, 30),
                (0, 0, 100),
            ]
        )
    )
    if objective == "evaluated_price" and draw(st.booleans()):
        draw(beyond_all(bids))
    return bids, objective, draw(rules()), draw(packages(lots)), draw(st.sampled_from([None, 0, 2]))


ADJUSTMENTS = st.fixed_dictionaries(
    {
        "added": st.sampled_from([Fraction(0), Fraction(0), Fraction(25, 2), Fraction(40)]),
        "share": st.sampled_from([Fraction(1), Fraction(9, 10), Fraction(3, 4), Fraction(5, 4)]),
        "cents": st.sampled_from([None, 0, 2]),
    }
)


@st.composite
def beyond_all(draw, bids):
    """A method may take more than all off a price: then a discount makes it dearer."""
    for lot in bids.values():
        for bid in lot.values():
            bid["share"] *= draw(st.sampled_from([-1, 1]))


@st.composite
def offers(draw):
    vendors = draw(st.lists(st.sampled_from(VENDORS), unique=True, max_size=4))
    totals = {vendor: draw(TOTALS) for vendor in vendors}
    by_total = draw(st.booleans())
    return {
        vendor: {
            "total": totals[vendor],
            "price": draw(PRICES),
            "rank": 1 + sum(other > totals[vendor] for other in totals.values())
            if by_total
            else draw(st.none() | st.integers(1, 3)),
            **draw(ADJUSTMENTS),
        }
        for vendor in vendors
    }


@st.composite
def rules(draw):
    few = st.integers(1, 3)
    capacities = st.dictionaries(st.sampled_from(VENDORS), st.integers(80, 400).map(Fraction))
    possible = {
        "lots_per_vendor": few,
        "value_per_vendor": capacities,
        "budget": st.integers(80, 600).map(Fraction),
        "vendors.at_least": few,
        "vendors.at_most": few,
        "incumbents.lots_per_vendor": st.integers(0, 2),
        "incumbents.at_most": st.integers(0, 3),
    }
    chosen = draw(st.lists(st.sampled_from(sorted(possible)), unique=True, max_size=4))
    found = {name: draw(possible[name]) for name in possible if name in chosen}
    if any(name.startswith("incumbents") for name in found):
        found["incumbents"] = draw(st.sets(st.sampled_from(VENDORS), min_size=1))
    return found


def packages(lots):
    some = st.lists(st.sampled_from(lots), unique=True, min_size=1)
    discounts = st.sampled_from([Fraction(5), Fraction(10), Fraction(25, 2)])
    return st.lists(st.tuples(st.sampled_from(VENDORS), some.map(tuple), discounts), max_size=3)


def limits_of(rules):
    incumbents = frozenset(rules.get("incumbents", ()))
    make = {
        "lots_per_vendor": lambda n: LotsPerVendor(Fraction(n)),
        "value_per_vendor": lambda most: ValuePerVendor("capacity", most),
        "budget": Budget,
        "vendors.at_least": lambda n: VendorsAtLeast(Fraction(n)),
        "vendors.at_most": lambda n: VendorsAtMost(Fraction(n)),
        "incumbents.lots_per_vendor": lambda n: IncumbentsEach(Fraction(n), incumbents),
        "incumbents.at_most": lambda n: IncumbentsTogether(Fraction(n), incumbents),
    }
    return [make[name](given) for name, given in rules.items() if name != "incumbents"]


def objective_of(given):
    plain = {"points": POINTS, "price": PRICE, "evaluated_price": EVALUATED_PRICE}
    return plain[given] if isinstance(given, str) else Objective(MIX, *map(Fraction, given))


def candidate_of(vendor, bid):
    formula = PriceFormula(bid["added"], bid["share"], bid["cents"])
    return Candidate(vendor, vendor, bid["rank"], bid["total"], bid["price"], formula)


def programme_of(bids, objective, packages, decimals, limits=()):
    candidates = {
        lot: [candidate_of(vendor, bid) for vendor, bid in offers.items()]
        for lot, offers in bids.items()
    }
    return Programme(
        candidates,
        objective_of(objective),
        limits,
        [Package(*each) for each in packages],
        dict.fromkeys(bids, decimals),
    )


def vendors_of(programme, choice):
    return {
        lot: None if at < 0 else among[at].vendor
        for lot, among, at in zip(programme.lots, programme.candidates, choice, strict=True)
    }


@given(programmes())
@searching()
def test_the_award_is_the_best_of_all_choices(case):
    bids, objective, rules, packages, decimals = case
    awarding = Awarding(
        programme_of(bids, objective, packages, decimals), limits_of(rules), "optimum"
    )
    found, expected = awarding.award(), best(bids, objective, rules, packages, decimals)
    if expected is None:
        assert (found.status, found.objective) == ("infeasible", None)
        return
    choice, _, gain = expected
    assert vendors_of(awarding.programme, awarding.choice) == choice
    assert found.objective == (-gain if objective in {"price", "evaluated_price"} else gain)


@given(programmes())
@searching()
def test_a_cost_is_what_the_best_choice_gains_without_the_constraint(case):
    bids, objective, rules, packages, decimals = case
    found = Awarding(
        programme_of(bids, objective, packages, decimals), limits_of(rules), "optimum"
    ).award()
    here = best(bids, objective, rules, packages, decimals)
    for constraint in found.constraints:
        others = {name: given for name, given in rules.items() if name != constraint.id}
        without = best(bids, objective, others, packages, decimals)
        gained = (without[1] - here[1], without[2] - here[2]) if here else (None, None)
        assert (constraint.lots, constraint.cost) == gained


def test_a_programme_that_was_once_called_infeasible():
    """HiGHS 1.16 says so after presolving."""
    same = {"total": Fraction(75), "price": Fraction(90)}
    same |= {"added": Fraction(0), "share": Fraction(1), "cents": None}
    bids = {
        "lot-0": {vendor: {**same, "rank": 1} for vendor in ("acme", "bolt", "core")},
        "lot-1": {vendor: {**same, "rank": None} for vendor in ("acme", "bolt", "dart")},
    }
    package = [("acme", ("lot-0", "lot-1"), Fraction(5))]
    limits = [VendorsAtLeast(Fraction(2))]
    search = Search(programme_of(bids, (70, 30, 0), package, None, limits))
    assert vendors_of(search._programme, search.choice()) == {"lot-0": "acme", "lot-1": "bolt"}


def test_a_discount_that_makes_a_bid_dearer_counts_all_the_same():
    """200 less the price: 100 as bid, but 110 with the discount that comes with the lot."""
    as_bid = {"total": Fraction(75), "rank": 1, "cents": None}
    acme = {**as_bid, "price": Fraction(100), "added": Fraction(200), "share": Fraction(-1)}
    bolt = {**as_bid, "price": Fraction(105), "added": Fraction(0), "share": Fraction(1)}
    package = [("acme", ("web",), Fraction(10))]
    bids = {"web": {"acme": acme, "bolt": bolt}}
    search = Search(programme_of(bids, "evaluated_price", package, None))
    assert vendors_of(search._programme, search.choice()) == {"web": "bolt"}


@given(programmes())
@searching()
def test_a_clash_cannot_hold_together_and_no_smaller_set_clashes(case):
    bids, objective, rules, packages, decimals = case
    found = Awarding(
        programme_of(bids, objective, packages, decimals), limits_of(rules), "optimum"
    ).award()

    def clashes(names):
        some = {name: rules[name] for name in rules if name in {*names, "incumbents"}}
        return best(bids, objective, some, packages, decimals) is None

    if found.clash:
        assert clashes(found.clash)
        assert not any(clashes(set(found.clash) - {name}) for name in found.clash)


@given(programmes())
@searching()
def test_choices_one_by_one_come_to_the_same(case):
    bids, objective, rules, packages, decimals = case
    search = Search(programme_of(bids, objective, packages, decimals, limits_of(rules)))
    expected = best(bids, objective, rules, packages, decimals)
    found = search._one_by_one()
    assert (found and vendors_of(search._programme, found)) == (expected and expected[0])


@given(programmes(), st.integers(1, 3), st.integers(1, 3), st.booleans())
@searching()
def test_few_vendors_with_few_lots_each_are_the_best(case, most, lots, counted):
    """Whether each vendor's lots are counted, or have a price."""
    bids, objective, rules, packages, decimals = case
    others = {**rules, "lots_per_vendor": lots}
    others.pop("vendors.at_most", None)
    programme = programme_of(bids, objective, packages, decimals, limits_of(others))
    assume(any(programme.candidates))
    expected = best(bids, objective, {**others, "vendors.at_most": most}, packages, decimals)
    found = _found(programme, most, _caps(programme) if counted else {}, 1000)
    assert (found and vendors_of(programme, found)) == (expected and expected[0])


@given(programmes())
@searching()
def test_highs_alone_finds_the_best(case):
    """Also where each lot's best candidate would do, and no search is needed."""
    bids, objective, rules, packages, decimals = case
    search = Search(programme_of(bids, objective, packages, decimals, limits_of(rules)))
    expected = best(bids, objective, rules, packages, decimals)
    try:
        outcome = search._best_outcome()
        choice = None if outcome is None else search._first_of_equals(outcome)
    except DoubtError:
        assert not search._fits()
        return
    assert (choice and vendors_of(search._programme, choice)) == (expected and expected[0])
