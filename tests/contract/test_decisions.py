"""Section 1.10: what people decided, kind by kind."""

import pytest

from contract.decided import BIDS, CRITERIA, LOTS, METHOD, decided, entry, kinds, panel


def acting(result, name=None, lot=None):
    """The kinds of decisions by vendor, as the rows of a round list them."""
    return {vendor: kinds(row) for vendor, row in result.bids(name, lot).items()}


class TestEliminate:
    OUT = "decide: eliminate, vendor: bolt, round: final"

    def test_the_bid_is_out_of_that_round(self, evaluate):
        result = evaluate(decided(self.OUT))
        assert result.column("outcome", "screening")["bolt"] == "advanced"
        assert result.column("outcome") == {"acme": "advanced", "bolt": "eliminated"}
        assert result.lot()["winner"] == "acme"

    def test_the_reason_is_the_decision(self, evaluate):
        row = evaluate(decided(self.OUT)).bids()["bolt"]
        (reason,) = row["reasons"]
        assert reason["rule"] == "eliminate"
        for words in ("Tender committee", "2026-04-02", "As minuted"):
            assert words in reason["message"]

    def test_it_is_out_as_by_a_requirement(self, evaluate):
        result = evaluate(decided(self.OUT))
        row = result.bids()["bolt"]
        assert (row["criteria"], row["total"], row["rank"]) == ([], None, None)
        # Its 80 is no reference: the lowest admitted price is acme's own.
        assert result.points("price.offer") == {"acme": 100.0}

    def test_without_a_round_it_is_out_of_the_first(self, evaluate):
        result = evaluate(decided("decide: eliminate, vendor: bolt"))
        assert result.column("outcome", "screening")["bolt"] == "eliminated"
        assert list(result.bids("final")) == ["acme"]

    def test_it_is_not_counted_by_minimum_bids(self, evaluate):
        files = decided(
            "decide: eliminate, vendor: bolt", criteria_method=METHOD + "minimum_bids: 2\n"
        )
        outcomes = evaluate(files).column("outcome")
        assert outcomes == {"acme": "not_advanced", "bolt": "eliminated", "cog": "eliminated"}

    def test_a_lot_that_is_named_is_the_only_one(self, evaluate):
        result = evaluate(decided("decide: eliminate, vendor: bolt, lot: east") | LOTS)
        assert result.lot("east")["winner"] == "acme"
        assert result.lot("west")["winner"] == "bolt"

    def test_without_a_lot_it_is_out_of_all(self, evaluate):
        result = evaluate(decided("decide: eliminate, vendor: bolt") | LOTS)
        assert [lot["winner"] for lot in result["lots"]] == ["acme", "acme"]

    def test_what_it_failed_besides_is_said_too(self, evaluate):
        result = evaluate(decided("decide: eliminate, vendor: cog"))
        assert result.reasons("cog", "screening") == ["requirement audited", "rule eliminate"]

    def test_its_row_lists_the_decision_as_it_is_written(self, evaluate):
        result = evaluate(decided(self.OUT))
        assert acting(result) == {"acme": [], "bolt": ["eliminate"]}
        (listed,) = result.bids()["bolt"]["decisions"]
        written = {"decide": "eliminate", "vendor": "bolt", "round": "final"}
        signed = {"by": "Tender committee", "date": "2026-04-02", "reason": "As minuted"}
        assert {key: listed[key] for key in (*written, *signed)} == written | signed


class TestWaive:
    WAIVED = "decide: waive, vendor: cog, requirement: audited"

    def test_the_requirement_counts_as_met(self, evaluate):
        result = evaluate(decided(self.WAIVED))
        assert result.column("outcome", "screening")["cog"] == "advanced"
        assert result.lot()["winner"] == "cog"

    def test_it_counts_for_minimum_bids(self, evaluate):
        files = decided(self.WAIVED, criteria_method=METHOD + "minimum_bids: 3\n")
        assert evaluate(files).lot()["winner"] == "cog"

    def test_a_fact_of_the_wrong_type_is_not_looked_at(self, evaluate):
        bid = "vendor: {id: cog}\naudited: pending\nx: 100\nprice: 50\n"
        assert evaluate(decided(self.WAIVED, bids_cog=bid)).lot()["winner"] == "cog"

    def test_a_missing_fact_is_not_either(self, evaluate):
        bid = "vendor: {id: cog}\nx: 100\nprice: 50\n"
        assert evaluate(decided(self.WAIVED, bids_cog=bid)).lot()["winner"] == "cog"

    def test_other_requirements_still_hold(self, evaluate):
        method = METHOD.replace("is: true}}", "is: true}, rich: {fact: rich, is: true}}")
        method = method.replace("[audited]", "[audited, rich]")
        result = evaluate(decided(self.WAIVED, criteria_method=method))
        assert result.reasons("cog", "screening") == ["requirement rich"]

    def test_its_row_lists_it_where_the_requirement_is_tested(self, evaluate):
        result = evaluate(decided(self.WAIVED))
        assert acting(result, "screening") == {"acme": [], "bolt": [], "cog": ["waive"]}
        assert acting(result)["cog"] == []

    def test_explain_says_that_it_was_waived(self, round_files, run):
        round_files(decided(self.WAIVED))
        (tested,) = run("explain", "bids", "cog", "--format", "json").json["lots"][0]["rounds"][0][
            "requirements"
        ]
        assert tested["state"] == "waived"


