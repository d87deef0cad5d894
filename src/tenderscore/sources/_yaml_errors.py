"""What the YAML parser objects to, in our words: by place and character, not by its English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from yaml.error import Mark, MarkedYAMLError

from tenderscore.errors import Message, Place, Problem
from tenderscore.sources._reading import MOST_LEVELS, nesting_problem, position

if TYPE_CHECKING:
    from yaml import YAMLError

_NOT_YAML = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BRACKET = re.compile(r"[][{}]")
_NEEDS_QUOTES = frozenset("@`%*&!|>")
_OPENING = frozenset("\"'[{")


def syntax_problem(error: YAMLError | UnicodeEncodeError, text: str, file: str) -> Problem:
    """The problem that an error of the parser stands for."""
    if isinstance(error, MarkedYAMLError):
        return _marked(error, text, file)
    found = _NOT_YAML.search(text)
    if found is None:
        return Problem("yaml-syntax", Message("this is not YAML"), Place(file))
    message = Message("the character {code} cannot stand in YAML", code=f"U+{ord(found[0]):04X}")
    hint = Message("take it out, or write it as an escape in double quotes")
    place = Place(file, *position(text, found.start()))
    return Problem("control-character", message, place, hint)


def _marked(error: MarkedYAMLError, text: str, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    offset = min(mark.index, len(text)) if mark else 0
    message = Message("this is not YAML: {detail}", detail=error.problem or error.context)
    deepest = _bracket_too_many(text, offset)
    if deepest is not None:
        return nesting_problem(Place(file, *position(text, deepest)))
    place = _place(mark, text, file)
    context = _place(error.context_mark, text, file)
    also: tuple[tuple[Message, Place], ...] = ()
    opening = ""
    if error.context_mark and context != place:
        also = ((Message("what is being read there begins here"), context),)
        opening = text[error.context_mark.index : error.context_mark.index + 1]
    return Problem("yaml-syntax", message, place, _hint(text, offset, opening), also=also)


def _bracket_too_many(text: str, offset: int) -> int | None:
    """Where the brackets before an offset go too deep, as the parser itself may have found."""
    level = 0
    for bracket in _BRACKET.finditer(text, 0, offset + 1):
        level = level + 1 if bracket[0] in "[{" else max(level - 1, 0)
        if level > MOST_LEVELS:
            return bracket.start()
    return None


def _place(mark: Mark | None, text: str, file: str) -> Place:
    """A mark's place; the end of the last line where it is past all of them."""
    if mark is None:
        return Place(file)
    if mark.index >= len(text):
        return Place(file, *position(text, len(text.rstrip("\n"))))
    return Place(file, mark.line + 1, mark.column + 1)


def _hint(text: str, offset: int, opening: str) -> Message:
    """A way out, by the character that is one too many and the one where its value opened."""
    line = text.rfind("\n", 0, offset) + 1
    indentation = text[line : offset + 1]
    indentation = indentation[: len(indentation) - len(indentation.lstrip(" \t"))]
    found = text[offset : offset + 1]
    before = text[line:offset].rstrip(" ")[-1:]
    hints = (
        ("\t" in indentation, Message("indent with spaces: YAML takes no tabs there")),
        ("\\" in (found, before), Message("write a backslash as two, or use single quotes")),
        (
            opening in _OPENING and not text[offset:].strip(),
            Message("{bracket} is not closed", bracket=opening),
        ),
        (opening in _NEEDS_QUOTES, _needs_quotes(opening)),
        (found == ":", Message("put text with a colon in it in quotes; or mend the indentation")),
        (before in {"'", '"'}, Message("write a quote inside of quoted text twice")),
        (found in _NEEDS_QUOTES, _needs_quotes(found)),
        (found == "-" and before, Message("begin the list on a line of its own")),
    )
    usual = Message("is the line above complete, and this one indented like its neighbours?")
    return next((hint for applies, hint in hints if applies), usual)


def _needs_quotes(character: str) -> Message:
    return Message("put text that begins with {character} in quotes", character=character)
