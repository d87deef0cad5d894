"""Section 1.5: methods that score a bid alone, their edges and parameters."""

import pytest


@pytest.mark.parametrize(
    ("x", "expected"),
    [("2", 0.0), ("5", 37.5), ("10", 100.0), ("1", 0.0), ("11", 100.0), ("-3", 0.0)],
)
def test_linear_is_the_share_of_the_way_from_worst_to_best(points, x, expected):
    assert points("{method: linear, worst: 2, best: 10}", acme=x) == {"acme": expected}


@pytest.mark.parametrize(("x", "expected"), [("48", 0.0), ("4", 100.0), ("15", 75.0), ("1", 100.0)])
def test_linear_takes_lower_as_better_where_worst_is_above_best(points, x, expected):
    assert points("{method: linear, worst: 48, best: 4}", acme=x) == {"acme": expected}


def test_linear_points_are_rounded_half_up(points):
    # 1/3 and 2/3 of the way; and 0.00125 of 1 = 0.125 points
    score = "{method: linear, worst: 0, best: 3}"
    assert points(score, acme="1", bolt="2", core="0.00375") == {
        "acme": 33.33,
        "bolt": 66.67,
        "core": 0.13,
    }


@pytest.mark.parametrize(
    "score",
    [
        "{method: linear, worst: 5, best: 5}",
        "{method: linear, worst: 5, best: 5.0}",
        "{method: linear, worst: 5}",
        "{method: linear, best: 5}",
        "{method: linear, worst: low, best: 5}",
        "{method: linear, worst: 0, best: 5, top: 6}",
        "{method: lineal, worst: 0, best: 5}",
        "{worst: 0, best: 5}",
        "linear",
    ],
)
def test_linear_with_wrong_parameters_is_an_error_in_the_criteria(score_problems, score):
    assert score_problems(score, acme="1")[0]["file"] == "criteria/g.yaml"


def test_an_unknown_method_is_met_with_a_suggestion(score_problems, says):
    assert says(score_problems("{method: lineer, worst: 0, best: 1}", acme="1"), "lineer", "linear")


def test_an_unknown_parameter_is_met_with_a_suggestion(score_problems, says):
    found = score_problems("{method: linear, wurst: 0, best: 1}", acme="1")
    assert says(found, "wurst", "worst")


@pytest.mark.parametrize("x", ["many", "true", "[1]", "'5'", "2026-01-01", "{a: 1}"])
def test_linear_of_no_number_is_an_error_in_the_bid(score_problems, x):
    found = score_problems("{method: linear, worst: 0, best: 10}", acme=x)
    assert ("bids/acme.yaml", 2) in [(each["file"], each["line"]) for each in found]


def test_a_parameter_may_be_a_lots_or_the_tenders(points):
    assert points(
        "{method: linear, worst: tender.budget, best: lot.target}",
        tender="budget: 100\nlots: {web: {target: 20}}\n",
        acme="40",
    ) == {"acme": 75.0}


def test_a_lots_parameter_may_lie_deep(points):
    assert points(
        "{method: linear, worst: lot.hours.worst, best: lot.hours.best}",
        tender="lots: {web: {hours: {worst: 10, best: 0}}}\n",
        acme="4",
    ) == {"acme": 60.0}


@pytest.mark.parametrize("place", ["lot.target", "tender.budget"])
def test_a_parameter_that_is_absent_is_an_error(score_problems, says, place):
    found = score_problems(
        f"{{method: linear, worst: 0, best: {place}}}",
        tender="lots: {web: {goal: 20}}\n",
        acme="40",
    )
    assert says(found, place)


@pytest.mark.parametrize(
    ("x", "expected"),
    [("5", 10.0), ("10", 10.0), ("15", 30.0), ("20", 50.0), ("50", 60.0), ("99", 70.0)],
)
def test_interpolate_draws_straight_lines_and_is_flat_outside(points, x, expected):
    score = "{method: interpolate, through: [[10, 10], [20, 50], [80, 70]]}"
    assert points(score, acme=x) == {"acme": expected}


def test_interpolate_may_fall(points):
    score = "{method: interpolate, through: [[0, 100], [30, 0]]}"
    assert points(score, acme="10") == {"acme": 66.67}


