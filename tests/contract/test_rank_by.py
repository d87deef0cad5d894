"""What ranks the bids of a round: its total, the evaluators' ranks, the price for a point."""

from fractions import Fraction

import pytest
from openpyxl import load_workbook

import tenderscore as ts


def sheets(*totals, leaf="g.x"):
    """A score file for each evaluator M1, M2, ..: `sheets((90, 85, 80))` marks a, b and c."""
    files = {}
    for number, marks in enumerate(totals, 1):
        rows = "".join(f"  {v}: {{{leaf}: {m}}}\n" for v, m in zip("abc", marks, strict=False))
        files[f"scores/m{number}.yaml"] = f"evaluator: {{id: M{number}}}\nscores:\n{rows}"
    return files


def ranked(rank_by, scores, prices=(1, 1, 1), more="", method=""):
    """A round of one panel criterion of 0 to 100 points."""
    files = {
        "criteria/method.yaml": (
            f"{method}\nrounds:\n  - id: only\n    criteria: [g]\n    rank_by: {rank_by}\n{more}"
        ),
        "criteria/g.yaml": (
            "id: g\nweight: 100\ncriteria:\n"
            "  - {id: x, weight: 100, score: {method: panel, scale: [0, 100]}}\n"
        ),
    }
    for vendor, price in zip("abc", prices, strict=False):
        files[f"bids/{vendor}.yaml"] = f"vendor: {{id: {vendor}}}\nprice: {price}\n"
    return files | scores


FIVE = sheets((90, 85, 80), (88, 86, 78), (87, 89, 80), (86, 84, 82), (60, 92, 85))
FLIP = sheets(*[(85, 90, 60)] * 3, *[(88, 78, 80)] * 2)
TIED = sheets((80, 80, 90), (90, 90, 80), (85, 80, 90), (90, 90, 80), (80, 80, 85))


