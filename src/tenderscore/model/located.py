"""Values as files wrote them: every value knows its line and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import TypeAlias

from tenderscore.errors import Place, Problem
from tenderscore.model.records import record
from tenderscore.model.values import Scalar, Value

Content: TypeAlias = "Scalar | dict[str, Node] | list[Node]"


class Node:
    """One value of a file: a scalar, a mapping of text to nodes, or a list of nodes.

    ``text`` is the scalar exactly as written (without quotes), ``plain`` whether it was written
    without quotes. A mapping's value also knows its key: ``key`` is the key as a typed scalar (an
    unquoted ``1`` is a number), and ``key_line``, ``key_column`` say where it stands. Lines and
    columns count from 1.
    """

    __slots__ = ("column", "key", "key_column", "key_line", "line", "plain", "text", "value")

    def __init__(  # noqa: PLR0913, PLR0917 - one step a node: thousands of files pass
        self,
        value: Content,
        line: int,
        column: int,
        text: str = "",
        plain: bool = False,
        key: Scalar = None,
        key_line: int = 0,
        key_column: int = 0,
    ) -> None:
        self.value = value
        self.line = line
        self.column = column
        self.text = text
        self.plain = plain
        self.key = key
        self.key_line = key_line
        self.key_column = key_column

    def __repr__(self) -> str:
        return f"Node({self.value!r}, {self.line}, {self.column})"

    @property
    def is_mapping(self) -> bool:
        """Whether this is a mapping."""
        return isinstance(self.value, dict)

    def get(self, *path: str) -> Node | None:
        """The node at a path of keys, or None where there is none."""
        node: Node | None = self
        for key in path:
            if node is None or not isinstance(node.value, dict):
                return None
            node = node.value.get(key)
        return node

    def items(self) -> Iterator[tuple[str, Node]]:
        """Keys and nodes of a mapping; nothing of anything else."""
        return iter(self.value.items() if isinstance(self.value, dict) else ())

    def children(self) -> Iterator[Node]:
        """The nodes of a mapping, without their keys."""
        return (node for _, node in self.items())

    def bare(self, texts: frozenset[str] = frozenset()) -> Value:
        """The value without places; mappings keep their typed keys (see ``Mapping``).

        ``texts`` are the keys whose scalars (or lists of scalars) are text exactly as written.
        """
        if isinstance(self.value, dict):
            return Mapping(
                {
                    key: node.as_text(texts) if key in texts else node.bare(texts)
                    for key, node in self.value.items()
                },
                typed=tuple(node.key for node in self.value.values()),
            )
        if isinstance(self.value, list):
            return [node.bare(texts) for node in self.value]
        return self.value

    def as_text(self, texts: frozenset[str] = frozenset()) -> Value:
        """The value with its scalars as the text that was written; nothing stays nothing."""
        if isinstance(self.value, list):
            return [node.as_text(texts) for node in self.value]
        if isinstance(self.value, dict) or self.value is None:
            return self.bare(texts)
        return self.text


class Mapping(dict[str, Value]):
    """A mapping of text keys that remembers what each key is when it is read as a scalar.

    ``lookup`` needs it: the key ``1`` is a number there, the key ``"1"`` is text.
    """

    __slots__ = ("typed",)

    def __init__(self, content: dict[str, Value], typed: tuple[Scalar, ...]) -> None:
        super().__init__(content)
        self.typed = typed


@record
class Document:
    """One file that was read: its name as people know it, its root value, its lines."""

    file: str
    root: Node
    text: str = field(repr=False, default="")
    problems: tuple[Problem, ...] = ()

    @property
    def is_unreadable(self) -> bool:
        """Whether nothing of it could be read, so that its problems are all there is to say."""
        return self.root.value is None and bool(self.problems)

    def place(self, node: Node | None = None) -> Place:
        """Where a node's value stands (the file alone without one)."""
        return Place(self.file) if node is None else Place(self.file, node.line, node.column)

    def key_place(self, node: Node) -> Place:
        """Where a mapping value's key stands."""
        return Place(self.file, node.key_line or node.line, node.key_column or node.column)

    def line(self, number: int) -> str | None:
        """The text of a line, for quoting."""
        lines = self.text.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else None
