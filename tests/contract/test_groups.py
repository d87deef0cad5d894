"""Section 1.4: criteria groups, weights, missing facts, minimums."""

import pytest

LINEAR = "score: {method: linear, worst: 0, best: 10}"


def group(text, **bids):
    files = {"criteria/g.yaml": text}
    return files | {f"bids/{vendor}.yaml": facts for vendor, facts in bids.items()}


def bid(vendor, facts=""):
    return f"vendor: {{id: {vendor}}}\n{facts}"


class TestWeights:
    def test_a_nodes_points_are_the_weighted_mean_of_its_childrens(self, evaluate):
        files = {
            "criteria/method.yaml": "rounding: {criterion: none, total: none}\n",
            "criteria/g.yaml": """
                id: g
                weight: 75
                criteria:
                  - id: inner
                    weight: 40
                    criteria:
                      - {id: a, weight: 25, fact: a, score: {method: points}}
                      - {id: b, weight: 75, fact: b, score: {method: points}}
                  - {id: c, weight: 60, fact: c, score: {method: points}}
                """,
            "criteria/h.yaml": """
                id: h
                weight: 25
                criteria:
                  - {id: d, weight: 100, fact: d, score: {method: points}}
                """,
            "bids/acme.yaml": bid("acme", "a: 80\nb: 40\nc: 10\nd: 60\n"),
        }
        row = evaluate(files).bids()["acme"]
        points = {each["id"]: each["points"] for each in row["criteria"]}
        # inner: 0.25 x 80 + 0.75 x 40 = 50; g: 0.4 x 50 + 0.6 x 10 = 26; 0.75 x 26 + 0.25 x 60
        assert points == {
            "g": 26.0,
            "g.inner": 50.0,
            "g.inner.a": 80.0,
            "g.inner.b": 40.0,
            "g.c": 10.0,
            "h": 60.0,
            "h.d": 60.0,
        }
        assert row["total"] == 34.5

    def test_siblings_add_up_to_100(self, problems):
        found = problems(
            group(
                f"""
                id: g
                weight: 100
                criteria:
                  - {{id: a, weight: 60, fact: a, {LINEAR}}}
                  - {{id: b, weight: 35, fact: a, {LINEAR}}}
                """,
                acme=bid("acme", "a: 1\n"),
            )
        )
        (sums,) = [each for each in found if each["code"] == "weight-sum"]
        assert "95" in sums["message"]
        assert sums["file"] == "criteria/g.yaml"
        assert sums["line"] in {3, 4, 5, 6}

    def test_the_groups_of_a_round_add_up_to_100_and_the_error_names_the_files(
        self, round_files, run
    ):
        text = f"weight: 45\ncriteria: [{{id: a, weight: 100, fact: a, {LINEAR}}}]\n"
        round_files(
            {
                "criteria/g.yaml": f"id: g\n{text}",
                "criteria/h.yaml": f"id: h\n{text}",
                "bids/acme.yaml": bid("acme", "a: 1\n"),
            }
        )
        done = run("evaluate", "bids")
        assert done.code == 1
        assert "error[weight-sum]" in done.err
        assert "90" in done.err
        assert "criteria/g.yaml:2" in done.err
        assert "criteria/h.yaml:2" in done.err

    def test_a_rounds_groups_add_up_to_100_whatever_is_carried_over(self, problems):
        leaf = f"criteria: [{{id: a, weight: 100, fact: a, {LINEAR}}}]"
        found = problems(
            {
                "criteria/method.yaml": """
                    rounds:
                      - {id: one, criteria: [g]}
                      - {id: two, criteria: [h], carry_over: {one: 60}}
                    """,
                "criteria/g.yaml": f"id: g\nweight: 100\n{leaf}\n",
                "criteria/h.yaml": f"id: h\nweight: 40\n{leaf}\n",
                "bids/acme.yaml": bid("acme", "a: 1\n"),
            }
        )
        assert "weight-sum" in [each["code"] for each in found]

    def test_weights_are_decimals_that_add_up_exactly(self, evaluate):
        files = group(
            f"""
            id: g
            weight: 100
            criteria:
              - {{id: a, weight: 33.3, fact: a, {LINEAR}}}
              - {{id: b, weight: 33.3, fact: a, {LINEAR}}}
              - {{id: c, weight: 33.4, fact: a, {LINEAR}}}
            """,
            acme=bid("acme", "a: 5\n"),
        )
        assert evaluate(files).column("total") == {"acme": 50.0}

    @pytest.mark.parametrize("weight", ["33.33", "33.3300000000000001"])
    def test_weights_that_almost_add_up_do_not(self, problems, weight):
        found = problems(
            group(
                f"""
                id: g
                weight: 100
                criteria:
                  - {{id: a, weight: 33.33, fact: a, {LINEAR}}}
                  - {{id: b, weight: 33.33, fact: a, {LINEAR}}}
                  - {{id: c, weight: {weight}, fact: a, {LINEAR}}}
                """,
                acme=bid("acme", "a: 5\n"),
            )
        )
        assert "weight-sum" in [each["code"] for each in found]

    def test_relative_weights_lift_the_sums(self, evaluate):
        files = {
            "criteria/method.yaml": "weights: relative\n",
            "criteria/g.yaml": f"""
                id: g
                weight: 1
                criteria:
                  - {{id: a, weight: 2, fact: a, {LINEAR}}}
                  - {{id: b, weight: 6, fact: b, {LINEAR}}}
                """,
            "criteria/h.yaml": f"""
                id: h
                weight: 4
                criteria: [{{id: c, weight: 7, fact: a, {LINEAR}}}]
                """,
            "bids/acme.yaml": bid("acme", "a: 10\nb: 2\n"),
        }
        # g: 1/4 x 100 + 3/4 x 20 = 40; total: 1/5 x 40 + 4/5 x 100
        result = evaluate(files)
        assert result.points("g") == {"acme": 40.0}
        assert result.column("total") == {"acme": 88.0}

    @pytest.mark.parametrize("weights", [("-10", "110"), ("0", "0"), ("heavy", "100")])
    def test_weights_are_0_or_more_with_a_sum_above_0(self, problems, weights):
        files = group(
            f"""
            id: g
            weight: 100
            criteria:
              - {{id: a, weight: {weights[0]}, fact: a, {LINEAR}}}
              - {{id: b, weight: {weights[1]}, fact: a, {LINEAR}}}
            """,
            acme=bid("acme", "a: 5\n"),
        )
        files["criteria/method.yaml"] = "weights: relative\n"
        assert problems(files)

    def test_a_weight_of_0_counts_for_nothing(self, evaluate):
        files = group(
            f"""
            id: g
            weight: 100
            criteria:
              - {{id: a, weight: 0, fact: a, {LINEAR}}}
              - {{id: b, weight: 100, fact: b, {LINEAR}}}
            """,
            acme=bid("acme", "a: 5\nb: 7\n"),
        )
        assert evaluate(files).column("total") == {"acme": 70.0}

    def test_criteria_nest_to_any_depth(self, evaluate):
        text = "id: g\nweight: 100\ncriteria:\n"
        for level in range(1, 41):
            pad = "  " * level
            text += f"{pad}- id: n\n{pad}  weight: 100\n{pad}  criteria:\n"
        pad = "  " * 41
        text += f"{pad}- {{id: n, weight: 100, fact: a, {LINEAR}}}\n"
        result = evaluate(group(text, acme=bid("acme", "a: 5\n")))
        assert result.points("g" + ".n" * 41) == {"acme": 50.0}

    def test_a_child_of_a_node_of_one_weight_is_heard_with_its_share(self, evaluate):
        result = evaluate(
            group(
                f"""
                id: g
                weight: 100
                criteria:
                  - id: a
                    weight: 30
                    criteria:
                      - {{id: b, weight: 20, fact: a, {LINEAR}}}
                      - {{id: c, weight: 80, fact: a, {LINEAR}}}
                  - {{id: d, weight: 70, fact: a, {LINEAR}}}
                """,
                acme=bid("acme", "a: 10\n"),
            )
        )
        shares = {e["id"]: e["contribution"] for e in result.bids()["acme"]["criteria"]}
        assert shares == {"g": 100.0, "g.a": 30.0, "g.a.b": 6.0, "g.a.c": 24.0, "g.d": 70.0}


