"""Section 1.11: the award by the prices that bids are compared by."""

import re

import pytest
from jsonschema import Draft202012Validator
from tests.contract.test_award import costs, round_of

from tenderscore.cli.schemas import SCHEMAS

# Prices as bid: acme 100, 110, 120; bolt 90, 80, 100; core 70, 90, 60.
# Compared by:   acme  80,  88,  96; bolt 90, 80, 100; core 110, 130, 100.
STEPS = """
evaluated_price:
  - {id: small, if: {fact: vendor.id, is: acme}, deduct: 20}
  - {id: running, if: {fact: vendor.id, is: core}, add: 40}
"""
BY = "objective: evaluated_price"


def adjusted(award, steps=STEPS, **files):
    return round_of(award, **{"criteria/method.yaml": steps} | files)


@pytest.fixture
def award(evaluate):
    """The award that a round with adjusted prices comes to."""
    return lambda *args, **files: evaluate(adjusted(*args, **files))["award"]


class TestLeastSum:
    def test_evaluated_prices_decide_and_contract_prices_are_paid(self, award):
        found = award(f"{{{BY}}}")
        assert found["lots"] == {"web": "acme", "app": "bolt", "ops": "acme"}
        assert (found["goal"], found["objective"], found["gap"]) == ("evaluated_price", 256, 0)
        assert found["evaluated_prices"] == {"web": 80, "app": 80, "ops": 96}
        assert found["prices"] == {"web": 100, "app": 80, "ops": 120}
        assert found["total_price"] == 300

    def test_what_a_constraint_costs_is_evaluated_too(self, award):
        found = award(f"{{{BY}, lots_per_vendor: 1}}")
        assert found["lots"] == {"web": "acme", "app": "bolt", "ops": "core"}
        assert costs(found) == {"lots_per_vendor": (4, 0)}

    def test_a_budget_counts_contract_prices(self, award):
        # ops with bolt (evaluated 100, paid 100) or core (100, paid 60): bolt has the better rank.
        found = award(f"{{{BY}, budget: 280}}")
        assert found["lots"] == {"web": "acme", "app": "bolt", "ops": "bolt"}
        assert (found["objective"], found["total_price"]) == (260, 280)
        assert costs(found) == {"budget": (4, 0)}

    def test_a_capacity_counts_contract_prices(self, award):
        found = award(f"{{{BY}, value_per_vendor: 219}}")
        assert found["lots"] == {"web": "acme", "app": "bolt", "ops": "bolt"}

    def test_rounding_is_the_methods(self, award):
        found = award(f"{{{BY}}}", STEPS.replace("20}", "20.006}") + "rounding: {total: 2}\n")
        assert found["evaluated_prices"]["web"] == 79.994
        rounded = STEPS.replace("20}", "20.006}") + "rounding: {evaluated_price: 2}\n"
        assert award(f"{{{BY}}}", rounded)["evaluated_prices"]["web"] == 79.99

    def test_the_schema_knows_it(self, evaluate):
        result = evaluate(adjusted(f"{{{BY}}}"))
        Draft202012Validator(SCHEMAS["evaluation"].document()).validate(result)

    def test_other_awards_have_none(self, award):
        assert "evaluated_prices" not in award("{objective: price}")


class TestMixes:
    def test_its_points_are_those_of_evaluated_prices(self, award):
        found = award("{objective: {points: 50, evaluated_price: 50}}")
        # 50 % of 90, 84 and 86, and all the points of the lowest: 45 + 42 + 43 + 3 x 50
        assert found["lots"] == {"web": "acme", "app": "bolt", "ops": "acme"}
        assert (found["objective"], found["goal"]) == (
            280,
            {"points": 50, "price": 0, "evaluated_price": 50},
        )

    def test_three_shares(self, award):
        found = award("{objective: {points: 0, price: 60, evaluated_price: 40}}")
        # core: 60 % of 100 and 40 % of 80 / 110 x 100 = 72.73; acme: 60 % of 70 and 40 % of 100
        assert found["lots"]["web"] == "core"
        assert found["objective"] == 287.492  # 89.092 + 100 + 98.4

    def test_a_price_that_is_not_above_0_has_no_points(self, problems):
        steps = STEPS.replace("add: 40", "add: -70")
        found = problems(adjusted("{objective: {points: 50, evaluated_price: 50}}", steps))
        assert [(each["code"], each["file"], each["line"]) for each in found] == [
            ("fact-value", "bids/core.yaml", 3),  # 70 - 70
            ("fact-value", "bids/core.yaml", 5),  # 60 - 70
        ]


