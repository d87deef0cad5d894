"""Section 4: every key of the result and its rule."""

import json
import re

import pytest

TWO_ROUNDS = """
--- tender.yaml
id: T-1
title: Support
currency: CNY
lots: {web: {title: Web}, app: {title: App}}
--- criteria/method.yaml
requirements:
  licence: {title: Business licence, fact: licence, is: true}
rounds:
  - {id: screening, criteria: [quality], requirements: [licence], advance: {at_most: 3}}
  - {id: final, criteria: [price], carry_over: {screening: 60}, advance: {at_most: 2}}
--- criteria/quality.yaml
id: quality
title: Quality
weight: 100
criteria:
  - id: people
    weight: 33.3
    criteria:
      - {id: years, weight: 40, fact: years, score: {method: linear, worst: 0, best: 12}}
      - {id: staff, weight: 60, fact: staff, score: {method: linear, worst: 0, best: 90}}
  - {id: rating, weight: 66.7, fact: rating, score: {method: lookup, points: {A: 90, B: 50}}}
--- criteria/price.yaml
id: price
weight: 100
criteria:
  - {id: price, weight: 100, fact: price, score: {method: ratio_to_best, better: low}}
--- bids/acme.yaml
vendor: {id: acme, name: Acme Services}
licence: true
years: 5
staff: 30
rating: A
price: 90
--- bids/bolt.yaml
vendor: {id: bolt}
licence: true
years: 7
rating: B
price: 60
offers: {web: {}}
--- bids/core.yaml
vendor: {id: core}
licence: false
years: 9
rating: A
price: 50
offers: {web: {}}
--- bids/dart.yaml
vendor: {id: dart}
licence: true
rating: B
price: 70
withdrawn: true
"""


@pytest.fixture
def result(evaluate):
    return evaluate(TWO_ROUNDS)


def test_the_document_has_its_keys(result):
    assert {"schema", "tender", "lots", "warnings"} <= set(result)
    assert {"id", "title", "currency"} <= set(result["tender"])


def test_a_lot_has_its_keys(result):
    keys = {"id", "rounds", "shortlist", "pending", "winner", "tie", "set_aside"}
    assert all(keys <= set(lot) for lot in result["lots"])


def test_a_bid_has_its_keys(result):
    keys = {"vendor", "name", "outcome", "reasons", "total", "rank", "carried", "criteria"}
    for lot in result["lots"]:
        for each in lot["rounds"]:
            assert all(keys <= set(row) for row in each["bids"])


def test_a_criterion_has_its_keys(result):
    keys = {"id", "value", "points", "weight", "contribution"}
    assert all(keys <= set(node) for node in result.bids("screening", "web")["acme"]["criteria"])


def test_a_warning_has_its_keys(result):
    assert result["warnings"]
    assert all({"code", "message", "file", "line"} <= set(each) for each in result["warnings"])


def test_every_node_is_listed_parents_before_children_with_dotted_ids(result):
    nodes = result.bids("screening", "web")["acme"]["criteria"]
    assert [each["id"] for each in nodes] == [
        "quality",
        "quality.people",
        "quality.people.years",
        "quality.people.staff",
        "quality.rating",
    ]


def test_value_is_null_for_groups_the_fact_otherwise_and_null_when_missing(result):
    rows = result.bids("screening", "web")
    assert [each["value"] for each in rows["acme"]["criteria"]] == [None, None, 5, 30, "A"]
    assert [each["value"] for each in rows["bolt"]["criteria"]] == [None, None, 7, None, "B"]


def test_weight_is_as_written(result):
    nodes = result.bids("screening", "web")["acme"]["criteria"]
    assert [each["weight"] for each in nodes] == [100, 33.3, 40, 60, 66.7]


def test_points_and_contributions(result):
    nodes = result.bids("screening", "web")["acme"]["criteria"]
    # years: 5/12 -> 41.67; staff: 1/3 -> 33.33; people: 0.4 x 41.67 + 0.6 x 33.33 = 36.666
    assert [each["points"] for each in nodes] == [72.239778, 36.666, 41.67, 33.33, 90.0]
    assert [each["contribution"] for each in nodes] == [
        72.239778,
        12.209778,
        5.550444,
        6.659334,
        60.03,
    ]
    assert result.bids("screening", "web")["acme"]["total"] == 72.24


