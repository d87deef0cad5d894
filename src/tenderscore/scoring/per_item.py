"""``per_item``: points for every item, up to a most."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import model_validator

from tenderscore.errors import Message
from tenderscore.model.explanation import Step
from tenderscore.model.fields import PointsParameter, ReadBy, known, points_or_reference, problem
from tenderscore.model.values import Kind, Value, identity, is_number
from tenderscore.scoring._base import ValueMethod, shown
from tenderscore.scoring.lookup import points_for, typed_pairs


def _tiers(value: object) -> tuple[tuple[Value, Any], ...]:
    return tuple((key, points_or_reference(points)) for key, points in typed_pairs(value))


Tiers = Annotated[
    Any,
    ReadBy(_tiers, {"type": "object", "additionalProperties": {"type": ["number", "string"]}}),
]


class PerItem(ValueMethod):
    """``each`` points for every distinct item (or by a whole number), or those of its tier.

    >>> PerItem(each=15, most=75).points_of(["a", "b", "a"])
    Fraction(30, 1)
    >>> PerItem(tiers={"provincial": 40, "city": 20}).points_of(["city", "city"])
    Fraction(40, 1)
    """

    id: ClassVar[str] = "per_item"
    accepts: ClassVar[frozenset[Kind]] = frozenset({"list", "number"})
    method: Literal["per_item"] = "per_item"
    each: PointsParameter | None = None
    tiers: Tiers | None = None
    most: PointsParameter = 100

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if (self.each is None) == (self.tiers is None):
            raise problem("per-item-form", Message("per_item takes exactly one of each and tiers"))
        return self

    def wrong_type(self, value: Value) -> Message | None:
        """Tiers need a list; ``each`` takes a list or a number."""
        if self.tiers is not None and is_number(value):
            return Message("tiers take a list of items, not a number")
        return super().wrong_type(value)

    def fault(self, value: Value) -> Message | None:
        """A number that counts nothing, or an item without a tier."""
        if is_number(value):
            number = Fraction(value)  # type: ignore[arg-type]
            if number.denominator != 1 or number < 0:
                return Message("{x} is no whole number of 0 or more", x=shown(value))
            return None
        if self.tiers is None or not isinstance(value, (list, tuple)):
            return None
        unlisted = [item for item in _items(value) if self._tier(item) is None]
        listed = ", ".join(shown(key) for key, _ in self.tiers)
        return (
            Message("{item} is none of the tiers {listed}", item=shown(unlisted[0]), listed=listed)
            if unlisted
            else None
        )

    def _tier(self, item: Value) -> Fraction | None:
        return points_for(item, self.tiers or ())

    def _parts(self, value: Value) -> list[Fraction]:
        if self.tiers is not None:
            return [self._tier(item) or Fraction(0) for item in _items(value)]
        return [self._count(value) * known(self.each or 0)]

    def _count(self, value: Value) -> int:
        if isinstance(value, (list, tuple)):
            return len({identity(item) for item in _items(value)})
        return int(value)  # type: ignore[arg-type]

    def points_of(self, value: Value) -> Fraction:
        """The sum over the items, up to ``most``."""
        return min(sum(self._parts(value), Fraction(0)), known(self.most))

    def explain(self, value: Value) -> Step:
        """The sum, and its limit where it was reached."""
        total = sum(self._parts(value), Fraction(0))
        if self.tiers is not None:
            formula = " + ".join(shown(part) for part in self._parts(value)) or "0"
        else:
            formula = f"{self._count(value)} x {shown(known(self.each or 0))}"
        formula += f" = {shown(total)}"
        if total <= known(self.most):
            return Step(self.id, Message("{formula}", formula=formula))
        most = shown(known(self.most))
        return Step(self.id, Message("{formula}, at most {most}", formula=formula, most=most))


def _items(value: Value) -> list[Value]:
    """The items of a list; null is none."""
    return [item for item in value if item is not None] if isinstance(value, (list, tuple)) else []