class TestCorrect:
    LOWER = "decide: correct, vendor: acme, fact: price, was: 100, value: 40"

    def test_the_corrected_fact_is_scored(self, evaluate):
        result = evaluate(decided(self.LOWER))
        assert result.points("price.offer") == {"acme": 100.0, "bolt": 50.0}
        assert result.node("acme", "price.offer")["value"] == 40
        assert result.bids()["acme"]["price"] == 40

    def test_the_corrected_fact_is_tested(self, evaluate):
        result = evaluate(
            decided("decide: correct, vendor: cog, fact: audited, was: false, value: true")
        )
        assert result.lot()["winner"] == "cog"

    def test_a_fact_that_was_absent_was_null(self, evaluate):
        bid = "vendor: {id: cog}\nx: 100\nprice: 50\n"
        text = "decide: correct, vendor: cog, fact: audited, was: null, value: true"
        assert evaluate(decided(text, bids_cog=bid)).lot()["winner"] == "cog"

    def test_money_is_corrected_with_its_currency(self, evaluate):
        bid = (
            "vendor: {id: acme}\naudited: true\nx: 60\n"
            "price: {amount: 10, currency: USD, breakdown: {labour: 10}}\n"
        )
        text = (
            "decide: correct, vendor: acme, fact: price, was: {amount: 10, currency: USD},"
            " value: {amount: 5, currency: USD}"
        )
        files = decided(text, bids_acme=bid, tender="currency: CNY\n") | {
            "rates.yaml": "- {date: 2026-01-01, from: USD, to: CNY, rate: 8}\n"
        }
        assert evaluate(files).bids()["acme"]["price"] == 40

    def test_an_expression_reads_it(self, evaluate):
        criteria = """
            id: quality
            weight: 50
            criteria: [{id: x, weight: 100, expr: bid.x / 2, score: {method: points}}]
            """
        text = "decide: correct, vendor: acme, fact: x, was: 60, value: 30"
        result = evaluate(decided(text, criteria_quality=criteria))
        assert result.points("quality.x")["acme"] == 15.0

    def test_a_fact_within_another_is_read_with_it(self, evaluate):
        criteria = """
            id: quality
            weight: 50
            criteria: [{id: x, weight: 100, expr: bid.a.b + bid.a.c, score: {method: points}}]
            """
        bid = "vendor: {id: acme}\naudited: true\nprice: 100\na: {b: 10, c: 20}\n"
        text = "decide: correct, vendor: acme, fact: a, was: {c: 20, b: 10}, value: {b: 1, c: 2}"
        other = "vendor: {id: bolt}\naudited: true\nprice: 80\na: {b: 10, c: 20}\n"
        files = decided(text, criteria_quality=criteria, bids_acme=bid, bids_bolt=other)
        assert evaluate(files).points("quality.x") == {"acme": 3.0, "bolt": 30.0}

    def test_the_second_correction_begins_where_the_first_ends(self, evaluate):
        again = "decide: correct, vendor: acme, fact: price, was: 40, value: 20"
        result = evaluate(decided(self.LOWER, again))
        assert result.bids()["acme"]["price"] == 20
        assert kinds(result.bids()["acme"]) == ["correct", "correct"]

    def test_an_offer_is_corrected_in_its_lot(self, evaluate):
        bid = (
            "vendor: {id: acme}\naudited: true\nx: 60\n"
            "offers: {east: {price: 100}, west: {price: 120}}\n"
        )
        result = evaluate(decided(f"{self.LOWER}, lot: east", bids_acme=bid) | LOTS)
        assert result.bids(lot="east")["acme"]["price"] == 40
        assert result.bids(lot="west")["acme"]["price"] == 120

    def test_a_table_is_corrected_alike(self, evaluate):
        files = {k: v for k, v in decided(self.LOWER).items() if not k.startswith("bids/")}
        files["bids.csv"] = "vendor.id,audited,x,price\nacme,true,60,100\nbolt,true,80,80\n"
        assert evaluate(files).points("price.offer") == {"acme": 100.0, "bolt": 50.0}

    def test_money_in_a_table_is_corrected_alike(self, evaluate):
        text = (
            "decide: correct, vendor: acme, fact: price, was: {amount: 100, currency: CNY},"
            " value: 40"
        )
        files = {k: v for k, v in decided(text).items() if not k.startswith("bids/")}
        files["tender.yaml"] = "currency: CNY\n"
        files["bids.csv"] = (
            "vendor.id,audited,x,price.amount,price.currency\nacme,true,60,100,CNY\nbolt,true,80,80,CNY\n"
        )
        assert evaluate(files).points("price.offer") == {"acme": 100.0, "bolt": 50.0}

    def test_explain_names_what_the_bid_said_and_both_places(self, round_files, run):
        round_files(decided(self.LOWER))
        (tree,) = run("explain", "bids", "acme", "--format", "json").json["lots"]
        node = tree["rounds"][-1]["criteria"][-1]
        assert node["id"] == "price.offer"
        assert node["fact_place"]["file"] == "decisions.yaml"
        assert any("100" in note and "bids/acme.yaml:4" in note for note in node["notes"])

    @pytest.mark.parametrize("form", ["table", "markdown", "csv", "json"])
    def test_explain_names_both_places_beside_a_requirement_too(self, round_files, run, form):
        text = "decide: correct, vendor: cog, fact: audited, was: false, value: true"
        round_files(decided(text))
        out = " ".join(run("explain", "bids", "cog", "--format", form).out.split())
        assert "audited was corrected: the bid says false" in out
        assert "bids/cog.yaml:2:10" in out.replace("<!-- -->", "")

    def test_the_rounds_that_read_the_fact_list_it(self, evaluate):
        result = evaluate(decided("decide: correct, vendor: acme, fact: x, was: 60, value: 90"))
        assert acting(result, "screening")["acme"] == []
        assert acting(result)["acme"] == ["correct"]


