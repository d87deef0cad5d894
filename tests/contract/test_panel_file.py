"""panel.yaml: who scores, what each one scores, and whom they must not."""

import pytest

LEAF = "{id: x, weight: 100, score: {method: panel, scale: [0, 5]}}"
CONFLICT = "{id: li, interests: [{vendor: acme, reason: Worked there until 2025}]}"


def marks(evaluator, **scores):
    rows = "".join(f"  {vendor}: {{g.x: {mark}}}\n" for vendor, mark in scores.items())
    return f"evaluator: {{id: {evaluator}}}\nscores:\n{rows}"


def panel_round(*evaluators, leaf=LEAF, **files):
    """The bids acme and bolt, scored 1 and 2 by li, 3 and 4 by wang; and the panel."""
    listed = "".join(f"  - {evaluator}\n" for evaluator in evaluators)
    return {
        "criteria/g.yaml": f"id: g\nweight: 100\ncriteria:\n  - {leaf}\n",
        "bids/acme.yaml": "vendor: {id: acme}\n",
        "bids/bolt.yaml": "vendor: {id: bolt}\n",
        "scores/li.yaml": marks("li", acme=1, bolt=2),
        "scores/wang.yaml": marks("wang", acme=3, bolt=4),
        "panel.yaml": f"evaluators:\n{listed}",
    } | files


def values(result, lot=None):
    return {vendor: result.node(vendor, "g.x", lot=lot)["value"] for vendor in ("acme", "bolt")}


class TestConflicts:
    def test_a_conflict_removes_the_evaluator_from_the_vendor(self, evaluate):
        result = evaluate(panel_round(CONFLICT, "{id: wang}"))
        assert values(result) == {"acme": 3, "bolt": 3}

    def test_a_warning_says_who_is_out_and_why(self, evaluate):
        result = evaluate(panel_round(CONFLICT, "{id: wang}"))
        (warning,) = result["warnings"]
        assert warning["code"] == "conflict"
        assert warning["message"] == (
            "li is out for acme: Worked there until 2025; scores given there do not count"
        )
        assert (warning["file"], warning["line"]) == ("panel.yaml", 2)
        assert warning["also"][0]["file"] == "scores/li.yaml"

    def test_who_is_out_owes_no_score(self, evaluate):
        files = panel_round(CONFLICT, "{id: wang}") | {"scores/li.yaml": marks("li", bolt=2)}
        result = evaluate(files)
        assert result.codes == ["conflict"]
        assert "do not count" not in result["warnings"][0]["message"]

    def test_a_conflict_may_be_in_one_lot(self, evaluate):
        li = "{id: li, interests: [{vendor: acme, lot: web, reason: Wrote its offer}]}"
        files = panel_round(li, "{id: wang}") | {"tender.yaml": "lots: {web: {}, app: {}}\n"}
        result = evaluate(files)
        assert values(result, "web") == {"acme": 3, "bolt": 3}
        assert values(result, "app") == {"acme": 2, "bolt": 3}
        assert result["warnings"][0]["message"].startswith("li is out for acme in lot web: Wrote")

    def test_a_conflict_may_be_with_a_whole_lot(self, evaluate):
        li = "{id: li, interests: [{lot: web, reason: Sells to the winner}]}"
        files = panel_round(li, "{id: wang}") | {"tender.yaml": "lots: {web: {}, app: {}}\n"}
        result = evaluate(files)
        assert values(result, "web") == {"acme": 3, "bolt": 4}
        assert values(result, "app") == {"acme": 2, "bolt": 3}

    def test_an_interest_that_is_no_conflict_keeps_nobody_out(self, evaluate):
        li = "{id: li, interests: [{vendor: acme, conflict: false, reason: Owns a share}]}"
        result = evaluate(panel_round(li, "{id: wang}"))
        assert values(result) == {"acme": 2, "bolt": 3}
        assert result.codes == []

    def test_an_interest_in_somebody_who_does_not_bid_is_a_warning(self, evaluate):
        li = "{id: li, interests: [{vendor: zebra, reason: Worked there}]}"
        assert evaluate(panel_round(li, "{id: wang}")).codes == ["unknown-vendor"]

    def test_explain_lists_who_is_out_and_why(self, round_files, run):
        round_files(panel_round(CONFLICT, "{id: wang, weight: 3}"))
        said = run("explain", "bids", "acme").out
        assert "wang: 3" in said
        assert "li is out: conflict of interest: Worked there until 2025" in said
        assert "li is out" not in run("explain", "bids", "bolt").out