class TestLeaves:
    @pytest.mark.parametrize(
        "leaf",
        [
            f"fact: a, expr: bid.a, {LINEAR}",
            LINEAR,
            "fact: a, score: {method: panel, scale: [0, 5]}",
            "expr: '1', score: {method: panel, scale: [0, 5]}",
        ],
        ids=["both", "neither", "panel with fact", "panel with expr"],
    )
    def test_a_leaf_has_exactly_one_of_fact_and_expr_and_a_panel_leaf_neither(self, problems, leaf):
        text = f"id: g\nweight: 100\ncriteria:\n  - {{id: x, weight: 100, {leaf}}}\n"
        found = problems(group(text, acme=bid("acme", "a: 1\n")))
        assert (found[0]["file"], found[0]["line"]) == ("criteria/g.yaml", 4)

    def test_an_expr_gives_the_value(self, evaluate):
        files = group(
            """
            id: finances
            weight: 100
            criteria:
              - id: debt
                weight: 100
                expr: bid.finances.liabilities / bid.finances.assets
                score:
                  method: bands
                  bands: [{at_most: 0.4, points: 100}, {at_most: 0.6, points: 60}]
                  otherwise: 0
            """,
            acme=bid("acme", "finances: {assets: 60_000_000, liabilities: 24_000_000}\n"),
            bolt=bid("bolt", "finances: {assets: 60_000_000, liabilities: 24_000_001}\n"),
            core=bid("core", "finances: {assets: 10, liabilities: 6.0001}\n"),
        )
        result = evaluate(files)
        assert result.points("finances.debt") == {"acme": 100.0, "bolt": 60.0, "core": 0.0}
        assert result.node("acme", "finances.debt")["value"] == 0.4

    def test_an_unknown_key_is_an_error_with_a_suggestion(self, problems, says):
        text = f"id: g\nweight: 100\ncriteria:\n  - {{id: x, wieght: 100, fact: a, {LINEAR}}}\n"
        found = problems(group(text, acme=bid("acme", "a: 1\n")))
        assert says(found, "wieght", "weight")


