"""Tests for prices that are too low to be believed: which are, and what becomes of their bids."""

import pytest

LOW = "{id: half-of-mean, under: 50, of: mean}"
ORDER_2026 = [
    LOW,
    "{id: half-of-second, under: 50, of: second_lowest}",
    "{id: ceiling, under: 45, of: lot.budget}",
]
SIGNED = "by: Tender committee, date: 2026-04-02, reason: As minuted"


def round_of(*tests, prices=None, method="", tender="", decisions="", **more):
    """A round that ranks by price alone."""
    lines = "".join(f"  - {test}\n" for test in tests)
    files = {
        "criteria/method.yaml": f"low_price:\n{lines}{method}",
        "criteria/price.yaml": (
            "id: price\nweight: 100\ncriteria:\n"
            "  - {id: offer, weight: 100, fact: price, "
            "score: {method: ratio_to_best, better: low}}\n"
        ),
    }
    for vendor, price in (prices or {}).items():
        extra = more.get(vendor, "")
        cost = "" if price is None else f"price: {price}\n"
        files[f"bids/{vendor}.yaml"] = f"vendor: {{id: {vendor}}}\n{cost}{extra}"
    if tender:
        files["tender.yaml"] = tender
    if decisions:
        files["decisions.yaml"] = f"- {{{decisions}, {SIGNED}}}\n"
    return files


FOUR = {"a": 400_000, "b": 950_000, "c": 1_000_000, "d": 1_050_000}


@pytest.fixture
def flags(evaluate):
    """The ids of the flags of each bid that has some."""

    def invoke(*tests, **given):
        rows = evaluate(round_of(*tests, **given)).bids()
        found = {v: [flag["id"] for flag in row["flags"]] for v, row in rows.items()}
        return {vendor: ids for vendor, ids in found.items() if ids}

    return invoke


class TestReferences:
    def test_china_2026_number_2_has_three_thresholds(self, evaluate):
        tender = "budget: 1_000_000\n"
        result = evaluate(round_of(*ORDER_2026, prices=FOUR, tender=tender))
        found = [(flag["id"], flag["threshold"]) for flag in result.bids()["a"]["flags"]]
        assert found == [
            ("half-of-mean", 425_000),
            ("half-of-second", 475_000),
            ("ceiling", 450_000),
        ]
        assert all(result.bids()[vendor]["flags"] == [] for vendor in "bcd")

    def test_under_is_strict(self, flags):
        assert flags(LOW, prices={"a": 1, "b": 3}) == {}
        assert flags(LOW, prices={"a": "0.9999999999", "b": 3}) == {"a": ["half-of-mean"]}

    def test_at_most_is_not(self, flags):
        assert flags("{id: x, at_most: 50, of: mean}", prices={"a": 1, "b": 3}) == {"a": ["x"]}

    def test_ukraine_holds_a_bid_against_the_others(self, flags):
        tests = [
            "{id: mean, at_most: 60, of: mean_of_others}",
            "{id: next, at_most: 70, of: next_lowest}",
        ]
        # The others of a have a mean of 100; the next of a is 85, of which 70 % are 59.50.
        assert flags(*tests, prices={"a": 60, "b": 85, "c": 115}) == {"a": ["mean"]}
        assert flags(*tests, prices={"a": 61, "b": 85, "c": 115}) == {}
        assert flags(*tests, prices={"a": 70, "b": 100, "c": 100}) == {"a": ["next"]}

    def test_the_next_bid_may_be_as_low(self, flags):
        assert flags("{id: x, under: 70, of: next_lowest}", prices={"a": 1, "b": 1, "c": 9}) == {
            "b": ["x"]
        }

    def test_bulgaria_wants_three_bids(self, flags):
        test = "{id: x, under: 80, of: mean_of_others, minimum_bids: 3}"
        assert flags(test, prices={"a": 79, "b": 100}) == {}
        assert flags(test, prices={"a": 79, "b": 100, "c": 100}) == {"a": ["x"]}

    def test_the_median_of_an_even_count_is_between(self, flags):
        prices = {"a": 14, "b": 20, "c": 40, "d": 100}
        assert flags("{id: x, under: 50, of: median}", prices=prices) == {"a": ["x"]}
        assert flags("{id: x, under: 46, of: median}", prices=prices) == {}

    def test_a_number_or_the_lowest_may_be_the_reference(self, flags):
        assert flags("{id: x, under: 100, of: 5}", prices={"a": 4, "b": 5}) == {"a": ["x"]}
        assert flags("{id: x, at_most: 110, of: lowest}", prices={"a": 10, "b": 11, "c": 12}) == {
            "a": ["x"],
            "b": ["x"],
        }

    @pytest.mark.parametrize("of", ["second_lowest", "mean_of_others", "next_lowest"])
    def test_one_bid_has_no_other(self, flags, of):
        assert flags(f"{{id: x, under: 1000, of: {of}}}", prices={"a": 1}) == {}

    def test_prices_are_those_as_bid(self, evaluate):
        files = round_of(
            LOW, prices={"a": 50, "b": 100}, method="evaluated_price: [{id: d, deduct: 90}]\n"
        )
        assert evaluate(files).bids()["a"]["flags"] == []

    def test_bids_that_miss_a_requirement_do_not_count(self, evaluate):
        method = "requirements: {ok: {fact: ok, is: true}}\n"
        good = dict.fromkeys("abc", "ok: true\n")
        files = round_of(
            LOW,
            prices={"a": 40, "b": 90, "c": 90, "x": 900},
            method=method,
            **good,
            x="ok: false\n",
        )
        result = evaluate(files)
        # The mean of 40, 90 and 90 is 73.33; with 900 it would be 280.
        assert [row["flags"] for row in result.bids().values()] == [[], [], [], []]

    def test_without_the_reference_the_test_is_not_applied(self, evaluate):
        result = evaluate(round_of("{id: x, under: 45, of: lot.budget}", prices=FOUR))
        assert result.bids()["a"]["flags"] == []
        assert [warning["code"] for warning in result["warnings"]] == ["not-applied"]


