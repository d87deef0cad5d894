"""Sense of the panel's scores: known vendors, criteria and lots, on the scale, given once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import numpy as np

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.numerals import exact_text
from tenderscore.model.panel import Score
from tenderscore.model.scores import Coded, Codes, Scores, firsts
from tenderscore.model.suggestions import did_you_mean
from tenderscore.model.values import Number
from tenderscore.scoring.panel import Panel

Scales = Mapping[str, Mapping[str, Panel | None]]
"""How each panel criterion is scored, by lot and criterion id."""


def score_problems(scores: Scores, vendors: Mapping[str, str], scales: Scales) -> Iterator[Problem]:
    """All that is wrong with the scores."""
    criteria = {criterion for by_lot in scales.values() for criterion in by_lot}
    yield from _repeated(scores)
    yield from _unknown(scores, "vendor", scores.vendors, vendors)
    yield from _unknown(scores, "criterion", scores.criteria, criteria)
    yield from _unknown(scores, "lot", scores.lots, scales)
    yield from _off_scale(scores, scales)


def _repeated(scores: Scores) -> Iterator[Problem]:
    """A score that an evaluator gives twice."""
    begins, group = firsts(_keys(scores.evaluators, scores.lots, scores.vendors, scores.criteria))
    for row in np.flatnonzero(begins[group] != np.arange(len(group))).tolist():
        score, first = scores.score(row), scores.place(int(begins[group[row]]))
        template = "{evaluator} scores {vendor} on {criterion} twice"
        names = {"vendor": score.vendor, "criterion": score.criterion}
        message = Message(template, evaluator=score.evaluator, **names)
        also = ((Message("the first one"), first),)
        yield Problem("repeated-score", message, score.place, also=also)


def _keys(*columns: Coded) -> Codes:
    """One number for each row, equal just where all the columns are."""
    keys: Codes = np.zeros(len(columns[0].codes), dtype=np.int64)
    for column in columns:
        keys = keys * (len(column.ids) + 1) + column.codes + 1
    return keys


def _unknown(scores: Scores, kind: str, column: Coded, known: Collection[str]) -> Iterator[Problem]:
    """An id that leads nowhere, once in each file."""
    for code, id_ in enumerate(column.ids):
        if id_ in known:
            continue
        rows = np.flatnonzero(column.codes == code)
        parts = np.searchsorted(scores.starts, rows, side="right")
        for row in rows[firsts(parts)[0]].tolist():
            yield _unknown_problem(kind, id_, scores.score(row), known)


def _unknown_problem(kind: str, id_: str, score: Score, known: Collection[str]) -> Problem:
    template = {
        "vendor": "no bid is of vendor {id!r}",
        "criterion": "{id!r} is no criterion that the panel scores",
        "lot": "no lot {id!r}",
    }[kind]
    places: dict[str, Place | None] = {
        "vendor": score.vendor_place,
        "criterion": score.criterion_place,
        "lot": score.lot_place,
    }
    place = places.get(kind) or score.place
    return Problem(f"unknown-{kind}", Message(template, id=id_), place, did_you_mean(id_, known))


def _off_scale(scores: Scores, scales: Scales) -> Iterator[Problem]:
    """Each distinct score on a criterion of a lot is judged once."""
    ranks = (
        firsts(scores.numbers.keys())[1] if isinstance(scores.numbers.denominator, int) else None
    )
    numbers = np.arange(scores.count) if ranks is None else ranks
    keys = _keys(scores.lots, scores.criteria) * (scores.count + 1) + numbers
    begins, group = firsts(np.where(scores.abstains, -1, keys))
    faults = [
        None if scores.abstains[row] else _fault_in(scores.score(row), scales)
        for row in begins.tolist()
    ]
    wrong = np.array([fault is not None for fault in faults], dtype=np.bool_)
    for row in np.flatnonzero(wrong[group]).tolist():
        fault = faults[group[row]]
        if fault is not None:
            code, message = fault
            yield Problem(code, message, scores.place(row))


def _fault_in(score: Score, scales: Scales) -> tuple[str, Message] | None:
    lots = scales if score.lot is None else {score.lot: scales.get(score.lot, {})}
    for by_criterion in lots.values():
        method = by_criterion.get(score.criterion)
        if method is not None and score.score is not None:
            fault = score_fault(score.criterion, score.score, method)
            if fault is not None:
                return fault
    return None


def score_fault(criterion: str, number: Number, method: Panel) -> tuple[str, Message] | None:
    """What is wrong with a score on a criterion, None where nothing is."""
    low, high = method.scale
    if not low <= number <= high:
        message = Message(
            "{score} is off the scale of {criterion}, {low} to {high}",
            score=exact_text(number),
            criterion=criterion,
            low=exact_text(low),
            high=exact_text(high),
        )
        return "off-scale", message
    if not method.is_step(number):
        message = Message(
            "{score} is between the scores of {criterion}: from {low} on in steps of {step}",
            score=exact_text(number),
            criterion=criterion,
            low=exact_text(low),
            step=exact_text(method.step or 0),
        )
        return "off-step", message
    return None
