"""What lots are worth with each vendor, as a table of whole numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tenderscore.award.bounds import UNIT, Bound
from tenderscore.award.programme import NOBODY, Choice, Programme

Integers: TypeAlias = NDArray[np.int64]
Vendors: TypeAlias = tuple[int, ...]
Caps: TypeAlias = Mapping[str, int]

_BITS = 61


class Table:
    """What every lot is worth with every vendor once other constraints have had their price.

    ``worth`` is in units that fit, rounded up where these are not the smallest; 0 where the vendor
    is no candidate, ``largest`` the most of each lot. ``place`` is where the vendor stands among
    the lot's candidates, ``nowhere`` comes after them all. ``caps`` are how many lots each vendor
    may have, None where these are not counted.
    """

    def __init__(self, programme: Programme, most: int, bound: Bound, caps: Caps) -> None:
        self._candidates = programme.candidates
        self._base = bound.base
        self.vendors = sorted({bid.vendor for among in self._candidates for bid in among})
        self.caps = np.array([caps[each] for each in self.vendors]) if caps else None
        self._columns = {vendor: at for at, vendor in enumerate(self.vendors)}
        self.nowhere = np.array([len(among) for among in self._candidates], dtype=np.int64)
        count = sum(map(len, self._candidates))
        sums = max(map(abs, bound.left[:count])) * (len(self.nowhere) + 1) * (most + 1)
        self._cut = max(0, sums.bit_length() - _BITS)
        self._fill(bound)
        self.largest = self.worth.max(axis=1, initial=0)

    def _fill(self, bound: Bound) -> None:
        self.worth = np.zeros((len(self.nowhere), len(self.vendors)), dtype=np.int64)
        self.place = np.repeat(self.nowhere[:, None], len(self.vendors), axis=1)
        left = iter(bound.left)
        for lot, among in enumerate(self._candidates):
            for place, bid in enumerate(among):
                at = lot, self._columns[bid.vendor]
                self.worth[at], self.place[at] = self._rounded_up(next(left)), place

    def scaled(self, worth: int) -> int:
        """What the lots have to be worth here for a choice to be worth so many whole units."""
        return self._rounded_up(worth * UNIT - self._base)

    def _rounded_up(self, number: int) -> int:
        return -(-number >> self._cut)

    def capped(self, more: Integers, vendors: NDArray[np.intp]) -> Integers:
        """What lots add with some vendors: with each no more of them, the greatest, than it may."""
        if self.caps is None:
            return more
        caps = self.caps[vendors]
        many = np.flatnonzero((more > 0).sum(axis=0) > caps)
        parts = more[:, many]
        order = np.argsort(-parts, axis=0, kind="stable")
        ranks = np.empty_like(order)
        np.put_along_axis(ranks, order, np.arange(len(more))[:, None], axis=0)
        more[:, many] = np.where(ranks < caps[many], parts, 0)
        return more

    def most(self, vendors: Vendors) -> int:
        """What some vendors' lots are worth, rounded up."""
        return int(self.worth[:, vendors].max(axis=1, initial=0).sum())

    def places(self, holders: Sequence[str | None]) -> list[int]:
        """The places of the lots' vendors, after all candidates where a lot goes to nobody."""
        places: list[int] = self.nowhere.tolist()
        for lot, vendor in enumerate(holders):
            if vendor is not None:
                places[lot] = int(self.place[lot, self._columns[vendor]])
        return places

    def choice(self, places: list[int]) -> Choice:
        """The choice that some places are."""
        pairs = zip(places, self.nowhere.tolist(), strict=True)
        return tuple(at if at < none else NOBODY for at, none in pairs)
