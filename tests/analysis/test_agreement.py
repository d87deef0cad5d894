"""Severity, consistency and alpha, held against single fractions and against another's code."""

import statistics
from fractions import Fraction

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.profile import searching
from tenderscore.analysis.agreement import Alpha, Unit, comparisons, units_of
from tenderscore.analysis.cases import median
from tenderscore.errors import Place
from tenderscore.model.panel_analysis import Case, GivenScore
from tenderscore.model.text import Title

SCALES = ((0, 5), (1, 7), (0, 100), (-2, 2), (0, Fraction(5, 2)))


def case(vendor, scale, marks):
    """A vendor's marks by evaluator on one criterion."""
    scores = tuple(
        GivenScore(who, mark, row, lambda _: Place("scores.csv"))
        for row, (who, mark) in enumerate(marks.items())
    )
    numbers = tuple(marks.values())
    return Case(
        criterion="g.x",
        title=Title("x"),
        round="all",
        vendor=vendor,
        lots=("all",),
        scale=scale,
        marks=scores,
        scores=numbers,
        lacking=(),
        abstained=(),
        out=(),
        mean=None,
        median=None,
        spread=None,
        agreed=None,
    )


@st.composite
def cases(draw):
    """Some vendors, each with a scale of its own and marks of some of four evaluators."""
    found = []
    for at in range(draw(st.integers(1, 6))):
        low, high = draw(st.sampled_from(SCALES))
        marks = st.integers(0, 10).map(
            lambda tenth, a=low, b=high: a + (b - a) * Fraction(tenth, 10)
        )
        found.append(
            case(f"v{at}", (low, high), draw(st.dictionaries(st.sampled_from("abcd"), marks)))
        )
    return found


def percents(found):
    """Every case's marks in percent of its scale."""
    return [
        {
            mark.evaluator: Fraction(mark.score - each.scale[0])
            / (each.scale[1] - each.scale[0])
            * 100
            for mark in each.marks
        }
        for each in found
    ]


@given(cases())
@searching()
def test_severity_is_the_mean_difference_from_the_mean_of_the_others(found):
    units, below = units_of(found)
    actual = {who: each.severity(below) for who, each in comparisons(units).items()}
    differences = {}
    for marks in percents(found):
        for who, mark in marks.items():
            others = [other for name, other in marks.items() if name != who]
            if others:
                differences.setdefault(who, []).append(mark - statistics.mean(others))
    assert actual == {who: statistics.mean(some) for who, some in differences.items()}


@given(cases())
@searching()
def test_consistency_is_the_correlation_with_the_mean_of_the_others(found):
    pairs = {}
    for marks in percents(found):
        for who, mark in marks.items():
            others = [other for name, other in marks.items() if name != who]
            if others:
                pairs.setdefault(who, []).append((mark, statistics.mean(others)))
    for who, comparison in comparisons(units_of(found)[0]).items():
        own, others = zip(*pairs[who], strict=True)
        constant = len(set(own)) == 1 or len(set(others)) == 1
        if len(own) < 3 or constant:
            assert comparison.consistency() is None
        else:
            expected = np.corrcoef([*map(float, own)], [*map(float, others)])[0, 1]
            assert comparison.consistency() == pytest.approx(expected, abs=1e-9)


@given(cases())
@searching()
def test_alpha_is_that_of_the_library(found):
    units, _ = units_of(found)
    value = Alpha(units).value()
    table = [
        [float(marks[who]) if who in marks else np.nan for marks in percents(found)]
        for who in "abcd"
    ]
    if value is not None:
        expected = krippendorff.alpha(table, level_of_measurement="interval")
        assert float(value) == pytest.approx(expected, abs=1e-9)


def test_resamples_are_alphas_of_units_drawn_again():
    units = [
        Unit("g.x", {"a": 1, "b": 2}),
        Unit("g.x", {"a": 3, "b": 3}),
        Unit("g.x", {"a": 5, "b": 4}),
    ]
    draw = np.random.RandomState(7)
    expected = []
    for _ in range(20):
        chosen = [units[at] for at in draw.randint(0, 3, 3)]
        expected.append(Alpha(chosen).value())
    assert Alpha(units).resampled(20, 7) == sorted(each for each in expected if each is not None)


def test_numbers_beyond_64_bits_are_exact():
    huge = 10**25
    units = [Unit("g.x", {"a": 1, "b": huge}), Unit("g.x", {"a": huge, "b": huge})]
    small = [Unit("g.x", {"a": 0, "b": huge - 1}), Unit("g.x", {"a": huge - 1, "b": huge - 1})]
    assert Alpha(units).value() == Alpha(small).value() == Fraction(0)
    assert Alpha(units).resampled(5, 1) == Alpha(small).resampled(5, 1)


@given(st.lists(st.fractions(), min_size=1).map(sorted))
def test_the_median_is_the_one_in_the_middle(ascending):
    assert median(ascending) == statistics.median(ascending)
