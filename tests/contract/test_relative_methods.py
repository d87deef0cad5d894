"""Section 1.5: methods that score against the other bids."""

import pytest


def test_ratio_to_best_low_is_the_lowest_over_x(points):
    score = "{method: ratio_to_best, better: low}"
    assert points(score, acme="200", bolt="300", core="250") == {
        "acme": 100.0,
        "bolt": 66.67,
        "core": 80.0,
    }


def test_ratio_to_best_high_is_x_over_the_highest(points):
    score = "{method: ratio_to_best, better: high}"
    assert points(score, acme="200", bolt="300", core="0") == {
        "acme": 66.67,
        "bolt": 100.0,
        "core": 0.0,
    }


@pytest.mark.parametrize(
    ("score", "x"),
    [
        ("{method: ratio_to_best, better: low}", "-1"),
        ("{method: ratio_to_best, better: high}", "-1"),
        ("{method: ratio_to_best, better: low}", "0"),
        ("{method: excess_over_best}", "-1"),
        ("{method: excess_over_best}", "0"),
        ("{method: deviation, from: lowest}", "-1"),
        ("{method: deviation, from: lowest}", "0"),
        ("{method: relative_to_mean}", "-1"),
        ("{method: bilinear, at_mean: 80}", "-1"),
    ],
)
def test_relative_to_a_reference_facts_are_0_or_more_and_the_reference_above_0(
    score_problems, score, x
):
    assert score_problems(score, acme=x, bolt="5")


def test_ratio_to_best_high_of_zeros_only_has_no_reference_above_0(score_problems):
    assert score_problems("{method: ratio_to_best, better: high}", acme="0", bolt="0")


@pytest.mark.parametrize("better", ["", ", better: cheap", ", better: lower"])
@pytest.mark.parametrize("method", ["ratio_to_best", "min_max"])
def test_better_is_low_or_high(score_problems, method, better):
    assert score_problems(f"{{method: {method}{better}}}", acme="1")


def test_min_max_is_linear_between_worst_and_best(points):
    low = points("{method: min_max, better: low}", acme="10", bolt="40", core="20")
    assert low == {"acme": 100.0, "bolt": 0.0, "core": 66.67}
    high = points("{method: min_max, better: high}", acme="10", bolt="40", core="20")
    assert high == {"acme": 0.0, "bolt": 100.0, "core": 33.33}


def test_min_max_of_equals_is_all_100(points):
    score = "{method: min_max, better: low}"
    assert points(score, acme="7", bolt="7.0") == {"acme": 100.0, "bolt": 100.0}
    assert points(score, acme="7") == {"acme": 100.0}


def test_min_max_takes_any_numbers(points):
    score = "{method: min_max, better: high}"
    assert points(score, acme="-10", bolt="10", core="0") == {
        "acme": 0.0,
        "bolt": 100.0,
        "core": 50.0,
    }


def test_excess_over_best_takes_off_the_excess(points):
    score = "{method: excess_over_best}"
    assert points(score, acme="100", bolt="125", core="300") == {
        "acme": 100.0,
        "bolt": 75.0,
        "core": 0.0,
    }


def test_excess_over_best_with_a_slope(points):
    score = "{method: excess_over_best, slope: 2.5}"
    assert points(score, acme="100", bolt="125", core="150") == {
        "acme": 100.0,
        "bolt": 37.5,
        "core": 0.0,
    }


def test_deviation_from_the_mean(points):
    # the mean is 100: 10 % over is less 10 points, 20 % under less 10, in proportion
    score = "{method: deviation, from: mean}"
    assert points(score, acme="110", bolt="80", core="110") == {
        "acme": 90.0,
        "bolt": 90.0,
        "core": 90.0,
    }


def test_deviation_with_above_and_below(points):
    score = "{method: deviation, from: mean, above: 3, below: 1}"
    assert points(score, acme="110", bolt="90") == {"acme": 70.0, "bolt": 90.0}


def test_deviation_is_not_under_0(points):
    score = "{method: deviation, from: 100, above: 1}"
    assert points(score, acme="350") == {"acme": 0.0}


