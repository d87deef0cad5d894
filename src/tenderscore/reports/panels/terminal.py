"""What ``panel`` prints: tables and lists as wide as the screen."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from tenderscore.model.panel_analysis import PanelAnalysis
from tenderscore.model.records import record
from tenderscore.reports._ink import Meaning, inked
from tenderscore.reports._layout import Cell, Column, grid, paragraph
from tenderscore.reports._marks import Marks
from tenderscore.reports._style import Style
from tenderscore.reports._words import Words
from tenderscore.reports.panels._sections import Grid, Item, Items, PanelSections, Section, Text

_STEP = "  "
_NARROWEST = (14, 10, 20)


@record
class Terminal:
    """``panel --format table``."""

    def render(self, analysis: PanelAnalysis, style: Style) -> bytes:
        """The whole text."""
        sections = PanelSections(analysis, Words.people(style.language), style.top)
        return "\n".join([*_Page(style).lines(sections), ""]).encode()


class _Page:
    def __init__(self, style: Style) -> None:
        self._style = style
        self._rule = Marks.of(style).rule

    def lines(self, page: PanelSections) -> Iterator[str]:
        yield self._ink(page.title(), "strong")
        for section in page.sections():
            yield from self._section(section)

    def _section(self, section: Section) -> Iterator[str]:
        yield from ("", self._ink(section.title, "strong"))
        yield self._ink(self._rule * min(cell_len(section.title), self._style.width), "faint")
        for number, block in enumerate(section.blocks):
            if number and isinstance(section.blocks[number - 1], Grid):
                yield ""
            yield from self._block(block)

    def _block(self, block: Text | Grid | Items) -> Iterator[str]:
        match block:
            case Text():
                yield from paragraph(block.text, self._style.width)
            case Grid():
                yield from self._grid(block)
            case Items():
                for item in block.items:
                    yield from self._item(item)

    def _grid(self, block: Grid) -> Iterator[str]:
        texts = iter(_NARROWEST)
        columns = [
            Column(head, right=right, narrowest=0 if right else next(texts), gap=2)
            for head, right in zip(block.heads, block.right, strict=True)
        ]
        rows = [[Cell(text) for text in row] for row in block.rows]
        for lines in grid(columns, rows, self._style.width, colour=self._style.colour):
            yield from lines

    def _item(self, item: Item) -> Iterator[str]:
        indent = _STEP * item.depth
        yield from paragraph(item.text, self._style.width, indent, indent + _STEP)
        if item.places:
            inner = indent + _STEP
            for line in paragraph(f"({item.places})", self._style.width, inner, inner):
                yield self._ink(line, "place")

    def _ink(self, text: str, meaning: Meaning) -> str:
        return inked(text, meaning, colour=self._style.colour)
