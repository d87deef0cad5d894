"""``excess_over_best``: points lost in proportion to the excess over the lowest."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Literal

from tenderscore.errors import Message
from tenderscore.model.exact import Rationals
from tenderscore.model.explanation import Step
from tenderscore.model.fields import NotNegativeParameter, known
from tenderscore.scoring._base import Benchmark, kept_within, shown
from tenderscore.scoring._relative import PositiveMethod
from tenderscore.scoring.ratio_to_best import extreme


class ExcessOverBest(PositiveMethod):
    """``100 x (1 - slope x (x - lowest) / lowest)``, not under 0.

    With slope 1 it is the price formula of South Africa's Preferential Procurement Regulations
    (80/20 and 90/10 systems).

    >>> prices = Rationals.of([1_000_000, 1_100_000, 1_200_000])
    >>> rule = ExcessOverBest()
    >>> rule.points(prices, rule.benchmark(prices)).values()
    [Fraction(100, 1), Fraction(90, 1), Fraction(80, 1)]
    """

    id: ClassVar[str] = "excess_over_best"
    method: Literal["excess_over_best"] = "excess_over_best"
    slope: NotNegativeParameter = 1

    def benchmark(self, admitted: Rationals) -> Benchmark | None:
        """The lowest admitted value."""
        return extreme(admitted, "low")

    def points(self, numbers: Rationals, benchmark: Benchmark) -> Rationals:
        """Points of a column, kept within 0 and 100."""
        slope = known(self.slope)
        return numbers.affine(-100 * slope / benchmark[0], 100 * (1 + slope)).clamped(0, 100)

    def explain(self, number: Fraction, benchmark: Benchmark) -> Step:
        """``100 x (1 - 1 x (1100000 - 1000000) / 1000000) = 90``."""
        low, slope = benchmark[0], known(self.slope)
        formula = f"100 x (1 - {shown(slope)} x ({shown(number)} - {shown(low)}) / {shown(low)})"
        result = 100 * (1 - slope * (number - low) / low)
        return Step(self.id, kept_within(formula, result), ((Message("lowest admitted"), low),))
