"""`tenderscore panel`: how the panel scored, in numbers and words, and who swings the result."""

import csv
import io
import json

import pytest
from jsonschema import Draft202012Validator

from tenderscore.cli.schemas import SCHEMAS


def sheet(evaluator, marks):
    """A score file: `marks` are those of each vendor by criterion."""
    rows = "".join(
        f"  {vendor}: {{{', '.join(f'{id_}: {mark}' for id_, mark in own.items())}}}\n"
        for vendor, own in marks.items()
    )
    return f"evaluator: {{id: {evaluator}}}\nscores:\n{rows}"


def panel(marks, *, score="{method: panel}", leaf="", method="", weights=None):
    """A round whose group `g` has the criteria that the marks name, of equal weight."""
    ids = dict.fromkeys(id_ for sheets in marks.values() for own in sheets.values() for id_ in own)
    shares = weights or dict.fromkeys(ids, 1)
    leaves = "".join(
        f"  - {{id: {id_.removeprefix('g.')}, weight: {shares[id_]}, score: {score}{leaf}}}\n"
        for id_ in ids
    )
    vendors = dict.fromkeys(vendor for sheets in marks.values() for vendor in sheets)
    files = {
        "criteria/method.yaml": f"weights: relative\n{method}",
        "criteria/g.yaml": f"id: g\nweight: 100\ncriteria:\n{leaves}",
    }
    files |= {f"bids/{vendor}.yaml": f"vendor: {{id: {vendor}}}\n" for vendor in vendors}
    return files | {f"scores/{who}.yaml": sheet(who, own) for who, own in marks.items()}


def one(**marks):
    """Everybody's marks of acme, bolt, ... on the one criterion `g.x`: `one(li=(4, 3))`."""
    vendors = ("acme", "bolt", "cog", "dell")
    return {
        who: {v: {"g.x": mark} for v, mark in zip(vendors, own, strict=False) if mark is not None}
        for who, own in marks.items()
    }


@pytest.fixture
def shown(round_files, run):
    """The round's panel as JSON, which the published schema describes."""

    def invoke(files, *options):
        round_files(files)
        done = run("panel", "bids", "--format", "json", *options)
        assert done.code == 0, done.err or done.out
        Draft202012Validator(SCHEMAS["panel-analysis"].document()).validate(done.json)
        return done.json

    return invoke


def signs(document, kind=None):
    return [each for each in document["signs"] if kind in {None, each["sign"]}]


def check(document, id_):
    (found,) = (each for each in document["checks"] if each["check"] == id_)
    return found


def by(rows, key, value):
    (found,) = (row for row in rows if row[key] == value)
    return found


TOTALS = {
    "m1": (90, 85, 80),
    "m2": (88, 86, 78),
    "m3": (87, 89, 80),
    "m4": (86, 84, 82),
    "m5": (60, 92, 85),
}
TAIWAN = panel(
    {
        who: dict(zip("abc", ({"g.x": mark} for mark in own), strict=True))
        for who, own in TOTALS.items()
    },
    score="{method: panel, scale: [0, 100]}",
    method="rounds:\n  - {id: r, criteria: [g], advance: {minimum: 70}}\n",
)


