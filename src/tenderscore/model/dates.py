"""Text that is a date where a date is wanted (docs/arithmetic.md)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from tenderscore.model.scalars import ScalarError, read_date
from tenderscore.model.values import Kind, Value, kind_of

_DATED: frozenset[Kind] = frozenset({"date", "time"})


def as_wanted(value: Value, kinds: Collection[Kind]) -> Value:
    """The value, text in date form as the date that it is where only that kind is wanted.

    JSON and quoted YAML have no other way to write a date.
    """
    if not isinstance(value, str) or "text" in kinds or not _DATED.intersection(kinds):
        return value
    found = date_in(value)
    return found if kind_of(found) in kinds else value


def date_in(text: str) -> date | datetime | None:
    """The date or time of day that a text is, None where it is none (or an impossible one)."""
    try:
        return read_date(text)
    except ScalarError:
        return None


def instant_in(value: object) -> datetime | None:
    """The time of day that a value is, or that its text is; None of anything else."""
    found = date_in(value) if isinstance(value, str) else value
    return found if isinstance(found, datetime) else None
