"""Sections 1.5 and 1.8: where a lot's or the tender's value may stand in a rule."""

import pytest

TENDER = """
currency: CNY
budget: 200
buyer: {name: Example, location: [0, 0]}
lots:
  web:
    site: [0, 1]
    curve: [[0, 0], [10, 100]]
    most: 40
    estimate: 100
    slope: 2
    share: {a: 3, b: 1}
    half: 50
    low: 1
    one: 1
"""


@pytest.mark.parametrize(
    ("score", "x", "expected"),
    [
        ("{method: distance, from: lot.site, best: 0, worst: 222.39}", "[0, 2]", 50.0),
        ("{method: interpolate, through: lot.curve}", "4", 40.0),
        ("{method: points, out_of: lot.most}", "10", 25.0),
        ("{method: per_item, each: 30, most: lot.most}", "2", 40.0),
        ("{method: per_item, each: lot.slope}", "7", 14.0),
        ("{method: coverage, of: lot.share}", "[a]", 75.0),
        ("{method: bands, bands: [{at_least: lot.low, points: lot.half}]}", "1", 50.0),
        ("{method: yes_no, yes: lot.half}", "true", 50.0),
        ("{method: deviation, from: lot.estimate}", "110", 90.0),
        ("{method: deviation, from: lot.estimate, above: lot.slope}", "110", 80.0),
        ("{method: deviation, from: tender.budget, below: 1}", "150", 75.0),
        ("{method: linear, worst: tender.budget, best: lot.estimate}", "125", 75.0),
    ],
)
def test_a_parameter_may_be_a_lots_or_the_tenders(points, score, x, expected):
    assert points(score, tender=TENDER, acme=x) == {"acme": expected}


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ("{method: deviation, from: mean, above: 1, below: 1, drop_extremes: lot.one}", 100.0),
        ("{method: bilinear, at_mean: lot.half}", 25.0),
        ("{method: relative_to_mean, at_mean: lot.half, slope: lot.one}", 100.0),
        ("{method: excess_over_best, slope: lot.slope}", 0.0),
    ],
)
def test_so_may_one_of_a_relative_method(points, score, expected):
    given = points(score, tender=TENDER, a="10", acme="20", z="90")
    assert given["acme"] == expected


@pytest.mark.parametrize("count", ["-1", "0.5", "many"])
def test_a_count_of_a_lot_is_a_whole_number(score_problems, count):
    found = score_problems(
        "{method: deviation, drop_extremes: lot.n}",
        tender=f"lots: {{web: {{n: {count}}}}}\n",
        a="1",
    )
    assert [each["file"] for each in found] == ["criteria/g.yaml"]


PANEL = """
--- tender.yaml
lots: {web: {n: 1}}
--- criteria/g.yaml
id: g
weight: 100
criteria: [{id: x, weight: 100, score: {method: panel, scale: [0, 10], %s}}]
--- bids/acme.yaml
vendor: {id: acme}
--- scores/table.csv
evaluator,vendor,criterion,score
li,acme,g.x,0
wu,acme,g.x,4
xu,acme,g.x,6
yu,acme,g.x,10
"""


def test_so_may_what_a_panel_drops(evaluate):
    result = evaluate(PANEL % "aggregate: trimmed_mean, drop: lot.n")
    assert result.points("g.x") == {"acme": 50.0}


def test_so_may_the_steps_of_a_panel(evaluate, problems):
    assert evaluate(PANEL % "step: lot.n").points("g.x") == {"acme": 50.0}
    found = problems((PANEL % "step: lot.n").replace("n: 1", "n: 5"))
    assert {each["code"] for each in found} == {"off-step"}


def test_so_may_the_spread_of_a_panel(evaluate, problems):
    assert evaluate((PANEL % "spread: lot.n").replace("n: 1", "n: 10")).points("g.x")
    assert problems(PANEL % "spread: lot.n")


def test_a_panels_scale_may_be_a_lots(evaluate):
    result = evaluate("""
        --- tender.yaml
        lots: {web: {scale: [0, 8]}, app: {scale: [1, 5]}}
        --- criteria/g.yaml
        id: g
        weight: 100
        criteria: [{id: x, weight: 100, score: {method: panel, scale: lot.scale}}]
        --- bids/acme.yaml
        vendor: {id: acme}
        --- scores/li.yaml
        evaluator: {id: li}
        scores: {acme: {g.x: 4}}
    """)
    assert result.points("g.x", lot="web") == {"acme": 50.0}
    assert result.points("g.x", lot="app") == {"acme": 75.0}


