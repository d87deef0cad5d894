"""What a method asks of the panel: who is on it, how many are left, comments, moderation."""

import pytest
from jsonschema import Draft202012Validator

import tenderscore
from tenderscore.cli.schemas import SCHEMAS

LEAF = "{id: x, weight: 100, score: {method: panel, scale: [0, 5]}}"
OUT = "interests: [{vendor: acme, reason: Worked there}]"


def panel_round(rules="", evaluators=("{id: li}", "{id: wang}"), leaf=LEAF, **marks):
    """The bids acme and bolt; `li=(1, 2)` are what li gives them."""
    files = {
        "criteria/g.yaml": f"id: g\nweight: 100\ncriteria:\n  - {leaf}\n",
        "criteria/method.yaml": f"panel: {{{rules}}}\n",
        "bids/acme.yaml": "vendor: {id: acme}\n",
        "bids/bolt.yaml": "vendor: {id: bolt}\n",
    }
    if evaluators:
        files["panel.yaml"] = f"evaluators: [{', '.join(evaluators)}]\n"
    for evaluator, (acme, bolt) in (marks or {"li": (1, 2), "wang": (3, 4)}).items():
        files[f"scores/{evaluator}.yaml"] = (
            f"evaluator: {{id: {evaluator}}}\n"
            f"scores:\n  acme: {{g.x: {acme}}}\n  bolt: {{g.x: {bolt}}}\n"
        )
    return files


def codes(found):
    return [each["code"] for each in found]


class TestComposition:
    @pytest.mark.parametrize(
        ("rules", "evaluators"),
        [
            ("at_least: 2", ["{id: li}", "{id: wang}"]),
            ("odd: true", ["{id: li}", "{id: wang}", "{id: zhao}"]),
            ("experts: 1/2", ["{id: li, expert: true}", "{id: wang}"]),
            ("experts: 50", ["{id: li, expert: true}", "{id: wang}"]),
        ],
    )
    def test_a_panel_that_keeps_the_rules_may_score(self, evaluate, rules, evaluators):
        result = evaluate(panel_round(rules, evaluators, li=(1, 2), wang=(3, 4)))
        assert "panel-composition" not in result.codes

    @pytest.mark.parametrize(
        ("rules", "message"),
        [
            ("at_least: 5", "the panel counts 2; the method asks for 5 at least"),
            ("odd: true", "the panel counts 2; the method asks for an odd number"),
            (
                "experts: 2/3",
                "the panel counts 2, 0 of them experts; the method asks for 2/3 at least",
            ),
        ],
    )
    def test_another_is_an_error(self, problems, rules, message):
        (problem,) = problems(panel_round(rules))
        assert (problem["code"], problem["message"]) == ("panel-composition", message)
        assert problem["file"] == "panel.yaml"
        assert problem["also"][0]["file"] == "criteria/method.yaml"

    def test_who_is_out_of_a_lot_is_no_member_there(self, problems):
        li = "{id: li, interests: [{lot: web, reason: Sells to the winner}]}"
        files = panel_round("at_least: 2", [li, "{id: wang}"])
        files["tender.yaml"] = "lots: {web: {}, app: {}}\n"
        (problem,) = problems(files)
        assert problem["message"] == (
            "the panel of lot web counts 1; the method asks for 2 at least"
        )

    def test_without_a_panel_file_those_who_scored_are_the_panel(self, problems, evaluate):
        assert evaluate(panel_round("at_least: 2", ())).codes == []
        (problem,) = problems(panel_round("at_least: 3", ()))
        assert (problem["code"], problem["file"]) == ("panel-composition", "criteria/method.yaml")

    @pytest.mark.parametrize("share", ["3/2", "101", "-1", "two thirds", "1/0"])
    def test_a_share_is_part_of_the_whole(self, problems, share):
        (problem,) = problems(panel_round(f"experts: {share}"))
        assert problem["file"] == "criteria/method.yaml"


