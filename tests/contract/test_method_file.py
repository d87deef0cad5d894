"""Section 1.8: method.yaml: its defaults, rounding, rounds and carry-over."""

import pytest


def group(name, fact, weight=100, score="{method: points}"):
    return (
        f"id: {name}\nweight: {weight}\ncriteria:\n"
        f"  - {{id: {fact}, weight: 100, fact: {fact}, score: {score}}}\n"
    )


def bids(**facts):
    """Bids from one line each: `acme="x: 5, y: 3"`."""
    return {
        f"bids/{vendor}.yaml": f"vendor: {{id: {vendor}}}\n" + text.replace(", ", "\n") + "\n"
        for vendor, text in facts.items()
    }


class TestDefaults:
    def test_without_rounds_there_is_one_round_all_of_all_groups_and_requirements(self, evaluate):
        result = evaluate(
            {
                "criteria/method.yaml": "requirements: {r: {fact: x, at_least: 50}}\n",
                "criteria/a.yaml": group("a", "x", 60),
                "criteria/b.yaml": group("b", "y", 40),
            }
            | bids(acme="x: 50, y: 80", bolt="x: 49, y: 100")
        )
        assert [each["id"] for each in result.lot()["rounds"]] == ["all"]
        assert result.column("total") == {"acme": 62.0, "bolt": None}

    def test_rounding_is_2_and_2_unless_given(self, evaluate):
        files = {"criteria/g.yaml": group("g", "x", score="{method: points, out_of: 3}")}
        result = evaluate(files | bids(acme="x: 2"))
        assert result.points("g.x") == {"acme": 66.67}
        assert result.column("total") == {"acme": 66.67}

    def test_everyone_advances_unless_given(self, evaluate):
        files = {"criteria/g.yaml": group("g", "x")}
        result = evaluate(files | bids(acme="x: 0", bolt="x: 100", core="x: 0"))
        assert set(result.column("outcome").values()) == {"advanced"}

    def test_ties_stand_unless_broken(self, evaluate):
        files = {"criteria/g.yaml": group("g", "x")}
        result = evaluate(files | bids(bolt="x: 7\nprice: 1", acme="x: 7\nprice: 2"))
        assert result.column("rank") == {"acme": 1, "bolt": 1}
        assert result.lot()["tie"] == ["acme", "bolt"]

    def test_a_group_that_no_round_names_is_a_warning(self, evaluate):
        files = {
            "criteria/method.yaml": "rounds: [{id: one, criteria: [g]}]\n",
            "criteria/g.yaml": group("g", "x"),
            "criteria/spare.yaml": group("spare", "x"),
        }
        result = evaluate(files | bids(acme="x: 7"))
        assert [each["file"] for each in result["warnings"]] == ["criteria/spare.yaml"]
        assert "spare" in result["warnings"][0]["message"]


class TestRounding:
    FILES = {
        "criteria/g.yaml": """
            id: g
            weight: 100
            criteria:
              - {id: x, weight: 50, fact: x, score: {method: points, out_of: 3}}
              - {id: y, weight: 50, fact: y, score: {method: points, out_of: 3}}
            """
    } | bids(acme="x: 1, y: 2")

    @pytest.mark.parametrize(
        ("rounding", "x", "y", "total"),
        [
            ("{criterion: 2, total: 2}", 33.33, 66.67, 50.0),
            ("{criterion: 0, total: 1}", 33.0, 67.0, 50.0),
            ("{criterion: 1, total: 0}", 33.3, 66.7, 50.0),
            ("{criterion: none, total: none}", 100 / 3, 200 / 3, 50.0),
            ("{criterion: 4}", 33.3333, 66.6667, 50.0),
        ],
    )
    def test_rounding_is_decimals_or_none(self, evaluate, rounding, x, y, total):
        files = self.FILES | {"criteria/method.yaml": f"rounding: {rounding}\n"}
        result = evaluate(files)
        assert result.points("g.x") == {"acme": x}
        assert result.points("g.y") == {"acme": y}
        assert result.column("total") == {"acme": total}

    @pytest.mark.parametrize("rounding", ["{criterion: -1}", "{criterion: 1.5}", "{total: some}"])
    def test_other_rounding_is_an_error(self, problems, rounding):
        files = self.FILES | {"criteria/method.yaml": f"rounding: {rounding}\n"}
        assert problems(files)[0]["file"] == "criteria/method.yaml"

    def test_contribution_rounds_points_times_share_and_the_total_is_their_sum(self, evaluate):
        files = {
            "criteria/method.yaml": "rounding: {contribution: 1}\n",
            "criteria/g.yaml": """
                id: g
                weight: 100
                criteria:
                  - {id: x, weight: 33.3, fact: x, score: {method: points}}
                  - {id: y, weight: 33.3, fact: x, score: {method: points}}
                  - {id: z, weight: 33.4, fact: x, score: {method: points}}
                """,
        }
        result = evaluate(files | bids(acme="x: 50"))
        # 16.65 -> 16.7 twice, 16.70: the sum is 50.1, not 50
        shares = [each["contribution"] for each in result.bids()["acme"]["criteria"]]
        assert shares == [50.1, 16.7, 16.7, 16.7]
        assert result.column("total") == {"acme": 50.1}


