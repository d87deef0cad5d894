"""What method.yaml asks of the panel (docs/reference/files.md)."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Literal

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.fields import Counted, FileModel, ReadBy, problem, wrong_type
from tenderscore.model.values import is_number

_SHARE = re.compile(r"\s*(\d{1,9})\s*/\s*(\d{1,9})\s*")


def as_share(value: object) -> Fraction | None:
    """The number that ``2/3`` is; None of anything else."""
    found = _SHARE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    above, below = map(int, found.groups())
    return Fraction(above, below) if below else None


def _share(value: object) -> Fraction:
    """A share of the whole: ``2/3``, or a number of percent."""
    share = as_share(value)
    if is_number(value):
        share = Fraction(value) / 100  # type: ignore[call-overload] # is_number has just said so
    if share is None:
        raise wrong_type(Message("a share such as 2/3, or a number of percent"), value)
    if not 0 <= share <= 1:
        raise problem("share-range", Message("a share lies between 0 and the whole"))
    return share


Share = Annotated[
    Fraction,
    ReadBy(
        _share,
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 100},
                {"type": "string", "pattern": r"^\d+/\d+$"},
            ]
        },
    ),
]
CommentRule = Literal["always", "extremes", "never"]


class PanelRule(FileModel):
    """Who has to be on the panel, how many must be left to score, which scores need a comment."""

    quorum: Counted | None = None
    at_least: Counted | None = None
    odd: bool = False
    experts: Share | None = None
    comment: CommentRule = "never"


def quorum_problem(
    criterion: str, vendor: str | None, left: int, quorum: int, places: tuple[Place | None, Place]
) -> Problem:
    """That too few evaluators are left on a criterion, for a vendor or for all.

    ``places`` are those of the rule and of the criterion.
    """
    template = "evaluators left to score {criterion}: {left}; the quorum is {quorum}"
    if vendor is not None:
        template = (
            "evaluators left to score {criterion} of {vendor}: {left}; the quorum is {quorum}"
        )
    names = {"left": left, "criterion": criterion, "vendor": vendor, "quorum": quorum}
    also = ((Message("the criterion stands here"), places[1]),)
    return Problem("quorum", Message(template, **names), places[0], also=also)
