"""Section 1.11: the award over lots, at the command."""

import json

import pytest
from jsonschema import Draft202012Validator

from tenderscore.cli.schemas import SCHEMAS

LOTS = ("web", "app", "ops")
# Points and price by vendor and lot: acme is the best everywhere, bolt close, core far behind.
OFFERS = {
    "acme": {"web": (90, 100), "app": (88, 110), "ops": (86, 120)},
    "bolt": {"web": (85, 90), "app": (84, 80), "ops": (80, 100)},
    "core": {"web": (60, 70), "app": (70, 90), "ops": (50, 60)},
}


def round_of(award="", offers=OFFERS, facts="", **files):
    """A round in which every lot's total is the bid's mark and everybody is on the shortlist."""
    made = {
        "tender.yaml": "currency: EUR\nlots: {web: {}, app: {}, ops: {}}\n"
        + (f"award: {award}\n" if award else ""),
        "criteria/quality.yaml": (
            "id: quality\nweight: 100\ncriteria:\n"
            "  - {id: mark, weight: 100, fact: mark, score: {method: points}}\n"
        ),
    }
    for vendor, by_lot in offers.items():
        lots = "".join(
            f"  {lot}: {{mark: {mark}{f', price: {price}' if price else ''}}}\n"
            for lot, (mark, price) in by_lot.items()
        )
        made[f"bids/{vendor}.yaml"] = f"vendor: {{id: {vendor}}}\n{facts}offers:\n{lots}"
    return made | files


@pytest.fixture
def award(evaluate):
    """The award that a round comes to."""

    def invoke(*args, options=(), **kwargs):
        return evaluate(round_of(*args, **kwargs), *options)["award"]

    return invoke


def costs(award):
    return {each["id"]: (each["cost"], each["lots"]) for each in award["constraints"]}


class TestWithoutRules:
    def test_each_lot_goes_to_its_winner(self, award):
        found = award()
        assert found["lots"] == dict.fromkeys(LOTS, "acme")
        assert (found["status"], found["objective"], found["gap"]) == ("optimal", 264.0, 0)
        assert (found["constraints"], found["clash"]) == ([], [])

    @pytest.mark.parametrize("rules", ["{}", "null"])
    def test_an_award_that_says_nothing_is_none(self, award, rules):
        assert award(rules) == award()

    def test_a_lot_without_a_winner_goes_to_nobody(self, award):
        tie = {vendor: {"web": (90, 100)} for vendor in ("acme", "bolt")}
        assert award(offers=tie)["lots"] == {"web": None, "app": None, "ops": None}


