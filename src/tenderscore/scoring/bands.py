"""``bands``: the points of the first band that holds."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from tenderscore.errors import Message
from tenderscore.model.exact import Mask, Rationals
from tenderscore.model.explanation import Step
from tenderscore.model.fields import FileModel, NumberParameter, PointsParameter, known, problem
from tenderscore.scoring._base import Benchmark, NumberMethod, shown


class Band(FileModel):
    """One band: a bound from below or from above, and its points."""

    at_least: NumberParameter | None = None
    at_most: NumberParameter | None = None
    points: PointsParameter

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise problem("band-form", Message("a band has exactly one of at_least and at_most"))
        return self

    def holds(self, numbers: Rationals) -> Mask:
        """Where the number lies in the band."""
        if self.at_least is not None:
            return numbers.at_least(known(self.at_least))
        return numbers.at_most(known(self.at_most or 0))

    def __str__(self) -> str:
        if self.at_least is not None:
            return f">= {shown(known(self.at_least))}"
        return f"<= {shown(known(self.at_most or 0))}"


class Bands(NumberMethod):
    """The first band that holds gives its points, ``otherwise`` where none does.

    >>> ratio = Bands(bands=[{"at_most": Fraction("0.4"), "points": 100}], otherwise=20)
    >>> ratio.points(Rationals.of([Fraction("0.4"), 1]), ()).values()
    [Fraction(100, 1), Fraction(20, 1)]
    """

    id: ClassVar[str] = "bands"
    method: Literal["bands"] = "bands"
    bands: Annotated[list[Band], Field(min_length=1)]
    otherwise: PointsParameter = 0

    def points(self, numbers: Rationals, benchmark: Benchmark) -> Rationals:  # noqa: ARG002
        """Points of a column; ``benchmark`` plays no part."""
        rows = len(numbers)
        points = Rationals.constant(known(self.otherwise), rows)
        for band in reversed(self.bands):
            given = Rationals.constant(known(band.points), rows)
            points = given.where(band.holds(numbers), points)
        return points

    def explain(self, number: Fraction, benchmark: Benchmark) -> Step:  # noqa: ARG002
        """The band that held."""
        column = Rationals.of([number])
        for band in self.bands:
            if band.holds(column)[0]:
                points = shown(known(band.points))
                text = Message("{x} {band}: {points}", x=shown(number), band=band, points=points)
                return Step(self.id, text)
        rest = shown(known(self.otherwise))
        return Step(self.id, Message("{x} is in no band: {points}", x=shown(number), points=rest))
