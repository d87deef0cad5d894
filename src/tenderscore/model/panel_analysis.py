"""How the panel scored: what ``tenderscore panel`` shows.

Everything is exact but the correlation, which is a root. Nothing in it changes a mark or a result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Literal, TypeAlias

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.records import record
from tenderscore.model.text import Title
from tenderscore.model.values import Number

SignKind = Literal[
    "decides_alone", "best_and_worst", "alone_at_the_end", "high_and_failing", "high_and_lowest"
]
CheckId = Literal["sums", "scale", "objective", "striking"]


@record
class PanelRules:
    """Where the law gives no number, ours, in percent of the scale.

    A mark is strikingly high or low when it lies more than ``striking`` from the median of the
    others' marks. A mark, or a total, is high from ``high`` on.
    """

    striking: Fraction = Fraction(50)
    high: Fraction = Fraction(80)


class GivenScore:
    """A score that counts. Where it stands is looked up when somebody asks.

    ``row`` is its number among all scores of the round.
    """

    __slots__ = ("_placed", "evaluator", "row", "score")

    def __init__(
        self, evaluator: str, score: Number, row: int, placed: Callable[[int], Place]
    ) -> None:
        self.evaluator = evaluator
        self.score = score
        self.row = row
        self._placed = placed

    def __repr__(self) -> str:
        return f"<{self.score} by {self.evaluator}>"

    @property
    def place(self) -> Place:
        """The line, or the cell, that it stands in."""
        return self._placed(self.row)


Scale: TypeAlias = tuple[Number, Number]


def percent(score: Number, scale: Scale) -> Fraction:
    """A mark in percent of its scale.

    >>> percent(4, (0, 5))
    Fraction(80, 1)
    """
    low, high = scale
    return Fraction(score - low) / (high - low) * 100


@record
class Case:
    """One vendor on one criterion: every evaluator's mark side by side.

    ``lots`` are those in which these marks count, ``scale`` its lowest and highest mark, ``scores``
    the marks' numbers.
    ``lacking`` owe a mark, ``abstained`` gave none knowingly, ``out`` are in conflict. ``agreed``
    is the score that the panel decided on, whatever the marks come to.
    """

    criterion: str
    title: Title
    round: str
    vendor: str
    lots: tuple[str, ...]
    scale: Scale
    marks: tuple[GivenScore, ...]
    scores: tuple[Number, ...]
    lacking: tuple[str, ...]
    abstained: tuple[str, ...]
    out: tuple[str, ...]
    mean: Fraction | None
    median: Fraction | None
    spread: Fraction | None
    agreed: Fraction | None

    @property
    def disagreement(self) -> Fraction:
        """The spread in percent of the scale; 0 where nobody can disagree."""
        low, high = self.scale
        return Fraction(0) if self.spread is None else self.spread / (high - low) * 100


@record
class Tally:
    """How many marks were due, how many were given; abstentions and conflicts are not due."""

    given: int
    due: int
    abstained: int
    out: int


@record
class EvaluatorView:
    """One evaluator among the others.

    ``severity`` is the mean of their marks less the mean of the others' on the same, in percent of
    the scale: under 0 is more severe. ``consistency`` is the correlation of their marks with the
    mean of the others', over ``compared`` marks.
    """

    id: str
    name: str
    tally: Tally
    severity: Fraction | None
    consistency: float | None
    compared: int


@record
class CriterionView:
    """One criterion: how much of it was scored, and how far the panel agrees on it."""

    id: str
    title: Title
    round: str
    tally: Tally
    alpha: Fraction | None


@record
class Agreement:
    """Krippendorff's alpha for interval data over all cases, with a bootstrap interval.

    1 is perfect agreement, 0 what chance gives. ``low`` and ``high`` hold the middle 95 percent of
    ``samples`` resamples of the ``units`` (vendor and criterion) that two or more scored, drawn
    from ``seed``.
    """

    alpha: Fraction | None
    low: Fraction | None
    high: Fraction | None
    units: int
    samples: int
    seed: int


@record
class Ending:
    """How a lot ends."""

    winner: str | None
    tie: tuple[str, ...]
    shortlist: tuple[str, ...]
    pending: tuple[str, ...]

    @property
    def first(self) -> tuple[str, ...]:
        """Who is first: the winner, or those who tie."""
        return (self.winner,) if self.winner is not None else self.tie


@record
class Without:
    """How a lot would end without one evaluator."""

    evaluator: str
    ending: Ending


@record
class Swing:
    """One mark that, one step up or down, changes who is first in a lot.

    ``marks`` are all those on the criterion and vendor that do so alike; each alone.
    """

    criterion: str
    round: str
    vendor: str
    step: Fraction
    marks: tuple[GivenScore, ...]
    ending: Ending


@record
class LotView:
    """One lot: how it ends, without each evaluator, and with one mark a step away.

    ``tried`` counts the single steps that marks could take, ``evaluated`` those that bounds could
    not rule out; both are 0 where there is nobody first yet.
    """

    id: str
    title: Title
    ending: Ending
    without: tuple[Without, ...]
    swings: tuple[Swing, ...]
    tried: int
    evaluated: int

    def differs(self, without: Without) -> bool:
        """Whether somebody else would be first, or shortlisted."""
        return without.ending != self.ending


@record
class Finding:
    """Something seen, in words, with the places of what it was seen in."""

    message: Message
    lot: str | None
    vendor: str | None
    criterion: str | None
    evaluators: tuple[str, ...]
    places: tuple[Place, ...]


@record
class Sign:
    """A sign of a score made to order. It may have any cause."""

    kind: SignKind
    finding: Finding


@record
class Check:
    """One of the four checks that the law allows for once the totals are closed.

    Order 87 (China, Ministry of Finance), article 64. ``looked_at`` says what was held against
    what; ``applies`` is False where there was nothing to look at.
    """

    id: CheckId
    looked_at: Message
    findings: tuple[Finding, ...]
    applies: bool = True


@record
class PanelAnalysis:
    """How the panel scored. ``cases`` stand by disagreement, most first; ``vendors`` are names."""

    rules: PanelRules
    vendors: Mapping[str, str]
    evaluators: tuple[EvaluatorView, ...]
    criteria: tuple[CriterionView, ...]
    cases: tuple[Case, ...]
    agreement: Agreement
    lots: tuple[LotView, ...]
    signs: tuple[Sign, ...]
    checks: tuple[Check, ...]
    warnings: tuple[Problem, ...] = ()
