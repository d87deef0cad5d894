"""Explanations that speak for themselves: ``str()`` of one is the text that the command prints."""

from __future__ import annotations

from collections.abc import Callable

from tenderscore.model.explanation import Explanation
from tenderscore.model.records import replace
from tenderscore.model.result import Evaluation


def telling(evaluation: Evaluation) -> Evaluation:
    """The evaluation with such explanations."""
    return replace(evaluation, explainer=_explainer(evaluation.explainer))


def _explainer(explainer: Callable[[str], Explanation]) -> Callable[[str], Explanation]:
    return lambda vendor: replace(explainer(vendor), teller=_text)


def _text(explanation: Explanation) -> str:
    from tenderscore.reports import EXPLANATIONS, Style  # noqa: PLC0415 - not always printed

    return EXPLANATIONS["table"].render(explanation, Style()).decode().removesuffix("\n")
