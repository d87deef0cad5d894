"""``interpolate``: straight lines between given pairs of value and points."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from tenderscore.errors import Message
from tenderscore.model.exact import Rationals
from tenderscore.model.explanation import Step
from tenderscore.model.fields import (
    FileModel,
    ListParameter,
    NumberParameter,
    PointsParameter,
    known,
    problem,
)
from tenderscore.model.references import Deferred
from tenderscore.scoring._base import Benchmark, NumberMethod, shown


class _Pair(FileModel):
    x: NumberParameter
    points: PointsParameter


class Interpolate(NumberMethod):
    """Straight lines through ``[x, points]`` pairs, x ascending; flat outside them.

    >>> curve = Interpolate(through=[[0, 0], [10, 80], [20, 100]])
    >>> curve.points(Rationals.of([15]), ()).value(0)
    Fraction(90, 1)
    """

    id: ClassVar[str] = "interpolate"
    method: Literal["interpolate"] = "interpolate"
    through: ListParameter

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if isinstance(self.through, Deferred):
            return self
        pairs = _pairs(self.through)
        fixed = [pair.x for pair in pairs if not isinstance(pair.x, Deferred)]
        if any(left >= right for left, right in pairwise(fixed)):
            raise problem("not-ascending", Message("x must ascend from pair to pair"))
        object.__setattr__(self, "through", tuple((pair.x, pair.points) for pair in pairs))
        return self

    def _fixed(self) -> list[tuple[Fraction, Fraction]]:
        return [(known(x), known(points)) for x, points in self.through]

    def points(self, numbers: Rationals, benchmark: Benchmark) -> Rationals:  # noqa: ARG002
        """Points of a column; ``benchmark`` plays no part."""
        pairs = self._fixed()
        points = Rationals.constant(pairs[0][1], len(numbers))
        for (x, low), (next_x, high) in pairwise(pairs):
            slope = (high - low) / (next_x - x)
            line = numbers.affine(slope, low - x * slope)
            points = line.where(numbers.at_least(x), points)
        x, last = pairs[-1]
        return Rationals.constant(last, len(numbers)).where(numbers.at_least(x), points)

    def explain(self, number: Fraction, benchmark: Benchmark) -> Step:  # noqa: ARG002
        """The line that the value lies on."""
        pairs = self._fixed()
        for (x, low), (next_x, high) in pairwise(pairs):
            if x <= number < next_x:
                result = low + (high - low) * (number - x) / (next_x - x)
                rise = f"({shown(high)} - {shown(low)})"
                along = f"({shown(number)} - {shown(x)}) / ({shown(next_x)} - {shown(x)})"
                formula = f"{shown(low)} + {rise} x {along} = {shown(result)}"
                return Step(self.id, Message("{formula}", formula=formula))
        x, points = pairs[0] if number < pairs[0][0] else pairs[-1]
        template = "{x} lies outside the pairs: {points}, as at {end}"
        return Step(self.id, Message(template, x=shown(number), points=shown(points), end=shown(x)))


def _pairs(through: Any) -> list[_Pair]:
    if not isinstance(through, (list, tuple)) or not through:
        raise problem("pairs", Message("expected a list of pairs [x, points]"))
    pairs = []
    for pair in through:
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            raise problem("pairs", Message("expected a pair [x, points]"))
        pairs.append(_Pair.model_validate({"x": pair[0], "points": pair[1]}))
    return pairs
