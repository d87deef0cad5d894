"""The plan of an evaluation: criteria and method compiled, and resolved for each lot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from tenderscore.errors import Place
from tenderscore.expressions import Expression
from tenderscore.model.method import Rounding
from tenderscore.model.panel_rule import PanelRule
from tenderscore.model.records import record
from tenderscore.model.text import Title
from tenderscore.model.values import Path
from tenderscore.pipeline.requirements import Requirement
from tenderscore.scoring import ScoringMethod
from tenderscore.scoring.panel import Panel

if TYPE_CHECKING:
    from tenderscore.pipeline.price_rules import PriceRule
    from tenderscore.pipeline.price_tests import PriceTest
    from tenderscore.pipeline.rankings import Ranking

MissingRule = Literal["zero", "eliminate", "error"]
PRICE: Path = ("price",)
EVALUATED: Path = ("evaluated_price",)
RECEIVED: Path = ("received",)


@record
class Leaf:
    """How a criterion scores: its method, and the fact, expression or (None) panel it reads."""

    method: ScoringMethod
    source: Path | Expression | None
    missing: MissingRule | None
    score_place: Place

    @property
    def is_panel(self) -> bool:
        """Whether the panel scores it."""
        return self.source is None

    @property
    def source_text(self) -> str:
        """The fact's path, the expression's text, or nothing for a panel's criterion."""
        if isinstance(self.source, Expression):
            return str(self.source.text)
        return ".".join(self.source or ())

    @property
    def reads_price(self) -> bool:
        """Whether the price, or what is made of it, plays a part."""
        paths = [self.source] if isinstance(self.source, tuple) else []
        if isinstance(self.source, Expression):
            paths = [path for root, path in self.source.reads if root == "bid"]
        return any(path[:1] in (PRICE, EVALUATED) for path in paths)


@record
class PlanNode:
    """A group or criterion: ``fraction`` is its part of its parent, ``children`` are indices."""

    id: str
    title: Title
    depth: int
    parent: int | None
    children: tuple[int, ...]
    weight: Fraction
    fraction: Fraction
    minimum: Fraction | None
    only_if: Requirement | None
    leaf: Leaf | None
    place: Place


@record
class RoundPlan:
    """One round: nodes in order, parents before children; ``shares`` of the round's own total.

    ``ranking`` is what ranks its bids; None where the total does.
    """

    id: str
    title: Title
    requirements: tuple[Requirement, ...]
    nodes: tuple[PlanNode, ...]
    shares: tuple[Fraction, ...]
    carry_over: Mapping[str, Fraction]
    minimum: Fraction | None
    at_most: int | None
    tie_break: tuple[str, ...]
    ranking: Ranking | None = None

    @property
    def scores(self) -> bool:
        """Whether the round scores anything, or applies its requirements only."""
        return bool(self.nodes)

    @property
    def ranks(self) -> bool:
        """Whether it ranks its bids: by their total, or by something else."""
        return self.scores or self.ranking is not None

    @property
    def panel_methods(self) -> list[Panel]:
        """How the panel's criteria in it are scored."""
        methods = [node.leaf.method for node in self.nodes if node.leaf is not None]
        return [method for method in methods if isinstance(method, Panel)]

    def relative(self, index: int) -> bool:
        """Whether a node has a leaf that is scored against the other bids."""
        node = self.nodes[index]
        if node.leaf is not None:
            return node.leaf.method.is_relative
        return any(self.relative(child) for child in node.children)

    @property
    def scores_price(self) -> bool:
        """Whether the price plays a part: a leaf reads it as its fact, or it ranks the bids."""
        if self.ranking is not None and self.ranking.reads_price:
            return True
        leaves = (node.leaf for node in self.nodes if node.leaf is not None)
        return any(leaf.source in (PRICE, EVALUATED) for leaf in leaves)


@record
class LotPlan:
    """The whole plan of one lot; ``not_applied`` are requirements that say nothing in it.

    ``adjustments`` lead from prices to evaluated prices; None where nothing asks for these.
    ``panel`` is what the method asks of the panel, and where it says so.
    ``price_tests`` look for low prices, by round. ``left_to_people`` is whether no rank wins.
    """

    rounding: Rounding
    minimum_bids: int
    rounds: tuple[RoundPlan, ...]
    not_applied: Mapping[str, tuple[Requirement, ...]] = field(default_factory=dict)
    adjustments: tuple[PriceRule, ...] | None = None
    panel: PanelRule = PanelRule()
    panel_place: Place | None = None
    price_tests: Mapping[str, tuple[PriceTest, ...]] = field(default_factory=dict)
    left_to_people: bool = False

    def skipped(self, round_id: str) -> tuple[Requirement, ...]:
        """The requirements of a round that are not applied in this lot."""
        return self.not_applied.get(round_id, ())

    def moderates(self, rule: RoundPlan) -> bool:
        """Whether the panel's scores of a round must be so many, or so near to each other."""
        methods = rule.panel_methods
        spread = any(method.spread is not None for method in methods)
        return spread or (bool(methods) and self.panel.quorum is not None)

    def criteria(self) -> set[str]:
        """The ids of all leaves."""
        return {n.id for rule in self.rounds for n in rule.nodes if n.leaf is not None}

    def panel_leaves(self) -> dict[str, PlanNode]:
        """The leaves that the panel scores, by id."""
        return {
            node.id: node
            for rule in self.rounds
            for node in rule.nodes
            if node.leaf is not None and node.leaf.is_panel
        }
