"""What rows of a table say together: an absent cell agrees with what another row says."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tenderscore.model.columns import Column
from tenderscore.model.values import identity

Rows = NDArray[np.intp]


def disagreements(column: Column, codes: Rows) -> Iterator[tuple[int, int]]:
    """The rows whose cell differs from that of an earlier row with the same code, each with it."""
    given = np.flatnonzero(~column.missing & (codes >= 0))
    order = given[np.argsort(codes[given], kind="stable")]
    same_group = np.flatnonzero(codes[order][1:] == codes[order][:-1]) + 1
    for index in same_group:
        row, before = int(order[index]), int(order[index - 1])
        if identity(column.value(row)) != identity(column.value(before)):
            yield row, before


def filled(column: Column, codes: Rows) -> Column:
    """The column where an absent cell has what the first row with the same code says."""
    absent = np.flatnonzero(column.missing & (codes >= 0))
    given = np.flatnonzero(~column.missing & (codes >= 0))
    if not len(absent) or not len(given):
        return column
    known, first = np.unique(codes[given], return_index=True)
    source = np.full(int(codes.max()) + 1, -1, dtype=np.intp)
    source[known] = given[first]
    rows = np.arange(len(codes))
    there = source[codes[absent]]
    rows[absent] = np.where(there < 0, absent, there)
    return column.take(rows)
