"""The public functions: open, check, evaluate. The only package that joins the parts."""

from __future__ import annotations

from collections.abc import Sequence

from tenderscore.api.procurement_round import ProcurementRound
from tenderscore.api.round_folder import AnyPath, find_panel_round, find_round
from tenderscore.errors import Problem
from tenderscore.model.result import Evaluation

__all__ = ["ProcurementRound", "check", "evaluate", "open_panel_round", "open_round"]


def open_round(  # noqa: PLR0913 - the command's options
    bids: AnyPath,
    *,
    tender: AnyPath | None = None,
    criteria: AnyPath | None = None,
    scores: AnyPath | None = None,
    rates: AnyPath | None = None,
    panel: AnyPath | None = None,
    decisions: AnyPath | None = None,
) -> ProcurementRound:
    """The round that a folder (or table) of bids belongs to, or that a tender of Prozorro holds.

    ``tender.yaml``, ``criteria/``, ``scores/``, ``rates.yaml``, ``panel.yaml`` and
    ``decisions.yaml`` are looked for beside the bids unless they are given.

    Raises:
        UsageError: a path does not exist.
    """
    return ProcurementRound(find_round(bids, tender, criteria, scores, rates, panel, decisions))


def open_panel_round(
    place: AnyPath,
    *,
    tender: AnyPath | None = None,
    criteria: AnyPath | None = None,
    panel: AnyPath | None = None,
) -> ProcurementRound:
    """The round in a folder, or that bids belong to, for its ``panel_check``: bids may be absent.

    Raises:
        UsageError: a path does not exist.
    """
    return ProcurementRound(find_panel_round(place, tender, criteria, panel))


def check(  # noqa: PLR0913 - the command's options
    bids: AnyPath,
    *,
    tender: AnyPath | None = None,
    criteria: AnyPath | None = None,
    scores: AnyPath | None = None,
    rates: AnyPath | None = None,
    panel: AnyPath | None = None,
    decisions: AnyPath | None = None,
) -> tuple[Problem, ...]:
    """All problems of a round's files, warnings included; scores nothing.

    Raises:
        UsageError: a path does not exist.
    """
    opened = open_round(
        bids,
        tender=tender,
        criteria=criteria,
        scores=scores,
        rates=rates,
        panel=panel,
        decisions=decisions,
    )
    return opened.check()


def evaluate(  # noqa: PLR0913 - the command's options
    bids: AnyPath,
    *,
    tender: AnyPath | None = None,
    criteria: AnyPath | None = None,
    scores: AnyPath | None = None,
    rates: AnyPath | None = None,
    panel: AnyPath | None = None,
    decisions: AnyPath | None = None,
    lots: Sequence[str] = (),
    until: str | None = None,
) -> Evaluation:
    """Screens, scores, ranks and shortlists a round.

    Raises:
        InvalidInputError: the input has errors; ``problems`` holds them all.
        UsageError: a path, a lot or a round does not exist.
    """
    opened = open_round(
        bids,
        tender=tender,
        criteria=criteria,
        scores=scores,
        rates=rates,
        panel=panel,
        decisions=decisions,
    )
    return opened.evaluate(lots=lots, until=until)