class TestMembers:
    def test_every_member_owes_a_score(self, evaluate):
        result = evaluate(panel_round("{id: li}", "{id: wang}", "{id: zhao}"))
        assert [each["message"] for each in result["warnings"]] == [
            "g.x of acme lacks the scores of zhao",
            "g.x of bolt lacks the scores of zhao",
        ]

    def test_those_who_score_other_groups_owe_none(self, evaluate):
        files = panel_round("{id: li}", "{id: wang}", "{id: zhao, groups: [h]}")
        files["criteria/g.yaml"] = f"id: g\nweight: 60\ncriteria: [{LEAF}]\n"
        files["criteria/h.yaml"] = f"id: h\nweight: 40\ncriteria: [{LEAF}]\n"
        files["scores/zhao.yaml"] = (
            "evaluator: {id: zhao}\nscores: {acme: {h.x: 5}, bolt: {h.x: 5}}\n"
        )
        files["scores/rest.csv"] = (
            "evaluator,vendor,criterion,score\n"
            "li,acme,h.x,5\nli,bolt,h.x,5\nwang,acme,h.x,5\nwang,bolt,h.x,5\n"
        )
        assert evaluate(files).codes == []

    def test_the_weighted_mean_counts_members_by_weight(self, evaluate):
        leaf = "{id: x, weight: 100, score: {method: panel, aggregate: weighted_mean}}"
        result = evaluate(panel_round("{id: li, weight: 2}", "{id: wang, weight: 0.5}", leaf=leaf))
        assert values(result) == {"acme": 1.4, "bolt": 2.4}

    def test_explain_shows_weights_where_they_count(self, round_files, run):
        leaf = "{id: x, weight: 100, score: {method: panel, aggregate: weighted_mean}}"
        round_files(panel_round("{id: li}", "{id: wang, weight: 3}", leaf=leaf))
        assert "li: 1, wang, weight 3: 3" in run("explain", "bids", "acme").out

    def test_the_plain_mean_counts_all_alike(self, evaluate):
        result = evaluate(panel_round("{id: li, weight: 2}", "{id: wang}"))
        assert values(result) == {"acme": 2, "bolt": 3}

    def test_without_a_panel_the_weighted_mean_counts_all_alike(self, evaluate):
        leaf = "{id: x, weight: 100, score: {method: panel, aggregate: weighted_mean}}"
        files = panel_round(leaf=leaf)
        del files["panel.yaml"]
        assert values(evaluate(files)) == {"acme": 2, "bolt": 3}

    def test_the_panel_may_stand_elsewhere(self, evaluate):
        files = panel_round() | {"who.yaml": f"evaluators: [{CONFLICT}, {{id: wang}}]\n"}
        del files["panel.yaml"]
        assert values(evaluate(files, "--panel", "who.yaml")) == {"acme": 3, "bolt": 3}

    def test_ids_are_text_as_written(self, evaluate):
        files = panel_round("{id: 007}", "{id: wang}")
        files["scores/li.yaml"] = marks("007", acme=1, bolt=2)
        assert evaluate(files).codes == []


class TestAbstentions:
    def test_who_abstains_is_out_without_a_warning(self, evaluate):
        files = panel_round("{id: li}", "{id: wang}")
        files["scores/li.yaml"] = marks("li", acme="abstain", bolt=2)
        result = evaluate(files)
        assert values(result) == {"acme": 3, "bolt": 3}
        assert result.codes == []

    def test_a_table_takes_the_word_too(self, evaluate):
        files = panel_round("{id: li}", "{id: wang}")
        del files["scores/li.yaml"]
        files["scores/li.csv"] = (
            "evaluator,vendor,criterion,score\nli,acme,g.x,Abstain\nli,bolt,g.x,2\n"
        )
        result = evaluate(files)
        assert values(result) == {"acme": 3, "bolt": 3}
        assert result.codes == []

    def test_where_all_abstain_there_is_no_score(self, evaluate):
        files = panel_round("{id: li}", "{id: wang}")
        files["scores/li.yaml"] = marks("li", acme="abstain", bolt=2)
        files["scores/wang.yaml"] = marks("wang", acme="{score: abstain, comment: Ill}", bolt=2)
        assert evaluate(files).lot()["pending"] == ["all"]

    def test_explain_says_who_abstained(self, round_files, run):
        files = panel_round("{id: li}", "{id: wang}")
        files["scores/li.yaml"] = marks("li", acme="abstain", bolt=2)
        round_files(files)
        assert "li is out: abstains" in run("explain", "bids", "acme").out

    def test_a_mark_may_carry_its_history(self, evaluate):
        files = panel_round("{id: li}", "{id: wang}")
        files["scores/li.yaml"] = """
            evaluator: {id: li}
            scores:
              acme:
                g.x:
                  {score: 5, reason: New facts, was: [{score: 1, comment: Bad}, abstain]}
              bolt: {g.x: 2}
            """
        assert values(evaluate(files)) == {"acme": 4, "bolt": 3}


