"""Where a bid stands by what its round ranks by, where that is not the total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction

from tenderscore.errors import Message
from tenderscore.model.records import record


@record
class Measure:
    """What a round ranks its bids by in place of the total; the lowest is first.

    ``id`` is its key in JSON, ``title`` the head of its column, ``said`` a bid's value in a
    sentence, with ``{amount}`` still open. ``evaluators`` are those whose ranks it adds up.
    """

    id: str
    title: Message
    said: Message
    evaluators: tuple[str, ...] = ()

    def saying(self, amount: object) -> Message:
        """A value in a sentence."""
        return Message(self.said.template, amount=amount)


@record
class Standing:
    """A bid's value, None where it has none; and its rank in each evaluator's sheet."""

    measure: Measure
    value: Fraction | None
    ranks: Mapping[str, Fraction] = field(default_factory=dict)
