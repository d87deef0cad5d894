"""The pass mark of a panel: what the evaluators' totals have to come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from tenderscore.errors import Message
from tenderscore.model.exact import Mask, Rationals, weighted_sum
from tenderscore.model.fields import FileModel, Points, problem
from tenderscore.model.numerals import exact_text
from tenderscore.pipeline.points import Failure
from tenderscore.pipeline.rankings._sheets import Sheet


class PassMark(FileModel):
    """What it takes to pass: a mean of the evaluators' totals, or a total from most of them.

    The mean is rounded as a round's total is.
    """

    mean: Points | None = None
    majority: Points | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.mean is None) == (self.majority is None):
            raise problem("pass-mark", Message("a pass mark is either a mean or a majority"))
        return self

    def failures(self, sheets: Sequence[Sheet], decimals: int | None) -> Iterator[Failure]:
        """The bids that miss it."""
        failed = ~self._passes(sheets, decimals) if sheets else np.zeros(0, dtype=np.bool_)
        if failed.any():

            def message(position: int) -> Message:
                figure = self.figure(sheets, decimals, position)
                return Message("the pass mark is not met: {figure}", figure=figure)

            yield Failure("rule", "pass_mark", failed, message)

    def figure(self, sheets: Sequence[Sheet], decimals: int | None, position: int) -> Message:
        """What a bid has of what it takes."""
        if self.mean is not None:
            mean = exact_text(_mean(sheets, decimals).value(position))
            template = "a mean of {mean} points, where {mark} are needed"
            return Message(template, mean=mean, mark=exact_text(self.mean))
        template = "{n} of {evaluators} give {mark} points or more, where more than half have to"
        n = int(self._reached(sheets)[position])
        mark = exact_text(self.majority or 0)
        return Message(template, n=n, evaluators=len(sheets), mark=mark)

    def _passes(self, sheets: Sequence[Sheet], decimals: int | None) -> Mask:
        if self.mean is not None:
            return _mean(sheets, decimals).at_least(self.mean)
        return np.asarray(2 * self._reached(sheets) > len(sheets), dtype=np.bool_)

    def _reached(self, sheets: Sequence[Sheet]) -> NDArray[np.int64]:
        """How many sheets give each bid the mark."""
        masks = [sheet.total.at_least(self.majority or 0) for sheet in sheets]
        return np.asarray(np.sum(masks, axis=0), dtype=np.int64)


def _mean(sheets: Sequence[Sheet], decimals: int | None) -> Rationals:
    shares = [Fraction(1, len(sheets))] * len(sheets)
    totals = [sheet.total for sheet in sheets]
    return weighted_sum(totals, shares, len(totals[0])).rounded(decimals)