class TestProblems:
    @pytest.mark.parametrize(
        ("evaluators", "expected"),
        [
            (["{id: li}", "{id: wnag}"], ("unknown-evaluator", "scores/wang.yaml", 3, "wnag")),
            (
                ["{id: li}", "{id: wang, groups: [h]}"],
                ("unknown-group", "panel.yaml", 3, "known: g"),
            ),
            (["{id: li}", "{id: wang}", "{id: li}"], ("duplicate-id", "panel.yaml", 4, "")),
            (["{id: li, wieght: 2}", "{id: wang}"], ("unknown-key", "panel.yaml", 2, "weight")),
            (["{id: li, weight: 0}", "{id: wang}"], ("not-positive", "panel.yaml", 2, "")),
            (["{id: li, interests: [{reason: A}]}"], ("interest-form", "panel.yaml", 2, "")),
            (["{id: li, interests: [{vendor: acme}]}"], ("missing-key", "panel.yaml", 2, "")),
            (
                ["{id: li, interests: [{vendor: acne, reason: A}]}", "{id: wang}"],
                ("unknown-vendor", "panel.yaml", 2, "acme"),
            ),
            (
                ["{id: li, interests: [{lot: web, reason: A}]}", "{id: wang}"],
                ("unknown-lot", "panel.yaml", 2, "known: all"),
            ),
            (
                ["{id: li, interests: [{vendor: acme, reason: ' '}]}"],
                ("wrong-type", "panel.yaml", 2, ""),
            ),
        ],
    )
    def test_each_has_its_place_and_a_way_to_mend_it(self, problems, evaluators, expected):
        found = problems(panel_round(*evaluators))
        code, file, line, help_ = expected
        named = [each for each in found if each["code"] == code]
        assert [(each["file"], each["line"]) for each in named] == [(file, line)]
        assert help_ in (named[0]["help"] or "")

    def test_a_score_for_a_group_of_others_is_an_error(self, problems):
        files = panel_round("{id: li, groups: [h]}", "{id: wang}")
        files["criteria/g.yaml"] = f"id: g\nweight: 60\ncriteria: [{LEAF}]\n"
        files["criteria/h.yaml"] = f"id: h\nweight: 40\ncriteria: [{LEAF}]\n"
        (problem,) = problems(files)
        assert (problem["code"], problem["file"]) == ("not-their-group", "scores/li.yaml")
        assert problem["message"] == "li scores g.x; the group g is not theirs"


class TestSteps:
    LEAF = "{id: x, weight: 100, score: {method: panel, scale: [1, 5], step: 0.5}}"

    def test_a_score_is_the_lowest_and_a_whole_number_of_steps(self, evaluate):
        files = panel_round("{id: li}", "{id: wang}", leaf=self.LEAF)
        files["scores/li.yaml"] = marks("li", acme="1.5", bolt="4.50")
        assert values(evaluate(files)) == {"acme": 2.25, "bolt": 4.25}

    def test_another_is_an_error(self, problems):
        files = panel_round("{id: li}", "{id: wang}", leaf=self.LEAF)
        files["scores/li.yaml"] = marks("li", acme="1.25", bolt=4)
        (problem,) = problems(files)
        assert problem["code"] == "off-step"
        assert problem["message"] == "1.25 is between the scores of g.x: from 1 on in steps of 0.5"

    def test_the_steps_reach_the_top(self, problems):
        leaf = "{id: x, weight: 100, score: {method: panel, scale: [0, 5], step: 2}}"
        (problem,) = problems(panel_round("{id: li}", "{id: wang}", leaf=leaf))
        assert (problem["code"], problem["file"]) == ("panel-form", "criteria/g.yaml")


class TestGuidance:
    def test_guidance_and_rubric_change_no_result(self, evaluate):
        leaf = (
            "{id: x, weight: 100, guidance: {en: Look, zh-Hans: 看}, score: {method: panel},"
            " rubric: {0: Nothing, 5: {en: All, zh-Hans: 全部}}}"
        )
        assert values(evaluate(panel_round("{id: li}", "{id: wang}", leaf=leaf))) == {
            "acme": 2,
            "bolt": 3,
        }

    @pytest.mark.parametrize("rubric", ["{five: All}", "{5: 3}", "[All]", "{5: All, 5.0: Most}"])
    def test_a_rubric_gives_scores_their_words(self, problems, rubric):
        leaf = f"{{id: x, weight: 100, score: {{method: panel}}, rubric: {rubric}}}"
        (problem,) = problems(panel_round("{id: li}", "{id: wang}", leaf=leaf))
        assert problem["file"] == "criteria/g.yaml"

    def test_a_rubric_stays_on_the_scale(self, problems):
        leaf = "{id: x, weight: 100, score: {method: panel}, rubric: {0: Bad, 6: Good}}"
        (problem,) = problems(panel_round("{id: li}", "{id: wang}", leaf=leaf))
        assert (problem["code"], problem["file"]) == ("off-scale", "criteria/g.yaml")
        assert problem["message"] == "6 is off the scale of g.x, 0 to 5"

    def test_a_rubric_belongs_to_the_panel(self, problems):
        leaf = "{id: x, weight: 100, fact: y, score: {method: points}, rubric: {0: Bad}}"
        assert [
            each["code"]
            for each in problems(
                panel_round(leaf=leaf, **{"panel.yaml": "evaluators: [{id: li}, {id: wang}]"})
            )
        ] == ["criterion-form"]
