"""`tenderscore prices`: prices and what they are made of, side by side."""

import pytest
from jsonschema import Draft202012Validator

from contract.prices import BREAKDOWNS, LICENSED, PRICE, ROUND, bid, priced
from tenderscore.cli.schemas import SCHEMAS


@pytest.fixture
def shown(round_files, run):
    """The round's prices as JSON, which the published schema describes."""

    def invoke(files, *options, bids="bids"):
        round_files(files)
        done = run("prices", bids, "--format", "json", *options)
        assert done.code == 0, done.err or done.out
        Draft202012Validator(SCHEMAS["prices"].document()).validate(done.json)
        return done.json

    return invoke


@pytest.fixture
def only(shown):
    """The only lot."""

    def invoke(files, *options, bids="bids"):
        (lot,) = shown(files, *options, bids=bids)["lots"]
        return lot

    return invoke


def by_vendor(lot, key):
    return {each["vendor"]: each[key] for each in lot["bids"]}


def item(lot, id_):
    (found,) = (each for each in lot["items"] if each["item"] == id_)
    return found


def costs(lot, id_, key):
    return {each["vendor"]: each[key] for each in item(lot, id_)["costs"]}


class TestPrices:
    def test_the_lowest_stands_first_and_equal_ones_by_vendor(self, only):
        lot = only(priced(d=300, a=200, c=100, b=200))
        assert [each["vendor"] for each in lot["bids"]] == ["c", "a", "b", "d"]

    def test_each_is_held_against_lowest_mean_median_budget_and_estimate(self, only):
        lot = only(priced(tender="budget: 400\nestimate: 160\n", a=100, b=200, c=600))
        assert by_vendor(lot, "over")["b"] == {
            "lowest": 100,
            "mean": pytest.approx(-100 / 3),
            "median": 0,
            "budget": -50,
            "estimate": 25,
        }

    def test_a_published_quartile(self, only):
        """QUARTILE of 1, 2, 4, 7, 8, 9, 10, 12 is 3.5 in Microsoft's description of it."""
        lot = only(priced(a=1, b=2, c=4, d=7, e=8, f=9, g=10, h=12))
        assert lot["spread"] == {
            "bids": 8,
            "lowest": 1,
            "first_quartile": 3.5,
            "median": 7.5,
            "third_quartile": 9.25,
            "highest": 12,
            "mean": 6.625,
            "low_fence": -5.125,
            "high_fence": 17.875,
        }

    def test_the_references_are_those_of_the_bids_that_meet_the_first_rounds_requirements(
        self, only
    ):
        files = priced(method=LICENSED, a=None, b=None, c=None)
        for vendor, price, licence in (("a", 50, "false"), ("b", 100, "true"), ("c", 300, "true")):
            files[f"bids/{vendor}.yaml"] = bid(vendor, price, f"licence: {licence}\n")
        lot = only(files)
        assert by_vendor(lot, "admitted") == {"a": False, "b": True, "c": True}
        assert by_vendor(lot, "outcome") == {"a": "eliminated", "b": "advanced", "c": "advanced"}
        assert (lot["spread"]["bids"], lot["spread"]["lowest"]) == (2, 100)
        assert by_vendor(lot, "over")["a"]["lowest"] == -50

    def test_a_waived_requirement_is_met(self, only):
        files = priced(method=LICENSED, a=50, b=100)
        files["decisions.yaml"] = "".join(
            f"- {{decide: waive, vendor: {vendor}, requirement: licence, by: TC, "
            "date: 2026-04-02, reason: Shown later}\n"
            for vendor in "ab"
        )
        assert by_vendor(only(files), "admitted") == {"a": True, "b": True}

    def test_what_puts_a_bid_out_later_does_not_move_the_references(self, only):
        method = (
            "low_price: [{id: low, under: 50, of: mean, then: eliminate}]\n"
            "rounds: [{id: award, criteria: [price]}]\n"
        )
        lot = only(priced(method=method, a=10, b=100, c=100))
        assert by_vendor(lot, "outcome")["a"] == "eliminated"
        assert (lot["spread"]["bids"], lot["spread"]["mean"]) == (3, 70)

    def test_no_bid_meets_them(self, only):
        lot = only(priced(method=LICENSED, a=50))
        assert lot["spread"] is None
        assert by_vendor(lot, "over")["a"]["lowest"] is None

    def test_a_bid_without_a_price_is_listed_last(self, only):
        files = priced(a=None, b=100)
        files["criteria/price.yaml"] = PRICE.replace("price, score", "price, missing: zero, score")
        lot = only(files)
        assert by_vendor(lot, "price") == {"b": 100, "a": None}

    def test_a_price_in_another_currency_is_converted(self, only):
        files = priced(a=100, b=700)
        files["bids/a.yaml"] = "vendor: {id: a}\nprice: {amount: 100, currency: USD}\n"
        files["rates.yaml"] = "- {date: 2026-01-01, from: USD, to: CNY, rate: 7.25}\n"
        assert by_vendor(only(files), "price") == {"b": 700, "a": 725}

    def test_withdrawn_bids_are_not_there(self, only):
        files = priced(a=100, b=200)
        files["bids/b.yaml"] += "withdrawn: true\n"
        assert list(by_vendor(only(files), "price")) == ["a"]

    def test_a_round_that_waits_has_no_outcomes_yet(self, only):
        files = priced(a=100, b=200)
        files["criteria/panel.yaml"] = (
            "id: panel\nweight: 100\ncriteria: [{id: x, weight: 100, score: {method: panel}}]\n"
        )
        files["criteria/method.yaml"] = "weights: relative\n"
        assert by_vendor(only(files), "outcome") == {"a": None, "b": None}


