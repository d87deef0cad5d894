"""The price that bids are compared by: the price as bid with declared adjustments."""

from fractions import Fraction

import pytest


def bids(**facts):
    return {
        f"bids/{vendor}.yaml": f"vendor: {{id: {vendor}}}\n{text}" for vendor, text in facts.items()
    }


def priced(steps, *, round_="{id: award, rank_by: evaluated_price}", more="", **facts):
    """A round of no criteria that ranks by the evaluated price."""
    lines = "".join(f"  - {step}\n" for step in steps)
    method = f"evaluated_price:\n{lines}" if steps else ""
    files = {"criteria/method.yaml": f"{method}{more}rounds: [{round_}]\n"}
    return files | bids(**facts)


SMALL = "{id: small, title: Small enterprise, if: {fact: vendor.small, is: true}, deduct: 10}"
CHINA = {
    "jia": "  small: true\nprice: 980_000\n",
    "yi": "price: 1_000_000\n",
    "bing": "price: 920_000\n",
}


def china(**changes):
    files = bids(**CHINA | changes)
    files["bids/jia.yaml"] = "vendor: {id: jia, small: true}\nprice: 980_000\n"
    return files


class TestRanking:
    def test_the_lowest_price_is_first_where_nothing_adjusts_it(self, evaluate):
        result = evaluate(priced([], a="price: 30", b="price: 20", c="price: 20"))
        assert result.column("rank") == {"b": 1, "c": 1, "a": 3}
        assert result.column("evaluated_price") == {"b": 20, "c": 20, "a": 30}
        assert result.column("total") == {"b": None, "c": None, "a": None}

    def test_a_deduction_for_a_class_of_vendor_ranks_and_the_price_stays(self, evaluate):
        result = evaluate(priced([SMALL]) | china())
        assert result.column("evaluated_price") == {"jia": 882000, "bing": 920000, "yi": 1000000}
        assert result.column("price") == {"jia": 980000, "bing": 920000, "yi": 1000000}
        assert (result.lot()["winner"], result.lot()["margin"]) == ("jia", 38000)
        assert result.bids()["jia"]["price_steps"] == [
            {"id": "small", "title": "Small enterprise", "change": -98000}
        ]
        assert result.bids()["yi"]["price_steps"] == []

    def test_deductions_are_each_of_the_price_as_bid(self, evaluate):
        steps = ["{id: domestic, deduct: 20}", "{id: small, deduct: 10}"]
        assert evaluate(priced(steps, a="price: 1_000_000")).column("evaluated_price") == {
            "a": 700000
        }

    def test_or_of_what_the_steps_before_left(self, evaluate):
        steps = ["{id: domestic, deduct: 20}", "{id: small, deduct: 10, of: so_far}"]
        assert evaluate(priced(steps, a="price: 1_000_000")).column("evaluated_price") == {
            "a": 720000
        }

    def test_a_margin_of_preference_raises_the_others(self, evaluate):
        steps = ["{id: foreign, if: {fact: local, is: false}, increase: 15}"]
        result = evaluate(priced(steps, a="local: true\nprice: 110", b="local: false\nprice: 100"))
        assert result.column("evaluated_price") == {"a": 110, "b": 115}

    def test_quantified_deviations_are_sums_of_money(self, evaluate):
        steps = [
            "{id: late, add: 20_000, if: {fact: weeks, at_least: 9}}",
            "{id: power, add: {expr: bid.kw * 150}}",
        ]
        result = evaluate(
            priced(steps, a="weeks: 9\nkw: 2\nprice: 1000", b="weeks: 8\nkw: 4.5\nprice: 1000")
        )
        assert result.column("evaluated_price") == {"b": 1675, "a": 21300}

    def test_running_costs_count_at_their_present_value(self, evaluate):
        steps = ["{id: running, add: {expr: bid.running}, years: 2, discount: 5}"]
        result = evaluate(priced(steps, a="running: 441\nprice: 1000"))
        # 441 / 1.05 + 441 / 1.1025
        assert result.column("evaluated_price") == {"a": 1820}

    def test_without_interest_a_year_costs_as_much_as_another(self, evaluate):
        steps = ["{id: running, add: {expr: bid.running}, years: 3, discount: 0}"]
        assert evaluate(priced(steps, a="running: 7\nprice: 1")).column("evaluated_price") == {
            "a": 22
        }

    def test_a_coefficient_divides_the_price(self, evaluate):
        steps = ["{id: features, coefficient: {expr: 1 + bid.features / (1 - 0.3)}}"]
        result = evaluate(priced(steps, a="features: 0.2\nprice: 1000"))
        # The coefficient is 9/7.
        assert result.column("evaluated_price") == {"a": float(Fraction(7000, 9))}

    def test_evaluated_prices_are_compared_exactly(self, evaluate):
        steps = ["{id: features, coefficient: {expr: bid.features}}"]
        a = "features: 3\nprice: 1"
        b = "features: 3\nprice: 0.999999999999999999999999999"
        assert evaluate(priced(steps, a=a, b=b)).column("rank") == {"b": 1, "a": 2}

    def test_it_is_rounded_where_the_method_says_so(self, evaluate, run):
        steps = ["{id: features, coefficient: 3}"]
        more = "rounding: {evaluated_price: 2}\n"
        result = evaluate(priced(steps, more=more, a="price: 10.00", b="price: 10.01"))
        assert result.column("evaluated_price") == {"a": 3.33, "b": 3.34}
        assert "3.336666..., rounded to 3.34" in run("explain", "bids", "b").out

    def test_what_is_equal_when_rounded_ties(self, evaluate):
        steps = ["{id: features, coefficient: 3}"]
        more = "rounding: {evaluated_price: 1}\n"
        result = evaluate(priced(steps, more=more, a="price: 10.00", b="price: 10.01"))
        assert result.column("rank") == {"a": 1, "b": 1}

    def test_values_of_the_lot_may_stand_for_amounts(self, evaluate):
        files = priced(["{id: transport, add: lot.transport}"], a="price: 1")
        files["tender.yaml"] = "lots: {x: {transport: 5}, y: {transport: 7}}\n"
        result = evaluate(files)
        assert result.column("evaluated_price", lot="x") == {"a": 6}
        assert result.column("evaluated_price", lot="y") == {"a": 8}

    def test_only_so_many_advance(self, evaluate):
        round_ = "{id: award, rank_by: evaluated_price, advance: {at_most: 1}}"
        result = evaluate(priced([], round_=round_, a="price: 30", b="price: 20"))
        assert result.column("outcome") == {"b": "advanced", "a": "not_advanced"}
        assert result.lot()["winner"] == "b"
        assert result["warnings"] == []

    def test_requirements_come_first(self, evaluate):
        round_ = "{id: award, requirements: [ok], rank_by: evaluated_price}"
        more = "requirements: {ok: {fact: ok, is: true}}\n"
        result = evaluate(
            priced([], round_=round_, more=more, a="ok: true\nprice: 30", b="ok: false\nprice: 20")
        )
        assert result.column("rank") == {"a": 1, "b": None}

    def test_criteria_may_set_a_bar_and_the_price_decides(self, evaluate):
        files = priced(
            [],
            round_="{id: award, criteria: [g], rank_by: evaluated_price}",
            a="x: 90\nprice: 30",
            b="x: 60\nprice: 20",
            c="x: 59\nprice: 10",
        )
        files["criteria/g.yaml"] = """
            id: g
            weight: 100
            minimum: 60
            criteria: [{id: x, weight: 100, fact: x, score: {method: points}}]
            """
        result = evaluate(files)
        assert result.column("rank") == {"b": 1, "a": 2, "c": None}
        assert result.column("total") == {"b": 60, "a": 90, "c": 59}

    def test_a_bid_without_a_price_is_out(self, evaluate):
        result = evaluate(priced([], a="price: 30", b="x: 1"))
        assert result.reasons("b") == ["rule evaluated_price"]

    def test_so_is_one_without_a_number_that_a_step_takes(self, evaluate):
        steps = ["{id: running, add: {expr: bid.running}}"]
        result = evaluate(priced(steps, a="running: 7\nprice: 1", b="price: 1"))
        assert result.reasons("b") == ["rule evaluated_price"]
        assert result.bids()["b"]["evaluated_price"] is None


