"""What every scoring method on numbers keeps, held for each entry of ``METHODS``."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderscore.model.exact import Rationals
from tenderscore.scoring import METHODS, NumberMethod, ValueMethod

EXAMPLES = {
    "linear": ({"worst": 0, "best": 1000}, "up"),
    "interpolate": ({"through": [[0, 0], [100, 80], [1000, 100]]}, "up"),
    "bands": (
        {"bands": [{"at_least": 500, "points": 100}, {"at_least": 10, "points": 40}]},
        "up",
    ),
    "points": ({"out_of": 1000}, "up"),
    "panel": ({"scale": [0, 1000]}, "up"),
    "ratio_to_best": ({"better": "low"}, "down"),
    "min_max": ({"better": "high"}, "up"),
    "excess_over_best": ({}, "down"),
    "deviation": ({"from": "mean"}, None),
    "relative_to_mean": ({}, "down"),
    "bilinear": ({"at_mean": 80}, "up"),
}
NUMBERS = sorted(id_ for id_, method in METHODS.items() if issubclass(method, NumberMethod))
SCALE_FREE = (
    "ratio_to_best",
    "min_max",
    "excess_over_best",
    "deviation",
    "relative_to_mean",
    "bilinear",
)
FACTS = st.lists(
    st.integers(1, 1000) | st.fractions(1, 1000, max_denominator=12), min_size=1, max_size=6
)


def points(id_, facts):
    method = METHODS[id_].model_validate(EXAMPLES[id_][0])
    numbers = Rationals.of(facts)
    return method.points(numbers, method.benchmark(numbers)).values()


def test_every_method_on_numbers_has_an_example_here():
    assert set(EXAMPLES) == set(NUMBERS)
    assert all(issubclass(m, (NumberMethod, ValueMethod)) for m in METHODS.values())


@pytest.mark.parametrize("id_", NUMBERS)
@given(facts=FACTS)
def test_points_stay_within_0_and_100(id_, facts):
    assert all(0 <= mark <= 100 for mark in points(id_, facts))


@pytest.mark.parametrize("id_", NUMBERS)
@given(facts=FACTS, data=st.data())
def test_the_order_of_bids_does_not_matter(id_, facts, data):
    order = data.draw(st.permutations(range(len(facts))))
    shuffled = points(id_, [facts[index] for index in order])
    assert shuffled == [points(id_, facts)[index] for index in order]


@pytest.mark.parametrize("id_", NUMBERS)
@given(facts=FACTS)
def test_equal_facts_have_equal_points(id_, facts):
    marks = points(id_, [*facts, facts[0]])
    assert marks[-1] == marks[0]


@pytest.mark.parametrize("id_", [id_ for id_ in NUMBERS if EXAMPLES[id_][1]])
@given(facts=FACTS)
def test_a_better_fact_never_has_fewer_points_than_a_worse_one(id_, facts):
    ordered = sorted(facts, reverse=EXAMPLES[id_][1] == "down")
    marks = points(id_, ordered)
    assert marks == sorted(marks)


@pytest.mark.parametrize("id_", SCALE_FREE)
@given(facts=FACTS, unit=st.fractions(Fraction(1, 1000), 1000, max_denominator=1000))
def test_the_unit_of_money_does_not_matter(id_, facts, unit):
    if unit > 0:
        assert points(id_, [fact * unit for fact in facts]) == points(id_, facts)


@pytest.mark.parametrize("id_", NUMBERS)
@given(facts=FACTS)
def test_the_working_names_the_method_and_ends_in_its_points(id_, facts):
    method = METHODS[id_].model_validate(EXAMPLES[id_][0])
    numbers = Rationals.of(facts)
    benchmark = method.benchmark(numbers)
    step = method.explain(Fraction(facts[0]), benchmark)
    mark = method.points(numbers, benchmark).value(0)
    assert step.method == id_
    if mark.denominator == 1:
        assert str(mark) in str(step.formula)
