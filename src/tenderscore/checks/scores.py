"""Sense of the panel's scores: known vendors, criteria and lots, on the scale, given once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.numerals import exact_text
from tenderscore.model.panel import Score
from tenderscore.model.suggestions import did_you_mean
from tenderscore.model.values import Number
from tenderscore.scoring.panel import Panel

Scales = Mapping[str, Mapping[str, Panel | None]]
"""How each panel criterion is scored, by lot and criterion id."""


def score_problems(
    scores: Sequence[Score], vendors: Mapping[str, str], scales: Scales
) -> Iterator[Problem]:
    """All that is wrong with the scores."""
    criteria = sorted({criterion for by_lot in scales.values() for criterion in by_lot})
    first: dict[tuple[str, str | None, str, str], Place] = {}
    told: set[tuple[str, str, str | None]] = set()
    for score in scores:
        key = (score.evaluator, score.lot, score.vendor, score.criterion)
        if key in first:
            template = "{evaluator} scores {vendor} on {criterion} twice"
            message = Message(
                template,
                evaluator=score.evaluator,
                vendor=score.vendor,
                criterion=score.criterion,
            )
            also = ((Message("the first one"), first[key]),)
            yield Problem("repeated-score", message, score.place, also=also)
        first.setdefault(key, score.place)
        yield from _unknown(score, vendors, criteria, scales, told)
        if score.score is not None:
            yield from _off_scale(score, score.score, scales)


def _unknown(
    score: Score,
    vendors: Mapping[str, str],
    criteria: Sequence[str],
    scales: Scales,
    told: set[tuple[str, str, str | None]],
) -> Iterator[Problem]:
    for kind, id_, known, place in (
        ("vendor", score.vendor, vendors, score.vendor_place),
        ("criterion", score.criterion, criteria, score.criterion_place),
        ("lot", score.lot, scales, None),
    ):
        if id_ is None or id_ in known or (score.place.file, kind, id_) in told:
            continue
        told.add((score.place.file, kind, id_))
        template = {
            "vendor": "no bid is of vendor {id!r}",
            "criterion": "{id!r} is no criterion that the panel scores",
            "lot": "no lot {id!r}",
        }[kind]
        message = Message(template, id=id_)
        where = place or score.place
        yield Problem(f"unknown-{kind}", message, where, did_you_mean(id_, known))


def _off_scale(score: Score, number: Number, scales: Scales) -> Iterator[Problem]:
    lots = scales if score.lot is None else {score.lot: scales.get(score.lot, {})}
    for by_criterion in lots.values():
        method = by_criterion.get(score.criterion)
        fault = None if method is None else _fault(score.criterion, number, method)
        if fault is not None:
            yield Problem(*fault, score.place)
            return


def _fault(criterion: str, number: Number, method: Panel) -> tuple[str, Message] | None:
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
    if method.step is not None and not method.is_step(number):
        message = Message(
            "{score} is between the scores of {criterion}: from {low} on in steps of {step}",
            score=exact_text(number),
            criterion=criterion,
            low=exact_text(low),
            step=exact_text(method.step),
        )
        return "off-step", message
    return None
