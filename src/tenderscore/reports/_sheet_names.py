"""Names that spreadsheets take for sheets: short, without the characters that they forbid."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tenderscore.reports._safe import visible

_LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_RESERVED = "history"


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """A sheet name for each text, in their order.

    >>> sheet_names(["a/b", "a:b", ""])
    ['a_b', 'a_b (2)', '_']
    """
    names: list[str] = []
    taken = {_RESERVED}
    for text in wanted:
        plain = _FORBIDDEN.sub("_", visible(text)).strip().strip("'") or "_"
        name, number = _cut(plain, _LONGEST), 1
        while name.casefold() in taken:
            number += 1
            mark = f" ({number})"
            name = _cut(plain, _LONGEST - len(mark)) + mark
        taken.add(name.casefold())
        names.append(name)
    return names


def _cut(text: str, units: int) -> str:
    """The text within so many UTF-16 units, as Excel counts, not ending in an apostrophe."""
    kept = text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
    return kept.rstrip("'") or "_"