POINTS = {
    "criteria/method.yaml": f"evaluated_price:\n  - {SMALL}\n",
    "criteria/price.yaml": """
        id: price
        weight: 100
        criteria:
          - id: offer
            weight: 100
            fact: evaluated_price
            score: {method: ratio_to_best, better: low}
        """,
}


class TestPoints:
    def test_the_deduction_feeds_the_price_points(self, evaluate):
        result = evaluate(POINTS | china())
        assert result.points("price.offer") == {"jia": 100.0, "bing": 95.87, "yi": 88.2}
        assert result.node("jia", "price.offer")["value"] == 882000
        assert result.bids()["jia"]["price"] == 980000

    def test_the_share_of_ten_percent_is_as_published(self, evaluate):
        files = POINTS | china()
        files["criteria/price.yaml"] = files["criteria/price.yaml"].replace(
            "weight: 100\n        crit", "weight: 10\n        crit"
        )
        files["criteria/rest.yaml"] = """
            id: rest
            weight: 90
            criteria: [{id: x, weight: 100, expr: "0", score: {method: points}}]
            """
        files["criteria/method.yaml"] += "rounding: {criterion: none, total: 2}\n"
        result = evaluate(files)
        assert result.column("total") == {"jia": 10.0, "bing": 9.59, "yi": 8.82}

    def test_a_bid_cannot_state_its_own(self, evaluate):
        result = evaluate(POINTS | china(bing="price: 920_000\nevaluated_price: 1\n"))
        assert result.node("bing", "price.offer")["value"] == 920000

    def test_an_expression_may_read_it(self, evaluate):
        files = POINTS | china()
        files["criteria/price.yaml"] = """
            id: price
            weight: 100
            criteria:
              - {id: x, weight: 100, expr: bid.evaluated_price / 10_000, score: {method: points}}
            """
        assert evaluate(files).points("price.x") == {"yi": 100.0, "bing": 92.0, "jia": 88.2}

    def test_ties_may_be_broken_by_the_price_as_bid(self, evaluate):
        files = POINTS | china(bing="price: 882_000\n")
        files["criteria/method.yaml"] += "tie_break: [price]\n"
        assert evaluate(files).column("rank") == {"bing": 1, "jia": 2, "yi": 3}

    def test_where_the_method_says_nothing_of_it_it_is_a_fact_like_others(self, evaluate):
        files = POINTS | bids(a="evaluated_price: 5", b="evaluated_price: 10")
        files["criteria/method.yaml"] = "tie_break: []\n"
        assert evaluate(files).points("price.offer") == {"a": 100.0, "b": 50.0}

    def test_explain_shows_the_steps(self, round_files, run):
        round_files(POINTS | china())
        assert "Small enterprise: -10% x 980000 = -98000" in run("explain", "bids", "jia").out


