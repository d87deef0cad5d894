"""Writing JSON a piece at a time, with numbers as the schema wants them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from tenderscore.errors import Place
from tenderscore.model.records import record
from tenderscore.model.values import Fault, Number, Value
from tenderscore.reports._safe import json_escaped

Plain: TypeAlias = "bool | int | float | str | Sequence[Plain] | Mapping[str, Plain] | None"
Tree: TypeAlias = "Plain | Flat | Sequence[Tree] | Mapping[str, Tree] | Iterator[Tree]"

_EXACT_INTEGER = 2**53
_encode = json.JSONEncoder(ensure_ascii=False, default=lambda flat: flat.content).encode


@record
class Flat:
    """Content that is written on one line, with all that is in it."""

    content: Mapping[str, Tree]


def document(content: Tree) -> bytes:
    """Content as a JSON file; an iterator in it is written as a list, an item at a time.

    >>> document({"a": iter([1, None])}).decode().split()
    ['{', '"a":', '[', '1,', 'null', ']', '}']
    """
    return b"".join(json_escaped(piece) for piece in _pieces(content, "\n")) + b"\n"


def number(value: Number) -> float:
    """The float64 nearest a number; beyond all of them the largest that there is."""
    try:
        return float(value)
    except OverflowError:
        return sys.float_info.max if value > 0 else -sys.float_info.max


def plain(value: Value) -> Plain:
    """A fact as JSON has it: whole numbers as integers, dates as ISO text.

    >>> plain([Fraction(3), Fraction(7, 2), date(2026, 3, 31), None])
    [3, 3.5, '2026-03-31', None]
    """
    match value:
        case None | bool() | str():
            return value
        case int() | Fraction():
            return _number(value)
        case date():
            return value.isoformat()
        case Fault():
            return None
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case _:
            return [plain(item) for item in value]


def _number(value: Number) -> int | float:
    whole = value.denominator == 1 and -_EXACT_INTEGER <= value <= _EXACT_INTEGER
    return int(value) if whole else number(value)


def place_keys(place: Place | None) -> dict[str, Plain]:
    """The keys that say where something stands."""
    if place is None:
        return {"file": None, "line": None, "column": None}
    keys: dict[str, Plain] = {"file": place.file, "line": place.line, "column": place.column}
    return keys if place.sheet is None else {**keys, "sheet": place.sheet}


def _pieces(content: Tree, newline: str) -> Iterator[str]:
    if isinstance(content, Mapping) and content:
        names = (_encode(key) + ": " for key in content)
        yield from _enclosed("{}", zip(names, content.values(), strict=True), newline)
    elif isinstance(content, (list, tuple, Iterator)) and content:
        yield from _enclosed("[]", (("", item) for item in content), newline)
    else:
        yield _encode(content)


def _enclosed(brackets: str, items: Iterable[tuple[str, Tree]], newline: str) -> Iterator[str]:
    inner, before = newline + "  ", brackets[0]
    for name, item in items:
        yield f"{before}{inner}{name}"
        yield from _pieces(item, inner)
        before = ","
    yield brackets if before == brackets[0] else newline + brackets[1]
