"""The rules for low prices agree with the words of their laws, followed one by one."""

from fractions import Fraction
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from tenderscore.errors import Message
from tenderscore.model.exact import Rationals
from tenderscore.pipeline.low_price_rules import Population, rule_class

PRICES = st.lists(
    st.decimals(min_value=1, max_value=200, places=2).map(Fraction), min_size=1, max_size=25
)
BASE = st.integers(min_value=50, max_value=250).map(Fraction)


def doubted(id_, prices, base, **settings):
    """Whether each price is, or None where there is no threshold."""
    rule = rule_class(id_)(**settings)
    limits = rule.limits(Population("price", Rationals.of(prices), base))
    return None if isinstance(limits, Message) else limits.low.tolist()


def mean(values):
    return sum(values, Fraction(0)) / len(values)


def article_85(prices, base, units, reduced):
    """Each bid by the paragraph for so many bids."""
    part = Fraction(2, 3) if reduced else Fraction(1)

    def more_under(price, reference, percent):
        whole = reference if units == "reference" else base
        return reference - price > whole * percent * part / 100

    def more_over(price, reference):
        return more_under(2 * reference - price, reference, 10)

    count = len(prices)
    if count == 1:
        return [more_under(prices[0], base, 25)]
    if count == 2:
        return [more_under(prices[0], prices[1], 20), more_under(prices[1], prices[0], 20)]
    reference = mean(prices)
    if count == 3:
        if more_over(max(prices), reference):
            reference = mean(sorted(prices)[:2])
        return [more_under(p, reference, 10) or more_under(p, base, 25) for p in prices]
    if any(more_over(price, reference) for price in prices):
        rest = [price for price in prices if not more_over(price, reference)]
        reference = mean(rest if len(rest) >= 3 else sorted(prices)[:3])
    return [more_under(price, reference, 10) for price in prices]


def article_97(prices, base):
    """Paragraphs 2 and 2-bis, letter by letter."""
    if len(prices) < 5:
        return None
    discounts = [(base - price) / base * 100 for price in prices]
    tenth = ceil(Fraction(len(prices), 10))
    ordered = sorted(discounts)
    aside = {*ordered[:tenth], *ordered[-tenth:]}
    left = [discount for discount in discounts if discount not in aside]
    if not left:
        return None
    average = mean(left)
    over = [discount - average for discount in left if discount > average]
    deviation = mean(over) if over else Fraction(0)
    if len(prices) >= 15:
        digits = f"{int(abs(sum(left)) * 100):03}"
        percent = int(digits[-2]) * int(digits[-1])
        threshold = average + deviation - deviation * percent / 100
    elif average > 0 and deviation / average <= Fraction("0.15"):
        threshold = average + average * 20 / 100
    else:
        threshold = average + deviation
    return [discount >= threshold for discount in discounts]


@given(PRICES, BASE, st.sampled_from(["reference", "base"]), st.booleans())
def test_spain(prices, base, units, reduced):
    found = doubted("spain-85", prices, base, units=units, reduced=reduced)
    assert found == article_85(prices, base, units, reduced)


@given(PRICES, BASE)
def test_italy(prices, base):
    assert doubted("italy-97", prices, base) == article_97(prices, base)


@given(PRICES, BASE, st.sampled_from(["spain-85", "italy-97"]), st.randoms(use_true_random=False))
def test_order_and_currency_change_nothing(prices, base, id_, shuffling):
    found = doubted(id_, prices, base)
    order = list(range(len(prices)))
    shuffling.shuffle(order)
    moved = doubted(id_, [prices[n] * 7 for n in order], base * 7)
    assert moved == (None if found is None else [found[n] for n in order])
