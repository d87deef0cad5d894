"""JSON files, with places: the standard library's decoder for texts, our scalars for numbers.

The standard decoder tells no places and turns numbers to floats; a YAML parser takes JSON for
YAML, and so comments, single quotes and bare words as well. What remains is little: brackets,
and where each value begins.
"""

from __future__ import annotations

import re
from contextlib import suppress
from json import JSONDecodeError, JSONDecoder
from typing import TYPE_CHECKING, NoReturn

from tenderscore.errors import Message, Problem
from tenderscore.model.located import Document, Node
from tenderscore.model.scalars import ScalarError, read_scalar, shortened
from tenderscore.sources._reading import (
    BYTE_ORDER_MARK,
    MOST_VALUES,
    Reading,
    StopReadingError,
    with_plain_breaks,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderscore.errors import Place
    from tenderscore.model.values import Scalar

_BLANKS = re.compile(r"[ \t\n\r]*")
_WORD = re.compile(r"[^][{}:,\"\s]+")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][-+]?[0-9]++)?")
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None}
_NOT_FINITE = frozenset(("NaN", "Infinity", "-Infinity"))
_decode = JSONDecoder().raw_decode


def read(text: str, file: str) -> Document:
    """The value of a JSON file; its root is None where it cannot be read."""
    text = with_plain_breaks(text.removeprefix(BYTE_ORDER_MARK))
    reading = _JsonReading(text, file)
    root = Node(None, 1, 1)
    with suppress(StopReadingError):
        root = reading.whole()
    return Document(file, root, text, reading.problems)


class _JsonReading(Reading):
    """Reads values one after the other; ``offset`` is where the next character stands."""

    __slots__ = ("count", "counted", "line", "line_start", "offset", "text")

    def __init__(self, text: str, file: str) -> None:
        super().__init__(file)
        self.text = text
        self.offset = 0
        self.count = 0
        self.counted = 0
        self.line = 1
        self.line_start = 0
        self.skip_blanks()

    def whole(self) -> Node:
        """The file's one value."""
        root = self.value()
        if self.offset < len(self.text):
            self.refuse(Message("the file goes on after its value"))
        return root

    def value(self) -> Node:
        """The value that begins here, and the blanks after it."""
        self.count += 1
        if self.count > MOST_VALUES:
            self.too_many()
        match self.text[self.offset : self.offset + 1]:
            case "{":
                node = self.mapping()
            case "[":
                node = self.sequence()
            case '"':
                node = self.quoted()
            case _:
                node = self.word()
        self.skip_blanks()
        return node

    def mapping(self) -> Node:
        """A mapping; the first of two keys that are alike stays."""
        start = self.position()
        content: dict[str, Node] = {}
        for _ in self.members("}"):
            if self.text[self.offset : self.offset + 1] != '"':
                self.refuse(Message("a key in double quotes belongs here"))
            key = self.quoted()
            self.skip_blanks()
            if not self.take(":"):
                self.refuse(Message("a colon belongs here, between key and value"))
            node = self.value()
            node.key, node.key_line, node.key_column = key.text, key.line, key.column
            if content.setdefault(key.text, node) is not node:
                self.repeated(key.text, content[key.text], node)
        return Node(content, *start)

    def sequence(self) -> Node:
        """A list."""
        start = self.position()
        return Node([self.value() for _ in self.members("]")], *start)

    def members(self, close: str) -> Iterator[None]:
        """Step from member to member of a list or mapping, past its brackets and commas."""
        self.enter(self.here())
        self.take(self.text[self.offset])
        if not self.take(close):
            yield
            while self.take(","):
                yield
            if not self.take(close):
                self.refuse(Message("a comma or {bracket} belongs here", bracket=close))
        self.leave()

    def quoted(self) -> Node:
        """A text; its blanks are not skipped."""
        start = self.position()
        try:
            value, self.offset = _decode(self.text, self.offset)
        except JSONDecodeError as error:
            self.refuse_quoted(error.pos)
        value = self.without_surrogates(value, self.place(*start))
        return Node(value, *start, value)

    def word(self) -> Node:
        """A number, ``true``, ``false`` or ``null``."""
        found = _WORD.match(self.text, self.offset)
        text = found[0] if found else ""
        if text not in _WORDS and text not in _NOT_FINITE and not _NUMBER.fullmatch(text):
            self.refuse_word(text)
        node = Node(self.scalar(text), *self.position(), text, plain=True)
        self.offset += len(text)
        return node

    def scalar(self, text: str) -> Scalar:
        """A word's value; its text where that is in error, so that reading goes on."""
        if text in _WORDS:
            return _WORDS[text]
        try:
            return read_scalar(text)
        except ScalarError as error:
            self.report(Problem(error.code, error.message, self.here(), error.help))
            return text

    def take(self, character: str) -> bool:
        """Step over a character and the blanks after it, if it stands here."""
        if not self.text.startswith(character, self.offset):
            return False
        self.offset += 1
        self.skip_blanks()
        return True

    def skip_blanks(self) -> None:
        """Step over blanks and line breaks."""
        found = _BLANKS.match(self.text, self.offset)
        self.offset = found.end() if found else self.offset

    def position(self) -> tuple[int, int]:
        """The line and column of the next character; lines are counted as reading goes on."""
        breaks = self.text.count("\n", self.counted, self.offset)
        if breaks:
            self.line += breaks
            self.line_start = self.text.rfind("\n", self.counted, self.offset) + 1
        self.counted = self.offset
        return self.line, self.offset - self.line_start + 1

    def here(self) -> Place:
        """The place of the next character."""
        return self.place(*self.position())

    def refuse_quoted(self, offset: int) -> NoReturn:
        """End the reading at a text that is not one, for what stands at an offset in it."""
        if offset == self.offset:
            self.refuse(Message("this text has no closing quote"))
        self.offset = offset
        code = ord(self.text[offset])
        if code < ord(" "):
            message = Message("the character {code} stands in a text", code=f"U+{code:04X}")
            self.refuse(message, Message("write it as an escape, as \\n is"))
        self.refuse(Message("there is no such escape"), Message("write a backslash as two"))

    def refuse_word(self, text: str) -> NoReturn:
        """End the reading at what is no value, saying what it may have been meant to be."""
        if not text:
            self.refuse(Message("a value belongs here"), Message("is there a comma too many?"))
        if text.lower() in {"true", "false", "null", "none"}:
            hint = Message("write true, false and null in lower case")
        elif text.startswith(("/", "#")):
            hint = Message("JSON has no comments; YAML has")
        elif text[0] in "+-.0123456789":
            hint = Message("write numbers as 12, -0.5 or 1e3, other text in double quotes")
        else:
            hint = Message("put text in double quotes")
        self.refuse(Message("{word} is no JSON value", word=shortened(text)), hint)

    def refuse(self, message: Message, hint: Message | None = None) -> NoReturn:
        """End the reading here, at what is not JSON."""
        self.stop(Problem("json-syntax", message, self.here(), hint))