@pytest.mark.parametrize(
    "through",
    ["[[20, 0], [10, 50]]", "[[0, 0], [10, 101]]", "[[0, -1], [10, 50]]", "[]", "[[1, 2, 3]]", "7"],
)
def test_interpolate_through_what_is_not_ascending_or_no_points_is_an_error(
    score_problems, through
):
    found = score_problems(f"{{method: interpolate, through: {through}}}", acme="1")
    assert found[0]["file"] == "criteria/g.yaml"


@pytest.mark.parametrize(
    ("x", "expected"), [("12", 100.0), ("10", 100.0), ("9.99", 60.0), ("5", 60.0), ("4.99", 0.0)]
)
def test_bands_gives_the_points_of_the_first_band_that_holds(points, x, expected):
    score = "{method: bands, bands: [{at_least: 10, points: 100}, {at_least: 5, points: 60}]}"
    assert points(score, acme=x) == {"acme": expected}


def test_bands_take_the_first_and_not_the_best(points):
    score = "{method: bands, bands: [{at_least: 5, points: 60}, {at_least: 10, points: 100}]}"
    assert points(score, acme="12") == {"acme": 60.0}


def test_bands_of_both_kinds_and_otherwise(points):
    score = (
        "{method: bands, bands: [{at_most: 2, points: 90}, {at_least: 8, points: 70}], "
        "otherwise: 15}"
    )
    assert points(score, acme="2", bolt="8", core="5") == {"acme": 90.0, "bolt": 70.0, "core": 15.0}


def test_a_band_may_stand_for_a_lots_value(points):
    score = "{method: bands, bands: [{at_most: lot.hours, points: 80}], otherwise: 10}"
    tender = "lots: {web: {hours: 4}}\n"
    assert points(score, tender=tender, acme="4", bolt="5") == {"acme": 80.0, "bolt": 10.0}


@pytest.mark.parametrize(
    "bands",
    [
        "[{at_least: 1, at_most: 2, points: 5}]",
        "[{points: 5}]",
        "[{at_least: 1}]",
        "[{at_least: 1, points: 101}]",
        "[{at_least: 1, points: -1}]",
        "[{at_least: some, points: 1}]",
        "[{over: 1, points: 1}]",
    ],
)
def test_a_band_that_is_not_one_bound_and_points_is_an_error(score_problems, bands):
    found = score_problems(f"{{method: bands, bands: {bands}}}", acme="1")
    assert found[0]["file"] == "criteria/g.yaml"


def test_otherwise_of_bands_is_points(score_problems):
    score = "{method: bands, bands: [{at_least: 1, points: 5}], otherwise: 120}"
    assert score_problems(score, acme="1")


def test_lookup_gives_the_points_of_the_value(points):
    score = "{method: lookup, points: {AAA: 100, AA: 85, NO: 12.5}}"
    assert points(score, acme="AA", bolt="NO") == {"acme": 85.0, "bolt": 12.5}


def test_lookup_of_an_unlisted_value_is_otherwise(points):
    assert points("{method: lookup, points: {AA: 85}, otherwise: 5}", acme="B") == {"acme": 5.0}


def test_lookup_of_an_unlisted_value_without_otherwise_is_an_error(score_problems):
    found = score_problems("{method: lookup, points: {AA: 85}}", acme="B")
    assert ("bids/acme.yaml", 2) in [(each["file"], each["line"]) for each in found]


def test_lookup_compares_numbers_by_exact_value(points):
    score = "{method: lookup, points: {1: 10, 0.1: 20}}"
    assert points(score, acme="1.0", bolt="1e-1", core="0.10") == {
        "acme": 10.0,
        "bolt": 20.0,
        "core": 20.0,
    }


def test_lookup_tells_a_number_a_text_and_a_boolean_apart(points):
    score = "{method: lookup, points: {1: 10, gold: 20, true: 30}, otherwise: 5}"
    assert points(score, acme="1", bolt="'1'", core="true", dart="'true'", echo="gold") == {
        "acme": 10.0,
        "bolt": 5.0,
        "core": 30.0,
        "dart": 5.0,
        "echo": 20.0,
    }


def test_lookup_of_a_value_of_none_of_the_listed_types_is_an_error(score_problems):
    assert score_problems("{method: lookup, points: {AA: 85}, otherwise: 5}", acme="7")


