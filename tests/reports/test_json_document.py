"""The JSON is what docs/reference/result.md says, and loads nothing heavy."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from reports.hostile import NAMES
from reports.rounds import a_bid, a_lot, a_round, a_warning, an_evaluation, two_rounds
from tenderscore.errors import Message, Place, Problem
from tenderscore.model.values import Fault
from tenderscore.reports import Style
from tenderscore.reports._json import number, plain
from tenderscore.reports.json_document import JsonDocument, problems_document


def rendered(*lots, language="en", **more):
    return json.loads(JsonDocument().render(an_evaluation(*lots, **more), Style(language)))


def test_the_keys_of_the_published_schema_are_there_in_their_order():
    document = rendered(two_rounds(), warnings=[a_warning()])
    lot = document["lots"][0]
    bid = lot["rounds"][1]["bids"][0]
    assert list(document)[:4] == ["schema", "tender", "lots", "warnings"]
    assert list(document["tender"])[:3] == ["id", "title", "currency"]
    wanted = {"id", "rounds", "shortlist", "pending", "winner", "tie", "set_aside"}
    assert wanted <= set(lot)
    assert list(bid)[:8] == [
        *("vendor", "name", "outcome", "reasons", "total", "rank", "carried", "criteria"),
    ]
    assert bid["carried"] == {"screening": 83.2}
    assert bid["criteria"][1] == {
        "id": "experience.years",
        "value": 12,
        "points": 95.0,
        "weight": 100,
        "contribution": 57.0,
    }
    assert document["warnings"] == [
        {
            "code": "missing-fact",
            "severity": "warning",
            "message": "experience.years is missing",
            "file": "bids/bolt.yaml",
            "line": 7,
            "column": 14,
            "help": None,
            "also": [],
        }
    ]


def test_a_lot_says_how_it_ended():
    (lot,) = rendered(two_rounds())["lots"]
    assert (lot["winner"], lot["margin"], lot["shortlist"], lot["tie"]) == (
        *("bolt", 0.07, ["bolt"], []),
    )
    assert lot["set_aside"] == [
        {
            "vendor": "acme",
            "bid": "acme-1",
            "rule": "superseded",
            "message": "replaced by acme-2",
            "name": "Acme",
        }
    ]


def test_reasons_name_what_was_not_met():
    bids = rendered(two_rounds())["lots"][0]["rounds"][0]["bids"]
    assert [bid["reasons"] for bid in bids] == [
        [],
        [],
        [{"rule": "advance", "message": "rank 3, and at most 2 advance"}],
        [{"requirement": "on-time", "message": "received 41 seconds after the deadline"}],
    ]
    assert bids[3] | {"criteria": [], "total": None, "rank": None} == bids[3]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(12), 12),
        (Fraction(7, 2), 3.5),
        (2**53, 2**53),
        (10**29, 1e29),
        (10**400, sys.float_info.max),
        (True, True),
        (None, None),
        ("NO", "NO"),
        (date(2026, 3, 31), "2026-03-31"),
        (datetime(2026, 3, 31, 17, tzinfo=UTC), "2026-03-31T17:00:00+00:00"),
        ([1, Fraction(1, 2), [date(2026, 1, 1)]], [1, 0.5, ["2026-01-01"]]),
        ({"lat": Fraction(1, 4)}, {"lat": 0.25}),
        (Fault("missing-rate", Message("no rate")), None),
    ],
)
def test_facts_are_plain_json(value, shown):
    assert plain(value) == shown
    assert type(plain(value)) is type(shown)


def test_a_number_is_the_nearest_float():
    assert number(Fraction(1, 3)) == 1 / 3
    assert number(Fraction("82.345")) == 82.345


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_names_come_back_exactly_as_they_were(name):
    lot = a_lot(a_round(a_bid("acme", {"price": 50}, name=name, total=50, rank=1)))
    content = JsonDocument().render(an_evaluation(lot), Style())
    assert json.loads(content)["lots"][0]["rounds"][0]["bids"][0]["name"] == name
    assert all(line.isprintable() for line in content.decode().splitlines())


def test_a_large_round_has_a_bid_a_line():
    bids = [a_bid(f"v{n:04}", {"price": 50}, total=50, rank=1) for n in range(1001)]
    content = JsonDocument().render(an_evaluation(a_lot(a_round(*bids))), Style())
    lines = [line for line in content.decode().splitlines() if '"outcome": "advanced"' in line]
    assert len(lines) == 1001
    assert json.loads(content)["lots"][0]["rounds"][0]["bids"][1000]["vendor"] == "v1000"


def test_a_tender_that_says_nothing_is_null():
    assert rendered(currency=None, title=None)["tender"]["title"] is None


def test_problems_have_their_own_document():
    problem = Problem(
        "weight-sum",
        Message("criteria add up to {n}, not 100", n=95),
        Place("criteria/price.yaml", 3, 9),
        Message("write 100"),
        also=((Message("here too"), Place("bids.xlsx", 7, "F", "Sheet1")),),
    )
    assert json.loads(problems_document([problem], "en")) == {
        "schema": "tenderscore/problems/1",
        "problems": [
            {
                "code": "weight-sum",
                "severity": "error",
                "message": "criteria add up to 95, not 100",
                "file": "criteria/price.yaml",
                "line": 3,
                "column": 9,
                "help": "write 100",
                "also": [
                    {
                        "message": "here too",
                        "file": "bids.xlsx",
                        "line": 7,
                        "column": "F",
                        "sheet": "Sheet1",
                    }
                ],
            }
        ],
    }


def test_no_problems_are_an_empty_list():
    assert json.loads(problems_document([], "en"))["problems"] == []


def test_json_loads_no_library_that_draws():
    program = (
        "import sys; import tenderscore.reports; import tenderscore.reports.json_document;"
        "heavy = {'rich', 'jinja2', 'xlsxwriter', 'typst', 'pandas'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