def test_deviation_from_the_median_of_an_odd_and_an_even_count(points):
    score = "{method: deviation, from: median}"
    odd = points(score, acme="50", bolt="100", core="900")
    assert odd == {"acme": 75.0, "bolt": 100.0, "core": 0.0}
    even = points(score, acme="50", bolt="90", core="110", dart="900")
    assert even == {"acme": 75.0, "bolt": 95.0, "core": 90.0, "dart": 0.0}


def test_deviation_from_the_lowest(points):
    score = "{method: deviation, from: lowest}"
    assert points(score, acme="100", bolt="130") == {"acme": 100.0, "bolt": 70.0}


def test_deviation_from_a_number(points):
    score = "{method: deviation, from: 200}"
    assert points(score, acme="220", bolt="150") == {"acme": 90.0, "bolt": 87.5}


def test_deviation_drops_extremes_before_the_reference_is_taken(points):
    # 1 and 1000 are left out: the mean is 100
    score = "{method: deviation, from: mean, drop_extremes: 1}"
    assert points(score, acme="1", bolt="90", core="110", dart="1000") == {
        "acme": 50.5,
        "bolt": 95.0,
        "core": 90.0,
        "dart": 0.0,
    }


def test_where_dropping_extremes_leaves_nothing_there_is_no_reference_and_0_points(points):
    score = "{method: deviation, from: mean, drop_extremes: 1}"
    assert points(score, acme="100", bolt="100") == {"acme": 0.0, "bolt": 0.0}


def test_deviation_from_a_number_is_an_absolute_method(evaluate):
    # its minimum puts bolt out before the reference of `y` is taken
    result = evaluate("""
        --- criteria/g.yaml
        id: g
        weight: 100
        criteria:
          - {id: x, weight: 50, fact: x, score: {method: deviation, from: 100}, minimum: 80}
          - {id: y, weight: 50, fact: y, score: {method: ratio_to_best, better: low}}
        --- bids/acme.yaml
        vendor: {id: acme}
        x: 100
        y: 20
        --- bids/bolt.yaml
        vendor: {id: bolt}
        x: 150
        y: 10
    """)
    assert result.points("g.y") == {"acme": 100.0, "bolt": 100.0}
    assert result.column("outcome")["bolt"] == "eliminated"


@pytest.mark.parametrize(
    "options", ["from: average", "below: half", "drop_extremes: -1", "drop_extremes: 0.5"]
)
def test_deviation_with_wrong_parameters_is_an_error(score_problems, options):
    assert score_problems(f"{{method: deviation, {options}}}", acme="1")


@pytest.mark.parametrize(
    "score",
    [
        "{method: ratio_to_best, better: low}",
        "{method: min_max, better: high}",
        "{method: excess_over_best}",
        "{method: deviation, from: mean}",
        "{method: relative_to_mean}",
        "{method: bilinear, at_mean: 85}",
    ],
)
@pytest.mark.parametrize("x", ["many", "true", "[1]"])
def test_a_relative_method_of_no_number_is_an_error(score_problems, score, x):
    found = score_problems(score, acme=x, bolt="5")
    assert ("bids/acme.yaml", 2) in [(each["file"], each["line"]) for each in found]


@pytest.mark.parametrize(
    "score",
    [
        "{method: ratio_to_best, better: low}",
        "{method: min_max, better: low}",
        "{method: excess_over_best}",
        "{method: deviation, from: lowest}",
    ],
)
def test_a_relative_method_scores_money_in_the_tenders_currency(evaluate, score):
    result = evaluate(
        {
            "tender.yaml": "currency: CNY\n",
            "rates.yaml": "- {date: 2026-01-01, from: USD, to: CNY, rate: 7}\n",
            "criteria/g.yaml": (
                "id: g\nweight: 100\ncriteria:\n"
                f"  - {{id: x, weight: 100, fact: price, score: {score}}}\n"
            ),
            "bids/acme.yaml": "vendor: {id: acme}\nprice: {amount: 10, currency: USD}\n",
            "bids/bolt.yaml": "vendor: {id: bolt}\nprice: 70\n",
        }
    )
    assert result.points("g.x") == {"acme": 100.0, "bolt": 100.0}


