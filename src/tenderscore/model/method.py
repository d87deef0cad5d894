"""method.yaml: rounds, shortlist rules, rounding and tie-breaks (docs/reference/files.md)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from tenderscore.errors import Message
from tenderscore.model.adjustments import Adjustment
from tenderscore.model.criteria import Test
from tenderscore.model.fields import (
    NAMED_SETTINGS,
    Counted,
    Decimals,
    FileModel,
    Id,
    Percent,
    Points,
    ReadBy,
    Text,
    TitleText,
    named_settings,
)
from tenderscore.model.low_price import LowPriceTest
from tenderscore.model.panel_rule import PanelRule
from tenderscore.model.waiver import Waiver

BY_TOTAL = "total"


class Rounding(FileModel):
    """Decimals, half up, of leaves' points, contributions, a round's total and evaluated prices.

    None keeps all.
    """

    criterion: Decimals = 2
    contribution: Decimals = None
    total: Decimals = 2
    evaluated_price: Decimals = None


class Advance(FileModel):
    """Who goes on from a round: at most so many, with at least so many points."""

    at_most: Counted | None = None
    minimum: Points | None = None


def _rank_by(value: object) -> dict[str, Any]:
    return named_settings(value, Message("the name of a ranking, or a mapping with its method"))


# The rankings themselves are the pipeline's (tenderscore.pipeline.rankings).
RankBy = Annotated[dict[str, Any], ReadBy(_rank_by, NAMED_SETTINGS)]


class RoundRule(FileModel):
    """One round: what it requires, what it scores, what it carries over, who goes on."""

    id: Id
    title: TitleText | None = None
    requirements: list[Text] = Field(default_factory=list)
    criteria: list[Text] | None = None
    carry_over: dict[str, Percent] = Field(default_factory=dict)
    advance: Advance = Advance()
    tie_break: list[Text] | None = None
    rank_by: RankBy | None = None

    @property
    def is_ranked_by_total(self) -> bool:
        """Whether nothing but the total ranks its bids."""
        return self.rank_by in (None, {"method": BY_TOTAL})


class Method(FileModel):
    """The published method of an evaluation."""

    extends: Text | None = None
    waive: list[Waiver] = Field(default_factory=list)
    title: TitleText | None = None
    description: TitleText | None = None
    rounding: Rounding = Rounding()
    weights: Literal["exact", "relative"] = "exact"
    tie_break: list[Text] = Field(default_factory=list)
    requirements: dict[str, Test] = Field(default_factory=dict)
    minimum_bids: Counted = 1
    rounds: list[RoundRule] = Field(default_factory=list)
    panel: PanelRule = PanelRule()
    winner: Literal["rank", "decide"] = "rank"
    evaluated_price: list[Adjustment] | None = None
    low_price: list[LowPriceTest] | None = None
