"""Section 1.6: what the panel scored, and rounds that wait for it."""

import io

import pytest
import xlsxwriter


def panel(score="{method: panel, scale: [0, 5]}", leaf="", **files):
    """A round with the panel leaf `g.x` (and the bids acme and bolt)."""
    extra = f", {leaf}" if leaf else ""
    return {
        "criteria/g.yaml": (
            f"id: g\nweight: 100\ncriteria:\n  - {{id: x, weight: 100, score: {score}{extra}}}\n"
        ),
        "bids/acme.yaml": "vendor: {id: acme}\n",
        "bids/bolt.yaml": "vendor: {id: bolt}\n",
    } | {f"scores/{name}.yaml": text for name, text in files.items()}


def sheet(evaluator, **marks):
    rows = "".join(f"  {vendor}: {{g.x: {mark}}}\n" for vendor, mark in marks.items())
    return f"evaluator: {{id: {evaluator}}}\nscores:\n{rows}"


def sheets(*marks, **others):
    """The same evaluators' marks for both bids: `sheets((4, 3), (5, 1))`."""
    return {
        f"e{n}": sheet(f"e{n}", acme=acme, bolt=bolt) for n, (acme, bolt) in enumerate(marks)
    } | others


class TestPoints:
    def test_the_panels_points_are_the_mean_on_the_scale(self, evaluate):
        result = evaluate(panel(**sheets((4, 5), (3, 0), (4, 0))))
        # 11/3 of 5; 5/3 of 5
        assert result.points("g.x") == {"acme": 73.33, "bolt": 33.33}

    def test_the_aggregate_is_exact_and_the_value(self, evaluate):
        result = evaluate(panel(**sheets((4, 5), (3, 0), (4, 0))))
        assert result.node("acme", "g.x")["value"] == 11 / 3

    def test_a_scale_need_not_begin_at_0(self, evaluate):
        score = "{method: panel, scale: [1, 5]}"
        result = evaluate(panel(score, **sheets((4, 1))))
        assert result.points("g.x") == {"acme": 75.0, "bolt": 0.0}

    def test_marks_may_be_fractions(self, evaluate):
        result = evaluate(panel(**sheets((3.35, 0.1), (3.35, 0.2))))
        assert result.points("g.x") == {"acme": 67.0, "bolt": 3.0}

    def test_the_median_of_an_even_count_is_the_mean_of_the_middle_two(self, evaluate):
        score = "{method: panel, scale: [0, 5], aggregate: median}"
        result = evaluate(panel(score, **sheets((5, 0), (4, 1), (1, 5), (0, 5))))
        assert result.points("g.x") == {"acme": 50.0, "bolt": 60.0}

    def test_the_median_of_an_odd_count_is_the_middle_one(self, evaluate):
        score = "{method: panel, scale: [0, 5], aggregate: median}"
        result = evaluate(panel(score, **sheets((5, 0), (4, 1), (0, 5))))
        assert result.points("g.x") == {"acme": 80.0, "bolt": 20.0}

    def test_the_trimmed_mean_drops_the_lowest_and_the_highest(self, evaluate):
        score = "{method: panel, scale: [0, 5], aggregate: trimmed_mean, drop: 1}"
        result = evaluate(panel(score, **sheets((5, 0), (4, 1), (3, 2), (0, 5))))
        assert result.points("g.x") == {"acme": 70.0, "bolt": 30.0}

    def test_the_trimmed_mean_drops_where_something_is_left(self, evaluate):
        score = "{method: panel, scale: [0, 5], aggregate: trimmed_mean, drop: 1}"
        result = evaluate(panel(score, **sheets((5, 1), (4, 2))))
        assert result.points("g.x") == {"acme": 90.0, "bolt": 30.0}

    def test_the_scores_of_a_lot_may_differ(self, evaluate):
        files = panel(
            li="""
            evaluator: {id: li}
            scores:
              acme: {g.x: 4}
              bolt: {g.x: 2}
            lots:
              web: {acme: {g.x: 1}}
            """
        )
        files["tender.yaml"] = "lots: {web: {}, app: {}}\n"
        result = evaluate(files)
        assert result.points("g.x", lot="web") == {"acme": 20.0, "bolt": 40.0}
        assert result.points("g.x", lot="app") == {"acme": 80.0, "bolt": 40.0}

    def test_a_score_may_carry_a_comment(self, evaluate):
        files = panel(li=sheet("li", acme="{score: 3, comment: Two of three}", bolt=1))
        assert evaluate(files).points("g.x") == {"acme": 60.0, "bolt": 20.0}

    def test_scores_name_criteria_by_their_dotted_id(self, evaluate):
        files = panel(li="evaluator: {id: li}\nscores: {acme: {g.n.x: 3}, bolt: {g.n.x: 1}}\n")
        files["criteria/g.yaml"] = """
            id: g
            weight: 100
            criteria:
              - id: n
                weight: 100
                criteria:
                  - {id: x, weight: 100, score: {method: panel, scale: [0, 5]}}
            """
        assert evaluate(files).points("g.n.x") == {"acme": 60.0, "bolt": 20.0}

    def test_scores_may_be_a_table(self, evaluate):
        files = panel()
        files["scores/all.csv"] = (
            "evaluator,vendor,criterion,score,lot,comment\n"
            'li,acme,g.x,4,,"good, sound"\n'
            "li,bolt,g.x,2,,\n"
            "wu,acme,g.x,5,,\n"
            "wu,bolt,g.x,1,,\n"
            "wu,acme,g.x,0,web,\n"
        )
        files["tender.yaml"] = "lots: {web: {}, app: {}}\n"
        result = evaluate(files)
        assert result.points("g.x", lot="app") == {"acme": 90.0, "bolt": 30.0}
        assert result.points("g.x", lot="web") == {"acme": 40.0, "bolt": 30.0}

    def test_a_table_and_sheets_of_others_add_up(self, evaluate):
        files = panel(li=sheet("li", acme=5, bolt=0))
        files["scores/wu.csv"] = "evaluator,vendor,criterion,score\nwu,acme,g.x,4\nwu,bolt,g.x,1\n"
        assert evaluate(files).points("g.x") == {"acme": 90.0, "bolt": 10.0}

    def test_a_table_may_be_a_workbook(self, evaluate):
        book = io.BytesIO()
        with xlsxwriter.Workbook(book, {"in_memory": True}) as out:
            sheet = out.add_worksheet()
            for y, row in enumerate(
                (
                    ("evaluator", "vendor", "criterion", "score"),
                    ("li", "acme", "g.x", 4),
                    ("li", "bolt", "g.x", 2.5),
                )
            ):
                sheet.write_row(y, 0, row)
        files = panel()
        files["scores/all.xlsx"] = book.getvalue()
        assert evaluate(files).points("g.x") == {"acme": 80.0, "bolt": 50.0}

    def test_vendors_are_named_by_their_text(self, evaluate):
        files = panel(li="evaluator: {id: li}\nscores: {007: {g.x: 4}, bolt: {g.x: 2}}\n")
        files["bids/acme.yaml"] = "vendor: {id: 007}\n"
        assert evaluate(files).points("g.x") == {"007": 80.0, "bolt": 40.0}

    @pytest.mark.parametrize("scale", ["[5, 5]", "[5, 0]", "[0]", "5", "[low, high]"])
    def test_a_scale_is_a_low_and_a_higher_number(self, problems, scale):
        found = problems(panel(f"{{method: panel, scale: {scale}}}", **sheets((5, 5))))
        assert "criteria/g.yaml" in [each["file"] for each in found]

    def test_an_unknown_aggregate_is_an_error(self, problems):
        score = "{method: panel, scale: [0, 5], aggregate: mode}"
        assert problems(panel(score, **sheets((4, 4))))[0]["file"] == "criteria/g.yaml"


