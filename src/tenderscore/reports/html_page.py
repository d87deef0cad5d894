"""One HTML page with all that it needs in it: no script, nothing from a network."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from jinja2 import Environment, PackageLoader, StrictUndefined

from tenderscore.errors import Message
from tenderscore.model.result import Evaluation, LotResult, RoundResult
from tenderscore.reports._criteria import CriterionRow, criterion_rows
from tenderscore.reports._lots import LotRows, counts_line, heading, lot_rows, warning_row
from tenderscore.reports._rows import OUTCOMES, RankedRow, RoundRows, scored
from tenderscore.reports._style import Style
from tenderscore.reports._words import Words

_TOP = 1000
_COMPARED = 40
_MARKS = {"advanced": "✓", "not_advanced": "–", "eliminated": "✗"}


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """``--format html``: a page to publish, print or mail."""

    def render(self, evaluation: Evaluation, style: Style) -> bytes:
        """The whole page."""
        words = Words.people(style.language)
        top = max(style.top, _TOP)
        page = _environment(words).get_template("page.html").render(
            language=style.language,
            heading=heading(evaluation, words),
            facts=_facts(evaluation, words),
            lots=[_Lot(lot, lot_rows(lot, evaluation, top, words), words) for lot in evaluation.lots.values()],
            currency=evaluation.tender.currency and words.name(evaluation.tender.currency),
            warnings=[warning_row(problem, words) for problem in evaluation.warnings[:top]],
            more_warnings=max(len(evaluation.warnings) - top, 0),
            counts=counts_line(evaluation.counts, words),
        )
        return page.encode()
