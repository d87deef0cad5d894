"""A rule's points as lines to draw: enough of them, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from docs.generate.pictures.axis import Axis

Point = tuple[int, int]
Points = Callable[[Sequence[Fraction]], list[Fraction | None]]

_SAMPLES = 560
_STEEP = Fraction(4)
_HALVINGS = 7
_NEAR = 2


def lines(points: Points, across: Axis, up: Axis, turns: Sequence[Fraction]) -> list[list[Point]]:
    """A rule over an axis; several lines where some values are refused."""
    step = (across.high - across.low) / _SAMPLES
    values = {across.low + each * step for each in range(_SAMPLES + 1)}
    values |= {each for each in turns if across.low <= each <= across.high}
    return [
        simplified([(across.place(x), up.place(y)) for x, y in run])
        for run in _runs(points, sorted(values))
    ]


def _runs(points: Points, values: Sequence[Fraction]) -> Iterator[list[tuple[Fraction, Fraction]]]:
    """The values that have points, in runs; near a jump there are more of them."""
    run: list[tuple[Fraction, Fraction]] = []
    for x, y in zip(values, points(values), strict=True):
        if y is None:
            if run:
                yield run
            run = []
            continue
        if run and abs(y - run[-1][1]) > _STEEP:
            run += _jump(points, run[-1], (x, y))
        run.append((x, y))
    if run:
        yield run


def _jump(
    points: Points, left: tuple[Fraction, Fraction], right: tuple[Fraction, Fraction]
) -> list[tuple[Fraction, Fraction]]:
    """Two values close together, between which the points jump."""
    for _ in range(_HALVINGS):
        middle = (left[0] + right[0]) / 2
        (y,) = points([middle])
        if y is None:
            break
        if abs(y - left[1]) < abs(y - right[1]):
            left = (middle, y)
        else:
            right = (middle, y)
    return [left, right]


def simplified(points: Sequence[Point]) -> list[Point]:
    """The points without which a line would be another.

    >>> simplified([(0, 0), (10, 10), (20, 20), (30, 0)])
    [(0, 0), (20, 20), (30, 0)]
    """
    if len(points) < 3:
        return list(points)
    away = [_away(point, points[0], points[-1]) for point in points[1:-1]]
    most = max(away)
    if most <= _NEAR:
        return [points[0], points[-1]]
    at = away.index(most) + 1
    return simplified(points[: at + 1])[:-1] + simplified(points[at:])


def _away(point: Point, start: Point, end: Point) -> int:
    """How far a point is above or under a line, in tenths of a unit."""
    if start[0] == end[0]:
        return 0
    level = start[1] + Fraction(end[1] - start[1], end[0] - start[0]) * (point[0] - start[0])
    return abs(round(point[1] - level))
