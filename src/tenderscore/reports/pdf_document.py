"""A PDF for the files, set by Typst; the extra ``tenderscore[pdf]`` brings it and the fonts.

Text reaches the template as data, never as markup. The document carries no date.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, TypeAlias

from tenderscore.errors import Message, MissingExtraError
from tenderscore.model.records import record
from tenderscore.model.result import Evaluation
from tenderscore.reports._award import AwardRows, award_rows
from tenderscore.reports._lots import (
    about,
    counts_line,
    heading,
    lot_heading,
    price_heading,
    warning_row,
)
from tenderscore.reports._marks import DRAWN
from tenderscore.reports._rows import RankedRow, RoundRows, standing_cells, summary
from tenderscore.reports._sections import LotSection, RoundSection, sections, segments
from tenderscore.reports._style import Style
from tenderscore.reports._words import Words

if TYPE_CHECKING:
    from tenderscore.reports._trade_off import TradeOffRows

Data: TypeAlias = "str | int | bool | Sequence[Data] | Mapping[str, Data]"

_INSTALL = "pip install 'tenderscore[pdf]'"
_TOP = 1000
_LANGUAGES = {"en": ("en", "gb"), "zh-Hans": ("zh", "cn"), "zh-Hant": ("zh", "tw")}
_LABELS = {
    "shortlist": Message("Shortlist"),
    "vendor": Message("Vendor"),
    "total": Message("Total"),
    "criterion": Message("Criterion"),
    "weight": Message("Weight"),
    "award": Message("Award"),
    "lot": Message("Lot"),
    "aside": Message("Set aside"),
    "warnings": Message("Warnings"),
    "page": Message("page"),
}


@record
class PdfDocument:
    """``--format pdf``: what goes into the procurement file."""

    def render(self, evaluation: Evaluation, style: Style) -> bytes:
        """The whole document.

        Raises:
            MissingExtraError: the extra is not installed.
        """
        try:
            import justmytype_intl_cjk  # noqa: PLC0415 - an extra, which may be absent
            import typst  # noqa: PLC0415 - likewise
        except ImportError as error:
            message = Message("PDF takes more: {command}", command=_INSTALL)
            raise MissingExtraError(message) from error
        data = _document(evaluation, style.language, Words.people(style.language))
        document = typst.compile(
            str(files("tenderscore.reports") / "templates" / "document.typ"),
            format="pdf",
            font_paths=[str(files(justmytype_intl_cjk) / "fonts")],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
        return bytes(document)


def _document(evaluation: Evaluation, language: str, words: Words) -> dict[str, Data]:
    warnings = [warning_row(problem, words) for problem in evaluation.warnings[:_TOP]]
    lang, region = _LANGUAGES[language]
    return {
        "lang": lang,
        "region": region,
        "heading": heading(evaluation, words),
        "about": about(evaluation, words),
        "labels": {
            **{key: words.say(label) for key, label in _LABELS.items()},
            "price": price_heading(evaluation, words),
        },
        "lots": [_lot(section, words) for section in sections(evaluation, _TOP, words)],
        "award": _award(award_rows(evaluation, words)),
        "warnings": [[row.place, row.message, row.code] for row in warnings],
        "more_warnings": _more(len(evaluation.warnings) - len(warnings), words),
        "counts": counts_line(evaluation.counts, words),
    }


def _lot(section: LotSection, words: Words) -> dict[str, Data]:
    rows = section.rows
    return {
        "title": lot_heading(rows),
        "budget": rows.budget,
        "headline": rows.headline,
        "won": rows.won,
        "totals": rows.has_totals,
        "shortlist": [
            [
                row.rank,
                words.joined(filter(None, [row.vendor, row.standing])),
                *([row.total] if rows.has_totals else []),
            ]
            for row in rows.shortlist
        ],
        "more_shortlisted": _more(rows.more_shortlisted, words),
        "trade_off": _trade_off(rows.trade_off),
        "rounds": [_round(round_, words) for round_ in section.rounds],
        "aside": rows.set_aside,
        "more_aside": _more(rows.more_set_aside, words),
    }


def _trade_off(table: TradeOffRows | None) -> dict[str, Data]:
    if table is None:
        return {}
    pairs = [
        [pair.better, pair.other, pair.points.text, pair.price.text, pair.cost]
        for pair in table.pairs
    ]
    return {"title": table.title, "notes": table.notes, "heads": table.heads, "pairs": pairs}


def _award(award: AwardRows | None) -> dict[str, Data]:
    if award is None:
        return {}
    rows = [[row.lot, row.vendor, *(each.text for each in row.figures)] for row in award.lots]
    return {
        "headline": award.headline,
        "reached": award.reached,
        "heads": award.heads,
        "lots": rows if award.reached else [],
        "sentences": award.sentences,
    }


def _round(section: RoundSection, words: Words) -> dict[str, Data]:
    rows = section.rows
    return {
        "title": rows.title,
        "summary": summary(rows, DRAWN, words),
        "measures": section.standing_heads,
        "totals": rows.has_totals,
        "heads": [[head.title, head.percent] for head in rows.heads],
        "rows": [_ranked(row, rows) for row in rows.ranked],
        "more_ranked": _more(rows.more_ranked, words),
        "bids": _bids(rows),
        "more_out": _more(rows.more_out, words),
        "unapplied": rows.unapplied,
        "flagged": rows.flagged,
        "more_flagged": _more(rows.more_flagged, words),
        "decisions": rows.decisions,
        "more_decisions": _more(rows.more_decisions, words),
        "names": section.names,
        "criteria": [
            {
                "title": row.title,
                "depth": row.depth,
                "weight": row.weight,
                "points": [figure.text for figure in row.points],
                "values": row.values,
            }
            for row in section.criteria
        ],
    }


def _ranked(row: RankedRow, rows: RoundRows) -> dict[str, Data]:
    return {
        "mark": DRAWN[row.outcome],
        "outcome": row.outcome,
        "rank": "" if row.rank is None else str(row.rank),
        "label": row.label,
        "standing": standing_cells(row, rows),
        "total": row.total.text,
        "bar": [[colour, width] for colour, width, _ in segments(row, rows.heads)],
        "points": [figure.text for figure in row.points],
        "price": row.price.text,
    }


def _bids(rows: RoundRows) -> list[list[str]]:
    """Mark, outcome and sentence of the bids of which the ranking does not say all."""
    listed = (*(() if rows.ranked else rows.advanced), *rows.out)
    return [[DRAWN[row.outcome], row.outcome, row.sentence] for row in listed]


def _more(count: int, words: Words) -> str:
    return words.more(count) if count else ""
