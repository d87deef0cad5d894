"""What a price is made of: it adds up, and is in the price's currency."""

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
