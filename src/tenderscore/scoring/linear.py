"""``linear``: points in proportion between the worst and the best value."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from tenderscore.errors import Message
from tenderscore.model.exact import Rationals
from tenderscore.model.explanation import Step
from tenderscore.model.fields import NumberParameter, known, problem
from tenderscore.scoring._base import Benchmark, NumberMethod, kept_within, shown


class Linear(NumberMethod):
    """``(x - worst) / (best - worst) x 100``, kept within 0 and 100.

    Lower is better where ``worst`` is above ``best``. The scale is fixed beforehand, so that no
    other bid moves it ("linear with set points" in the field's guidance).

    >>> Linear(method="linear", worst=0, best=10).points(Rationals.of([4]), ()).value(0)
    Fraction(40, 1)
    """

    id: ClassVar[str] = "linear"
    method: Literal["linear"] = "linear"
    worst: NumberParameter
    best: NumberParameter

    @model_validator(mode="after")
    def _differ(self) -> Self:
        if self.worst == self.best:
            raise problem("same-worst-and-best", Message("worst and best must differ"))
        return self

    def points(self, numbers: Rationals, benchmark: Benchmark) -> Rationals:  # noqa: ARG002
        """Points of a column; ``benchmark`` plays no part."""
        return linear_points(numbers, known(self.worst), known(self.best))

    def explain(self, number: Fraction, benchmark: Benchmark) -> Step:  # noqa: ARG002
        """``(4 - 0) / (10 - 0) x 100 = 40``."""
        return Step(self.id, linear_formula(number, known(self.worst), known(self.best)))


def linear_points(numbers: Rationals, worst: Fraction, best: Fraction) -> Rationals:
    """Points in proportion between two values, kept within 0 and 100."""
    slope = 100 / (best - worst)
    return numbers.affine(slope, -worst * slope).clamped(0, 100)


def linear_formula(number: Fraction, worst: Fraction, best: Fraction) -> Message:
    """The sum of ``linear_points`` with its numbers in it."""
    x, low, high = shown(number), shown(worst), shown(best)
    formula = f"({x} - {low}) / ({high} - {low}) x 100"
    return kept_within(formula, (number - worst) / (best - worst) * 100)
