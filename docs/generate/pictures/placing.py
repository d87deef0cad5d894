"""Where labels go so that none hides another: places are tried in order, the best is taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from unicodedata import east_asian_width

_WIDE, _NARROW, _HEIGHT = 120, 68, 130
_ASIDE, _ABOVE = 80, 60
_OUTSIDE, _OVER_LABEL, _OVER_DOT, _OVER_LINE = 1000, 200, 60, 1


@dataclass(frozen=True)
class Box:
    """A rectangle in tenths of a unit."""

    left: int
    top: int
    right: int
    bottom: int

    def overlaps(self, other: Box) -> bool:
        """Whether the two share any place."""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)

    def within(self, other: Box) -> bool:
        """Whether it lies wholly in another."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom


@dataclass
class Placing:
    """Labels placed so far, and what they keep clear of: dots, and points of lines."""

    frame: Box
    dots: Sequence[tuple[int, int]]
    lines: Sequence[tuple[int, int]]
    taken: list[Box] = field(default_factory=list)

    def beside(self, dot: tuple[int, int], text: str) -> Box:
        """The best place for a dot's label."""
        choices = list(_around(dot, width(text)))
        best = min(choices, key=lambda box: (self._cost(box), choices.index(box)))
        self.taken.append(best)
        return best

    def _cost(self, box: Box) -> int:
        return (
            _OUTSIDE * (not box.within(self.frame))
            + _OVER_LABEL * sum(map(box.overlaps, self.taken))
            + _OVER_DOT * _inside(self.dots, box)
            + _OVER_LINE * _inside(self.lines, box)
        )


def width(text: str) -> int:
    """About how wide a text is; rather more than less, as nobody knows the font.

    >>> width("ash"), width("价格")
    (204, 240)
    """
    return sum(_WIDE if east_asian_width(each) in "WF" else _NARROW for each in text)


def _around(dot: tuple[int, int], wide: int) -> Iterable[Box]:
    x, y = dot
    half = _HEIGHT // 2
    for far in (1, 2, 3):
        for top in (y - _ABOVE * far - half, y + _ABOVE * far - half, y - half):
            for left in (x + _ASIDE * far, x - _ASIDE * far - wide):
                yield Box(left, top, left + wide, top + _HEIGHT)
        for top in (y - _HEIGHT - _ABOVE * far, y + _ABOVE * far):
            yield Box(x - wide // 2, top, x + wide // 2, top + _HEIGHT)


def _inside(points: Iterable[tuple[int, int]], box: Box) -> int:
    return sum(box.left < x < box.right and box.top < y < box.bottom for x, y in points)
