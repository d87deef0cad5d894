"""Section 1.9: what makes an expression's value missing, and where that stands."""

import pytest


def files(expr, *, acme="a: 6\nb: 3", tender="", missing="zero"):
    made = {
        "criteria/g.yaml": (
            "id: g\nweight: 100\ncriteria:\n"
            f"  - {{id: x, weight: 100, expr: '{expr}', score: {{method: points}}, "
            f"missing: {missing}}}\n"
        ),
        "bids/acme.yaml": f"vendor: {{id: acme}}\n{acme}\n",
    }
    return made | ({"tender.yaml": tender} if tender else {})


def warning(evaluate, *given, **named):
    result = evaluate(files(*given, **named))
    assert result.points("g.x") == {"acme": 0.0}
    (found,) = result["warnings"]
    assert found["code"] == "missing-fact"
    return found["message"], found["file"], found["line"]


def test_a_fact_of_the_bid(evaluate):
    message, file, _ = warning(evaluate, "bid.a + bid.c")
    assert message == "acme gives no c: 0 points for g.x"
    assert file == "bids/acme.yaml"


def test_a_value_of_the_lot_is_missed_where_the_rule_is(evaluate):
    message, file, line = warning(evaluate, "bid.a + lot.b", tender="lots: {web: {}}\n")
    assert message == "lot.b is absent in lot web: 0 points for g.x"
    assert (file, line) == ("criteria/g.yaml", 4)


def test_it_is_missed_once_for_all_bids(evaluate):
    given = files("bid.a + lot.b", tender="lots: {web: {}}\n")
    given |= {"bids/bolt.yaml": "vendor: {id: bolt}\na: 1\n"}
    assert len(evaluate(given)["warnings"]) == 1


@pytest.mark.parametrize("expr", ["bid.a / (bid.b - 3)", "1 + bid.a / (bid.b - 3) * bid.a"])
def test_a_divisor_of_zero_stands_where_its_fact_does(evaluate, expr):
    message, file, line = warning(evaluate, expr)
    assert message == f"acme: {expr} divides by zero: 0 points for g.x"
    assert (file, line) == ("bids/acme.yaml", 3)


def test_a_divisor_of_the_lot_stands_where_the_rule_does(evaluate):
    message, file, line = warning(evaluate, "bid.a / lot.b", tender="lots: {web: {b: 0}}\n")
    assert "divides by zero" in message
    assert (file, line) == ("criteria/g.yaml", 4)


@pytest.mark.parametrize(
    ("b", "said"), [("[]", "b is an empty list"), ("[1, ~]", "b has an empty item")]
)
def test_a_list_of_which_nothing_can_be_taken(evaluate, b, said):
    message, file, line = warning(evaluate, "bid.a + mean(bid.b)", acme=f"a: 6\nb: {b}")
    assert message == f"acme: {said}: 0 points for g.x"
    assert (file, line) == ("bids/acme.yaml", 3)


def test_what_has_asks_for_is_not_what_is_missing(evaluate):
    message, _, line = warning(evaluate, "(1 if has(bid.c) else 2) / (bid.b - 3)")
    assert "divides by zero" in message
    assert line == 3


@pytest.mark.parametrize(
    ("expr", "said", "file"),
    [
        ("bid.a / (bid.b - 3)", "divides by zero", "bids/acme.yaml"),
        ("bid.a + lot.b", "lot.b is absent in lot all", "criteria/g.yaml"),
    ],
)
def test_where_it_is_an_error_it_says_the_same(problems, expr, said, file):
    (found,) = problems(files(expr, missing="error"))
    assert said in found["message"]
    assert found["file"] == file


@pytest.mark.parametrize(
    ("expr", "said"),
    [("bid.a / (bid.b - 3)", "divides by zero"), ("bid.a + lot.b", "lot.b is absent in this lot")],
)
def test_where_it_eliminates_it_is_the_reason(evaluate, expr, said):
    row = evaluate(files(expr, missing="eliminate")).bids()["acme"]
    assert said in row["reasons"][0]["message"]


def test_a_requirement_that_divides_by_zero_says_so(evaluate):
    given = files("1")
    given["criteria/method.yaml"] = "requirements: {r: {expr: bid.a / (bid.b - 3) > 1}}\n"
    (reason,) = evaluate(given).bids()["acme"]["reasons"]
    assert "divides by zero" in reason["message"]


@pytest.mark.parametrize(
    ("expr", "said"),
    [("bid.a / (bid.b - 3)", "divides by zero"), ("bid.a + lot.b", "lot.b is absent in this lot")],
)
def test_explain_says_it_too(run, round_files, expr, said):
    root = round_files(files(expr))
    assert said in run("explain", f"{root}/bids", "acme").out
