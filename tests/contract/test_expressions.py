"""Section 1.9: expressions."""

import pytest

BID = """
vendor: {id: acme, name: Acme}
received: 2026-03-30T09:12:00+08:00
a: 3
b: 4.5
zero: 0
text: gold
other: silver
yes: true
no: false
list: [2, 8, 5]
words: [red, blue]
empty: []
tenth: 0.1
fifth: 0.2
day: 2026-03-01
site-visit: {done: true, marks: [4, 5]}
deep: {er: {est: 7}}
"""
TENDER = """
budget: 100
deadline: 2026-03-31T17:00:00+08:00
lots:
  web: {target: 20, services: [red, blue], text: gold}
"""


@pytest.fixture
def holds(evaluate):
    """Whether a requirement's expression holds for the bid above (missing: it does not)."""

    def invoke(expr):
        files = {
            "tender.yaml": TENDER,
            "criteria/method.yaml": f"requirements:\n  r:\n    expr: >-\n      {expr}\n",
            "criteria/g.yaml": (
                "id: g\nweight: 100\n"
                "criteria: [{id: x, weight: 100, fact: a, score: {method: points}}]\n"
            ),
            "bids/acme.yaml": BID,
        }
        return evaluate(files).column("outcome")["acme"] == "advanced"

    return invoke


@pytest.fixture
def value(evaluate):
    """The value of a criterion's expression for the bid above, None where it is missing."""

    def invoke(expr):
        files = {
            "tender.yaml": TENDER,
            "criteria/g.yaml": (
                "id: g\nweight: 100\ncriteria:\n  - id: x\n    weight: 100\n"
                "    score: {method: linear, worst: -1000, best: 1000}\n"
                f"    expr: >-\n      {expr}\n"
            ),
            "bids/acme.yaml": BID,
        }
        return evaluate(files).node("acme", "g.x")["value"]

    return invoke


@pytest.fixture
def expr_problems(problems):
    """The errors of a criterion with the expression `expr`, which stands at line 6, column 11."""

    def invoke(expr):
        return problems(
            {
                "tender.yaml": TENDER,
                "criteria/g.yaml": (
                    "id: g\nweight: 100\ncriteria:\n  - id: x\n    weight: 100\n"
                    f"    expr: {expr}\n"
                    "    score: {method: linear, worst: -1000, best: 1000}\n"
                ),
                "bids/acme.yaml": BID,
            }
        )

    return invoke


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        ("bid.a + 1", 4),
        ("bid.a - 1.5 * 2", 0),
        ("(bid.a - 1.5) * 2", 3),
        ("bid.b / bid.a", 1.5),
        ("bid.a / 7 * 7", 3),
        ("-bid.a + +1", -2),
        ("bid.deep.er.est", 7),
        ('bid["deep"].er["est"]', 7),
        ('len(bid["site-visit"].marks)', 2),
        ("lot.target + tender.budget", 120),
        ("len(bid.list)", 3),
        ("sum(bid.list)", 15),
        ("min(bid.list)", 2),
        ("max(bid.list)", 8),
        ("mean(bid.list)", 5),
        ("mean([1, 2])", 1.5),
        ("min([bid.a, bid.b])", 3),
        ("max([1, 2.5, 2])", 2.5),
        ("abs(1 - bid.a)", 2),
        ("abs(bid.a)", 3),
        ("len([])", 0),
        ("sum([])", 0),
        ("sum(bid.empty)", 0),
        ("len(bid.empty)", 0),
        ("round(2.345, 2)", 2.35),
        ("round(2.5, 0)", 3),
        ("round(3.5, 0)", 4),
        ("round(-2.5, 0)", -3),
        ("round(-2.345, 2)", -2.35),
        ("round(1 / 3, 4)", 0.3333),
        ("round(bid.a, 1)", 3),
        ("1 if bid.yes else 2", 1),
        ("1 if bid.no else 2", 2),
        ("5 if bid.a > 2 and bid.b > 4 else 6", 5),
        ("1 if has(bid.nothing) else 0", 0),
        ("1 if has(bid.a) else 0", 1),
        ("1 if has(bid.nothing.at.all) else 0", 0),
        ("1 if has(bid.no) else 0", 1),
    ],
)
def test_the_value_of_an_expression(value, expr, expected):
    assert value(expr) == expected


@pytest.mark.parametrize(
    "expr",
    [
        "bid.nothing",
        "bid.nothing + 1",
        "bid.deep.nothing",
        "1 / bid.zero",
        "bid.a / (bid.b - 4.5)",
        "min([])",
        "max(bid.empty)",
        "mean(bid.empty)",
        "bid.nothing if bid.yes else 1",
        "1 if bid.nothing else 2",
        "sum([1, bid.nothing])",
        "abs(bid.nothing)",
    ],
)
def test_a_missing_fact_a_zero_divisor_or_an_empty_list_makes_the_value_missing(value, expr):
    assert value(expr) is None


