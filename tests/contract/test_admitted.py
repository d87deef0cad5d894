"""Section 2, rules 3 to 7: who sets references, ranks, lateness, wrong facts, dates."""

import itertools

import pytest


def bid(vendor, **facts):
    lines = "".join(f"{name}: {value}\n" for name, value in facts.items())
    return {f"bids/{vendor}.yaml": f"vendor: {{id: {vendor}}}\n{lines}"}


def one(score, leaf="", method=""):
    """One criterion `g.x`."""
    extra = f", {leaf}" if leaf else ""
    files = {
        "criteria/g.yaml": (
            "id: g\nweight: 100\ncriteria:\n"
            f"  - {{id: x, weight: 100, fact: x, score: {score}{extra}}}\n"
        )
    }
    return files | ({"criteria/method.yaml": method} if method else {})


class TestRule3Admitted:
    SCORE = "{method: ratio_to_best, better: low}"

    def test_a_bid_that_fails_a_requirement_sets_no_reference(self, evaluate):
        files = one(self.SCORE, method="requirements: {r: {fact: ok, is: true}}\n")
        files |= bid("acme", x=20, ok="true") | bid("bolt", x=40, ok="true")
        files |= bid("core", x=1, ok="false")
        assert evaluate(files).points("g.x") == {"acme": 100.0, "bolt": 50.0}

    def test_a_bid_without_the_fact_sets_none(self, evaluate):
        files = one(self.SCORE) | bid("acme", x=20) | bid("bolt", x=40) | bid("core", x="null")
        assert evaluate(files).points("g.x") == {"acme": 100.0, "bolt": 50.0, "core": 0.0}

    def test_withdrawn_and_superseded_bids_set_none(self, evaluate):
        files = one(self.SCORE) | bid("acme", x=20) | bid("bolt", x=40)
        files |= bid("core", x=1, withdrawn="true")
        files["bids/a0.yaml"] = "vendor: {id: acme}\nx: 2\n"
        files["bids/acme.yaml"] += "supersedes: a0\n"
        assert evaluate(files).points("g.x") == {"acme": 100.0, "bolt": 50.0}

    def both(self, y):
        return {
            "criteria/g.yaml": f"""
                id: g
                weight: 100
                criteria:
                  - {{id: x, weight: 50, fact: x, score: {self.SCORE}}}
                  - {{id: y, weight: 50, fact: y, score: {{method: points}}, {y}}}
                """
        }

    @pytest.mark.parametrize(("rule", "y"), [("minimum: 50", "10"), ("missing: eliminate", "null")])
    def test_a_bid_put_out_by_an_absolute_leaf_sets_none_but_still_gets_points(
        self, evaluate, rule, y
    ):
        files = self.both(rule) | bid("acme", x=20, y=90) | bid("bolt", x=40, y=90)
        result = evaluate(files | bid("core", x=10, y=y) | bid("dart", x=80, y=y))
        # core, cheaper than the reference, is kept within 100
        assert result.points("g.x") == {"acme": 100.0, "bolt": 50.0, "core": 100.0, "dart": 25.0}
        assert result.column("outcome")["core"] == "eliminated"
        assert result.column("outcome")["dart"] == "eliminated"

    def test_a_minimum_on_an_absolute_inner_node_comes_before_the_reference(self, evaluate):
        files = {
            "criteria/g.yaml": f"""
                id: g
                weight: 100
                criteria:
                  - {{id: x, weight: 50, fact: x, score: {self.SCORE}}}
                  - id: n
                    weight: 50
                    minimum: 50
                    criteria:
                      - {{id: y, weight: 100, fact: y, score: {{method: points}}}}
                """
        }
        files |= bid("acme", x=20, y=90) | bid("bolt", x=10, y=10)
        assert evaluate(files).points("g.x") == {"acme": 100.0, "bolt": 100.0}

    def test_a_minimum_on_a_relative_leaf_comes_after_and_changes_no_reference(self, evaluate):
        files = one("{method: ratio_to_best, better: low}", leaf="minimum: 60")
        files |= bid("acme", x=20) | bid("bolt", x=30) | bid("core", x=40)
        result = evaluate(files)
        assert result.points("g.x") == {"acme": 100.0, "bolt": 66.67, "core": 50.0}
        assert result.column("outcome")["core"] == "eliminated"

    def test_a_minimum_on_a_node_with_a_relative_leaf_changes_no_reference(self, evaluate):
        files = {
            "criteria/g.yaml": f"""
                id: g
                weight: 100
                minimum: 60
                criteria:
                  - {{id: x, weight: 50, fact: x, score: {self.SCORE}}}
                  - {{id: y, weight: 50, fact: y, score: {{method: points}}}}
                """
        }
        files |= bid("acme", x=20, y=90) | bid("bolt", x=10, y=10)
        result = evaluate(files)
        assert result.points("g.x") == {"acme": 50.0, "bolt": 100.0}
        assert result.column("outcome") == {"acme": "advanced", "bolt": "eliminated"}

    def test_where_no_reference_is_left_points_are_0(self, evaluate):
        files = self.both("minimum: 50") | bid("acme", x=20, y=0) | bid("bolt", x=40, y=0)
        result = evaluate(files)
        assert result.points("g.x") == {"acme": 0.0, "bolt": 0.0}
        assert result.column("total") == {"acme": 0.0, "bolt": 0.0}

    def test_the_reference_is_taken_among_those_who_reached_the_round(self, evaluate):
        files = {
            "criteria/method.yaml": """
                rounds:
                  - {id: one, criteria: [q], advance: {minimum: 50}}
                  - {id: two, criteria: [g]}
                """,
            "criteria/q.yaml": """
                id: q
                weight: 100
                criteria: [{id: y, weight: 100, fact: y, score: {method: points}}]
                """,
        } | one(self.SCORE)
        files |= bid("acme", x=20, y=90) | bid("bolt", x=40, y=90) | bid("core", x=1, y=10)
        assert evaluate(files).points("g.x", "two") == {"acme": 100.0, "bolt": 50.0}

    def test_the_reference_is_taken_in_each_lot(self, evaluate):
        files = one(self.SCORE)
        files |= bid("acme", offers="{web: {x: 20}, app: {x: 90}}")
        files |= bid("bolt", offers="{web: {x: 40}, app: {x: 45}}")
        result = evaluate(files)
        assert result.points("g.x", lot="web") == {"acme": 100.0, "bolt": 50.0}
        assert result.points("g.x", lot="app") == {"acme": 50.0, "bolt": 100.0}

    def test_an_irrelevant_late_bid_changes_nothing(self, evaluate):
        files = one(
            self.SCORE, method="requirements: {r: {fact: received, at_most: tender.deadline}}\n"
        )
        files["tender.yaml"] = "deadline: 2026-03-31T17:00:00Z\n"
        files |= bid("acme", x=20, received="2026-03-30T17:00:00Z")
        files |= bid("bolt", x=40, received="2026-03-30T17:00:00Z")
        before = evaluate(files).points("g.x")
        files |= bid("core", x=1, received="2026-03-31T17:00:01Z")
        assert evaluate(files).points("g.x") == before


