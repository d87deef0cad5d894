"""What a page leaves out of an output (``...``), and how that is kept when the output changes."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

ELLIPSIS = "..."

_LINES_LEFT_OUT = re.compile(r"^\\\.\\\.\\\.\\\n", re.MULTILINE)
_ALIKE = 0.6


def agrees(said: str, printed: str) -> bool:
    r"""Whether a page shows what was printed; ``...`` stands for anything that was left out.

    >>> agrees("1 bid\n...\nend\n", "1 bid\n2 bids\n3 bids\nend\n")
    True
    """
    pattern = _LINES_LEFT_OUT.sub(r"(?:.*\\n)*?", re.escape(said))
    return re.fullmatch(pattern.replace(r"\.\.\.", ".*?"), printed) is not None


def elided_again(said: str, printed: str) -> str | None:
    r"""The output with the same left out; None where a line that was shown has no like any more.

    >>> elided_again("one\n...\nend of 3\n", "one\ntwo\nthree\nend of 4\n")
    'one\n...\nend of 4\n'
    """
    lines = printed.splitlines()
    kept: list[str] = []
    start = 0
    for line in said.splitlines():
        if line == ELLIPSIS:
            kept.append(line)
            continue
        found = _nearest(line, lines, start)
        if found is None:
            return None
        after_gap = kept and kept[-1] == ELLIPSIS
        kept += lines[found if after_gap else start : found + 1]
        start = found + 1
    if not kept or kept[-1] != ELLIPSIS:
        kept += lines[start:]
    return "".join(f"{line}\n" for line in kept)


def _nearest(line: str, lines: list[str], start: int) -> int | None:
    if line in lines[start:]:
        return lines.index(line, start)
    alike = [SequenceMatcher(None, line, other).ratio() for other in lines[start:]]
    best = max(alike, default=0)
    return start + alike.index(best) if best >= _ALIKE else None
