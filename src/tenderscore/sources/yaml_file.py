"""YAML files: one pass over the parser's events, by YAML 1.2's scalar rules (``model/scalars.py``).

Events rather than composed nodes: the C composer calls itself once a level, so that a file of
nothing but brackets would overflow the stack, and it resolves tags that are not wanted here.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

import yaml
from yaml.events import (
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from tenderscore.errors import Message, Problem
from tenderscore.model.located import Document, Node
from tenderscore.model.scalars import SCALAR_READERS, ScalarError
from tenderscore.sources._reading import (
    BYTE_ORDER_MARK,
    MOST_LEVELS,
    MOST_VALUES,
    Reading,
    StopReadingError,
    position,
    with_plain_breaks,
)
from tenderscore.sources._yaml_errors import syntax_problem
from tenderscore.sources._yaml_properties import settled, tag_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from yaml._yaml import Mark

    from tenderscore.model.values import Scalar

# Without its C part PyYAML does the same, slower.
_LOADER: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# What tags, anchors, aliases and the escapes of halves of characters begin with.
_PROPERTIES = ("!", "&", "*", "\\u", "\\U")
_TAG_DIRECTIVE = re.compile("^%TAG", re.MULTILINE)
# YAML 1.1 breaks lines at these too, and so does the parser when it counts them.
_OLD_BREAKS = ("\x85", "\u2028", "\u2029")


def read(text: str, file: str) -> Document:
    """The one document of a YAML file; its root is None where it cannot be read."""
    text = with_plain_breaks(text.removeprefix(BYTE_ORDER_MARK))
    reading = _YamlReading(file)
    root = Node(None, 1, 1)
    try:
        reading.refuse_tag_directives(text)
        root = reading.document(_events(text, reading))
    except StopReadingError:
        pass
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        reading.report(syntax_problem(error, text, file))
    return Document(file, root, _with_counted_breaks(text), reading.problems)


def _events(text: str, reading: Reading) -> Iterator[Event | None]:
    """The parser's events, as many as a sensible file has; None stands for the rest."""
    next_event = _LOADER(text).get_event
    events = chain(islice(iter(next_event, None), MOST_VALUES), (None,))
    return settled(events, reading) if any(map(text.__contains__, _PROPERTIES)) else events


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


class Parsed(Protocol):
    """An event of the parser; all that are read here have a mark, whatever its type stubs say."""

    start_mark: Mark
    value: str
    style: str | None


class _YamlReading(Reading):
    """Builds nodes from events, each value by one call; lines and columns count from 1."""

    __slots__ = ("events",)

    events: Iterator[Any]

    def refuse_tag_directives(self, text: str) -> None:
        """End the reading of a file that declares tags, which the parser would look through."""
        if text.startswith("%") or "\n%" in text:
            found = _TAG_DIRECTIVE.search(text)
            if found:
                self.stop(tag_problem(self.place(*position(text, found.start()))))

    def document(self, events: Iterator[Any]) -> Node:
        """The root of the only document; None where there is nothing but comments."""
        self.events = events
        next(events)
        if isinstance(next(events), StreamEndEvent):
            return Node(None, 1, 1)
        event = next(events)
        root = _VALUE_READERS[event.__class__](self, event)
        for after in events:
            if isinstance(after, DocumentStartEvent):
                self.refuse_document(after)
        return root

    def scalar(self, event: Parsed) -> Node:
        """A scalar: quoted and block scalars are text."""
        mark = event.start_mark
        text = event.value
        if event.style:
            return Node(text, mark.line + 1, mark.column + 1, text)
        reader = SCALAR_READERS.get(text[:1])
        if reader is None:
            return Node(text, mark.line + 1, mark.column + 1, text, plain=True)
        try:
            value = reader(text)
        except ScalarError as error:
            value = self.refused(text, error, mark)
        return Node(value, mark.line + 1, mark.column + 1, text, plain=True)

    def sequence(self, event: Parsed) -> Node:
        """A list, to its end."""
        mark = event.start_mark
        self.depth += 1
        if self.depth > MOST_LEVELS:
            self.too_deep(mark.line + 1, mark.column + 1)
        items = []
        for item in self.events:
            if item.__class__ is SequenceEndEvent:
                break
            items.append(_VALUE_READERS[item.__class__](self, item))
        self.depth -= 1
        return Node(items, mark.line + 1, mark.column + 1)

    def mapping(self, event: Parsed) -> Node:
        """A mapping, to its end; keys are texts exactly as written, the first of two alike stays."""
        mark = event.start_mark
        self.depth += 1
        if self.depth > MOST_LEVELS:
            self.too_deep(mark.line + 1, mark.column + 1)
        content: dict[str, Node] = {}
        events = self.events
        value_readers = _VALUE_READERS
        for key in events:
            if key.__class__ is not ScalarEvent:
                if key.__class__ is MappingEndEvent:
                    break
                self.refuse_key(key)
                continue
            value = next(events)
            node = value_readers[value.__class__](self, value)
            text = key.value
            key_mark = key.start_mark
            node.key_line = key_mark.line + 1
            node.key_column = key_mark.column + 1
            reader = None if key.style else _KEY_READERS.get(text[:1])
            node.key = text if reader is None else self.typed_key(reader, text, key_mark)
            if text in content:
                self.repeated(text, content[text], node)
            else:
                content[text] = node
        self.depth -= 1
        return Node(content, mark.line + 1, mark.column + 1)

    def typed_key(self, reader: Callable[[str], Scalar], text: str, mark: Mark) -> Scalar:
        """A plain key as a scalar."""
        try:
            return reader(text)
        except ScalarError as error:
            return self.refused(text, error, mark)

    def refused(self, text: str, error: ScalarError, mark: Mark) -> Scalar:
        """The text of a scalar that is in error: reading goes on."""
        place = self.place(mark.line + 1, mark.column + 1)
        self.report(Problem(error.code, error.message, place, error.help))
        return text

    def refuse_key(self, event: Parsed) -> None:
        """Report a list or mapping in a key's place; it and its value are read and dropped."""
        key = _VALUE_READERS[event.__class__](self, event)
        message = Message("a key is one word or text, not a list or mapping")
        hint = Message("put it in quotes if it is text")
        self.report(Problem("key-not-scalar", message, self.place(key.line, key.column), hint))
        value = next(self.events)
        _VALUE_READERS[value.__class__](self, value)

    def refuse_document(self, event: Parsed) -> NoReturn:
        """End the reading where a second document begins."""
        place = self.place(event.start_mark.line + 1, event.start_mark.column + 1)
        message = Message("a second document begins here; a file has one")
        hint = Message("take the --- away, or give every document a file")
        self.stop(Problem("several-documents", message, place, hint))

    def cut_short(self, _event: None) -> NoReturn:
        """End the reading of a file that goes on and on."""
        self.too_many()


_VALUE_READERS: dict[type, Callable[[_YamlReading, Any], Node]] = {
    ScalarEvent: _YamlReading.scalar,
    SequenceStartEvent: _YamlReading.sequence,
    MappingStartEvent: _YamlReading.mapping,
    type(None): _YamlReading.cut_short,
}
