"""What the panel scored (docs/reference/files.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tenderscore.errors import Place
from tenderscore.model.records import record
from tenderscore.model.values import Number


@record
class Score:
    """One evaluator's score of one vendor on one criterion; ``lot`` None counts in every lot.

    ``vendor_place`` and ``criterion_place`` say where these are named.
    """

    evaluator: str
    vendor: str
    criterion: str
    lot: str | None
    score: Number
    place: Place
    comment: str | None = None
    vendor_place: Place | None = None
    criterion_place: Place | None = None


class Scores:
    """All scores, by criterion and vendor; those of a lot stand before those of every lot."""

    def __init__(self, scores: Iterable[Score] = ()) -> None:
        self._general: dict[tuple[str, str], dict[str, Score]] = {}
        self._by_lot: dict[tuple[str, str, str], dict[str, Score]] = {}
        self.count = 0
        self.names: dict[str, str] = {}
        for score in scores:
            self.count += 1
            if score.lot is None:
                self._general.setdefault((score.criterion, score.vendor), {})[score.evaluator] = (
                    score
                )
            else:
                key = (score.lot, score.criterion, score.vendor)
                self._by_lot.setdefault(key, {})[score.evaluator] = score

    def given(self, lot: str, criterion: str, vendor: str) -> Sequence[Score]:
        """The scores that count for a vendor on a criterion in a lot, by evaluator."""
        general = self._general.get((criterion, vendor), {})
        own = self._by_lot.get((lot, criterion, vendor), {})
        return [score for _, score in sorted({**general, **own}.items())]