@pytest.mark.parametrize("options", ["points: {A: 101}", "points: {A: -1}", "points: {A: good}"])
def test_the_points_of_a_lookup_lie_within_0_and_100(score_problems, options):
    found = score_problems(f"{{method: lookup, {options}}}", acme="A")
    assert found[0]["file"] == "criteria/g.yaml"


def test_yes_no_is_100_or_0(points):
    assert points("{method: yes_no}", acme="true", bolt="false") == {"acme": 100.0, "bolt": 0.0}


def test_yes_no_may_give_other_points(points):
    score = "{method: yes_no, yes: 30, no: 70.5}"
    assert points(score, acme="true", bolt="false") == {"acme": 30.0, "bolt": 70.5}


@pytest.mark.parametrize("x", ["yes", "no", "on", "1", "'true'", "True"])
def test_yes_no_of_no_boolean_is_an_error(score_problems, x):
    found = score_problems("{method: yes_no}", acme=x)
    assert ("bids/acme.yaml", 2) in [(each["file"], each["line"]) for each in found]


def test_yes_no_points_lie_within_0_and_100(score_problems):
    assert score_problems("{method: yes_no, yes: 150}", acme="true")


def test_points_are_x_out_of_100(points):
    assert points("{method: points}", acme="82.35", bolt="0", core="100") == {
        "acme": 82.35,
        "bolt": 0.0,
        "core": 100.0,
    }


def test_points_out_of_another_number(points):
    assert points("{method: points, out_of: 40}", acme="31") == {"acme": 77.5}


@pytest.mark.parametrize("x", ["40.01", "-0.01"])
def test_points_outside_their_range_are_an_error(score_problems, x):
    found = score_problems("{method: points, out_of: 40}", acme=x)
    assert ("bids/acme.yaml", 2) in [(each["file"], each["line"]) for each in found]


@pytest.mark.parametrize("out_of", ["0", "-5", "all"])
def test_points_out_of_nothing_is_an_error(score_problems, out_of):
    found = score_problems(f"{{method: points, out_of: {out_of}}}", acme="0")
    assert found[0]["file"] == "criteria/g.yaml"


def test_per_item_counts_every_distinct_item(points):
    score = "{method: per_item, each: 15}"
    assert points(score, acme="[a, b, c]", bolt="[a, a, b]", core="[]") == {
        "acme": 45.0,
        "bolt": 30.0,
        "core": 0.0,
    }


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ("{method: per_item, each: 15}", 30.0),
        ("{method: per_item, tiers: {a: 10, b: 20}}", 30.0),
        ("{method: coverage, of: [a, ~, c]}", 50.0),
    ],
)
def test_null_is_no_item(points, score, expected):
    assert points(score, acme="[a, ~, b]") == {"acme": expected}


def test_per_item_counts_a_whole_number(points):
    score = "{method: per_item, each: 15}"
    assert points(score, acme="4", bolt="4.0", core="0") == {
        "acme": 60.0,
        "bolt": 60.0,
        "core": 0.0,
    }


def test_per_item_goes_up_to_most(points):
    score = "{method: per_item, each: 15, most: 50}"
    assert points(score, acme="9", bolt="3") == {"acme": 50.0, "bolt": 45.0}
    assert points("{method: per_item, each: 15}", acme="9") == {"acme": 100.0}


def test_per_item_tiers_give_points_for_every_item(points):
    score = "{method: per_item, tiers: {provincial: 40, city: 20}}"
    assert points(score, acme="[provincial, city]", bolt="[city, city]", core="[]") == {
        "acme": 60.0,
        "bolt": 40.0,
        "core": 0.0,
    }


def test_per_item_tiers_go_up_to_most(points):
    score = "{method: per_item, tiers: {provincial: 40, city: 20}, most: 70}"
    assert points(score, acme="[provincial, provincial]") == {"acme": 70.0}


def test_per_item_of_an_unlisted_tier_is_an_error(score_problems, says):
    score = "{method: per_item, tiers: {provincial: 40, city: 20}}"
    assert says(score_problems(score, acme="[provincial, national]"), "national")


@pytest.mark.parametrize("x", ["2.5", "many", "true"])
def test_per_item_of_no_list_and_no_whole_number_is_an_error(score_problems, x):
    assert score_problems("{method: per_item, each: 15}", acme=x)


