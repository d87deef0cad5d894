"""``ratio_to_best``: the best admitted value over this one."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Literal

import numpy as np

from tenderscore.errors import Message
from tenderscore.model.exact import Rationals
from tenderscore.model.explanation import Step
from tenderscore.scoring._base import Benchmark, kept_within, shown
from tenderscore.scoring._relative import PositiveMethod


class RatioToBest(PositiveMethod):
    """``lowest / x x 100`` where low is better, ``x / highest x 100`` where high is.

    With ``better: low`` on the price it is the formula of China's Order 87, article 55, of the
    World Bank's quality- and cost-based selection, and of many others.

    >>> prices = Rationals.of([80, 100])
    >>> low = RatioToBest(better="low")
    >>> low.points(prices, low.benchmark(prices)).values()
    [Fraction(100, 1), Fraction(80, 1)]
    """

    id: ClassVar[str] = "ratio_to_best"
    method: Literal["ratio_to_best"] = "ratio_to_best"
    better: Literal["low", "high"]

    def benchmark(self, admitted: Rationals) -> Benchmark | None:
        """The lowest (highest) admitted value."""
        return extreme(admitted, self.better)

    def points(self, numbers: Rationals, benchmark: Benchmark) -> Rationals:
        """Points of a column; a value of 0 below the lowest has 100."""
        best = benchmark[0]
        if self.better == "high":
            return numbers.affine(100 / best, 0).clamped(0, 100)
        zero = numbers.at_most(0)
        divisors = numbers.put(zero, 1) if zero.any() else numbers
        points = divisors.divided_into(100 * best).clamped(0, 100)
        return points.put(zero, 100) if zero.any() else points

    def explain(self, number: Fraction, benchmark: Benchmark) -> Step:
        """``80 / 100 x 100 = 80``."""
        best = benchmark[0]
        name = Message("lowest admitted") if self.better == "low" else Message("highest admitted")
        if self.better == "low" and number == 0:
            return Step(self.id, Message("0 is below the lowest: 100"), ((name, best),))
        top, below = (best, number) if self.better == "low" else (number, best)
        formula = kept_within(f"{shown(top)} / {shown(below)} x 100", top / below * 100)
        return Step(self.id, formula, ((name, best),))


def extreme(admitted: Rationals, better: str) -> Benchmark | None:
    """The lowest or highest number, None of an empty column."""
    if not len(admitted):
        return None
    keys = admitted.keys()
    row = int(np.argmin(keys) if better == "low" else np.argmax(keys))
    return (admitted.value(row),)
