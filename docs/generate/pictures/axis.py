"""An axis: where its ticks are, and where a number lies on it. All in whole numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from tenderscore.model.numerals import exact_text

_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True)
class Axis:
    """From ``low`` to ``high``, a tick at every ``step``, drawn from ``start`` to ``end``.

    Places are in tenths of a unit of the picture.
    """

    low: Fraction
    high: Fraction
    step: Fraction
    start: int
    end: int

    def place(self, value: Fraction) -> int:
        """Where a number lies.

        >>> Axis(Fraction(0), Fraction(100), Fraction(20), 3000, 1000).place(Fraction(50))
        2000
        """
        share = (value - self.low) / (self.high - self.low)
        return rounded(self.start + share * (self.end - self.start))

    def ticks(self) -> list[Fraction]:
        """The numbers that are written beside it."""
        count = (self.high - self.low) / self.step
        return [self.low + each * self.step for each in range(int(count) + 1)]


def axis(values: Iterable[Fraction], start: int, end: int, ticks: int = 6) -> Axis:
    """An axis that holds some numbers, with room at both ends.

    >>> made = axis([Fraction(100), Fraction(115)], 0, 1000)
    >>> [str(each) for each in made.ticks()]
    ['95', '100', '105', '110', '115', '120']
    """
    numbers = sorted(values)
    least, most = numbers[0], numbers[-1]
    room = (most - least or abs(most) or Fraction(1)) / 10
    step = _step((most - least + 2 * room) / ticks)
    low = (least - room) // step * step
    high = -(-(most + room) // step) * step
    return Axis(max(low, Fraction(0)) if least >= 0 else low, high, step, start, end)


def _step(least: Fraction) -> Fraction:
    """The smallest of 1, 2, 5, 10, ... (or their tenths) that is not less."""
    power = Fraction(1)
    while power > least:
        power /= 10
    while power * 10 < least:
        power *= 10
    return next(power * each for each in _STEPS if power * each >= least)


def rounded(value: Fraction) -> int:
    """The nearest whole number, half up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def written(number: Fraction) -> str:
    """A number beside an axis.

    >>> written(Fraction(3745000)), written(Fraction(1, 5)), written(Fraction(9500))
    ('3,745,000', '0.2', '9,500')
    """
    whole, point, decimals = exact_text(abs(number)).partition(".")
    return f"{'-' if number < 0 else ''}{int(whole):,}{point}{decimals}"
