"""``yes_no``: points for true and for false."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Literal

from tenderscore.errors import Message
from tenderscore.model.explanation import Step
from tenderscore.model.fields import PointsParameter, known
from tenderscore.model.values import Kind, Value
from tenderscore.scoring._base import ValueMethod, shown


class YesNo(ValueMethod):
    """``yes`` points where the fact is true, ``no`` points where it is false.

    >>> YesNo().points_of(True)
    Fraction(100, 1)
    """

    id: ClassVar[str] = "yes_no"
    accepts: ClassVar[frozenset[Kind]] = frozenset({"boolean"})
    method: Literal["yes_no"] = "yes_no"
    yes: PointsParameter = 100
    no: PointsParameter = 0

    def points_of(self, value: Value) -> Fraction:
        """The points of a boolean."""
        return known(self.yes if value else self.no)

    def explain(self, value: Value) -> Step:
        """What the answer was worth."""
        points = shown(self.points_of(value))
        return Step(self.id, Message("{value}: {points}", value=shown(value), points=points))
