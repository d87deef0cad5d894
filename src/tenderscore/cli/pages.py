"""The pages that describe problem codes: docs/problems in the repository, carried in the wheel."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderscore.reports import Style

_PACKAGE = Path(__file__).parents[1]
_FENCE = "```"
_CODE = re.compile(r"`([^`]+)`")


def folder() -> Path:
    """Where the pages are: in the package, else in the repository that it is run from."""
    carried = _PACKAGE / "problems"
    return carried if carried.is_dir() else _PACKAGE.parents[1] / "docs" / "problems"


def codes() -> list[str]:
    """Every code that has a page."""
    return sorted(path.stem for path in folder().glob("*.md") if path.stem != "README")


def page(code: str) -> str:
    """The page of a code, in Markdown."""
    return (folder() / f"{code}.md").read_text(encoding="utf-8")


def title(code: str) -> str:
    """What a page's first line says after the code: ``# weight-sum: weights do not ...``."""
    return page(code).partition("\n")[0].removeprefix(f"# {code}: ")


def laid_out(text: str, style: Style) -> str:
    """A page for a screen: paragraphs filled, headings strong; else as it is but for its code.

    Code is set in everywhere.
    """
    if not style.terminal:
        return "\n\n".join(map(_set_in, _blocks(text))) + "\n"
    return "\n".join(_lines(text, style))


def _lines(text: str, style: Style) -> Iterator[str]:
    strong = ("\x1b[1m", "\x1b[0m") if style.colour else ("", "")
    width = min(style.width, 88)
    for block in _blocks(text):
        if block.startswith("#"):
            yield strong[0] + block.lstrip("# ") + strong[1]
        elif block.startswith(_FENCE):
            yield _set_in(block)
        else:
            yield textwrap.fill(_CODE.sub(r"\1", block), width)
        yield ""


def _set_in(block: str) -> str:
    """A block of code without its fences, any other as it is."""
    if not block.startswith(_FENCE):
        return block
    return textwrap.indent("\n".join(block.split("\n")[1:-1]), "    ")


def _blocks(text: str) -> Iterator[str]:
    """Headings, paragraphs and fenced code, one by one."""
    gathered: list[str] = []
    fenced = False
    for line in [*text.split("\n"), ""]:
        fenced ^= line.startswith(_FENCE)
        if line or fenced:
            gathered.append(line)
        elif gathered:
            yield "\n".join(gathered)
            gathered = []
