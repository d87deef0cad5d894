"""Section 1.8: requirements."""

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


class TestRequirements:
    @pytest.mark.parametrize(
        ("rule", "met", "failed"),
        [
            ("is: true", "true", "false"),
            ("is: 1", "1.0", "1.01"),
            ("is: gold", "gold", "Gold"),
            ("is: NO", "NO", "no"),
            ("is: 2026-03-01", "2026-03-01", "2026-03-02"),
            ("one_of: [AA, AAA]", "AAA", "A"),
            ("one_of: [1, 2.5]", "2.50", "2"),
            ("at_least: 3", "3", "2.999"),
            ("at_most: 3", "3.000", "3.001"),
            ("at_least: 2026-03-01", "2026-03-01", "2026-02-28"),
            ("matches: '[A-Z]{2}[0-9]+'", "AB12", "AB12x"),
            ("matches: 'b|abc'", "abc", "ab"),
            ("includes: [a, b]", "[b, c, a]", "[a, c]"),
            ("includes: [1]", "[1.0]", "[2]"),
            ("present: true", "0", "null"),
            ("present: true", "false", None),
            ("present: false", None, "1"),
            ("present: false", "null", "[]"),
        ],
    )
    def test_a_requirement_tests_a_fact(self, requirement, rule, met, failed):
        outcomes = requirement(f"fact: x, {rule}", acme=met, bolt=failed)
        assert outcomes == {"acme": True, "bolt": False}

    @pytest.mark.parametrize(
        "rule",
        [
            "is: true",
            "is: 1",
            "one_of: [1]",
            "at_least: 0",
            "at_most: 9",
            "matches: '.*'",
            "includes: [a]",
            "present: true",
        ],
    )
    def test_a_missing_fact_fails_every_requirement_but_present_false(self, requirement, rule):
        assert requirement(f"fact: x, {rule}", acme=None, bolt="null") == {
            "acme": False,
            "bolt": False,
        }

    @pytest.mark.parametrize(
        ("rule", "x"),
        [
            ("is: true", "yes"),
            ("is: true", "1"),
            ("is: 1", "true"),
            ("is: 1", "'1'"),
            ("is: gold", "7"),
            ("one_of: [AA, AAA]", "3"),
            ("at_least: 3", "many"),
            ("at_most: 3", "true"),
            ("at_most: 3", "'2'"),
            ("at_least: 2026-03-01", "3"),
            ("matches: '.*'", "12"),
            ("includes: [a]", "a"),
        ],
    )
    def test_a_fact_of_the_wrong_type_is_an_error(self, requirement_problems, rule, x):
        found = requirement_problems(f"fact: x, {rule}", acme=x)
        assert ("bids/acme.yaml", 2) in [(each["file"], each["line"]) for each in found]

    def test_one_of_several_types_takes_each_of_them(self, requirement):
        outcomes = requirement("fact: x, one_of: [1, a]", acme="1", bolt="'1'", core="a")
        assert outcomes == {"acme": True, "bolt": False, "core": True}

    def test_yes_for_a_boolean_is_an_error_that_says_to_write_true(
        self, requirement_problems, says
    ):
        assert says(requirement_problems("fact: x, is: true", acme="yes"), "true")

    def test_matches_is_held_against_the_whole_text(self, requirement):
        outcomes = requirement("fact: x, matches: 'a+'", acme="aaa", bolt="baaa", core="aaab")
        assert outcomes == {"acme": True, "bolt": False, "core": False}

    @pytest.mark.parametrize("pattern", ["'[a'", "'(a)\\1'", "'(?=a)a'"])
    def test_a_pattern_that_is_not_re2_is_an_error(self, requirement_problems, pattern):
        found = requirement_problems(f"fact: x, matches: {pattern}", acme="a")
        assert found[0]["file"] == "criteria/method.yaml"

    def test_a_text_that_begins_with_lot_or_tender_stands_for_that_value(self, requirement):
        outcomes = requirement(
            "fact: x, at_most: tender.budget", tender="budget: 5\n", acme="5", bolt="6"
        )
        assert outcomes == {"acme": True, "bolt": False}
        outcomes = requirement(
            "fact: x, includes: lot.services",
            tender="lots: {web: {services: [a, b]}}\n",
            acme="[a, b]",
            bolt="[a]",
        )
        assert outcomes == {"acme": True, "bolt": False}

    @pytest.mark.parametrize("rule", ["fact: x, at_most: lot.budget", "expr: bid.x <= lot.budget"])
    def test_where_the_lots_value_is_absent_the_requirement_is_not_applied(self, evaluate, rule):
        result = evaluate(
            {
                "tender.yaml": "lots: {web: {budget: 5}, app: {}}\n",
                "criteria/method.yaml": f"requirements: {{r: {{{rule}}}}}\n",
                "criteria/g.yaml": group("g", "x"),
            }
            | bids(acme="x: 6")
        )
        assert result.column("outcome", lot="web") == {"acme": "eliminated"}
        assert result.column("outcome", lot="app") == {"acme": "advanced"}
        assert any("lot.budget" in each["message"] for each in result["warnings"])

    @pytest.mark.parametrize(
        "rule",
        [
            "fact: x",
            "fact: x, is: 1, at_least: 1",
            "is: 1",
            "fact: x, expr: '1 > 0'",
            "fact: x, like: 1",
            "fact: x, at_least: some",
            "fact: x, one_of: 1",
            "fact: x, present: maybe",
        ],
    )
    def test_a_requirement_has_exactly_one_test_or_an_expr(self, requirement_problems, rule):
        assert requirement_problems(rule, acme="1")[0]["file"] == "criteria/method.yaml"

    def test_an_expr_must_hold(self, requirement):
        outcomes = requirement(
            'expr: "len(bid.x) >= 3"', acme="[1, 2, 3]", bolt="[1, 2]", core=None
        )
        assert outcomes == {"acme": True, "bolt": False, "core": False}

    def test_an_expr_that_is_no_boolean_is_an_error(self, requirement_problems):
        assert requirement_problems("expr: bid.x + 1", acme="1")

    def test_every_failure_is_listed_in_reasons(self, evaluate):
        result = evaluate(
            {
                "criteria/method.yaml": """
                    requirements:
                      licence: {title: Business licence, fact: licence, is: true}
                      audited: {fact: audits, at_least: 3}
                      sound: {fact: x, at_least: 1}
                    """,
                "criteria/g.yaml": group("g", "x"),
            }
            | bids(acme="x: 6, audits: 2")
        )
        row = result.bids()["acme"]
        assert result.reasons("acme") == ["requirement licence", "requirement audited"]
        assert (row["total"], row["rank"], row["criteria"]) == (None, None, [])
        assert all(each["message"] for each in row["reasons"])

    def test_a_requirement_is_checked_in_the_round_that_lists_it(self, evaluate):
        result = evaluate(
            {
                "criteria/method.yaml": """
                    requirements: {late: {fact: x, at_least: 9}}
                    rounds:
                      - {id: one, criteria: [g]}
                      - {id: two, requirements: [late]}
                    """,
                "criteria/g.yaml": group("g", "x"),
            }
            | bids(acme="x: 10", bolt="x: 5")
        )
        assert result.column("outcome", "one") == {"acme": "advanced", "bolt": "advanced"}
        assert result.column("outcome", "two") == {"acme": "advanced", "bolt": "eliminated"}

    def test_a_round_without_criteria_applies_its_requirements_only(self, evaluate):
        result = evaluate(
            {
                "criteria/method.yaml": """
                    requirements: {licence: {fact: licence, is: true}}
                    rounds:
                      - {id: gate, requirements: [licence]}
                      - {id: final, criteria: [g]}
                    """,
                "criteria/g.yaml": group("g", "x"),
            }
            | bids(
                acme="x: 6, licence: true", bolt="x: 9, licence: false", core="x: 7, licence: true"
            )
        )
        assert result.column("outcome", "gate") == {
            "acme": "advanced",
            "bolt": "eliminated",
            "core": "advanced",
        }
        assert set(result.column("total", "gate").values()) == {None}
        assert set(result.column("rank", "gate").values()) == {None}
        assert result.lot()["shortlist"] == ["core", "acme"]