class TestQuorum:
    def test_enough_are_left(self, evaluate):
        assert evaluate(panel_round("quorum: 2")).codes == []

    def test_a_conflict_leaves_too_few(self, problems):
        (problem,) = problems(panel_round("quorum: 2", [f"{{id: li, {OUT}}}", "{id: wang}"]))
        assert (problem["code"], problem["file"]) == ("quorum", "criteria/method.yaml")
        assert problem["message"] == "evaluators left to score g.x of acme: 1; the quorum is 2"

    def test_an_abstention_leaves_too_few(self, problems):
        assert codes(problems(panel_round("quorum: 2", li=("abstain", 2), wang=(3, 4)))) == [
            "quorum"
        ]

    def test_a_round_waits_for_scores_that_are_still_to_come(self, evaluate):
        evaluators = ["{id: li}", "{id: wang}", "{id: zhao}"]
        result = evaluate(panel_round("quorum: 3", evaluators))
        assert result.lot()["pending"] == ["all"]
        assert result.lot()["pending_reason"] == ("g.x of acme has 2 of the 3 scores that it takes")

    def test_without_a_panel_file_those_who_scored_make_the_quorum(self, problems):
        assert codes(problems(panel_round("quorum: 3", ()))) == ["quorum", "quorum"]

    def test_bids_that_are_not_scored_need_none(self, evaluate):
        files = panel_round("quorum: 2", [f"{{id: li, {OUT}}}", "{id: wang}"])
        files["criteria/method.yaml"] = (
            "panel: {quorum: 2}\nrequirements: {r: {fact: vendor.id, is: bolt}}\n"
        )
        assert evaluate(files).column("outcome") == {"bolt": "advanced", "acme": "eliminated"}


class TestSpread:
    LEAF = "{id: x, weight: 100, score: {method: panel, scale: [0, 5], spread: 2}}"

    def test_scores_may_differ_by_the_spread(self, evaluate):
        result = evaluate(panel_round(leaf=self.LEAF))
        assert result.codes == []

    def test_more_needs_moderation(self, problems):
        (problem,) = problems(panel_round(leaf=self.LEAF, li=(1, 2), wang=(3.5, 4)))
        assert problem["code"] == "moderation-needed"
        assert problem["message"] == (
            "g.x of acme: the scores of li and wang are 2.5 apart, more than 2"
        )
        assert (problem["file"], problem["also"][0]["file"]) == (
            "scores/li.yaml",
            "scores/wang.yaml",
        )

    def test_scores_that_do_not_count_need_none(self, evaluate):
        evaluators = [f"{{id: li, {OUT}}}", "{id: wang}"]
        files = panel_round(evaluators=evaluators, leaf=self.LEAF, li=(0, 3), wang=(5, 4))
        assert evaluate(files).codes == ["conflict"]

    def test_a_consensus_settles_it(self, evaluate):
        files = panel_round(leaf=self.LEAF, li=(1, 2), wang=(5, 4))
        files["decisions.yaml"] = (
            "- {decide: consensus, vendor: acme, criterion: g.x, score: 4, by: The panel,"
            " date: 2026-04-02, reason: Li had not seen the annex}\n"
        )
        assert evaluate(files).node("acme", "g.x")["value"] == 4


