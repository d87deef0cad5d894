"""``points``: a mark on a scale that begins at 0."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from tenderscore.errors import Message
from tenderscore.model.exact import Rationals
from tenderscore.model.explanation import Step
from tenderscore.model.fields import NumberParameter, known, problem
from tenderscore.model.references import Deferred
from tenderscore.model.values import Value, is_number
from tenderscore.scoring._base import Benchmark, NumberMethod, shown


class Points(NumberMethod):
    """``x / out_of x 100``; a mark outside 0 and ``out_of`` is an error.

    >>> Points(out_of=60).points(Rationals.of([45]), ()).value(0)
    Fraction(75, 1)
    """

    id: ClassVar[str] = "points"
    method: Literal["points"] = "points"
    out_of: NumberParameter = 100

    @model_validator(mode="after")
    def _above_zero(self) -> Self:
        if not isinstance(self.out_of, Deferred) and self.out_of <= 0:
            raise problem("not-positive", Message("out_of must be above 0"))
        return self

    def fault(self, value: Value) -> Message | None:
        """A mark outside the scale."""
        top = known(self.out_of)
        if is_number(value) and not 0 <= value <= top:  # type: ignore[operator]
            return Message("{x} is outside 0 to {top}", x=shown(value), top=shown(top))
        return None

    def has_faults(self, numbers: Rationals) -> bool:
        """Whether some mark lies outside the scale."""
        inside = numbers.at_least(0) & numbers.at_most(known(self.out_of))
        return not inside.all()

    def points(self, numbers: Rationals, benchmark: Benchmark) -> Rationals:  # noqa: ARG002
        """Points of a column; ``benchmark`` plays no part."""
        return numbers.affine(100 / known(self.out_of), 0)

    def explain(self, number: Fraction, benchmark: Benchmark) -> Step:  # noqa: ARG002
        """``45 / 60 x 100 = 75``."""
        top = known(self.out_of)
        formula = f"{shown(number)} / {shown(top)} x 100 = {shown(number / top * 100)}"
        return Step(self.id, Message("{formula}", formula=formula))
