"""What a price is made of: it adds up, and is in the price's currency."""

import re

import pytest

CRITERIA = """
    id: g
    weight: 100
    criteria: [{id: x, weight: 100, fact: price.breakdown.labour, score: {method: points}}]
    """
TENDER = "currency: CNY\n"


def bid(price, more=""):
    return {
        "tender.yaml": TENDER,
        "criteria/g.yaml": CRITERIA,
        "bids/a.yaml": f"vendor: {{id: a}}\nprice: {price}\n{more}",
    }


def table(*rows):
    head = "vendor.id,price.amount,price.currency,price.breakdown.labour,price.breakdown.other"
    lines = "".join(f"{row}\n" for row in (head, *rows))
    return {"tender.yaml": TENDER, "criteria/g.yaml": CRITERIA, "bids.csv": lines}


class TestTheSum:
    @pytest.mark.parametrize(
        "breakdown",
        [
            "{labour: 60, other: 40}",
            "{labour: 99.99, tax: 0.01}",
            "{labour: 50, rest: {a: 49, b: 1}}",
        ],
    )
    def test_it_may_be_any_tree(self, evaluate, breakdown):
        evaluate(bid(f"{{amount: 100, currency: CNY, breakdown: {breakdown}}}"))

    @pytest.mark.parametrize(
        ("breakdown", "words"),
        [
            ("{labour: 60, other: 39.99}", "adds up to 99.99, 0.01 less than the amount, 100"),
            ("{labour: 60, other: 10_040}", "adds up to 10,100, 10,000 more than the amount, 100"),
            ("{labour: 60, other: some}", "other of the breakdown is no number"),
            ("{rest: {day: yes}}", "rest.day of the breakdown is no number"),
            ("{}", "adds up to 0, 100 less than the amount, 100"),
            ("100", "a breakdown is a mapping"),
        ],
    )
    def test_or_the_error_has_the_difference(self, problems, breakdown, words):
        (found,) = problems(bid(f"{{amount: 100, currency: CNY, breakdown: {breakdown}}}"))
        assert (found["code"], found["file"], found["line"]) == ("breakdown-sum", "bids/a.yaml", 2)
        assert words in found["message"]

    def test_an_offer_has_its_own(self, problems):
        offer = "offers: {x: {price: {amount: 9, currency: CNY, breakdown: {labour: 8}}}}\n"
        (found,) = problems(bid("100", offer))
        assert (found["code"], found["line"]) == ("breakdown-sum", 3)

    def test_so_has_a_row_of_a_table(self, problems):
        (found,) = problems(table("a,100,CNY,60,40", "b,100,CNY,60,39", "c,100,CNY,,"))
        assert (found["code"], found["file"], found["line"]) == ("breakdown-sum", "bids.csv", 3)
        assert "1 less than the amount" in found["message"]

    def test_words_in_a_column_are_no_costs(self, problems):
        found = problems(table("a,100,CNY,60,forty"))
        assert [each["code"] for each in found] == ["breakdown-sum"]


class TestTheCurrency:
    RATES = "- {date: 2026-01-01, from: USD, to: CNY, rate: 7}\n"

    def test_costs_are_in_that_of_the_price(self, evaluate):
        files = bid("{amount: 10, currency: USD, breakdown: {labour: 4, other: 6}}")
        result = evaluate(files | {"rates.yaml": self.RATES})
        assert result.node("a", "g.x")["value"] == 28

    def test_in_a_table_too(self, evaluate):
        files = table("a,10,USD,4,6", "b,10,CNY,4,6") | {"rates.yaml": self.RATES}
        result = evaluate(files)
        assert [result.node(vendor, "g.x")["value"] for vendor in "ab"] == [28, 4]


