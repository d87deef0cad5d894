"""A table as it grows: rows of cells in, typed columns and the problems of all cells out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tenderscore.errors import Message, Place, Problem, Severity
from tenderscore.model.columns import Column, ValueColumn
from tenderscore.model.records import record
from tenderscore.model.scalars import ScalarError, read_cell, shortened
from tenderscore.model.table import Table
from tenderscore.model.values import Value
from tenderscore.sources.table_columns import AS_TEXT, GrowingColumn, Refusal
from tenderscore.sources.table_headers import (
    Header,
    header_problems,
    sound_headers,
    without_header,
)

CHUNK = 2**12
MOST_PROBLEMS = 1000
_SEPARATOR = ";"
_DROP_THE_ZERO = Message("drop the zero if it is a number")


class Findings:
    """The problems of one file: the first thousand, and how many more there are."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._problems: list[Problem] = []
        self._more = 0
        self._severity: Severity = "warning"

    @property
    def room(self) -> int:
        """How many more problems are kept."""
        return MOST_PROBLEMS - len(self._problems)

    def add(self, problems: Iterable[Problem], *, unlisted: int = 0) -> None:
        """Note problems, and how many errors were found besides."""
        found = sorted(problems, key=lambda problem: problem.order)
        room = self.room
        self._problems.extend(found[:room])
        self._more += len(found[room:]) + unlisted
        if unlisted or any(problem.severity == "error" for problem in found[room:]):
            self._severity = "error"

    def all(self) -> tuple[Problem, ...]:
        """The problems in reading order; the last one counts those that are not listed."""
        listed = sorted(self._problems, key=lambda problem: problem.order)
        if self._more:
            message = Message("{count} more problems in this file", count=self._more)
            place = Place(self._file)
            listed.append(Problem("too-many-problems", message, place, severity=self._severity))
        return tuple(listed)


def unread(file: str, problem: Problem) -> Table:
    """The table of a file that could not be read as one."""
    return Table(file, 0, {}, {}, lambda _row, _header: Place(file), (problem,))


@record
class Layout:
    """How a kind of file names its places and what mends its cells.

    ``place`` takes the number of a line and a header. ``helps`` replaces the help of a scalar's
    problem: in a table, quotes make no text.
    """

    place: Callable[[int, Header], Place]
    line_place: Callable[[int], Place]
    line: Callable[[int], str | None]
    helps: Mapping[str, Message | None]


class GrowingTable:
    """The columns under some headers, fed with rows in chunks."""

    def __init__(
        self, file: str, headers: Sequence[Header], texts: frozenset[str], layout: Layout, line: int
    ) -> None:
        self.findings = Findings(file)
        self._file = file
        self._layout = layout
        self._header_line = line
        self._headers = sound_headers(headers, texts)
        self._texts = texts
        self._nameless = {header.position: header for header in headers if not header.written}
        self._columns = [
            GrowingColumn(_reader(header, texts), lists=header.is_list) for header in self._headers
        ]
        self._lines: list[NDArray[np.int32]] = []
        self.findings.add(header_problems(headers, texts, lambda h: layout.place(line, h)))

    def add(self, rows: Sequence[Sequence[str]], lines: Sequence[int]) -> None:
        """Take more rows, all as long as the row of headers, and the lines that they stand on."""
        if not rows:
            return
        self._lines.append(np.array(lines, dtype=np.int32))
        cells = list(zip(*rows, strict=True))
        self._look_under_nothing(cells)
        found = [
            (refusal, header)
            for header, column in zip(self._headers, self._columns, strict=True)
            for refusal in column.add(cells[header.position])
        ]
        self._note(found, lines)

    def table(self) -> Table:
        """The table of all rows taken; each chunk is let go once it is in its column."""
        self.findings.add(self._leading_zeros())
        columns: dict[str, Column] = {}
        texts: dict[str, ValueColumn] = {}
        for header in self._headers:
            column = self._columns.pop(0)
            if header.name in self._texts:
                texts[header.name] = column.value_column()
            else:
                columns[header.name] = column.column()
        lines = np.concatenate(self._lines) if self._lines else np.array([], dtype=np.int32)
        place = _places(self._headers, lines, self._header_line, self._layout)
        found = self.findings.all()
        return Table(self._file, len(lines), columns, texts, place, found, self._layout.line)

    def _note(self, found: Sequence[tuple[Refusal, Header]], lines: Sequence[int]) -> None:
        room = self.findings.room
        listed = [
            self._refused(error, lines[row], header)
            for (error, rows), header in found
            for row in rows[:room]
        ]
        count = sum(len(rows) for (_, rows), _ in found)
        self.findings.add(listed, unlisted=count - len(listed))

    def _refused(self, error: ScalarError, line: int, header: Header) -> Problem:
        help_ = self._layout.helps.get(error.code, error.help)
        return Problem(error.code, error.message, self._layout.place(line, header), help_)

    def _look_under_nothing(self, cells: Sequence[Sequence[str]]) -> None:
        """A column without a header is an error once something stands in it."""
        for position, header in list(self._nameless.items()):
            if any(cells[position]):
                del self._nameless[position]
                place = self._layout.place(self._header_line, header)
                self.findings.add([without_header(place)])

    def _leading_zeros(self) -> list[Problem]:
        return [
            self._leading_zero(header, column)
            for header, column in zip(self._headers, self._columns, strict=True)
            if column.leading_zeros
        ]

    def _leading_zero(self, header: Header, column: GrowingColumn) -> Problem:
        row, cell = column.first_leading_zero
        line = int(np.concatenate(self._lines)[row])
        message = Message(
            "{text} begins with 0 and is read as text; cells like it in this column: {count}",
            text=shortened(cell),
            count=column.leading_zeros,
        )
        place = self._layout.place(line, header)
        return Problem("leading-zero", message, place, _DROP_THE_ZERO, "warning")


def _places(
    headers: Sequence[Header],
    lines: NDArray[np.int32],
    header_line: int,
    layout: Layout,
) -> Callable[[int | None, str | None], Place]:
    by_name = {header.name: header for header in headers}

    def place(row: int | None, name: str | None) -> Place:
        line = header_line if row is None else int(lines[row])
        header = by_name.get(name or "")
        return layout.line_place(line) if header is None else layout.place(line, header)

    return place


def _reader(header: Header, texts: frozenset[str]) -> Callable[[str], Value] | None:
    if header.name in texts:
        return None
    return _read_list if header.is_list else _read_cell


def _read_cell(cell: str) -> Value:
    return (cell[1:] or None) if cell[:1] == AS_TEXT else read_cell(cell)


def _read_list(cell: str) -> Value:
    """A list's cell: its items between semicolons, each read as a scalar of its own."""
    if cell[:1] == AS_TEXT:
        return [item.strip() for item in cell[1:].split(_SEPARATOR) if item.strip()] or None
    items = [item for item in cell.split(_SEPARATOR) if item.strip()]
    return [read_cell(item) for item in items] if cell.strip() else None
