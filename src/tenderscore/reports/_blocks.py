"""What an analysis says to people: sections of sentences, tables and lists, for any format."""

from __future__ import annotations

from typing import TypeAlias

from tenderscore.model.records import record


@record
class Text:
    """A sentence."""

    text: str


@record
class Caption:
    """What the blocks after it are about."""

    text: str


@record
class Grid:
    """A table; ``right`` says which columns are numbers.

    Where it is too wide for the screen, ``spare`` is the column that is left out first, and the
    columns from ``kept`` on are shown in several tables, each with those before; 0 cuts none off.
    """

    heads: tuple[str, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    kept: int = 0
    spare: int | None = None


@record
class Item:
    """A sentence in a list, with where it comes from."""

    text: str
    places: str = ""
    depth: int = 0


@record
class Items:
    """A list."""

    items: tuple[Item, ...]


Block: TypeAlias = Text | Caption | Grid | Items


@record
class Section:
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]