class TestRule4Ranks:
    def test_ranks_are_standard_competition_ranks(self, evaluate):
        files = one("{method: points}")
        for vendor, x in {"acme": 90, "bolt": 80, "core": 80, "dart": 70}.items():
            files |= bid(vendor, x=x)
        assert evaluate(files).column("rank") == {"acme": 1, "bolt": 2, "core": 2, "dart": 4}

    def test_those_put_out_take_no_rank(self, evaluate):
        files = one("{method: points}", leaf="minimum: 10", method="rounding: {total: 0}\n")
        files |= bid("acme", x=9) | bid("bolt", x=80) | bid("core", x=70)
        assert evaluate(files).column("rank") == {"bolt": 1, "core": 2, "acme": None}

    def test_the_order_and_names_of_files_change_nothing(self, evaluate):
        facts = [("acme", 50), ("bolt", 50), ("core", 60)]
        results = []
        for order in itertools.permutations(facts):
            files = one("{method: ratio_to_best, better: high}")
            for n, (vendor, x) in enumerate(order):
                files[f"bids/{n}.yaml"] = f"vendor: {{id: {vendor}}}\nx: {x}\n"
            results.append(evaluate(files)["lots"])
        assert all(each == results[0] for each in results)


class TestRule5Lateness:
    def test_lateness_eliminates_through_a_requirement_only(self, evaluate):
        files = one("{method: points}") | bid("acme", x=5, received="2026-04-30T17:00:00Z")
        files["tender.yaml"] = "deadline: 2026-03-31T17:00:00Z\n"
        result = evaluate(files)
        assert result.column("outcome") == {"acme": "advanced"}
        assert any(each["file"] == "tender.yaml" for each in result["warnings"])

    def test_a_deadline_that_a_requirement_names_is_no_warning(self, evaluate):
        files = one(
            "{method: points}",
            method="requirements: {r: {fact: received, at_most: tender.deadline}}\n",
        )
        files |= bid("acme", x=5, received="2026-03-30T17:00:00Z")
        files["tender.yaml"] = "deadline: 2026-03-31T17:00:00Z\n"
        assert evaluate(files)["warnings"] == []


