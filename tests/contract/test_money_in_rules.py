"""Section 1.7: any map with an amount and a currency is money, in the rules too."""

import pytest

from .conftest import one_criterion, one_requirement

TENDER = "currency: CNY\ndeadline: 2026-03-31T17:00:00+08:00\n"
RATES = """
- {date: 2026-03-30, from: USD, to: CNY, rate: 7}
- {date: 2026-04-01, from: USD, to: CNY, rate: 9}
"""
TEN = "{amount: 10, currency: USD}"
WANT = f"{TENDER}lots: {{web: {{w: {TEN}}}}}\n"


@pytest.mark.parametrize("limit", [TEN, "lot.w", "{amount: 70, currency: CNY}"])
def test_a_requirement_is_held_against_it_at_the_dated_rate(evaluate, limit):
    files = one_requirement(f"fact: x, at_most: {limit}", {"acme": "70", "bolt": "70.01"})
    files |= {"tender.yaml": WANT, "rates.yaml": RATES}
    assert evaluate(files).column("outcome") == {"acme": "advanced", "bolt": "eliminated"}


@pytest.mark.parametrize("rule", [f"is: {TEN}", f"one_of: [1, {TEN}]"])
def test_it_is_a_number_like_any_other(evaluate, rule):
    files = one_requirement(f"fact: x, {rule}", {"acme": "70", "bolt": "10"})
    files |= {"tender.yaml": TENDER, "rates.yaml": RATES}
    assert evaluate(files).column("outcome") == {"acme": "advanced", "bolt": "eliminated"}


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (f"{{method: linear, worst: {TEN}, best: 0}}", 50.0),
        (f"{{method: bands, bands: [{{at_least: {TEN}, points: 3}}], otherwise: 8}}", 8.0),
        (f"{{method: interpolate, through: [[0, 0], [{TEN}, 60]]}}", 30.0),
        (f"{{method: points, out_of: {TEN}}}", 50.0),
        (f"{{method: deviation, from: {TEN}, below: 1}}", 50.0),
    ],
)
def test_a_method_takes_it_where_it_takes_a_number(evaluate, score, expected):
    files = one_criterion(score, {"acme": "35"})
    files |= {"tender.yaml": TENDER, "rates.yaml": RATES}
    assert evaluate(files).points("g.x") == {"acme": expected}


def test_an_only_if_and_a_test_of_low_prices_take_it(evaluate):
    files = one_criterion("{method: points}", {"acme": "35\nprice: 70", "bolt": "35\nprice: 71"})
    files["criteria/g.yaml"] = files["criteria/g.yaml"].replace(
        "score:", f"only_if: {{fact: price, at_most: {TEN}}}, score:"
    )
    files["criteria/method.yaml"] = f"low_price: [{{id: low, at_most: 100, of: {TEN}, then: flag}}]"
    files |= {"tender.yaml": TENDER, "rates.yaml": RATES}
    result = evaluate(files)
    assert result.points("g.x") == {"acme": 35.0, "bolt": 0.0}
    assert "low-price" in [each["code"] for each in result["warnings"]]


@pytest.mark.parametrize(
    ("rule", "tender"),
    [
        ("fact: x, at_most: {amount: 10, currency: GBP}", TENDER),
        (f"fact: x, at_most: {TEN}", ""),
    ],
)
def test_money_without_a_rate_is_an_error_of_the_rule(problems, rule, tender):
    files = one_requirement(rule, {"acme": "70"}) | {"rates.yaml": RATES}
    found = problems(files | ({"tender.yaml": tender} if tender else {}))
    assert [(each["code"], each["file"]) for each in found] == [
        ("missing-rate", "criteria/method.yaml")
    ]


@pytest.mark.parametrize("money", ["{amount: many, currency: USD}", "{amount: 10, currency: 5}"])
def test_a_map_that_is_no_money_is_refused(problems, money):
    files = one_criterion(f"{{method: linear, worst: {money}, best: 0}}", {"acme": "70"})
    assert [each["file"] for each in problems(files)] == ["criteria/g.yaml"]
