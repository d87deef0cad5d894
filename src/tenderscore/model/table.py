"""A table as it was read: typed columns, and the place behind every cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tenderscore.errors import Place, Problem
from tenderscore.model.columns import Column, ValueColumn
from tenderscore.model.records import record


def _no_line(_number: int) -> str | None:
    return None


@record
class Table:
    """Rows and columns of one CSV file or worksheet.

    ``columns`` has the typed columns by their header, without the ``[]`` that marks a list;
    ``texts`` those that are text whatever they look like (ids, names), in which equal texts have
    equal codes. No header is in both. ``place`` gives the place of a cell by row (from 0, None for
    the row of the headers) and header, ``line`` the text of a line or of a worksheet's row, for
    quoting.
    """

    file: str
    rows: int
    columns: Mapping[str, Column]
    texts: Mapping[str, ValueColumn]
    place: Callable[[int | None, str | None], Place]
    problems: tuple[Problem, ...] = ()
    line: Callable[[int], str | None] = _no_line