def test_all_facts_missing_leave_no_reference_and_0_points(points):
    score = "{method: ratio_to_best, better: low}"
    assert points(score, acme=None, bolt=None) == {"acme": 0.0, "bolt": 0.0}


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ("{method: ratio_to_best, better: low}", {"core": 100.0, "dart": 10.0}),
        ("{method: ratio_to_best, better: high}", {"core": 25.0, "dart": 100.0}),
        ("{method: min_max, better: low}", {"core": 100.0, "dart": 0.0}),
        ("{method: min_max, better: high}", {"core": 0.0, "dart": 100.0}),
        ("{method: excess_over_best}", {"core": 100.0, "dart": 0.0}),
        ("{method: deviation, from: lowest}", {"core": 75.0, "dart": 0.0}),
        ("{method: relative_to_mean}", {"core": 100.0, "dart": 0.0}),
        ("{method: bilinear, at_mean: 90}", {"core": 30.0, "dart": 100.0}),
    ],
)
def test_a_bid_outside_the_reference_is_scored_from_it_within_0_and_100(evaluate, score, expected):
    # acme and bolt, 20 and 40, are admitted; core and dart, 10 and 200, are not
    files = {
        "criteria/g.yaml": f"""
            id: g
            weight: 100
            criteria:
              - {{id: x, weight: 50, fact: x, score: {score}}}
              - {{id: y, weight: 50, fact: y, score: {{method: points}}, minimum: 50}}
            """
    }
    for vendor, x, y in (("acme", 20, 90), ("bolt", 40, 90), ("core", 10, 5), ("dart", 200, 5)):
        files[f"bids/{vendor}.yaml"] = f"vendor: {{id: {vendor}}}\nx: {x}\ny: {y}\n"
    points = evaluate(files).points("g.x")
    assert {vendor: points[vendor] for vendor in expected} == expected


def test_drop_extremes_takes_one_of_several_equals(points):
    # 10 and 90 are left out once each: the mean of 10, 40 and 70 is 40
    score = "{method: deviation, from: mean, drop_extremes: 1}"
    result = points(score, a="10", b="10", c="40", d="70", e="90")
    assert result["c"] == 100.0


def test_a_leaf_that_many_lack_takes_its_reference_from_the_rest(points):
    score = "{method: deviation, from: median}"
    assert points(score, acme="100", bolt=None, core="300", dart=None) == {
        "acme": 75.0,
        "bolt": 0.0,
        "core": 50.0,
        "dart": 0.0,
    }


def test_relative_to_mean_gives_a_point_for_each_percent(points):
    # the mean of 90, 100 and 110 is 100
    assert points("{method: relative_to_mean}", acme="90", bolt="100", core="110") == {
        "acme": 60.0,
        "bolt": 50.0,
        "core": 40.0,
    }


def test_relative_to_mean_with_points_and_slope(points):
    score = "{method: relative_to_mean, at_mean: 70, slope: 2}"
    assert points(score, acme="50", bolt="150") == {"acme": 100.0, "bolt": 0.0}
    assert points(score, acme="95", bolt="105") == {"acme": 80.0, "bolt": 60.0}


def test_bilinear_is_steep_up_to_the_mean_and_flat_from_there(points):
    # the mean of 0, 5, 10 and 25 is 10, which has 80; 25 has 100
    score = "{method: bilinear, at_mean: 80}"
    assert points(score, a="0", b="5", c="10", d="25") == {
        "a": 0.0,
        "b": 40.0,
        "c": 80.0,
        "d": 100.0,
    }


def test_bilinear_where_all_are_equal(points):
    score = "{method: bilinear, at_mean: 85}"
    assert points(score, a="7", b="7") == {"a": 85.0, "b": 85.0}
    assert points(score, a="0", b="0") == {"a": 0.0, "b": 0.0}


@pytest.mark.parametrize("options", ["", ", at_mean: 101", ", at_mean: -1", ", slope: 1"])
def test_bilinear_needs_the_points_at_the_mean(score_problems, options):
    assert score_problems(f"{{method: bilinear{options}}}", acme="1")