class TestProblems:
    @pytest.mark.parametrize(
        ("step", "code"),
        [
            ("{id: a}", "adjustment-form"),
            ("{id: a, add: 1, deduct: 2}", "adjustment-form"),
            ("{id: a, deduct: 1, years: 5, discount: 4}", "adjustment-form"),
            ("{id: a, add: 1, years: 5}", "adjustment-form"),
            ("{id: a, add: 1, of: so_far}", "adjustment-form"),
            ("{id: a, add: {expr: bid.evaluated_price}}", "adjustment-form"),
            ("{id: a, add: {fact: x}}", "adjustment-form"),
            ("{id: a, add: much}", "wrong-type"),
            ("{id: a, add: {expr: 1 +}}", "expression"),
            ("{id: a, add: {expr: '\"x\"'}}", "expression"),
            ("{id: a, deduct: 1, if: {fact: x}}", "requirement-form"),
            ("{deduct: 1}", "missing-key"),
            ("{id: a, deduct: lot.nothing}", "absent-reference"),
        ],
    )
    def test_what_is_no_adjustment_is_an_error_at_its_place(self, problems, step, code):
        found = problems(priced([step], a="price: 1"))
        assert (found[0]["code"], found[0]["file"], found[0]["line"]) == (
            code,
            "criteria/method.yaml",
            2,
        )

    def test_an_id_stands_once(self, problems):
        found = problems(priced(["{id: a, deduct: 1}", "{id: a, deduct: 2}"], a="price: 1"))
        assert (found[0]["code"], found[0]["line"]) == ("duplicate-id", 3)

    def test_an_amount_that_is_no_number_is_an_error_of_the_bid(self, problems):
        steps = ["{id: running, add: {expr: bid.running}}"]
        found = problems(priced(steps, a="running: low\nprice: 1"))
        assert (found[0]["code"], found[0]["file"]) == ("fact-type", "bids/a.yaml")

    def test_a_coefficient_is_above_0(self, problems):
        steps = ["{id: features, coefficient: {expr: bid.features}}"]
        found = problems(priced(steps, a="features: 0\nprice: 1"))
        assert (found[0]["code"], found[0]["file"]) == ("fact-value", "bids/a.yaml")

    def test_a_fact_that_an_adjustment_reads_is_read(self, evaluate):
        steps = ["{id: running, add: {expr: bid.running_costs}}"]
        files = priced(steps, a="running_costs: 7\nprice: 1", b="runing_costs: 7\nprice: 1")
        assert "near-miss" in evaluate(files).codes


