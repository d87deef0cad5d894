"""Numbers and texts as an expression writes them, and texts that stand for dates."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from tenderscore.errors import Message
from tenderscore.expressions.error import ExpressionError, shortened
from tenderscore.model.scalars import ScalarError, read_date, read_number

if TYPE_CHECKING:
    from tenderscore.model.values import Number, Value

ESCAPE = re.compile(r"\\(.)", re.DOTALL)

_NUMBER_HELP = Message("numbers are written `1_000_000`, `0.25` or `1e6`")


def number_of(written: str, column: int) -> Number:
    """The exact number that is written, within the limits that files have (docs/arithmetic.md)."""
    try:
        number = read_number(written)
    except ScalarError as error:
        raise ExpressionError(error.message, column) from None
    if number is None:
        message = Message("`{number}` is not a decimal number", number=shortened(written))
        raise ExpressionError(message, column, _NUMBER_HELP)
    return number


def is_text(written: str) -> bool:
    """Whether a literal is a text in quotes."""
    return written[0] in "\"'"


def text_of(written: str) -> str:
    """The content of a text in quotes."""
    return ESCAPE.sub(r"\1", written[1:-1])


def moment_of(value: Value) -> date | datetime | None:
    """The date or instant that a value is, or that a text in that form stands for."""
    if not isinstance(value, str):
        return value if isinstance(value, date) else None
    try:
        return read_date(value)
    except ScalarError:
        return None
