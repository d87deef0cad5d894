"""A chart: axes, lines, references and bids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, pairwise

from docs.generate.pictures import svg
from docs.generate.pictures.axis import Axis, written
from docs.generate.pictures.curve import Point, Points, lines
from docs.generate.pictures.placing import Box, Placing, width

WIDTH = 640
LEFT, RIGHT = 560, 6080
_UNDER = 50
_TOP, _ROW, _ROOM = 380, 160, 180


@dataclass(frozen=True)
class Line:
    """A rule's line; ``name`` stands in the legend where there are several."""

    name: str
    points: Points
    turns: tuple[Fraction, ...] = ()


@dataclass(frozen=True)
class Bid:
    """A bid at its place; ``label`` is what is written beside it."""

    label: str
    x: Fraction
    y: Fraction


@dataclass(frozen=True)
class Chart:
    """What is drawn. ``marks`` are upright lines, each with its words.

    ``levels`` are the lowest and highest number of the upright axis, and the step of its ticks;
    ``bottom`` is where it ends, in tenths.
    """

    title: str
    across: Axis
    across_title: str
    lines: tuple[Line, ...]
    up_title: str = "points"
    bottom: int = 3000
    levels: tuple[Fraction, Fraction, Fraction] = (Fraction(0), Fraction(100), Fraction(20))
    bids: tuple[Bid, ...] = ()
    marks: tuple[tuple[str, Fraction], ...] = ()


@dataclass(frozen=True)
class _Drawing:
    """A chart with the places of all in it."""

    chart: Chart
    up: Axis
    words: tuple[tuple[str, int, Box], ...]
    lines: list[list[list[Point]]]
    dots: list[Point]


def drawn(chart: Chart) -> str:
    """The chart as an SVG."""
    made = _laid_out(chart)
    rows = -(-len(chart.lines) // _columns(chart)) if _columns(chart) else 0
    height = chart.bottom // 10 + _UNDER + 18 * rows
    parts = [
        svg.text(160, 240, chart.title, "text title"),
        *_grid(made),
        *_marks(made),
        *_lines_and_bids(made),
        *_legend(chart),
    ]
    return svg.document(WIDTH, height, chart.title, parts)


def _laid_out(chart: Chart) -> _Drawing:
    words = _words(chart)
    up = Axis(
        *chart.levels, chart.bottom, max((box.bottom for *_, box in words), default=_TOP) + _ROOM
    )
    return _Drawing(
        chart,
        up,
        words,
        [lines(each.points, chart.across, up, each.turns) for each in chart.lines],
        [(chart.across.place(bid.x), up.place(bid.y)) for bid in chart.bids],
    )


def _words(chart: Chart) -> tuple[tuple[str, int, Box], ...]:
    """The words of the marks under the title, in as many rows as they need."""
    found: list[tuple[str, int, Box]] = []
    for words, at in chart.marks:
        x, wide = chart.across.place(at), width(words)
        left = min(max(x - wide // 2, chart.across.start), chart.across.end - wide)
        rows = (Box(left, y, left + wide, y + _ROW) for y in count(_TOP, _ROW))
        taken = [box for *_, box in found]
        found.append((words, x, next(box for box in rows if not any(map(box.overlaps, taken)))))
    return tuple(found)


def _grid(made: _Drawing) -> Iterator[str]:
    across, up = made.chart.across, made.up
    for tick in up.ticks():
        y = up.place(tick)
        yield svg.line((across.start, y), (across.end, y), "grid")
        yield svg.text(across.start - 80, y + 40, written(tick), "faint", "end")
    for tick in across.ticks():
        x, words = across.place(tick), written(tick)
        yield svg.line((x, up.start), (x, up.start + 50), "edge")
        middle = min(x, 10 * WIDTH - 60 - width(words) // 2)
        yield svg.text(middle, up.start + 190, words, "faint", "middle")
    yield svg.line((across.start, up.start), (across.end, up.start), "edge")
    middle = (across.start + across.end) // 2
    yield svg.text(middle, up.start + 370, made.chart.across_title, "text", "middle")
    yield svg.text(160, up.end - 130, made.chart.up_title)


def _marks(made: _Drawing) -> Iterator[str]:
    for words, x, box in made.words:
        yield svg.line((x, box.bottom), (x, made.up.start), "reference")
        yield svg.text(box.left, box.bottom - 40, words, "faint")


def _lines_and_bids(made: _Drawing) -> Iterator[str]:
    for number, each in enumerate(made.lines):
        yield svg.path(each, f"c{number}")
    across, up = made.chart.across, made.up
    frame = Box(across.start, up.end - _ROOM, across.end + 220, up.start)
    placing = Placing(frame, made.dots, [*_along(made.lines), *_upright(made)])
    for bid, dot in zip(made.chart.bids, made.dots, strict=True):
        box = placing.beside(dot, bid.label)
        yield svg.dot(dot)
        yield svg.text((box.left + box.right) // 2, box.bottom - 30, bid.label, "text", "middle")


def _upright(made: _Drawing) -> Iterator[Point]:
    for _, x, box in made.words:
        yield from ((x, y) for y in range(box.bottom, made.up.start, 20))


def _along(found: Sequence[Sequence[Sequence[Point]]]) -> Iterator[Point]:
    """Points on the lines, close together."""
    for run in (points for each in found for points in each):
        for (x, y), (to_x, to_y) in pairwise(run):
            count = max(abs(to_x - x), abs(to_y - y)) // 20 + 1
            for step in range(count + 1):
                yield x + (to_x - x) * step // count, y + (to_y - y) * step // count


def _columns(chart: Chart) -> int:
    """How many names stand beside each other in the legend; none where there is one line."""
    if len(chart.lines) < 2:
        return 0
    return 3 if max(width(each.name) for each in chart.lines) < 1650 else 2


def _legend(chart: Chart) -> Iterator[str]:
    for number, each in enumerate(chart.lines if _columns(chart) else ()):
        row, column = divmod(number, _columns(chart))
        x, y = 160 + column * 6240 // _columns(chart), chart.bottom + 580 + row * 180
        yield svg.line((x, y - 40), (x + 340, y - 40), f"c{number}")
        yield svg.text(x + 420, y, each.name)
