"""What a ranking is: a frozen class whose fields are its YAML settings, and what it finds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from tenderscore.errors import Message, Problem
from tenderscore.model.exact import Integers, Rationals
from tenderscore.model.fields import FileModel
from tenderscore.model.method import Rounding
from tenderscore.model.records import record
from tenderscore.model.standing import Measure, Standing
from tenderscore.pipeline.facts import LotFacts
from tenderscore.pipeline.plan import RoundPlan
from tenderscore.pipeline.points import Failure, RoundScores


@record
class ScoredRound:
    """A round whose totals are known; all columns are of the bids that were scored."""

    rule: RoundPlan
    facts: LotFacts
    rounding: Rounding
    scores: RoundScores
    total: Rationals
    carried: Mapping[str, Rationals]

    def vendor(self, position: int) -> str:
        """Whose bid stands at a position."""
        return self.facts.offers.vendors[int(self.scores.rows[position])]


@dataclass
class Standings(ABC):
    """Where the bids of a round stand. ``keys`` order them, smallest first, each by a column.

    ``failures`` are what the ranking itself puts out, ``problems`` what it cannot rank by.
    """

    measure: Measure
    keys: Sequence[Integers]
    failures: Sequence[Failure]
    problems: Sequence[Problem]

    @abstractmethod
    def bid(self, position: int) -> Standing:
        """Where one bid stands."""

    @abstractmethod
    def working(self, position: int) -> Sequence[Message]:
        """How that came about, with its numbers."""


class Ranking(FileModel, ABC):
    """Ranks the bids of a round by a measure of its own; ``id`` is what ``rank_by`` says.

    ``reads_price`` tells that the price is known in its round, ``needs_evaluated_price`` that it
    takes the method's adjustments into account.
    """

    id: ClassVar[str]
    reads_price: ClassVar[bool] = False
    needs_evaluated_price: ClassVar[bool] = False

    @abstractmethod
    def unfit(self, earlier: Sequence[RoundPlan], rule: RoundPlan) -> Message | None:
        """Why a round, with those before it, cannot be ranked like this; None where it can."""

    @abstractmethod
    def standings(self, scored: ScoredRound) -> Standings:
        """Where the bids stand."""
