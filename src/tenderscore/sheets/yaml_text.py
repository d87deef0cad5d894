r"""Texts as YAML that reads back as the same text, whatever it looks like.

>>> scalar("acme"), scalar("NO, thanks"), scalar("007")
('acme', '"NO, thanks"', '"007"')
"""

from __future__ import annotations

import re

from tenderscore.model.scalars import ScalarError, read_scalar
from tenderscore.reports._safe import UNSEEN, visible

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_ESCAPED = re.compile(rf'["\\{UNSEEN}]')


def scalar(text: str) -> str:
    """A text as a scalar, in quotes unless it is a plain word."""
    if _PLAIN.fullmatch(text) and _reads_as_text(text):
        return text
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _reads_as_text(text: str) -> bool:
    """Whether a plain word reads as the text that it is."""
    try:
        return read_scalar(text) == text
    except ScalarError:
        return False


def comment(text: str, indent: int) -> list[str]:
    """Lines that say something to people and nothing to programs."""
    space = " " * indent
    return [f"{space}# {visible(line)}".rstrip() for line in text.split("\n")]


def remark(text: str) -> str:
    """A remark at the end of a line."""
    return f"  # {visible(text)}"


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if found[0] in '"\\':
        return "\\" + found[0]
    if found[0] == "\n":
        return r"\n"
    return rf"\U{code:08x}" if code > 0xFFFF else rf"\u{code:04x}"
