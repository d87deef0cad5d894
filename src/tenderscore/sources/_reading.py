"""What the readers of nested text share: bounds, and the list of what is wrong in a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.scalars import shortened

if TYPE_CHECKING:
    from tenderscore.model.located import Node

BYTE_ORDER_MARK = "\ufeff"
MOST_LEVELS = 100
MOST_VALUES = 500_000
MOST_PROBLEMS = 1_000

_SURROGATE = re.compile("[\ud800-\udfff]")


class StopReadingError(Exception):
    """Nothing after this place can be read; the last problem says why."""


class Reading:
    """One file while it is read: how deep, and what was wrong so far (each thing once)."""

    __slots__ = ("_problems", "depth", "file")

    def __init__(self, file: str) -> None:
        self.file = file
        self.depth = 0
        self._problems: dict[Problem, None] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong, in the order of reading."""
        return tuple(self._problems)

    def place(self, line: int, column: int) -> Place:
        """A place in this file."""
        return Place(self.file, line, column)

    def report(self, problem: Problem) -> None:
        """Remember a problem and go on; far too many end the reading."""
        self._problems[problem] = None
        if len(self._problems) >= MOST_PROBLEMS:
            message = Message("reading stopped here, after {most} problems", most=MOST_PROBLEMS)
            self.stop(Problem("too-many-problems", message, problem.place))

    def stop(self, problem: Problem) -> NoReturn:
        """Remember a problem and end the reading."""
        self._problems[problem] = None
        raise StopReadingError

    def enter(self, place: Place) -> None:
        """Go one level deeper, within bounds."""
        self.depth += 1
        if self.depth > MOST_LEVELS:
            self.too_deep(place)

    def leave(self) -> None:
        """Come back from a level."""
        self.depth -= 1

    def too_deep(self, place: Place) -> NoReturn:
        """End the reading of a file that nests deeper than ``MOST_LEVELS``."""
        self.stop(nesting_problem(place))

    def repeated(self, key: str, first: Node, second: Node) -> None:
        """Report a key that its mapping has already."""
        message = Message("the key {key} stands here for the second time", key=shortened(key))
        also = ((Message("the first"), self.place(first.key_line, first.key_column)),)
        place = self.place(second.key_line, second.key_column)
        hint = Message("keep one of the two")
        self.report(Problem("duplicate-key", message, place, hint, also=also))

    def without_surrogates(self, text: str, place: Place) -> str:
        """Text that is all characters; half a surrogate pair is reported and replaced."""
        found = _SURROGATE.search(text)
        if found is None:
            return text
        message = Message("{half} is half a character", half=f"\\u{ord(found[0]):04x}")
        hint = Message("write the character itself, or both halves of the pair")
        self.report(Problem("lone-surrogate", message, place, hint))
        return _SURROGATE.sub("\ufffd", text)

    def too_many(self) -> NoReturn:
        """End the reading of a file that holds more values than any sensible one."""
        message = Message("this file has more than {most} values", most=MOST_VALUES)
        hint = Message("split it, or give a table")
        self.stop(Problem("too-many-values", message, Place(self.file), hint))


def nesting_problem(place: Place) -> Problem:
    """Far more levels than any tender file needs, and than may be read without care."""
    message = Message("lists and mappings nest deeper than {most} levels", most=MOST_LEVELS)
    return Problem("nesting", message, place)


def position(text: str, offset: int) -> tuple[int, int]:
    """The line and column, from 1, of an offset into text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def with_plain_breaks(text: str) -> str:
    """Text with every line break as a line feed, as files from Windows have them otherwise."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
