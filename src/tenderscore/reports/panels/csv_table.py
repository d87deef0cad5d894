"""The panel's marks as CSV: a row for every mark that was given, is lacking, or cannot be given.

The columns are ``round, criterion, vendor, lots, evaluator, state, score, low, high, mean, median,
spread, agreed, place``; ``state`` is ``given``, ``lacking``, ``abstained`` or ``out``. Most
disagreement stands first. Formulas and encoding are as in the evaluation's CSV.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tenderscore.model.panel_analysis import Case, PanelAnalysis
from tenderscore.model.records import record
from tenderscore.reports._style import Style
from tenderscore.reports._words import Words
from tenderscore.reports.csv_table import decimal, inert, table

_COLUMNS = (
    *("round", "criterion", "vendor", "lots", "evaluator", "state", "score", "low", "high"),
    *("mean", "median", "spread", "agreed", "place"),
)


@record
class CsvTable:
    """``panel --format csv``."""

    def render(self, analysis: PanelAnalysis, style: Style) -> bytes:
        """The whole file."""
        words = Words.people(style.language)
        return table(list(_COLUMNS), (row for case in analysis.cases for row in _rows(case, words)))


def _rows(case: Case, words: Words) -> Iterator[dict[str, str]]:
    common = _common(case, words)
    for mark, number in zip(case.marks, case.scores, strict=True):
        evaluator = inert(words.show(mark.evaluator))
        place = inert(words.place(mark.place))
        score = decimal(Fraction(number))
        yield {**common, "evaluator": evaluator, "state": "given", "score": score, "place": place}
    for state, evaluators in (
        ("lacking", case.lacking),
        ("abstained", case.abstained),
        ("out", case.out),
    ):
        for each in evaluators:
            yield {**common, "evaluator": inert(words.show(each)), "state": state}


def _common(case: Case, words: Words) -> dict[str, str]:
    low, high = case.scale
    return {
        "round": inert(words.show(case.round)),
        "criterion": inert(words.show(case.criterion)),
        "vendor": inert(words.show(case.vendor)),
        "lots": inert("; ".join(map(words.show, case.lots))),
        "low": decimal(Fraction(low)),
        "high": decimal(Fraction(high)),
        "mean": decimal(case.mean),
        "median": decimal(case.median),
        "spread": decimal(case.spread),
        "agreed": decimal(case.agreed),
    }
