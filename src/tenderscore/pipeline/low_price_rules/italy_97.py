"""``italy-97``: article 97 of Italy's D.Lgs. 50/2016 as amended in 2019, the cut of the wings."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Literal

from tenderscore.errors import Message
from tenderscore.model.exact import Mask, Rationals
from tenderscore.model.fields import Decimals
from tenderscore.model.numerals import exact_text, grouped_text
from tenderscore.model.records import record
from tenderscore.pipeline.low_price_rules._base import LowPriceRule, Population
from tenderscore.pipeline.price_limits import Limits

_LEAST_BIDS = 5
_MANY_BIDS = 15
_SMALL_RATIO = Fraction(15, 100)
_RAISE = Fraction(120, 100)

_WITH_A_FIFTH = (
    "the mean of {n} discounts, {mean}, and a fifth of it, as the mean deviation above it, "
    "{deviation}, is at most 15% of it"
)
_WITH_DEVIATION = (
    "the mean of {n} discounts, {mean}, and the mean deviation above it, {deviation}, which is "
    "over 15% of it"
)
_WITH_LESS = (
    "the mean of {n} discounts, {mean}, and the mean deviation above it, {deviation}, less "
    "{product}% of that: {first} x {second}, the first decimals of their sum, {sum}"
)


class Italy97(LowPriceRule):
    """Discounts that reach the mean and the mean deviation above it, without both extremes.

    Sum of the discounts that count 284.8671, mean 23.738925, mean deviation 1.003965: the first
    decimals of the sum are 8 and 6, 48 % of the deviation are 0.4819, and the threshold is 24.26.

    ``decimals`` are those that bidders had to state discounts with, which prices give back by
    rounding.
    """

    id: ClassVar[str] = "italy-97"
    method: Literal["italy-97"] = "italy-97"
    decimals: Decimals = None

    def limits(self, population: Population) -> Limits | Message:
        """What the discounts in percent of the base come to; from five bids on."""
        count = len(population.prices)
        if count < _LEAST_BIDS:
            return Message("it takes {least} bids, and there are {n}", least=_LEAST_BIDS, n=count)
        discounts = population.prices.affine(Fraction(-100) / population.base, 100).rounded(
            self.decimals
        )
        wings = _wings(discounts)
        if wings.all():
            return Message("no discount is left between the lowest and the highest")
        return _reached(population, discounts, wings)


@record
class _Centre:
    """The discounts that count: how many, their sum and mean, the mean deviation above that."""

    count: int
    total: Fraction
    mean: Fraction
    deviation: Fraction

    def threshold(self, bids: int) -> tuple[Fraction, Message]:
        """The threshold among so many bids, and its working."""
        raised = self.mean + self.deviation
        if bids >= _MANY_BIDS:
            first, second = _first_decimals(self.total)
            less = self.deviation * first * second / 100
            return raised - less, self._lessened(first, second)
        if self.deviation <= _SMALL_RATIO * self.mean:
            return self.mean * _RAISE, Message(_WITH_A_FIFTH, **self._figures())
        return raised, Message(_WITH_DEVIATION, **self._figures())

    def _lessened(self, first: int, second: int) -> Message:
        return Message(
            _WITH_LESS,
            **self._figures(),
            product=first * second,
            first=first,
            second=second,
            sum=exact_text(self.total),
        )

    def _figures(self) -> dict[str, object]:
        mean, deviation = exact_text(self.mean), exact_text(self.deviation)
        return {"n": self.count, "mean": mean, "deviation": deviation}


def _reached(population: Population, discounts: Rationals, wings: Mask) -> Limits:
    """The prices whose discounts reach the threshold."""
    bids = len(discounts)
    threshold, working = _centre(discounts.take(~wings)).threshold(bids)
    limit = population.base * (100 - threshold) / 100

    def said(position: int) -> Message:
        return Message(
            "{fact} {price} is {discount}% under {base}, at least {threshold}%: {working}",
            fact=population.fact,
            price=grouped_text(population.prices.value(position)),
            discount=exact_text(discounts.value(position)),
            base=grouped_text(population.base),
            threshold=exact_text(threshold),
            working=working,
        )

    return Limits(discounts.at_least(threshold), Rationals.constant(limit, bids), said, wings)


def _wings(discounts: Rationals) -> Mask:
    """A tenth of the bids at either end, rounded up, and all that are equal to one of them."""
    ascending, count = discounts.sorted_values(), len(discounts)
    cut = -(-count // 10)
    return discounts.at_most(ascending.value(cut - 1)) | discounts.at_least(
        ascending.value(count - cut)
    )


def _centre(discounts: Rationals) -> _Centre:
    count, total = len(discounts), discounts.total()
    mean = total / count
    above = discounts.take(~discounts.at_most(mean))
    deviation = above.total() / len(above) - mean if len(above) else Fraction(0)
    return _Centre(count, total, mean, deviation)


def _first_decimals(value: Fraction) -> tuple[int, int]:
    """The first two digits after the point.

    >>> _first_decimals(Fraction("284.8671"))
    (8, 6)
    """
    return divmod(int(abs(value) * 100) % 100, 10)
