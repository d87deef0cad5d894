"""Colour for the terminal, by what it means; nothing is said by colour alone."""

from __future__ import annotations

from typing import Literal

Meaning = Literal["plain", "strong", "faint", "good", "bad", "doubtful", "place"]

_CODES: dict[Meaning, str] = {
    "plain": "",
    "strong": "1",
    "faint": "2",
    "good": "32",
    "bad": "1;31",
    "doubtful": "33",
    "place": "36",
}


def inked(text: str, meaning: Meaning, *, colour: bool) -> str:
    """The text in the colour of its meaning, or as it is where colour is not wanted."""
    code = _CODES[meaning]
    return f"\x1b[{code}m{text}\x1b[0m" if colour and code and text else text
