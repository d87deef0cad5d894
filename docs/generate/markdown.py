"""Markdown as the pages have it."""

from __future__ import annotations

from collections.abc import Sequence


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    r"""A Markdown table.

    >>> print(table(("key", "takes"), [("`a|b`", "text")]), end="")
    | key | takes |
    |---|---|
    | `a\|b` | text |
    """
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(_line(line, "|" if index == 1 else " | ") for index, line in enumerate(lines))


def _line(cells: tuple[str, ...], between: str) -> str:
    edge = between.strip()
    blank = "" if between == edge else " "
    escaped = [cell if between == edge else cell.replace("|", "\\|") for cell in cells]
    return f"{edge}{blank}{between.join(escaped)}{blank}{edge}\n"
