"""What one evaluator is asked: for every bid the criteria, with what each score means."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tenderscore.errors import Message
from tenderscore.model.numerals import exact_text
from tenderscore.model.panel_rule import CommentRule
from tenderscore.model.records import record
from tenderscore.model.text import Language, Title
from tenderscore.model.values import Number

FORMAT = "tenderscore/sheet/1"

ABSTAIN = Message("abstain")

_MOST_LISTED = 24


@record
class Question:
    """One criterion to score: ``above`` are the titles over its own, its group's first."""

    id: str
    above: tuple[Title, ...]
    title: Title
    guidance: Title | None
    rubric: tuple[tuple[Number, Title], ...]
    low: Number
    high: Number
    step: Number | None
    comment: CommentRule

    def listed(self) -> list[Number] | None:
        """Every score that can be given, lowest first; None where these are many or any number.

        >>> Question("g.x", (), Title("x"), None, (), 0, 1, Fraction(1, 2), "never").listed()
        [Fraction(0, 1), Fraction(1, 2), Fraction(1, 1)]
        """
        if self.step is None or (self.high - self.low) / Fraction(self.step) > _MOST_LISTED:
            return None
        count = (self.high - self.low) // Fraction(self.step)
        return [self.low + Fraction(self.step) * n for n in range(count + 1)]

    def scale(self) -> Message:
        """``0 to 5 in steps of 0.5``."""
        low, high = exact_text(self.low), exact_text(self.high)
        if self.step is None:
            return Message("{low} to {high}, decimals allowed", low=low, high=high)
        if self.step == 1:
            return Message("{low} to {high}, whole numbers", low=low, high=high)
        step = exact_text(self.step)
        return Message("{low} to {high} in steps of {step}", low=low, high=high, step=step)

    def comment_wanted(self) -> Message | None:
        """Which scores need a comment."""
        if self.comment == "always":
            return Message("Every score needs a comment.")
        if self.comment == "extremes":
            low, high = exact_text(self.low), exact_text(self.high)
            return Message("{low} and {high} need a comment.", low=low, high=high)
        return None


@record
class Block:
    """One bid to score; ``vendor`` is a code, and ``name`` says so, where the sheet is blind.

    ``lot`` is None where the score holds in every lot.
    """

    lot: str | None
    vendor: str
    name: str | Message
    questions: tuple[Question, ...]


@record
class Part:
    """The bids of one lot, in the evaluator's own order."""

    lot: str | None
    title: Title | Message
    blocks: tuple[Block, ...]

    @property
    def size(self) -> int:
        """How many scores it asks for."""
        return sum(len(block.questions) for block in self.blocks)


@record
class ScoreSheet:
    """Everything that one evaluator is asked in one round; ``criteria`` is their fingerprint.

    ``version`` is that of the program which made it.
    """

    tender: str | None
    tender_title: Title | None
    round: str
    round_title: Title
    evaluator: str
    name: str
    language: Language
    criteria: str
    version: str
    is_blind: bool
    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        """How many scores it asks for."""
        return sum(part.size for part in self.parts)

    def blocks(self) -> Iterator[Block]:
        """Every bid of every lot."""
        return (block for part in self.parts for block in part.blocks)
