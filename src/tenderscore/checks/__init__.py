"""Sense across files; every check returns problems, none raises."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tenderscore.checks.criteria import round_weights, sibling_ids, sibling_weights
from tenderscore.checks.method import (
    carried_over,
    has_groups,
    idle_prices,
    named_in_rounds,
    reads_deadline,
    round_ids,
    tie_breaks,
    unused,
)
from tenderscore.checks.near_misses import NearMisses
from tenderscore.checks.rubrics import rubric_scores
from tenderscore.checks.scores import score_problems
from tenderscore.errors import Problem
from tenderscore.model.criteria_set import CriteriaSet

__all__ = ["CHECKS", "NearMisses", "criteria_problems", "reads_deadline", "score_problems"]

CHECKS: tuple[Callable[[CriteriaSet], Iterator[Problem]], ...] = (
    has_groups,
    sibling_ids,
    sibling_weights,
    round_ids,
    named_in_rounds,
    round_weights,
    carried_over,
    tie_breaks,
    idle_prices,
    unused,
    rubric_scores,
)


def criteria_problems(criteria: CriteriaSet) -> Iterator[Problem]:
    """What every check says of a criteria set."""
    for check in CHECKS:
        yield from check(criteria)
