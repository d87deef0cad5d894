"""method.yaml: rounds, shortlist rules, rounding and tie-breaks (docs/reference/files.md)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tenderscore.model.criteria import Test
from tenderscore.model.fields import (
    Counted,
    Decimals,
    FileModel,
    Id,
    Points,
    Text,
    TitleText,
)
from tenderscore.model.panel_rule import PanelRule


class Rounding(FileModel):
    """Decimals, half up, of leaves' points, contributions and a round's total; None keeps all."""

    criterion: Decimals = 2
    contribution: Decimals = None
    total: Decimals = 2


class Advance(FileModel):
    """Who goes on from a round: at most so many, with at least so many points."""

    at_most: Counted | None = None
    minimum: Points | None = None


class RoundRule(FileModel):
    """One round: what it requires, what it scores, what it carries over, who goes on."""

    id: Id
    title: TitleText | None = None
    requirements: list[Text] = Field(default_factory=list)
    criteria: list[Text] | None = None
    carry_over: dict[str, Points] = Field(default_factory=dict)
    advance: Advance = Advance()
    tie_break: list[Text] | None = None


class Method(FileModel):
    """The published method of an evaluation."""

    title: TitleText | None = None
    description: TitleText | None = None
    rounding: Rounding = Rounding()
    weights: Literal["exact", "relative"] = "exact"
    tie_break: list[Text] = Field(default_factory=list)
    requirements: dict[str, Test] = Field(default_factory=dict)
    minimum_bids: Counted = 1
    rounds: list[RoundRule] = Field(default_factory=list)
    panel: PanelRule = PanelRule()