class TestComments:
    LEAF = (
        "{id: x, weight: 100, score: {method: panel, scale: [0, 5]},"
        " rubric: {0: Nothing is shown, 5: {en: All of it, zh-Hans: 全部 做到}}}"
    )

    def mark(self, score, comment=None):
        return f"{{score: {score}, comment: {comment}}}" if comment else f"{{score: {score}}}"

    @pytest.mark.parametrize(
        ("rule", "mark"),
        [
            ("never", "5"),
            ("extremes", "4"),
            ("extremes", "{score: 5, comment: Three sites}"),
            ("always", "{score: 4, comment: Two sites}"),
            ("always", "abstain"),
            ("extremes", "{score: 4, comment: All of it}"),
        ],
    )
    def test_a_comment_is_given_where_it_is_demanded(self, evaluate, rule, mark):
        files = panel_round(
            f"comment: {rule}", leaf=self.LEAF, li=(mark, "{score: 2, comment: Thin}")
        ) | {"panel.yaml": "evaluators: [{id: li}]\n"}
        assert evaluate(files).codes == []

    @pytest.mark.parametrize(
        ("rule", "mark", "code"),
        [
            ("extremes", "5", "comment-missing"),
            ("extremes", "{score: 0.0, comment: '  '}", "comment-missing"),
            ("always", "3", "comment-missing"),
            ("always", "{score: 3, comment: all   OF it}", "comment-copied"),
            ("extremes", "{score: 5, comment: 全部 做到}", "comment-copied"),
            ("extremes", "{score: 5, comment: nothing is shown}", "comment-copied"),
        ],
    )
    def test_one_that_is_lacking_or_copied_is_an_error(self, problems, rule, mark, code):
        files = panel_round(
            f"comment: {rule}", leaf=self.LEAF, li=(mark, "{score: 2, comment: Thin}")
        ) | {"panel.yaml": "evaluators: [{id: li}]\n"}
        (problem,) = problems(files)
        assert (problem["code"], problem["file"], problem["line"]) == (code, "scores/li.yaml", 3)

    def test_the_rule_holds_without_a_panel_file(self, problems):
        found = problems(panel_round("comment: extremes", (), li=(5, 2), wang=(0, 4)))
        assert codes(found) == ["comment-missing", "comment-missing"]


class TestResult:
    def test_the_scores_stand_beside_the_criterion(self, evaluate):
        leaf = "{id: x, weight: 100, score: {method: panel, aggregate: weighted_mean}}"
        evaluators = [f"{{id: li, weight: 2, {OUT}}}", "{id: wang, weight: 3}", "{id: zhao}"]
        marks = {"li": (1, 2), "wang": ("{score: 3, comment: Good}", 4), "zhao": ("abstain", 5)}
        node = evaluate(panel_round("", evaluators, leaf, **marks)).node("acme", "g.x")
        assert node["scores"] == [
            {
                "evaluator": "li",
                "score": 1,
                "weight": 2,
                "counted": False,
                "comment": None,
                "out": "conflict of interest: Worked there",
            },
            {
                "evaluator": "wang",
                "score": 3,
                "weight": 3,
                "counted": True,
                "comment": "Good",
                "out": None,
            },
            {
                "evaluator": "zhao",
                "score": None,
                "weight": 1,
                "counted": False,
                "comment": None,
                "out": "abstains",
            },
        ]
        assert node["conflicts"] == [{"evaluator": "li", "reason": "Worked there"}]

    def test_what_the_panel_does_not_score_has_none(self, evaluate):
        leaf = "{id: x, weight: 100, expr: '1', score: {method: points, out_of: 1}}"
        files = panel_round(leaf=leaf, evaluators=())
        del files["scores/li.yaml"], files["scores/wang.yaml"]
        assert "scores" not in evaluate(files).node("acme", "g.x")


