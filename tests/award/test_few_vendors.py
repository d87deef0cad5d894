"""``vendors: {at_most: ...}``: the search for the vendors agrees with HiGHS, and is quick."""

from fractions import Fraction

import pytest
from tests.award.test_large import a_programme, hundredths, long_ones

from tenderscore.award import (
    Budget,
    IncumbentsEach,
    LotsPerVendor,
    Package,
    VendorsAtLeast,
    VendorsAtMost,
)
from tenderscore.award.few_vendors import _counted, of_few_vendors
from tenderscore.award.optimum import Search
from tenderscore.model.award import POINTS, PRICE

SIZE = 8


def one_or_two(dice):
    """Totals of which many are the same."""
    return Fraction(dice.randint(1, 2))


@pytest.mark.parametrize("most", [2, 3])
@pytest.mark.parametrize(
    "others",
    [
        (),
        (LotsPerVendor(Fraction(6)),),
        (LotsPerVendor(Fraction(3)),),
        (Budget(Fraction(SIZE * 92)),),
        (LotsPerVendor(Fraction(5)), Budget(Fraction(SIZE * 96)), VendorsAtLeast(Fraction(2))),
    ],
    ids=["alone", "lots", "few lots", "budget", "three"],
)
@pytest.mark.parametrize("total", [hundredths, one_or_two, long_ones])
def test_it_finds_what_highs_finds(most, others, total):
    programme = a_programme(SIZE, total, POINTS, *others, VendorsAtMost(Fraction(most)))
    assert of_few_vendors(programme) == Search(programme).choice()


INCUMBENTS = frozenset(f"v{vendor:03}" for vendor in range(4))


@pytest.mark.parametrize("most", [2, 3, 5])
@pytest.mark.parametrize(
    "others",
    [
        (LotsPerVendor(Fraction(4)),),
        (LotsPerVendor(Fraction(4)), Budget(Fraction(SIZE * 95))),
        (IncumbentsEach(Fraction(1), INCUMBENTS),),
        (IncumbentsEach(Fraction(0), INCUMBENTS), LotsPerVendor(Fraction(5))),
    ],
    ids=["lots", "lots and budget", "incumbents", "incumbents and lots"],
)
@pytest.mark.parametrize("total", [hundredths, one_or_two])
def test_so_it_does_where_each_vendors_lots_are_counted(most, others, total):
    programme = a_programme(SIZE, total, POINTS, *others)
    expected = Search(programme.with_limits([*others, VendorsAtMost(Fraction(most))])).choice()
    assert _counted(programme, most) == expected


@pytest.mark.parametrize("most", [2, 4])
def test_discounts_count(most):
    packages = [
        Package(f"v{vendor:03}", tuple(f"lot-{(vendor + lot) % SIZE:03}" for lot in range(4)), off)
        for vendor in range(8)
        for off in (Fraction(5), Fraction(30))
    ]
    programme = a_programme(SIZE, hundredths, PRICE, VendorsAtMost(Fraction(most)))
    programme.packages = tuple(packages)
    assert of_few_vendors(programme) == Search(programme).choice()


@pytest.mark.parametrize("most", [3, 10])
def test_a_hundred_lots_with_a_hundred_vendors_take_seconds(most):
    """As a programme of HiGHS's these take minutes, or hours."""
    programme = a_programme(100, hundredths, POINTS, VendorsAtMost(Fraction(most)))
    outcome = programme.outcome(of_few_vendors(programme))
    gains = {3: Fraction("8695.20"), 10: Fraction("9568.78")}
    assert (len(outcome.lots_by_vendor()), outcome.gain) == (most, gains[most])


def test_where_nothing_tells_vendors_apart_the_first_have_the_lots():
    programme = a_programme(40, lambda _: Fraction(70), POINTS, VendorsAtMost(Fraction(5)))
    assert of_few_vendors(programme) == (0,) * 40
