"""Fingerprints of what the panel is asked: a sheet carries that of the criteria it was made for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256

from tenderscore.model.text import LANGUAGES, Title
from tenderscore.pipeline import LotInput, planned
from tenderscore.pipeline.plan import RoundPlan
from tenderscore.sheets.asking import questions_of
from tenderscore.sheets.score_sheet import Question

_DIGITS = 16


def fingerprints(lots: Iterable[LotInput]) -> dict[str, str]:
    """The fingerprint of each round's panel criteria, by the round's id."""
    rounds: dict[str, list[tuple[LotInput, RoundPlan]]] = {}
    for lot in lots:
        for rule in planned(lot)[0].rounds:
            rounds.setdefault(rule.id, []).append((lot, rule))
    return {id_: fingerprint(asked) for id_, asked in rounds.items()}


def fingerprint(asked: Iterable[tuple[LotInput, RoundPlan]]) -> str:
    """Of the panel criteria of a round in all lots: ids, weights, scales, rubrics, guidance.

    Lots that are asked the same count once, so that a lot more changes nothing.
    """
    texts = {json.dumps(list(_canonical(*each)), ensure_ascii=True) for each in asked}
    return sha256("\n".join(sorted(texts)).encode()).hexdigest()[:_DIGITS]


def _canonical(lot: LotInput, round_: RoundPlan) -> Iterator[list[object]]:
    weights = {node.id: str(node.weight) for node in round_.nodes}
    for question in questions_of(lot, round_):
        steps = question.id.split(".")
        above = [weights[".".join(steps[:length])] for length in range(1, len(steps) + 1)]
        yield [question.id, above, *_meaning(question)]


def _meaning(question: Question) -> Iterator[object]:
    yield [str(question.low), str(question.high), str(question.step)]
    yield [[str(score), _texts(title)] for score, title in question.rubric]
    yield _texts(question.guidance)


def _texts(title: Title | None) -> list[str]:
    return [] if title is None else [title.text(language) for language in LANGUAGES]