class TestRankSum:
    def test_each_evaluators_totals_become_ranks_and_the_least_sum_is_first(self, evaluate):
        result = evaluate(ranked("rank_sum", FIVE))
        assert result.column("rank_sum") == {"a": 8, "b": 8, "c": 14}
        assert result.column("rank") == {"a": 1, "b": 1, "c": 3}
        assert result.column("ranks")["a"] == {"M1": 1, "M2": 1, "M3": 2, "M4": 1, "M5": 3}
        assert result.column("total") == {"a": 82.2, "b": 87.2, "c": 81.0}
        assert result.lot()["tie"] == ["a", "b"]
        assert result.round()["rank_by"] == "rank_sum"

    def test_without_one_of_the_sheets_the_sums_are_of_the_others(self, evaluate):
        result = evaluate(
            ranked("rank_sum", {p: text for p, text in FIVE.items() if "m5" not in p})
        )
        assert result.column("rank_sum") == {"a": 5, "b": 7, "c": 12}
        assert result.column("total") == {"a": 87.75, "b": 86.0, "c": 80.0}

    def test_by_total_the_same_marks_have_another_winner(self, evaluate):
        result = evaluate(ranked("total", FIVE))
        assert result.column("rank") == {"b": 1, "a": 2, "c": 3}
        assert "rank_sum" not in result.bids()["a"]
        assert result.round()["rank_by"] == "total"

    def test_more_first_places_may_break_a_tie(self, evaluate):
        result = evaluate(ranked("{method: rank_sum, tie_break: [first_places]}", FIVE))
        assert result.column("rank") == {"a": 1, "b": 2, "c": 3}
        assert (result.lot()["winner"], result.lot()["margin"]) == ("a", 0)

    def test_the_marks_of_the_heaviest_criterion_may_break_a_tie(self, evaluate):
        # The same totals as FIVE; a has 161 marks of 5 x 40 for its plan, b has 174.
        plans = ((34, 34, 40), (33, 34, 40), (32, 35, 40), (32, 33, 40), (30, 38, 40))
        totals = ((90, 85, 80), (88, 86, 78), (87, 89, 80), (86, 84, 82), (60, 92, 85))
        files = ranked("{method: rank_sum, tie_break: [heaviest, first_places]}", {})
        files["criteria/g.yaml"] = """
            id: g
            weight: 100
            criteria:
              - {id: plan, weight: 40, score: {method: panel, scale: [0, 40]}}
              - {id: team, weight: 30, score: {method: panel, scale: [0, 30]}}
              - {id: tools, weight: 30, score: {method: panel, scale: [0, 30]}}
            """
        for number, (plan, total) in enumerate(zip(plans, totals, strict=True), 1):
            rows = "".join(
                f"  {v}: {{g.plan: {p}, g.team: {(t - p) / 2}, g.tools: {(t - p) / 2}}}\n"
                for v, p, t in zip("abc", plan, total, strict=True)
            )
            files[f"scores/m{number}.yaml"] = f"evaluator: {{id: M{number}}}\nscores:\n{rows}"
        files["criteria/method.yaml"] += "rounding: {criterion: none}\n"
        result = evaluate(files)
        assert result.column("rank_sum") == {"b": 8, "a": 8, "c": 14}
        assert result.column("rank") == {"b": 1, "a": 2, "c": 3}

    def test_criteria_that_are_heaviest_together_count_together(self, evaluate):
        files = ranked("{method: rank_sum, tie_break: [heaviest]}", {})
        files["criteria/g.yaml"] = """
            id: g
            weight: 100
            criteria:
              - {id: p, weight: 40, score: {method: panel, scale: [0, 10]}}
              - {id: q, weight: 40, score: {method: panel, scale: [0, 10]}}
              - {id: r, weight: 20, score: {method: panel, scale: [0, 10]}}
            """
        marks = {"M1": {"a": (9, 4, 5), "b": (5, 5, 9)}, "M2": {"a": (1, 9, 0), "b": (9, 9, 0)}}
        for evaluator, by_vendor in marks.items():
            rows = "".join(
                f"  {v}: {{g.p: {p}, g.q: {q}, g.r: {r}}}\n" for v, (p, q, r) in by_vendor.items()
            )
            files[f"scores/{evaluator}.yaml"] = f"evaluator: {{id: {evaluator}}}\nscores:\n{rows}"
        del files["bids/c.yaml"]
        result = evaluate(files)
        # a: 62 and 40, b: 58 and 72; p and q: a 23, b 28
        assert result.column("rank_sum") == {"b": 3, "a": 3}
        assert result.column("rank") == {"b": 1, "a": 2}

    def test_then_the_methods_tie_break_decides(self, evaluate):
        files = ranked("rank_sum", FIVE, method="tie_break: [g.x]")
        assert evaluate(files).column("rank") == {"b": 1, "a": 2, "c": 3}

    @pytest.mark.parametrize(
        ("ties", "sums", "winner"),
        [
            ("competition", {"a": 8, "b": 9, "c": 9}, "a"),
            ("dense", {"c": 7, "a": 8, "b": 9}, "c"),
            ("mid", {"c": 9, "a": 10, "b": 11}, "c"),
        ],
    )
    def test_ties_in_one_sheet_have_the_ranks_that_the_method_says(
        self, evaluate, ties, sums, winner
    ):
        result = evaluate(ranked(f"{{method: rank_sum, ties: {ties}}}", TIED))
        assert result.column("rank_sum") == sums
        assert result.lot()["winner"] == winner

    def test_middle_ranks_may_be_halves(self, evaluate):
        result = evaluate(ranked("{method: rank_sum, ties: mid}", TIED))
        assert result.column("ranks")["a"] == {"M1": 2.5, "M2": 1.5, "M3": 2, "M4": 1.5, "M5": 2.5}

    def test_other_criteria_count_for_every_evaluator_alike(self, evaluate):
        files = ranked("rank_sum", sheets((80, 60, 20), (70, 80, 20)), prices=(200, 100, 400))
        files["criteria/method.yaml"] = """
            rounds: [{id: only, criteria: [g, price], rank_by: rank_sum}]
            """
        files["criteria/g.yaml"] = files["criteria/g.yaml"].replace(
            "weight: 100\nc", "weight: 60\nc"
        )
        files["criteria/price.yaml"] = """
            id: price
            weight: 40
            criteria:
              - {id: offer, weight: 100, fact: price, score: {method: ratio_to_best, better: low}}
            """
        result = evaluate(files)
        # M1: a 48 + 20, b 36 + 40; M2: a 42 + 20, b 48 + 40
        assert result.column("ranks") == {
            "b": {"M1": 1, "M2": 1},
            "a": {"M1": 2, "M2": 2},
            "c": {"M1": 3, "M2": 3},
        }