@pytest.mark.parametrize(
    "expr",
    [
        "bid.tenth + bid.fifth == 0.3",
        "0.1 + 0.2 <= 0.3",
        "1 / 3 + 1 / 3 + 1 / 3 == 1",
        "1 < bid.a < 4",
        "1 < bid.a <= 3 != 4",
        "bid.a == 3.0",
        "bid.a != 4",
        "bid.a >= 3 and bid.a <= 3",
        'bid.text == "gold"',
        "bid.text == lot.text",
        "bid.text != bid.other",
        'bid.text in ["gold", "silver"]',
        'bid.text not in ["bronze"]',
        '"red" in bid.words',
        '"green" not in bid.words',
        "2 in bid.list",
        "2.0 in bid.list",
        "bid.yes",
        "bid.yes == true",
        "not bid.no",
        "not (bid.yes and bid.no)",
        "bid.no or bid.yes",
        "true",
        "not false",
        "bid.received <= tender.deadline",
        "bid.received < tender.deadline",
        "has(bid.received)",
        'has(bid["site-visit"].done)',
        'bid["site-visit"].done',
        "not has(bid.nothing)",
        "1e2 == 100",
        "1_000 == 1000",
    ],
)
def test_what_holds(holds, expr):
    assert holds(expr)


@pytest.mark.parametrize(
    "expr",
    [
        "bid.a > 3",
        "1 < bid.a < 3",
        "bid.text == 'Gold'",
        "bid.text not in ['gold']",
        "not bid.yes",
        "bid.nothing > 0",
        "not bid.nothing",
        "bid.nothing or bid.yes",
        "bid.yes and bid.nothing",
        "tender.deadline < bid.received",
        "has(bid.nothing)",
        "1 / bid.zero > 0",
    ],
)
def test_what_does_not_hold(holds, expr):
    assert not holds(expr)


@pytest.mark.parametrize(
    "expr",
    [
        "bid.yes or bid.nothing",
        "true or bid.a / bid.zero > 1",
        "not (bid.no and bid.nothing > 3)",
        "has(bid.a) or bid.nothing > 3",
        "bid.yes if bid.a > 2 else bid.nothing",
        "not (4 < bid.a < bid.nothing)",
    ],
)
def test_evaluation_stops_where_the_result_is_known(holds, expr):
    assert holds(expr)


@pytest.mark.parametrize(
    "expr",
    [
        "bid.a + foo",
        "bid.a + foo(1)",
        "bid.a ** 2",
        "bid.a // 2",
        "bid.a % 2",
        "bid.a if true",
        "bid.a +",
        "bid.a + (lambda: 1)",
        "[x for x in bid.list]",
        "f'{bid.a}'",
        "len(bid.list, 1)",
        "len()",
        "bid.a.upper()",
        "__import__",
        "bid",
        "sum(x=bid.list)",
        "min(*bid.list)",
        "bid.a & 1",
        "~bid.a",
        "{1, 2}",
        "bid.a is 3",
        "True",
        "None",
        "1j",
        "b'a'",
        "0x10",
        "(bid.a := 3)",
        "bid.list[0]",
        "bid.list[0:1]",
        "...",
    ],
)
def test_anything_outside_the_list_is_an_error_at_the_expression(expr_problems, expr):
    quoted = '"' + expr.replace('"', '\\"') + '"'
    found = expr_problems(quoted)
    assert ("criteria/g.yaml", 6) in [(each["file"], each["line"]) for each in found]
    assert all(each["column"] >= 11 for each in found if each["line"] == 6)


@pytest.mark.parametrize(("expr", "column"), [("bid.a + foo", 19), ("bid.a + size(bid.list)", 19)])
def test_an_unknown_name_is_an_error_with_its_column(expr_problems, expr, column):
    found = expr_problems(expr)
    assert [(each["line"], each["column"]) for each in found] == [(6, column)]


def test_an_unknown_name_is_met_with_a_suggestion(expr_problems, says):
    assert says(expr_problems("lne(bid.list)"), "lne", "len")


@pytest.mark.parametrize(
    "expr",
    [
        "1 + 'a'",
        "bid.a + 'a'",
        "'a' < 1",
        "bid.a + true",
        "not 1",
        "1 and true",
        "len(3)",
        "sum(['a'])",
        "1 if 2 else 3",
        "-'a'",
        "1 in 2",
        "abs('a')",
        "[1] + [2]",
        "has(3)",
    ],
)
def test_a_clash_of_types_is_an_error_when_the_criteria_are_read(round_files, run, expr):
    round_files(
        {
            "tender.yaml": "lots: {web: {}}\n",
            "criteria/g.yaml": (
                "id: g\nweight: 100\ncriteria:\n  - id: x\n    weight: 100\n"
                f'    expr: "{expr}"\n'
                "    score: {method: linear, worst: -1000, best: 1000}\n"
            ),
            "bids/acme.yaml": "vendor: {id: acme}\nwithdrawn: true\n",
        }
    )
    done = run("evaluate", "bids")
    assert done.code == 1
    assert "criteria/g.yaml:6:" in done.err


@pytest.mark.parametrize(
    "expr", ["bid.text + 1", "bid.text < bid.a", "sum(bid.words)", "not bid.a"]
)
def test_a_clash_of_types_in_a_bid_is_an_error(expr_problems, expr):
    assert expr_problems(f'"{expr}"')


def test_explain_shows_the_expression_with_its_numbers_filled_in(round_files, run):
    round_files(
        {
            "criteria/g.yaml": """
                id: g
                weight: 100
                criteria:
                  - id: debt
                    weight: 100
                    expr: bid.finances.liabilities / bid.finances.assets
                    score: {method: bands, bands: [{at_most: 0.5, points: 90}]}
                """,
            "bids/acme.yaml": "vendor: {id: acme}\nfinances: {liabilities: 24, assets: 60}\n",
        }
    )
    out = run("explain", "bids", "acme").out
    assert "bid.finances.liabilities / bid.finances.assets" in out
    assert "24 / 60" in out