class TestWhatFollows:
    def test_a_flag_never_puts_a_bid_out(self, evaluate):
        result = evaluate(round_of("{id: x, under: 50, of: mean, then: flag}", prices=FOUR))
        assert result.column("rank")["a"] == 1
        (warning,) = result["warnings"]
        assert (warning["code"], warning["file"], warning["line"]) == (
            "low-price",
            "bids/a.yaml",
            2,
        )
        assert warning["help"] is None

    def test_an_explanation_is_asked_for(self, evaluate):
        result = evaluate(round_of(LOW, prices=FOUR))
        (flag,) = result.bids()["a"]["flags"]
        assert (flag["then"], flag["explained"], flag["accepted"]) == ("explain", False, False)
        (warning,) = result["warnings"]
        assert "explanations.low-price" in warning["help"]
        assert result.lot()["winner"] == "a"

    def test_it_waits_for_a_decision_once_it_is_there(self, evaluate):
        result = evaluate(round_of(LOW, prices=FOUR, a="explanations: {low-price: Own ship}\n"))
        (flag,) = result.bids()["a"]["flags"]
        assert (flag["explained"], flag["explanation"], flag["accepted"]) == (
            True,
            "Own ship",
            False,
        )
        (warning,) = result["warnings"]
        assert "decisions.yaml" in warning["help"]

    def test_blank_words_explain_nothing(self, evaluate):
        result = evaluate(round_of(LOW, prices=FOUR, a="explanations: {low-price: ' '}\n"))
        assert not result.bids()["a"]["flags"][0]["explained"]

    def test_an_accepted_explanation_ends_it(self, evaluate):
        decisions = "decide: accept, vendor: a, matter: low-price"
        result = evaluate(
            round_of(
                LOW,
                prices=FOUR,
                decisions=decisions,
                a="explanations: {low-price: Own ship}\n",
            )
        )
        (flag,) = result.bids()["a"]["flags"]
        assert flag["accepted"]
        assert result["warnings"] == []
        assert result.lot()["winner"] == "a"

    def test_who_is_put_out_for_it_still_counts_in_the_mean(self, evaluate):
        decisions = "decide: eliminate, vendor: a"
        prices = {"a": 100, "b": 410, "c": 1000, "d": 1000}
        result = evaluate(round_of(LOW, prices=prices, decisions=decisions))
        # The mean of all is 627.50; without a it would be 803.33, and b under half of that nearly.
        assert result.bids()["a"]["flags"][0]["threshold"] == 313.75
        assert result.column("outcome")["a"] == "eliminated"
        # Points are taken from those that are left.
        assert result.points("price.offer")["b"] == 100

    def test_eliminate_puts_it_out_and_says_why(self, evaluate):
        test = "{id: x, title: Half of the mean, under: 50, of: mean, then: eliminate}"
        result = evaluate(round_of(test, prices=FOUR))
        row = result.bids()["a"]
        assert (row["outcome"], row["rank"], row["total"], row["criteria"]) == (
            "eliminated",
            None,
            None,
            [],
        )
        (reason,) = row["reasons"]
        assert reason["rule"] == "low_price"
        assert reason["message"] == (
            "Half of the mean: price 400,000 is under 425,000, 50% of the mean of 4 bids, 850,000"
        )
        assert result.points("price.offer")["b"] == 100
        assert result["warnings"] == []

    def test_nobody_else_is_put_out_by_that(self, evaluate):
        test = "{id: x, under: 50, of: mean, then: eliminate}"
        result = evaluate(round_of(test, prices={"a": 1, "b": 40, "c": 100, "d": 100}))
        # 60.25 is the mean; of b, c and d it would be 80, and 40 is not under half of 81.
        outcomes = result.column("outcome")
        assert [v for v in outcomes if outcomes[v] == "eliminated"] == ["a"]

    def test_it_may_stand_on_another_fact(self, evaluate):
        test = (
            "{id: wages, fact: price.breakdown.labour, under: 100, of: lot.wages, then: eliminate}"
        )
        money = "{{amount: 100, currency: CNY, breakdown: {{labour: {}, other: {}}}}}"
        files = round_of(
            test,
            prices={"a": money.format(59, 41), "b": money.format(60, 40), "c": 100},
            tender="currency: CNY\nlots: {all: {wages: 60}}\n",
        )
        outcomes = evaluate(files).column("outcome")
        assert outcomes == {"b": "advanced", "c": "advanced", "a": "eliminated"}

    def test_minimum_bids_counts_who_meets_the_requirements(self, evaluate):
        test = "{id: x, under: 50, of: mean, then: eliminate}"
        result = evaluate(round_of(test, prices=FOUR, method="minimum_bids: 4\n"))
        assert result.column("rank")["b"] == 1


