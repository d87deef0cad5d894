"""Ranks in a sheet and their sums, against the sentence that defines them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderscore.model.exact import Rationals
from tenderscore.pipeline.rankings.rank_sum import sheet_ranks

MARKS = st.lists(st.fractions(0, 100, max_denominator=6), min_size=1, max_size=12)


def rank(totals, own, ties):
    """One more than those ahead; of equals the first, or the middle; dense: of distinct totals."""
    ahead = [total for total in totals if total > own]
    match ties:
        case "dense":
            return 1 + len(set(ahead))
        case "mid":
            return len(ahead) + Fraction(1 + totals.count(own), 2)
    return 1 + len(ahead)


@pytest.mark.parametrize("ties", ["competition", "dense", "mid"])
@given(totals=MARKS)
def test_a_sheets_ranks_are_as_defined(ties, totals):
    halves = sheet_ranks(Rationals.of(totals).keys(), ties).tolist()
    assert [Fraction(each, 2) for each in halves] == [rank(totals, own, ties) for own in totals]


@given(totals=MARKS)
def test_middle_ranks_give_out_as_many_as_there_are_bids(totals):
    halves = sheet_ranks(Rationals.of(totals).keys(), "mid")
    assert int(halves.sum()) == len(totals) * (len(totals) + 1)
