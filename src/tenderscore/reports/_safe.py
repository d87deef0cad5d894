r"""Text from outside, made harmless: every character of it can be seen, on one line.

Control characters, terminal escapes, bidirectional marks, zero-width and other invisible characters
and all spaces but the two common ones come out as ``\n``, ``\x1b`` or ``\u202e``. Backslashes
before such an escape, or before text that looks like one, are doubled: two texts never look alike
because of it.
"""

from __future__ import annotations

import re
from functools import cache

# Unicode's controls, formats, surrogates, private use, separators (but for the space and the
# ideographic space), default-ignorable characters, fillers, and the empty Braille cell. Formats
# that are drawn, such as Arabic number signs, are not among them.
UNSEEN = (
    r"\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u2800\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0"
    r"\ufff0-\ufffc\ufffe\uffff\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U0010ffff"
)
_ODD = re.compile(
    rf"(?<!\\)(?P<run>\\*)(?P<unseen>[{UNSEEN}])"
    r"|(?<!\\)(?P<before>\\+)(?=[nrt]|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})"
)
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def visible(text: str) -> str:
    r"""Text on one line in which every character can be seen.

    >>> print(visible("Acme\x1b[31m"))
    Acme\x1b[31m
    >>> print(visible(r"Acme\x1b[31m"))
    Acme\\x1b[31m
    """
    return _ODD.sub(_escaped, text)


def digest(text: str) -> str:
    """Eight hexadecimal digits that tell two long texts apart."""
    from hashlib import sha256  # noqa: PLC0415 - few texts are long

    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def json_escaped(piece: str) -> bytes:
    r"""JSON as bytes, its unseen characters as ``\u`` escapes: the same data, nothing hidden."""
    if piece.isascii() and "\x7f" not in piece:
        return piece.encode()
    return _unseen_in_json().sub(_json_escape, piece).encode()


@cache
def _unseen_in_json() -> re.Pattern[str]:
    # Compiling it takes a while, which a table need not wait for.
    return re.compile(rf"[{UNSEEN}]")


def _escaped(found: re.Match[str]) -> str:
    before = found["before"]
    if before is not None:
        return before * 2
    return found["run"] * 2 + _escape(found["unseen"])


def _escape(character: str) -> str:
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if code > 0xFFFF:
        return rf"\U{code:08x}"
    return rf"\u{code:04x}" if code > 0xFF else rf"\x{code:02x}"


def _json_escape(found: re.Match[str]) -> str:
    character = found[0]
    if character == "\n":
        return character
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(rf"\u{units[start : start + 4]}" for start in range(0, len(units), 4))
