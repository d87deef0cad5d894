"""How the panel scored, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from tenderscore.model.panel_analysis import PanelAnalysis
from tenderscore.model.records import record
from tenderscore.reports._markup import literal, table
from tenderscore.reports._style import Style
from tenderscore.reports._words import Words
from tenderscore.reports.panels._sections import Grid, Item, Items, PanelSections, Text


@record
class Markdown:
    """``panel --format markdown``."""

    def render(self, analysis: PanelAnalysis, style: Style) -> bytes:
        """The whole document."""
        page = PanelSections(analysis, Words.people(style.language), style.top)
        return "\n".join([*_lines(page), ""]).encode()


def _lines(page: PanelSections) -> Iterator[str]:
    yield f"# {literal(page.title())}"
    for section in page.sections():
        yield from ("", f"## {literal(section.title)}")
        for block in section.blocks:
            yield ""
            yield from _block(block)


def _block(block: Text | Grid | Items) -> Iterator[str]:
    match block:
        case Text():
            yield literal(block.text)
        case Grid():
            heads = [literal(head) for head in block.heads]
            yield from table(heads, block.right, ([literal(t) for t in row] for row in block.rows))
        case Items():
            yield from map(_item, block.items)


def _item(item: Item) -> str:
    places = f" ({item.places})" if item.places else ""
    return f"{'  ' * item.depth}- {literal(item.text + places)}"