class TestTaiwansMarkedDifferences:
    """Five members, pass mark 70: one of them puts A last and fails it, and B wins the means."""

    def test_a_is_best_with_three_and_worst_with_the_fifth(self, shown):
        (sign,) = signs(shown(TAIWAN), "best_and_worst")
        assert (sign["vendor"], sign["evaluators"]) == ("a", ["m1", "m2", "m4", "m5"])
        assert sign["message"] == (
            "lot all, round r: a is best with m1 (90.00), m2 (88.00), m4 (86.00) "
            "and worst with m5 (60.00)"
        )

    def test_a_has_high_totals_and_a_failing_one(self, shown):
        (sign,) = signs(shown(TAIWAN), "high_and_failing")
        assert (sign["vendor"], sign["evaluators"]) == ("a", ["m1", "m2", "m3", "m4", "m5"])
        assert sign["message"].endswith("and less than 70.00 with m5 (60.00)")

    def test_the_means(self, shown):
        means = {case["vendor"]: case["mean"] for case in shown(TAIWAN)["cases"]}
        assert means == {"a": 82.2, "b": 87.2, "c": 81.0}

    def test_the_fifth_alone_changes_the_winner(self, shown):
        result = shown(TAIWAN)
        (lot,) = result["lots"]
        assert lot["winner"] == "b"
        assert by(lot["without"], "evaluator", "m5")["winner"] == "a"
        assert [each["evaluators"] for each in signs(result, "decides_alone")] == [["m5"]]

    def test_without_the_fifth_the_others_would_change_nothing(self, shown):
        (lot,) = shown(TAIWAN)["lots"]
        assert {e["evaluator"] for e in lot["without"] if e["winner"] != "b"} == {"m5"}

    def test_a_sign_says_where_the_marks_stand(self, shown):
        (sign,) = signs(shown(TAIWAN), "high_and_failing")
        assert [place["file"] for place in sign["places"]][-1] == "scores/m5.yaml"
        assert sign["places"][-1]["line"] == 3

    def test_the_mark_is_strikingly_low(self, shown):
        found = check(shown(TAIWAN, "--striking", "20"), "striking")["findings"]
        assert [each["message"] for each in found] == [
            "g.x of a: 60 by m5 is strikingly low beside 87.5, the median of the others"
        ]
        assert check(shown(TAIWAN), "striking")["findings"] == []


class TestRankSums:
    """The same five members where their ranks are added up: 8, 8 and 14."""

    FILES = TAIWAN | {
        "criteria/method.yaml": (
            "weights: relative\nrounds:\n  - id: r\n    criteria: [g]\n"
            "    rank_by: {method: rank_sum, pass: {mean: 70}}\n"
        )
    }

    def test_without_the_fifth_a_is_first(self, shown):
        (lot,) = shown(self.FILES)["lots"]
        assert lot["tie"] == ["a", "b"]
        assert by(lot["without"], "evaluator", "m5")["winner"] == "a"

    def test_the_pass_mark_is_that_of_the_ranking(self, shown):
        (sign,) = signs(shown(self.FILES), "high_and_failing")
        assert (sign["vendor"], sign["evaluators"][-1]) == ("a", "m5")
        assert "less than 70.00 with m5 (60.00)" in sign["message"]

    def test_a_step_counts_in_the_sheet_that_it_is_in(self, shown):
        # M3 gives B 89 and A 87: one step more for A, and both have 88 and 89 still.
        (lot,) = shown(self.FILES)["lots"]
        assert lot["steps"]["tried"] == 30
        assert lot["swings"] == []


