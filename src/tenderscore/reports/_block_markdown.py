"""Sections of sentences, tables and lists as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tenderscore.reports._blocks import Block, Caption, Grid, Item, Items, Section, Text
from tenderscore.reports._markup import literal, table


def markdown_page(title: str, sections: Iterable[Section]) -> bytes:
    """The whole document."""
    return "\n".join([*_lines(title, sections), ""]).encode()


def _lines(title: str, sections: Iterable[Section]) -> Iterator[str]:
    yield f"# {literal(title)}"
    for section in sections:
        yield from ("", f"## {literal(section.title)}")
        for block in section.blocks:
            yield ""
            yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Text():
            yield literal(block.text)
        case Caption():
            yield f"### {literal(block.text)}"
        case Grid():
            heads = [literal(head) for head in block.heads]
            yield from table(heads, block.right, ([literal(t) for t in row] for row in block.rows))
        case Items():
            yield from map(_item, block.items)


def _item(item: Item) -> str:
    places = f" ({item.places})" if item.places else ""
    return f"{'  ' * item.depth}- {literal(item.text + places)}"
