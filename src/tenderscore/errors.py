"""What can be wrong, and where: problems are values, exceptions end a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

_SHOWN = 20

Severity = Literal["error", "warning"]
Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, a line, and a column by number or by name.

    Text files have a line and a column from 1. CSV rows have a line and the column's name.
    Workbook cells have a sheet besides, and the column's letters.
    """

    file: str
    line: int | None = None
    column: int | str | None = None
    sheet: str | None = None

    def __str__(self) -> str:
        """``bids/bolt.yaml:7:14``, ``bids.csv:17:price`` or ``bids.xlsx:Sheet1!F17``."""
        if self.sheet is not None:
            return f"{self.file}:{self.sheet}!{self.column or ''}{self.line or ''}"
        parts = [self.file, *(str(part) for part in (self.line, self.column) if part is not None)]
        return ":".join(parts)

    @property
    def order(self) -> tuple[str, str, int, str]:
        """A key that puts places in reading order."""
        column = self.column
        text = f"{column:09d}" if isinstance(column, int) else column or ""
        return (self.file, self.sheet or "", self.line or 0, text)


@runtime_checkable
class Translatable(Protocol):
    """Text that knows how to be in another language: a message, a title."""

    def translated(self, translate: Translate, /) -> str:
        """The text for a translator (whose ``language`` attribute tells which)."""


class Message:
    """A sentence for people, kept as a template and its values so that it can be translated.

    >>> str(Message("{n} bids", n=3))
    '3 bids'
    """

    __slots__ = ("template", "values")

    def __init__(self, template: str, /, **values: object) -> None:
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.translated(_untranslated)

    def __repr__(self) -> str:
        return f"Message({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Message):
            return NotImplemented
        return (self.template, self.values) == (other.template, other.values)

    def __hash__(self) -> int:
        return hash(str(self))

    def translated(self, translate: Translate) -> str:
        """The sentence after ``translate`` has had the template; messages in it likewise."""
        values = {
            name: value.translated(translate) if isinstance(value, Translatable) else value
            for name, value in self.values.items()
        }
        return translate(self.template).format_map(values)


def _untranslated(template: str) -> str:
    return template


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong or doubtful in the input, with its place and how to mend it.

    ``also`` is a second place that the problem is about: the rule that a fact breaks, or the first
    of two things that clash. ``code`` is stable; ``docs/problems/<code>.md`` describes it.
    ``step``, such as a lot and the number of a round, puts those without a place in order.
    """

    code: str
    message: Message
    place: Place | None = None
    help: Message | None = None
    severity: Severity = "error"
    also: tuple[tuple[Message, Place], ...] = field(default=())
    step: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        """``bids/bolt.yaml:7:14: error[weight-sum]: criteria add up to 95, not 100``."""
        place = f"{self.place}: " if self.place is not None else ""
        return f"{place}{self.severity}[{self.code}]: {self.message}"

    @property
    def order(self) -> tuple[object, ...]:
        """A key that lists problems file by file, in reading order."""
        place = self.place.order if self.place else ("", "", 0, "")
        return (*place, self.severity, self.code, self.step, str(self.message))


class TenderscoreError(Exception):
    """The run cannot go on; ``str()`` of it is for people, ``help`` says what to do about it."""

    def __init__(self, message: Message | str, help_: Message | None = None) -> None:
        super().__init__(str(message))
        self.message: Message = (
            message if isinstance(message, Message) else Message("{text}", text=message)
        )
        self.help = help_


class InvalidInputError(TenderscoreError):
    """The input has errors; ``problems`` holds all of them, warnings included (exit code 1)."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        errors = [problem for problem in problems if problem.severity == "error"]
        lines = [str(problem) for problem in errors[:_SHOWN]]
        if len(errors) > _SHOWN:
            lines.append(f"and {len(errors) - _SHOWN} more")
        super().__init__("\n".join(lines))
        self.problems = problems


class UsageError(TenderscoreError):
    """The command line or a call names what does not exist (exit code 2)."""


class MissingExtraError(TenderscoreError):
    """An optional library is absent; the message says which extra brings it (exit code 2)."""


class OutputError(TenderscoreError):
    """An output could not be written; nothing of it was left behind (exit code 74)."""
