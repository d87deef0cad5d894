"""A score sheet as a workbook: only scores and comments can be typed, everything else is locked.

Each lot has a worksheet with a line for every score to give. A sheet that people do not see says
what was asked (``record.py``), and holds the scores that the cells offer.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs

from tenderscore.model.numerals import exact_text
from tenderscore.reports._json import number
from tenderscore.reports._sheet_names import sheet_names
from tenderscore.reports._sheets import CREATED, OPTIONS
from tenderscore.sheets.labels import Labels
from tenderscore.sheets.record import HIDDEN, Asked, AskedBlock
from tenderscore.sheets.score_sheet import FORMAT, Question, ScoreSheet
from tenderscore.sheets.xlsx_looks import Looks
from tenderscore.sheets.xlsx_part import PartSheet
from tenderscore.sheets.xlsx_rules import quoted

_LISTS_FROM = 9


def xlsx_sheet(sheet: ScoreSheet) -> bytes:
    """The workbook; the same for the same sheet."""
    return _Book(sheet).content()


class _Book:
    """The workbook as it is written."""

    def __init__(self, sheet: ScoreSheet) -> None:
        self._sheet = sheet
        self._labels = Labels(sheet.language)
        self._bytes = BytesIO()
        self._workbook = Workbook(self._bytes, OPTIONS)
        self._workbook.set_properties({"created": CREATED, "title": self._labels.heading(sheet)})
        self._looks = Looks(self._workbook, sheet.language)
        self._lists: dict[tuple[str, ...], str] = {}

    def content(self) -> bytes:
        """The whole file."""
        parts = self._sheet.parts
        titles = [self._labels.lines(part.title) for part in parts]
        hidden, *names = sheet_names([HIDDEN, *titles])
        worksheets = [self._workbook.add_worksheet(name) for name in names]
        self._hidden = self._workbook.add_worksheet(hidden)
        blocks: list[AskedBlock] = []
        for worksheet, part in zip(worksheets, parts, strict=True):
            written = PartSheet(worksheet, self._looks, self._labels, part, names)
            blocks += written.write(self._sheet, self._list_of)
        self._write_hidden(blocks)
        self._workbook.close()
        return self._bytes.getvalue()

    def _list_of(self, question: Question) -> str | None:
        """Where the scores stand that a criterion's cells offer; None where any number fits.

        They stand in cells and not in the rule itself: a list in a rule is text, and 0.5 is no
        number where the comma is the decimal point.
        """
        listed = question.listed()
        if listed is None:
            return None
        key = tuple(map(exact_text, listed))
        if key not in self._lists:
            column = _LISTS_FROM + len(self._lists)
            for row, score in enumerate(listed):
                self._hidden.write_number(row, column, number(score))
            self._hidden.write_string(len(listed), column, self._labels.abstain)
            cells = xl_range_abs(0, column, len(listed), column)
            self._lists[key] = f"={quoted(HIDDEN)}!{cells}"
        return self._lists[key]

    def _write_hidden(self, blocks: Sequence[AskedBlock]) -> None:
        sheet = self._sheet
        words = {
            "format": FORMAT,
            "version": sheet.version,
            "tender": sheet.tender or "",
            "round": sheet.round,
            "evaluator": sheet.evaluator,
            "name": sheet.name,
            "criteria": sheet.criteria,
            "blind": "yes" if sheet.is_blind else "no",
        }
        for row, cells in enumerate(Asked(words, tuple(blocks)).rows()):
            for column, text in enumerate(cells):
                self._hidden.write_string(row, column, text)
        self._hidden.protect()
        self._hidden.very_hidden()
