"""``panel check --format json``, as the published schema ``tenderscore/panel-check/1`` says."""

from __future__ import annotations

from tenderscore.model.evaluators import Evaluator
from tenderscore.model.records import record
from tenderscore.model.seats import GroupSeats, LotSeats, PanelCheck, VendorSeats
from tenderscore.reports._json import Flat, Tree, document, plain
from tenderscore.reports._style import Style
from tenderscore.reports._words import Words
from tenderscore.reports.json_document import problem_row

PANEL_CHECK = "tenderscore/panel-check/1"


@record
class JsonDocument:
    """``panel check --format json``."""

    def render(self, checked: PanelCheck, style: Style) -> bytes:
        """The whole check, UTF-8, with a final newline."""
        words = Words.data(style.language)
        return document(
            {
                "schema": PANEL_CHECK,
                "valid": checked.is_valid,
                "evaluators": [_evaluator(each) for each in checked.evaluators],
                "lots": [_lot(lot, words) for lot in checked.lots],
                "problems": [problem_row(problem, words) for problem in checked.problems],
            }
        )


def _evaluator(evaluator: Evaluator) -> Flat:
    return Flat(
        {
            "id": evaluator.id,
            "name": evaluator.title,
            "role": evaluator.role,
            "expert": evaluator.expert,
            "weight": plain(evaluator.weight),
            "groups": evaluator.groups,
            "language": evaluator.language,
        }
    )


def _lot(lot: LotSeats, words: Words) -> dict[str, Tree]:
    return {
        "id": lot.id,
        "title": words.title(lot.title),
        "members": lot.members,
        "experts": lot.experts,
        "quorum": lot.quorum,
        "groups": [_group(group, words) for group in lot.groups],
    }


def _group(group: GroupSeats, words: Words) -> dict[str, Tree]:
    return {
        "id": group.id,
        "title": words.title(group.title),
        "evaluators": group.evaluators,
        "vendors": [_vendor(each) for each in group.vendors],
    }


def _vendor(seats: VendorSeats) -> Flat:
    out = [{"evaluator": each.evaluator, "reason": each.reason} for each in seats.out]
    return Flat({"vendor": seats.vendor, "left": seats.left, "out": out})
