"""Rubrics: what the scores of a panel criterion mean, in words."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any

from tenderscore.errors import Message
from tenderscore.model.fields import TITLE_SCHEMA, ReadBy, problem, title_of, wrong_type
from tenderscore.model.text import Title
from tenderscore.model.values import Number, is_number

_DECIMAL = re.compile(r"-?\d{1,30}(\.\d{1,30})?")


def _rubric(value: object) -> tuple[tuple[Number, Title], ...]:
    if not isinstance(value, dict) or not value:
        raise wrong_type(Message("a mapping of scores to what they mean"), value)
    keys = [_score(key) for key in getattr(value, "typed", tuple(value))]
    if len(set(keys)) < len(keys):
        raise problem("duplicate-key", Message("a value is given twice"))
    entries = zip(keys, map(title_of, value.values()), strict=True)
    return tuple(sorted(entries, key=lambda entry: entry[0]))


def _score(key: object) -> Number:
    """A key as a number; JSON has no keys but text."""
    if isinstance(key, str) and _DECIMAL.fullmatch(key):
        return Fraction(key)
    if not is_number(key):
        raise wrong_type(Message("a score"), key)
    return key  # type: ignore[return-value] # is_number has just said so


Rubric = Annotated[
    Any,
    ReadBy(_rubric, {"type": "object", "additionalProperties": TITLE_SCHEMA, "minProperties": 1}),
]