def test_each_lot_has_its_own(evaluate):
    result = evaluate("""
        --- tender.yaml
        lots: {web: {best: 10}, app: {best: 20}}
        --- criteria/g.yaml
        id: g
        weight: 100
        criteria:
          - {id: x, weight: 100, fact: x, score: {method: linear, worst: 0, best: lot.best}}
        --- bids/acme.yaml
        vendor: {id: acme}
        x: 5
    """)
    assert result.points("g.x", lot="web") == {"acme": 50.0}
    assert result.points("g.x", lot="app") == {"acme": 25.0}


def test_one_that_is_absent_in_one_lot_is_an_error(problems, says):
    found = problems("""
        --- tender.yaml
        lots: {web: {best: 10}, app: {title: App}}
        --- criteria/g.yaml
        id: g
        weight: 100
        criteria:
          - {id: x, weight: 100, fact: x, score: {method: linear, worst: 0, best: lot.best}}
        --- bids/acme.yaml
        vendor: {id: acme}
        x: 5
    """)
    assert says(found, "lot.best")
    assert says(found, "app")


@pytest.mark.parametrize(
    ("score", "tender"),
    [
        ("{method: linear, worst: 0, best: lot.best}", "lots: {web: {best: many}}"),
        ("{method: linear, worst: 5, best: lot.best}", "lots: {web: {best: 5}}"),
        ("{method: coverage, of: lot.services}", "lots: {web: {services: 5}}"),
        ("{method: distance, from: lot.site, best: 0, worst: 9}", "lots: {web: {site: [95, 0]}}"),
        ("{method: interpolate, through: lot.curve}", "lots: {web: {curve: [[5, 0], [1, 9]]}}"),
    ],
)
def test_what_a_lot_gives_is_held_to_the_parameters_rules(score_problems, score, tender):
    x = "[0, 0]" if "distance" in score else "[a]" if "coverage" in score else "1"
    assert score_problems(score, tender=f"{tender}\n", acme=x)


@pytest.mark.parametrize(
    ("rule", "met", "failed"),
    [
        ("is: lot.level", "gold", "silver"),
        ("one_of: lot.levels", "gold", "bronze"),
        ("includes: lot.levels", "[gold, silver, iron]", "[gold]"),
        ("matches: lot.pattern", "AB12", "AB"),
        ("at_least: lot.least", "3", "2"),
        ("at_most: tender.budget", "9", "10"),
    ],
)
def test_a_requirements_text_may_stand_for_a_lots_value(requirement, rule, met, failed):
    tender = (
        "budget: 9\nlots: {web: {level: gold, levels: [gold, silver], "
        "pattern: '[A-Z]+[0-9]+', least: 3}}\n"
    )
    outcomes = requirement(f"fact: x, {rule}", tender=tender, acme=met, bolt=failed)
    assert outcomes == {"acme": True, "bolt": False}


def test_a_requirement_whose_tenders_value_is_absent_is_not_applied_with_a_warning(evaluate):
    result = evaluate("""
        --- criteria/method.yaml
        requirements: {r: {fact: x, at_most: tender.budget}}
        --- criteria/g.yaml
        id: g
        weight: 100
        criteria: [{id: x, weight: 100, fact: x, score: {method: points}}]
        --- bids/acme.yaml
        vendor: {id: acme}
        x: 5
    """)
    assert result.column("outcome") == {"acme": "advanced"}
    assert any("tender.budget" in each["message"] for each in result["warnings"])


def test_a_requirement_of_an_absent_value_is_not_applied_to_a_bid_without_the_fact(evaluate):
    result = evaluate("""
        --- criteria/method.yaml
        requirements: {r: {fact: y, at_most: tender.budget}}
        --- criteria/g.yaml
        id: g
        weight: 100
        criteria: [{id: x, weight: 100, fact: x, score: {method: points}}]
        --- bids/acme.yaml
        vendor: {id: acme}
        x: 5
    """)
    assert result.column("outcome") == {"acme": "advanced"}