def test_rounded_numbers_are_written_as_they_are_published(round_files, run):
    round_files(TWO_ROUNDS)
    out = run("evaluate", "bids", "--format", "json").out
    assert '"total": 72.24' in out or '"total":72.24' in out
    assert '"points": 41.67' in out or '"points":41.67' in out
    assert "41.6699" not in out
    assert "41.6700000" not in out


def test_outcomes_totals_and_ranks(result):
    assert result.column("outcome", "screening", "web") == {
        "acme": "advanced",
        "bolt": "advanced",
        "core": "eliminated",
    }
    # bolt: years 58.33, staff missing, rating 50: 0.333 x 0.4 x 58.33 + 33.35 = 41.119556
    assert result.column("total", "screening", "web") == {
        "acme": 72.24,
        "bolt": 41.12,
        "core": None,
    }
    assert result.column("rank", "screening", "web") == {"acme": 1, "bolt": 2, "core": None}


def test_a_later_rounds_total_carries_the_published_total(result):
    # own: acme 60/90 -> 66.67, bolt 100; 0.4 x 66.67 + 0.6 x 72.24; 40 + 0.6 x 41.12
    assert result.column("carried", "final", "web") == {
        "acme": {"screening": 72.24},
        "bolt": {"screening": 41.12},
    }
    assert result.column("total", "final", "web") == {"acme": 70.01, "bolt": 64.67}


def test_one_that_a_requirement_eliminated_has_no_total_and_no_criteria(result):
    row = result.bids("screening", "web")["core"]
    assert (row["total"], row["rank"], row["criteria"]) == (None, None, [])
    (reason,) = row["reasons"]
    assert reason["requirement"] == "licence"
    assert reason["message"]


def test_a_withdrawn_bid_is_set_aside_in_the_lots_it_names(result):
    for lot in ("web", "app"):
        (aside,) = result.lot(lot)["set_aside"]
        assert {key: aside[key] for key in ("vendor", "bid", "rule")} == {
            "vendor": "dart",
            "bid": "dart",
            "rule": "withdrawn",
        }
        assert aside["message"]


def test_winner_and_shortlist_per_lot(result):
    assert [(lot["shortlist"], lot["winner"], lot["tie"]) for lot in result["lots"]] == [
        (["acme", "bolt"], "acme", []),
        (["acme"], "acme", []),
    ]


def test_names_fall_back_to_ids(result):
    assert result.column("name", "screening", "web") == {
        "acme": "Acme Services",
        "bolt": "bolt",
        "core": "core",
    }


def test_missing_fact_warnings_stand_at_the_bid(result):
    missing = [each for each in result["warnings"] if each["code"] == "missing-fact"]
    assert {each["file"] for each in missing} == {"bids/bolt.yaml"}
    assert all(isinstance(each["line"], int) for each in missing)


LEAF = "id: g\nweight: 100\ncriteria:\n  - {id: x, weight: 100, fact: x, score: {method: points}}\n"


def bids(**facts):
    return {f"bids/{v}.yaml": f"vendor: {{id: {v}}}\nx: {x}\n" for v, x in facts.items()}


class TestOrder:
    def test_bids_stand_by_rank_then_by_vendor_id_in_code_point_order(self, evaluate):
        files = {"criteria/g.yaml": LEAF} | bids(b=5, B=5, _=5, é=5, z=9)
        lot = evaluate(files).lot()
        assert [row["vendor"] for row in lot["rounds"][0]["bids"]] == ["z", "B", "_", "b", "é"]
        assert lot["shortlist"] == ["z", "B", "_", "b", "é"]

    def test_those_without_a_rank_stand_last(self, evaluate):
        files = {"criteria/g.yaml": LEAF.replace("score:", "minimum: 5, score:")}
        lot = evaluate(files | bids(a=1, b=2, c=7, d=9)).lot()
        assert [row["vendor"] for row in lot["rounds"][0]["bids"]] == ["d", "c", "a", "b"]

    def test_tie_stands_by_vendor_id(self, evaluate):
        lot = evaluate({"criteria/g.yaml": LEAF} | bids(c=5, a=5, b=4)).lot()
        assert lot["tie"] == ["a", "c"]
        assert lot["winner"] is None