class TestLackingAndWrongScores:
    def test_some_evaluators_scores_lacking_is_a_warning(self, evaluate):
        files = panel(li=sheet("li", acme=4, bolt=2), wu=sheet("wu", acme=5))
        result = evaluate(files)
        assert result.points("g.x") == {"acme": 90.0, "bolt": 40.0}
        assert any("bolt" in each["message"] for each in result["warnings"])

    def test_all_lacking_is_a_missing_fact(self, evaluate):
        files = panel(leaf="missing: zero", li=sheet("li", acme=4))
        result = evaluate(files)
        assert result.points("g.x") == {"acme": 80.0, "bolt": 0.0}
        assert result.node("bolt", "g.x")["value"] is None
        assert "missing-fact" in result.codes

    def test_all_lacking_may_eliminate(self, evaluate):
        result = evaluate(panel(leaf="missing: eliminate", li=sheet("li", acme=4)))
        assert result.column("outcome") == {"acme": "advanced", "bolt": "eliminated"}
        assert result.reasons("bolt") == ["criterion g.x"]

    @pytest.mark.parametrize("mark", ["5.01", "-1", "good", "true", "[1]"])
    def test_off_the_scale_is_an_error(self, problems, mark):
        found = problems(panel(li=sheet("li", acme=mark, bolt=2)))
        assert (found[0]["file"], found[0]["line"]) == ("scores/li.yaml", 3)

    def test_repeated_by_one_evaluator_is_an_error(self, problems):
        found = problems(panel(a=sheet("li", acme=4, bolt=1), b=sheet("li", acme=4)))
        assert found[0]["file"].startswith("scores/")

    def test_repeated_in_a_table_is_an_error(self, problems):
        files = panel()
        files["scores/all.csv"] = "evaluator,vendor,criterion,score\nli,acme,g.x,4\nli,acme,g.x,4\n"
        assert problems(files)[0]["file"] == "scores/all.csv"

    def test_an_unknown_vendor_is_an_error_with_a_suggestion(self, problems, says):
        found = problems(panel(li=sheet("li", acmee=4, bolt=1)))
        assert says(found, "acmee", "acme")
        assert (found[0]["file"], found[0]["line"]) == ("scores/li.yaml", 3)

    @pytest.mark.parametrize("criterion", ["g.y", "x", "g"])
    def test_an_unknown_criterion_is_an_error(self, problems, says, criterion):
        found = problems(panel(li=f"evaluator: {{id: li}}\nscores: {{acme: {{{criterion}: 4}}}}\n"))
        assert says(found, criterion)

    def test_an_unknown_lot_is_an_error(self, problems):
        files = panel(
            li="evaluator: {id: li}\nscores: {acme: {g.x: 4}}\nlots: {wed: {acme: {g.x: 4}}}\n"
        )
        files["tender.yaml"] = "lots: {web: {}}\n"
        assert problems(files)[0]["file"] == "scores/li.yaml"

    @pytest.mark.parametrize("text", ["scores: {acme: {g.x: 4}}\n", "evaluator: {name: Li}\n"])
    def test_a_score_file_names_its_evaluator(self, problems, text):
        assert problems(panel(li=text))[0]["file"] == "scores/li.yaml"

    def test_an_unknown_key_is_an_error(self, problems, says):
        found = problems(panel(li="evaluator: {id: li}\nscore: {acme: {g.x: 4}}\n"))
        assert says(found, "score", "scores")

    def test_a_table_without_a_needed_column_is_an_error(self, problems):
        files = panel()
        files["scores/all.csv"] = "evaluator,vendor,score\nli,acme,4\n"
        assert problems(files)[0]["file"] == "scores/all.csv"

    def test_scores_of_a_bid_that_was_put_out_are_no_error(self, evaluate):
        files = panel(li=sheet("li", acme=4, bolt=2))
        files["criteria/method.yaml"] = "requirements: {r: {fact: licensed, is: true}}\n"
        files["bids/acme.yaml"] += "licensed: true\n"
        assert evaluate(files).points("g.x") == {"acme": 80.0}


