"""What tests for low prices found on a bid."""

from __future__ import annotations

from fractions import Fraction

from tenderscore.errors import Message
from tenderscore.model.low_price import Then
from tenderscore.model.records import record
from tenderscore.model.text import Title


@record
class Flag:
    """What a test found: ``message`` has the numbers, ``explanation`` is the bidder's own.

    ``out`` says that the bid is out, for this or something else: nobody is asked about it.
    """

    id: str
    title: Title
    message: Message
    threshold: Fraction
    then: Then
    explanation: str | None
    accepted: bool
    out: bool = False

    @property
    def finding(self) -> Message:
        """The test, the numbers, and what becomes of the bid."""
        return Message(
            "{test}: {finding}; {state}", test=self.title, finding=self.message, state=self.state
        )

    @property
    def state(self) -> Message:
        """What becomes of the bid."""
        if self.out:
            return Message("the bid is put out")
        if self.accepted:
            return Message("the explanation is accepted")
        if self.then != "explain":
            return Message("to be looked at")
        if self.explanation is None:
            return Message("an explanation is asked for")
        return Message("the explanation waits for a decision")


@record
class Flagged:
    """A flag, and the name of the bidder that it is on."""

    name: str
    flag: Flag

    @property
    def sentence(self) -> Message:
        """Who, and what."""
        return Message("{name}: {finding}", name=self.name, finding=self.flag.finding)