class TestWinner:
    def test_the_winner_is_the_only_advanced_bid_of_rank_1(self, evaluate):
        lot = evaluate({"criteria/g.yaml": LEAF} | bids(a=5, b=6)).lot()
        assert (lot["winner"], lot["tie"]) == ("b", [])

    def test_rank_1_that_did_not_advance_wins_nothing(self, evaluate):
        files = {
            "criteria/method.yaml": "rounds: [{id: r, criteria: [g], advance: {minimum: 50}}]\n",
            "criteria/g.yaml": LEAF,
        }
        result = evaluate(files | bids(a=5, b=5))
        assert result.column("rank") == {"a": 1, "b": 1}
        lot = result.lot()
        assert (lot["winner"], lot["tie"], lot["shortlist"]) == (None, [], [])

    def test_a_last_round_without_ranks_has_no_winner(self, evaluate):
        files = {
            "criteria/method.yaml": """
                rounds: [{id: r, criteria: [g]}, {id: gate}]
                """,
            "criteria/g.yaml": LEAF,
        }
        lot = evaluate(files | bids(a=5, b=6)).lot()
        assert (lot["winner"], lot["tie"]) == (None, [])
        assert sorted(lot["shortlist"]) == ["a", "b"]

    def test_after_until_there_is_no_winner_and_no_tie(self, evaluate):
        files = {
            "criteria/method.yaml": """
                rounds:
                  - {id: one, criteria: [g], advance: {at_most: 2}}
                  - {id: two, criteria: [g], advance: {at_most: 1}}
                """,
            "criteria/g.yaml": LEAF,
        } | bids(a=5, b=6, c=7)
        lot = evaluate(files, "--until", "one").lot()
        assert [each["id"] for each in lot["rounds"]] == ["one"]
        assert (lot["shortlist"], lot["winner"], lot["tie"]) == (["c", "b"], None, [])
        assert evaluate(files).lot()["shortlist"] == ["c"]

    def test_after_until_a_lot_without_that_round_has_no_winner_and_no_tie(self, round_files, run):
        files = {
            "tender.yaml": "lots: {web: {}, app: {criteria: own}, ops: {criteria: own}}\n",
            "criteria/method.yaml": "rounds: [{id: one}, {id: two, criteria: [g]}]\n",
            "criteria/g.yaml": LEAF,
            "own/method.yaml": "rounds: [{id: only, criteria: [g], advance: {at_most: 1}}]\n",
            "own/g.yaml": LEAF,
        } | bids(a=5, b=6)
        files["bids/a.yaml"] += "offers: {web: {}, app: {}, ops: {x: 6}}\n"
        round_files(files)
        done = run("evaluate", "bids", "--until", "one", "--format", "json")
        lots = {
            lot["id"]: (lot["shortlist"], lot["winner"], lot["tie"]) for lot in done.json["lots"]
        }
        assert lots == {
            "web": (["a", "b"], None, []),
            "app": (["b"], None, []),
            "ops": (["a", "b"], None, []),
        }
        assert done.code == 0
        said = run("evaluate", "bids", "--until", "one").out
        assert "Winner:" not in said
        assert "No winner: this was to stop after one, a round that the lot does not have" in said
        assert run("evaluate", "bids", "--format", "json").code == 3