class TestConsensus:
    AGREED = "decide: consensus, vendor: acme, criterion: panel.x, score: 5"

    def test_it_takes_the_place_of_the_aggregate(self, evaluate):
        result = evaluate(panel() | {"decisions.yaml": entry(self.AGREED)})
        assert result.node("acme", "panel.x")["value"] == 5
        assert result.points("panel.x") == {"acme": 100.0, "bolt": 80.0}
        assert acting(result) == {"acme": ["consensus"], "bolt": []}

    def test_it_is_what_the_aggregate_consensus_waits_for(self, evaluate):
        files = panel("consensus")
        assert evaluate(files).lot()["pending"] == ["final"]
        both = entry(self.AGREED) + entry(self.AGREED.replace("acme", "bolt").replace("5", "3.5"))
        result = evaluate(files | {"decisions.yaml": both})
        assert result.points("panel.x") == {"acme": 100.0, "bolt": 70.0}

    def test_it_counts_as_a_score_where_nobody_scored(self, evaluate):
        files = panel("consensus", "missing: zero", scores={})
        result = evaluate(files | {"decisions.yaml": entry(self.AGREED)})
        assert result.points("panel.x") == {"acme": 100.0, "bolt": 0.0}

    def test_the_scores_stay_beside_it(self, round_files, run):
        round_files(panel() | {"decisions.yaml": entry(self.AGREED)})
        (tree,) = run("explain", "bids", "acme", "--format", "json").json["lots"]
        inputs = tree["rounds"][-1]["criteria"][-1]["inputs"]
        assert {"li": 2, "wu": 4}.items() <= {
            each["name"]: each["value"] for each in inputs
        }.items()

    def test_a_lot_may_have_one_of_its_own(self, evaluate):
        text = entry(f"{self.AGREED}, lot: east")
        result = evaluate(panel() | LOTS | {"decisions.yaml": text})
        assert result.node("acme", "panel.x", lot="east")["value"] == 5
        assert result.node("acme", "panel.x", lot="west")["value"] == 3

    def test_the_later_of_two_counts(self, evaluate):
        text = entry(self.AGREED) + entry(self.AGREED.replace("5", "1"))
        result = evaluate(panel() | {"decisions.yaml": text})
        assert result.node("acme", "panel.x")["value"] == 1
        assert acting(result)["acme"] == ["consensus", "consensus"]


