"""Elements of an SVG: places are in tenths of a unit, so that no float is ever written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

_FONT = "12px system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', sans-serif"
# (class, light, dark): a picture on a page knows what the system prefers, not what the page has,
# so it brings its own ground.
_FILLS = (
    ("ground", "#ffffff", "#161b22"),
    ("text", "#1f2328", "#e6edf3"),
    ("faint", "#59636e", "#9198a1"),
    ("dot", "#1f2328", "#e6edf3"),
    ("open", "#ffffff", "#161b22"),
)
_STROKES = (
    ("edge", "#d1d9e0", "#3d444d"),
    ("grid", "#e6eaef", "#2b3138"),
    ("reference", "#9a6700", "#d29922"),
    ("open", "#1f2328", "#e6edf3"),
    ("c0", "#0969da", "#58a6ff"),
    ("c1", "#bc4c00", "#f0883e"),
    ("c2", "#1a7f37", "#3fb950"),
    ("c3", "#8250df", "#bc8cff"),
    ("c4", "#cf222e", "#ff7b72"),
    ("c5", "#57606a", "#b1bac4"),
    ("c6", "#8a6100", "#e3b341"),
    ("c7", "#bf3989", "#f778ba"),
    ("c8", "#1b7c83", "#39c5cf"),
    ("c9", "#4d2d00", "#d9a679"),
)
_DASHES = ("none", "7 3", "2 3", "9 3 2 3", "4 4", "12 4", "1 2", "6 2 2 2", "3 6", "8 2 2 2 2 2")
_LINES = {
    "reference": ".reference{stroke-dasharray:4 3}",
    "open": ".open{stroke-width:1.5}",
    **{
        f"c{number}": f".c{number}{{stroke-width:2;stroke-dasharray:{dashes}}}"
        for number, dashes in enumerate(_DASHES)
    },
}


def document(width: int, height: int, title: str, parts: Iterable[str]) -> str:
    """The whole picture on its ground."""
    body = "\n".join(parts)
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">\n'
        f"<title>{escape(title)}</title>\n<style>{_style(body)}</style>\n"
        f'<rect class="ground edge" width="{width}" height="{height}" rx="6"/>\n'
        f"{body}\n</svg>\n"
    )


def text(x: int, y: int, words: str, css: str = "text", anchor: str = "start") -> str:
    """A line of text that begins (``middle``: has its middle, ``end``: ends) at ``x``."""
    at = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{css}" x="{tenths(x)}" y="{tenths(y)}"{at}>{escape(words)}</text>'


def line(start: tuple[int, int], end: tuple[int, int], css: str) -> str:
    """A straight line."""
    return path([[start, end]], css)


def path(lines: Sequence[Sequence[tuple[int, int]]], css: str) -> str:
    """Lines from point to point."""
    drawn = "".join(
        "M" + "L".join(f"{tenths(x)} {tenths(y)}" for x, y in points) for points in lines
    )
    return f'<path class="{css}" d="{drawn}"/>'


def dot(at: tuple[int, int], css: str = "dot") -> str:
    """A dot."""
    return f'<circle class="{css}" cx="{tenths(at[0])}" cy="{tenths(at[1])}" r="4"/>'


def tenths(value: int) -> str:
    """A number of tenths.

    >>> tenths(125), tenths(120), tenths(-5)
    ('12.5', '12', '-0.5')
    """
    whole, rest = divmod(abs(value), 10)
    return f"{'-' if value < 0 else ''}{whole}" + (f".{rest}" if rest else "")


def _style(body: str) -> str:
    """The rules of the classes that are used."""
    used = {word for part in body.split('class="')[1:] for word in part.partition('"')[0].split()}
    used |= {"ground", "edge"}
    rules = [f"text{{font:{_FONT}}}path{{fill:none}}.title{{font-weight:600}}"]
    rules += [each for name, each in _LINES.items() if name in used]
    dark = f"@media(prefers-color-scheme:dark){{{_scheme(used, 2)}}}"
    return "".join(rules) + _scheme(used, 1) + dark


def _scheme(used: set[str], column: int) -> str:
    fills = [f".{row[0]}{{fill:{row[column]}}}" for row in _FILLS if row[0] in used]
    strokes = [f".{row[0]}{{stroke:{row[column]}}}" for row in _STROKES if row[0] in used]
    return "".join(fills + strokes)
