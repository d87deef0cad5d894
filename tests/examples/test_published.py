"""Published examples come out with their published figures."""

from __future__ import annotations

from pathlib import Path

import pytest

METHOD = Path(__file__).parents[2] / "examples/south-africa-80-20/criteria/method.yaml"


@pytest.mark.parametrize("name", ["negometrix", "published-and-wrong", "alaska"])
def test_the_totals_and_the_winner_are_the_published_ones(name, example, expected):
    code, result = example(name)
    figures = expected(name)
    assert result.column("total") == figures["totals"]
    assert result.lot()["winner"] == figures["winner"]
    assert code == 0


def test_146_and_144_of_200_points(example, expected):
    _, result = example("negometrix")
    figures = expected("negometrix")
    totals = result.column("total")
    assert {v: t * figures["out_of"] / 100 for v, t in totals.items()} == figures["points"]
    for vendor, parts in figures["contributions"].items():
        for criterion, contribution in parts.items():
            assert result.node(vendor, criterion)["contribution"] == contribution


def test_the_benchmark_is_the_lowest_price_and_not_the_first_bidder(example, expected):
    _, result = example("published-and-wrong")
    figures = expected("published-and-wrong")
    assert result.points("price.offer") == figures["price"]
    assert max(figures["published"]["price"].values()) > 100


def test_two_preferences_work_at_two_places_of_the_chain(example, expected):
    _, result = example("alaska")
    figures = expected("alaska")
    costs = {vendor: result.node(vendor, "cost.evaluated") for vendor in figures["cost"]}
    assert {vendor: cost["value"] for vendor, cost in costs.items()} == figures["evaluated"]
    assert {vendor: cost["contribution"] for vendor, cost in costs.items()} == figures["cost"]


def test_a_tie_at_92_points_is_reported_and_left_to_people(example, expected):
    code, result = example("south-africa-80-20")
    figures = expected("south-africa-80-20")
    vendors = figures["price"]
    contributions = {v: result.node(v, "price.offer")["contribution"] for v in vendors}
    assert contributions == figures["price"]
    assert result.column("total") == figures["totals"]
    assert result.lot()["winner"] is None
    assert result.lot()["tie"] == figures["tie"]
    assert "tie-at-cut" in result.codes
    assert code == 3


@pytest.mark.parametrize(("tie_break", "winner"), [("preference", "b"), ("price", "a")])
def test_a_published_tie_break_would_have_decided(tie_break, winner, example):
    method = METHOD.read_bytes() + f"tie_break: [{tie_break}]\n".encode()
    code, result = example("south-africa-80-20", change={"criteria/method.yaml": method})
    assert result.lot()["winner"] == winner
    assert code == 0


def test_prozorro_features_make_a_coefficient_and_the_buyer_rejects_the_first(example, expected):
    code, result = example("prozorro")
    figures = expected("prozorro")
    compared = figures["comparison"]
    assert list(result.bids("comparison")) == compared["order"]
    for vendor, amount in compared["amounts"].items():
        assert result.node(vendor, "compared-price.amount", "comparison")["value"] == amount
    for vendor, requirement in figures["qualification"]["eliminated"].items():
        assert result.reasons(vendor, "qualification") == [f"requirement {requirement}"]
    assert result.lot()["winner"] == figures["winner"]
    assert code == 0
