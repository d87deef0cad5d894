"""A workbook that came back: its cells against what the sheet behind them says was asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.panel import Score
from tenderscore.model.scalars import ScalarError, read_cell, shortened
from tenderscore.model.values import Number, is_number
from tenderscore.sheets.labels import is_abstention
from tenderscore.sheets.record import HIDDEN, Asked, AskedBlock, asked_of
from tenderscore.sheets.returned import Returned, Where, alone_problem, squeezed
from tenderscore.sheets.score_sheet import ABSTAIN, FORMAT
from tenderscore.sheets.xlsx_looks import COMMENT, CRITERION, SCORE, VENDOR
from tenderscore.sources.files import read_bytes
from tenderscore.sources.table_columns import AS_TEXT
from tenderscore.sources.workbook import MOST_BYTES, Sheet, Workbook, WorkbookError
from tenderscore.sources.worksheet import Row, column_letters, rows_of

_REMEMBERED = 4096
_WORDS = {"evaluator", "name", "round", "criteria"}
_WIDTHS = {"question": 4, "block": 7}


def returned_workbook(path: Path, name: str) -> Returned | None:
    """A score sheet as it came back; None where the workbook is none, or cannot be read at all."""
    data = read_bytes(path, name, MOST_BYTES)
    if isinstance(data, Problem):
        return None
    try:
        book = Workbook(data)
        hidden = _worksheet(book, HIDDEN)
        return None if hidden is None else _read(book, hidden, name)
    except WorkbookError:
        return None


def _worksheet(book: Workbook, name: str) -> Sheet | None:
    return next((sheet for sheet in book.sheets if sheet.name == name), None)


def _read(book: Workbook, hidden: Sheet, name: str) -> Returned:
    try:
        asked = asked_of(_hidden_rows(book, hidden))
    except ValueError:
        asked = Asked({}, ())
    if asked.words.get("format") == FORMAT and set(asked.words) >= _WORDS:
        return _Reading(book, asked, name).sheet()
    message = Message("this is no score sheet of this version, or it is damaged")
    problem = Problem("sheet-form", message, Place(name), Message("make the sheet anew"))
    return Returned(name, "", "", {}, False, (), {}, {}, (problem,), Place(name))


def _hidden_rows(book: Workbook, hidden: Sheet) -> Iterator[list[str]]:
    for row in rows_of(book, hidden):
        word = row.cells.get(0)
        if word is not None:
            yield [row.cells.get(column, "") for column in range(_WIDTHS.get(word, 2))]


class _Reading:
    """One workbook as it is read."""

    def __init__(self, book: Workbook, asked: Asked, name: str) -> None:
        self._book = book
        self._asked = asked
        self._name = name
        self._problems: list[Problem] = []
        self._scores: list[Score] = []
        self._blanks: dict[Where, Place] = {}
        self._vendors: dict[str, Place] = {}

    def sheet(self) -> Returned:
        """Everything that was filled in, and what is wrong with it."""
        worksheets: dict[str, list[AskedBlock]] = {}
        for block in self._asked.blocks:
            worksheets.setdefault(block.worksheet, []).append(block)
        for title, blocks in worksheets.items():
            self._read_worksheet(title, blocks)
        words = self._asked.words
        return Returned(
            file=self._name,
            evaluator=words["evaluator"],
            name=words["name"],
            criteria={words["round"]: words["criteria"]},
            is_blind=self._asked.is_blind,
            scores=tuple(self._scores),
            blanks=self._blanks,
            vendors=self._vendors,
            problems=tuple(self._problems),
            place=Place(self._name),
        )

    def _read_worksheet(self, title: str, blocks: list[AskedBlock]) -> None:
        found = _worksheet(self._book, title)
        if found is None:
            message = Message("the worksheet {sheet} is gone", sheet=title)
            self._problems.append(Problem("sheet-form", message, Place(self._name)))
            return
        rows = {row.number: row for row in rows_of(self._book, found)}
        for block in blocks:
            self._read_block(rows, block)

    def _read_block(self, rows: Mapping[int, Row], block: AskedBlock) -> None:
        vendor_place = self._at(block, block.first_row, VENDOR)
        self._vendors.setdefault(block.vendor, vendor_place)
        for number, (id_, label) in enumerate(block.questions, block.first_row):
            row = rows.get(number) or Row(number, {}, {})
            if self._is_unchanged(row, block, label):
                self._read_line(row, block, id_, vendor_place)

    def _is_unchanged(self, row: Row, block: AskedBlock, criterion: str) -> bool:
        for column, asked in ((VENDOR, block.label), (CRITERION, criterion)):
            found = _shown(row.cells.get(column, ""))
            if found != asked and squeezed(found) != squeezed(asked):
                template = "this said {asked!r} and now says {found!r}"
                message = Message(template, asked=shortened(asked), found=shortened(found))
                help_ = Message("enter the scores in the sheet as it was given out")
                place = self._at(block, row.number, column)
                self._problems.append(Problem("sheet-changed", message, place, help_))
                return False
        return True

    def _read_line(self, row: Row, block: AskedBlock, criterion: str, vendor: Place) -> None:
        faults = [column for column in (SCORE, COMMENT) if column in row.faults]
        for column in faults:
            fault, place = row.faults[column], self._at(block, row.number, column)
            self._problems.append(Problem(fault.code, fault.message, place, fault.help))
        if faults:
            return
        comment = _text(row.cells.get(COMMENT, ""))
        text = _plain(row.cells.get(SCORE, ""))
        place = self._at(block, row.number, SCORE)
        if not text:
            self._leave_blank((block.lot, block.vendor, criterion), place, comment)
            return
        try:
            score = _score(text)
        except ScalarError as error:
            self._problems.append(Problem(error.code, error.message, place, error.help))
            return
        evaluator = self._asked.words["evaluator"]
        mark = (block.vendor, criterion, block.lot, score, place, comment, vendor, place, None, ())
        self._scores.append(Score(evaluator, *mark))

    def _leave_blank(self, where: Where, place: Place, comment: str | None) -> None:
        self._blanks[where] = place
        if comment is not None:
            beside = replace(place, column=column_letters(COMMENT))
            self._problems.append(alone_problem(beside))

    def _at(self, block: AskedBlock, row: int, column: int) -> Place:
        return Place(self._name, row, column_letters(column), block.worksheet)


@lru_cache(_REMEMBERED)
def _score(text: str) -> Number | None:
    """The score that a cell has: a number, None for an abstention.

    Raises:
        ScalarError: it has neither.
    """
    if is_abstention(text):
        return None
    value = read_cell(text)
    if is_number(value):
        return value  # type: ignore[return-value] # is_number has just said so
    template = "a score is a number, or the word {word}, not {text!r}"
    raise ScalarError("score-form", Message(template, word=ABSTAIN, text=shortened(text)))


@lru_cache(_REMEMBERED)
def _plain(cell: str) -> str:
    """What was typed for a score, full-width digits as the usual ones."""
    return normalize("NFKC", _shown(cell)).strip()


def _shown(cell: str) -> str:
    return cell.removeprefix(AS_TEXT)


def _text(cell: str) -> str | None:
    """A comment; its line breaks alike whatever program saved it."""
    return _shown(cell).replace("\r\n", "\n").replace("\r", "\n").strip() or None
