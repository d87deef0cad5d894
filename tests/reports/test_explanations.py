"""``explain``: every number of one vendor with its fact, its rule and its sum."""

import csv
import io
import json
from textwrap import dedent

import pytest
from rich.cells import cell_len

from reports.hostile import NAMES
from reports.rounds import an_explanation
from tenderscore.reports import EXPLANATIONS, Style


def explained(name, explanation=None, **style):
    return EXPLANATIONS[name].render(explanation or an_explanation(), Style(**style)).decode()


def test_the_table_shows_facts_rules_and_sums_by_place():
    assert explained("table") == dedent("""\
        Acme (acme)

        all: not on the shortlist
        -------------------------

        All bids: not advanced, rank 2, 80.00 points

          + Business licence: qualifications.business_licence is true: true, passed
            (bids/acme.yaml:4:38, criteria/method.yaml:6:3)

          Criterion    Weight   Points     Adds
          Experience       60    80.00    48.00
            (criteria/experience.yaml:1:1)
            Years         100    80.00    48.00
              experience.years = 8 (bids/acme.yaml:5:20)
              linear: (8 - 0) / (10 - 0) x 100 = 80 (criteria/experience.yaml:5:5)
              at least 20 points are needed: met

          Total: 80 = 80
          To be shortlisted: 3.21 points more: 83.21 was the lowest total that advanced
        """)


def test_json_has_the_same_for_machines():
    document = json.loads(explained("json"))
    (round_,) = document["lots"][0]["rounds"]
    assert (document["schema"], document["vendor"]) == ("tenderscore/explanation/1", "acme")
    assert (round_["outcome"], round_["rank"], round_["total"]) == ("not_advanced", 2, 80.0)
    assert round_["criteria"][1] == {
        "id": "experience.years",
        "title": "Years",
        "weight": 100,
        "method": "linear",
        "source": "experience.years",
        "filled": None,
        "value": 8,
        "formula": "(8 - 0) / (10 - 0) x 100 = 80",
        "inputs": [],
        "exact": 80.0,
        "points": 80.0,
        "contribution": 48.0,
        "notes": ["at least 20 points are needed: met"],
        "fact_place": {"file": "bids/acme.yaml", "line": 5, "column": 20},
        "rule_place": {"file": "criteria/experience.yaml", "line": 5, "column": 5},
    }


def test_csv_has_a_row_a_requirement_and_criterion():
    rows = list(csv.DictReader(io.StringIO(explained("csv").lstrip("\ufeff"), newline="")))
    assert [(row["kind"], row["id"], row["points"]) for row in rows] == [
        ("requirement", "licence", ""),
        ("group", "experience", "80"),
        ("criterion", "experience.years", "80"),
    ]
    assert rows[2]["fact_place"] == "bids/acme.yaml:5:20"


def test_markdown_has_a_table_of_criteria():
    assert (
        "| &emsp;Years | 100 | 80.00 | 48.00 "
        "| experience.years = 8 (bids/acme.yaml:<!-- -->5:20) "
        "| linear: (8 - 0) / (10 - 0) x 100 = 80 (criteria/experience.yaml:<!-- -->5:5)"
        "<br>at least 20 points are needed: met |\n"
    ) in explained("markdown")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("form", EXPLANATIONS)
def test_a_hostile_name_does_no_harm(form, name):
    text = explained(form, an_explanation(name=name))
    assert all(line.isprintable() for line in text.lstrip("\ufeff").splitlines())


@pytest.mark.parametrize("width", [60, 80, 140])
def test_no_line_is_wider_than_the_screen(width):
    text = explained("table", an_explanation(name="粤心客服" * 12), width=width)
    assert all(cell_len(line) <= width for line in text.splitlines())


def test_a_narrow_screen_loses_nothing():
    text = " ".join(explained("table", width=24).split())
    assert "Experience 60 80.00 48.00" in text
    assert "Years 100 80.00 48.00" in text
