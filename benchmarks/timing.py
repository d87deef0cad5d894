"""Timing that compares: two pieces of work in turn, several times, and the median ratio."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """How one piece of work compares with another; ``most`` is the ratio that was promised."""

    name: str
    ours: float
    theirs: float
    most: float | None

    @property
    def ratio(self) -> float:
        """Ours over theirs."""
        return self.ours / self.theirs

    @property
    def row(self) -> str:
        """A row of the table in docs/benchmarks.md."""
        limit = "" if self.most is None else f"{self.most:g}"
        kept = "" if self.most is None else ("yes" if self.ratio <= self.most else "NO")
        return f"| {self.name} | {self.ratio:.2f} | {limit} | {kept} |"


def compared(
    name: str, ours: Callable[[], object], theirs: Callable[[], object], most: float, runs: int = 5
) -> Ratio:
    """Both in turn after a warm-up; the run with the median ratio."""
    ours()
    theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
    middle = statistics.median_low([mine / other for mine, other in pairs])
    mine, other = next(pair for pair in pairs if pair[0] / pair[1] == middle)
    return Ratio(name, mine, other, most)


def seconds(work: Callable[[], object]) -> float:
    """The wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
