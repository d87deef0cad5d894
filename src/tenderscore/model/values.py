"""The values that facts and parameters have, and what kind each is of.

Numbers are exact: ``int`` or ``fractions.Fraction``, never ``float``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Literal, TypeAlias

from tenderscore.errors import Message
from tenderscore.model.records import record

Number: TypeAlias = int | Fraction
Scalar: TypeAlias = bool | int | Fraction | str | date | datetime | None
Value: TypeAlias = "Scalar | Sequence[Value] | dict[str, Value] | Fault"
Kind: TypeAlias = Literal["missing", "boolean", "number", "text", "date", "time", "list", "mapping"]
Path: TypeAlias = tuple[str, ...]


@record
class Fault:
    """A value that cannot be had, and why: money without a rate, say.

    It is an error just where a requirement or the points of an admitted bid need the value.
    """

    code: str
    message: Message


def is_number(value: object) -> bool:
    """Whether a value is a number; ``true`` is not one."""
    return isinstance(value, (int, Fraction)) and not isinstance(value, bool)


def is_money(value: object) -> bool:
    """Whether a value is an amount with its currency."""
    return isinstance(value, dict) and "amount" in value and "currency" in value


def kind_of(value: object) -> Kind:  # noqa: PLR0911 - a case a kind
    """What kind a value is of. Money counts as a number once it is converted."""
    match value:
        case None:
            return "missing"
        case bool():
            return "boolean"
        case int() | Fraction():
            return "number"
        case str():
            return "text"
        case datetime():
            return "time"
        case date():
            return "date"
        case dict():
            return "mapping"
        case _:
            return "list"


def same(left: object, right: object) -> bool:
    """Equal in kind and exact value: 1 is 1.0, but neither ``true`` nor ``"1"``."""
    if isinstance(left, (list, tuple)) and isinstance(right, (list, tuple)):
        return len(left) == len(right) and all(map(same, left, right))
    return kind_of(left) == kind_of(right) and left == right


def identity(value: object) -> object:
    """A hashable stand-in: two values have equal ones just where ``same`` holds."""
    if isinstance(value, (list, tuple)):
        return ("list", *(identity(item) for item in value))
    if isinstance(value, dict):
        return ("mapping", *sorted((key, identity(item)) for key, item in value.items()))
    return (kind_of(value), value)
