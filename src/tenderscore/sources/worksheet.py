"""A worksheet's cells, each as the text of an unquoted scalar (``AS_TEXT`` before text that counts
as text whatever it looks like).

=====================  ==========================================================================
number                 its first 15 significant digits, which is what Excel shows of it
number shown as date   ``2026-03-30``; with a time of day ``2026-03-30T09:12:00``, which has no zone
time of day, duration  text: ``09:12:00``, ``30:00:00``
TRUE                   ``TRUE``
text that was typed    as it stands, so that ``NO``, ``12`` and ``true`` read as they do in a CSV
text from a formula    text: ``="007"`` is how a cell says so
=====================  ==========================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from math import isfinite

from tenderscore.errors import Message
from tenderscore.model.scalars import ScalarError
from tenderscore.sources.table_columns import AS_TEXT
from tenderscore.sources.table_headers import MOST_COLUMNS
from tenderscore.sources.workbook import Attributes, Sheet, Workbook, unescaped

MOST_ROWS = 2**20
_MILLISECONDS = 86_400_000
_LAST_DAY = 2_958_465
_LEAP_DAY_THAT_WAS_NOT = 60
_POSITIONAL = 1e21
_TEXT_FORMULA = re.compile(r'\s*"((?:[^"]|"")*)"\s*')


@dataclass(frozen=True)
class Row:
    """A row of a worksheet that has something in it: cells and faulty cells by column from 0."""

    number: int
    cells: dict[int, str]
    faults: dict[int, ScalarError]


def rows_of(book: Workbook, sheet: Sheet) -> Iterator[Row]:
    """The rows of a sheet that are not empty, from the top."""
    cells = _Cells(book)
    for _ in book.parse(sheet.part, cells.opened, cells.closed):
        yield from cells.taken()


class _Cells:
    """What the elements of a sheet's XML add up to."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._rows: list[Row] = []
        self._number = 0
        self._digits = ""
        self._column = -1
        self._cells: dict[int, str] = {}
        self._faults: dict[int, ScalarError] = {}
        self._kind = self._style = ""
        self._value = self._formula = self._inline = None
        self._is_aside = False

    def taken(self) -> list[Row]:
        """The rows that were completed since the last time."""
        rows, self._rows = self._rows, []
        return rows
