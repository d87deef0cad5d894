"""YAML files: the parser's nodes, with YAML 1.2's scalar rules (``model/scalars.py``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from tenderscore.errors import Message, Problem
from tenderscore.model.located import Document, Node
from tenderscore.model.scalars import SCALAR_READERS, ScalarError
from tenderscore.model.values import kind_of
from tenderscore.sources._reading import (
    BYTE_ORDER_MARK,
    MOST_LEVELS,
    Reading,
    StopReadingError,
    with_plain_breaks,
)
from tenderscore.sources._yaml_nodes import compose

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml.error import Mark

    from tenderscore.model.values import Scalar

# YAML 1.1 breaks lines at these too, and so does the parser when it counts them.
_OLD_BREAKS = ("\x85", "\u2028", "\u2029")


def read(text: str, file: str) -> Document:
    """The one document of a YAML file; its root is None where it cannot be read."""
    text = with_plain_breaks(text.removeprefix(BYTE_ORDER_MARK))
    reading = _YamlReading(file)
    root = Node(None, 1, 1)
    try:
        node = compose(text, reading)
        if node is not None:
            root = _NODE_READERS[node.__class__](reading, node, None, 0, 0)
    except StopReadingError:
        pass
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        # Its patterns take as long to compile as a small round takes to read.
        from tenderscore.sources._yaml_errors import syntax_problem  # noqa: PLC0415

        reading.report(syntax_problem(error, text, file))
    return Document(file, root, _with_counted_breaks(text), reading.problems)


def _with_counted_breaks(text: str) -> str:
    for each in _OLD_BREAKS:
        text = text.replace(each, "\n")
    return text


def _merge_key(text: str) -> Scalar:
    if text != "<<":
        return text
    message = Message("merge keys (<<) are not read")
    raise ScalarError("merge-key", message, Message("write the keys out"))


_KEY_READERS: dict[str, Callable[[str], Scalar]] = {**SCALAR_READERS, "<": _merge_key}


class _YamlReading(Reading):
    """Builds located nodes from the parser's; few calls a node, since thousands of bids pass."""

    __slots__ = ()

    def scalar(self, node: yaml.ScalarNode, key: Scalar, line: int, column: int) -> Node:
        """A scalar: what stands in quotes or in a block is text."""
        text = node.value
        mark = node.start_mark
        if node.style:
            return Node(text, mark.line + 1, mark.column + 1, text, False, key, line, column)
        reader = SCALAR_READERS.get(text[:1])
        value = text if reader is None else self.typed(reader, text, mark)
        return Node(value, mark.line + 1, mark.column + 1, text, True, key, line, column)

    def sequence(self, node: yaml.SequenceNode, key: Scalar, line: int, column: int) -> Node:
        """A list."""
        mark = node.start_mark
        self.depth += 1
        if self.depth > MOST_LEVELS:
            self.too_deep(self.place(mark.line + 1, mark.column + 1))
        items = [_NODE_READERS[item.__class__](self, item, None, 0, 0) for item in node.value]
        self.depth -= 1
        return Node(items, mark.line + 1, mark.column + 1, "", False, key, line, column)

    def mapping(self, node: yaml.MappingNode, key: Scalar, line: int, column: int) -> Node:
        """A mapping; keys are texts exactly as written, and the first of two alike stays."""
        mark = node.start_mark
        self.depth += 1
        if self.depth > MOST_LEVELS:
            self.too_deep(self.place(mark.line + 1, mark.column + 1))
        content: dict[str, Node] = {}
        for name, value in node.value:
            if name.__class__ is not ScalarNode:
                self.refuse_key(name, value)
                continue
            text = name.value
            place = name.start_mark
            reader = None if name.style else _KEY_READERS.get(text[:1])
            typed = text if reader is None else self.typed(reader, text, place)
            read = _NODE_READERS[value.__class__]
            child = read(self, value, typed, place.line + 1, place.column + 1)
            if text in content and kind_of(content[text].key) != kind_of(typed):
                # 1 beside "1": a lookup tells them apart, by their keys' values.
                text = f'"{text}"'
            if text in content:
                self.repeated(text, content[text], child)
            else:
                content[text] = child
        self.depth -= 1
        return Node(content, mark.line + 1, mark.column + 1, "", False, key, line, column)

    def typed(self, reader: Callable[[str], Scalar], text: str, mark: Mark) -> Scalar:
        """A plain scalar's value; its text where that is in error, so that reading goes on."""
        try:
            return reader(text)
        except ScalarError as error:
            place = self.place(mark.line + 1, mark.column + 1)
            self.report(Problem(error.code, error.message, place, error.help))
            return text

    def refuse_key(self, key: yaml.Node, value: yaml.Node) -> None:
        """Report a list or mapping in a key's place, and what is wrong in it and its value."""
        place = self.place(key.start_mark.line + 1, key.start_mark.column + 1)
        message = Message("a key is one word or text, not a list or mapping")
        hint = Message("put it in quotes if it is text")
        self.report(Problem("key-not-scalar", message, place, hint))
        for each in (key, value):
            _NODE_READERS[each.__class__](self, each, None, 0, 0)


_NODE_READERS: dict[type, Callable[[_YamlReading, Any, Scalar, int, int], Node]] = {
    ScalarNode: _YamlReading.scalar,
    SequenceNode: _YamlReading.sequence,
    MappingNode: _YamlReading.mapping,
}
