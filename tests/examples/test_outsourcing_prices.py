"""The outsourcing round's prices, as its README tells of them."""

from __future__ import annotations

from pathlib import Path

import pytest

import tenderscore as ts

BIDS = Path(__file__).parents[2] / "examples" / "outsourcing" / "bids"


@pytest.fixture(scope="module")
def lots():
    return {lot.id: lot for lot in ts.open_round(BIDS).prices().lots}


def test_cheap_labour_makes_oasis_cheap(lots):
    apart = {
        (item.id, cost.vendor): (int(cost.amount), cost.side)
        for item in lots["marketing"].items
        for cost in item.costs
        if cost.side
    }
    assert apart == {("labour", "oasis"): (700_000, "low")}


def test_labour_of_the_other_three(lots):
    labour = next(item for item in lots["marketing"].items if item.id == "labour")
    others = sorted(int(cost.amount) for cost in labour.costs if cost.vendor != "oasis")
    assert others == [1_310_000, 1_340_000, 1_480_000]


def test_only_marigold_pays_for_insurance(lots):
    assert {item.id: item.alone for item in lots["marketing"].items if item.alone} == {
        "insurance": "marigold"
    }


def test_a_corrected_price_keeps_its_parts(lots):
    huafeng = next(bid for bid in lots["marketing"].bids if bid.vendor == "huafeng")
    assert (huafeng.price, huafeng.itemised) == (2_310_000, True)


def test_every_lot_has_an_estimate(lots):
    assert {id_: int(lot.estimate) for id_, lot in lots.items()} == {
        "it-support": 3_700_000,
        "customer-service": 3_200_000,
        "marketing": 2_050_000,
        "data-analysis": 1_750_000,
    }


def test_who_fails_a_requirement_is_held_against_the_others(lots):
    outside = {id_: [b.vendor for b in lot.bids if not b.admitted] for id_, lot in lots.items()}
    assert outside == {
        "it-support": ["dingsheng", "suda"],
        "customer-service": ["suda", "huafeng"],
        "marketing": ["suda"],
        "data-analysis": ["suda"],
    }
