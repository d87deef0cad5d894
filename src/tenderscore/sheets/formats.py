"""The formats of score sheets; a new one is a module and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from tenderscore.sheets.score_sheet import ScoreSheet

SHEET_FORMATS: Mapping[str, str] = {
    "xlsx": "tenderscore.sheets.xlsx_sheet:xlsx_sheet",
    "csv": "tenderscore.sheets.text_sheets:csv_sheet",
    "yaml": "tenderscore.sheets.text_sheets:yaml_sheet",
}


def sheet_format(name: str) -> Callable[[ScoreSheet], bytes]:
    """What writes sheets in a format."""
    module, function = SHEET_FORMATS[name].split(":")
    write: Callable[[ScoreSheet], bytes] = getattr(import_module(module), function)
    return write