class TestItems:
    def test_there_is_one_for_every_level(self, only):
        lot = only(priced(**BREAKDOWNS))
        ids = [each["item"] for each in lot["items"]]
        assert ids == ["labour", "operations", "operations.day", "operations.night"]
        assert costs(lot, "operations", "amount") == {"a": 40, "b": 50, "c": 30}

    def test_shares_are_of_the_bids_own_price(self, only):
        lot = only(priced(a={"labour": 60, "other": 20}, b={"labour": 10, "other": 30}))
        assert costs(lot, "labour", "share") == {"b": 25, "a": 75}

    def test_lowest_median_and_highest(self, only):
        spread = item(only(priced(**BREAKDOWNS)), "labour")["spread"]
        assert (spread["lowest"], spread["median"], spread["highest"]) == (50, 60, 70)

    def test_a_bid_that_is_not_admitted_is_shown_and_does_not_count(self, only):
        files = priced(method=LICENSED, **BREAKDOWNS)
        for vendor in "ab":
            files[f"bids/{vendor}.yaml"] += "licence: true\n"
        labour = item(only(files), "labour")
        assert [each["vendor"] for each in labour["costs"]] == ["a", "b", "c"]
        assert (labour["spread"]["bids"], labour["spread"]["highest"]) == (2, 60)

    def test_one_amount_has_no_parts(self, only):
        lot = only(priced(**BREAKDOWNS, d={"labour": 50, "operations": 50}))
        assert costs(lot, "operations", "amount")["d"] == 50
        assert item(lot, "operations")["whole"] == ["d"]
        assert item(lot, "operations.day")["lacking"] == []

    def test_what_some_lack_and_what_just_one_has(self, only):
        bids = {
            "a": {"labour": 60, "travel": 5, "insurance": 1},
            "b": {"labour": 60, "travel": 5},
            "c": {"labour": 60},
        }
        lot = only(priced(**bids))
        assert item(lot, "travel")["lacking"] == ["c"]
        assert (item(lot, "travel")["alone"], item(lot, "insurance")["alone"]) == (None, "a")
        assert item(lot, "insurance")["lacking"] == []

    def test_a_breakdown_alone_has_nobody_to_differ_from(self, only):
        lot = only(priced(a={"labour": 60}, b=70))
        assert item(lot, "labour")["alone"] is None
        assert by_vendor(lot, "itemised") == {"a": True, "b": False}

    def test_an_item_that_costs_nothing_is_there(self, only):
        lot = only(priced(a={"labour": 60, "travel": 0}, b={"labour": 60, "travel": 6}))
        assert costs(lot, "travel", "amount") == {"a": 0, "b": 6}

    def test_of_a_table(self, only):
        files = ROUND | {
            "bids.csv": (
                "vendor.id,price.amount,price.currency,price.breakdown.labour,"
                "price.breakdown.ops.day,price.breakdown.ops.night\n"
                "a,100,CNY,60,30,10\nb,90,CNY,50,40,\nc,80,CNY,,,\n"
            )
        }
        lot = only(files, bids="bids.csv")
        assert costs(lot, "ops", "amount") == {"b": 40, "a": 40}
        assert item(lot, "ops.night")["alone"] == "a"
        assert by_vendor(lot, "itemised") == {"c": False, "b": True, "a": True}

    def test_parts_are_in_the_currency_of_their_price_also_when_corrected(self, only):
        files = priced(a=1, b={"labour": 60, "other": 40})
        files["bids/a.yaml"] = (
            "vendor: {id: a}\n"
            "price: {amount: 19, currency: USD, breakdown: {labour: 51, other: 4}}\n"
        )
        files["rates.yaml"] = "- {date: 2026-01-01, from: USD, to: CNY, rate: 7}\n"
        files["decisions.yaml"] = (
            "- {decide: correct, vendor: a, fact: price.breakdown.labour, was: 51, value: 15, "
            "by: TC, date: 2026-04-02, reason: Two digits swapped}\n"
        )
        assert costs(only(files), "labour", "amount") == {"b": 60, "a": 105}


