"""The outsourcing round comes out as its README tells it."""

from __future__ import annotations

import pytest

LOTS = ["it-support", "customer-service", "marketing", "data-analysis"]


@pytest.fixture
def outsourcing(example):
    code, result = example("outsourcing")
    assert code == 0
    return result


@pytest.mark.parametrize("lot", LOTS)
def test_winner_shortlist_and_totals(lot, outsourcing, expected):
    figures = expected("outsourcing", "expected/results.yaml")[lot]
    assert outsourcing.lot(lot)["winner"] == figures["winner"]
    assert outsourcing.lot(lot)["shortlist"] == figures["shortlist"]
    for name, totals in figures["totals"].items():
        published = outsourcing.column("total", name, lot)
        assert {v: t for v, t in published.items() if t is not None} == totals


@pytest.mark.parametrize("lot", LOTS)
def test_everybody_else_is_out_for_a_reason(lot, outsourcing, expected):
    figures = expected("outsourcing", "expected/results.yaml")[lot]
    ended = {}
    for each in outsourcing.lot(lot)["rounds"]:
        for row in each["bids"]:
            if row["outcome"] != "advanced":
                (reason,) = row["reasons"]
                by = reason.get("requirement") or reason.get("criterion")
                ended[row["vendor"]] = (row["outcome"], by or each["id"])
    eliminated = {v: ("eliminated", by) for v, by in figures.get("eliminated", {}).items()}
    behind = {v: ("not_advanced", name) for v, name in figures.get("not_advanced", {}).items()}
    assert ended == eliminated | behind
    aside = {each["vendor"]: each["rule"] for each in outsourcing.lot(lot)["set_aside"]}
    assert aside == figures.get("set_aside", {})


def test_two_vendors_share_the_four_lots(outsourcing):
    assert [outsourcing.lot(lot)["winner"] for lot in LOTS] == [
        "nanling",
        "hesheng",
        "hesheng",
        "nanling",
    ]


def test_the_dollar_counts_at_the_rate_of_the_deadline(outsourcing):
    offer = outsourcing.node("blue-harbour", "price.offer", "final", "it-support")
    assert offer["value"] == 3647180.8


def test_missing_marks_are_warned_of_and_the_mean_is_that_of_the_others(outsourcing):
    premises = outsourcing.node("qinghe", "site-visit.premises", "final", "data-analysis")
    assert premises["value"] == 3.25
    lacking = [each for each in outsourcing["warnings"] if each["code"] == "missing-score"]
    assert len(lacking) == 3
    assert all("osei" in each["message"] for each in lacking)


def test_the_panel_agreed_on_a_mark_and_a_price_was_corrected(outsourcing):
    final = outsourcing.bids("final", "marketing")
    decided = {
        vendor: [each["decide"] for each in row["decisions"]] for vendor, row in final.items()
    }
    assert decided == {"hesheng": [], "marigold": ["consensus"], "huafeng": ["correct"]}
    premises = outsourcing.node("marigold", "site-visit.premises", "final", "marketing")
    assert premises["value"] == 4
    assert final["huafeng"]["price"] == 2_310_000


def test_before_the_panel_the_round_ends_with_the_screening(example):
    code, result = example("outsourcing", "--until", "screening")
    assert code == 0
    assert result.lot("data-analysis")["shortlist"] == [
        "nanling",
        "blue-harbour",
        "qinghe",
        "starmap",
    ]
    assert result.lot("data-analysis")["winner"] is None
