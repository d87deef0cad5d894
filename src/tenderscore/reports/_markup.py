"""Markdown in which text from outside stays text: no link, mention, HTML or heading comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

# An empty comment between two characters keeps GitHub from reading them together, and is not shown.
_APART = "<!-- -->"
_TOGETHER = re.compile(
    r"(?<=@)(?=\w)|(?<=#)(?=\d)|(?i:(?<=gh-)(?=\d))|(?<=:)(?=//)|(?i:(?<=www)(?=\.))"
    r"|(?<=:)(?=[\w+-]+:)"
)
_PIECE = re.compile(r"[&<>\\`*_\[\]|~$]|^[#+=-]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "<span>$</span>"}


def literal(text: str) -> str:
    r"""Text that Markdown shows as it is, also in a table.

    >>> literal("*Acme* | <b> @all")
    '\\*Acme\\* \\| &lt;b&gt; @<!-- -->all'
    """
    parts = _TOGETHER.split(text)
    return _APART.join(_PIECE.sub(_escaped, part) for part in parts)


def table(heads: Sequence[str], right: Sequence[bool], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table; texts are Markdown already."""
    rule = ["--:" if to_right else ":--" for to_right in right]
    return [f"| {' | '.join(row)} |" for row in (heads, rule, *rows)]


def _escaped(found: re.Match[str]) -> str:
    return _ENTITIES.get(found[0], f"\\{found[0]}")
