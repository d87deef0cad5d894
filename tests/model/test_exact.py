"""Columns of exact fractions agree with ``fractions.Fraction``, number by number."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderscore.model.exact import Rationals, weighted_sum
from tenderscore.model.numerals import half_up

PRICES = st.one_of(
    st.integers(-(10**6), 10**6),
    st.integers(99999999999900, 99999999999999).map(lambda cents: Fraction(cents, 100)),
    st.integers(-(10**29), 10**29),
    st.fractions(max_denominator=9),
    st.integers(-(10**33), 10**33).map(lambda units: Fraction(units, 10**30)),
    st.integers(1, 2**70).map(lambda bottom: Fraction(1, bottom)),
)
COLUMNS = st.lists(PRICES, min_size=1, max_size=6)
FACTORS = st.one_of(st.fractions(max_denominator=1000), st.integers(-(10**30), 10**30))


@given(COLUMNS)
def test_a_column_holds_its_numbers_exactly(numbers):
    assert Rationals.of(numbers).values() == numbers


@given(COLUMNS, FACTORS, FACTORS)
def test_affine_is_exact(numbers, slope, shift):
    expected = [slope * number + shift for number in numbers]
    assert Rationals.of(numbers).affine(slope, shift).values() == expected


@given(COLUMNS, st.integers(0, 6))
def test_rounding_is_half_up_at_every_size(numbers, decimals):
    expected = [half_up(Fraction(number), decimals) for number in numbers]
    assert Rationals.of(numbers).rounded(decimals).values() == expected


@given(COLUMNS)
def test_clamping_keeps_within_0_and_100(numbers):
    expected = [min(max(number, 0), 100) for number in numbers]
    assert Rationals.of(numbers).clamped(0, 100).values() == expected


@given(st.lists(PRICES.filter(lambda x: x > 0), min_size=1, max_size=6), FACTORS)
def test_division_is_exact(numbers, dividend):
    expected = [Fraction(dividend) / number for number in numbers]
    assert Rationals.of(numbers).divided_into(dividend).values() == expected


@given(COLUMNS, PRICES)
def test_comparison_with_a_threshold_is_exact(numbers, threshold):
    column = Rationals.of([*numbers, threshold])
    assert column.at_least(threshold).tolist() == [n >= threshold for n in [*numbers, threshold]]
    assert column.at_most(threshold).tolist() == [n <= threshold for n in [*numbers, threshold]]


@given(COLUMNS)
def test_keys_are_ordered_as_the_numbers_and_equal_where_they_are(numbers):
    keys = Rationals.of(numbers).keys().tolist()
    for left, key in zip(numbers, keys, strict=True):
        for right, other in zip(numbers, keys, strict=True):
            assert (left < right, left == right) == (key < other, key == other)


@given(st.lists(st.tuples(PRICES, PRICES), min_size=1, max_size=5), FACTORS, FACTORS)
def test_a_weighted_sum_is_exact(pairs, first, second):
    columns = [Rationals.of([pair[0] for pair in pairs]), Rationals.of([p[1] for p in pairs])]
    total = weighted_sum(columns, [Fraction(first), Fraction(second)], len(pairs))
    assert total.values() == [first * left + second * right for left, right in pairs]


@given(COLUMNS, st.data())
def test_where_takes_each_row_from_its_side(numbers, data):
    others = [data.draw(PRICES) for _ in numbers]
    mask = [data.draw(st.booleans()) for _ in numbers]
    chosen = Rationals.of(numbers).where(np.array(mask), Rationals.of(others))
    assert chosen.values() == [
        number if here else other for number, other, here in zip(numbers, others, mask, strict=True)
    ]


@given(COLUMNS)
def test_sum_and_order_of_a_column_are_exact(numbers):
    column = Rationals.of(numbers)
    assert column.total() == sum(numbers)
    assert column.sorted_values().values() == sorted(numbers)


@given(COLUMNS)
def test_floats_are_the_nearest(numbers):
    expected = [Fraction(n).numerator / Fraction(n).denominator for n in numbers]
    assert Rationals.of(numbers).floats().tolist() == expected


@pytest.mark.parametrize(
    ("number", "rounded"),
    [
        ("2.675", "2.68"),
        ("0.125", "0.13"),
        ("1.005", "1.01"),
        ("89.995", "90"),
        ("-0.125", "-0.12"),
    ],
)
def test_halves_go_up_where_floats_would_not(number, rounded):
    assert Rationals.of([Fraction(number)]).rounded(2).value(0) == Fraction(rounded)


def test_a_slope_of_0_is_no_trap_for_large_numbers():
    assert Rationals.of([10**29]).affine(0, Fraction("87.5")).values() == [Fraction("87.5")]


def test_an_empty_column_is_no_special_case():
    empty = Rationals.of([])
    assert empty.affine(2, 1).clamped(0, 100).rounded(2).values() == []
    assert weighted_sum([empty], [Fraction(1)], 0).values() == []
