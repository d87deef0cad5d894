"""What is wrong with an expression, by column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tenderscore.errors import Message, TenderscoreError
from tenderscore.model.values import Kind, Value, kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN = 40

_A_KIND: dict[Kind, Message] = {
    "missing": Message("nothing"),
    "boolean": Message("a boolean"),
    "number": Message("a number"),
    "text": Message("a text"),
    "date": Message("a date"),
    "time": Message("a time of day"),
    "list": Message("a list"),
    "mapping": Message("a mapping"),
}
_MEANT_NUMBER = re.compile(r"[-+]?[0-9][0-9_]*(?:\.[0-9]+)?")
_MEANT_BOOLEAN = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n"})


class ExpressionError(TenderscoreError):
    """An expression that cannot be read, or that meets values of kinds that clash.

    ``column`` counts the characters of the expression's text from 1. ``errors`` are all that was
    found, by column; this error is the first of them.
    """

    def __init__(
        self,
        message: Message,
        column: int,
        help: Message | None = None,  # noqa: A002 - the name that Problem has for it
        others: Sequence[ExpressionError] = (),
    ) -> None:
        super().__init__(f"column {column}: {message}")
        self.message = message
        self.column = column
        self.help = help
        self._others = tuple(others)

    @property
    def errors(self) -> tuple[ExpressionError, ...]:
        """Everything that is wrong, this first."""
        return (self, *self._others)


def first_of(errors: Sequence[ExpressionError]) -> ExpressionError:
    """Several errors as one that holds the others."""
    first, *others = sorted(errors, key=lambda error: error.column)
    return ExpressionError(first.message, first.column, first.help, others)


def shortened(text: str) -> str:
    """The beginning of a text that a message quotes."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def a_kind(kind: Kind | None) -> Message:
    """A kind as a sentence has it: ``a number``."""
    return _A_KIND[kind or "missing"]


def clash(message: Message, left: Value, right: Value, column: int) -> ExpressionError:
    """Two values whose kinds do not go together; ``message`` says what was to be done."""
    filled = clash_of(message, kind_of(left), kind_of(right))
    return ExpressionError(filled, column, unquoted(left, right))


def clash_of(message: Message, left: Kind | None, right: Kind | None) -> Message:
    """A message on two kinds, with their names in it."""
    return Message(message.template, left=a_kind(left), right=a_kind(right))


def needs(name: str, kind: Kind, given: Kind | None, column: int) -> ExpressionError:
    """A function that was given something of another kind than it needs."""
    message = Message(
        "`{name}` needs {kind}, not {given}", name=name, kind=a_kind(kind), given=a_kind(given)
    )
    return ExpressionError(message, column)


def not_boolean(word: str, value: Value, column: int) -> ExpressionError:
    """A value where only true or false will do."""
    return ExpressionError(needs_boolean(word, kind_of(value)), column, unquoted(value, True))


def needs_boolean(word: str, kind: Kind | None) -> Message:
    """A kind where only true or false will do."""
    return Message("`{word}` needs true or false, not {kind}", word=word, kind=a_kind(kind))


def unquoted(left: Value, right: Value) -> Message | None:
    """Help where a text would be of the other value's kind if it were written without quotes."""
    return _unquoted(left, right) or _unquoted(right, left)


def _unquoted(value: Value, other: Value) -> Message | None:
    if not isinstance(value, str):
        return None
    if isinstance(other, bool) and value.casefold() in _MEANT_BOOLEAN:
        return Message("write `true` or `false`, without quotes, not `{word}`", word=value)
    if kind_of(other) == "number" and _MEANT_NUMBER.fullmatch(value):
        return Message("write the number without quotes: `{number}`", number=shortened(value))
    return None
