"""Sense of rubrics: they tell what the scores of the scale mean, and no others."""

from __future__ import annotations

from collections.abc import Iterator

from tenderscore.errors import Message, Problem
from tenderscore.model.criteria import Criterion
from tenderscore.model.criteria_set import CriteriaSet, walk
from tenderscore.model.numerals import exact_text
from tenderscore.model.values import Number, is_number

_USUAL = (0, 5)


def rubric_scores(criteria: CriteriaSet) -> Iterator[Problem]:
    """The scores that a rubric explains lie on the criterion's scale."""
    for group in criteria.groups:
        for id_, criterion, node in walk(group):
            ends = _scale(criterion)
            for score, _ in criterion.rubric or ():
                if ends is not None and not ends[0] <= score <= ends[1]:
                    place = group.document.place(node.get("rubric"))
                    yield Problem("off-scale", _off(id_, score, ends), place)


def _scale(criterion: Criterion) -> tuple[Number, Number] | None:
    """The ends of a scale, where they are written out."""
    ends = (criterion.score or {}).get("scale", _USUAL)
    if isinstance(ends, (list, tuple)) and len(ends) == 2 and all(map(is_number, ends)):
        return ends[0], ends[1]
    return None


def _off(id_: str, score: Number, ends: tuple[Number, Number]) -> Message:
    low, high = map(exact_text, ends)
    template = "{score} is off the scale of {criterion}, {low} to {high}"
    return Message(template, score=exact_text(score), criterion=id_, low=low, high=high)