TIED = {"bids/acme.yaml": BIDS["bids/bolt.yaml"].replace("bolt", "acme")}


class TestBreakTie:
    DRAWN = "decide: break_tie, order: [bolt, acme]"

    def test_the_tie_stands_without_it(self, round_files, run):
        round_files(CRITERIA | BIDS | TIED)
        done = run("evaluate", "bids")
        assert done.code == 3
        assert "tie-at-cut" in done.err + done.out

    def test_the_order_ranks_those_that_tie(self, round_files, run):
        round_files(decided(self.DRAWN) | TIED)
        done = run("evaluate", "bids", "--format", "json")
        assert done.code == 0
        assert "tie-at-cut" not in done.err
        (lot,) = done.json["lots"]
        rows = {row["vendor"]: row for row in lot["rounds"][-1]["bids"]}
        assert [(vendor, row["rank"]) for vendor, row in rows.items()] == [("bolt", 1), ("acme", 2)]
        assert rows["acme"]["outcome"] == "not_advanced"
        assert lot["winner"] == "bolt"
        assert [kinds(row) for row in rows.values()] == [["break_tie"], ["break_tie"]]

    def test_ranks_below_stay(self, evaluate):
        bid = "vendor: {id: cog}\naudited: true\nx: 10\nprice: 160\n"
        result = evaluate(decided(f"{self.DRAWN}, round: final", bids_cog=bid) | TIED)
        assert result.column("rank") == {"bolt": 1, "acme": 2, "cog": 3}

    def test_a_lot_that_is_named_is_the_only_one(self, round_files, run):
        round_files(decided(f"{self.DRAWN}, lot: west") | TIED | LOTS)
        east, west = run("evaluate", "bids", "--format", "json").json["lots"]
        assert (east["winner"], east["tie"]) == (None, ["acme", "bolt"])
        assert (west["winner"], west["tie"]) == ("bolt", [])


class TestAccept:
    def test_it_stands_in_the_row(self, evaluate):
        result = evaluate(decided("decide: accept, vendor: bolt, matter: low-price"))
        assert acting(result) == {"bolt": ["accept"], "acme": []}
        assert result.bids()["bolt"]["decisions"][0]["matter"] == "low-price"

    def test_it_changes_no_outcome(self, evaluate):
        with_it = evaluate(decided("decide: accept, vendor: bolt, matter: low-price"))
        without = evaluate(CRITERIA | BIDS)
        assert with_it.column("total") == without.column("total")


class TestFile:
    def test_another_file_may_be_named(self, evaluate):
        files = CRITERIA | BIDS | {"minutes.yaml": entry(TestEliminate.OUT)}
        assert evaluate(files, "--decisions", "minutes.yaml").lot()["winner"] == "acme"

    def test_an_empty_file_decides_nothing(self, evaluate):
        assert evaluate(CRITERIA | BIDS | {"decisions.yaml": "\n"}).lot()["winner"] == "bolt"

    def test_json_has_dates_as_text(self, evaluate):
        text = (
            '[{"decide": "eliminate", "vendor": "bolt", "by": "TC", "date": "2026-04-02",'
            ' "reason": "x"}]'
        )
        assert evaluate(CRITERIA | BIDS | {"decisions.json": text}).lot()["winner"] == "acme"

    def test_rows_without_decisions_have_an_empty_list(self, evaluate):
        assert evaluate(CRITERIA | BIDS).bids()["acme"]["decisions"] == []

    def test_what_was_decided_stands_in_the_whole_result_too(self, evaluate):
        result = evaluate(decided(TestEliminate.OUT))
        assert [each["decide"] for each in result["decisions"]] == ["eliminate"]

    def test_decisions_apply_together(self, evaluate):
        result = evaluate(
            decided(
                "decide: waive, vendor: cog, requirement: audited",
                "decide: correct, vendor: cog, fact: price, was: 50, value: 500",
                "decide: eliminate, vendor: bolt",
            )
        )
        # acme: 60 and 100 points; cog: 100 and 20
        assert result.column("total") == {"acme": 80.0, "cog": 60.0}
