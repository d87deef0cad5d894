"""All that is asked of a panel: who is on it, who is out, what it scored and wrote."""

from __future__ import annotations

from collections.abc import Iterator

from tenderscore.checks.panel.comments import comment_problems
from tenderscore.checks.panel.members import (
    Scene,
    conflict_warnings,
    member_problems,
    panel_problems,
)
from tenderscore.checks.panel.seats import (
    composition_problems,
    quorum_problems,
    scorers_problems,
    seats,
)
from tenderscore.errors import Problem
from tenderscore.model.evaluators import EvaluationPanel
from tenderscore.model.scores import Scores

__all__ = [
    "Scene",
    "composition_problems",
    "panel_problems",
    "quorum_problems",
    "round_problems",
    "seats",
]


def round_problems(
    panel: EvaluationPanel | None, scene: Scene, scores: Scores
) -> Iterator[Problem]:
    """All that is wrong with a panel and with its scores, and who is out."""
    if panel is None:
        yield from scorers_problems(scores.evaluators.ids, scene)
    else:
        yield from panel_problems(panel, scene)
        yield from composition_problems(panel, seats(panel, scene), scene)
        yield from member_problems(panel, scores)
        yield from conflict_warnings(panel, scene, scores)
    yield from comment_problems(scores, scene.sets, scene.methods)
