"""Values in sentences stand as a file would say them: a text is told from a number."""

import pytest

from .conftest import one_criterion, one_requirement


def reason(evaluate, rule, x):
    result = evaluate(one_requirement(f"fact: x, {rule}", {"acme": x}))
    (found,) = result.bids()["acme"]["reasons"]
    return found["message"]


@pytest.mark.parametrize(
    ("rule", "x", "said"),
    [
        ("one_of: ['1', true, 5]", "1", 'r: x is 1, none of ["1", true, 5]'),
        ("one_of: [1, '2']", "'1'", 'r: x is "1", none of [1, "2"]'),
        ("one_of: [red, very green]", "blue", "r: x is blue, none of [red, very green]"),
        ("includes: [1]", "['1']", 'r: x is ["1"], which lacks some of [1]'),
        (
            "includes: [a]",
            "[~, 'a, b', 2026-03-31, {r: 1}]",
            'r: x is [null, "a, b", 2026-03-31, {r: 1}], which lacks some of [a]',
        ),
        ("is: '007'", "007x", "r: x is 007x, not 007"),
        ("is: 'true'", "'false'", 'r: x is "false", not "true"'),
    ],
)
def test_a_requirement_that_is_not_met(evaluate, rule, x, said):
    assert reason(evaluate, rule, x) == said


def test_a_value_of_another_type_than_those_listed(problems):
    score = "{method: lookup, points: {1: 10, 2: 20}}"
    (found,) = problems(one_criterion(score, {"acme": "'1'"}))
    assert '"1" is of another type than the listed values: 1, 2' in found["message"]


def test_an_item_that_no_tier_has(problems):
    score = "{method: per_item, tiers: {'1': 10, b: 20}}"
    (found,) = problems(one_criterion(score, {"acme": "[1, {r: ~}]"}))
    assert '1 is none of the tiers "1", b' in found["message"]


def test_a_mapping_is_no_python(problems):
    score = "{method: lookup, points: {a: 10}}"
    (found,) = problems(one_criterion(score, {"acme": "{r: {s: ~}}"}))
    assert "{r: {s: null}}" in found["message"]


@pytest.mark.parametrize("method", ["{r: 1}", "[1]", "~"])
def test_a_method_that_is_no_name(problems, method):
    found = problems(one_criterion(f"{{method: {method}}}", {"acme": "1"}))
    assert all("Node" not in each["message"] and "None" not in each["message"] for each in found)
