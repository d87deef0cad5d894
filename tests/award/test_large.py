"""Large awards: no brute force reaches them, but a bound that is exact proves them."""

from fractions import Fraction
from random import Random

import pytest

from tenderscore.award import Budget, Candidate, LotsPerVendor, Programme
from tenderscore.award.optimum import Search
from tenderscore.model.award import POINTS, PRICE


def a_programme(size, total, objective=POINTS, *limits):
    """So many lots with as many candidates each; ``total`` makes their totals."""
    dice = Random(7)  # noqa: S311 - the same every time
    candidates = {}
    for lot in range(size):
        totals = [total(dice) for _ in range(size)]
        best = sorted(totals, reverse=True)
        candidates[f"lot-{lot:03}"] = [
            Candidate(f"v{n:03}", "", 1 + best.index(each), each, Fraction(dice.randint(80, 120)))
            for n, each in enumerate(totals)
        ]
    return Programme(candidates, objective, limits)


def hundredths(dice):
    return Fraction(dice.randint(3000, 9900), 100)


def long_ones(dice):
    """Totals that are not rounded."""
    return Fraction(dice.randint(1, 10**30), 10**28 * dice.randint(1, 9))


@pytest.mark.parametrize("objective", [POINTS, PRICE])
def test_a_hundred_lots_with_a_hundred_vendors_are_proven(objective):
    search = Search(a_programme(100, hundredths, objective, LotsPerVendor(Fraction(2))))
    outcome = search._programme.outcome(search.choice())
    bound = search._gain_bound(100)
    assert (len(outcome.chosen), search._programme.broken(outcome)) == (100, ())
    assert bound.most == outcome.gain / search.unit


def test_numbers_that_are_too_long_for_floats_are_told_apart():
    limits = LotsPerVendor(Fraction(2)), Budget(Fraction(3600))
    search = Search(a_programme(40, long_ones, POINTS, *limits))
    assert not search._fits()
    outcome = search._programme.outcome(search.choice())
    bound = search._gain_bound(40)
    assert (len(outcome.chosen), search._programme.broken(outcome)) == (40, ())
    assert outcome.gain <= bound.most * search.unit


def test_two_totals_that_are_one_float_are_told_apart():
    close = Fraction(80) + Fraction(1, 10**30)
    among = [
        Candidate("acme", "", 2, Fraction(80), None),
        Candidate("bolt", "", 1, close, None),
    ]
    lots = {"web": among, "app": among}
    choice = Search(Programme(lots, POINTS, [LotsPerVendor(Fraction(2))])).choice()
    assert choice == (0, 0)
    one_each = Search(Programme({**lots, "ops": among[:1]}, POINTS, [LotsPerVendor(Fraction(2))]))
    assert one_each.choice() == (0, 0, 0)
