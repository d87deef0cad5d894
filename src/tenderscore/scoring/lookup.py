"""``lookup``: the points that are given for a value."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal

from tenderscore.errors import Message
from tenderscore.model.dates import alike, of_a_kind
from tenderscore.model.explanation import Step
from tenderscore.model.fields import (
    PointsParameter,
    ReadBy,
    known,
    points_or_reference,
    problem,
    wrong_type,
)
from tenderscore.model.values import Kind, Value, identity
from tenderscore.scoring._base import ValueMethod, shown


def typed_pairs(value: object) -> tuple[tuple[Value, Any], ...]:
    """The pairs of a mapping, each key as the scalar that it is; no key twice."""
    if isinstance(value, (tuple, list)):
        pairs: Any = tuple((key, entry) for key, entry in value)
    elif isinstance(value, dict):
        pairs = tuple(zip(getattr(value, "typed", tuple(value)), value.values(), strict=True))
    else:
        raise wrong_type(Message("a mapping of values to points"), value)
    if not pairs:
        raise problem("empty-mapping", Message("expected at least one value"))
    if len({identity(key) for key, _ in pairs}) < len(pairs):
        raise problem("duplicate-key", Message("a value is given twice"))
    return tuple(pairs)


def points_for(value: Value, table: Sequence[tuple[Value, Any]]) -> Fraction | None:
    """The points that a table gives for a value, None where it does not list it.

    A text and the date that it is are alike where the table does not list both.
    """
    wanted = identity(value)
    for key, points in table:
        if identity(key) == wanted:
            return known(points)
    return next((known(points) for key, points in table if alike(key, value)), None)


def _table(value: object) -> tuple[tuple[Value, Any], ...]:
    return tuple((key, points_or_reference(points)) for key, points in typed_pairs(value))


Table = Annotated[
    Any,
    ReadBy(_table, {"type": "object", "additionalProperties": {"type": ["number", "string"]}}),
]


class Lookup(ValueMethod):
    """The points given for the value; ``otherwise`` for any other, which is an error without it.

    >>> Lookup(points={"AA": 90, "A": 80}).points_of("A")
    Fraction(80, 1)
    """

    id: ClassVar[str] = "lookup"
    accepts: ClassVar[frozenset[Kind]] = frozenset()
    method: Literal["lookup"] = "lookup"
    points: Table
    otherwise: PointsParameter | None = None

    def _given(self, value: Value) -> Fraction | None:
        found = points_for(value, self.points)
        if found is None and self.otherwise is not None:
            return known(self.otherwise)
        return found

    def wrong_type(self, value: Value) -> Message | None:
        """A value of a kind that none of the listed values has."""
        if of_a_kind(value, [key for key, _ in self.points]):
            return None
        listed = ", ".join(shown(key) for key, _ in self.points[:8])
        return Message(
            "{value} is of another type than the listed values: {listed}",
            value=shown(value),
            listed=listed,
        )

    def fault(self, value: Value) -> Message | None:
        """An unlisted value where nothing is said of others."""
        if self._given(value) is not None:
            return None
        listed = ", ".join(shown(key) for key, _ in self.points[:8])
        return Message(
            "{value} is not among the listed values: {listed}", value=shown(value), listed=listed
        )

    def points_of(self, value: Value) -> Fraction:
        """The points of a listed value."""
        return self._given(value) or Fraction(0)

    def explain(self, value: Value) -> Step:
        """The entry that was found."""
        points = shown(self.points_of(value))
        return Step(self.id, Message("{value}: {points}", value=shown(value), points=points))