class TestRounds:
    FILES = {
        "criteria/method.yaml": """
            rounds:
              - {id: one, criteria: [g], advance: {at_most: 2}}
              - {id: two, criteria: [h], carry_over: {one: 60}}
            """,
        "criteria/g.yaml": group("g", "x"),
        "criteria/h.yaml": group("h", "y"),
    } | bids(acme="x: 80, y: 50", bolt="x: 60, y: 90", core="x: 10, y: 100")

    def test_carry_over_is_the_percent_that_the_earlier_total_is(self, evaluate):
        result = evaluate(self.FILES)
        # 0.4 x 50 + 0.6 x 80; 0.4 x 90 + 0.6 x 60
        assert result.column("total", "two") == {"acme": 68.0, "bolt": 72.0}
        assert result.column("carried", "two") == {"acme": {"one": 80.0}, "bolt": {"one": 60.0}}
        assert result.column("carried", "one") == {"acme": {}, "bolt": {}, "core": {}}
        assert result.lot()["shortlist"] == ["bolt", "acme"]

    def test_carry_over_takes_the_published_total(self, evaluate):
        files = self.FILES | bids(acme="x: 33.335, y: 0", bolt="x: 0, y: 0")
        files["criteria/method.yaml"] = """
            rounding: {criterion: none, total: 2}
            rounds:
              - {id: one, criteria: [g]}
              - {id: two, criteria: [h], carry_over: {one: 50}}
            """
        result = evaluate(files)
        # 33.335 is published as 33.34: half of that is 16.67, not 16.6675
        assert result.bids("two")["acme"]["total"] == 16.67
        files["criteria/method.yaml"] = files["criteria/method.yaml"].replace(
            "total: 2", "total: 1"
        )
        # 33.335 is published as 33.3: half of that is 16.65, published as 16.7
        assert evaluate(files).bids("two")["acme"]["total"] == 16.7

    def test_two_earlier_rounds_may_be_carried_over(self, evaluate):
        files = self.FILES | {
            "criteria/method.yaml": """
                rounds:
                  - {id: one, criteria: [g]}
                  - {id: two, criteria: [h]}
                  - {id: three, criteria: [i], carry_over: {one: 20, two: 30}}
                """,
            "criteria/i.yaml": group("i", "z"),
        }
        files |= bids(
            acme="x: 80, y: 50, z: 10", bolt="x: 60, y: 90, z: 1", core="x: 1, y: 1, z: 0"
        )
        result = evaluate(files)
        # 0.5 x 10 + 0.2 x 80 + 0.3 x 50
        assert result.bids("three")["acme"]["total"] == 36.0
        assert result.bids("three")["acme"]["carried"] == {"one": 80.0, "two": 50.0}

    def test_contributions_are_to_the_rounds_own_total(self, evaluate):
        rows = evaluate(self.FILES).bids("two")["acme"]["criteria"]
        assert [(each["id"], each["contribution"]) for each in rows] == [("h", 50.0), ("h.y", 50.0)]

    def test_only_those_who_advanced_reach_the_next_round(self, evaluate):
        result = evaluate(self.FILES)
        assert list(result.bids("one")) == ["acme", "bolt", "core"]
        assert result.column("outcome", "one")["core"] == "not_advanced"
        assert list(result.bids("two")) == ["bolt", "acme"]

    @pytest.mark.parametrize(
        "method",
        [
            "rounds: [{id: one, criteria: [nothing]}]",
            "rounds: [{id: one, criteria: [g, h], requirements: [nothing]}]",
            "rounds: [{id: one, criteria: [g]}, {id: one, criteria: [h]}]",
            "rounds: [{id: one, criteria: [g]}, {id: two, criteria: [h], carry_over: {zero: 5}}]",
            "rounds: [{id: one, criteria: [g], carry_over: {two: 5}}, {id: two, criteria: [h]}]",
            "rounds: [{id: one, criteria: [g], carry_over: {one: 5}}]",
            "rounds: [{id: one, criteria: [g]}, {id: two, criteria: [h], carry_over: {one: 101}}]",
            "rounds: [{id: one, criteria: [g]}, {id: two, criteria: [h], carry_over: {one: -1}}]",
            "rounds: [{id: one, criteria: [g], advance: {at_most: 0.5}}]",
            "rounds: [{id: one, criteria: [g], advance: {atmost: 1}}]",
            "rounds: [{criteria: [g]}]",
            "tie_break: [nothing]",
            "tie_break: [g.nothing]",
            "minimum_bids: few",
            "weights: absolute",
            "rouns: []",
        ],
    )
    def test_what_does_not_hold_together_is_an_error(self, problems, method):
        files = self.FILES | {"criteria/method.yaml": f"{method}\n"}
        assert "criteria/method.yaml" in [each["file"] for each in problems(files)]