class TestConstraints:
    def test_lots_per_vendor_and_what_it_costs(self, award):
        found = award("{lots_per_vendor: 1}")
        # 90 + 84 + 50 is less than 86 + 85 + 70, and so is every other way.
        assert found["lots"] == {"web": "bolt", "app": "core", "ops": "acme"}
        assert found["objective"] == 241.0
        assert costs(found) == {"lots_per_vendor": (23.0, 0)}

    def test_a_constraint_that_does_not_bind_costs_nothing(self, award):
        assert costs(award("{lots_per_vendor: 3}")) == {"lots_per_vendor": (0.0, 0)}

    def test_a_number_is_every_vendors_capacity(self, award):
        found = award("{value_per_vendor: 210}")
        assert found["lots"] == {"web": "acme", "app": "acme", "ops": "bolt"}
        assert costs(found) == {"value_per_vendor": (6.0, 0)}

    def test_a_fact_of_the_bid_is_its_vendors_capacity(self, award):
        capacity = "finances: {capacity: 210}\n"
        found = award("{value_per_vendor: finances.capacity}", facts=capacity)
        assert found["lots"] == {"web": "acme", "app": "acme", "ops": "bolt"}

    def test_money_converts(self, award):
        rates = "- {date: 2026-01-01, from: USD, to: EUR, rate: 0.5}\n"
        found = award(
            "{value_per_vendor: capacity, budget: {amount: 620, currency: USD}}",
            facts="capacity: {amount: 420, currency: USD}\n",
            **{"rates.yaml": rates},
        )
        assert found["lots"] == {"web": "acme", "app": "acme", "ops": "bolt"}
        assert found["total_price"] == 310

    def test_a_vendor_that_states_no_capacity_gets_nothing_and_is_warned_of(self, evaluate):
        files = round_of("{value_per_vendor: capacity}", facts="capacity: 1000\n")
        files["bids/acme.yaml"] = files["bids/acme.yaml"].replace("capacity: 1000\n", "")
        result = evaluate(files)
        assert result["award"]["lots"] == dict.fromkeys(LOTS, "bolt")
        assert "award-fact" in result.codes

    def test_where_offers_state_different_capacities_the_lowest_counts(self, award):
        files = round_of("{value_per_vendor: capacity}", facts="capacity: 1000\n")
        bid = files["bids/acme.yaml"].replace("web: {", "web: {capacity: 210, ")
        found = award(
            "{value_per_vendor: capacity}", facts="capacity: 1000\n", **{"bids/acme.yaml": bid}
        )
        assert found["lots"] == {"web": "acme", "app": "acme", "ops": "bolt"}

    def test_a_budget_is_for_all_lots_together(self, award):
        found = award("{budget: 290}")
        # 85 + 84 + 86 for 90 + 80 + 120; the 90 of acme's web leave 84 + 80 or 70 + 80.
        assert found["lots"] == {"web": "bolt", "app": "bolt", "ops": "acme"}
        assert found["total_price"] == 290
        assert costs(found) == {"budget": (9.0, 0)}

    def test_what_the_budget_does_not_reach_is_not_awarded(self, award):
        found = award("{budget: 130}")
        assert found["lots"] == {"web": "core", "app": None, "ops": "core"}
        assert costs(found) == {"budget": (154.0, 1)}

    def test_a_budget_may_be_the_tenders(self, award):
        tender = "budget: 290\ncurrency: EUR\nlots: {web: {}, app: {}, ops: {}}\n"
        rules = "award: {budget: tender.budget}\n"
        assert costs(award(**{"tender.yaml": tender + rules})) == {"budget": (9.0, 0)}

    def test_at_least_so_many_vendors(self, award):
        found = award("{vendors: {at_least: 2}}")
        assert found["lots"] == {"web": "acme", "app": "bolt", "ops": "acme"}
        assert costs(found) == {"vendors.at_least": (4.0, 0)}

    def test_at_most_so_many_vendors(self, award):
        found = award("{lots_per_vendor: 2, vendors: {at_most: 1}}")
        assert found["lots"] == {"web": "acme", "app": "acme", "ops": None}
        assert costs(found)["vendors.at_most"] == (82.0, 1)

    def test_incumbents_have_limits_each_and_together(self, award):
        each = award("{incumbents: {vendors: [acme, bolt], lots_per_vendor: 1}}")
        assert each["lots"] == {"web": "bolt", "app": "core", "ops": "acme"}
        together = award("{incumbents: {vendors: [acme], at_most: 1}}")
        assert together["lots"] == {"web": "bolt", "app": "bolt", "ops": "acme"}
        assert costs(together) == {"incumbents.at_most": (9.0, 0)}


