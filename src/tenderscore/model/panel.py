"""What the panel scored (docs/reference/files.md)."""

from __future__ import annotations

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
    reason: str | None = None


@record
class Score:
    """One evaluator's score of one vendor on one criterion; ``lot`` None counts in every lot.

    ``score`` None is an abstention. ``reason`` says why it is another one than it was; ``was``
    holds what it was, newest first. ``vendor_place``, ``criterion_place`` and ``lot_place`` say
    where these are named.
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
    lot_place: Place | None = None


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


@record
class Out:
    """An evaluator who is out for a vendor, and why."""

    evaluator: str
    reason: str


@record
class PanelWorking:
    """What stands behind a panel criterion's value: all marks, and who was in conflict."""

    marks: tuple[Mark, ...]
    out: tuple[Out, ...]
