"""The worksheet of one lot: a line for every score to give, and what its cells take."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

from xlsxwriter.utility import xl_range, xl_range_abs

from tenderscore.errors import Message
from tenderscore.sheets.labels import Labels
from tenderscore.sheets.record import AskedBlock
from tenderscore.sheets.score_sheet import Block, Part, Question, ScoreSheet
from tenderscore.sheets.xlsx_looks import COMMENT, CRITERION, MEANING, SCORE, VENDOR, WIDTHS, Looks
from tenderscore.sheets.xlsx_rules import (
    Run,
    at_row,
    by_rule,
    lacks_comment,
    literal,
    number_rule,
    quoted,
    runs,
)

HEAD_ROW = 4
FIRST_ROW = 5
_TITLE_ROW, _ABOUT_ROW, _HOW_ROW, _SPACE_ROW = range(4)
_A4 = 9
_PROTECTION = {"autofilter": True, "format_rows": True, "format_columns": True}
# However many lines a worksheet has: nothing stands under the last one.
_ALL_SCORES = f"$D${FIRST_ROW + 1}:$D$1048576"


_Piece = tuple[str, str]
"""A text and, before it, its look."""


class PartSheet:
    """The worksheet of one part of a score sheet; ``names`` are those of all worksheets."""

    def __init__(
        self,
        worksheet: Any,
        looks: Looks,
        labels: Labels,
        part: Part,
        names: Sequence[str],
    ) -> None:
        self._worksheet = worksheet
        self._looks = looks
        self._labels = labels
        self._part = part
        self._names = names
        self._last = FIRST_ROW + part.size - 1
        self._told: dict[Question, tuple[list[_Piece], list[_Piece]]] = {}

    def write(
        self, sheet: ScoreSheet, list_of: Callable[[Question], str | None]
    ) -> list[AskedBlock]:
        """Write everything; what was asked, and where. ``list_of`` says where scores are listed."""
        self._set_page(sheet)
        self._write_top(sheet)
        blocks: list[AskedBlock] = []
        asked: list[tuple[int, Question]] = []
        for block in self._part.blocks:
            row = FIRST_ROW + len(asked)
            blocks.append(self._write_block(row, block))
            asked += enumerate(block.questions, row)
        self._guard(asked, list_of)
        self._colour(asked)
        return blocks

    def _set_page(self, sheet: ScoreSheet) -> None:
        worksheet = self._worksheet
        for column, width in enumerate(WIDTHS):
            worksheet.set_column(column, column, width)
        worksheet.hide_gridlines(2)
        worksheet.freeze_panes(FIRST_ROW, 0)
        worksheet.set_landscape()
        worksheet.set_paper(_A4)
        worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        worksheet.fit_to_pages(1, 0)
        worksheet.repeat_rows(HEAD_ROW)
        name = self._labels.words.name(sheet.name).replace("&", "&&")
        worksheet.set_footer(f"&L{name}&C&A&R&P / &N")
        worksheet.autofilter(HEAD_ROW, VENDOR, self._last, COMMENT)
        worksheet.set_selection(FIRST_ROW, SCORE, FIRST_ROW, SCORE)
        worksheet.protect("", _PROTECTION)
        comments = xl_range(FIRST_ROW, COMMENT, self._last, COMMENT)
        worksheet.ignore_errors({"number_stored_as_text": comments})

    def _write_top(self, sheet: ScoreSheet) -> None:
        look, labels, worksheet = self._looks.look, self._labels, self._worksheet
        about = [str(labels.words.name(sheet.name))]
        if len(self._names) > 1:
            about.append(labels.lines(self._part.title))
            self._write_progress(_TITLE_ROW, sheet.size, self._names)
        worksheet.set_row(_TITLE_ROW, 26)
        worksheet.write_string(_TITLE_ROW, 0, labels.heading(sheet), look("title"))
        worksheet.set_row(_ABOUT_ROW, 20)
        worksheet.write_string(_ABOUT_ROW, 0, " · ".join(about), look("about"))
        self._write_progress(_ABOUT_ROW, self._part.size, ())
        how = labels.how()
        worksheet.set_row(_HOW_ROW, self._looks.height([(how, sum(WIDTHS))]))
        worksheet.merge_range(_HOW_ROW, VENDOR, _HOW_ROW, COMMENT, how, look("how"))
        worksheet.set_row(_SPACE_ROW, 6)
        worksheet.set_row(HEAD_ROW, 22)
        for column, head in enumerate(labels.heads()):
            worksheet.write_string(HEAD_ROW, column, head, look("head"))

    def _write_progress(self, row: int, size: int, names: Sequence[str]) -> None:
        """``12 of 36 scored``, worked out by the workbook as cells are filled."""
        cells = ",".join(f"{quoted(name)}!{_ALL_SCORES}" for name in names) or self._scores()
        before, after = self._labels.progress(size, several=bool(names))
        pieces = [literal(before)] if before else []
        formula = "=" + "&".join([*pieces, f"COUNTA({cells})", literal(after)])
        look = self._looks.look("progress")
        self._worksheet.merge_range(row, SCORE, row, COMMENT, "", look)
        self._worksheet.write_formula(row, SCORE, formula, look, f"{before}0{after}")

    def _scores(self) -> str:
        cells: str = xl_range_abs(FIRST_ROW, SCORE, self._last, SCORE)
        return cells

    def _write_block(self, row: int, block: Block) -> AskedBlock:
        vendor = self._labels.vendor(block)
        asked = tuple(
            (question.id, self._write_line(at, vendor, question, is_first=at == row))
            for at, question in enumerate(block.questions, row)
        )
        worksheet = self._worksheet.get_name()
        return AskedBlock(worksheet, block.lot, block.vendor, vendor, row + 1, asked)

    def _write_line(self, row: int, vendor: str, question: Question, *, is_first: bool) -> str:
        """One score to give; the text that its criterion's cell shows."""
        first = ("first",) if is_first else ()
        look, worksheet = self._looks.look, self._worksheet
        worksheet.write_string(row, VENDOR, vendor, look("cell", "vendor", *first))
        if question not in self._told:
            self._told[question] = list(self._criterion(question)), list(self._meaning(question))
        left, right = self._told[question]
        criterion = self._write(row, CRITERION, left, first)
        meaning = self._write(row, MEANING, right, first)
        worksheet.write_blank(row, SCORE, None, look("cell", "score", *first))
        worksheet.write_blank(row, COMMENT, None, look("cell", "comment", *first))
        texts = [
            (vendor, WIDTHS[VENDOR]),
            (criterion, WIDTHS[CRITERION]),
            (meaning, WIDTHS[MEANING]),
        ]
        worksheet.set_row(row, self._looks.height(texts))
        return criterion

    def _criterion(self, question: Question) -> Iterator[_Piece]:
        """The looks and texts of a criterion: what it belongs to, its title, its guidance."""
        above, title, guidance = self._labels.criterion(question)
        if above:
            yield "faint", f"{above}\n"
        yield "strong", title
        if guidance:
            yield "text", f"\n{guidance}"

    def _meaning(self, question: Question) -> Iterator[_Piece]:
        """The looks and texts of what the scores mean."""
        yield "faint", self._labels.rules(question)
        for score, meaning in self._labels.rubric(question):
            yield "strong", f"\n{score}"
            yield "text", f"  {meaning}"

    def _write(
        self, row: int, column: int, pieces: Sequence[_Piece], first: tuple[str, ...]
    ) -> str:
        """A cell whose text has several looks; all of it."""
        look = self._looks.look
        whole = "".join(text for _, text in pieces)
        if len(pieces) == 1:
            self._worksheet.write_string(row, column, whole, look("cell", pieces[0][0], *first))
        else:
            fragments = [part for name, text in pieces for part in (look(name), text)]
            self._worksheet.write_rich_string(row, column, *fragments, look("cell", *first))
        return whole

    def _guard(
        self, asked: Sequence[tuple[int, Question]], list_of: Callable[[Question], str | None]
    ) -> None:
        """Let no cell take what its criterion's scale does not have."""
        for question, rows in _alike(asked, lambda each: (each.low, each.high, each.step)):
            source = list_of(question)
            message = self._labels.refusal(question)
            for found in by_rule(runs(rows)):
                (first, last), *others = found
                rule = {
                    "validate": "custom" if source is None else "list",
                    "error_title": self._labels.say(Message("Not on the scale")),
                    "error_message": message,
                    "other_cells": [[row, SCORE, end, SCORE] for row, end in others],
                }
                if source is None:
                    rule["value"] = number_rule(first, question, self._labels.abstain)
                else:
                    rule["source"] = source
                self._worksheet.data_validation(first, SCORE, last, SCORE, rule)

    def _colour(self, asked: Sequence[tuple[int, Question]]) -> None:
        """A cell that was filled is white; a comment that is needed and lacking stands out."""
        for question, rows in _alike(asked, lacks_comment):
            condition = lacks_comment(question)
            for found in by_rule(runs(rows)) if condition else ():
                self._change(found, COMMENT, condition, "wanted")
        lines = [(FIRST_ROW, self._last)]
        self._change(lines, SCORE, '{score}<>""', "filled")
        self._change(lines, COMMENT, 'OR({score}<>"",{comment}<>"")', "filled")
        rule = {
            "type": "formula",
            "criteria": f"=COUNTA({self._scores()})={self._part.size}",
            "format": self._looks.change("done"),
        }
        self._worksheet.conditional_format(_ABOUT_ROW, SCORE, _ABOUT_ROW, COMMENT, rule)

    def _change(self, found: Sequence[Run], column: int, condition: str, name: str) -> None:
        (first, last), *_ = found
        rule = {
            "type": "formula",
            "criteria": at_row(condition, first),
            "format": self._looks.change(name),
            "stop_if_true": True,
            "multi_range": " ".join(xl_range(row, column, end, column) for row, end in found),
        }
        self._worksheet.conditional_format(first, column, last, column, rule)


def _alike(
    asked: Sequence[tuple[int, Question]], key: Callable[[Question], Hashable]
) -> Iterator[tuple[Question, list[int]]]:
    """Questions that are alike in something: one of them, and the rows of all."""
    found: dict[Hashable, tuple[Question, list[int]]] = {}
    for row, question in asked:
        found.setdefault(key(question), (question, []))[1].append(row)
    yield from found.values()