class TestTheEstimate:
    TREE = "estimate: {labour: 50, operations: {day: 30, night: 20}}\n"

    def test_a_tree_is_its_sum(self, only):
        lot = only(priced(tender=self.TREE, **BREAKDOWNS))
        assert lot["estimate"] == 100
        assert item(lot, "operations")["estimate"] == 50
        assert costs(lot, "operations", "over_estimate") == {"a": -20, "b": 0, "c": -40}

    def test_an_item_that_only_the_estimate_has(self, only):
        lot = only(priced(tender="estimate: {labour: 50, risk: 9}\n", **BREAKDOWNS))
        assert (item(lot, "risk")["costs"], item(lot, "risk")["estimate"]) == ([], 9)

    def test_of_a_lot(self, shown):
        files = priced(a=100, b=200)
        files["tender.yaml"] = "currency: CNY\nlots: {web: {estimate: 160}, app: {}}\n"
        assert [lot["estimate"] for lot in shown(files)["lots"]] == [160, None]

    def test_listed_lots_do_not_inherit_the_tenders(self, shown):
        files = priced(a=100)
        files["tender.yaml"] = "currency: CNY\nestimate: {breakdown: 1}\nlots: {web: {}}\n"
        assert [lot["estimate"] for lot in shown(files)["lots"]] == [None]

    def test_of_a_table(self, only):
        files = ROUND | {"bids.csv": "vendor.id,price,lot,lot.estimate.labour\na,100,web,80\n"}
        assert only(files, bids="bids.csv")["estimate"] == 80

    def test_in_another_currency(self, only):
        files = priced(tender="estimate: {amount: 10, currency: USD}\n", a=100)
        files["rates.yaml"] = "- {date: 2026-01-01, from: USD, to: CNY, rate: 7}\n"
        assert only(files)["estimate"] == 70

    def test_an_estimate_of_nothing_for_an_item_has_no_percent(self, only):
        lot = only(priced(tender="estimate: {labour: 50, travel: 0}\n", a={"travel": 7}))
        assert costs(lot, "travel", "over_estimate") == {"a": None}

    @pytest.mark.parametrize(
        ("estimate", "words"),
        [
            ("about a hundred", "a number, not text"),
            ("{labour: much}", "a number, not text"),
            ("[1, 2]", "a number, not a list"),
            ("0", "above 0"),
            ("{}", "above 0"),
            ("{amount: 9, currency: CNY, breakdown: {labour: 9}}", "has no breakdown"),
            ("{amount: 9, breakdown: {labour: 9}}", "has no breakdown"),
        ],
    )
    def test_anything_else_is_an_error_of_this_command_alone(
        self, round_files, run, estimate, words
    ):
        round_files(priced(tender=f"estimate: {estimate}\n", a=100))
        done = run("prices", "bids", "--format", "json")
        (problem,) = done.json["problems"]
        assert (done.code, problem["code"]) == (1, "wrong-type")
        assert (problem["file"], problem["line"]) == ("tender.yaml", 2)
        assert words in problem["message"]
        assert run("evaluate", "bids").code == 0

    def test_a_missing_rate_is_said(self, round_files, run):
        round_files(priced(tender="estimate: {amount: 10, currency: USD}\n", a=100))
        done = run("prices", "bids")
        assert (done.code, "missing-rate" in done.err) == (1, True)


