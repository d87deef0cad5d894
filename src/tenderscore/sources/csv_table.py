"""CSV (RFC 4180) in UTF-8: a row of headers, then a row an offer, read a piece at a time.

The separator is the comma, or the semicolon or tab where more of them stand in the row of headers:
that is what spreadsheets write in countries where the comma is the decimal point. It is looked for
in the headers only. Rows end in LF or CRLF; those without a single cell filled in are passed over.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import chain, islice
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.refusals import reason_of
from tenderscore.model.table import Table
from tenderscore.sources.growing_table import CHUNK, GrowingTable, Layout, unread
from tenderscore.sources.table_headers import (
    MOST_COLUMNS,
    Header,
    headers_of,
    too_many_columns,
)

MOST_BYTES = 2**31
LONGEST_LINE = 2**21
_PIECE = 2**20
_BOM = b"\xef\xbb\xbf"
_SEPARATORS = ",;\t"
_QUOTED = re.compile(r'"[^"]*+"?')
_HELPS = {
    "not-finite": Message("leave the cell empty where there is no number"),
    "number-precision": None,
    "number-range": None,
    "time-without-zone": Message("add the zone: +08:00, or Z for UTC"),
}


class _Unreadable(Exception):  # noqa: N818 - carries a problem out of the reading
    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem.message))
        self.problem = problem


def read(path: Path, name: str, *, texts: frozenset[str]) -> Table:
    """The table in a CSV file; ``texts`` are the headers whose cells are text as written."""
    try:
        if not S_ISREG(path.stat().st_mode):
            return unread(name, _not_a_file(name))
        with path.open("rb") as stream:
            return _read(_Rows(stream, name), path, name, texts)
    except _Unreadable as error:
        return unread(name, error.problem)
    except OSError as error:
        return unread(name, _unreadable(name, error))


def _read(rows: _Rows, path: Path, name: str, texts: frozenset[str]) -> Table:
    headers, line = _headers(rows, name)
    layout = Layout(
        place=lambda number, header: Place(name, number, header.written or header.position + 1),
        line_place=lambda number: Place(name, number),
        line=lambda number: rows.line(path, number),
        helps=_HELPS,
    )
    table = GrowingTable(name, headers, texts, layout, line)
    while True:
        cells, lines = rows.take(CHUNK)
        fitting = _fitting(cells, lines, len(headers), table, name)
        table.findings.add(rows.problems())
        table.add(*fitting)
        if rows.ended:
            return table.table()


def _headers(rows: _Rows, name: str) -> tuple[list[Header], int]:
    cells, lines = rows.take(1)
    problems = rows.problems()
    if problems:
        raise _Unreadable(problems[0])
    if not cells:
        message = Message("the table is empty: a row of headers comes first")
        raise _Unreadable(Problem("empty-table", message, Place(name)))
    headers = headers_of(cells[0])
    if len(headers) > MOST_COLUMNS:
        raise _Unreadable(too_many_columns(Place(name, lines[0])))
    return headers, lines[0]


def _fitting(
    cells: list[list[str]], lines: list[int], width: int, table: GrowingTable, name: str
) -> tuple[list[list[str]], list[int]]:
    """The rows with a cell for every header; empty cells beyond the headers do no harm."""
    if set(map(len, cells)) <= {width}:
        return cells, lines
    kept: list[list[str]] = []
    kept_lines: list[int] = []
    wrong: list[Problem] = []
    for row, line in zip(cells, lines, strict=True):
        if len(row) >= width and not any(row[width:]):
            kept.append(row[:width])
            kept_lines.append(line)
        else:
            wrong.append(_row_length(row, width, Place(name, line)))
    table.findings.add(wrong)
    return kept, kept_lines


def _row_length(row: Sequence[str], width: int, place: Place) -> Problem:
    message = Message("{cells} cells under {headers} headers", cells=len(row), headers=width)
    help_ = Message("a cell with a separator in it needs quotes; an empty cell has its separator")
    return Problem("row-length", message, place, help_)


class _Rows:
    """The rows of a file, and the lines on which they begin."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._name = name
        pieces = _pieces(stream, name)
        first = next(pieces, (0, ""))
        self._starts: list[tuple[int, int]] = []
        self._last = ""
        self.ended = False
        self._problems: list[Problem] = []
        self._reader = csv.reader(
            self._lines(chain([first], pieces)), delimiter=_separator(first[1]), strict=True
        )

    def take(self, count: int) -> tuple[list[list[str]], list[int]]:
        """The next rows with a cell filled in and their lines; with what is wrong, at most some."""
        reader = self._reader
        rows: list[list[str]] = []
        lines: list[int] = []
        while len(rows) + len(self._problems) < count and not self.ended:
            line = reader.line_num + 1
            try:
                row = next(reader, [])
            except csv.Error:
                self._problems.append(self._broken(line))
            else:
                if any(row) and (len(row) > 1 or row[0].strip()):
                    rows.append(row)
                    lines.append(line)
        return rows, lines

    def problems(self) -> list[Problem]:
        """What was wrong with the rows since this was last asked."""
        found, self._problems = self._problems, []
        return found

    def line(self, path: Path, number: int) -> str | None:
        """The text of a line, from the file as it is now."""
        start = bisect_right(self._starts, number - 1, key=lambda each: each[0]) - 1
        if number < 1 or start < 0:
            return None
        before, offset = self._starts[start]
        try:
            with path.open("rb") as stream:
                stream.seek(offset)
                text = stream.read(LONGEST_LINE + _PIECE).decode(errors="replace")
        except OSError:
            return None
        lines = islice(StringIO(text, newline=""), number - 1 - before, None)
        found = next(lines, None)
        return None if found is None else found.rstrip("\r\n")

    def _lines(self, pieces: Iterator[tuple[int, str]]) -> Iterator[str]:
        for offset, piece in pieces:
            self._starts.append((self._reader.line_num, offset))
            for line in StringIO(piece, newline=""):
                self._last = line
                yield line
        self.ended = True

    def _broken(self, line: int) -> Problem:
        """What is wrong with a row that is no CSV; after a quote left open nothing can be read."""
        place = Place(self._name, line)
        most = csv.field_size_limit()
        if self.ended or self._reader.line_num > line:
            self.ended = True
            message = Message("a quoted cell that begins in this row is not closed")
            return Problem("open-quote", message, place, Message('a quote in a cell is written ""'))
        if len(self._last) > most:
            message = Message("a cell has at most {most} characters", most=most)
            return Problem("cell-too-large", message, place)
        message = Message("a quoted cell goes on after its closing quote")
        return Problem("open-quote", message, place, Message('a quote in a cell is written ""'))


