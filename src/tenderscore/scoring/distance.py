"""``distance``: how near a place is, along the surface of the earth."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from tenderscore.errors import Message
from tenderscore.model.exact import Rationals
from tenderscore.model.explanation import Step
from tenderscore.model.fields import (
    NumberParameter,
    ReadBy,
    known,
    problem,
)
from tenderscore.model.numerals import half_up
from tenderscore.model.references import deferred_among, with_deferred
from tenderscore.model.values import Kind, Value, is_number
from tenderscore.scoring._base import ValueMethod
from tenderscore.scoring.linear import linear_formula, linear_points

EARTH_RADIUS_KM = 6371.0088
"""Mean radius R1 of the GRS 80 ellipsoid (International Union of Geodesy and Geophysics)."""


def _origin(value: object) -> Any:
    origin = with_deferred(value)
    if not any(deferred_among(origin)) and not is_place(origin):
        raise problem("bad-place", Message("expected a place: [latitude, longitude]"))
    return origin


Origin = Annotated[
    Any,
    ReadBy(_origin, {"anyOf": [{"type": "array"}, {"type": "string"}]}),
]


class Distance(ValueMethod):
    """``linear`` on the great-circle distance in km, rounded half up to the metre.

    The distance is the haversine formula's on a sphere (R. W. Sinnott, "Virtues of the
    Haversine", Sky and Telescope 68, 1984).

    >>> near = Distance.model_validate({"from": [0, 0], "best": 0, "worst": 200})
    >>> round(float(near.points_of([0, 1])), 2)
    44.4
    """

    id: ClassVar[str] = "distance"
    accepts: ClassVar[frozenset[Kind]] = frozenset({"list"})
    method: Literal["distance"] = "distance"
    origin: Origin = Field(alias="from")
    best: NumberParameter
    worst: NumberParameter

    @model_validator(mode="after")
    def _differ(self) -> Self:
        if self.worst == self.best:
            raise problem("same-worst-and-best", Message("worst and best must differ"))
        return self

    def wrong_type(self, value: Value) -> Message | None:
        """Anything but a pair of latitude and longitude."""
        if is_place(value):
            return None
        return Message("distance takes a place, [latitude, longitude], in degrees")

    def points_of(self, value: Value) -> Fraction:
        """The points of a place."""
        km = kilometres(self.origin, value)
        return linear_points(Rationals.of([km]), known(self.worst), known(self.best)).value(0)

    def explain(self, value: Value) -> Step:
        """The distance, and the linear formula on it."""
        km = kilometres(self.origin, value)
        formula = linear_formula(km, known(self.worst), known(self.best))
        return Step(self.id, formula, ((Message("distance in km"), km),))


def is_place(value: object) -> bool:
    """Whether a value is a pair of latitude and longitude in degrees."""
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        return False
    latitude, longitude = value
    return (
        is_number(latitude)
        and is_number(longitude)
        and -90 <= latitude <= 90
        and -180 <= longitude <= 180
    )


def kilometres(origin: Any, place: Any) -> Fraction:
    """The great-circle distance between two places, to the metre."""
    (phi, lam), (phi2, lam2) = (
        tuple(math.radians(float(angle)) for angle in p) for p in (origin, place)
    )
    chord = math.sin((phi2 - phi) / 2) ** 2
    chord += math.cos(phi) * math.cos(phi2) * math.sin((lam2 - lam) / 2) ** 2
    return half_up(Fraction(2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))), 3)
