"""Draw docs/picture.svg: what `tenderscore evaluate` prints of one lot of the example."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from rich.cells import cell_len

import tenderscore
from tenderscore.reports import REPORTS, Style

HERE = Path(__file__).parent
BIDS = "examples/outsourcing/bids"
LOT = "customer-service"
WIDTH, MARGIN, TOP = 120, 18, 40
CELL, LINE, SIZE = 8.4, 19, 14
FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace"
CLASSES = {"0": "", "1": "strong", "2": "faint", "32": "good", "33": "doubtful", "1;31": "bad"}
STYLE = f"""
text {{ font: {SIZE}px {FONTS}; fill: #d7dce2; white-space: pre; }}
.strong, .bad {{ font-weight: bold; }} .faint {{ fill: #8b949e; }}
.good {{ fill: #5bc98a; }} .doubtful {{ fill: #e3b04b; }} .bad {{ fill: #ff7b72; }}
"""

_CODE = re.compile(r"\x1b\[([\d;]*)m")
_RUN = re.compile(r"[█▏▎▍▌▋▊▉]+|[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+|[^ ]+(?: [^ ]+)*| +")
_EIGHTHS = "▏▎▍▌▋▊▉█"


def main() -> None:
    """Write the picture; the same example gives the same bytes."""
    (HERE / "picture.svg").write_text(picture(), encoding="utf-8")


def picture() -> str:
    """The command and what it prints, as an SVG that needs no network."""
    evaluation = tenderscore.evaluate(HERE.parent / BIDS, lots=[LOT])
    style = Style(width=WIDTH, colour=True, terminal=True)
    printed = REPORTS["table"].render(evaluation, style).decode().rstrip("\n")
    command = f"$ tenderscore evaluate {BIDS} --lot {LOT}"
    lines = [f"\x1b[1m{command}\x1b[0m", "", *printed.split("\n")]
    width, height = 2 * MARGIN + WIDTH * CELL, TOP + len(lines) * LINE + MARGIN
    body = (part for number, line in enumerate(lines) for part in drawn(line, number))
    return "\n".join([*frame(width, height), *body, "</svg>", ""])


def frame(width: float, height: float) -> Iterator[str]:
    """The window around the text."""
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    yield "<title>tenderscore evaluate, on the outsourcing example</title>"
    yield f"<style>{STYLE}</style>"
    yield f'<rect width="{width:g}" height="{height:g}" rx="8" fill="#161b22"/>'
    for number, colour in enumerate(("#ff5f57", "#febc2e", "#28c840")):
        yield f'<circle cx="{MARGIN + 4 + 18 * number}" cy="18" r="5.5" fill="{colour}"/>'


def drawn(line: str, number: int) -> Iterator[str]:
    """A line as texts and bars, each at its own cell, so that no font can shift it."""
    column, css = 0, ""
    for at, part in enumerate(_CODE.split(line)):
        if at % 2:
            css = CLASSES[part]
            continue
        for run in _RUN.findall(part):
            if run.strip():
                yield (
                    bar(run, column, number, css)
                    if run[0] in _EIGHTHS
                    else text(run, column, number, css)
                )
            column += cell_len(run)


def text(run: str, column: int, number: int, css: str) -> str:
    """Some characters of one width."""
    x, y = MARGIN + column * CELL, TOP + number * LINE + SIZE
    length = f'textLength="{cell_len(run) * CELL:g}" lengthAdjust="spacingAndGlyphs"'
    of_class = f' class="{css}"' if css else ""
    return f'<text x="{x:g}" y="{y:g}" {length}{of_class}>{escape(run)}</text>'


def bar(run: str, column: int, number: int, css: str) -> str:
    """A bar of blocks as one rectangle."""
    eighths = sum(_EIGHTHS.index(block) + 1 for block in run)
    x, y = MARGIN + column * CELL, TOP + number * LINE + 3
    size = f'width="{eighths * CELL / 8:g}" height="{LINE - 7}"'
    return f'<rect x="{x:g}" y="{y:g}" {size} class="{css}"/>'


if __name__ == "__main__":
    main()