class TestValues:
    @pytest.mark.parametrize(
        ("score", "written", "value"),
        [
            ("{method: linear, worst: 0, best: 1}", "0.1", 0.1),
            ("{method: linear, worst: 0, best: 1}", "12_000.50", 12000.5),
            ("{method: yes_no}", "true", True),
            ("{method: lookup, points: {AA: 1}}", "AA", "AA"),
            ("{method: lookup, points: {2026-03-01: 1}}", "2026-03-01", "2026-03-01"),
            ("{method: per_item, each: 5}", "[a, b]", ["a", "b"]),
            ("{method: coverage, of: [a, b]}", "[b]", ["b"]),
        ],
    )
    def test_value_is_the_fact_as_used(self, evaluate, score, written, value):
        files = {"criteria/g.yaml": LEAF.replace("{method: points}", score)} | bids(a=written)
        assert evaluate(files).node("a", "g.x")["value"] == value

    def test_an_expressions_value_is_the_float_nearest_the_exact_one(self, evaluate):
        files = {"criteria/g.yaml": LEAF.replace("fact: x", 'expr: "bid.x / 3"')} | bids(a=1)
        assert evaluate(files).node("a", "g.x")["value"] == 1 / 3

    def test_unrounded_numbers_are_the_float_nearest_the_exact_value(self, evaluate):
        files = {
            "criteria/method.yaml": "rounding: {criterion: none, total: none}\n",
            "criteria/g.yaml": LEAF.replace("{method: points}", "{method: points, out_of: 3}"),
        } | bids(a=2)
        result = evaluate(files)
        assert result.points("g.x") == {"a": 200 / 3}
        assert result.column("total") == {"a": 200 / 3}

    def test_an_eliminated_bids_points_stay(self, evaluate):
        files = {"criteria/g.yaml": LEAF.replace("score:", "minimum: 50, score:")} | bids(a=40)
        row = evaluate(files).bids()["a"]
        assert (row["outcome"], row["total"], row["rank"]) == ("eliminated", 40.0, None)
        assert [each["points"] for each in row["criteria"]] == [40.0, 40.0]
        assert row["reasons"][0]["criterion"] == "g.x"

    def test_every_minimum_that_failed_is_a_reason(self, evaluate):
        text = LEAF.replace("weight: 100\n", "weight: 100\nminimum: 60\n", 1)
        files = {"criteria/g.yaml": text.replace("score:", "minimum: 50, score:")} | bids(a=40)
        assert sorted(evaluate(files).reasons("a")) == ["criterion g", "criterion g.x"]


class TestOptions:
    def test_lot_evaluates_that_lot_alone(self, evaluate):
        files = {"criteria/g.yaml": LEAF, "tender.yaml": "lots: {web: {}, app: {}}\n"} | bids(a=5)
        assert [lot["id"] for lot in evaluate(files, "--lot", "app")["lots"]] == ["app"]

    def test_messages_follow_lang(self, evaluate):
        files = {
            "criteria/method.yaml": """
                requirements:
                  licence:
                    title: {en: Business licence, zh-Hans: 营业执照, zh-Hant: 營業執照}
                    fact: licence
                    is: true
                """,
            "criteria/g.yaml": LEAF,
        } | bids(a=5)
        messages = {
            lang: evaluate(files, "--lang", lang).bids()["a"]["reasons"][0]["message"]
            for lang in ("en", "zh-Hans", "zh-Hant")
        }
        assert "Business licence" in messages["en"]
        assert "营业执照" in messages["zh-Hans"]
        assert "營業執照" in messages["zh-Hant"]

    def test_the_same_input_gives_the_same_bytes(self, round_files, run):
        round_files(TWO_ROUNDS)
        runs = {run("evaluate", "bids", "--format", "json").out for _ in range(2)}
        assert len(runs) == 1
        assert json.loads(runs.pop())

    @pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant"])
    def test_every_message_is_in_the_language(self, evaluate, lang):
        files = {
            "criteria/method.yaml": """
                requirements:
                  r: {title: {zh-Hans: 证, zh-Hant: 證, en: Z}, fact: licence, present: true}
                rounds:
                  - {id: one, criteria: [g], requirements: [r], advance: {at_most: 1, minimum: 20}}
                """,
            "criteria/g.yaml": LEAF.replace("score:", "minimum: 10, score:"),
            "bids/late.yaml": (
                "vendor: {id: a}\nx: 5\nsupersedes: a\nreceived: 2026-06-01T00:00:00Z\n"
            ),
            "tender.yaml": "deadline: 2026-03-31T00:00:00Z\n",
        } | bids(a=9, b=12, c=50, d=60, e=70, f=80)
        for vendor in "abcd":
            files[f"bids/{vendor}.yaml"] += "licence: true\n"
        files["bids/f.yaml"] += "withdrawn: true\n"
        result = evaluate(files, "--lang", lang)
        rows = result.bids().values()
        said = [reason["message"] for row in rows for reason in row["reasons"]]
        said += [each["message"] for each in result.lot()["set_aside"]]
        said += [each["message"] for each in result["warnings"]]
        assert len(said) >= 6
        assert [text for text in said if not re.search("[\u4e00-\u9fff]", text)] == []
