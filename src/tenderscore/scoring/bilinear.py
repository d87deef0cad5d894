"""``bilinear``: steep up to the mean of the admitted, flatter from there to the highest."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Literal

from tenderscore.errors import Message
from tenderscore.model.exact import Rationals
from tenderscore.model.explanation import Step
from tenderscore.model.fields import PointsParameter, known
from tenderscore.scoring._base import Benchmark, kept_within, shown
from tenderscore.scoring._relative import PositiveMethod
from tenderscore.scoring.ratio_to_best import extreme


class Bilinear(PositiveMethod):
    """``at_mean x x / mean`` up to the mean, then in proportion up to 100 for the highest.

    The formula of Italian tender documents for discounts, with 80, 85 or 90 points at the mean.
    Where the mean is 0 nobody has points.

    >>> discounts = Rationals.of([5, 10, 15])
    >>> rule = Bilinear(at_mean=80)
    >>> rule.points(discounts, rule.benchmark(discounts)).values()
    [Fraction(40, 1), Fraction(80, 1), Fraction(100, 1)]
    """

    id: ClassVar[str] = "bilinear"
    method: Literal["bilinear"] = "bilinear"
    at_mean: PointsParameter

    def benchmark(self, admitted: Rationals) -> Benchmark | None:
        """The mean and the highest of the admitted values."""
        highest = extreme(admitted, "high")
        return None if highest is None else (admitted.total() / len(admitted), *highest)

    def benchmark_fault(self, benchmark: Benchmark) -> Message | None:  # noqa: ARG002
        """Nothing: a mean of 0 has a rule of its own."""
        return None

    def points(self, numbers: Rationals, benchmark: Benchmark) -> Rationals:
        """Points of a column, kept within 0 and 100."""
        mean, highest = benchmark
        if mean <= 0:
            return Rationals.constant(0, len(numbers))
        at_mean = known(self.at_mean)
        low = numbers.affine(at_mean / mean, 0)
        return low.where(numbers.at_most(mean), self._above(numbers, mean, highest)).clamped(0, 100)

    def _above(self, numbers: Rationals, mean: Fraction, highest: Fraction) -> Rationals:
        """Points of values above the mean; only a bid that is not admitted is above equal ones."""
        if highest == mean:
            return Rationals.constant(100, len(numbers))
        at_mean = known(self.at_mean)
        steepness = (100 - at_mean) / (highest - mean)
        return numbers.affine(steepness, at_mean - steepness * mean)

    def explain(self, number: Fraction, benchmark: Benchmark) -> Step:
        """``80 x 5 / 10 = 40``, or ``80 + (100 - 80) x (15 - 10) / (15 - 10) = 100``."""
        mean, highest = benchmark
        inputs = ((Message("mean"), mean), (Message("highest admitted"), highest))
        if mean <= 0:
            return Step(self.id, Message("the mean is 0: 0"), inputs)
        at_mean = known(self.at_mean)
        if number <= mean:
            formula = f"{shown(at_mean)} x {shown(number)} / {shown(mean)}"
            return Step(self.id, kept_within(formula, at_mean * number / mean), inputs)
        if highest == mean:
            return Step(self.id, Message("above all admitted, which are equal: 100"), inputs)
        part = f"({shown(number)} - {shown(mean)}) / ({shown(highest)} - {shown(mean)})"
        result = at_mean + (100 - at_mean) * (number - mean) / (highest - mean)
        formula = f"{shown(at_mean)} + (100 - {shown(at_mean)}) x {part}"
        return Step(self.id, kept_within(formula, result), inputs)