TWO_ROUNDS = {
    "criteria/method.yaml": """
        requirements:
          licence: {fact: licensed, is: true}
        rounds:
          - {id: screening, criteria: [q], requirements: [licence], advance: {at_most: 2}}
          - {id: final, criteria: [g]}
          - {id: last, criteria: [h]}
        """,
    "criteria/q.yaml": """
        id: q
        weight: 100
        criteria: [{id: y, weight: 100, fact: y, score: {method: points}}]
        """,
    "criteria/g.yaml": """
        id: g
        weight: 100
        criteria: [{id: x, weight: 100, score: {method: panel, scale: [0, 5]}}]
        """,
    "criteria/h.yaml": """
        id: h
        weight: 100
        criteria: [{id: y, weight: 100, fact: y, score: {method: points}}]
        """,
    "bids/acme.yaml": "vendor: {id: acme}\nlicensed: true\ny: 90\n",
    "bids/bolt.yaml": "vendor: {id: bolt}\nlicensed: true\ny: 80\n",
    "bids/core.yaml": "vendor: {id: core}\nlicensed: true\ny: 70\n",
}


class TestPending:
    def test_without_any_score_the_round_and_those_after_it_are_pending(self, evaluate):
        lot = evaluate(TWO_ROUNDS).lot()
        assert [each["id"] for each in lot["rounds"]] == ["screening"]
        assert lot["pending"] == ["final", "last"]
        assert lot["shortlist"] == ["acme", "bolt"]
        assert (lot["winner"], lot["tie"]) == (None, [])

    def test_a_pending_round_with_a_shortlist_before_it_exits_0(self, round_files, run):
        round_files(TWO_ROUNDS)
        assert run("evaluate", "bids").code == 0

    def test_once_scored_no_round_is_pending(self, evaluate):
        result = evaluate(TWO_ROUNDS | {"scores/li.yaml": sheet("li", acme=3, bolt=4)})
        lot = result.lot()
        assert [each["id"] for each in lot["rounds"]] == ["screening", "final", "last"]
        assert lot["pending"] == []
        assert lot["winner"] == "acme"

    def test_it_says_what_it_waits_for(self, round_files, run):
        round_files(TWO_ROUNDS | {"scores/li.yaml": sheet("li", acme=3)})
        done = run("evaluate", "bids")
        said = done.out + done.err
        assert "final" in said
        assert "g.x" in said

    def test_a_bid_that_lacks_every_score_of_a_leaf_without_missing_makes_it_wait(self, evaluate):
        lot = evaluate(TWO_ROUNDS | {"scores/li.yaml": sheet("li", acme=3)}).lot()
        assert lot["pending"] == ["final", "last"]

    def test_a_leaf_with_missing_does_not_wait_for_one_bid(self, evaluate):
        files = TWO_ROUNDS | {"scores/li.yaml": sheet("li", acme=3)}
        files["criteria/g.yaml"] = files["criteria/g.yaml"].replace(
            "score:", "missing: zero, score:"
        )
        result = evaluate(files)
        assert result.lot()["pending"] == []
        assert result.points("g.x", "final") == {"acme": 60.0, "bolt": 0.0}

    def test_no_score_at_all_waits_even_where_missing_is_given(self, evaluate):
        files = dict(TWO_ROUNDS)
        files["criteria/g.yaml"] = files["criteria/g.yaml"].replace(
            "score:", "missing: zero, score:"
        )
        assert evaluate(files).lot()["pending"] == ["final", "last"]

    def test_the_scores_of_bids_that_did_not_reach_the_round_do_not_matter(self, evaluate):
        lot = evaluate(TWO_ROUNDS | {"scores/li.yaml": sheet("li", core=5)}).lot()
        assert lot["pending"] == ["final", "last"]

    def test_a_bid_that_fails_the_rounds_requirements_needs_no_score(self, evaluate):
        files = TWO_ROUNDS | {"scores/li.yaml": sheet("li", acme=3)}
        files["criteria/method.yaml"] = (
            files["criteria/method.yaml"]
            .replace("id: final,", "id: final, requirements: [strong],")
            .replace(
                "requirements:\n", "requirements:\n          strong: {fact: y, at_least: 85}\n", 1
            )
        )
        result = evaluate(files)
        assert result.lot()["pending"] == []
        assert result.column("outcome", "final") == {"acme": "advanced", "bolt": "eliminated"}

    def test_a_leaf_whose_only_if_does_not_hold_needs_no_score(self, evaluate):
        files = TWO_ROUNDS | {"scores/li.yaml": sheet("li", acme=3)}
        files["criteria/g.yaml"] = files["criteria/g.yaml"].replace(
            "score:", "only_if: {fact: y, at_least: 85}, score:"
        )
        result = evaluate(files)
        assert result.lot()["pending"] == []
        assert result.points("g.x", "final") == {"acme": 60.0, "bolt": 0.0}

    def test_a_pending_first_round_leaves_the_shortlist_empty(self, evaluate):
        lot = evaluate(panel()).lot()
        assert (lot["rounds"], lot["pending"], lot["shortlist"]) == ([], ["all"], [])
        assert (lot["winner"], lot["tie"]) == (None, [])

    def test_a_round_is_pending_in_a_lot(self, evaluate):
        files = panel(li="evaluator: {id: li}\nlots: {web: {acme: {g.x: 4}, bolt: {g.x: 1}}}\n")
        files["tender.yaml"] = "lots: {web: {}, app: {}}\n"
        result = evaluate(files)
        assert result.lot("web")["winner"] == "acme"
        assert result.lot("app")["pending"] == ["all"]

    def test_a_round_that_no_bid_reaches_is_not_pending_and_is_listed_without_bids(self, evaluate):
        files = TWO_ROUNDS | {
            "criteria/method.yaml": TWO_ROUNDS["criteria/method.yaml"].replace(
                "advance: {at_most: 2}", "advance: {minimum: 100}"
            )
        }
        lot = evaluate(files).lot()
        assert lot["pending"] == []
        assert [(each["id"], len(each["bids"])) for each in lot["rounds"]] == [
            ("screening", 3),
            ("final", 0),
            ("last", 0),
        ]
        assert (lot["shortlist"], lot["winner"], lot["tie"]) == ([], None, [])

    def test_too_few_bids_are_found_before_scores_are_waited_for(self, evaluate):
        files = panel()
        files["criteria/method.yaml"] = "minimum_bids: 3\n"
        result = evaluate(files)
        assert result.lot()["pending"] == []
        assert result.column("outcome") == {"acme": "not_advanced", "bolt": "not_advanced"}
        assert result.reasons("acme") == ["rule minimum_bids"]

    def test_until_before_the_pending_round_waits_for_nothing(self, evaluate):
        lot = evaluate(TWO_ROUNDS, "--until", "screening").lot()
        assert lot["shortlist"] == ["acme", "bolt"]
        assert (lot["winner"], lot["tie"]) == (None, [])