class TestRule6MissingAndWrong:
    @pytest.mark.parametrize("x", ["null", "~", ""])
    def test_a_null_fact_is_missing(self, evaluate, x):
        result = evaluate(one("{method: points}") | bid("acme", x=x))
        assert result.node("acme", "g.x")["value"] is None
        assert "missing-fact" in result.codes

    def test_a_wrong_type_is_an_error_in_any_live_bid(self, problems):
        files = one("{method: points}", method="requirements: {r: {fact: ok, is: true}}\n")
        files |= bid("acme", x=5, ok="true") | bid("bolt", x="many", ok="false")
        assert problems(files)[0]["file"] == "bids/bolt.yaml"

    @pytest.mark.parametrize("gone", ["withdrawn: true", "superseded"])
    def test_a_wrong_type_in_a_bid_that_is_not_live_is_no_error(self, evaluate, gone):
        files = one("{method: points}") | bid("bolt", x=5)
        files["bids/a1.yaml"] = "vendor: {id: acme}\nx: many\n"
        if gone == "superseded":
            files["bids/a2.yaml"] = "vendor: {id: acme}\nx: 4\nsupersedes: a1\n"
        else:
            files["bids/a1.yaml"] += f"{gone}\n"
        assert evaluate(files).lot()["winner"] == "bolt"

    @pytest.mark.parametrize(
        ("score", "leaf", "x"),
        [
            ("{method: lookup, points: {AA: 80}}", "", "B"),
            ("{method: points, out_of: 10}", "", "11"),
            ("{method: ratio_to_best, better: low}", "", "0"),
            ("{method: linear, worst: 0, best: 1}", "missing: error", "null"),
            ("{method: per_item, tiers: {city: 20}}", "", "[national]"),
        ],
    )
    def test_what_only_scoring_can_judge_is_an_error_where_the_points_are_needed(
        self, evaluate, problems, score, leaf, x
    ):
        files = one(score, leaf, method="requirements: {r: {fact: ok, is: true}}\n")
        assert evaluate(files | bid("acme", x=x, ok="false")).column("outcome") == {
            "acme": "eliminated"
        }
        assert problems(files | bid("acme", x=x, ok="true"))

    def test_of_a_later_round_it_is_no_error_for_those_who_do_not_reach_it(self, evaluate):
        files = {
            "criteria/method.yaml": """
                rounds:
                  - {id: one, criteria: [q], advance: {minimum: 50}}
                  - {id: two, criteria: [g]}
                """,
            "criteria/q.yaml": """
                id: q
                weight: 100
                criteria: [{id: y, weight: 100, fact: y, score: {method: points}}]
                """,
        } | one("{method: lookup, points: {AA: 80}}")
        files |= bid("acme", x="AA", y=90) | bid("bolt", x="B", y=10)
        assert evaluate(files).lot()["shortlist"] == ["acme"]


class TestRule7Dates:
    DUE = "2026-03-31T17:00:00+08:00"

    @pytest.mark.parametrize(
        ("received", "met"),
        [
            ("2026-03-31T17:00:00+08:00", True),
            ("2026-03-31T17:00:00.000+08:00", True),
            ("2026-03-31T09:00:00Z", True),
            ("2026-03-31T17:00:00.001+08:00", False),
            ("2026-03-31T09:00:01Z", False),
            ("2026-03-31T17:30:00+09:00", True),
            ("2026-03-31 17:00:00+08:00", True),
            ("'2026-03-31T17:00:00+08:00'", True),
        ],
    )
    def test_at_most_includes_the_very_second(self, evaluate, received, met):
        files = one(
            "{method: points}",
            method="requirements: {r: {fact: received, at_most: tender.deadline}}\n",
        )
        files["tender.yaml"] = f"deadline: {self.DUE}\n"
        result = evaluate(files | bid("acme", x=5, received=received))
        assert result.column("outcome") == {"acme": "advanced" if met else "eliminated"}

    def test_json_texts_are_dates_where_dates_are_needed(self, evaluate):
        files = one(
            "{method: points}",
            method="""\
                requirements:
                  r: {fact: received, at_most: tender.deadline}
                  s: {fact: founded, at_most: 2020-01-01}
                """,
        )
        files["tender.yaml"] = f"deadline: {self.DUE}\n"
        files["bids/acme.json"] = (
            '{"vendor": {"id": "acme"}, "x": 5, "founded": "2019-12-31",'
            ' "received": "2026-03-31T17:00:00+08:00"}'
        )
        assert evaluate(files).column("outcome") == {"acme": "advanced"}

    def test_a_plain_date_does_not_compare_with_an_instant(self, requirement_problems):
        found = requirement_problems(
            "fact: x, at_most: tender.deadline", tender=f"deadline: {self.DUE}\n", acme="2026-03-31"
        )
        assert ("bids/acme.yaml", 2) in [(each["file"], each["line"]) for each in found]

    @pytest.mark.parametrize(
        "x", ["2026-03-31T17:00:00", "2026-03-31 17:00:00", "2026-03-31 17:00"]
    )
    def test_a_time_of_day_needs_a_zone(self, requirement_problems, x):
        found = requirement_problems(
            "fact: x, at_most: tender.deadline", tender=f"deadline: {self.DUE}\n", acme=x
        )
        assert ("bids/acme.yaml", 2) in [(each["file"], each["line"]) for each in found]

    @pytest.mark.parametrize("x", ["2026-02-30", "2026-13-01", "2026-3-1"])
    def test_a_day_that_does_not_exist_is_no_date(self, requirement_problems, x):
        assert requirement_problems("fact: x, at_most: 2026-12-31", acme=x)
