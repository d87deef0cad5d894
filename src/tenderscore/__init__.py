"""Score vendor tenders: a folder of plain files in, a ranked shortlist that explains itself out.

>>> import tenderscore as ts
>>> evaluation = ts.evaluate("examples/negometrix/bids")
>>> evaluation.lots["all"].winner
'a'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenderscore.api import ProcurementRound, check, evaluate, open_panel_round, open_round
    from tenderscore.api.presets import PublishedRule, presets
    from tenderscore.errors import (
        InvalidInputError,
        Message,
        MissingExtraError,
        OutputError,
        Place,
        Problem,
        TenderscoreError,
        UsageError,
    )
    from tenderscore.model.award import (
        Award,
        Constraint,
        LotAward,
        Objective,
        Optimum,
        PackageAward,
    )
    from tenderscore.model.panel_analysis import PanelAnalysis
    from tenderscore.model.price_analysis import PriceAnalysis
    from tenderscore.model.result import (
        BidResult,
        CriterionResult,
        Evaluation,
        LotResult,
        Reason,
        RoundResult,
        SetAside,
    )

__version__ = "0.1.0"

__all__ = [
    "Award",
    "BidResult",
    "Constraint",
    "CriterionResult",
    "Evaluation",
    "InvalidInputError",
    "LotAward",
    "LotResult",
    "Message",
    "MissingExtraError",
    "Objective",
    "Optimum",
    "OutputError",
    "PackageAward",
    "PanelAnalysis",
    "Place",
    "PriceAnalysis",
    "Problem",
    "ProcurementRound",
    "PublishedRule",
    "Reason",
    "RoundResult",
    "SetAside",
    "TenderscoreError",
    "UsageError",
    "check",
    "evaluate",
    "open_panel_round",
    "open_round",
    "presets",
]

_HOMES = {
    "tenderscore.api": ("ProcurementRound", "check", "evaluate", "open_panel_round", "open_round"),
    "tenderscore.api.presets": ("PublishedRule", "presets"),
    "tenderscore.errors": (
        "InvalidInputError",
        "Message",
        "MissingExtraError",
        "OutputError",
        "Place",
        "Problem",
        "TenderscoreError",
        "UsageError",
    ),
    "tenderscore.model.award": (
        "Award",
        "Constraint",
        "LotAward",
        "Objective",
        "Optimum",
        "PackageAward",
    ),
    "tenderscore.model.panel_analysis": ("PanelAnalysis",),
    "tenderscore.model.price_analysis": ("PriceAnalysis",),
    "tenderscore.model.result": (
        "BidResult",
        "CriterionResult",
        "Evaluation",
        "LotResult",
        "Reason",
        "RoundResult",
        "SetAside",
    ),
}


def __getattr__(name: str) -> object:
    """Loads a public name's module when it is first used, so that ``--help`` waits for nothing."""
    from importlib import import_module  # noqa: PLC0415 - part of what is put off

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
