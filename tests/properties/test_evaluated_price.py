"""The evaluated price of columns of bids, against the same sum bid by bid with fractions."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tenderscore.errors import Place
from tenderscore.model.columns import column_of
from tenderscore.model.offers import ColumnOffers
from tenderscore.model.scores import Scores
from tenderscore.model.text import Title
from tenderscore.pipeline.evaluated_price import EvaluatedPrices
from tenderscore.pipeline.facts import LotFacts
from tenderscore.pipeline.marks import LotMarks
from tenderscore.pipeline.plan import PRICE
from tenderscore.pipeline.price_rules import PriceRule
from tenderscore.pipeline.resolving import Surroundings

MONEY = st.fractions(Fraction(1, 100), 10**12, max_denominator=1000)
AMOUNTS = st.fractions(Fraction(1, 10), 50, max_denominator=30)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["deduct", "increase", "add", "coefficient"]), AMOUNTS, st.booleans()
    ),
    max_size=4,
)


def rule(number, way, amount, of_price):
    return PriceRule(
        id=f"s{number}",
        title=Title("step"),
        condition=None,
        way=way,
        amount=amount,
        of_price=of_price,
        factor=Fraction(1),
        place=Place("criteria/method.yaml"),
    )


def evaluated(price, steps):
    """One bid's price, step by step."""
    so_far = price
    for way, amount, of_price in steps:
        base = price if of_price else so_far
        match way:
            case "deduct":
                so_far -= base * amount / 100
            case "increase":
                so_far += base * amount / 100
            case "coefficient":
                so_far += base / amount - base
            case _:
                so_far += amount
    return so_far


@given(prices=st.lists(MONEY, min_size=1, max_size=6), steps=STEPS)
def test_columns_come_to_what_each_bid_comes_to(prices, steps):
    vendors = [f"v{number}" for number in range(len(prices))]
    offers = ColumnOffers(vendors, {PRICE: column_of(prices)})
    facts = LotFacts(offers, Surroundings("all", {}, {}), LotMarks(Scores(), None, "all"))
    rules = [rule(number, *step) for number, step in enumerate(steps)]
    found = EvaluatedPrices(rules, facts)
    assert [found.of(row).value for row in range(len(prices))] == [
        evaluated(price, steps) for price in prices
    ]
    for row, price in enumerate(prices):
        changes = [step.change for step in found.of(row).steps]
        assert price + sum(changes) == found.of(row).value