class TestCompleteness:
    def test_what_was_given_is_held_against_what_is_due(self, shown):
        result = shown(panel(one(li=(4, 3), wang=(5, None), zhao=(4, 2))))
        counts = {e["id"]: (e["given"], e["due"]) for e in result["evaluators"]}
        assert counts == {"li": (2, 2), "wang": (1, 2), "zhao": (2, 2)}
        (criterion,) = result["criteria"]
        assert (criterion["given"], criterion["due"]) == (5, 6)
        assert by(result["cases"], "vendor", "bolt")["lacking"] == ["wang"]

    def test_an_abstention_is_not_due(self, shown):
        result = shown(panel(one(li=(4, 3), wang=("abstain", 2), zhao=(4, 2))))
        wang = by(result["evaluators"], "id", "wang")
        assert (wang["given"], wang["due"], wang["abstained"]) == (1, 1, 1)
        assert by(result["cases"], "vendor", "acme")["abstained"] == ["wang"]

    def test_who_is_in_conflict_owes_nothing_and_counts_for_nothing(self, shown):
        files = panel(one(li=(4, 3), wang=(0, 2), zhao=(4, 2))) | {
            "panel.yaml": (
                "evaluators:\n  - {id: zhao}\n  - {id: li}\n  - id: wang\n"
                "    interests: [{vendor: acme, reason: Owns a share}]\n"
            )
        }
        result = shown(files)
        wang = by(result["evaluators"], "id", "wang")
        assert (wang["given"], wang["due"], wang["out"]) == (1, 1, 1)
        acme = by(result["cases"], "vendor", "acme")
        assert (acme["out"], acme["mean"]) == (["wang"], 4)

    def test_evaluators_stand_in_the_panels_order(self, shown):
        files = panel(one(li=(4, 3), wang=(0, 2))) | {
            "panel.yaml": "evaluators: [{id: wang, name: Wang Fang}, {id: li}, {id: zhao}]\n"
        }
        listed = [(e["id"], e["name"], e["given"]) for e in shown(files)["evaluators"]]
        assert listed == [("wang", "Wang Fang", 2), ("li", "li", 2), ("zhao", "zhao", 0)]

    def test_marks_that_count_in_several_lots_stand_once(self, shown):
        files = panel(one(li=(4, 3), wang=(5, 3))) | {
            "tender.yaml": "lots: {web: , shop: }\n",
            "scores/zhao.yaml": (
                "evaluator: {id: zhao}\nscores: {acme: {g.x: 1}, bolt: {g.x: 2}}\n"
                "lots: {web: {acme: {g.x: 3}}}\n"
            ),
        }
        result = shown(files)
        found = {
            (case["vendor"], *case["lots"]): [score["score"] for score in case["scores"]]
            for case in result["cases"]
        }
        assert found == {
            ("acme", "web"): [4, 5, 3],
            ("acme", "shop"): [4, 5, 1],
            ("bolt", "web", "shop"): [3, 3, 2],
        }

    def test_a_round_that_waits_heeds_decisions(self, shown):
        method = (
            "requirements: {big: {fact: size, at_least: 5}}\n"
            "rounds: [{id: all, criteria: [g], requirements: [big]}]\n"
        )
        files = panel(one(li=(4, 4)), method=method)
        files["bids/acme.yaml"] = "vendor: {id: acme}\nsize: 9\n"
        files["bids/bolt.yaml"] = "vendor: {id: bolt}\nsize: 9\n"
        files["bids/cog.yaml"] = "vendor: {id: cog}\nsize: 1\n"
        signed = "by: TC, date: 2026-04-02, reason: x"
        files["decisions.yaml"] = (
            f"- {{decide: waive, vendor: cog, requirement: big, {signed}}}\n"
            f"- {{decide: eliminate, vendor: bolt, {signed}}}\n"
        )
        cases = {case["vendor"]: case["lacking"] for case in shown(files)["cases"]}
        assert cases == {"acme": [], "cog": ["li"]}

    def test_a_round_that_waits_is_due_for_those_who_advanced_to_it(self, shown):
        files = panel(one(li=(4, 3, 1))) | {
            "criteria/method.yaml": (
                "weights: relative\n"
                "rounds:\n  - {id: first, criteria: [f], advance: {at_most: 2}}\n"
                "  - {id: last, criteria: [g]}\n"
            ),
            "criteria/f.yaml": (
                "id: f\nweight: 100\ncriteria: [{id: n, weight: 100, fact: n, "
                "score: {method: points}}]\n"
            ),
            **{
                f"bids/{vendor}.yaml": f"vendor: {{id: {vendor}}}\nn: {n}\n"
                for n, vendor in enumerate(("acme", "bolt", "cog"))
            },
            "scores/li.yaml": sheet("li", {"acme": {"g.x": 4}, "bolt": {"g.x": 3}}),
        }
        result = shown(files)
        assert result["lots"][0]["pending"] == ["last"]
        assert {case["vendor"] for case in result["cases"]} == {"bolt", "cog"}
        assert by(result["evaluators"], "id", "li")["given"] == 1


