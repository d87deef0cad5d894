"""Sections of sentences, tables and lists as lines of the screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

from tenderscore.model.records import replace
from tenderscore.reports._blocks import Block, Caption, Grid, Item, Items, Section, Text
from tenderscore.reports._ink import Meaning, inked
from tenderscore.reports._layout import Cell, Column, cells_of, fits, folded, grid, paragraph
from tenderscore.reports._marks import Marks
from tenderscore.reports._style import Style

_STEP = "  "
_NARROWEST = (14, 10, 20)
_WIDEST_HEAD = 16


def text_page(title: str, sections: Iterable[Section], style: Style) -> bytes:
    """The whole text."""
    return "\n".join([*_Page(style).lines(title, sections), ""]).encode()


class _Page:
    def __init__(self, style: Style) -> None:
        self._style = style
        self._rule = Marks.of(style).rule

    def lines(self, title: str, sections: Iterable[Section]) -> Iterator[str]:
        yield self._ink(title, "strong")
        for section in sections:
            yield from self._section(section)

    def _section(self, section: Section) -> Iterator[str]:
        yield from ("", self._ink(section.title, "strong"))
        yield self._ink(self._rule * min(cell_len(section.title), self._style.width), "faint")
        before = None
        for block in section.blocks:
            if before is not None and not _close(before, block):
                yield ""
            yield from self._block(block)
            before = block

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Text():
                yield from paragraph(block.text, self._style.width)
            case Caption():
                for line in paragraph(block.text, self._style.width):
                    yield self._ink(line, "strong")
            case Grid():
                yield from self._grid(block)
            case Items():
                for item in block.items:
                    yield from self._item(item)

    def _grid(self, block: Grid) -> Iterator[str]:
        rows = [[Cell(text) for text in row] for row in block.rows]
        columns = _columns(block)
        if block.kept:
            columns[0] = replace(columns[0], narrowest=self._kept(rows))
        for number, chosen in enumerate(self._tables(block, columns, rows)):
            if number:
                yield ""
            shown = [[row[at] for at in chosen] for row in rows]
            heads = [columns[at] for at in chosen]
            for lines in grid(heads, shown, self._style.width, colour=self._style.colour):
                yield from lines

    def _tables(
        self, block: Grid, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]
    ) -> Iterator[list[int]]:
        """The columns of each table that a wide one is shown as."""
        chosen = list(range(len(columns)))
        if block.spare is not None and not self._fit(chosen, list(map(_unbroken, columns)), rows):
            chosen.remove(block.spare)
        if not block.kept:
            yield chosen
            return
        kept = chosen[: block.kept]
        table: list[int] = []
        for at in chosen[block.kept :]:
            if table and not self._fit([*kept, *table, at], columns, rows):
                yield [*kept, *table]
                table = []
            table.append(at)
        yield [*kept, *table]

    def _kept(self, rows: Sequence[Sequence[Cell]]) -> int:
        """How narrow the first column of a table in several parts may become."""
        widest = max((cells_of(row[0].text) for row in rows), default=0)
        return max(min(widest, self._style.width // 2), _NARROWEST[0])

    def _fit(
        self, chosen: Sequence[int], columns: Sequence[Column], rows: Sequence[Sequence[Cell]]
    ) -> bool:
        cells = [[row[at] for at in chosen] for row in rows]
        return fits([columns[at] for at in chosen], cells, self._style.width)

    def _item(self, item: Item) -> Iterator[str]:
        indent = _STEP * item.depth
        yield from paragraph(item.text, self._style.width, indent, indent + _STEP)
        if item.places:
            inner = indent + _STEP
            for line in paragraph(f"({item.places})", self._style.width, inner, inner):
                yield self._ink(line, "place")

    def _ink(self, text: str, meaning: Meaning) -> str:
        return inked(text, meaning, colour=self._style.colour)


def _close(before: Block, block: Block) -> bool:
    """Whether there is no line between two blocks."""
    return isinstance(before, Caption) or (isinstance(before, Text) and isinstance(block, Text))


def _unbroken(column: Column) -> Column:
    """A column whose cells stay on one line."""
    return replace(column, narrowest=0)


def _columns(block: Grid) -> list[Column]:
    texts = iter(_NARROWEST)
    return [
        Column(
            _folded_head(head) if block.kept else head,
            right=right,
            narrowest=0 if right or not head else next(texts),
            gap=2,
        )
        for head, right in zip(block.heads, block.right, strict=True)
    ]


def _folded_head(head: str) -> str:
    """A head whose long words are broken: it is no reason for a wide column."""
    return " ".join(piece for word in head.split(" ") for piece in folded(word, _WIDEST_HEAD))