def test_coverage_is_the_share_of_the_wanted_items(points):
    score = "{method: coverage, of: [a, b, c]}"
    assert points(score, acme="[a, b, c]", bolt="[b]", core="[x, c, a]", dart="[x]") == {
        "acme": 100.0,
        "bolt": 33.33,
        "core": 66.67,
        "dart": 0.0,
    }


def test_coverage_counts_a_repeated_item_once(points):
    assert points("{method: coverage, of: [a, b]}", acme="[a, a, a]") == {"acme": 50.0}


def test_coverage_shares_are_relative(points):
    score = "{method: coverage, of: {a: 3, b: 4, c: 1}}"
    assert points(score, acme="[a, c]", bolt="[b]") == {"acme": 50.0, "bolt": 50.0}


def test_coverage_of_a_lots_services(points):
    tender = "lots: {web: {services: [monitoring, upgrades, backup, hosting]}}\n"
    score = "{method: coverage, of: lot.services}"
    assert points(score, tender=tender, acme="[upgrades, backup, hosting]") == {"acme": 75.0}


def test_coverage_compares_type_and_value(points):
    score = "{method: coverage, of: [1, '1', true, a]}"
    assert points(score, acme="[1.0]", bolt="[1, '1', true]") == {"acme": 25.0, "bolt": 75.0}


@pytest.mark.parametrize("of", ["[]", "{a: 0}", "{a: -1, b: 3}", "7"])
def test_coverage_of_nothing_is_an_error(score_problems, of):
    found = score_problems(f"{{method: coverage, of: {of}}}", acme="[a]")
    assert found[0]["file"] == "criteria/g.yaml"


def test_coverage_of_no_list_is_an_error(score_problems):
    assert score_problems("{method: coverage, of: [a, b]}", acme="a")


def test_distance_is_linear_on_the_haversine_distance_to_the_metre(points):
    # one degree of latitude is 6371.0088 km x pi / 180 = 111.19508... km, 111.195 to the metre
    score = "{method: distance, from: [0, 0], best: 0, worst: 222.39}"
    assert points(score, acme="[1, 0]", bolt="[0, 1]", core="[0, 0]", dart="[3, 0]") == {
        "acme": 50.0,
        "bolt": 50.0,
        "core": 100.0,
        "dart": 0.0,
    }


def test_distance_is_exact_from_the_metre_on(points):
    # not the 111.19508... of the formula, but 111.195: half way
    score = "{method: distance, from: [0, 0], best: 111.1945, worst: 111.1955}"
    assert points(score, acme="[1, 0]") == {"acme": 50.0}


def test_distance_may_be_from_the_buyer(points):
    assert points(
        "{method: distance, from: tender.buyer.location, best: 0, worst: 222.39}",
        tender="buyer: {name: Example, location: [0, 0]}\n",
        acme="[0, -1]",
    ) == {"acme": 50.0}


def test_distance_between_two_cities(points):
    # Guangzhou to Shenzhen, [23.13, 113.26] to [22.54, 114.06]: 105.002 km by the formula
    score = "{method: distance, from: [23.13, 113.26], best: 0, worst: 1000}"
    method = "rounding: {criterion: 4}\n"
    assert points(score, method=method, acme="[22.54, 114.06]") == {"acme": 89.4998}


def test_distance_across_the_date_line_is_short(points):
    score = "{method: distance, from: [0, 179.5], best: 0, worst: 222.39}"
    assert points(score, acme="[0, -179.5]") == {"acme": 50.0}


@pytest.mark.parametrize("x", ["[-45, -170]", "[-45.0, -170.0]"])
def test_distance_to_the_other_side_of_the_earth(points, x):
    # half the circumference: 6371.0088 km x pi = 20015.114 km
    score = "{method: distance, from: [45, 10], best: 0, worst: 40030.228}"
    assert points(score, acme=x) == {"acme": 50.0}


@pytest.mark.parametrize("x", ["[91, 0]", "[0, 181]", "[1]", "[1, 2, 3]", "5", "[north, 0]"])
def test_distance_of_no_place_is_an_error(score_problems, x):
    assert score_problems("{method: distance, from: [0, 0], best: 0, worst: 10}", acme=x)


@pytest.mark.parametrize("place", ["[95, 0]", "[0]", "here"])
def test_distance_from_no_place_is_an_error(score_problems, place):
    score = f"{{method: distance, from: {place}, best: 0, worst: 10}}"
    assert score_problems(score, acme="[0, 0]")[0]["file"] == "criteria/g.yaml"