class TestObjectives:
    def test_the_least_sum_of_prices(self, award):
        found = award("{objective: price}")
        assert found["lots"] == {"web": "core", "app": "bolt", "ops": "core"}
        assert found["objective"] == 210.0

    def test_a_mix_of_points_and_price_points(self, award):
        found = award("{objective: {points: 70, price: 30}}")
        # web: bolt 0.7 x 85 + 0.3 x 77.78; app: bolt 0.7 x 84 + 0.3 x 100; ops: acme
        # 0.7 x 86 + 0.3 x 50, where bolt has 0.7 x 80 + 0.3 x 60.
        assert found["lots"] == {"web": "acme", "app": "bolt", "ops": "acme"}
        assert found["objective"] == pytest.approx(84 + 88.8 + 75.2)
        assert found["goal"] == {"points": 70, "price": 30}

    def test_a_package_takes_its_percent_off_when_all_of_it_is_awarded(self, award):
        package = "packages: [{vendor: bolt, lots: [web, ops], discount: 50}]"
        found = award(f"{{objective: price, {package}}}")
        assert found["lots"] == dict.fromkeys(LOTS, "bolt")
        assert found["prices"] == {"web": 45, "app": 80, "ops": 50}
        assert [each["awarded"] for each in found["packages"]] == [True]

    def test_of_several_discounts_on_a_lot_the_largest_counts(self, award):
        packages = (
            "packages: [{vendor: bolt, lots: [web, app], discount: 10},"
            " {vendor: bolt, lots: [web, app, ops], discount: 40}]"
        )
        found = award(f"{{objective: price, {packages}}}")
        assert found["prices"] == {"web": 54, "app": 48, "ops": 60}

    def test_a_bid_without_a_price_is_left_out_where_prices_count(self, evaluate):
        offers = {**OFFERS, "acme": {"web": (90, None)}}
        result = evaluate(round_of("{budget: 1000}", offers))
        assert result["award"]["lots"] == dict.fromkeys(LOTS, "bolt")
        assert "award-fact" in result.codes
        assert evaluate(round_of("{lots_per_vendor: 3}", offers))["award"]["lots"]["web"] == "acme"


class TestEquals:
    def test_the_better_rank_decides_then_the_vendors_id(self, award):
        offers = {vendor: dict.fromkeys(LOTS, (80, 100)) for vendor in ("core", "bolt", "acme")}
        found = award("{lots_per_vendor: 1}", offers)
        assert found["lots"] == {"web": "acme", "app": "bolt", "ops": "core"}

    def test_earlier_lots_go_first(self, award):
        offers = {"acme": dict.fromkeys(LOTS, (80, 100)), "bolt": dict.fromkeys(LOTS, (70, 100))}
        found = award("{lots_per_vendor: 2}", offers)
        assert found["lots"] == {"web": "acme", "app": "acme", "ops": "bolt"}

    def test_lots_that_the_id_alone_settles_are_named(self, evaluate, run, round_files):
        offers = {"acme": {"web": (80, 90), "app": (80, 90)}, "bolt": {"web": (80, 90)}}
        files = round_of("{lots_per_vendor: 2}", offers)
        assert evaluate(files)["award"]["by_id"] == ["web"]
        round_files(files)
        assert (
            "settled by the vendors' ids alone, all else being equal: web"
            in run("evaluate", "bids").out
        )


class TestInRankOrder:
    RULES = "{budget: 310, spend: in_rank_order}"

    def test_what_fits_is_awarded_and_what_does_not_is_skipped(self, award):
        # By total: acme 90 web (100), acme 88 app (110), then acme and bolt for ops (120, 100).
        found = award(self.RULES)
        assert found["lots"] == {"web": "acme", "app": "acme", "ops": "bolt"}
        assert (found["spend"], found["total_price"]) == ("in_rank_order", 310)

    def test_the_optimum_stands_beside_it(self, award):
        found = award("{budget: 250, spend: in_rank_order}")
        assert found["lots"] == {"web": "acme", "app": "acme", "ops": None}
        assert found["objective"] == 178.0
        assert found["optimum"]["lots"] == {"web": "acme", "app": "bolt", "ops": "core"}
        assert found["optimum"]["objective"] == 224.0


class TestInfeasible:
    def test_the_constraints_that_clash_are_named(self, award):
        found = award("{vendors: {at_least: 3, at_most: 2}, lots_per_vendor: 3}")
        assert (found["status"], found["objective"], found["gap"]) == ("infeasible", None, None)
        assert found["clash"] == ["vendors.at_least", "vendors.at_most"]
        assert found["lots"] == dict.fromkeys(LOTS)

    def test_the_smallest_set_is_named(self, award):
        found = award("{vendors: {at_least: 4, at_most: 2}, budget: 1}")
        assert found["clash"] == ["vendors.at_least"]

    def test_it_changes_neither_winner_nor_exit_code(self, round_files, run):
        round_files(round_of("{vendors: {at_least: 4}}"))
        done = run("evaluate", "bids", "--format", "json")
        assert done.code == 0
        assert [lot["winner"] for lot in done.json["lots"]] == ["acme"] * 3


