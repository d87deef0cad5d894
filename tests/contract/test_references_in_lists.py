"""Section 1.8: a text that begins with `lot.` or `tender.` stands for that value, in lists too."""

import pytest

from .conftest import one_criterion, one_requirement

TENDER = "lots: {web: {kind: red, alt: green, n: 3}}\n"


@pytest.mark.parametrize(
    ("rule", "met", "failed"),
    [
        ("one_of: [lot.kind, lot.alt]", "red", "blue"),
        ("one_of: [blue, lot.alt]", "green", "red"),
        ("includes: [lot.n]", "[1, 3]", "[1]"),
        ("includes: [lot.kind, b]", "[b, red]", "[b, lot.kind]"),
        ("is: [lot.kind, 1]", "[red, 1]", "[green, 1]"),
    ],
)
def test_in_a_requirement(requirement, rule, met, failed):
    outcomes = requirement(f"fact: x, {rule}", tender=TENDER, acme=met, bolt=failed)
    assert outcomes == {"acme": True, "bolt": False}


@pytest.mark.parametrize(
    ("score", "x", "expected"),
    [
        ("{method: coverage, of: [lot.kind, b]}", "[red]", 50.0),
        ("{method: coverage, of: [lot.kind, red]}", "[red]", 100.0),
        ("{method: coverage, of: {red: lot.n, b: 1}}", "[red]", 75.0),
        ("{method: interpolate, through: [[0, 0], [lot.n, 60]]}", "2", 40.0),
        ("{method: distance, from: [lot.n, 0], best: 0, worst: 100}", "[3, 0]", 100.0),
    ],
)
def test_in_a_method(points, score, x, expected):
    assert points(score, tender=TENDER, acme=x) == {"acme": expected}


def test_in_an_only_if(points):
    given = points(
        "{method: points}",
        leaf="only_if: {fact: y, one_of: [lot.kind]}",
        tender=TENDER,
        acme="5\ny: red",
        bolt="5\ny: blue",
    )
    assert given == {"acme": 5.0, "bolt": 0.0}


@pytest.mark.parametrize("rule", ["one_of: [red, lot.other]", "includes: [lot.other]"])
def test_a_requirement_of_an_absent_one_is_not_applied_with_a_warning(evaluate, rule):
    files = one_requirement(f"fact: x, {rule}", {"acme": "[b]", "bolt": None}, tender=TENDER)
    result = evaluate(files)
    assert result.column("outcome") == {"acme": "advanced", "bolt": "advanced"}
    warned = [each for each in result["warnings"] if each["code"] == "not-applied"]
    assert len(warned) == 1
    assert "lot.other" in warned[0]["message"]
    assert "web" in warned[0]["message"]


@pytest.mark.parametrize("of", ["[lot.other, b]", "{a: lot.other, b: 1}"])
def test_a_method_of_an_absent_one_is_an_error(problems, of):
    files = one_criterion(f"{{method: coverage, of: {of}}}", {"acme": "[b]"}, tender=TENDER)
    found = problems(files)
    assert [(each["code"], each["file"]) for each in found] == [
        ("absent-reference", "criteria/g.yaml")
    ]
    assert "lot.other" in found[0]["message"]


@pytest.mark.parametrize("share", ["x", "-1", "[1]"])
def test_a_lots_share_has_to_be_one(problems, share):
    tender = f"lots: {{web: {{n: {share}}}}}\n"
    score = "{method: coverage, of: {a: lot.n, b: 1}}"
    found = problems(one_criterion(score, {"acme": "[b]"}, tender=tender))
    assert [each["file"] for each in found] == ["criteria/g.yaml"]


def test_a_text_of_the_lot_stands_for_nothing_else(points):
    tender = "lots: {web: {kinds: [lot.other, b]}}\n"
    given = points("{method: coverage, of: lot.kinds}", tender=tender, acme="[lot.other]")
    assert given == {"acme": 50.0}


def test_a_number_that_is_a_reference_again_is_no_number(problems):
    tender = "lots: {web: {n: lot.m, m: 5}}\n"
    found = problems(one_criterion("{method: points, out_of: lot.n}", {"acme": "1"}, tender=tender))
    assert [(each["code"], each["file"]) for each in found] == [("wrong-type", "criteria/g.yaml")]
