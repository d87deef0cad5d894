"""The panel's scores in whatever files they lie: score files, tables, sheets that came back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tenderscore.api.reading import Reader
from tenderscore.errors import Problem
from tenderscore.model.panel import Score
from tenderscore.model.scores import ScoreColumns, Scores
from tenderscore.model.table import Table
from tenderscore.sources.scores import SHEET_MARK, TABLE_TEXTS, scores_of_document

if TYPE_CHECKING:
    from tenderscore.sheets.returned import Returned


class ScoreFiles:
    """Reads files of scores; sheets are put by until the criteria are known."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._sheets: list[Returned] = []
        self._scores: list[Score] = []
        self._tables: list[ScoreColumns] = []
        self._names: dict[str, str] = {}
        self.problems: list[Problem] = []

    def scores(self) -> Scores:
        """Everything that was taken."""
        scores = Scores(self._scores, self._tables)
        scores.names.update(self._names)
        return scores

    def read(self, files: Iterable[Path]) -> None:
        """Take the scores of files."""
        for file in files:
            if file.suffix.lower() == ".xlsx":
                self._read_workbook(file)
            elif file.suffix.lower() == ".csv":
                self._read_table(self._reader.table(file, TABLE_TEXTS))
            else:
                self._read_document(file)

    def take_sheets(self, criteria: Callable[[], Mapping[str, str]]) -> None:
        """Take the scores of the sheets that were made for these criteria."""
        if self._sheets:
            from tenderscore.sheets.returned import decoded, sound_scores  # noqa: PLC0415

            sheets = [decoded(sheet, None) for sheet in self._sheets]
            scores, problems = sound_scores(sheets, criteria)
            self._scores += scores
            self.problems += [each for sheet in sheets for each in sheet.problems] + problems
            self._names |= {sheet.evaluator: sheet.name for sheet in sheets}

    def _read_workbook(self, file: Path) -> None:
        from tenderscore.sheets.xlsx_returned import returned_workbook  # noqa: PLC0415 - rare

        sheet = returned_workbook(file, self._reader.name(file))
        if sheet is None:
            self._read_table(self._reader.table(file, TABLE_TEXTS))
        else:
            self._reader.note(file)
            self._sheets.append(sheet)

    def _read_table(self, table: Table) -> None:
        if SHEET_MARK in table.texts:
            from tenderscore.sheets.text_returned import returned_table  # noqa: PLC0415 - rare

            self._sheets += returned_table(table)
            return
        from tenderscore.sources.score_tables import score_columns  # noqa: PLC0415 - not always

        columns, problems = score_columns(table)
        self._tables.append(columns)
        self.problems += problems

    def _read_document(self, file: Path) -> None:
        document = self._reader.document(file)
        if document.root.get("sheet") is not None:
            from tenderscore.sheets.text_returned import returned_document  # noqa: PLC0415 - rare

            self._sheets.append(returned_document(document))
            return
        found, problems, names = scores_of_document(document)
        self._scores += found
        self.problems += problems
        self._names |= names
