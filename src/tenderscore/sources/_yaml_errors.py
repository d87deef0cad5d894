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
_INDENTATION = re.compile(r"[ \t]*")
_NEEDS_QUOTES = frozenset("@`%*&!|>,]}")


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
    place = _place(mark, text, file)
    if _open_brackets(text, offset) > MOST_LEVELS:
        return nesting_problem(place)
    context = _place(error.context_mark, text, file)
    also = () if context in (place, Place(file)) else ((Message("in what begins"), context),)
    return Problem("yaml-syntax", message, place, _hint(text, offset), also=also)


def _open_brackets(text: str, offset: int) -> int:
    opened = text.count("[", 0, offset) + text.count("{", 0, offset)
    return opened - text.count("]", 0, offset) - text.count("}", 0, offset)


def _place(mark: Mark | None, text: str, file: str) -> Place:
    """A mark's place; the end of the last line where it is past all of them."""
    if mark is None:
        return Place(file)
    if mark.index >= len(text):
        return Place(file, *position(text, len(text.rstrip("\n"))))
    return Place(file, mark.line + 1, mark.column + 1)


def _hint(text: str, offset: int) -> Message | None:
    start = text.rfind("\n", 0, offset) + 1
    indentation = _INDENTATION.match(text, start)
    if indentation and "\t" in indentation[0]:
        return Message("indent with spaces: YAML takes no tabs there")
    character = text[offset : offset + 1]
    if character == "":
        return Message("a quote or a bracket is not closed")
    if character == ":":
        return Message("text with a colon and a space in it needs quotes; or mend the indentation")
    if character in _NEEDS_QUOTES:
        return Message("text that begins with {character} needs quotes", character=character)
    return Message("is the line above complete, and this one indented like its neighbours?")