class TestPackages:
    def test_adjustments_are_worked_out_on_the_discounted_price(self, award):
        package = "packages: [{vendor: core, lots: [web, ops], discount: 50}]"
        found = award(f"{{{BY}, {package}}}")
        # 35 + 40 and 30 + 40: the running costs stay what they are
        assert found["evaluated_prices"] == {"web": 75, "app": 80, "ops": 70}
        assert found["prices"] == {"web": 35, "app": 80, "ops": 30}

    def test_percents_are_of_the_discounted_price(self, award):
        package = "packages: [{vendor: acme, lots: [web, app, ops], discount: 10}]"
        found = award(f"{{{BY}, {package}}}")
        assert found["evaluated_prices"] == {"web": 72, "app": 79.2, "ops": 86.4}

    def test_steps_on_what_the_ones_before_left(self, award):
        steps = (
            "evaluated_price:\n"
            "  - {id: costs, add: 20}\n"
            "  - {id: foreign, increase: 10, of: so_far}\n"
            "  - {id: quality, coefficient: 2, of: so_far}\n"
        )
        package = "packages: [{vendor: core, lots: [web, ops], discount: 50}]"
        found = award(f"{{{BY}, {package}}}", steps)
        # (35 + 20) x 1.1 / 2 and (30 + 20) x 1.1 / 2
        assert (found["evaluated_prices"]["web"], found["evaluated_prices"]["ops"]) == (30.25, 27.5)


class TestWithoutAdjustments:
    def test_a_goal_that_no_method_knows_is_an_error(self, problems):
        (problem,) = problems(round_of(f"{{{BY}}}"))
        assert (problem["code"], problem["file"], problem["line"], problem["column"]) == (
            ("award-rules", "tender.yaml", 3, 20)
        )

    def test_so_it_is_in_a_mix(self, problems):
        (problem,) = problems(round_of("{objective: {points: 50, evaluated_price: 50}}"))
        assert (problem["code"], problem["line"], problem["column"]) == ("award-rules", 3, 50)

    def test_a_lot_whose_method_has_none_is_compared_by_its_prices(self, award):
        files = {
            "tender.yaml": "currency: EUR\nlots: {web: {}, app: {}, ops: {criteria: plain}}\n"
            f"award: {{{BY}}}\n",
            "plain/quality.yaml": "id: quality\nweight: 100\ncriteria:\n"
            "  - {id: mark, weight: 100, fact: mark, score: {method: points}}\n",
        }
        found = award("", **files)
        assert found["lots"] == {"web": "acme", "app": "bolt", "ops": "core"}
        assert found["evaluated_prices"]["ops"] == 60


class TestCandidates:
    def test_a_bid_that_lacks_a_steps_number_is_no_candidate(self, evaluate):
        steps = "evaluated_price: [{id: running, add: {expr: bid.running}}]\n"
        result = evaluate(adjusted(f"{{{BY}}}", steps))
        assert set(result["award"]["lots"].values()) == {None}
        found = [each for each in result["warnings"] if each["code"] == "award-fact"]
        assert len(found) == 9
        assert found[0]["message"].startswith("evaluated_price is missing")

    def test_a_coefficient_that_is_none_is_an_error(self, problems):
        steps = "evaluated_price: [{id: features, coefficient: {expr: bid.mark - 60}}]\n"
        found = problems(adjusted(f"{{{BY}}}", steps))
        assert {each["code"] for each in found} == {"fact-value"}


class TestReports:
    @pytest.fixture
    def printed(self, round_files, run):
        round_files(adjusted(f"{{{BY}}}"))
        return lambda *words: run(*words).out

    @pytest.mark.parametrize("form", ["table", "markdown", "html"])
    def test_people_see_both_prices(self, printed, form):
        text = re.sub("<[^>]*>|[|]", " ", printed("evaluate", "bids", "--format", form))
        text = " ".join(text.split())
        assert "3 of 3 lots awarded, evaluated prices of EUR 256 in all" in text
        assert "web acme 90.00 80 100" in text
        assert "Total Evaluated price Price (EUR)" in text or form == "table"

    def test_csv_has_both(self, printed):
        text = printed("evaluate", "bids", "--format", "csv")
        head, *rows = (line.split(",") for line in text.lstrip("\ufeff").splitlines())
        columns = ("lot", "vendor", "awarded", "awarded_price", "awarded_evaluated_price")
        wanted = [head.index(each) for each in columns]
        assert ["web", "acme", "yes", "100", "80"] in [[row[at] for at in wanted] for row in rows]

    def test_explain_says_what_was_better(self, printed):
        text = printed("explain", "bids", "bolt", "--lot", "web")
        assert "with acme the evaluated prices add up to 10 less" in text
