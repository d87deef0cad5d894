"""Text that is a date where a date is wanted (docs/arithmetic.md).

JSON and quoted YAML have no other way to write a date. A date is like a text in its form; two
texts are compared as texts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from tenderscore.model.scalars import ScalarError, read_date
from tenderscore.model.values import Kind, Value, identity, kind_of, same

_DATED: frozenset[Kind] = frozenset({"date", "time"})


def date_in(text: str) -> date | datetime | None:
    """The date or time of day that a text is, None where it is none (or an impossible one)."""
    try:
        return read_date(text) if text[4:5] == "-" else None
    except ScalarError:
        return None


def as_date(value: object) -> object:
    """The value, text in date form as the date that it is."""
    return (date_in(value) if isinstance(value, str) else None) or value


def as_wanted(value: Value, kinds: Collection[Kind]) -> Value:
    """The value, text in date form as the date that it is where only that kind is wanted."""
    if not isinstance(value, str) or "text" in kinds or not _DATED.intersection(kinds):
        return value
    found = date_in(value)
    return found if kind_of(found) in kinds else value


def instant_in(value: object) -> datetime | None:
    """The time of day that a value is, or that its text is; None of anything else."""
    found = date_in(value) if isinstance(value, str) else value
    return found if isinstance(found, datetime) else None


def alike(left: Value, right: Value) -> bool:
    """Whether two values are the same, or a date and a text that is this date.

    >>> alike("2026-03-31", date(2026, 3, 31)), alike("2026-03-31", "2026-3-31")
    (True, False)
    """
    if isinstance(left, (list, tuple)) and isinstance(right, (list, tuple)):
        return len(left) == len(right) and all(map(alike, left, right))
    if isinstance(left, str) and isinstance(right, date):
        return same(date_in(left), right)
    if isinstance(left, date) and isinstance(right, str):
        return same(left, date_in(right))
    return same(left, right)


def of_a_kind(value: Value, wanted: Collection[Value]) -> bool:
    """Whether a value is of the kind of one of the wanted, a date and its text being alike."""
    kinds = {kind_of(item) for item in wanted}
    if kind_of(value) in kinds:
        return True
    if isinstance(value, str):
        return kind_of(date_in(value)) in kinds & _DATED
    texts = (item for item in wanted if isinstance(item, str))
    return isinstance(value, date) and any(kind_of(date_in(t)) == kind_of(value) for t in texts)


class Held:
    """The items of a list, to be asked whether one is among them, as ``alike`` tells.

    >>> items = Held(["2026-03-31", 5])
    >>> date(2026, 3, 31) in items, 5 in items, "5" in items
    (True, True, False)
    """

    def __init__(self, items: Iterable[Value]) -> None:
        self._items = set()
        self._dates = set()
        for item in items:
            self._items.add(identity(item))
            if isinstance(item, str) and (found := date_in(item)) is not None:
                self._dates.add(identity(found))

    def __contains__(self, item: Value) -> bool:
        if identity(item) in self._items:
            return True
        if isinstance(item, date):
            return identity(item) in self._dates
        found = date_in(item) if isinstance(item, str) else None
        return found is not None and identity(found) in self._items
