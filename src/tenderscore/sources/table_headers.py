"""The row of headers: dotted fact paths, ``x[]`` for lists, each once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.records import record
from tenderscore.model.scalars import shortened

LIST_MARK = "[]"
MOST_COLUMNS = 16_384


@record
class Header:
    """One column's header: its position from 0, the text as written, and the path that it means."""

    position: int
    written: str
    name: str
    is_list: bool = False

    @property
    def is_path(self) -> bool:
        """Whether the name is a path of facts: no part of it is empty."""
        return all(part and part == part.strip() for part in self.name.split("."))


def headers_of(cells: Sequence[str]) -> list[Header]:
    """The headers of a row; empty cells at its end are none."""
    written = [cell.strip() for cell in cells]
    while written and not written[-1]:
        written.pop()
    return [_header(position, text) for position, text in enumerate(written)]


def _header(position: int, text: str) -> Header:
    is_list = text.endswith(LIST_MARK)
    return Header(position, text, text.removesuffix(LIST_MARK).rstrip(), is_list)


def header_problems(
    headers: Sequence[Header], texts: frozenset[str], place: Callable[[Header], Place]
) -> list[Problem]:
    """What is wrong with the headers that are there; empty ones are judged by what stands below."""
    problems: list[Problem] = []
    first: dict[str, Header] = {}
    for header in headers:
        if not header.written:
            continue
        if not header.is_path:
            problems.append(_no_path(header, place(header)))
        elif header.is_list and header.name in texts:
            problems.append(_no_list(header, place(header)))
        elif header.name in first:
            problems.append(_repeated(header, place(header), place(first[header.name])))
        first.setdefault(header.name, header)
    return problems


def sound_headers(headers: Sequence[Header], texts: frozenset[str]) -> list[Header]:
    """The headers that make a column: paths, and of those that repeat the first."""
    sound = {
        header.name: header
        for header in reversed(headers)
        if header.written and header.is_path and not (header.is_list and header.name in texts)
    }
    return sorted(sound.values(), key=lambda header: header.position)


def too_many_columns(place: Place) -> Problem:
    """A row of headers that no table of bids has."""
    message = Message("a table has at most {most} columns", most=MOST_COLUMNS)
    return Problem("too-many-columns", message, place)


def without_header(place: Place) -> Problem:
    """A column that has cells and no header."""
    message = Message("a column with cells in it needs a header")
    return Problem("column-without-header", message, place)


def _no_path(header: Header, place: Place) -> Problem:
    message = Message("{path!r} is no path of a fact", path=shortened(header.written))
    return Problem("bad-path", message, place, Message("write it as in experience.years"))


def _no_list(header: Header, place: Place) -> Problem:
    message = Message("{name} is text and cannot be a list", name=shortened(header.name))
    return Problem("bad-path", message, place, Message("write {name}", name=shortened(header.name)))


def _repeated(header: Header, place: Place, first: Place) -> Problem:
    message = Message("the column {name} stands twice", name=shortened(header.name))
    return Problem("duplicate-column", message, place, also=((Message("first here"), first),))
