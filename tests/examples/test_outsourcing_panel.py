"""How the panel of the outsourcing round scored: an outlier, and a lot that hangs on a hair."""

import csv
import io
import re
from pathlib import Path

import pytest

BIDS = Path(__file__).parents[2] / "examples" / "outsourcing" / "bids"


@pytest.fixture
def panel(run):
    done = run("panel", BIDS, "--format", "json", "--quiet")
    assert done.code == 0, done.err
    return done.json


def lot(document, id_):
    (found,) = (each for each in document["lots"] if each["id"] == id_)
    return found


def test_one_evaluator_stands_apart_on_one_vendor_in_one_lot(panel):
    (striking,) = (check for check in panel["checks"] if check["check"] == "striking")
    found = {(each["lot"], each["vendor"], *each["evaluators"]) for each in striking["findings"]}
    assert found == {("data-analysis", "starmap", "zhao")}
    assert len(striking["findings"]) == 5


def test_what_was_agreed_on_stands_beside_the_marks(panel, run):
    agreed = [case for case in panel["cases"] if case["agreed"] is not None]
    assert [(case["criterion"], case["vendor"], case["agreed"]) for case in agreed] == [
        ("site-visit.premises", "marigold", 4)
    ]
    assert [mark["score"] for mark in agreed[0]["scores"]] == [4, 4, 2, 5, 4]
    shown = run("panel", BIDS, "--quiet").out
    assert re.search(r"Spread +Agreed$", shown, re.MULTILINE)
    assert re.search(r"marigold .* 3\.00 +4\.00$", shown, re.MULTILINE)
    rows = run("panel", BIDS, "--quiet", "--format", "csv").out
    assert {row["agreed"] for row in csv.DictReader(io.StringIO(rows))} == {"", "4"}


def test_the_lot_ends_the_same_without_the_outlier(panel):
    (without,) = (
        each for each in lot(panel, "data-analysis")["without"] if each["evaluator"] == "zhao"
    )
    assert (without["winner"], without["differs"]) == ("nanling", False)


def test_marketing_hangs_on_single_scores(panel):
    assert lot(panel, "marketing")["swings"]
    assert [id_ for id_ in ("it-support", "customer-service") if lot(panel, id_)["swings"]] == []


def test_all_totals_add_up_again(panel):
    assert panel["checks"][0]["findings"] == []