class TestMissing:
    def test_a_missing_fact_is_0_points_with_a_warning_and_not_the_value_0(self, scored):
        result = scored("{method: linear, worst: 10, best: 0}", acme="0", bolt=None)
        assert result.points("g.x") == {"acme": 100.0, "bolt": 0.0}
        assert result.node("bolt", "g.x")["value"] is None
        assert result.bids()["bolt"]["outcome"] == "advanced"
        (warning,) = result["warnings"]
        assert warning["code"] == "missing-fact"
        assert warning["file"] == "bids/bolt.yaml"

    def test_missing_eliminate_puts_the_bid_out_for_its_criterion(self, scored):
        result = scored(
            "{method: linear, worst: 0, best: 10}", leaf="missing: eliminate", acme="5", bolt=None
        )
        assert result.column("outcome") == {"acme": "advanced", "bolt": "eliminated"}
        assert result.reasons("bolt") == ["criterion g.x"]
        assert result.bids()["bolt"]["rank"] is None
        assert result.bids()["bolt"]["total"] == 0.0
        assert result.points("g.x") == {"acme": 50.0, "bolt": 0.0}

    def test_missing_error_is_an_error(self, score_problems):
        found = score_problems(
            "{method: linear, worst: 0, best: 10}", leaf="missing: error", acme="5", bolt=None
        )
        assert any("bolt" in (each["file"] + each["message"]) for each in found)

    def test_another_word_for_missing_is_an_error(self, score_problems):
        assert score_problems(
            "{method: linear, worst: 0, best: 10}", leaf="missing: ignore", acme="5"
        )


class TestMinimum:
    def test_under_the_minimum_a_bid_is_eliminated_and_keeps_points_and_total(self, scored):
        result = scored(
            "{method: linear, worst: 0, best: 10}", leaf="minimum: 20", acme="2", bolt="1.9"
        )
        assert result.column("outcome") == {"acme": "advanced", "bolt": "eliminated"}
        assert result.column("rank") == {"acme": 1, "bolt": None}
        assert result.column("total") == {"acme": 20.0, "bolt": 19.0}
        assert result.reasons("bolt") == ["criterion g.x"]

    def test_a_minimum_compares_the_rounded_points(self, scored):
        result = scored(
            "{method: linear, worst: 0, best: 100}",
            leaf="minimum: 90",
            acme="89.995",
            bolt="89.9949",
        )
        assert result.column("outcome") == {"acme": "advanced", "bolt": "eliminated"}
        assert result.points("g.x") == {"acme": 90.0, "bolt": 89.99}

    def test_a_minimum_stands_on_any_node(self, evaluate):
        files = group(
            f"""
            id: g
            weight: 100
            minimum: 50
            criteria:
              - {{id: a, weight: 50, fact: a, {LINEAR}}}
              - {{id: b, weight: 50, fact: b, {LINEAR}}}
            """,
            acme=bid("acme", "a: 0\nb: 10\n"),
            bolt=bid("bolt", "a: 0\nb: 9.9\n"),
        )
        result = evaluate(files)
        assert result.column("outcome") == {"acme": "advanced", "bolt": "eliminated"}
        assert result.reasons("bolt") == ["criterion g"]

    def test_an_inner_nodes_points_are_rounded_for_its_minimum_as_a_criterions_are(self, evaluate):
        text = """
            id: g
            weight: 100
            criteria:
              - id: n
                weight: 100
                minimum: 33.34
                criteria:
                  - {id: a, weight: 1, fact: a, score: {method: points}}
                  - {id: b, weight: 99, fact: b, score: {method: points}}
            """
        # acme: 0.335 + 33.0066 = 33.3416 -> 33.34
        files = group(
            text,
            acme=bid("acme", "a: 33.5\nb: 33.34\n"),
            bolt=bid("bolt", "a: 33.84\nb: 33.33\n"),
            core=bid("core", "a: 33.5\nb: 33.33\n"),
        )
        # bolt: 0.3384 + 32.9967 = 33.3351 -> 33.34; core: 0.335 + 32.9967 = 33.3317 -> 33.33
        outcomes = evaluate(files).column("outcome")
        assert outcomes == {"acme": "advanced", "bolt": "advanced", "core": "eliminated"}

    @pytest.mark.parametrize("minimum", ["101", "-1", "high"])
    def test_a_minimum_is_points(self, score_problems, minimum):
        assert score_problems(
            "{method: linear, worst: 0, best: 10}", leaf=f"minimum: {minimum}", acme="5"
        )
