"""Nodes made of a file's other nodes: each stands where what it says stands in the file."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tenderscore.model.located import Node


def made_text(text: str, at: Node) -> Node:
    """A text."""
    return Node(text, at.line, at.column, text)


def made_scalar(value: bool | int | Fraction, at: Node) -> Node:
    """A number or a boolean."""
    return Node(value, at.line, at.column, plain=True)


def made_list(items: Iterable[Node], at: Node) -> Node:
    """A list."""
    return Node(list(items), at.line, at.column)


def made_mapping(content: dict[str, Node | None], at: Node) -> Node:
    """A mapping, without the keys that have nothing."""
    known = {key: node for key, node in content.items() if node is not None}
    return Node(dict(known), at.line, at.column)