class TestRounds:
    METHOD = """rounds:
  - {id: first, criteria: [other], advance: {at_most: 2}}
  - {id: last, criteria: [price]}
"""
    OTHER = """
        id: other
        weight: 100
        criteria: [{id: q, weight: 100, fact: q, score: {method: points}}]
        """

    def files(self, test):
        quality = {vendor: f"q: {n}\n" for n, vendor in enumerate("bcad")}
        files = round_of(test, prices=FOUR, method=self.METHOD, **quality)
        return files | {"criteria/other.yaml": self.OTHER}

    def test_it_is_applied_where_the_price_is_first_read(self, evaluate):
        result = evaluate(self.files("{id: x, under: 56, of: mean}"))
        assert result.bids("first")["a"]["flags"] == []
        # a and d have reached the round: their mean is 725,000.
        assert result.bids("last")["a"]["flags"][0]["threshold"] == 406_000

    def test_or_where_it_says(self, evaluate):
        result = evaluate(self.files("{id: x, under: 50, of: mean, round: first}"))
        assert result.bids("first")["a"]["flags"][0]["threshold"] == 425_000
        assert result.bids("last")["a"]["flags"] == []


class TestEveryOutput:
    FILES = round_of(LOW, prices=FOUR, a="explanations: {low-price: =1+1}\n")
    SAID = "price 400,000 is under 425,000, 50% of the mean of 4 bids, 850,000"

    @pytest.mark.parametrize("format_", ["table", "markdown", "html", "csv"])
    def test_shows_the_flag(self, round_files, run, format_):
        round_files(self.FILES)
        out = " ".join(run("evaluate", "bids", "--format", format_).out.split())
        assert self.SAID in out
        assert "the explanation waits for a decision" in out

    @pytest.mark.parametrize("format_", ["table", "markdown", "csv", "json"])
    def test_and_so_does_explain(self, round_files, run, format_):
        round_files(self.FILES)
        assert self.SAID in " ".join(run("explain", "bids", "a", "--format", format_).out.split())


class TestProblems:
    @pytest.mark.parametrize(
        "test",
        [
            "{id: x, of: mean}",
            "{id: x, under: 1, at_most: 1, of: mean}",
            "{id: x, under: 1, of: average}",
            "{id: x, under: 1, of: mean, round: never}",
        ],
    )
    def test_a_test_of_another_form_is_an_error(self, problems, test):
        assert [each["code"] for each in problems(round_of(test, prices=FOUR))] == [
            "low-price-form"
        ]

    def test_ids_are_given_once(self, problems):
        assert [p["code"] for p in problems(round_of(LOW, LOW, prices=FOUR))] == ["duplicate-id"]

    def test_what_is_tested_is_a_number(self, problems):
        test = "{id: x, fact: q, under: 1, of: mean}"
        found = problems(round_of(test, prices={"a": 1}, a="q: much\n"))
        assert [(p["code"], p["file"], p["line"]) for p in found] == [
            ("fact-type", "bids/a.yaml", 3)
        ]

    def test_a_reference_is_a_number(self, problems):
        found = problems(
            round_of("{id: x, under: 1, of: lot.a}", prices=FOUR, tender="lots: {all: {a: b}}\n")
        )
        assert [p["code"] for p in found] == ["wrong-type"]