def _separator(text: str) -> str:
    first = next((line for line in StringIO(text) if line.strip(" ,;\t\r\n")), "")
    bare = _QUOTED.sub("", first)
    return max(_SEPARATORS, key=bare.count)


def _pieces(stream: BinaryIO, name: str) -> Iterator[tuple[int, str]]:
    """The file in pieces of whole lines, each with the byte that it begins at."""
    rest = stream.read(len(_BOM)).removeprefix(_BOM)
    start = stream.tell() - len(rest)
    lines = 0
    while data := stream.read(_PIECE):
        cut = data.rfind(b"\n") + 1
        piece, rest = (rest + data[:cut], data[cut:]) if cut else (b"", rest + data)
        if len(rest) > LONGEST_LINE:
            raise _Unreadable(_line_too_long(Place(name, lines + 1)))
        if start + len(piece) > MOST_BYTES:
            raise _Unreadable(_file_too_large(name))
        if piece:
            yield start, _decoded(piece, lines, name)
        start += len(piece)
        lines += piece.count(b"\n")
    if rest:
        yield start, _decoded(rest, lines, name)


def _decoded(piece: bytes, lines: int, name: str) -> str:
    nul = piece.find(b"\0")
    if nul >= 0:
        line = lines + 1 + piece.count(b"\n", 0, nul)
        message = Message("this is not UTF-8 text: UTF-16 perhaps, or no text at all")
        raise _not_utf8(message, Place(name, line))
    try:
        return piece.decode()
    except UnicodeDecodeError as error:
        line = lines + 1 + piece.count(b"\n", 0, error.start)
        byte = f"0x{piece[error.start]:02x}"
        message = Message("the byte {byte} here is not UTF-8", byte=byte)
        raise _not_utf8(message, Place(name, line)) from None


def _not_utf8(message: Message, place: Place) -> _Unreadable:
    help_ = Message("save the table as CSV in UTF-8")
    return _Unreadable(Problem("not-utf8", message, place, help_))


def _not_a_file(name: str) -> Problem:
    message = Message("this is not a file, though it is named like one")
    return Problem("not-a-file", message, Place(name), Message("move it out of the way"))


def _unreadable(name: str, error: OSError) -> Problem:
    reason = reason_of(error)
    message = Message("this cannot be read: {reason}", reason=reason)
    return Problem("file-unreadable", message, Place(name))


def _file_too_large(name: str) -> Problem:
    limit = MOST_BYTES // 2**20
    message = Message("this file is larger than {limit} MB and is not read", limit=limit)
    return Problem("file-too-large", message, Place(name))


def _line_too_long(place: Place) -> Problem:
    message = Message("a line has at most {most} bytes", most=LONGEST_LINE)
    return Problem("cell-too-large", message, place)
