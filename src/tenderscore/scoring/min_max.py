"""``min_max``: linear between the worst and the best admitted value."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Literal

from tenderscore.errors import Message
from tenderscore.model.exact import Rationals
from tenderscore.model.explanation import Step
from tenderscore.scoring._base import Benchmark
from tenderscore.scoring._relative import RelativeMethod
from tenderscore.scoring.linear import linear_formula, linear_points
from tenderscore.scoring.ratio_to_best import extreme


class MinMax(RelativeMethod):
    """``(x - worst) / (best - worst) x 100`` over the admitted; all 100 where they are equal.

    >>> prices = Rationals.of([100, 150, 200])
    >>> spread = MinMax(better="low")
    >>> spread.points(prices, spread.benchmark(prices)).values()
    [Fraction(100, 1), Fraction(50, 1), Fraction(0, 1)]
    """

    id: ClassVar[str] = "min_max"
    method: Literal["min_max"] = "min_max"
    better: Literal["low", "high"]

    def benchmark(self, admitted: Rationals) -> Benchmark | None:
        """The worst and the best admitted value."""
        lowest, highest = extreme(admitted, "low"), extreme(admitted, "high")
        if lowest is None or highest is None:
            return None
        return highest + lowest if self.better == "low" else lowest + highest

    def points(self, numbers: Rationals, benchmark: Benchmark) -> Rationals:
        """Points of a column, kept within 0 and 100."""
        worst, best = benchmark
        if worst == best:
            return Rationals.constant(100, len(numbers))
        return linear_points(numbers, worst, best)

    def explain(self, number: Fraction, benchmark: Benchmark) -> Step:
        """The linear formula between the two."""
        worst, best = benchmark
        inputs = ((Message("worst admitted"), worst), (Message("best admitted"), best))
        if worst == best:
            return Step(self.id, Message("all admitted values are equal: 100"), inputs)
        return Step(self.id, linear_formula(number, worst, best), inputs)
