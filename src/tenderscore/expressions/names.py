"""The names of the language, and what an unknown one was meant to be."""

from __future__ import annotations

import re
import unicodedata

from tenderscore.errors import Message
from tenderscore.expressions.error import ExpressionError, shortened
from tenderscore.expressions.functions import FUNCTIONS
from tenderscore.model.suggestions import nearest

ROOTS = ("bid", "lot", "tender")
BOOLEANS = {"true": True, "false": False}
FUNCTION_NAMES = ("has", *FUNCTIONS)

_CLOSE_NAME, _CLOSE_FUNCTION = 0.75, 0.6
_LONGEST = 40
_HAS = Message("ask whether a fact is there with `has(bid.fact)`")
_NOTHING = frozenset({"null", "none", "nil", "undefined", "missing"})
_OTHER_WORDS = {
    "average": "mean",
    "avg": "mean",
    "count": "len",
    "length": "len",
    "size": "len",
    "total": "sum",
    "minimum": "min",
    "lowest": "min",
    "maximum": "max",
    "highest": "max",
    "exists": "has",
    "present": "has",
    "yes": "true",
    "no": "false",
}
_KEY_BEFORE_MINUS = re.compile(r"\.(\w+)-$")


def unknown_name(name: str, column: int, before: str) -> ExpressionError:
    """A name that is not in the language; ``before`` is the text in front of it."""
    message = Message("unknown name `{name}`", name=shortened(name))
    return ExpressionError(message, column, _meant_by_name(name, before))


def unknown_function(name: str, column: int) -> ExpressionError:
    """A function that is not in the language."""
    message = Message("unknown function `{name}`", name=shortened(name))
    listed = ", ".join(f"`{each}`" for each in FUNCTION_NAMES)
    advice = _closest(_plain(name), FUNCTION_NAMES, _CLOSE_FUNCTION)
    return ExpressionError(message, column, advice or Message("there are {names}", names=listed))


def no_value(name: str, column: int) -> ExpressionError:
    """A root or a function where a value is needed."""
    if name in ROOTS:
        message = Message("`{root}` is no value without a path", root=name)
        return ExpressionError(
            message, column, Message("name a fact in it: `{root}.fact`", root=name)
        )
    message = Message("`{name}` is a function", name=name)
    return ExpressionError(message, column, Message("write `{name}(...)`", name=name))


def _meant_by_name(name: str, before: str) -> Message:
    plain = _plain(name)
    if plain in _NOTHING:
        return _HAS
    if key := _KEY_BEFORE_MINUS.search(before):
        whole = shortened(f"{key[1]}-{name}")
        return Message('a key with a minus in it is written in brackets: `["{key}"]`', key=whole)
    close = _closest(plain, (*ROOTS, *BOOLEANS, *FUNCTION_NAMES), _CLOSE_NAME)
    return close or Message("name a fact by its path: `bid.{name}`", name=shortened(name))


def _plain(name: str) -> str:
    """A name without case and full-width letters, cut where it could be no known one."""
    return unicodedata.normalize("NFKC", name[:_LONGEST]).casefold()


def _closest(name: str, known: tuple[str, ...], cutoff: float) -> Message | None:
    other = _OTHER_WORDS.get(name)
    close = other if other in known else nearest(name, known, cutoff)
    return Message("did you mean `{word}`?", word=close) if close else None
