"""``panel``: what the evaluators scored, brought together."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import model_validator

from tenderscore.errors import Message
from tenderscore.model.exact import Rationals
from tenderscore.model.explanation import Step
from tenderscore.model.fields import (
    NotNegativeSetting,
    PositiveSetting,
    ReadBy,
    WholeSetting,
    known,
    number_or_deferred,
    problem,
)
from tenderscore.model.references import Deferred, deferred_in
from tenderscore.model.values import Number
from tenderscore.scoring._base import Benchmark, NumberMethod
from tenderscore.scoring.linear import linear_formula, linear_points


def _scale(value: object) -> Any:
    whole = deferred_in(value)
    if whole is not None:
        return whole
    if isinstance(value, (list, tuple)) and len(value) == 2:
        low, high = (number_or_deferred(end) for end in value)
        if isinstance(low, Deferred) or isinstance(high, Deferred) or low < high:
            return (low, high)
    raise problem("bad-scale", Message("expected a scale [low, high] with low under high"))


Scale = Annotated[
    Any,
    ReadBy(_scale, {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}),
]


class Panel(NumberMethod):
    """``(aggregate - low) / (high - low) x 100`` of the evaluators' scores.

    ``aggregate`` is their mean, plain or weighted by evaluator, their median (the mean of the
    middle two of an even count), the mean without the ``drop`` lowest and highest where something
    is left, or the one score that the panel agreed on and recorded as a decision (``consensus``).

    >>> Panel(aggregate="median").aggregated([3, 5, 4, 4])
    Fraction(4, 1)
    """

    id: ClassVar[str] = "panel"
    method: Literal["panel"] = "panel"
    scale: Scale = (0, 5)
    aggregate: Literal["mean", "weighted_mean", "median", "trimmed_mean", "consensus"] = "mean"
    drop: WholeSetting | None = None
    step: PositiveSetting | None = None
    spread: NotNegativeSetting | None = None

    @model_validator(mode="after")
    def _drop_where_trimmed(self) -> Self:
        if self.drop is not None and self.aggregate != "trimmed_mean":
            raise problem("panel-form", Message("drop belongs to trimmed_mean"))
        return self

    @model_validator(mode="after")
    def _steps_to_the_top(self) -> Self:
        if not self.references() and not self.is_step(self.scale[1]):
            message = Message("the steps from the lowest score do not reach the highest")
            raise problem("panel-form", message)
        return self

    def is_step(self, score: Number) -> bool:
        """Whether a score is the lowest one and a whole number of steps."""
        if self.step is None:
            return True
        low, _ = self.scale
        return (Fraction(score - low) / known(self.step)).denominator == 1

    def aggregated(
        self, scores: Sequence[Number], weights: Sequence[Number] = ()
    ) -> Fraction | None:
        """The scores brought together, each with its weight; None where there are none."""
        if not scores or self.aggregate == "consensus":
            return None
        if self.aggregate == "weighted_mean" and weights:
            total = sum(score * weight for score, weight in zip(scores, weights, strict=True))
            return Fraction(total) / sum(weights)
        ordered = sorted(scores)
        if self.aggregate == "median":
            return middle([Fraction(score) for score in ordered])
        drop = (1 if self.drop is None else self.drop) if self.aggregate == "trimmed_mean" else 0
        kept = ordered[drop : len(ordered) - drop] or ordered
        return Fraction(sum(kept)) / len(kept)

    def points(self, numbers: Rationals, benchmark: Benchmark) -> Rationals:  # noqa: ARG002
        """Points of a column of aggregates; ``benchmark`` plays no part."""
        low, high = self.scale
        return linear_points(numbers, Fraction(low), Fraction(high))

    def explain(self, number: Fraction, benchmark: Benchmark) -> Step:  # noqa: ARG002
        """``(3.8 - 0) / (5 - 0) x 100 = 76``."""
        low, high = self.scale
        return Step(self.id, linear_formula(number, Fraction(low), Fraction(high)))


def middle(ordered: Sequence[Fraction]) -> Fraction:
    """The median of sorted numbers: the mean of the middle two of an even count."""
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2
