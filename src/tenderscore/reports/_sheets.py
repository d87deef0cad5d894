"""Writing a workbook: text that is only text, numbers with decimals, columns of fitting width."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO
from typing import Literal

from rich.cells import cell_len
from xlsxwriter import Workbook

from tenderscore.reports._json import number

Look = Literal["plain", "strong", "title", "head", "number head", "faint"]
_HEAD: dict[str, object] = {
    "bold": True,
    "bottom": 1,
    "bg_color": "#F0F2F5",
    "text_wrap": True,
    "valign": "bottom",
}

# A workbook carries the time of its making; this one stands for all.
CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_WIDEST, _NARROWEST = 60, 6
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_LOOKS: dict[Look, dict[str, object]] = {
    "plain": {},
    "strong": {"bold": True},
    "title": {"bold": True, "font_size": 14},
    "head": _HEAD,
    "number head": {**_HEAD, "align": "right"},
    "faint": {"font_color": "#6B7280"},
}
_A4 = 9
_DASHED = -1
_PAGE_AT_MOST = 240


class Book:
    """A workbook in memory."""

    def __init__(self) -> None:
        self._bytes = BytesIO()
        self.workbook = Workbook(self._bytes, OPTIONS)
        self.workbook.set_properties({"created": CREATED})
        self._formats: dict[tuple[Look, int | None], object] = {}
        self._sheets: list[Sheet] = []

    def sheet(self, name: str) -> Sheet:
        """A new sheet."""
        self._sheets.append(Sheet(self, name))
        return self._sheets[-1]

    def format(self, look: Look, decimals: int | None = None) -> object:
        """The format of a cell with text, or of one with a number of so many decimals."""
        key = (look, decimals)
        if key not in self._formats:
            settings: dict[str, object] = {"valign": "top", **_LOOKS[look]}
            if decimals == _DASHED:
                settings["num_format"] = '"-"'
            elif decimals is not None:
                settings["num_format"] = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._formats[key] = self.workbook.add_format(settings)
        return self._formats[key]

    def content(self) -> bytes:
        """The file; nothing can be written after it."""
        for sheet in self._sheets:
            sheet.set_widths()
        self.workbook.close()
        return self._bytes.getvalue()


class Sheet:
    """One sheet, written cell by cell; rows and columns count from 0."""

    def __init__(self, book: Book, name: str) -> None:
        self._book = book
        self._widths: dict[int, int] = {}
        self._levels: dict[int, int] = {}
        self.worksheet = book.workbook.add_worksheet(name)
        self.worksheet.set_landscape()
        self.worksheet.set_paper(_A4)

    def text(
        self, row: int, column: int, text: str, look: Look = "plain", *, fits: bool = True
    ) -> None:
        """Text, whatever it looks like; the column becomes wide enough where it ``fits``."""
        if text:
            self.worksheet.write_string(row, column, text, self._book.format(look))
        if fits:
            self._widen(column, cell_len(text))

    def number(
        self,
        row: int,
        column: int,
        value: Fraction | int | None,
        decimals: int,
        look: Look = "plain",
    ) -> None:
        """A number, or an empty cell where there is none."""
        if value is not None:
            cell_format = self._book.format(look, decimals)
            self.worksheet.write_number(row, column, number(value), cell_format)
            self._widen(column, len(f"{int(value):,}") + decimals + 1)

    def dash(self, row: int, column: int, look: Look = "plain") -> None:
        """A 0 to reckon with that shows as a dash."""
        self.worksheet.write_number(row, column, 0, self._book.format(look, _DASHED))

    def fold(self, column: int) -> None:
        """Put a column into the outline under the one before its group."""
        self._levels[column] = 1

    def set_widths(self) -> None:
        """Give each column the width that its cells asked for."""
        total = 0
        for column, width in self._widths.items():
            options = {"level": self._levels[column]} if column in self._levels else {}
            wide = min(max(width, _NARROWEST), _WIDEST) + 2
            total += wide
            self.worksheet.set_column(column, column, wide, None, options)
        # On paper as wide as a page, unless nobody could read it then.
        if total <= _PAGE_AT_MOST:
            self.worksheet.fit_to_pages(1, 0)

    def _widen(self, column: int, width: int) -> None:
        self._widths[column] = max(self._widths.get(column, 0), width)
