"""The optimum where few vendors may share the lots: which of them, by branch and bound.

Once the vendors are chosen every lot goes to the best of their bids, other constraints aside. Let
every lot have a price ``u`` of 0 or more. Whichever vendors S are chosen, the lots are worth no
more than

    sum over all lots of u + sum over S, and all lots, of max(0, worth - u)

and the bound is that of the vendors with the greatest such sums; where a vendor may have so many
lots only, its sum is that of so many, the greatest. Prices that make it low are found
by moving each against the number of times that its lot is wanted (G. Cornuejols, M. L. Fisher and
G. L. Nemhauser, Location of bank accounts to optimize float, Management Science 23, 1977). Other
constraints have prices, too, which are taken off what a lot is worth (``bounds``); what they leave
possible is looked at where the vendors are known. All sums are of whole numbers that fit 63 bits,
so that no bound is doubtful.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tenderscore.award.programme import Choice
from tenderscore.award.vendor_table import Integers, Table, Vendors
from tenderscore.model.records import record, replace

Found: TypeAlias = tuple[int, list[int]]

_MOST_NODES = 100_000
_AT_FIRST, _LATER = 400, 15


@record
class _Node:
    """Some vendors chosen, ``more`` to be chosen from those that are ``open``.

    ``worth`` is what each lot has of the chosen ones, where each may have them all; ``prices`` are
    where the search for the bound's begins.
    """

    chosen: Vendors
    worth: Integers
    open: NDArray[np.intp]
    more: int
    prices: Integers


@record
class _Bound:
    """What a node's lots cannot exceed, and what each open vendor adds to that."""

    value: int
    prices: Integers
    added: Integers