class TestLotsThatAreNotThere:
    def test_a_lot_that_waits_for_scores_is_not_awarded_yet(self, award):
        panel = (
            "id: quality\nweight: 100\ncriteria:\n"
            "  - {id: mark, weight: 100, score: {method: panel, scale: [0, 5]}}\n"
        )
        tender = "lots: {web: {}, app: {criteria: panel}, ops: {}}\naward: {lots_per_vendor: 2}\n"
        found = award(**{"panel/quality.yaml": panel, "tender.yaml": tender})
        assert found["lots"] == {"web": "acme", "app": None, "ops": "acme"}
        assert found["waiting"] == ["app"]

    def test_nothing_is_awarded_before_the_last_round(self, award):
        method = "rounds: [{id: first, criteria: [quality]}]\n"
        found = award(
            "{lots_per_vendor: 2}",
            options=("--until", "first"),
            **{"criteria/method.yaml": method},
        )
        assert found["lots"] == dict.fromkeys(LOTS)
        assert found["waiting"] == list(LOTS)

    def test_candidates_are_the_shortlist(self, award):
        method = "rounds: [{id: only, criteria: [quality], advance: {at_most: 2}}]\n"
        found = award("{lots_per_vendor: 1}", **{"criteria/method.yaml": method})
        assert found["lots"] == {"web": "acme", "app": "bolt", "ops": None}


class TestMistakes:
    @pytest.mark.parametrize(
        ("rules", "code", "column", "words"),
        [
            ("{lots_per_vender: 1}", "unknown-key", 9, "lots_per_vendor"),
            ("{lots_per_vendor: 0}", "number-too-small", 26, "1"),
            ("{vendors: {at_lest: 1}}", "unknown-key", 19, "at_least"),
            ("{objective: prices}", "unknown-value", 20, "price"),
            ("{objective: {points: 70, price: 20}}", "weight-sum", 20, "90"),
            ("{spend: optimal}", "unknown-value", 16, "optimum"),
            ("{budget: -1}", "not-positive", 17, "above 0"),
            ("{budget: much}", "wrong-type", 17, "tender."),
            ("{budget: tender.purse}", "absent-reference", 17, "tender.purse"),
            ("{budget: {amount: 5, currency: USD}}", "missing-rate", 17, "USD"),
            (
                "{packages: [{vendor: acne, lots: [web], discount: 5}]}",
                "unknown-vendor",
                29,
                "acme",
            ),
            ("{packages: [{vendor: acme, lots: [wbe], discount: 5}]}", "unknown-lot", 42, "web"),
            ("{packages: [{vendor: acme, lots: [web], discount: 100}]}", "discount", 58, "100"),
            ("{incumbents: {vendors: [acme]}}", "award-rules", 21, "at_most"),
            (
                "{spend: in_rank_order, vendors: {at_least: 2}}",
                *("award-rules", 51, "optimum"),
            ),
        ],
    )
    def test_each_is_told_at_its_place(self, problems, says, rules, code, column, words):  # noqa: PLR0917
        (found,) = problems(round_of(rules))
        assert (found["code"], found["file"], found["line"]) == (code, "tender.yaml", 3)
        assert found["column"] == column
        assert says([found], words)

    def test_a_capacity_that_is_no_number_is_an_error(self, problems):
        files = round_of("{value_per_vendor: capacity}", facts="capacity: plenty\n")
        found = problems(files)
        assert [each["code"] for each in found] == ["fact-type"] * 3
        assert (found[0]["file"], found[0]["line"]) == ("bids/acme.yaml", 2)

    def test_check_finds_it_too(self, round_files, run):
        round_files(round_of("{value_per_vendor: capacity}", facts="capacity: plenty\n"))
        assert run("check", "bids").code == 1

    def test_an_incumbent_that_did_not_bid_is_a_warning(self, evaluate):
        result = evaluate(round_of("{incumbents: {vendors: [acne], at_most: 1}}"))
        assert result.codes == ["unknown-vendor"]

    def test_ids_are_text_as_written(self, award):
        offers = {"007": OFFERS["acme"], "008": OFFERS["bolt"]}
        package = "packages: [{vendor: 007, lots: [web], discount: 5}]"
        assert award(f"{{{package}}}", offers)["packages"][0]["vendor"] == "007"


