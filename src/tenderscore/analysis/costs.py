"""What the prices of a lot are made of, item by item, all bids side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np

from tenderscore.analysis.spreads import spread_of
from tenderscore.model.breakdown import BREAKDOWN
from tenderscore.model.cost_tree import Estimate, all_levels, items_of
from tenderscore.model.exact import Mask, Rationals, weighted_sum
from tenderscore.model.offers import Offers
from tenderscore.model.price_analysis import Cost, CostItem, OutlierRule, Spread
from tenderscore.model.records import record
from tenderscore.model.values import Path
from tenderscore.pipeline.facts import Rows
from tenderscore.pipeline.points import numbers_of


@record
class Amounts:
    """One item in all bids of a lot: 0 where a bid does not ``have`` it."""

    numbers: Rationals
    has: Mask


class LotCosts:
    """The breakdowns of a lot's bids, as columns.

    ``rows`` are the offers with a price in the order in which they are shown, ``prices`` theirs,
    ``admitted`` says which of them the others are compared with.
    """

    def __init__(self, offers: Offers, rows: Rows, prices: Rationals, admitted: Mask) -> None:
        self._vendors = [offers.vendors[int(row)] for row in rows]
        self._prices = prices
        self._admitted = admitted
        breakdowns = offers.column(BREAKDOWN)
        found = items_of(breakdowns.each(lambda value: value))
        self._leaves = {path: _read(offers, path, rows) for path in found}
        self._under: dict[Path, list[Path]] = {}
        for path in self._leaves:
            for length in range(len(path) + 1):
                self._under.setdefault(path[:length], []).append(path)
        self._divided: dict[Path, Mask] = {}
        self.itemised: Mask = self._dividing(())

    def items(self, estimate: Estimate | None, rule: OutlierRule) -> Iterator[CostItem]:
        """Every item at every level, the estimate's own first."""
        expected = {} if estimate is None else estimate.items
        if not self._leaves:
            return
        for path in all_levels([*expected, *self._leaves]):
            yield self._item(path, expected.get(path), rule)

    def _item(self, path: Path, expected: Fraction | None, rule: OutlierRule) -> CostItem:
        amounts = self._total(path)
        have = np.flatnonzero(amounts.has)
        spread = spread_of(amounts.numbers.take(amounts.has & self._admitted), rule)
        dividing = self._dividing(path[:-1])
        one = len(have) == 1
        return CostItem(
            path=path,
            estimate=expected,
            spread=spread,
            costs=tuple(self._costs(amounts, have, expected, spread)),
            alone=self._vendors[int(have[0])] if one and dividing.sum() > 1 else None,
            lacking=() if one else self._named(dividing & ~amounts.has),
            whole=self._named(self._whole(path)),
        )

    def _costs(
        self, amounts: Amounts, have: Rows, expected: Fraction | None, spread: Spread | None
    ) -> Iterator[Cost]:
        numbers = amounts.numbers.take(have)
        shares = numbers.divided_by(self._prices.take(have)).affine(100, 0).values()
        over = percent_over(numbers, expected)
        for at, (amount, share) in enumerate(zip(numbers.values(), shares, strict=True)):
            yield Cost(
                vendor=self._vendors[int(have[at])],
                amount=amount,
                share=share,
                over_estimate=None if over is None else over[at],
                side=None if spread is None else spread.side(amount),
            )

    def _total(self, path: Path) -> Amounts:
        """The sum of what stands at a path and under it."""
        under = self._under.get(path, [])
        parts = [self._leaves[leaf].numbers for leaf in under]
        ones = [Fraction(1)] * len(parts)
        return Amounts(weighted_sum(parts, ones, len(self._vendors)), self._any(under))

    def _any(self, leaves: Sequence[Path]) -> Mask:
        found: Mask = np.zeros(len(self._vendors), dtype=np.bool_)
        for leaf in leaves:
            found = found | self._leaves[leaf].has
        return found

    def _whole(self, path: Path) -> Mask:
        """Who states an item as one amount, where others say what it is made of."""
        own = [path] if path in self._leaves and self._dividing(path).any() else []
        return self._any(own)

    def _dividing(self, path: Path) -> Mask:
        """Who says what an item is made of; at the root, what the price is."""
        if path not in self._divided:
            own = [leaf for leaf in self._under.get(path, []) if leaf != path]
            self._divided[path] = self._any(own)
        return self._divided[path]

    def _named(self, rows: Mask) -> tuple[str, ...]:
        return tuple(self._vendors[int(row)] for row in np.flatnonzero(rows))


def percent_over(numbers: Rationals, reference: Fraction | None) -> list[Fraction] | None:
    """How far numbers are over a reference above 0, in percent of it."""
    if reference is None or reference <= 0:
        return None
    return numbers.affine(100 / reference, -100).values()


def _read(offers: Offers, path: Path, rows: Rows) -> Amounts:
    numbers, has = numbers_of(offers.column((*BREAKDOWN, *path)).take(rows))
    return Amounts(numbers.put(~has, 0), has)
