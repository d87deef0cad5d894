"""Comments that the method demands: there at all, and the evaluator's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import numpy as np

from tenderscore.errors import Message, Problem
from tenderscore.model.criteria_set import CriteriaSet, walk
from tenderscore.model.exact import Mask
from tenderscore.model.rubric import Rubric
from tenderscore.model.scores import Scores
from tenderscore.scoring.panel import Panel

Methods: TypeAlias = Mapping[str, Mapping[str, Panel | None]]


def comment_problems(
    scores: Scores, sets: Mapping[str, CriteriaSet], methods: Methods
) -> Iterator[Problem]:
    """Scores whose comment is lacking, or only repeats the rubric; each once."""
    told: set[int] = set()
    for lot, criteria in sets.items() if scores.count else ():
        if criteria.method.panel.comment != "never":
            for id_, rubric in _rubrics(criteria, methods[lot]):
                rows = np.flatnonzero(_demanded(scores, lot, id_, criteria, methods[lot][id_]))
                for row in rows.tolist():
                    if row not in told:
                        told.add(row)
                        yield from _faults(scores, row, rubric)


def _rubrics(
    criteria: CriteriaSet, methods: Mapping[str, Panel | None]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Each panel criterion with the texts of its rubric, in all languages."""
    for group in criteria.groups:
        for id_, criterion, _ in walk(group):
            if id_ in methods:
                yield id_, _texts(criterion.rubric)


def _texts(rubric: Rubric | None) -> frozenset[str]:
    return frozenset(_bare(text) for _, title in rubric or () for text in title.texts())


def _bare(text: str) -> str:
    """A text without what does not change its words: case, and how it is spaced."""
    return " ".join(text.casefold().split())


def _demanded(
    scores: Scores, lot: str, criterion: str, criteria: CriteriaSet, method: Panel | None
) -> Mask:
    """Which scores on a criterion need a comment in a lot."""
    held = scores.criteria.has(criterion) & ~scores.abstains
    held &= scores.lots.has(lot) | (scores.lots.codes < 0)
    if criteria.method.panel.comment == "always" or not held.any():
        return held
    if method is None:
        return np.zeros(len(held), dtype=np.bool_)
    low, high = method.scale
    return held & (scores.numbers.at_most(low) | scores.numbers.at_least(high))


def _faults(scores: Scores, row: int, rubric: frozenset[str]) -> Iterator[Problem]:
    comment = _bare(scores.comment(row) or "")
    if comment and comment not in rubric:
        return
    score = scores.score(row)
    names = {"evaluator": score.evaluator, "criterion": score.criterion, "vendor": score.vendor}
    if not comment:
        template = "{evaluator} gives {criterion} of {vendor} this score without a comment"
        yield Problem("comment-missing", Message(template, **names), score.place)
    else:
        template = "the comment of {evaluator} on {criterion} of {vendor} repeats the rubric"
        help_ = Message("say what was seen, in words of your own")
        yield Problem("comment-copied", Message(template, **names), score.place, help_)
