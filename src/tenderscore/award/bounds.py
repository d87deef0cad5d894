"""What an objective cannot exceed, exactly, from a price for each row.

Let every row be ``sum a x <= b`` and have a price ``y`` of 0 or more. Whatever keeps to the rows
has an objective of at most ``sum (c - y a) x + sum y b``, and of the unknowns of one lot no more
than one is 1. The prices may be any; those of HiGHS make the bound close. All sums are exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from tenderscore.award.unknowns import Unknowns, WholeRow

_UNIT = 2**64


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
        self.left = [objective.get(at, 0) * _UNIT for at in range(unknowns.count)]
        self.base = 0
        for row, price in zip(rows, prices, strict=True):
            self._pay(row, round(price * _UNIT))
        ours = {at for columns in unknowns.lots for at in columns}
        self.base += sum(max(left, 0) for at, left in enumerate(self.left) if at not in ours)
        self.lots = [max([0, *(self.left[at] for at in columns)]) for columns in unknowns.lots]

    @property
    def most(self) -> int:
        """What the objective cannot exceed."""
        return (self.base + sum(self.lots)) // _UNIT

    def without(self, target: int, unknowns: Unknowns) -> list[int]:
        """The unknowns that are 0 wherever the objective reaches a target."""
        all_ = self.base + sum(self.lots)
        return [
            at
            for lot, columns in enumerate(unknowns.lots)
            for at in columns
            if (all_ - self.lots[lot] + self.left[at]) // _UNIT < target
        ]

    def reaches(self, target: int, parts: int) -> bool:
        """Whether parts of what the lots add can still meet a target."""
        return (self.base + parts) // _UNIT >= target

    def _pay(self, row: WholeRow, price: int) -> None:
        if price > 0:
            self.base += price * row.bound
            for at, number in row.terms.items():
                self.left[at] -= price * number
