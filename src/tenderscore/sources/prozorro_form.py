"""How a Prozorro tender is gone through; what of its form is amiss becomes a problem."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tenderscore.errors import Message, Problem, Severity
from tenderscore.model.located import Document, Node
from tenderscore.model.values import Number


class TenderForm:
    """The tender's own mapping in its document; ``problems`` collects what is found on the way."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.root = document.root.get("data") or document.root
        self.problems: list[Problem] = []

    def tell(
        self,
        code: str,
        message: Message,
        node: Node,
        help_: Message | None = None,
        *,
        severity: Severity = "error",
    ) -> None:
        """Adds a problem at a node."""
        self.problems.append(Problem(code, message, self.document.place(node), help_, severity))

    def note(self, code: str, message: Message, node: Node, help_: Message | None = None) -> None:
        """Adds a warning at a node."""
        self.tell(code, message, node, help_, severity="warning")

    def mappings(self, node: Node, key: str) -> Iterator[Node]:
        """The mappings of the list under a key, of which there may be none."""
        under = node.get(key)
        if under is None or under.value is None:
            return
        if not isinstance(under.value, list):
            self.tell("prozorro-form", Message("{key} is a list of mappings", key=key), under)
            return
        for item in under.value:
            if item.is_mapping:
                yield item
            else:
                message = Message("{key} is a list of mappings", key=key)
                self.tell("prozorro-form", message, item)

    def needed(self, node: Node, key: str) -> Node | None:
        """The text under a key that has to be there."""
        found = said(node, key)
        if found is None:
            message = Message("{key} is missing, or no text", key=key)
            self.tell("prozorro-form", message, node.get(key) or node)
        return found

    def number(self, node: Node, key: str) -> Number | None:
        """The number of 0 or more under a key that has to be there."""
        found = node.get(key)
        value = None if found is None else found.value
        if isinstance(value, int | Fraction) and not isinstance(value, bool) and value >= 0:
            return value
        message = Message("{key} is missing, or no number of 0 or more", key=key)
        self.tell("prozorro-form", message, found or node)
        return None


def said(node: Node, *path: str) -> Node | None:
    """The text at a path that is not blank; a number counts as the text that it is."""
    found = node.get(*path)
    if found is None or found.value is None or not found.text.strip():
        return None
    return found


def word(node: Node, *path: str) -> str | None:
    """That text itself."""
    found = said(node, *path)
    return None if found is None else found.text