class TestPassMark:
    def test_a_mean_under_the_mark_is_out_and_the_others_keep_their_ranks(self, evaluate):
        result = evaluate(ranked("{method: rank_sum, pass: {mean: 70}}", FLIP))
        assert result.column("rank_sum") == {"a": 8, "b": 9, "c": 13}
        assert result.column("rank") == {"a": 1, "b": 2, "c": None}
        assert result.column("total")["c"] == 68
        assert result.column("outcome")["c"] == "eliminated"
        assert result.reasons("c") == ["rule pass_mark"]

    def test_ranks_may_be_given_anew_without_those_that_failed(self, evaluate):
        rule = "{method: rank_sum, pass: {mean: 70}, rerank_after_fail: true}"
        result = evaluate(ranked(rule, FLIP))
        assert result.column("rank_sum") == {"b": 7, "a": 8, "c": None}
        assert result.column("ranks")["c"] == {}
        assert result.lot()["winner"] == "b"

    def test_more_than_half_of_the_evaluators_may_have_to_give_the_mark(self, evaluate):
        rule = "{method: rank_sum, pass: {majority: 70}}"
        result = evaluate(ranked(rule, sheets((70, 90, 69), (69.99, 90, 70), (60, 90, 99))))
        assert result.column("outcome") == {"b": "advanced", "c": "advanced", "a": "eliminated"}

    def test_half_of_them_is_not_enough(self, evaluate):
        rule = "{method: rank_sum, pass: {majority: 70}}"
        result = evaluate(ranked(rule, sheets((70, 90, 80), (69, 90, 80))))
        assert result.column("outcome")["a"] == "eliminated"

    def test_the_mean_that_just_reaches_the_mark_passes(self, evaluate):
        rule = "{method: rank_sum, pass: {mean: 70}}"
        result = evaluate(ranked(rule, sheets((70.1, 90, 80), (69.9, 90, 69.9), (70, 90, 60))))
        assert result.column("outcome") == {"b": "advanced", "a": "advanced", "c": "eliminated"}

    @pytest.mark.parametrize("given", ["{}", "{mean: 70, majority: 70}", "{mean: 101}", "70"])
    def test_a_pass_mark_is_a_mean_or_a_majority(self, problems, given):
        found = problems(ranked(f"{{method: rank_sum, pass: {given}}}", FIVE))
        assert (found[0]["file"], found[0]["line"]) == ("criteria/method.yaml", 5)


