"""A worksheet's cells, each as an unquoted scalar is written.

=====================  ==========================================================================
number                 its first 15 significant digits, which is what Excel shows of it
number shown as date   ``2026-03-30``; with a time of day ``2026-03-30T09:12:00``, which lacks a
                       zone
time of day, duration  text: ``09:12:00``, ``30:00:00``
TRUE                   ``TRUE``
text that was typed    as it stands, so that ``NO``, ``12`` and ``true`` read as they do in a CSV
text from a formula    text, marked by ``AS_TEXT``: ``="007"`` is how a cell says so
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
from tenderscore.model.records import record
from tenderscore.model.scalars import ScalarError, shortened
from tenderscore.sources.table_columns import AS_TEXT
from tenderscore.sources.table_headers import MOST_COLUMNS
from tenderscore.sources.workbook import Attributes, Sheet, Workbook, unescaped

MOST_ROWS = 2**20
_DAY = 86_400_000
_LAST_DAY = 2_958_465
_DAY_THAT_NEVER_WAS = 60
_WRITTEN_OUT = 1e21
_TEXT_FORMULA = re.compile(r'\s*"((?:[^"]|"")*+)"\s*')


@record
class Row:
    """A row with something in it: its cells, and why others cannot be had, by column from 0."""

    number: int
    cells: dict[int, str]
    faults: dict[int, ScalarError]


@dataclass(slots=True)
class _Cell:
    """One cell as its elements say: type, style, value and formula."""

    column: int
    kind: str
    style: str
    value: str | None = None
    formula: str | None = None


def rows_of(book: Workbook, sheet: Sheet) -> Iterator[Row]:
    """The rows of a sheet that are not empty, from the top."""
    elements = _Elements(book)
    for _ in book.parse(sheet.part, elements.opened, elements.closed):
        yield from elements.taken()


def column_letters(column: int) -> str:
    """What spreadsheets call a column: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


class _Elements:
    """Makes rows of the elements of a sheet's XML."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._rows: list[Row] = []
        self._row = Row(0, {}, {})
        self._last = -1
        self._cell: _Cell | None = None
        self._is_aside = False

    def taken(self) -> list[Row]:
        """The rows that were completed since this was last asked."""
        rows, self._rows = self._rows, []
        return rows

    def opened(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if name == "c":
            column = self._column(attributes.get("r"))
            self._cell = _Cell(column, attributes.get("t", "n"), attributes.get("s", ""))
            self._last = column
        elif name == "row":
            self._begin_row(attributes.get("r"))
        elif name == "rPh":
            self._is_aside = True

    def closed(self, name: str, text: str) -> None:
        """An element ends; ``text`` is what stood in it."""
        cell = self._cell
        if name == "row":
            if self._row.cells or self._row.faults:
                self._rows.append(self._row)
        elif cell is None:
            return
        elif name == "v":
            cell.value = text
        elif name == "f":
            cell.formula = text
        elif name == "t" and not self._is_aside:
            cell.value = (cell.value or "") + text
        elif name == "rPh":
            self._is_aside = False
        elif name == "c":
            self._take(cell)

    def _begin_row(self, written: str | None) -> None:
        number = self._row.number + 1 if written is None else int(written)
        if not self._row.number < number <= MOST_ROWS:
            raise ValueError(number)
        self._row = Row(number, {}, {})
        self._last = -1

    def _column(self, written: str | None) -> int:
        """A cell's column; its row must be the one that it stands in."""
        if written is None:
            column = self._last + 1
        else:
            letters = written.rstrip("0123456789")
            column = _column_number(letters)
            if int(written[len(letters) :]) != self._row.number:
                raise ValueError(written)
        if column >= MOST_COLUMNS or column in self._row.cells:
            raise ValueError(written)
        return column

    def _take(self, cell: _Cell) -> None:
        self._cell = None
        if cell.value is None and cell.formula is None:
            return
        try:
            text = _text(cell, self._book)
        except ScalarError as error:
            self._row.faults[cell.column] = error
        else:
            if text:
                self._row.cells[cell.column] = text


@cache
def _column_number(letters: str) -> int:
    if not re.fullmatch("[A-Z]{1,3}", letters):
        raise ValueError(letters)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _text(cell: _Cell, book: Workbook) -> str:
    """The cell's text; empty where there is nothing in it."""
    literal = _TEXT_FORMULA.fullmatch(cell.formula or "")
    if literal:
        return _as_text(literal[1].replace('""', '"'))
    value = cell.value or ""
    match cell.kind:
        case "str":
            return unescaped(value) if cell.formula is None else _as_text(unescaped(value))
        case "inlineStr":
            return unescaped(value)
        case "e":
            raise _error_cell(value)
    if not value.strip():
        if cell.formula is not None:
            raise _not_computed()
        return ""
    return _plain_text(cell, value, book)


def _plain_text(cell: _Cell, value: str, book: Workbook) -> str:
    match cell.kind:
        case "s":
            return book.strings[_index(value)]
        case "b":
            return "TRUE" if value.strip() in {"1", "true"} else "FALSE"
        case "d":
            return value.strip().removesuffix("T00:00:00")
        case "n":
            return _number_text(float(value), _index(cell.style or "0"), book)
        case _:
            raise ValueError(cell.kind)


def _index(text: str) -> int:
    index = int(text)
    if index < 0:
        raise ValueError(text)
    return index


def _as_text(value: str) -> str:
    return AS_TEXT + value if value else ""


def _number_text(number: float, style: int, book: Workbook) -> str:
    if not isfinite(number):
        raise ValueError(number)
    if style in book.formats.elapsed:
        if not 0 <= number <= _LAST_DAY:
            raise _no_such_day(number)
        return _clock(round(number * _DAY))
    if style in book.formats.dates:
        return _date_text(number, from_1904=book.counts_from_1904)
    text = format(number, ".15g")
    if "e" in text and abs(number) < _WRITTEN_OUT:
        return format(Decimal(text), "f")
    return text


def _date_text(number: float, *, from_1904: bool) -> str:
    """The day that many days after the workbook's first, and the time of day.

    Day 60 of the older count is 29 February 1900, which never was; day 0 stands for a time alone.
    """
    days, clock = divmod(round(number * _DAY), _DAY) if abs(number) <= _LAST_DAY + 1 else (-1, 0)
    if days == 0 and not from_1904:
        return _clock(clock)
    if not 0 <= days <= _LAST_DAY or (days == _DAY_THAT_NEVER_WAS and not from_1904):
        raise _no_such_day(number)
    if from_1904:
        first = date(1904, 1, 1)
    else:
        first = date(1899, 12, 31) if days < _DAY_THAT_NEVER_WAS else date(1899, 12, 30)
    try:
        day = (first + timedelta(days)).isoformat()
    except OverflowError:
        raise _no_such_day(number) from None
    return f"{day}T{_clock(clock)}" if clock else day


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}" + (f".{rest:03d}" if rest else "")


def _error_cell(text: str) -> ScalarError:
    message = Message("the cell shows the error {text}", text=shortened(text))
    return ScalarError("cell-error", message, Message("mend its formula, or empty the cell"))


def _not_computed() -> ScalarError:
    message = Message("the cell has a formula whose value was never worked out")
    help_ = Message("open the workbook in a spreadsheet program and save it, or write the value")
    return ScalarError("formula-without-value", message, help_)


def _no_such_day(number: float) -> ScalarError:
    message = Message("there is no day or time for {number}", number=f"{number:.15g}")
    return ScalarError("date-invalid", message, Message("write the date as 2026-03-31"))
