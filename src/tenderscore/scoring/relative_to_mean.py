"""``relative_to_mean``: so many points at the mean, fewer above it and more below."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Literal

from tenderscore.errors import Message
from tenderscore.model.exact import Rationals
from tenderscore.model.explanation import Step
from tenderscore.model.fields import NotNegativeParameter, PointsParameter, known
from tenderscore.scoring._base import Benchmark, kept_within, shown
from tenderscore.scoring._relative import PositiveMethod


class RelativeToMean(PositiveMethod):
    """``at_mean - slope x (x - mean) / mean x 100``, kept within 0 and 100.

    With 50 points at the mean and slope 1 it is a price formula of British public bodies: a point
    less (more) for each percent above (below) the mean.

    >>> prices = Rationals.of([90, 100, 110])
    >>> rule = RelativeToMean()
    >>> rule.points(prices, rule.benchmark(prices)).values()
    [Fraction(60, 1), Fraction(50, 1), Fraction(40, 1)]
    """

    id: ClassVar[str] = "relative_to_mean"
    method: Literal["relative_to_mean"] = "relative_to_mean"
    at_mean: PointsParameter = 50
    slope: NotNegativeParameter = 1

    def benchmark(self, admitted: Rationals) -> Benchmark | None:
        """The mean of the admitted values."""
        return (admitted.total() / len(admitted),) if len(admitted) else None

    def points(self, numbers: Rationals, benchmark: Benchmark) -> Rationals:
        """Points of a column, kept within 0 and 100."""
        steepness = 100 * known(self.slope)
        at_zero = known(self.at_mean) + steepness
        return numbers.affine(-steepness / benchmark[0], at_zero).clamped(0, 100)

    def explain(self, number: Fraction, benchmark: Benchmark) -> Step:
        """``50 - 1 x (110 - 100) / 100 x 100 = 40``."""
        mean, at_mean, slope = benchmark[0], known(self.at_mean), known(self.slope)
        away = f"({shown(number)} - {shown(mean)}) / {shown(mean)} x 100"
        result = at_mean - slope * (number - mean) / mean * 100
        formula = kept_within(f"{shown(at_mean)} - {shown(slope)} x {away}", result)
        return Step(self.id, formula, ((Message("mean"), mean),))