class TestDecisions:
    DECIDED = (
        "- {decide: correct, vendor: a, fact: %s, was: %s, value: %s, by: TC, date: 2026-04-02, "
        "reason: Two digits swapped}\n"
    )
    PRICE = "{amount: 91, currency: CNY, breakdown: {labour: 15, other: 4}}"

    @pytest.mark.parametrize(
        ("fact", "was", "value"),
        [("price", "{amount: 91, currency: CNY}", "19"), ("price.amount", "91", "19")],
    )
    def test_a_correction_of_the_price_mends_it(self, evaluate, fact, was, value):
        decisions = {"decisions.yaml": self.DECIDED % (fact, was, value)}
        files = bid(self.PRICE) | decisions
        files["criteria/g.yaml"] = CRITERIA.replace("price.breakdown.labour", "price")
        assert evaluate(files).column("price") == {"a": 19}

    def test_another_does_not(self, problems):
        decisions = {"decisions.yaml": self.DECIDED % ("price.breakdown.labour", "15", "16")}
        (found,) = problems(bid(self.PRICE) | decisions)
        assert "71 less than the amount, 91" in found["message"]

    def test_the_error_shows_the_decision_too(self, round_files, run):
        decided = {"decisions.yaml": self.DECIDED % ("price.amount", "19", "91")}
        round_files(bid(self.PRICE.replace("91", "19")) | decided)
        shown = run("check", "bids").err
        assert "bids/a.yaml:2:47: error[breakdown-sum]" in shown
        assert re.search(r"decisions\.yaml:1:\d+: note: corrected here", shown)


class TestDecisionsOnATable:
    """A row of a table is corrected as a bid of its own file is."""

    ROW = "a,{},CNY,15,4"

    def decided(self, amount, fact, was, value):
        decisions = {"decisions.yaml": TestDecisions.DECIDED % (fact, was, value)}
        files = table(self.ROW.format(amount), "b,10,CNY,4,6") | decisions
        return files | {"criteria/g.yaml": CRITERIA.replace("price.breakdown.labour", "price")}

    @pytest.mark.parametrize(
        ("fact", "was", "value"),
        [
            ("price", "{amount: 91, currency: CNY}", "19"),
            ("price.amount", "91", "19"),
            ("price.amount", "91", "19.0"),
        ],
    )
    def test_a_correction_mends_the_price(self, evaluate, fact, was, value):
        assert evaluate(self.decided(91, fact, was, value)).column("price")["a"] == 19

    def test_or_a_part(self, evaluate):
        result = evaluate(self.decided(20, "price.breakdown.labour", "15", "16"))
        assert result.column("price")["a"] == 20

    @pytest.mark.parametrize(
        ("fact", "was", "value", "words"),
        [
            ("price.amount", "19", "91", "adds up to 19, 72 less than the amount, 91"),
            ("price.breakdown.labour", "15", "16", "adds up to 20, 1 more than the amount, 19"),
        ],
    )
    def test_what_does_not_add_up_is_an_error(self, problems, fact, was, value, words):
        (found,) = problems(self.decided(19, fact, was, value))
        assert (found["code"], found["file"], found["line"]) == ("breakdown-sum", "bids.csv", 2)
        assert words in found["message"]

    def test_a_breakdown_may_be_corrected_as_a_whole(self, problems):
        decided = self.decided(19, "price.breakdown", "{labour: 15, other: 4}", "{labour: 3}")
        (found,) = problems(decided)
        assert (found["code"], found["file"]) == ("breakdown-sum", "decisions.yaml")
        assert "adds up to 3, 16 less than the amount, 19" in found["message"]


class TestDecisionsInAnotherCurrency:
    """A part of the price that a decision corrects stays in the currency of the price."""

    TWO = "".join(
        TestDecisions.DECIDED % entry
        for entry in [("price.breakdown.labour", "4", "5"), ("price.amount", "10", "11")]
    )
    EURO = TestDecisions.DECIDED % ("price.currency", "USD", "EUR")
    RATES = TestTheCurrency.RATES + "- {date: 2026-01-01, from: EUR, to: CNY, rate: 8}\n"
    BIDS = (
        bid("{amount: 10, currency: USD, breakdown: {labour: 4, other: 6}}"),
        table("a,10,USD,4,6"),
    )

    @pytest.mark.parametrize("files", BIDS, ids=["file", "table"])
    @pytest.mark.parametrize(("decided", "labour"), [(TWO, 35), (EURO, 32)], ids=["part", "unit"])
    def test_in_a_file_and_in_a_table(self, evaluate, files, decided, labour):
        result = evaluate(files | {"rates.yaml": self.RATES, "decisions.yaml": decided})
        assert result.node("a", "g.x")["value"] == labour
