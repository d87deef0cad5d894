"""YAML text to the parser's nodes, in one of two ways that give the same.

The quick way is PyYAML's own composer (the one in C where it is built), for texts of moderate size
and depth without anchors, aliases and tags: it calls itself once a level and takes as much as
there is. Everything else, and what the quick way objects to, goes the careful way: event by event,
within bounds, with problems in our words.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import yaml
from yaml.events import (
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from tenderscore.errors import Message, Problem
from tenderscore.sources._reading import MOST_VALUES, position
from tenderscore.sources._yaml_events import place_of, settled, tag_problem

try:
    from yaml._yaml import CParser as Parser
except ImportError:  # PyYAML without its C part does the same, slower
    from yaml import BaseLoader as Parser  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderscore.sources._reading import Reading

MOST_QUICK_CHARACTERS = 2**16
MOST_QUICK_BRACKETS = 300
# Texts up to here cannot nest far enough by indentation, or by dashes on a line, to matter.
_SHORT = 2048
_DEEP_LINE = re.compile(r"^[ \t?:-]{100}", re.MULTILINE)

_TAG_DIRECTIVE = re.compile("^%TAG", re.MULTILINE)


def compose(text: str, reading: Reading) -> yaml.Node | None:
    """The root of a file's only document; None where there is nothing but comments.

    Raises:
        yaml.YAMLError: the text is not YAML.
    """
    bare = not ("!" in text or "&" in text or "*" in text or "\\" in text)
    if bare and _is_shallow(text):
        try:
            return _Composer(text).get_single_node()
        except (yaml.YAMLError, RecursionError):
            pass
    events = chain(islice(iter(Parser(text).get_event, None), MOST_VALUES), (None,))
    return _document(events if bare else _settled(text, events, reading), reading)


def _is_shallow(text: str) -> bool:
    """Whether text is surely far from nesting so deep that a stack could overflow."""
    return (
        len(text) <= MOST_QUICK_CHARACTERS
        and text.count("[") + text.count("{") <= MOST_QUICK_BRACKETS
        and (len(text) <= _SHORT or not _DEEP_LINE.search(text))
    )


class _Composer(Parser):
    """The parser's composer without its rules for tags, which cost a third of its time."""

    def descend_resolver(self, parent: object, index: object) -> None: ...

    def ascend_resolver(self) -> None: ...

    def resolve(self, kind: object, value: object, implicit: object) -> None: ...


def _settled(text: str, events: Iterator[Event | None], reading: Reading) -> Iterator[Event | None]:
    """The events less aliases and tags, which a text with the signs for them may have."""
    directive = _TAG_DIRECTIVE.search(text)
    if directive:
        # The parser compares each with every other before it says anything.
        reading.stop(tag_problem(reading.place(*position(text, directive.start()))))
    return settled(events, reading)


def _document(events: Iterator[Event | None], reading: Reading) -> yaml.Node | None:
    next(events)
    if isinstance(next(events), StreamEndEvent):
        return None
    root = _node(next(events), events, reading)
    for event in events:
        if isinstance(event, DocumentStartEvent):
            message = Message("a second document begins here; a file has one")
            hint = Message("take the --- away, or give every document a file")
            reading.stop(Problem("several-documents", message, place_of(event, reading), hint))
    return root


def _node(event: Event | None, events: Iterator[Event | None], reading: Reading) -> yaml.Node:
    if event is None:
        reading.too_many()
    marks: tuple[Any, Any] = (event.start_mark, event.end_mark)
    if isinstance(event, ScalarEvent):
        return ScalarNode("", event.value, *marks, style=event.style)
    reading.enter(place_of(event, reading))
    children = (_node(child, events, reading) for child in _to_end(events))
    node = (
        SequenceNode("", list(children), *marks)
        if isinstance(event, SequenceStartEvent)
        else MappingNode("", list(zip(children, children, strict=True)), *marks)
    )
    reading.leave()
    return node


def _to_end(events: Iterator[Event | None]) -> Iterator[Event | None]:
    for event in events:
        if isinstance(event, CollectionEndEvent):
            return
        yield event
