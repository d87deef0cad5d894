"""``panel check``: the panel alone, before anybody is invited to score."""

from __future__ import annotations

from collections.abc import Sequence

from tenderscore.api.loading import Loaded, panel_scene
from tenderscore.api.round_folder import RoundFolder
from tenderscore.checks.panel import quorum_problems, seats
from tenderscore.errors import Message, Problem, UsageError
from tenderscore.model.seats import PanelCheck
from tenderscore.pipeline.evaluating import distinct


def checked(loaded: Loaded, folder: RoundFolder) -> PanelCheck:
    """Who may score what, and what is wrong with the panel.

    Raises:
        UsageError: there is no panel.yaml.
    """
    if folder.panel is None:
        root = folder.prefix or "."
        raise UsageError(Message("{folder} has no panel.yaml", folder=root))
    problems = _of_the_buyer(loaded.problems, folder)
    panel = loaded.given.panel
    if panel is None:
        return PanelCheck((), (), distinct(problems))
    scene = panel_scene(loaded.given.lots, loaded.given.vendors())
    lots = seats(panel, scene)
    problems += quorum_problems(lots, scene)
    return PanelCheck(tuple(panel.evaluators.values()), tuple(lots), distinct(problems))


def _of_the_buyer(problems: Sequence[Problem], folder: RoundFolder) -> list[Problem]:
    """Errors of the buyer's files, and what is doubtful about the panel; bids are not judged."""
    bids, panel = folder.name(folder.bids), folder.panel and folder.name(folder.panel)
    files = [(each, each.place.file if each.place is not None else "") for each in problems]
    return [
        each
        for each, file in files
        if file == panel
        or (each.severity == "error" and file != bids and not file.startswith(f"{bids}/"))
    ]
