"""What the tests of readers compare: a node with all that it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tenderscore.model.located import Document, Node


def knowledge(node: Node) -> Any:
    """All that a node knows, as plain values."""
    own = (node.line, node.column, node.text, node.plain, node.key, node.key_line, node.key_column)
    match node.value:
        case dict():
            return (*own, {key: knowledge(child) for key, child in node.value.items()})
        case list():
            return (*own, [knowledge(child) for child in node.value])
        case _:
            return (*own, type(node.value).__name__, node.value)


def found(document: Document) -> list[tuple[str, str]]:
    """The problems of a document as code and place."""
    return [(each.code, str(each.place)) for each in document.problems]