class TestSheets:
    def test_a_sheet_that_lacks_a_mark_is_an_error_with_its_names(self, problems, says):
        found = problems(ranked("rank_sum", sheets((90, 85, 80), (90, 85))))
        assert [each["code"] for each in found] == ["incomplete-sheet"]
        assert says(found, "M2", "c", "g.x")
        assert found[0]["file"] == "scores/m2.yaml"

    def test_an_abstention_makes_a_sheet_incomplete(self, problems, says):
        found = problems(ranked("rank_sum", sheets((90, 85, 80), (90, 85, "abstain"))))
        assert [each["code"] for each in found] == ["incomplete-sheet"]
        assert says(found, "M2", "c", "g.x")

    def test_so_does_a_conflict_of_interest(self, problems, says):
        files = ranked("rank_sum", sheets((90, 85, 80), (90, 85, 80)))
        files["panel.yaml"] = """
            evaluators:
              - {id: M1}
              - {id: M2, interests: [{vendor: c, reason: Was employed there}]}
            """
        assert says(problems(files), "M2", "c", "g.x")

    def test_an_evaluator_without_any_score_takes_no_part(self, evaluate):
        empty = {"scores/m9.yaml": "evaluator: {id: M9}\nscores: {}\n"}
        result = evaluate(ranked("rank_sum", sheets((90, 85, 80)) | empty))
        assert result.column("ranks")["a"] == {"M1": 1}

    def test_a_round_without_panel_criteria_has_no_sheets_to_rank_by(self, problems):
        files = ranked("rank_sum", {})
        files["criteria/g.yaml"] = """
            id: g
            weight: 100
            criteria: [{id: x, weight: 100, fact: x, score: {method: points}}]
            """
        found = problems(files)
        assert (found[0]["code"], found[0]["line"]) == ("rank-by", 5)


class TestAdvance:
    def test_at_most_looks_at_ranks_and_minimum_at_totals(self, evaluate):
        more = "    advance: {at_most: 2, minimum: 82.3}\n"
        rule = "{method: rank_sum, tie_break: [first_places]}"
        result = evaluate(ranked(rule, FIVE, more=more))
        assert result.column("outcome") == {
            "a": "not_advanced",
            "b": "advanced",
            "c": "not_advanced",
        }
        assert result.lot()["shortlist"] == ["b"]


class TestPricePerPoint:
    PRICES = (9_500_000, 10_200_000, 9_300_000)

    def test_the_price_for_a_point_ranks_the_lowest_first(self, evaluate):
        result = evaluate(ranked("price_per_point", FIVE, self.PRICES))
        assert result.column("price_per_point") == {
            "c": 3100000 / 27,
            "a": 47500000 / 411,
            "b": 12750000 / 109,
        }
        assert result.lot()["winner"] == "c"
        assert result.lot()["margin"] == float(Fraction(47500000, 411) - Fraction(3100000, 27))

    def test_another_panel_finds_another_winner(self, evaluate):
        four = {path: text for path, text in FIVE.items() if "m5" not in path}
        result = evaluate(ranked("price_per_point", four, self.PRICES))
        shown = {v: round(q, 2) for v, q in result.column("price_per_point").items()}
        assert shown == {"a": 108262.11, "c": 116250.0, "b": 118604.65}

    def test_quotients_are_compared_exactly(self, evaluate):
        # 1/3 against 0.3333333333333333333 of a unit a point
        scores = sheets((75, 75))
        prices = (25, "24.999999999999999999999")
        result = evaluate(ranked("price_per_point", scores, prices))
        assert result.column("rank") == {"b": 1, "a": 2}

    def test_no_points_have_no_price(self, evaluate):
        result = evaluate(ranked("price_per_point", sheets((80, 0, 40)), (4, 1, 1)))
        assert result.column("rank") == {"c": 1, "a": 2, "b": None}
        assert result.column("price_per_point")["b"] is None
        assert result.reasons("b") == ["rule price_per_point"]

    def test_a_bid_without_a_price_is_out(self, evaluate):
        files = ranked("price_per_point", sheets((80, 90, 40)), (4, 1, 1))
        files["bids/b.yaml"] = "vendor: {id: b}\n"
        result = evaluate(files)
        assert result.reasons("b") == ["rule price_per_point"]
        assert result.column("total")["b"] == 90

    def test_a_price_that_cannot_be_converted_is_an_error(self, problems):
        files = ranked("price_per_point", sheets((80, 90, 40)), (4, 1, 1))
        files["bids/b.yaml"] = "vendor: {id: b}\nprice: {amount: 5, currency: USD}\n"
        files["tender.yaml"] = "currency: CNY\n"
        found = problems(files)
        assert (found[0]["code"], found[0]["file"]) == ("missing-rate", "bids/b.yaml")

    def test_points_for_the_price_would_count_it_twice(self, problems):
        files = ranked("price_per_point", FIVE)
        files["criteria/g.yaml"] += (
            "  - {id: p, weight: 0, expr: bid.price / 2, score: {method: points}}\n"
        )
        found = problems(files)
        assert (found[0]["code"], found[0]["line"]) == ("rank-by", 5)


