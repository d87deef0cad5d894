"""``deviation``: points lost by distance from a reference, above and below it."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from tenderscore.errors import Message
from tenderscore.model.exact import Rationals
from tenderscore.model.explanation import Step
from tenderscore.model.fields import (
    MONEY_SCHEMA,
    REFERENCE_SCHEMA,
    NotNegativeParameter,
    ReadBy,
    WholeSetting,
    known,
    problem,
    wrong_type,
)
from tenderscore.model.references import deferred_in
from tenderscore.model.values import is_number
from tenderscore.scoring._base import Benchmark, kept_within, shown
from tenderscore.scoring._relative import PositiveMethod

_NAMED = ("mean", "median", "lowest")


def _source(value: object) -> Any:
    if (isinstance(value, str) and value in _NAMED) or is_number(value):
        return value
    found = deferred_in(value)
    if found is None:
        raise wrong_type(Message("mean, median, lowest or a number"), value)
    return found


Source = Annotated[
    Any,
    ReadBy(
        _source,
        {"anyOf": [{"enum": list(_NAMED)}, {"type": "number"}, REFERENCE_SCHEMA, MONEY_SCHEMA]},
    ),
]


class Deviation(PositiveMethod):
    """100 less ``above`` (``below``) points for every percent over (under) the reference.

    The benchmark-price rule of Chinese construction tenders: the reference is the mean, median or
    lowest of the admitted, without the ``drop_extremes`` lowest and highest, or a number.

    >>> prices = Rationals.of([90, 100, 110])
    >>> rule = Deviation.model_validate({"from": "mean"})
    >>> rule.points(prices, rule.benchmark(prices)).values()
    [Fraction(95, 1), Fraction(100, 1), Fraction(90, 1)]
    """

    id: ClassVar[str] = "deviation"
    method: Literal["deviation"] = "deviation"
    source: Source = Field(default="mean", alias="from")
    above: NotNegativeParameter = 1
    below: NotNegativeParameter = Fraction(1, 2)
    drop_extremes: WholeSetting = 0

    @model_validator(mode="after")
    def _in_range(self) -> Self:
        if is_number(self.source) and self.source <= 0:
            raise problem("not-positive", Message("the reference must be above 0"))
        return self

    @property
    def is_relative(self) -> bool:
        """Only a reference that comes from the bids makes it relative."""
        return self.source in _NAMED

    def benchmark(self, admitted: Rationals) -> Benchmark | None:
        """The reference; None where no bid is left to take it from."""
        if not self.is_relative:
            return (known(self.source),)
        if self.source == "mean" and not self.drop_extremes:
            return (admitted.total() / len(admitted),) if len(admitted) else None
        values = admitted.sorted_values()
        kept = values.between(self.drop_extremes, len(values) - self.drop_extremes)
        if not len(kept):
            return None
        if self.source == "mean":
            return (kept.total() / len(kept),)
        if self.source == "lowest":
            return (kept.value(0),)
        half = len(kept) // 2
        return ((kept.value(half) + kept.value(len(kept) - 1 - half)) / 2,)

    def points(self, numbers: Rationals, benchmark: Benchmark) -> Rationals:
        """Points of a column, kept within 0 and 100."""
        reference = benchmark[0]
        above, below = 100 * known(self.above), 100 * known(self.below)
        over = numbers.affine(-above / reference, 100 + above)
        under = numbers.affine(below / reference, 100 - below)
        return over.where(numbers.at_least(reference), under).clamped(0, 100)

    def explain(self, number: Fraction, benchmark: Benchmark) -> Step:
        """``100 - 1 x 10 = 90`` for a value 10 percent over the reference."""
        reference = benchmark[0]
        percent = abs(number - reference) / reference * 100
        rate = known(self.above if number >= reference else self.below)
        formula = f"100 - {shown(rate)} x {shown(percent)}"
        inputs = (
            (Message("reference"), reference),
            (Message("percent from the reference"), percent),
        )
        return Step(self.id, kept_within(formula, 100 - rate * percent), inputs)
