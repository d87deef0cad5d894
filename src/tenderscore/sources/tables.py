"""Tables by the extension of their file; a new kind is one module and one line here.

A kind's module is loaded when such a file is read: folders of bids need none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol

from tenderscore.model.table import Table


class ReadTable(Protocol):
    """Reads one kind of table; ``texts`` are the headers whose cells are text as written."""

    def __call__(self, path: Path, name: str, *, texts: frozenset[str]) -> Table:
        """The table in the file at a path, under the name that people know it by."""


TABLE_SOURCES: Mapping[str, str] = {
    ".csv": "tenderscore.sources.csv_table:read",
    ".xlsx": "tenderscore.sources.xlsx_table:read",
}


def read_table(path: Path, name: str, *, texts: frozenset[str]) -> Table:
    """The table in a file whose extension, in any case, is one of ``TABLE_SOURCES``.

    ``name`` is the file as people know it. What is wrong with the file is in the table's problems.
    """
    module, function = TABLE_SOURCES[path.suffix.lower()].split(":")
    read: ReadTable = getattr(import_module(module), function)
    return read(path, name, texts=texts)
