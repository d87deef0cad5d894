"""A line of a file as a diagnostic quotes it, and where the carets go under it."""

from __future__ import annotations

import re

from rich.cells import cell_len

from tenderscore.reports._safe import visible

_TOKEN = re.compile(r"""\"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s,}\]]+?(?=:?(?:[\s,}\]]|$))|.""")
_TAB = 4
_SHORTEST = 20
_LONGEST = 2000


def quoted(line: str, column: int | str | None, width: int) -> tuple[str, int, int]:
    """The line made visible and clipped, the cells before the place, and how many it takes.

    The last is 0 where the column has a name and no number (tables).

    >>> quoted("weight: 35", 9, 80)
    ('weight: 35', 8, 2)
    """
    width = max(width, _SHORTEST)
    if not isinstance(column, int) or not 0 < column <= len(line) + 1:
        return _clipped(visible(line[:_LONGEST].expandtabs(_TAB)), width), 0, 0
    before, token, after = _divided(line, column - 1)
    before = _visible_with_tabs(before)
    lead = _tail(before, width // 2) if cell_len(before + token) > width else before
    place = _clipped(token, width - cell_len(lead))
    return _clipped(lead + place + after, width), cell_len(lead), max(cell_len(place), 1)


def _divided(line: str, start: int) -> tuple[str, str, str]:
    near = line[start : start + _LONGEST]
    found = _TOKEN.match(near)
    token = found[0].rstrip() if found else ""
    before = line[max(0, start - _LONGEST) : start]
    return before, visible(token), visible(near[len(token) :].rstrip())


def _visible_with_tabs(text: str) -> str:
    return visible(text.expandtabs(_TAB))


def _clipped(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    used, kept = 1, []
    for character in text:
        used += cell_len(character)
        if used > width:
            break
        kept.append(character)
    return "".join(kept) + "…"


def _tail(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    return _clipped(text[::-1], width)[::-1]
