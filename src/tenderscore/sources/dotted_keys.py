"""Facts that no path reaches: keys with a dot in them."""

from __future__ import annotations

from collections.abc import Iterator

from tenderscore.errors import Message, Problem
from tenderscore.model.located import Document, Node


def dotted_key(document: Document, key: str, node: Node) -> Problem | None:
    """What is wrong with a fact's key, None where nothing is."""
    if "." not in key:
        return None
    help_ = Message("nest it: a fact's path has a dot between its keys")
    message = Message("a fact's key has no dot in it: {key}", key=key)
    return Problem("dotted-key", message, document.key_place(node), help_)


def dotted_keys(document: Document, node: Node) -> Iterator[Problem]:
    """What is wrong with the keys of a mapping and of all that is in it."""
    for key, child in node.items():
        found = dotted_key(document, key, child)
        if found is not None:
            yield found
        yield from dotted_keys(document, child)