class TestWhatStandsApart:
    def test_beyond_one_and_a_half_interquartile_ranges(self, only):
        """Of 10, 100, 104, 112 the quartiles are 77.5 and 106: the fences 34.75 and 148.75."""
        lot = only(priced(a=10, b=100, c=104, d=112))
        assert (lot["spread"]["low_fence"], lot["spread"]["high_fence"]) == (34.75, 148.75)
        assert by_vendor(lot, "outlier") == {"a": "low", "b": None, "c": None, "d": None}

    def test_not_on_the_fence_itself(self, only):
        """Of 88, 100, 104, 108, 120 the quartiles are 100 and 108, the fences 88 and 120."""
        assert by_vendor(only(priced(a=88, b=100, c=104, d=108, e=120)), "outlier")["a"] is None
        apart = by_vendor(only(priced(a=87.99, b=100, c=104, d=108, e=120.01)), "outlier")
        assert (apart["a"], apart["e"]) == ("low", "high")

    def test_of_fewer_than_four_nothing_does(self, only):
        lot = only(priced(a=1, b=100, c=100))
        assert lot["spread"]["low_fence"] is None
        assert set(by_vendor(lot, "outlier").values()) == {None}

    def test_an_item_among_the_bids_that_have_it(self, only):
        labour = {"a": 10, "b": 100, "c": 104, "d": 112}
        lot = only(priced(**{v: {"labour": n, "rest": 200 - n} for v, n in labour.items()}))
        assert costs(lot, "labour", "outlier")["a"] == "low"
        assert set(by_vendor(lot, "outlier").values()) == {None}

    def test_a_bid_that_is_not_admitted_is_held_against_the_others(self, only):
        files = priced(method=LICENSED, a=10, b=100, c=104, d=108, e=112)
        for vendor in "bcde":
            files[f"bids/{vendor}.yaml"] += "licence: true\n"
        assert by_vendor(only(files), "outlier")["a"] == "low"

    def test_the_sentence_has_the_numbers(self, round_files, run):
        round_files(priced(a=10, b=100, c=104, d=112))
        said = " ".join(run("prices", "bids").out.split())
        assert "a: price 10.00 is under 34.75 = 77.50 - 1.5 x (106.00 - 77.50), from the" in said

    def test_the_rule_is_in_the_result(self, shown):
        rule = shown(priced(a=100))["rule"]
        assert rule == {"quartiles": "linear", "ranges": 1.5, "least": 4}


class TestDoubts:
    METHOD = (
        "low_price: [{id: half, title: Half, under: 50, of: mean}]\n"
        "rounds: [{id: award, criteria: [price]}]\n"
    )

    def test_what_the_methods_tests_found_is_here_too(self, only):
        lot = only(priced(method=self.METHOD, a=10, b=100, c=100))
        (doubt,) = lot["doubts"]
        assert (doubt["vendor"], doubt["round"], doubt["id"]) == ("a", "award", "half")
        assert (doubt["threshold"], doubt["accepted"], lot["tested"]) == (35, False, True)
        assert doubt["message"] == "price 10 is under 35, 50% of the mean of 3 bids, 70"

    def test_a_method_without_tests_says_nothing_of_them(self, only):
        lot = only(priced(a=10, b=100, c=100))
        assert (lot["doubts"], lot["tested"]) == ([], False)

    def test_also_of_a_round_that_waits_for_scores(self, only):
        files = priced(method=self.METHOD.replace("[price]", "[price, panel]"), a=10, b=100, c=100)
        files["criteria/method.yaml"] += "weights: relative\n"
        files["criteria/panel.yaml"] = (
            "id: panel\nweight: 100\ncriteria: [{id: x, weight: 100, score: {method: panel}}]\n"
        )
        lot = only(files)
        assert [(each["vendor"], each["id"]) for each in lot["doubts"]] == [("a", "half")]
        assert by_vendor(lot, "outcome")["a"] is None

    def test_nothing_changes(self, evaluate, run):
        files = priced(method=self.METHOD, a=10, b=100, c=100)
        before = evaluate(files)
        run("prices", "bids")
        assert evaluate(files) == before