class TestSideBySide:
    def test_mean_median_and_spread(self, shown):
        (case,) = shown(panel(one(li=(4,), wang=(5,), zhao=(1,))))["cases"]
        assert (case["mean"], case["median"], case["spread"]) == (10 / 3, 4, 4)
        assert (case["disagreement"], case["scale"]) == (80, [0, 5])
        assert [(e["evaluator"], e["score"], e["file"], e["line"]) for e in case["scores"]] == [
            ("li", 4, "scores/li.yaml", 3),
            ("wang", 5, "scores/wang.yaml", 3),
            ("zhao", 1, "scores/zhao.yaml", 3),
        ]

    def test_most_disagreement_stands_first(self, shown):
        cases = shown(panel(one(li=(4, 5, 3, 5), wang=(4, 0, 2, 1), zhao=(4, 5, 2, 1))))["cases"]
        assert [case["vendor"] for case in cases] == ["bolt", "dell", "cog", "acme"]

    def test_a_wide_scale_is_no_disagreement(self, shown):
        files = panel({w: {"acme": {"g.x": m}} for w, m in (("li", 40), ("wang", 50))})
        files["criteria/g.yaml"] = (
            "id: g\nweight: 100\ncriteria:\n"
            "  - {id: x, weight: 50, score: {method: panel, scale: [0, 100]}}\n"
            "  - {id: y, weight: 50, score: {method: panel, scale: [0, 5]}}\n"
        )
        files["scores/li.yaml"] = sheet("li", {"acme": {"g.x": 40, "g.y": 4}})
        files["scores/wang.yaml"] = sheet("wang", {"acme": {"g.x": 50, "g.y": 3}})
        assert [(c["criterion"], c["disagreement"]) for c in shown(files)["cases"]] == [
            ("g.y", 20),
            ("g.x", 10),
        ]


class TestEvaluators:
    def test_severity_is_the_mean_difference_from_the_others_in_percent_of_the_scale(self, shown):
        result = shown(panel(one(li=(4, 2), wang=(5, 5), zhao=(3, 2))))
        # The others' means are 4 and 3.5 for li, 3.5 and 2 for wang, 4.5 and 3.5 for zhao.
        assert {e["id"]: e["severity"] for e in result["evaluators"]} == {
            "li": -15,
            "wang": 45,
            "zhao": -30,
        }

    def test_consistency_is_the_correlation_with_the_mean_of_the_others(self, shown):
        result = shown(panel(one(li=(1, 2, 3), wang=(2, 3, 4), zhao=(5, 4, 3))))
        found = {e["id"]: e["consistency"] for e in result["evaluators"]}
        # the others' means: li 3.5 3.5 3.5, wang 3 3 3, zhao 1.5 2.5 3.5
        assert found == {"li": None, "wang": None, "zhao": -1}

    def test_whom_nobody_can_be_held_against_has_neither(self, shown):
        (li,) = shown(panel(one(li=(4, 2))))["evaluators"]
        assert (li["severity"], li["consistency"], li["compared"]) == (None, None, 0)


OBSERVED = {
    "a": "123321412...",
    "b": "1233224125.3",
    "c": ".3332342251.",
    "d": "12332441251.",
}


class TestAlpha:
    """Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section E: 0.849."""

    @staticmethod
    def files(observed):
        marks = {
            who: {f"v{at:02}": {"g.x": mark} for at, mark in enumerate(own) if mark != "."}
            for who, own in observed.items()
        }
        return panel(marks, score="{method: panel, scale: [1, 5]}")

    def test_the_published_example(self, shown):
        agreement = shown(self.files(OBSERVED))["agreement"]
        assert agreement["alpha"] == pytest.approx(0.849, abs=0.0005)
        assert agreement["units"] == 11

    def test_the_interval_holds_it_and_is_the_same_every_time(self, shown):
        first = shown(self.files(OBSERVED))["agreement"]
        assert first["low"] < first["alpha"] < first["high"] <= 1
        assert (first["samples"], first["seed"]) == (1000, 20260331)
        assert shown(self.files(OBSERVED))["agreement"] == first

    def test_of_equal_marks_there_is_none(self, shown):
        result = shown(panel(one(li=(4, 4), wang=(4, 4))))
        assert result["agreement"]["alpha"] is None
        assert result["criteria"][0]["alpha"] is None


