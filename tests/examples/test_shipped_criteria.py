"""The criteria that ship are complete, fair by design and usable with nothing but bids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

CRITERIA = Path(__file__).parents[2] / "criteria"
LANGUAGES = {"en", "zh-Hans", "zh-Hant"}
RELATIVE = {"ratio_to_best", "min_max", "excess_over_best", "deviation"} | {
    "relative_to_mean",
    "bilinear",
}
FORBIDDEN = re.compile(
    r"capital|registered|registration|head_?count|employees|staff|profit|country"
)

METHOD = yaml.safe_load((CRITERIA / "method.yaml").read_text(encoding="utf-8"))
GROUPS = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted(CRITERIA.glob("*.yaml"))
    if path.stem != "method"
}


def nodes(node, parent=""):
    name = f"{parent}.{node['id']}" if parent else node["id"]
    yield name, node
    for child in node.get("criteria", []):
        yield from nodes(child, name)


EVERY = dict(each for group in GROUPS.values() for each in nodes(group))
LEAVES = {name: node for name, node in EVERY.items() if "criteria" not in node}


def read(leaf):
    """The facts that a leaf reads."""
    if "fact" in leaf:
        return {leaf["fact"]}
    return set(re.findall(r"bid\.([a-z_.]+)", leaf.get("expr", "")))


def test_the_set_has_the_groups_of_both_rounds():
    screening, final = METHOD["rounds"]
    assert screening["criteria"] == [
        "experience",
        "finances",
        "reputation",
        "location",
        "innovation",
    ]
    assert set(final["criteria"]) == {
        "proposal",
        "site-visit",
        "references",
        "risk",
        "strategic-fit",
        "price",
    }
    assert set(screening["criteria"]) | set(final["criteria"]) == set(GROUPS)
    assert "requirements" not in final


@pytest.mark.parametrize("name", EVERY)
def test_every_node_has_a_title_in_three_languages(name):
    assert set(EVERY[name]["title"]) == LANGUAGES


@pytest.mark.parametrize("name", METHOD["requirements"])
def test_every_requirement_has_a_title_in_three_languages(name):
    assert set(METHOD["requirements"][name]["title"]) == LANGUAGES


@pytest.mark.parametrize("name", [name for name in EVERY if name not in LEAVES])
def test_weights_of_siblings_add_up_to_100(name):
    assert sum(child["weight"] for child in EVERY[name]["criteria"]) == 100


@pytest.mark.parametrize("each", METHOD["rounds"], ids=lambda each: each["id"])
def test_weights_of_a_round_add_up_to_100(each):
    assert sum(GROUPS[group]["weight"] for group in each["criteria"]) == 100


def test_nothing_but_the_price_is_scored_against_other_bids():
    relative = {name for name, leaf in LEAVES.items() if leaf["score"]["method"] in RELATIVE}
    assert relative == {"price.offer"}


def test_the_screening_needs_no_panel_and_the_final_does():
    def panels(position):
        return [
            name
            for group in METHOD["rounds"][position]["criteria"]
            for name, node in nodes(GROUPS[group])
            if node.get("score", {}).get("method") == "panel"
        ]

    assert panels(0) == []
    assert len(panels(1)) == 16


def test_size_and_place_of_registration_earn_nothing():
    facts = {fact for leaf in LEAVES.values() for fact in read(leaf)}
    assert not [fact for fact in facts if FORBIDDEN.search(fact)]
    alone = {leaf["fact"] for leaf in LEAVES.values() if "fact" in leaf}
    assert not alone & {"finances.revenue", "finances.assets", "vendor.location"}


def test_what_is_a_requirement_is_not_scored_again():
    required = {fact for each in METHOD["requirements"].values() for fact in read(each)}
    scored = {fact for leaf in LEAVES.values() for fact in read(leaf)}
    assert required & scored == {"price"}, "the price has a ceiling and is compared under it"


@pytest.mark.parametrize("path", sorted(CRITERIA.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_leaf_says_in_a_comment_or_to_the_panel_what_it_takes(path: Path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    leaves = [name for name in LEAVES if name.split(".")[0] == path.stem]
    assert text.count("#") + text.count("guidance:") > len(leaves)


BID = """
    qualifications: {business_licence: true}
    vendor: {id: acme, name: Acme Services, country: CN, location: [22.54, 114.06]}
    received: 2026-03-30T09:12:00+08:00
    experience: {years: 12, similar_projects: 7, certificates: [ISO27001, ISO9001]}
    finances: {revenue: 81_000_000, assets: 60_000_000, liabilities: 24_000_000, credit_rating: AA}
    price: 3_450_000
    response_hours: 4
"""


def test_a_newcomer_needs_only_bids(evaluate):
    result = evaluate({"bids/acme.yaml": BID})
    assert result.column("outcome", "screening") == {"acme": "advanced"}
    assert result.points("experience", "screening") == {"acme": 100}
    assert result.points("finances", "screening") == {"acme": 96.5}
    assert result.points("location", "screening") == {"acme": 48}
    assert result.column("total", "screening") == {"acme": 56.5}


def test_the_final_waits_for_the_panel(evaluate):
    result = evaluate({"bids/acme.yaml": BID})
    assert result.lot()["pending"] == ["final"]
    assert result.lot()["shortlist"] == ["acme"]
    assert result.lot()["winner"] is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("qualifications: {business_licence: false}", "requirement licence"),
        ("qualifications: {}", "requirement licence"),
        ("qualifications: {business_licence: true, debarred: true}", "requirement not-debarred"),
    ],
)
def test_a_bid_that_is_not_fit_is_out(change, reason, evaluate):
    text = BID.replace("qualifications: {business_licence: true}", change)
    result = evaluate({"bids/acme.yaml": text})
    assert result.reasons("acme", "screening") == [reason]


TENDER = """
    currency: CNY
    deadline: 2026-03-30T09:12:00+08:00
    lots: {it: {budget: 3_450_000}}
"""


def test_the_very_second_and_the_very_amount_still_count(evaluate):
    result = evaluate({"tender.yaml": TENDER, "bids/acme.yaml": BID})
    assert result.column("outcome", "screening") == {"acme": "advanced"}


def test_a_second_late_and_a_yuan_over_are_out(evaluate):
    text = BID.replace("09:12:00", "09:12:01").replace("3_450_000", "3_450_001")
    result = evaluate({"tender.yaml": TENDER, "bids/acme.yaml": text})
    assert result.reasons("acme", "screening") == ["requirement on-time", "requirement in-budget"]


def test_a_local_office_and_the_promise_of_one_earn_the_same(evaluate):
    files = {
        f"bids/{name}.yaml": BID.replace("acme", name) + f"    local_service: {name}\n"
        for name in ("existing", "promised", "none")
    }
    points = evaluate(files).points("location.local-service", "screening")
    assert points == {"existing": 100, "promised": 100, "none": 0}


def test_a_giant_and_a_small_firm_with_equal_ratios_earn_the_same(evaluate):
    small = BID.replace("81_000_000", "18_000_000").replace("60_000_000", "6_000_000")
    small = small.replace("24_000_000", "2_400_000").replace("acme", "small")
    points = evaluate({"bids/acme.yaml": BID, "bids/small.yaml": small}).points("finances")
    assert points == {"acme": 96.5, "small": 96.5}