class TestReports:
    @pytest.mark.parametrize("form", ["table", "markdown", "html", "csv"])
    def test_each_names_who_gets_what(self, round_files, run, form):
        round_files(round_of("{lots_per_vendor: 1}"))
        text = run("evaluate", "bids", "--format", form).out
        assert "awarded" in text
        if form != "csv":
            assert "lots_per_vendor: 1 costs 23 points" in text.replace("\\", "")

    def test_no_award_is_shown_where_none_is_asked_for(self, round_files, run):
        round_files(round_of())
        assert "Award" not in run("evaluate", "bids").out

    def test_a_clash_is_told_in_words(self, round_files, run):
        round_files(round_of("{vendors: {at_least: 3, at_most: 2}}"))
        text = run("evaluate", "bids").out
        assert "No award: vendors.at_least: 3, vendors.at_most: 2 cannot hold together" in text

    def test_csv_marks_the_awarded_bid_with_its_price(self, round_files, run):
        round_files(round_of("{lots_per_vendor: 1}"))
        rows = run("evaluate", "bids", "--format", "csv").out.splitlines()
        assert rows[0].endswith(",awarded,awarded_price")
        awarded = [row.split(",") for row in rows if ",yes," in row]
        assert [(row[0], row[3], row[-1]) for row in awarded] == [
            ("web", "bolt", "90"),
            ("app", "core", "90"),
            ("ops", "acme", "120"),
        ]

    @pytest.mark.parametrize(
        "rules",
        [
            "",
            "{vendors: {at_least: 4}}",
            "{budget: 250, spend: in_rank_order}",
            "{value_per_vendor: capacity, objective: {points: 70, price: 30}}",
            "{packages: [{vendor: bolt, lots: [web, ops], discount: 12.5}]}",
        ],
    )
    def test_the_json_is_as_its_schema_says(self, evaluate, rules):
        document = evaluate(round_of(rules, facts="capacity: 300\n"))
        Draft202012Validator(SCHEMAS["evaluation"].document()).validate(dict(document))

    @pytest.mark.parametrize("form", ["table", "markdown", "html", "csv", "json"])
    def test_a_hostile_name_is_text(self, round_files, run, form):
        hostile = "[bold]<b>=1+1\x1b[31m"
        files = round_of("{lots_per_vendor: 1}", {"acme": OFFERS["acme"]})
        head = "vendor: {id: acme, name: " + json.dumps(hostile) + "}"
        files["bids/acme.yaml"] = files["bids/acme.yaml"].replace("vendor: {id: acme}", head)
        round_files(files)
        text = run("evaluate", "bids", "--format", form).out
        assert "\x1b" not in text
        assert "<b>" not in text or form in {"table", "csv", "json"}


class TestExplain:
    @pytest.mark.parametrize(
        ("vendor", "lot", "words"),
        [
            ("bolt", "web", "awarded at 90"),
            ("acme", "web", "not awarded: with this lot too, lots_per_vendor: 1 would not hold"),
        ],
    )
    def test_it_says_what_was_awarded_and_why_not(self, round_files, run, vendor, lot, words):
        round_files(round_of("{lots_per_vendor: 1}"))
        explained = json.loads(run("explain", "bids", vendor, "--format", "json").out)
        assert {each["id"]: each["award"] for each in explained["lots"]}[lot] == words
        assert words in run("explain", "bids", vendor).out

    def test_it_says_how_much_better_another_award_is(self, round_files, run):
        round_files(round_of("{lots_per_vendor: 3}"))
        words = "not awarded: with acme there are 4 points more in all"
        assert words in run("explain", "bids", "bolt").out
