"""Input formats: text to plain values and their places."""

from __future__ import annotations

from pathlib import Path

import yaml

from tenderscore.model.located import Document, Node
from tenderscore.model.scalars import ScalarError, read_scalar


def _node(node: yaml.Node) -> Node:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if isinstance(node, yaml.ScalarNode):
        plain = not node.style
        try:
            value = read_scalar(node.value) if plain else node.value
        except ScalarError:
            value = node.value
        return Node(value, line, column, node.value, plain=plain)
    if isinstance(node, yaml.SequenceNode):
        return Node([_node(child) for child in node.value], line, column)
    content: dict[str, Node] = {}
    for key_node, value_node in node.value:
        child, key = _node(value_node), _node(key_node)
        child.key = key.value
        child.key_line, child.key_column = key.line, key.column
        content[key_node.value] = child
    return Node(content, line, column)


def read_document(path: Path, name: str) -> Document:
    """A stopgap until the located readers are joined here."""
    text = path.read_text(encoding="utf-8")
    node = yaml.compose(text, Loader=yaml.CBaseLoader)
    return Document(name, _node(node) if node else Node(None, 1, 1), text)