class TestSteps:
    def test_a_step_that_reaches_the_first_changes_the_result(self, shown):
        # acme 4.5, bolt 4: one step up and bolt ties, one down and acme ties
        (lot,) = shown(panel(one(li=(5, 4), wang=(4, 4))))["lots"]
        found = [
            (s["vendor"], s["step"], [m["evaluator"] for m in s["scores"]], s["winner"], s["tie"])
            for s in lot["swings"]
        ]
        both = ["acme", "bolt"]
        assert found == [
            ("acme", -1, ["li", "wang"], None, both),
            ("bolt", 1, ["li", "wang"], None, both),
        ]
        assert lot["steps"]["tried"] == 7  # li has given acme the highest already

    def test_a_step_is_that_of_the_criterion(self, shown):
        score = "{method: panel, step: 0.5}"
        (lot,) = shown(panel(one(li=(5, 4), wang=(4, 4)), score=score))["lots"]
        assert lot["swings"] == []
        (lot,) = shown(panel(one(li=(4.5, 4), wang=(4, 4)), score=score))["lots"]
        assert {swing["step"] for swing in lot["swings"]} == {0.5, -0.5}

    def test_a_step_may_put_a_bid_under_a_minimum(self, shown):
        marks = one(li=(3, 1), wang=(3, 1))
        (lot,) = shown(panel(marks, leaf=", minimum: 60"))["lots"]
        assert [(s["vendor"], s["step"], s["winner"]) for s in lot["swings"]] == [
            ("acme", -1, None)
        ]

    def test_a_step_may_decide_who_reaches_the_last_round(self, shown):
        files = panel({"li": {v: {"g.x": m} for v, m in (("acme", 4), ("bolt", 3), ("cog", 1))}})
        files["criteria/method.yaml"] = (
            "weights: relative\n"
            "rounds:\n  - {id: first, criteria: [g], advance: {at_most: 1}}\n"
            "  - {id: last, criteria: [p]}\n"
        )
        files["criteria/p.yaml"] = (
            "id: p\nweight: 100\n"
            "criteria: [{id: n, weight: 100, fact: n, score: {method: points}}]\n"
        )
        for n, vendor in enumerate(("acme", "bolt", "cog")):
            files[f"bids/{vendor}.yaml"] += f"n: {n + 1}\n"
        (lot,) = shown(files)["lots"]
        assert lot["winner"] == "acme"
        # tied at the cut all advance, and bolt is better there
        assert [(s["vendor"], s["step"], s["winner"]) for s in lot["swings"]] == [
            ("acme", -1, "bolt"),
            ("bolt", 1, "bolt"),
        ]

    def test_where_nobody_is_first_nothing_is_tried(self, shown):
        (lot,) = shown(panel(one(li=(3, 1)), leaf=", minimum: 80"))["lots"]
        assert (lot["swings"], lot["steps"]) == ([], {"tried": 0, "evaluated": 0})


class TestWithout:
    def test_the_ranking_without_each_evaluator(self, shown):
        (lot,) = shown(panel(one(li=(5, 4, 1), wang=(3, 4, 1), zhao=(5, 3, 1))))["lots"]
        found = {
            e["evaluator"]: (e["winner"], e["shortlist"], e["differs"]) for e in lot["without"]
        }
        assert found == {
            "li": ("acme", ["acme", "bolt", "cog"], False),
            "wang": ("acme", ["acme", "bolt", "cog"], False),
            "zhao": (None, ["acme", "bolt", "cog"], True),
        }

    def test_without_the_only_one_a_round_waits(self, shown):
        (lot,) = shown(panel(one(li=(5, 4))))["lots"]
        (without,) = lot["without"]
        assert (without["winner"], without["pending"]) == (None, ["all"])
        assert signs(shown(panel(one(li=(5, 4)))), "decides_alone") == []


