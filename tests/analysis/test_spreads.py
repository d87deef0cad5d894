"""Quartiles and fences against the standard library's, which knows nothing of columns."""

from fractions import Fraction
from statistics import mean, median, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderscore.analysis.costs import percent_over
from tenderscore.analysis.spreads import spread_of
from tenderscore.model.exact import Rationals
from tenderscore.model.price_analysis import OutlierRule

AMOUNTS = st.fractions(min_value=0, max_value=10**12, max_denominator=700)
RULE = OutlierRule()


@given(st.lists(AMOUNTS, min_size=2, max_size=12))
def test_quartiles_are_those_of_linear_interpolation(amounts):
    spread = spread_of(Rationals.of(amounts), RULE)
    expected = quantiles(amounts, n=4, method="inclusive")
    assert [spread.first, spread.median, spread.third] == expected
    assert (spread.lowest, spread.highest) == (min(amounts), max(amounts))
    assert (spread.mean, spread.median) == (mean(amounts), median(amounts))


@given(st.lists(AMOUNTS, min_size=1, max_size=12), AMOUNTS)
def test_what_stands_apart_is_beyond_a_fence(amounts, other):
    spread = spread_of(Rationals.of(amounts), RULE)
    if len(amounts) < 4:
        assert (spread.floor, spread.ceiling, spread.side(other)) == (None, None, None)
        return
    first, _, third = quantiles(amounts, n=4, method="inclusive")
    reach = Fraction(3, 2) * (third - first)
    low, high = other < first - reach, other > third + reach
    assert spread.side(other) == ("low" if low else "high" if high else None)


@given(st.permutations([3, 1, Fraction(7, 2), 1, 90]))
def test_the_order_of_amounts_does_not_matter(amounts):
    assert spread_of(Rationals.of(amounts), RULE) == spread_of(Rationals.of(sorted(amounts)), RULE)


@given(st.lists(AMOUNTS, min_size=1, max_size=3))
def test_of_three_nothing_could_stand_apart_anyway(amounts):
    spread = spread_of(Rationals.of(amounts), OutlierRule(least=1))
    assert {spread.side(amount) for amount in amounts} == {None}


def test_one_amount_is_all_of_them():
    spread = spread_of(Rationals.of([7]), RULE)
    assert {spread.lowest, spread.first, spread.median, spread.third, spread.highest} == {7}


def test_of_none_there_is_no_spread():
    assert spread_of(Rationals.of([]), RULE) is None


@given(st.lists(AMOUNTS, max_size=5), AMOUNTS)
def test_percent_over(amounts, reference):
    expected = None if reference == 0 else [(a - reference) / reference * 100 for a in amounts]
    assert percent_over(Rationals.of(amounts), reference) == expected


@pytest.mark.parametrize("reference", [None, 0, -5])
def test_nothing_is_held_against_nothing(reference):
    assert percent_over(Rationals.of([1]), reference) is None
