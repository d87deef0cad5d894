"""Section 1.7: money and dated exchange rates."""

import pytest

COST = """
id: g
weight: 100
criteria:
  - {id: cost, weight: 100, fact: cost, score: {method: linear, worst: 1000, best: 0}}
"""
HUNDRED = "vendor: {id: acme}\ncost: {amount: 100, currency: USD}\n"


def files(rates, *, deadline=None, bid=HUNDRED, currency="CNY"):
    due = f"deadline: {deadline}\n" if deadline else ""
    return {
        "tender.yaml": f"currency: {currency}\n{due}",
        "criteria/g.yaml": COST,
        "rates.yaml": rates,
        "bids/acme.yaml": bid,
    }


RATES = """
- {date: 2026-03-29, from: USD, to: CNY, rate: 7.1}
- {date: 2026-03-31, from: USD, to: CNY, rate: 7.3}
- {date: 2026-03-30, from: USD, to: CNY, rate: 7.2}
- {date: 2026-04-01, from: USD, to: CNY, rate: 7.4}
- {date: 2026-03-31, from: EUR, to: CNY, rate: 8.9}
"""


@pytest.mark.parametrize(
    ("deadline", "value"),
    [
        ("2026-03-31T17:00:00+08:00", 730),
        ("2026-03-30T00:00:00+08:00", 720),
        ("2026-03-31T00:30:00+08:00", 730),
        ("2026-03-31T23:30:00-08:00", 730),
        ("2026-06-30T17:00:00+08:00", 740),
        (None, 740),
    ],
    ids=["on the day", "its midnight", "east", "west", "the last before", "no deadline"],
)
def test_the_rate_is_the_latest_on_or_before_the_deadlines_own_date(evaluate, deadline, value):
    result = evaluate(files(RATES, deadline=deadline))
    assert result.node("acme", "g.cost")["value"] == value


def test_the_amount_is_not_rounded(evaluate):
    rates = "- {date: 2026-03-30, from: USD, to: CNY, rate: 7.1234567891}\n"
    bid = "vendor: {id: acme}\ncost: {amount: 0.01, currency: USD}\n"
    result = evaluate(files(rates, bid=bid))
    assert result.node("acme", "g.cost")["value"] == 0.071234567891


@pytest.mark.parametrize(
    "rates",
    [
        "- {date: 2026-03-30, from: CNY, to: USD, rate: 0.14}\n",
        (
            "- {date: 2026-03-30, from: USD, to: HKD, rate: 7.8}\n"
            "- {date: 2026-03-30, from: HKD, to: CNY, rate: 0.92}\n"
        ),
        "- {date: 2026-04-01, from: USD, to: CNY, rate: 7.4}\n",
        "[]\n",
    ],
    ids=["an inverse", "a third currency", "after the deadline", "none"],
)
def test_a_missing_rate_is_an_error(problems, says, rates):
    found = problems(files(rates, deadline="2026-03-31T17:00:00+08:00"))
    assert says(found, "USD", "CNY")
    assert ("bids/acme.yaml", 2) in [(each["file"], each["line"]) for each in found]


def test_the_tenders_own_currency_needs_no_rate(evaluate):
    bid = "vendor: {id: acme}\ncost: {amount: 100, currency: CNY}\n"
    result = evaluate(files("[]\n", bid=bid))
    assert result.node("acme", "g.cost")["value"] == 100


def test_a_plain_number_is_in_the_tenders_currency(evaluate):
    result = evaluate(files(RATES, bid="vendor: {id: acme}\ncost: 100\n"))
    assert result.node("acme", "g.cost")["value"] == 100


def test_money_counts_as_its_amount_in_requirements_and_expressions(evaluate):
    result = evaluate(
        files(RATES, deadline="2026-03-31T17:00:00+08:00")
        | {
            "criteria/method.yaml": """
                requirements:
                  cheap: {fact: cost, at_most: 730}
                  cheaper: {expr: "bid.cost < 730.01 and bid.cost + 1 == 731"}
                """
        }
    )
    assert result.column("outcome") == {"acme": "advanced"}


def test_a_map_with_amount_and_currency_is_money_at_any_depth(evaluate):
    text = files(RATES, deadline="2026-03-31T17:00:00+08:00")
    text["criteria/g.yaml"] = COST.replace("fact: cost", "fact: finances.cost")
    text["bids/acme.yaml"] = (
        "vendor: {id: acme}\nfinances: {cost: {amount: 50, currency: EUR, note: all in}}\n"
    )
    result = evaluate(text)
    assert result.node("acme", "g.cost")["value"] == 445
    assert result.points("g.cost") == {"acme": 55.5}


def test_a_missing_rate_of_a_bid_that_a_requirement_put_out_is_no_error(evaluate):
    text = files("[]\n")
    text["criteria/method.yaml"] = "requirements: {licence: {fact: licensed, is: true}}\n"
    assert evaluate(text).column("outcome") == {"acme": "eliminated"}


def test_a_missing_rate_that_a_requirement_needs_is_an_error(problems):
    text = files("[]\n")
    text["criteria/method.yaml"] = "requirements: {cheap: {fact: cost, at_most: 10}}\n"
    assert problems(text)


@pytest.mark.parametrize(
    "rates",
    [
        "- {date: 2026-03-30, from: USD, to: CNY}\n",
        "- {date: soon, from: USD, to: CNY, rate: 7}\n",
        "- {date: 2026-03-30, from: USD, to: CNY, rate: dear}\n",
        "- {date: 2026-03-30, form: USD, to: CNY, rate: 7}\n",
        "{date: 2026-03-30, from: USD, to: CNY, rate: 7}\n",
    ],
)
def test_a_rate_is_a_date_two_currencies_and_a_number(problems, rates):
    assert "rates.yaml" in [each["file"] for each in problems(files(rates))]