class FewVendors:
    """Finds the best choice among those of a few vendors.

    ``best_of`` looks at the lots of some vendors: what the best choice is worth in whole units, and
    the places of its candidates. None is its answer where there is none that is worth so much.
    """

    def __init__(
        self, table: Table, most: int, best_of: Callable[[Vendors, int | None], Found | None]
    ) -> None:
        self._table = table
        self._most = min(most, table.worth.shape[1])
        self._best_of = best_of
        self._best: int | None = None
        self._places = table.nowhere.tolist()

    def choice(self) -> Choice | None:
        """The best choice; None where there is none, or it takes too long to find."""
        self._look_at(tuple(good_vendors(self._table.worth, self._most)))
        nodes, tries = [self._everything()], _AT_FIRST
        for _ in range(_MOST_NODES):
            if not nodes:
                break
            nodes.extend(self._branches(nodes.pop(), tries))
            tries = _LATER
        return None if nodes or self._best is None else self._table.choice(self._places)

    def _everything(self) -> _Node:
        nothing = np.zeros_like(self._table.nowhere)
        everybody = np.arange(self._table.worth.shape[1])
        return _Node((), nothing, everybody, self._most, self._table.largest)

    def _branches(self, node: _Node, tries: int) -> Iterator[_Node]:
        """The parts of a node that may hold something better; the likelier one comes last."""
        if node.more == 1 and self._table.caps is None:
            self._look_at_last(node)
            return
        if len(node.open) > node.more:
            bound = self._bound(node, tries)
            if bound.value < self._needed or self._is_later(node, bound):
                return
            node, added = self._without_idle(node, bound)
        if len(node.open) > node.more:
            yield from self._with_and_without(node, int(added.argmax()))
        elif self._may_be_better(node):
            self._look_at((*node.chosen, *node.open.tolist()))

    def _may_be_better(self, node: _Node) -> bool:
        """Whether a bound leaves a node a chance of which all open vendors are chosen."""
        return self._table.caps is None or self._bound(node, _LATER).value >= self._needed

    def _without_idle(self, node: _Node, bound: _Bound) -> tuple[_Node, Integers]:
        """A node without the vendors that cannot be among those of anything better."""
        last = np.sort(bound.added)[-node.more]
        kept = bound.value - last + bound.added >= self._needed
        return replace(node, open=node.open[kept], prices=bound.prices), bound.added[kept]

    def _with_and_without(self, node: _Node, at: int) -> Iterator[_Node]:
        rest, vendor = np.delete(node.open, at), int(node.open[at])
        yield replace(node, open=rest)
        worth = node.worth
        if self._table.caps is None:
            worth = np.maximum(worth, self._table.worth[:, vendor])
        open_ = rest if node.more > 1 else rest[:0]
        yield _Node((*node.chosen, vendor), worth, open_, node.more - 1, node.prices)

    @property
    def _needed(self) -> int:
        """What a bound has to reach for something as good as the best so far."""
        return self._table.scaled(-1 if self._best is None else self._best)

    def _bound(self, node: _Node, tries: int) -> _Bound:
        """The lowest bound of so many prices, or the first under what is needed."""
        # Those that are chosen have their part in every lot's worth, or are wanted anyway.
        anyway = [] if self._table.caps is None else list(node.chosen)
        columns = np.array([*anyway, *node.open.tolist()], dtype=np.intp)
        worth = self._table.worth[:, columns]
        prices = np.maximum(node.prices, node.worth)
        best: _Bound | None = None
        pace, idle = 1.0, 0
        for _ in range(tries):
            more = self._table.capped(np.maximum(worth - prices[:, None], 0), columns)
            added = more.sum(axis=0)
            greatest = np.argsort(-added[len(anyway) :], kind="stable")[: node.more]
            chosen = [*range(len(anyway)), *(greatest + len(anyway)).tolist()]
            value = int(prices.sum() + added[chosen].sum())
            idle += 1
            if best is None or value < best.value:
                best, idle = _Bound(value, prices, added[len(anyway) :]), 0
            wanted = (more[:, chosen] > 0).sum(axis=1) - 1
            wanted[(prices <= node.worth) & (wanted < 0)] = 0
            length = int((wanted * wanted).sum())
            if best.value < self._needed or length == 0:
                break
            pace = pace / 2 if idle and idle % 5 == 0 else pace
            step = max(1, int(pace * (value - self._needed) / length))
            prices = np.clip(prices + step * wanted, node.worth, self._table.largest)
        assert best is not None  # noqa: S101 - there is at least one try
        return best

    def _is_later(self, node: _Node, bound: _Bound) -> bool:
        """Whether a node can be as good as the best at most, and then has later candidates.

        Where a lot is worth less than its price, the bound is lower by as much.
        """
        if self._best is None or bound.value >= self._table.scaled(self._best + 1):
            return False
        vendors = [*node.chosen, *node.open.tolist()]
        least = bound.prices - (bound.value - self._needed)
        possible = self._table.worth[:, vendors] >= least[:, None]
        nowhere = self._table.nowhere[:, None]
        earliest = np.where(possible, self._table.place[:, vendors], nowhere).min(axis=1)
        return bool(earliest.tolist() >= self._places)

    def _look_at_last(self, node: _Node) -> None:
        """One more vendor: each open one that may be good enough."""
        sums = np.maximum(self._table.worth[:, node.open], node.worth[:, None]).sum(axis=0)
        for at in np.argsort(-sums, kind="stable"):
            if sums[at] < self._needed:
                break
            self._look_at((*node.chosen, int(node.open[at])))

    def _look_at(self, vendors: Vendors) -> None:
        """Keeps the better of two choices: worth more, or as much with earlier candidates."""
        if self._table.most(vendors) < self._needed:
            return
        found = self._best_of(vendors, self._best)
        if found is not None:
            worth, places = found
            if self._best is None or (-worth, places) < (-self._best, self._places):
                self._best, self._places = worth, places


def good_vendors(worth: Integers, most: int) -> list[int]:
    """Good vendors to begin with: the best one more at a time, then exchanged while that helps."""
    chosen: list[int] = []
    for _ in range(most):
        chosen.append(_best_addition(worth, chosen)[0])
    total, better = int(worth[:, chosen].max(axis=1, initial=0).sum()), True
    while better:
        better = False
        for at in range(len(chosen)):
            rest = chosen[:at] + chosen[at + 1 :]
            vendor, value = _best_addition(worth, rest)
            if value > total:
                chosen, total, better = [*rest, vendor], value, True
    return chosen


def _best_addition(worth: Integers, chosen: list[int]) -> tuple[int, int]:
    here = worth[:, chosen].max(axis=1, initial=0)
    sums = np.maximum(worth, here[:, None]).sum(axis=0)
    best = int(sums.argmax())
    return best, int(sums[best])
