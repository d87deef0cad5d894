"""Section 1.4: `only_if`."""

LINEAR = "score: {method: linear, worst: 0, best: 10}"


def group(text, **bids):
    files = {"criteria/g.yaml": text}
    return files | {f"bids/{vendor}.yaml": facts for vendor, facts in bids.items()}


def bid(vendor, facts=""):
    return f"vendor: {{id: {vendor}}}\n{facts}"


class TestOnlyIf:
    def test_where_it_does_not_hold_the_node_has_0_points_and_no_value(self, evaluate):
        files = group(
            f"""
            id: g
            weight: 100
            criteria:
              - id: x
                weight: 100
                fact: x
                only_if: {{fact: certified, is: true}}
                {LINEAR}
            """,
            acme=bid("acme", "x: 8\ncertified: true\n"),
            bolt=bid("bolt", "x: 8\ncertified: false\n"),
            core=bid("core", "x: 8\n"),
        )
        result = evaluate(files)
        assert result.points("g.x") == {"acme": 80.0, "bolt": 0.0, "core": 0.0}
        assert [result.node(v, "g.x")["value"] for v in ("acme", "bolt", "core")] == [8, None, None]

    def test_it_takes_an_expr_too(self, evaluate):
        files = group(
            f"""
            id: g
            weight: 100
            criteria:
              - {{id: x, weight: 100, fact: x, only_if: {{expr: "bid.y > 1"}}, {LINEAR}}}
            """,
            acme=bid("acme", "x: 8\ny: 2\n"),
            bolt=bid("bolt", "x: 8\ny: 1\n"),
        )
        assert evaluate(files).points("g.x") == {"acme": 80.0, "bolt": 0.0}

    def test_it_may_ask_for_absence(self, evaluate):
        files = group(
            f"""
            id: g
            weight: 100
            criteria:
              - {{id: x, weight: 100, fact: x, only_if: {{fact: y, present: false}}, {LINEAR}}}
            """,
            acme=bid("acme", "x: 8\n"),
            bolt=bid("bolt", "x: 8\ny: 1\n"),
        )
        assert evaluate(files).points("g.x") == {"acme": 80.0, "bolt": 0.0}

    def test_neither_missing_nor_minimum_of_what_is_under_it_applies(self, evaluate):
        files = group(
            f"""
            id: g
            weight: 100
            criteria:
              - id: local
                weight: 50
                minimum: 10
                only_if: {{fact: local, is: true}}
                criteria:
                  - {{id: a, weight: 50, fact: a, missing: eliminate, {LINEAR}}}
                  - {{id: b, weight: 25, fact: b, missing: error, {LINEAR}}}
                  - {{id: c, weight: 25, fact: c, minimum: 50, {LINEAR}}}
              - {{id: x, weight: 50, fact: x, {LINEAR}}}
            """,
            acme=bid("acme", "local: false\nx: 8\nc: 1\n"),
        )
        result = evaluate(files)
        assert result.column("outcome") == {"acme": "advanced"}
        assert result.column("total") == {"acme": 40.0}
        assert result.bids()["acme"]["reasons"] == []
        assert "missing-fact" not in result.codes

    def test_the_bid_is_out_of_the_references_under_it(self, evaluate):
        files = group(
            """
            id: g
            weight: 100
            criteria:
              - id: x
                weight: 100
                fact: x
                only_if: {fact: certified, is: true}
                score: {method: ratio_to_best, better: low}
            """,
            acme=bid("acme", "x: 20\ncertified: true\n"),
            bolt=bid("bolt", "x: 40\ncertified: true\n"),
            core=bid("core", "x: 10\ncertified: false\n"),
        )
        assert evaluate(files).points("g.x") == {"acme": 100.0, "bolt": 50.0, "core": 0.0}

    def test_it_may_stand_on_the_group(self, evaluate):
        files = group(
            f"""
            id: g
            weight: 100
            only_if: {{fact: certified, is: true}}
            criteria:
              - {{id: x, weight: 100, fact: x, {LINEAR}}}
            """,
            acme=bid("acme", "x: 8\ncertified: true\n"),
            bolt=bid("bolt", "x: 8\n"),
        )
        assert evaluate(files).column("total") == {"acme": 80.0, "bolt": 0.0}

    def test_explain_says_why_the_points_are_0(self, round_files, run):
        round_files(
            group(
                f"""
                id: g
                weight: 100
                criteria:
                  - id: x
                    weight: 100
                    fact: x
                    only_if: {{fact: certified, is: true}}
                    {LINEAR}
                """,
                acme=bid("acme", "x: 8\ncertified: false\n"),
            )
        )
        assert "certified" in run("explain", "bids", "acme").out

    def test_what_it_needs_it_needs(self, problems):
        """Rule 6: a missing rate is an error where the points of a bid need it."""
        files = group(
            f"""
            id: g
            weight: 100
            criteria:
              - {{id: x, weight: 100, fact: x, only_if: {{expr: "bid.price < 9"}}, {LINEAR}}}
            """,
            acme=bid("acme", "x: 8\nprice: {amount: 5, currency: GBP}\n"),
        )
        files["tender.yaml"] = "currency: CNY\n"
        (found,) = problems(files)
        assert (found["code"], found["file"]) == ("missing-rate", "bids/acme.yaml")

    def test_what_stands_under_a_node_left_out_needs_nothing(self, evaluate):
        files = group(
            f"""
            id: g
            weight: 100
            criteria:
              - id: a
                weight: 100
                only_if: {{fact: y, present: true}}
                criteria:
                  - {{id: x, weight: 100, fact: x, only_if: {{expr: "bid.price < 9"}}, {LINEAR}}}
            """,
            acme=bid("acme", "x: 8\nprice: {amount: 5, currency: GBP}\n"),
        )
        files["tender.yaml"] = "currency: CNY\n"
        assert evaluate(files).points("g.a.x") == {"acme": 0.0}

    def test_a_round_that_waits_needs_to_know_whom_it_waits_for(self, problems):
        files = group(
            """
            id: g
            weight: 100
            criteria:
              - {id: x, weight: 100, only_if: {expr: "bid.price < 9"}, score: {method: panel}}
            """,
            acme=bid("acme", "price: {amount: 5, currency: GBP}\n"),
            bolt=bid("bolt", "price: 5\n"),
        )
        files["tender.yaml"] = "currency: CNY\n"
        assert [(each["code"], each["file"]) for each in problems(files)] == [
            ("missing-rate", "bids/acme.yaml")
        ]

    def test_what_the_lot_does_not_say_needs_no_fact(self, evaluate):
        files = group(
            f"""
            id: g
            weight: 100
            criteria:
              - id: x
                weight: 100
                fact: x
                only_if: {{fact: price, at_most: lot.budget}}
                {LINEAR}
            """,
            acme=bid("acme", "x: 8\nprice: {amount: 5, currency: GBP}\n"),
        )
        files["tender.yaml"] = "currency: CNY\n"
        assert evaluate(files).points("g.x") == {"acme": 0.0}
