"""What the panel scored (docs/reference/files.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tenderscore.errors import Message, Place
from tenderscore.model.records import record
from tenderscore.model.values import Number

ABSTAIN = "abstain"
"""The word in place of a score: the evaluator is out for that criterion and vendor."""


@record
class EarlierMark:
    """What stood in a score's place before it was changed."""

    score: Number | None
    comment: str | None


@record
class Score:
    """One evaluator's score of one vendor on one criterion; ``lot`` None counts in every lot.

    ``score`` None is an abstention. ``reason`` says why it is another one than it was; ``was``
    holds what it was, newest first. ``vendor_place`` and ``criterion_place`` say where these are
    named.
    """

    evaluator: str
    vendor: str
    criterion: str
    lot: str | None
    score: Number | None
    place: Place
    comment: str | None = None
    vendor_place: Place | None = None
    criterion_place: Place | None = None
    reason: str | None = None
    was: tuple[EarlierMark, ...] = ()


@record
class Mark:
    """A score beside the points that it led to: what it weighs, and whether it counts.

    ``out`` says why it does not.
    """

    evaluator: str
    name: str
    score: Number | None
    weight: Number
    comment: str | None
    place: Place
    out: Message | None = None

    @property
    def counted(self) -> bool:
        """Whether it is part of the aggregate."""
        return self.out is None


class Scores:
    """All scores, by criterion and vendor; those of a lot stand before those of every lot."""

    def __init__(self, scores: Iterable[Score] = ()) -> None:
        self._all: list[Score] = []
        self._general: dict[tuple[str, str], dict[str, Score]] = {}
        self._by_lot: dict[tuple[str, str, str], dict[str, Score]] = {}
        self.names: dict[str, str] = {}
        for score in scores:
            self._all.append(score)
            if score.lot is None:
                self._general.setdefault((score.criterion, score.vendor), {})[score.evaluator] = (
                    score
                )
            else:
                key = (score.lot, score.criterion, score.vendor)
                self._by_lot.setdefault(key, {})[score.evaluator] = score

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._all)

    def __iter__(self) -> Iterator[Score]:
        return iter(self._all)

    def given(self, lot: str, criterion: str, vendor: str) -> Sequence[Score]:
        """The scores that hold for a vendor on a criterion in a lot, by evaluator."""
        general = self._general.get((criterion, vendor), {})
        own = self._by_lot.get((lot, criterion, vendor), {})
        return [score for _, score in sorted({**general, **own}.items())]
