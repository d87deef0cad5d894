"""Values in sentences, written as a file would say them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction

from tenderscore.model.numerals import exact_text, grouped_text
from tenderscore.model.scalars import ScalarError, read_scalar
from tenderscore.model.values import Fault, Number

# What has a meaning of its own among the items of a list or mapping in one line.
_SPECIAL = re.compile(r"[\]\[{},\"]|:(?: |$)| #|^[-?:](?: |$)|^['#&*!|>%@`]")


def written(  # noqa: PLR0911 - a case a kind
    value: object, number: Callable[[Number], str] = exact_text, *, within: bool = False
) -> str:
    """A value as YAML has it in one line; a text is in quotes where it would read otherwise.

    ``within`` says that it stands in a list or a mapping.

    >>> written(["1", 1, True, None, "a b", "a, b", date(2026, 3, 31), {"r": Fraction(1, 4)}])
    '["1", 1, true, null, a b, "a, b", 2026-03-31, {r: 0.25}]'
    """
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | Fraction():
            return number(value)
        case date():
            return value.isoformat()
        case str():
            return _quoted(value) if _misread(value, within=within) else value
        case dict():
            pairs = (f"{key}: {written(item, number, within=True)}" for key, item in value.items())
            return "{" + ", ".join(pairs) + "}"
        case list() | tuple():
            return "[" + ", ".join(written(item, number, within=True) for item in value) + "]"
        case Fault():
            return "-"
    return str(value)


def told(value: object) -> str:
    """A fact in a sentence: ``3,450,000``, ``10 USD``, ``null``."""
    match value:
        case {"amount": int() | Fraction() as amount, "currency": str(currency)}:
            return f"{grouped_text(amount)} {currency}"
    return written(value, grouped_text)


def _misread(text: str, *, within: bool) -> bool:
    try:
        other = read_scalar(text) != text
    except ScalarError:
        return True
    return other or text != text.strip() or (within and _SPECIAL.search(text) is not None)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
