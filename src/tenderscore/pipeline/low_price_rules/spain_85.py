"""``spain-85``: article 85 of Spain's Reglamento general (RD 1098/2001), by the number of bids."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from tenderscore.errors import Message
from tenderscore.model.exact import Mask, Rationals
from tenderscore.model.numerals import exact_text, grouped_text
from tenderscore.pipeline.low_price_rules._base import LowPriceRule, Population
from tenderscore.pipeline.price_limits import Limits, is_under

_OF_MEAN, _OF_OTHER, _OF_BASE = 10, 20, 25
_LEAST_COUNTED = 3

_UNDER_MEAN = "{margin} under the mean of {n} bids, {mean}"
_UNDER_MEAN_OF_LOWEST = (
    "{margin} under the mean of the {counted} lowest bids, {mean}, as some are over {bound}, "
    "{margin} above the mean of all, {first}"
)


class Spain85(LowPriceRule):
    """Under the mean by more than 10 %; fewer than four bids have limits of their own.

    70,000, 85,000, 90,000 and 120,000 have a mean of 91,250. 120,000 is more than a tenth above
    it, the mean of the others is 81,666.67, and 70,000 is under 73,500.

    ``units`` is what percentage units are taken of, the price that a bid is compared with or the
    base; ``reduced`` takes a third off all of them (85.5).
    """

    id: ClassVar[str] = "spain-85"
    method: Literal["spain-85"] = "spain-85"
    units: Literal["reference", "base"] = "reference"
    reduced: bool = False

    def limits(self, population: Population) -> Limits:
        """By how many bids there are: one, two, three, or more."""
        match len(population.prices):
            case 1:
                return _below(population, *self._under_base(population))
            case 2:
                return self._under_the_other(population)
            case 3:
                return self._among_three(population)
        threshold, reference, left_out = self._under_mean(population)
        return _below(population, threshold, reference, left_out)

    def _under_base(self, population: Population) -> tuple[Fraction, Message]:
        margin = self._margin(_OF_BASE, population)
        base = grouped_text(population.base)
        reference = Message("{margin} under the base, {base}", margin=margin, base=base)
        return population.base - self._units(_OF_BASE, population.base, population), reference

    def _under_the_other(self, population: Population) -> Limits:
        prices = population.prices.values()
        others = prices[::-1]
        limits = [other - self._units(_OF_OTHER, other, population) for other in others]
        low = [price < limit for price, limit in zip(prices, limits, strict=True)]

        def said(position: int) -> Message:
            margin, other = self._margin(_OF_OTHER, population), grouped_text(others[position])
            reference = Message("{margin} under the other bid, {other}", margin=margin, other=other)
            return is_under(population.fact, prices[position], limits[position], reference)

        return Limits(np.array(low, dtype=np.bool_), Rationals.of(limits), said)

    def _among_three(self, population: Population) -> Limits:
        """Whichever is higher, what the mean gives or what the base does."""
        by_mean, of_mean, left_out = self._under_mean(population)
        by_base, of_base = self._under_base(population)
        if by_base > by_mean:
            return _below(population, by_base, of_base)
        return _below(population, by_mean, of_mean, left_out)

    def _under_mean(self, population: Population) -> tuple[Fraction, Message, Mask]:
        """The threshold, in words, and the bids that are left out of the mean."""
        prices, count = population.prices, len(population.prices)
        first = prices.total() / count
        bound = first + self._units(_OF_MEAN, first, population)
        high = count - int(prices.at_most(bound).sum())
        counted = np.argsort(prices.keys(), kind="stable")[: _counted(count, high)]
        mean = prices.take(counted).total() / len(counted)
        reference = Message(
            _UNDER_MEAN_OF_LOWEST if high else _UNDER_MEAN,
            margin=self._margin(_OF_MEAN, population),
            counted=len(counted),
            mean=grouped_text(mean),
            bound=grouped_text(bound),
            first=grouped_text(first),
            n=count,
        )
        return mean - self._units(_OF_MEAN, mean, population), reference, _all_but(counted, count)

    def _percent(self, percent: int) -> Fraction:
        return Fraction(2 * percent, 3) if self.reduced else Fraction(percent)

    def _units(self, percent: int, reference: Fraction, population: Population) -> Fraction:
        """Percentage units as an amount."""
        whole = reference if self.units == "reference" else population.base
        return whole * self._percent(percent) / 100

    def _margin(self, percent: int, population: Population) -> str | Message:
        """Percentage units in words."""
        share = exact_text(self._percent(percent))
        if self.units == "reference":
            return f"{share}%"
        return Message("{percent}% of {value}", percent=share, value=grouped_text(population.base))


def _counted(count: int, high: int) -> int:
    """How many of the lowest bids the mean counts, where some are high.

    Of three, the highest alone is left out; of more, all the high ones, but never so that fewer
    than three are left.
    """
    if not high:
        return count
    return count - 1 if count == 3 else max(count - high, _LEAST_COUNTED)


def _all_but(positions: NDArray[np.intp], count: int) -> Mask:
    others: Mask = np.ones(count, dtype=np.bool_)
    others[positions] = False
    return others


def _below(
    population: Population, threshold: Fraction, reference: Message, left_out: Mask | None = None
) -> Limits:
    """The limits where one threshold is everybody's."""
    prices = population.prices

    def said(position: int) -> Message:
        return is_under(population.fact, prices.value(position), threshold, reference)

    thresholds = Rationals.constant(threshold, len(prices))
    return Limits(~prices.at_least(threshold), thresholds, said, left_out)