class TestPanelCheck:
    RULES = "quorum: 2, at_least: 2"

    def alone(self, *evaluators, **others):
        """A round before anybody has bid."""
        files = panel_round(self.RULES, evaluators)
        kept = ("criteria/g.yaml", "criteria/method.yaml", "panel.yaml")
        return {path: files[path] for path in kept} | others

    def test_it_needs_no_bids(self, round_files, run):
        round_files(self.alone("{id: li}", "{id: wang}"))
        done = run("panel", "check", ".")
        assert (done.code, done.err) == (0, "")
        assert "the panel may score" in done.out

    def test_rules_that_are_broken_are_told(self, round_files, run):
        round_files(self.alone("{id: li}"))
        done = run("panel", "check", ".", "--format", "json")
        assert done.code == 1
        Draft202012Validator(SCHEMAS["panel-check"].document()).validate(done.json)
        assert not done.json["valid"]
        assert codes(done.json["problems"]) == ["quorum", "panel-composition"]
        assert "error[panel-composition]" in done.err

    def test_who_is_out_where_is_shown_for_each_bidder(self, round_files, run):
        files = self.alone(f"{{id: li, {OUT}}}", "{id: wang}", "{id: zhao}")
        files |= {
            "bids/acme.yaml": "vendor: {id: acme}\n",
            "bids/bolt.yaml": "vendor: {id: bolt}\n",
        }
        round_files(files)
        (lot,) = run("panel", "check", "bids", "--format", "json").json["lots"]
        assert lot["members"] == ["li", "wang", "zhao"]
        (group,) = lot["groups"]
        assert group["evaluators"] == ["li", "wang", "zhao"]
        assert group["vendors"] == [
            {
                "vendor": "acme",
                "left": ["wang", "zhao"],
                "out": [{"evaluator": "li", "reason": "Worked there"}],
            },
            {"vendor": "bolt", "left": ["li", "wang", "zhao"], "out": []},
        ]
        assert "acme: li is out (Worked there); left: 2" in run("panel", "check", ".").out

    def test_the_quorum_is_held_against_each_bidder(self, round_files, run):
        files = self.alone(f"{{id: li, {OUT}}}", "{id: wang}")
        round_files(files | {"bids/acme.yaml": "vendor: {id: acme}\n"})
        done = run("panel", "check", ".")
        assert done.code == 1
        assert "evaluators left to score g of acme: 1; the quorum is 2" in done.err

    def test_bids_are_not_judged(self, round_files, run):
        files = self.alone("{id: li}", "{id: wang}")
        round_files(files | {"bids/acme.yaml": "vendor: {id: acme}\nprice: -1\n"})
        assert run("panel", "check", ".").code == 0

    @pytest.mark.parametrize("place", [".", "bids", "bids.csv"])
    def test_the_round_may_be_named_by_bids_that_are_still_to_come(self, round_files, run, place):
        round_files(self.alone("{id: li}", "{id: wang}"))
        assert run("panel", "check", place).code == 0

    def test_what_is_not_there_is_a_wrong_command(self, round_files, run):
        round_files(self.alone("{id: li}", "{id: wang}"))
        assert run("panel", "check", "nowhere").code == 2

    def test_python_asks_the_same(self, round_files):
        round_files(self.alone("{id: li}", "{id: wang}"))
        checked = tenderscore.open_panel_round(".").panel_check()
        assert (checked.is_valid, checked.lots[0].members) == (True, ("li", "wang"))

    def test_another_panel_may_be_tried(self, round_files, run):
        round_files(self.alone("{id: li}", **{"more.yaml": "evaluators: [{id: li}, {id: wu}]\n"}))
        assert run("panel", "check", ".", "--panel", "more.yaml").code == 0

    def test_without_a_panel_there_is_nothing_to_check(self, round_files, run):
        files = self.alone("{id: li}")
        del files["panel.yaml"]
        round_files(files)
        done = run("panel", "check", ".")
        assert (done.code, done.out) == (2, "")
        assert "has no panel.yaml" in done.err

    def test_a_panel_file_that_cannot_be_read_is_told(self, round_files, run):
        round_files(self.alone("{id: li, wieght: 2}"))
        done = run("panel", "check", ".")
        assert done.code == 1
        assert "error[unknown-key]" in done.err

    @pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant"])
    def test_it_speaks_the_language(self, round_files, run, lang):
        round_files(self.alone(f"{{id: li, {OUT}}}", "{id: wang}"))
        out = run("panel", "check", ".", "--lang", lang).out
        assert "members" not in out
        assert "everything" not in out

    def test_text_of_the_file_is_data(self, round_files, run):
        round_files(self.alone('{id: li, role: "\\e[31mRed"}', "{id: wang}"))
        assert "\x1b" not in run("panel", "check", ".").out
