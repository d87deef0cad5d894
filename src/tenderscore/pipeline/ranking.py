"""Ranks and ties (docs/arithmetic.md)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tenderscore.model.exact import Integers


def competition_ranks(keys: Sequence[Integers], rows: int) -> NDArray[np.int64]:
    """Standard competition ranks (1, 2, 2, 4) by several keys, smallest first.

    >>> competition_ranks([np.array([-9, -7, -9, -5])], 4).tolist()
    [1, 3, 1, 4]
    """
    *later, last = keys or [np.zeros(rows, dtype=np.int64)]
    # The last key decides nothing among its equals, and so need not keep their order.
    order = np.argsort(last)
    for key in reversed(later):
        order = order[np.argsort(key[order], kind="stable")]
    fresh = np.zeros(rows, dtype=np.bool_)
    fresh[:1] = True
    for key in keys:
        sorted_key = key[order]
        fresh[1:] |= np.asarray(sorted_key[1:] != sorted_key[:-1], dtype=np.bool_)
    positions = np.arange(1, rows + 1, dtype=np.int64)
    firsts = np.maximum.accumulate(np.where(fresh, positions, 0))
    ranks = np.empty(rows, dtype=np.int64)
    ranks[order] = firsts
    return ranks
