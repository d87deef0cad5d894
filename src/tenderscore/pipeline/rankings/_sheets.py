"""Each evaluator's sheet of a round: the marks, and the totals that they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.exact import Mask, Rationals, weighted_sum
from tenderscore.model.panel import Score
from tenderscore.pipeline.plan import Leaf
from tenderscore.pipeline.rankings._base import ScoredRound
from tenderscore.pipeline.totals import total_of
from tenderscore.scoring.panel import Panel

Marks = Mapping[int, Sequence[Mapping[str, Score]]]
"""The marks of each leaf that evaluators score apart: by position the marks by evaluator."""


@dataclass
class Sheet:
    """What one evaluator alone would have given.

    ``points`` are those of each leaf, by its index: the evaluator's own where the panel scores
    the leaf, else the same for all. ``parts`` are what they contribute, ``total`` the round's
    total made of them. ``lacking`` says where a mark is missing that others gave.
    """

    evaluator: str
    points: Mapping[int, Rationals]
    parts: Mapping[int, Rationals]
    total: Rationals
    lacking: Mapping[int, Mask]

    @property
    def incomplete(self) -> Mask:
        """Which bids it says too little of to rank them."""
        return somewhere(len(self.total), self.lacking.values())


def somewhere(rows: int, masks: Iterable[Mask]) -> Mask:
    """Where any of some masks holds."""
    found: Mask = np.zeros(rows, dtype=np.bool_)
    for mask in masks:
        found = found | mask
    return found


def sheets_of(scored: ScoredRound) -> list[Sheet]:
    """The sheets of all who gave any mark in the round, by evaluator."""
    marks = {
        index: _marks(scored, index)
        for index, node in enumerate(scored.rule.nodes)
        if node.leaf is not None and marked_apart(node.leaf)
    }
    evaluators = {who for by_bid in marks.values() for given in by_bid for who in given}
    return [_sheet(scored, evaluator, marks) for evaluator in sorted(evaluators)]


def marked_apart(leaf: Leaf) -> bool:
    """Whether each evaluator has a mark of their own; a moderated score is everybody's."""
    return isinstance(leaf.method, Panel) and leaf.method.aggregate != "consensus"


def incomplete_sheets(scored: ScoredRound, sheets: Sequence[Sheet]) -> Iterator[Problem]:
    """A problem for each mark that a sheet lacks of a bid that is in."""
    for sheet in sheets:
        for index, lacking in sheet.lacking.items():
            for position in np.flatnonzero(lacking & ~scored.scores.out):
                yield _lacking(scored, sheet.evaluator, index, int(position))


def _marks(scored: ScoredRound, index: int) -> list[dict[str, Score]]:
    node, applies = scored.rule.nodes[index], scored.scores.nodes[index].applies
    return [
        {score.evaluator: score for score in scored.facts.given(node.id, int(row))} if due else {}
        for row, due in zip(scored.scores.rows, applies, strict=True)
    ]


def _sheet(scored: ScoredRound, evaluator: str, marks: Marks) -> Sheet:
    rule, rounding = scored.rule, scored.rounding
    leaves = [index for index, node in enumerate(rule.nodes) if node.leaf is not None]
    points = {
        index: _own_points(scored, evaluator, index, marks[index])
        if index in marks
        else scored.scores.nodes[index].points
        for index in leaves
    }
    parts = {
        index: column.affine(rule.shares[index], 0).rounded(rounding.contribution)
        for index, column in points.items()
    }
    ones = [Fraction(1)] * len(parts)
    own = weighted_sum(list(parts.values()), ones, len(scored.total))
    total = total_of(own, scored.carried, rule.carry_over, rounding.total)
    lacking = {
        index: np.array(
            [bool(given) and evaluator not in given for given in by_bid], dtype=np.bool_
        )
        for index, by_bid in marks.items()
    }
    return Sheet(evaluator, points, parts, total, lacking)


def _own_points(
    scored: ScoredRound, evaluator: str, index: int, by_bid: Sequence[Mapping[str, Score]]
) -> Rationals:
    leaf = scored.rule.nodes[index].leaf
    assert leaf is not None  # noqa: S101 - sheets_of takes leaves
    assert isinstance(leaf.method, Panel)  # noqa: S101 - and of these the panel's
    own = [given.get(evaluator) for given in by_bid]
    numbers = Rationals.of([(mark and mark.score) or 0 for mark in own])
    unmarked = np.array([mark is None for mark in own], dtype=np.bool_)
    points = leaf.method.points(numbers, ()).rounded(scored.rounding.criterion)
    return points.put(unmarked, 0) if unmarked.any() else points


def _lacking(scored: ScoredRound, evaluator: str, index: int, position: int) -> Problem:
    node = scored.rule.nodes[index]
    message = Message(
        "{evaluator} gives {vendor} no score for {criterion}: ranks take whole sheets",
        evaluator=evaluator,
        vendor=scored.vendor(position),
        criterion=node.id,
    )
    help_ = Message(
        "add the score, or take out all that {evaluator} scored in this round", evaluator=evaluator
    )
    also = ((Message("the rule stands here"), node.leaf.score_place),) if node.leaf else ()
    return Problem("incomplete-sheet", message, _file(scored, evaluator), help_, also=also)


def _file(scored: ScoredRound, evaluator: str) -> Place | None:
    """The file in which an evaluator scores the round."""
    for node in scored.rule.nodes:
        for row in scored.scores.rows if node.leaf is not None and node.leaf.is_panel else ():
            for score in scored.facts.given(node.id, int(row)):
                if score.evaluator == evaluator:
                    return Place(score.place.file)
    return None
