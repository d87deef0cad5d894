"""How a score sheet looks: the fonts of its language, the colours of what is to be filled."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil
from typing import Any

from rich.cells import cell_len
from xlsxwriter import Workbook

VENDOR, CRITERION, MEANING, SCORE, COMMENT = range(5)
WIDTHS = (20, 36, 42, 10, 44)

_FONTS = {"en": "Calibri", "zh-Hans": "Microsoft YaHei", "zh-Hant": "Microsoft JhengHei"}
_LINE_HEIGHTS = {"en": 13, "zh-Hans": 15, "zh-Hant": 15}
_PADDING, _LEAST, _MOST = 6, 32, 400
_INDENT = 2
_WIDE, _NARROW = 0.95, 0.82
_REMEMBERED = 4096
_INK, _FAINT, _RULE, _ACCENT = "#1F2933", "#6B7280", "#D5DAE1", "#1F4E79"
_TO_FILL, _WANTED, _DONE, _WHITE = "#FFF6D6", "#FBD9D3", "#DDF0E0", "#FFFFFF"

_LOOKS: dict[str, dict[str, Any]] = {
    "text": {},
    "title": {"bold": True, "font_size": 16, "font_color": _ACCENT, "valign": "vcenter"},
    "about": {"font_size": 11, "font_color": _FAINT, "valign": "vcenter"},
    "progress": {"bold": True, "font_size": 12, "align": "right", "valign": "vcenter"},
    "how": {"text_wrap": True, "valign": "top"},
    "head": {
        "bold": True,
        "font_color": _WHITE,
        "bg_color": _ACCENT,
        "valign": "vcenter",
        "indent": 1,
        "border": 1,
        "border_color": _ACCENT,
    },
    "cell": {
        "text_wrap": True,
        "align": "left",
        "valign": "top",
        "indent": 1,
        "border": 1,
        "border_color": _RULE,
    },
    "vendor": {"bold": True, "bg_color": "#F3F5F8"},
    "score": {
        "locked": False,
        "bold": True,
        "font_size": 14,
        "align": "center",
        "indent": 0,
        "valign": "vcenter",
        "bg_color": _TO_FILL,
    },
    # As text: a comment that begins with = or - is none the less a comment.
    "comment": {"locked": False, "num_format": "@", "bg_color": _TO_FILL},
    "first": {"top": 2, "top_color": _ACCENT},
    "strong": {"bold": True},
    "faint": {"font_color": _FAINT, "font_size": 9},
}
_CHANGES = {"filled": _WHITE, "wanted": _WANTED, "done": _DONE}


class Looks:
    """The formats of one workbook."""

    def __init__(self, workbook: Workbook, language: str) -> None:
        self._workbook = workbook
        self._font = _FONTS[language]
        self._line = _LINE_HEIGHTS[language]
        self._formats: dict[tuple[str, ...], Any] = {}

    def look(self, *names: str) -> Any:
        """A format made of several looks; a later one goes before an earlier one."""
        if names not in self._formats:
            settings = {"font_name": self._font, "font_size": 10, "font_color": _INK}
            for name in names:
                settings |= _LOOKS[name]
            self._formats[names] = self._workbook.add_format(settings)
        return self._formats[names]

    def change(self, name: str) -> Any:
        """What a cell turns to: ``filled``, ``wanted`` (a comment that is lacking), ``done``."""
        if (name,) not in self._formats:
            self._formats[name,] = self._workbook.add_format({"bg_color": _CHANGES[name]})
        return self._formats[name,]

    def height(self, texts: Sequence[tuple[str, int]]) -> float:
        """The height of a row with texts in columns (or columns together) of some widths."""
        lines = max(_lines(text, width) for text, width in texts)
        return min(max(lines * self._line + _PADDING, _LEAST), _MOST)


@lru_cache(_REMEMBERED)
def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column, rather one too many than one too few."""
    return sum(max(1, ceil(_width(line) / (width - _INDENT))) for line in text.split("\n"))


def _width(line: str) -> float:
    """How wide a line is, in digits of the usual size; Chinese characters are wider by far."""
    wide = cell_len(line) - len(line)
    return 2 * _WIDE * wide + _NARROW * (len(line) - wide)
