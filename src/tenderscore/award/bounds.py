"""What an objective cannot exceed, exactly, from a price for each row.

Let every row be ``sum a x <= b`` and have a price ``y`` of 0 or more. Whatever keeps to the rows
has an objective of at most ``sum (c - y a) x + sum y b``, and of the unknowns of one lot no more
than one is 1. The prices may be any; those of HiGHS make the bound close. All sums are exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from tenderscore.award.unknowns import Unknowns, WholeRow

UNIT = 2**64


class Bound:
    """The bound of an objective, inside in whole 2**64ths.

    ``left`` is what an unknown adds once the rows have had their price, ``lots`` the most that
    each lot adds, ``base`` what all else does.
    """

    def __init__(
        self,
        objective: Mapping[int, int],
        rows: Sequence[WholeRow],
        prices: Sequence[Fraction],
        unknowns: Unknowns,
    ) -> None:
        self._lot_of = unknowns.lot_of
        self.left = [objective.get(at, 0) * UNIT for at in range(unknowns.count)]
        self.base = 0
        for row, price in zip(rows, prices, strict=True):
            self._pay(row, round(price * UNIT))
        ours = {at for columns in unknowns.lots for at in columns}
        self.base += sum(max(left, 0) for at, left in enumerate(self.left) if at not in ours)
        self.lots = [max([0, *(self.left[at] for at in columns)]) for columns in unknowns.lots]

    @property
    def most(self) -> int:
        """What the objective cannot exceed."""
        return (self.base + sum(self.lots)) // UNIT

    @cached_property
    def with_each(self) -> list[int]:
        """What the objective cannot exceed where an unknown of a lot is 1."""
        all_ = self.base + sum(self.lots)
        pairs = zip(self._lot_of, self.left, strict=False)
        return [(all_ - self.lots[lot] + left) // UNIT for lot, left in pairs]

    def without(self, target: int) -> list[int]:
        """The unknowns that are 0 wherever the objective reaches a target."""
        return [at for at, most in enumerate(self.with_each) if most < target]

    def _pay(self, row: WholeRow, price: int) -> None:
        if price > 0:
            self.base += price * row.bound
            for at, number in row.terms.items():
                self.left[at] -= price * number
