"""Tables by the extension of their file; a new kind is one module and one line here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from tenderscore.model.table import Table
from tenderscore.sources import csv_table


class ReadTable(Protocol):
    """Reads one kind of table; ``texts`` are the headers whose cells are text as written."""

    def __call__(self, path: Path, name: str, *, texts: frozenset[str]) -> Table:
        """The table in the file at a path, under the name that people know it by."""


def _read_xlsx(path: Path, name: str, *, texts: frozenset[str]) -> Table:
    # Archives and XML take as long to load as a small round takes to evaluate.
    from tenderscore.sources import xlsx_table  # noqa: PLC0415

    return xlsx_table.read(path, name, texts=texts)


TABLE_SOURCES: Mapping[str, ReadTable] = {
    ".csv": csv_table.read,
    ".xlsx": _read_xlsx,
}


def read_table(path: Path, name: str, *, texts: frozenset[str]) -> Table:
    """The table in a file whose extension, in any case, is one of ``TABLE_SOURCES``.

    ``name`` is the file as people know it. What is wrong with the file is in the table's problems.
    """
    return TABLE_SOURCES[path.suffix.lower()](path, name, texts=texts)
