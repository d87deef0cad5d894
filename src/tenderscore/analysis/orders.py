"""What ranks the bids of a round, as far as single steps of marks go."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from fractions import Fraction

from tenderscore.model.method import Rounding
from tenderscore.model.records import record
from tenderscore.pipeline.rounds import RoundRun


@record
class Change:
    """Other points of one bid on one criterion.

    Where every evaluator's sheet counts, ``evaluator`` gave the mark that moves, and ``own`` are
    the points of that mark alone.
    """

    row: int
    criterion: str
    points: Fraction
    evaluator: str | None = None
    own: Fraction | None = None


class Order(ABC):
    """The order of a round's bids."""

    @abstractmethod
    def is_within(self, row: int, total: Fraction, at_most: int) -> bool | None:
        """Whether a bid with a total is among the best; None where only tie-breaks can say."""

    @abstractmethod
    def may_be_first(self, row: int) -> bool:
        """Whether a bid is first, perhaps together with others."""

    @abstractmethod
    def may_change_the_first(self, change: Change, total: Fraction) -> bool:
        """Whether somebody else may be first when a bid has another total."""


class ByKey(Order):
    """Bids in the order of a number, the greatest first, that follows from the total."""

    def __init__(self, totals: Mapping[int, Fraction]) -> None:
        self._keys = {row: self.key(row, total) for row, total in totals.items()}
        self._ascending = sorted(self._keys.values())

    def key(self, row: int, total: Fraction) -> Fraction:  # noqa: ARG002
        """The number: the total itself."""
        return total

    def is_within(self, row: int, total: Fraction, at_most: int) -> bool | None:
        """Counts the others that have more, and those that have as much."""
        key = self.key(row, total)
        more = len(self._ascending) - bisect_right(self._ascending, key)
        as_much = len(self._ascending) - bisect_left(self._ascending, key)
        if as_much - (self._keys[row] >= key) < at_most:
            return True
        return False if more - (self._keys[row] > key) >= at_most else None

    def may_be_first(self, row: int) -> bool:
        """Whether nobody has more."""
        return self._keys[row] == self._ascending[-1]

    def may_change_the_first(self, change: Change, total: Fraction) -> bool:
        """Whether the bid reaches the best of the others, or falls back to it."""
        before, after = self._keys[change.row], self.key(change.row, total)
        best = self._best_but(change.row)
        if best is None:
            return False
        return after <= best if before > best else before == best or after >= best

    def _best_but(self, row: int) -> Fraction | None:
        """The best of the others."""
        *_, second, first = (None, *self._ascending)
        return second if self._keys[row] == first else first


class ByPricePerPoint(ByKey):
    """Bids in the order of what a point costs, the least first."""

    def __init__(self, totals: Mapping[int, Fraction], values: Mapping[int, Fraction]) -> None:
        self._prices = {row: values[row] * total for row, total in totals.items()}
        super().__init__(totals)

    def key(self, row: int, total: Fraction) -> Fraction:
        """The price over the total, less being more."""
        return -self._prices[row] / total

    def is_within(self, row: int, total: Fraction, at_most: int) -> bool | None:
        """As by any key; without points there is none."""
        return super().is_within(row, total, at_most) if total else None

    def may_change_the_first(self, change: Change, total: Fraction) -> bool:
        """As by any key; without points there is none."""
        return super().may_change_the_first(change, total) if total else True


class ByValue(ByKey):
    """Bids in the order of something that points do not change, the least first."""

    def __init__(self, totals: Mapping[int, Fraction], values: Mapping[int, Fraction]) -> None:
        self._values = values
        super().__init__(totals)

    def key(self, row: int, total: Fraction) -> Fraction:  # noqa: ARG002
        """The value, less being more."""
        return -self._values[row]


class Unknown(Order):
    """An order that only another evaluation can tell of."""

    def is_within(self, row: int, total: Fraction, at_most: int) -> bool | None:  # noqa: ARG002
        """Perhaps."""
        return None

    def may_be_first(self, row: int) -> bool:  # noqa: ARG002
        """Perhaps."""
        return True

    def may_change_the_first(self, change: Change, total: Fraction) -> bool:  # noqa: ARG002
        """Perhaps."""
        return True


def order_of(run: RoundRun, totals: Mapping[int, Fraction], rounding: Rounding) -> Order:
    """What ranks the bids of a round with these totals."""
    found = run.standings
    if found is None:
        return ByKey(totals)
    from tenderscore.analysis.rank_sums import ByRankSum  # noqa: PLC0415 - seldom asked for
    from tenderscore.pipeline.rankings.rank_sum import RankSums  # noqa: PLC0415

    if isinstance(found, RankSums):
        return ByRankSum(run, found, totals, rounding)
    positions = {int(row): at for at, row in enumerate(run.scored_rows)}
    values = {row: found.bid(positions[row]).value or Fraction(0) for row in totals}
    match found.measure.id:
        case "price_per_point":
            return ByPricePerPoint(totals, values)
        case "evaluated_price":
            return ByValue(totals, values)
    return Unknown()
