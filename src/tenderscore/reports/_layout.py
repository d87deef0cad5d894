"""Text in columns of the screen: widths are cells, of which a CJK character takes two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from tenderscore.model.records import record
from tenderscore.reports._ink import Meaning, inked

# A space at which no line is broken; text from outside has none, for there it is shown escaped.
HELD = "\u2007"

# Between characters that no line is broken between, though they are wide; never shown.
_JOINED = "\u2060"

_CLOSING = "，。、；：？！）》」』】〕％,.;:?!)%"  # noqa: RUF001 - wide ones are meant
_OPENING = "（「『《【〔"  # noqa: RUF001 - wide ones are meant
_HELD_BACK = _CLOSING + _JOINED
_HOLDING = _OPENING + _JOINED


def cells_of(text: str) -> int:
    """How many cells a text takes."""
    # Nearly all texts are ASCII, and for these rich is slow.
    return len(text) if text.isascii() else cell_len(text)


class Cell(NamedTuple):
    """A text in a table, with what its colour means."""

    text: str
    meaning: Meaning = "plain"


@record
class Column:
    """A column: its head, the side it keeps to, its least width, and the space before it.

    Where ``narrowest`` is given its cells wrap when the table is too wide, down to that width.
    """

    head: str
    right: bool = False
    least: int = 0
    narrowest: int = 0
    gap: int = 1


def held(name: str) -> str:
    """A name whose words are not broken, as Chinese text may be between any two characters."""
    return " ".join(_JOINED.join(word) if not word.isascii() else word for word in name.split(" "))


def wrapped(text: str, width: int) -> list[str]:
    """Text in lines of at most ``width`` cells, broken at spaces and between CJK characters.

    >>> wrapped("Outsourced operations 外包服务", 12)
    ['Outsourced', 'operations', '外包服务']
    """
    lines = [""]
    for space, unit in _units(text):
        for number, piece in enumerate(folded(unit, width)):
            gap = " " * space if lines[-1] and number == 0 else ""
            if lines[-1] and cells_of(lines[-1] + gap + piece) > width:
                lines.append(piece)
            else:
                lines[-1] += gap + piece
    return [line.replace(_JOINED, "") for line in lines]


def paragraph(text: str, width: int, first: str = "", rest: str = "") -> Iterator[str]:
    """A wrapped text whose first line begins with ``first``, the others with ``rest``."""
    lines = wrapped(text, max(width - max(cells_of(first), cells_of(rest)), 20))
    for number, line in enumerate(lines):
        yield (rest if number else first) + line.replace(HELD, " ")


def fits(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int) -> bool:
    """Whether a table can be made as narrow as that."""
    widths = _widths(columns, rows, width)
    return sum(widths) + sum(column.gap for column in columns[1:]) <= width


def grid(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int, *, colour: bool
) -> list[list[str]]:
    """A table as the lines of each row, its heads first; as narrow as can be if it must be."""
    widths = _widths(columns, rows, width)
    heads = [Cell(column.head, "strong") for column in columns]
    return [
        list(_row_lines(columns, row, widths, colour=colour, head=row is heads))
        for row in (heads, *rows)
    ]


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int) -> list[int]:
    natural = [
        max([column.least, _longest_word(column.head), *(cells_of(row[at].text) for row in rows)])
        for at, column in enumerate(columns)
    ]
    excess = sum(natural) + sum(column.gap for column in columns[1:]) - width
    for at, column in enumerate(columns):
        if column.narrowest and excess > 0:
            given = min(excess, max(natural[at] - column.narrowest, 0))
            natural[at] -= given
            excess -= given
    return natural


def _row_lines(
    columns: Sequence[Column],
    row: Sequence[Cell],
    widths: Sequence[int],
    *,
    colour: bool,
    head: bool,
) -> Iterator[str]:
    cells = [wrapped(cell.text, width) for cell, width in zip(row, widths, strict=True)]
    height = max(map(len, cells))
    for number in range(height):
        line = ""
        for column, cell, lines, width in zip(columns, row, cells, widths, strict=True):
            at = number - (height - len(lines) if head else 0)
            text = lines[at] if 0 <= at < len(lines) else ""
            room = " " * (width - cells_of(text))
            text = inked(text, cell.meaning, colour=colour)
            gap = " " * column.gap if column is not columns[0] else ""
            line += gap + (room + text if column.right else text + room)
        yield line.rstrip()


def _longest_word(text: str) -> int:
    return max((cells_of(unit) for _, unit in _units(text)), default=0)


def _units(text: str) -> Iterator[tuple[int, str]]:
    """What a line is not broken within, each with whether a space is before it."""
    for number, word in enumerate(text.split(" ")):
        space = int(number > 0)
        if word.isascii():
            yield space, word
            continue
        unit = ""
        for character in word:
            wide = cells_of(character) > 1 or (unit and cells_of(unit[-1]) > 1)
            held = character in _HELD_BACK or (unit and unit[-1] in _HOLDING)
            if unit and wide and not held:
                yield space, unit
                unit, space = "", 0
            unit += character
        yield space, unit


def folded(unit: str, width: int) -> Iterable[str]:
    """The unit as it is, or in pieces where it is wider than a line."""
    if cells_of(unit) <= width:
        yield unit
        return
    line = ""
    for character in unit:
        if cells_of(line + character) > width and line:
            yield line
            line = ""
        line += character
    yield line