class TestReports:
    @pytest.mark.parametrize("form", ["table", "markdown", "html", "csv"])
    def test_every_report_shows_the_evaluated_price(self, round_files, run, form):
        round_files(priced([SMALL]) | china())
        out = run("evaluate", "bids", "--format", form).out
        assert "882000" in out.replace(",", "")

    @pytest.mark.parametrize("form", ["table", "markdown", "html"])
    def test_no_report_has_a_column_for_totals_that_nobody_has(self, round_files, run, form):
        round_files(priced([SMALL]) | china())
        assert "Total" not in run("evaluate", "bids", "--format", form).out

    @pytest.mark.parametrize("form", ["table", "markdown", "html"])
    def test_a_round_that_scores_keeps_its_own(self, round_files, run, form):
        rounds = "{id: first, criteria: [g]}, {id: award, rank_by: evaluated_price}"
        mark = "{id: m, weight: 100, fact: q, score: {method: points}}"
        files = priced([], round_=rounds, a="q: 5\nprice: 2", b="q: 7\nprice: 3")
        round_files(files | {"criteria/g.yaml": f"id: g\nweight: 100\ncriteria: [{mark}]\n"})
        assert run("evaluate", "bids", "--format", form).out.count("Total") == 1

    def test_a_pdf_is_made_of_it(self, round_files, run):
        pytest.importorskip("typst", reason="the extra tenderscore[pdf] is not installed")
        folder = round_files(priced([SMALL]) | china())
        assert run("evaluate", "bids", "--output", "result.pdf").code == 0
        assert (folder / "result.pdf").read_bytes().startswith(b"%PDF")

    def test_explain_shows_price_steps_and_sum(self, round_files, run):
        round_files(priced([SMALL]) | china())
        out = run("explain", "bids", "jia").out
        assert "price as bid: 980000" in out
        assert "Small enterprise: -10% x 980000 = -98000" in out
        assert "evaluated price: 882000" in out