class TestSigns:
    def test_one_evaluator_alone_gives_a_vendor_the_lowest_marks(self, shown):
        marks = {
            "li": {"acme": {"g.x": 0, "g.y": 0, "g.z": 3}, "bolt": {"g.x": 4, "g.y": 4, "g.z": 3}},
            "wang": {
                "acme": {"g.x": 3, "g.y": 2, "g.z": 3},
                "bolt": {"g.x": 3, "g.y": 4, "g.z": 2},
            },
            "zhao": {
                "acme": {"g.x": 2, "g.y": 3, "g.z": 4},
                "bolt": {"g.x": 3, "g.y": 2, "g.z": 3},
            },
        }
        (sign,) = signs(shown(panel(marks)), "alone_at_the_end")
        assert (sign["lot"], sign["vendor"], sign["evaluators"]) == ("all", "acme", ["li"])
        assert sign["message"] == "lot all: li alone gives acme the lowest mark on 2 of 3 criteria"
        assert [place["line"] for place in sign["places"]] == [3, 3]

    def test_a_high_mark_beside_the_lowest(self, shown):
        (sign,) = signs(shown(panel(one(li=(4,), wang=(0,), zhao=(2,)))), "high_and_lowest")
        assert sign["evaluators"] == ["li", "wang"]
        assert (
            sign["message"] == "g.x of acme: 4 by li beside 0 by wang, the lowest mark of the scale"
        )
        result = shown(panel(one(li=(4,), wang=(0,), zhao=(2,))), "--high", "90")
        assert signs(result, "high_and_lowest") == []

    def test_a_high_mark_beside_one_under_the_criterions_minimum(self, shown):
        files = panel(one(li=(4, 4), wang=(2, 3), zhao=(4, 4)), leaf=", minimum: 60")
        (sign,) = signs(shown(files), "high_and_failing")
        assert (sign["vendor"], sign["criterion"]) == ("acme", "g.x")

    def test_of_two_vendors_nobody_is_best_and_worst(self, shown):
        assert signs(shown(panel(one(li=(4, 3), wang=(3, 4)))), "best_and_worst") == []

    def test_a_panel_that_agrees_shows_none(self, shown):
        assert signs(shown(panel(one(li=(4, 3, 2), wang=(4, 3, 2), zhao=(5, 3, 2))))) == []


class TestTheLawsChecks:
    def test_the_totals_are_added_up_again(self, shown):
        found = check(shown(panel(one(li=(4, 3), wang=(5, 3)))), "sums")
        assert found["looked_at"] == "2 totals added up again from the marks"
        assert found["findings"] == []

    @pytest.mark.parametrize(
        "score",
        [
            "{method: panel, aggregate: median}",
            "{method: panel, aggregate: trimmed_mean, drop: 1}",
            "{method: panel, aggregate: weighted_mean}",
            "{method: panel, scale: [-1, 6]}",
        ],
    )
    def test_whatever_brings_the_marks_together(self, shown, score):
        files = panel(one(li=(4, 3), wang=(5, 3), zhao=(1, 0), chen=(2, 5)), score=score)
        files["panel.yaml"] = (
            "evaluators: [{id: li, weight: 3}, {id: wang}, {id: zhao, weight: 0.5}, {id: chen}]\n"
        )
        assert check(shown(files), "sums")["findings"] == []

    def test_members_must_agree_on_what_is_objective(self, shown):
        marks = one(li=(4, 3), wang=(5, 3))
        found = check(shown(panel(marks, leaf=", objective: true")), "objective")
        assert [each["message"] for each in found["findings"]] == [
            "g.x of acme is objective and scored differently: 4 by li, 5 by wang"
        ]
        assert found["findings"][0]["evaluators"] == ["li", "wang"]
        assert check(shown(panel(marks)), "objective")["findings"] == []

    def test_only_the_panels_criteria_are_objective_or_not(self, problems):
        files = {
            "criteria/g.yaml": (
                "id: g\nweight: 100\ncriteria:\n"
                "  - {id: n, weight: 100, fact: n, score: {method: points}, objective: true}\n"
            ),
            "bids/acme.yaml": "vendor: {id: acme}\nn: 1\n",
        }
        (problem,) = problems(files)
        assert (problem["code"], problem["line"]) == ("criterion-form", 4)

    def test_a_mark_off_the_scale_ends_the_run(self, round_files, run):
        round_files(panel(one(li=(6, 3), wang=(5, 3))))
        done = run("panel", "bids", "--format", "json")
        assert (done.code, done.json["schema"]) == (1, "tenderscore/problems/1")
        assert [problem["code"] for problem in done.json["problems"]] == ["off-scale"]

    def test_a_mark_is_held_against_the_median_of_the_others(self, shown):
        result = shown(panel(one(li=(5,), wang=(5,), zhao=(2,))))
        (finding,) = check(result, "striking")["findings"]
        assert finding["message"] == (
            "g.x of acme: 2 by zhao is strikingly low beside 5, the median of the others"
        )
        # 3 of 5 is 60 % of the scale
        at_60 = shown(panel(one(li=(5,), wang=(5,), zhao=(2,))), "--striking", "60")
        assert check(at_60, "striking")["findings"] == []

    def test_of_two_nobody_stands_apart(self, shown):
        result = shown(panel(one(li=(5,), wang=(0,))))
        assert check(result, "striking")["findings"] == []


