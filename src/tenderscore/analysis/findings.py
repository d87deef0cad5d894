"""Putting what was seen into words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from tenderscore.errors import Message
from tenderscore.model.numerals import exact_text
from tenderscore.model.panel_analysis import Case, Finding, GivenScore

_MOST_NAMED = 6


def joined(parts: Iterable[str | Message]) -> Message:
    """Texts as a list in a sentence.

    >>> str(joined(["acme", "bolt", "cog"]))
    'acme, bolt, cog'
    """
    messages = (
        part if isinstance(part, Message) else Message("{text}", text=part) for part in parts
    )
    return reduce(lambda some, one: Message("{some}, {one}", some=some, one=one), messages)


def given(marks: Sequence[GivenScore]) -> Message:
    """Marks in words: ``4 by li, 1 by wang``, or how many where they are many."""
    scores = [mark.score for mark in marks]
    if len(scores) > _MOST_NAMED:
        low, high = exact_text(min(scores)), exact_text(max(scores))
        return Message("{n} marks from {low} to {high}", n=len(scores), low=low, high=high)
    return joined(
        Message("{mark} by {evaluator}", mark=exact_text(score), evaluator=mark.evaluator)
        for mark, score in zip(marks, scores, strict=True)
    )


def of_case(message: Message, case: Case, marks: Sequence[GivenScore]) -> Finding:
    """What was seen in some marks of a case."""
    return Finding(
        message=message,
        lot=case.lots[0] if len(case.lots) == 1 else None,
        vendor=case.vendor,
        criterion=case.criterion,
        evaluators=tuple(mark.evaluator for mark in marks),
        places=tuple(mark.place for mark in marks),
    )
