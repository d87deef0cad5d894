"""XLSX: the first worksheet that people can see and that has something in it, a row an offer.

The first row that is not empty has the headers; empty rows and columns do no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.table import Table
from tenderscore.sources.files import read_bytes
from tenderscore.sources.growing_table import CHUNK, GrowingTable, Layout, unread
from tenderscore.sources.table_columns import AS_TEXT
from tenderscore.sources.table_headers import Header, headers_of, without_header
from tenderscore.sources.workbook import MOST_BYTES, Sheet, Workbook, WorkbookError
from tenderscore.sources.worksheet import Row, column_letters, rows_of

_WRITE_AS_TEXT = Message('write ="..." where it is text: a number of an account, say')
_HELPS = {
    "number-precision": _WRITE_AS_TEXT,
    "number-range": _WRITE_AS_TEXT,
    "time-without-zone": Message("write it as text with its zone: 2026-03-30T09:12:00+08:00"),
}


def read(path: Path, name: str, *, texts: frozenset[str]) -> Table:
    """The table in a workbook; ``texts`` are the headers whose cells are text as shown."""
    data = read_bytes(path, name, MOST_BYTES)
    if isinstance(data, Problem):
        return unread(name, data)
    try:
        return _Reader(Workbook(data), path, name, texts).table()
    except WorkbookError as error:
        return unread(name, Problem(error.code, error.message, Place(name), error.help))


class _Reader:
    """One reading of one workbook."""

    def __init__(self, book: Workbook, path: Path, name: str, texts: frozenset[str]) -> None:
        self._book = book
        self._path = path
        self._name = name
        self._texts = texts

    def table(self) -> Table:
        """The table of the first sheet with something in it."""
        sheets = [sheet for sheet in self._book.sheets if sheet.is_visible]
        for position, sheet in enumerate(sheets):
            rows = rows_of(self._book, sheet)
            top = next(rows, None)
            if top is not None:
                table = self._filled(sheet, top, rows)
                table.findings.add(self._left_out(sheet, sheets[position + 1 :]))
                return table.table()
        message = Message("the workbook is empty: a row of headers comes first")
        raise WorkbookError("empty-table", message)

    def _left_out(self, sheet: Sheet, others: Sequence[Sheet]) -> list[Problem]:
        """A warning about other sheets that have something in them."""
        filled = [each.name for each in others if next(rows_of(self._book, each), None)]
        if not filled:
            return []
        message = Message(
            "only the sheet {sheet} is read, not {others}",
            sheet=sheet.name,
            others=", ".join(filled),
        )
        help_ = Message("put all rows on one sheet, or hide the others")
        return [Problem("other-sheets", message, Place(self._name), help_, "warning")]

    def _filled(self, sheet: Sheet, top: Row, rows: Iterator[Row]) -> GrowingTable:
        headers = headers_of(_cells(top, max(top.cells, default=-1) + 1, shown=True))
        layout = self._layout(sheet)
        table = GrowingTable(self._name, headers, self._texts, layout, top.number)
        _add_faults(table, [top], layout)
        beyond: set[int] = set()
        while chunk := list(islice(rows, CHUNK)):
            _add_faults(table, chunk, layout)
            table.findings.add(_beyond(chunk, len(headers), beyond, layout))
            cells = [_cells(row, len(headers)) for row in chunk]
            table.add(cells, [row.number for row in chunk])
        return table

    def _layout(self, sheet: Sheet) -> Layout:
        name = self._name
        lines = cache(lambda: _lines(self._path, name, sheet))
        return Layout(
            place=lambda number, header: Place(
                name, number, column_letters(header.position), sheet.name
            ),
            line_place=lambda number: Place(name, number, sheet=sheet.name),
            line=lambda number: lines().get(number),
            helps=_HELPS,
        )


def _lines(path: Path, name: str, sheet: Sheet) -> dict[int, str]:
    """The rows of a sheet as text, from the file as it is now."""
    data = read_bytes(path, name, MOST_BYTES)
    if isinstance(data, Problem):
        return {}
    try:
        rows = rows_of(Workbook(data), sheet)
        return {row.number: " | ".join(map(_shown, row.cells.values())) for row in rows}
    except WorkbookError:
        return {}


def _cells(row: Row, width: int, *, shown: bool = False) -> list[str]:
    cells = row.cells
    texts = [cells.get(column, "") for column in range(width)]
    return [_shown(text) for text in texts] if shown else texts


def _shown(cell: str) -> str:
    return cell.removeprefix(AS_TEXT)


def _add_faults(table: GrowingTable, rows: Sequence[Row], layout: Layout) -> None:
    """Note the cells that show an error or nothing that can be read."""
    faults = [(row.number, *fault) for row in rows for fault in row.faults.items()]
    listed = []
    for number, column, fault in faults[: table.findings.room]:
        place = layout.place(number, Header(column, "", ""))
        listed.append(Problem(fault.code, fault.message, place, fault.help))
    table.findings.add(listed, unlisted=len(faults) - len(listed))


def _beyond(rows: Iterable[Row], width: int, seen: set[int], layout: Layout) -> list[Problem]:
    """The first cell of each column that stands to the right of the headers."""
    problems = []
    for row in rows:
        for column in row.cells:
            if column >= width and column not in seen:
                seen.add(column)
                place = layout.place(row.number, Header(column, "", ""))
                problems.append(without_header(place))
    return problems