class TestCommand:
    FILES = panel(one(li=(5, 4, 1), wang=(3, 4, 1), zhao=(5, 3, "abstain")))

    def test_the_table_says_it_all_in_plain_text(self, round_files, run):
        round_files(self.FILES)
        done = run("panel", "bids")
        assert done.code == 0
        assert done.out.startswith("How the panel scored\n")
        assert "\x1b" not in done.out
        for heading in ("Evaluators", "Most disagreement first", "Who swings the result"):
            assert f"\n{heading}\n" in done.out
        assert "without zhao: acme, bolt tie, shortlist acme, bolt, cog" in done.out

    @pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
    @pytest.mark.parametrize("form", ["table", "markdown", "json", "csv"])
    def test_every_format_in_every_language_is_the_same_every_time(
        self, round_files, run, form, language
    ):
        round_files(self.FILES)
        once, again = (run("panel", "bids", "--format", form, "--lang", language) for _ in "12")
        assert (once.code, once.out) == (0, again.out)
        assert once.out

    def test_csv_has_a_row_for_each_mark(self, round_files, run):
        round_files(self.FILES)
        rows = list(csv.DictReader(io.StringIO(run("panel", "bids", "--format", "csv").out)))
        assert len(rows) == 9
        states = [row["state"] for row in rows if row["vendor"] == "cog"]
        assert states == ["given", "given", "abstained"]
        first = rows[0]
        assert (first["evaluator"], first["score"], first["place"]) == (
            "li",
            "5",
            "scores/li.yaml:3:15",
        )

    def test_files_are_written_by_their_extensions(self, round_files, run):
        folder = round_files(self.FILES)
        done = run("panel", "bids", "--output", "p.md", "--output", "p.json", "--quiet")
        assert (done.code, done.err) == (0, "")
        assert (folder / "p.md").read_text().startswith("# How the panel scored\n")
        assert json.loads((folder / "p.json").read_text())["schema"] == "tenderscore/panel/1"

    def test_text_from_files_stays_text(self, round_files, run):
        files = {
            "criteria/g.yaml": (
                'id: g\nweight: 100\ncriteria:\n  - {id: x, title: "<b>[/x]*=1\\e[31m", '
                "weight: 100, score: {method: panel}}\n"
            ),
            "bids/a.yaml": 'vendor: {id: "=cmd|x"}\n',
            "scores/s.yaml": 'evaluator: {id: "+li"}\nscores: {"=cmd|x": {g.x: 4}}\n',
        }
        round_files(files)
        assert "\x1b" not in run("panel", "bids").out
        assert "&lt;b&gt;" in run("panel", "bids", "--format", "markdown").out
        (row,) = csv.DictReader(io.StringIO(run("panel", "bids", "--format", "csv").out))
        assert (row["vendor"], row["evaluator"]) == ("'=cmd|x", "'+li")

    def test_a_round_without_a_panel_says_so(self, round_files, run):
        round_files(
            {
                "bids/acme.yaml": "vendor: {id: acme}\nn: 1\n",
                "criteria/g.yaml": (
                    "id: g\nweight: 100\n"
                    "criteria: [{id: n, weight: 100, fact: n, score: {method: points}}]\n"
                ),
            }
        )
        done = run("panel", "bids")
        assert done.code == 0
        assert "The panel scores nothing in this round." in done.out

    @pytest.mark.parametrize("option", ["--striking", "--high"])
    @pytest.mark.parametrize("value", ["much", "-1", "101", "1/0", "nan", ""])
    def test_a_limit_is_a_percentage(self, round_files, run, option, value):
        round_files(self.FILES)
        done = run("panel", "bids", f"{option}={value}")
        assert (done.code, done.out) == (2, "")
        assert "percent" in done.err

    def test_one_lot_alone(self, round_files, run):
        round_files(self.FILES | {"tender.yaml": "lots: {web: , shop: }\n"})
        done = run("panel", "bids", "--lot", "web", "--format", "json")
        assert [lot["id"] for lot in done.json["lots"]] == ["web"]
        assert run("panel", "bids", "--lot", "wep").code == 2