class TestPython:
    def test_a_frame_has_what_ranks_the_bids(self, round_files):
        round_files(ranked("rank_sum", FIVE))
        frame = ts.evaluate("bids").to_frame()
        assert dict(zip(frame["vendor"], frame["rank_sum"], strict=True)) == {
            "a": 8,
            "b": 8,
            "c": 14,
        }


class TestForm:
    @pytest.mark.parametrize(
        ("rank_by", "code"),
        [
            ("rank_summ", "unknown-value"),
            ("5", "wrong-type"),
            ("{ties: dense}", "missing-key"),
            ("{method: rank_sum, tie: dense}", "unknown-key"),
            ("{method: rank_sum, ties: densely}", "unknown-value"),
            ("{method: total, ties: dense}", "unknown-key"),
            ("{method: rank_sum, tie_break: [price]}", "unknown-value"),
        ],
    )
    def test_what_it_does_not_know_is_an_error(self, problems, rank_by, code):
        found = problems(ranked(rank_by, FIVE))
        assert (found[0]["code"], found[0]["line"]) == (code, 5)

    def test_a_slip_is_met_with_a_suggestion(self, problems, says):
        assert says(problems(ranked("rank_summ", FIVE)), "rank_sum")


class TestReports:
    @pytest.mark.parametrize("form", ["table", "markdown", "html", "csv"])
    def test_every_report_shows_sums_and_ranks(self, round_files, run, form):
        round_files(ranked("{method: rank_sum, tie_break: [first_places]}", FIVE))
        out = run("evaluate", "bids", "--format", form).out
        assert "M1" in out
        if form != "csv":
            assert "rank sum 8" in out

    def test_a_workbook_has_a_column_for_the_sums_and_one_for_each_evaluator(
        self, round_files, run
    ):
        round_files(ranked("{method: rank_sum, tie_break: [first_places]}", FIVE))
        run("evaluate", "bids", "--output", "result.xlsx")
        rows = list(load_workbook("result.xlsx")["all"].iter_rows(values_only=True))
        assert rows[0][8:14] == ("Rank sum", *(f"Rank by M{n}" for n in range(1, 6)))
        assert [row[8:14] for row in rows[3:]] == [
            (8, 1, 1, 2, 1, 3),
            (8, 2, 2, 1, 2, 1),
            (14, 3, 3, 3, 3, 2),
        ]

    def test_explain_shows_each_evaluators_total_and_rank(self, round_files, run):
        round_files(ranked("{method: rank_sum, tie_break: [first_places]}", FIVE))
        out = run("explain", "bids", "a").out
        assert "M5: 60, rank 3" in out
        assert "1 + 1 + 2 + 1 + 3 = 8" in out
        assert "ranked first by 3 of 5" in out

    def test_so_does_the_explanation_as_a_table(self, round_files, run):
        round_files(ranked("{method: rank_sum, tie_break: [first_places]}", FIVE))
        out = run("explain", "bids", "a", "--format", "csv").out
        assert 'all,only,ranking,rank_sum,,,,,,,"M5: 60, rank 3"' in out

    def test_a_loser_learns_what_it_would_have_taken(self, round_files, run):
        more = "    advance: {at_most: 1}\n"
        rule = "{method: rank_sum, tie_break: [first_places]}"
        round_files(ranked(rule, FIVE, more=more))
        assert "rank sum 8 or less, as a has" in run("explain", "bids", "c").out

    @pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
    def test_the_price_of_a_point_is_shown(self, round_files, run, language):
        round_files(ranked("price_per_point", FIVE, TestPricePerPoint.PRICES))
        out = run("evaluate", "bids", "--lang", language).out
        assert "114,814.81" in out
        assert "115,571.78" in out
