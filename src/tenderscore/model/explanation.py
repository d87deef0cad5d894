"""The working behind a result: every fact, rule and sum of one vendor's bid, by place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from fractions import Fraction
from typing import Literal, TypeAlias

from tenderscore.errors import Message, Place
from tenderscore.model.records import record
from tenderscore.model.result import BidResult, NodeInfo, SetAside
from tenderscore.model.text import Title
from tenderscore.model.values import Value

_SHOWN = 5

State: TypeAlias = Literal["passed", "failed", "waived", "not_applied"]


@record
class Step:
    """How a fact became points: the formula with its numbers in it, and the numbers by name.

    ``formula`` is text such as ``(12 - 0) / (10 - 0) x 100 = 120, kept within 0 and 100``;
    ``inputs`` are the named numbers (references such as the lowest price among them).
    """

    method: str
    formula: Message
    inputs: tuple[tuple[Message, Value], ...] = ()


@record
class RequirementExplanation:
    """A requirement as it was tested, and how it came out.

    ``notes`` say what decisions have made of the fact.
    """

    id: str
    title: Title
    test: Message
    value: Value
    fact: str
    fact_place: Place | None
    rule_place: Place | None
    state: State
    notes: tuple[Message, ...] = ()


@record
class NodeExplanation:
    """One group or criterion: the fact, where it and its rule stand, and the working.

    ``source`` is the fact's path or the expression; ``filled`` the expression with its numbers.
    ``exact`` are the points before rounding. ``note`` says why there are no points, or whether a
    minimum was met.
    """

    node: NodeInfo
    source: str
    filled: str
    value: Value
    fact_place: Place | None
    rule_place: Place | None
    step: Step | None
    exact: Fraction | None
    points: Fraction
    contribution: Fraction
    notes: tuple[Message, ...] = ()


@record
class RoundExplanation:
    """One round of one lot for the vendor.

    ``own_total`` is the round's own total before carry-over. ``needed`` says what it would have
    taken to be shortlisted, None for a bid that was. ``standing`` is the working of what ranked
    it where that is not the total.
    """

    id: str
    title: Title
    bid: BidResult
    requirements: tuple[RequirementExplanation, ...]
    nodes: tuple[NodeExplanation, ...]
    own_total: Fraction | None
    total_formula: Message | None
    needed: Message | None
    decimals: int | None
    standing: tuple[Message, ...] = ()


@record
class LotExplanation:
    """One lot: its rounds that the bid reached, or why it took no part.

    ``pending`` is the round that waits for scores and those after it, ``pending_reason`` for which.

    ``award`` is what the award over lots made of the bid, where tender.yaml asks for one,
    ``choice`` what stands where people choose the winner.
    """

    id: str
    title: Title
    rounds: tuple[RoundExplanation, ...]
    set_aside: tuple[SetAside, ...]
    shortlisted: bool
    winner: bool
    award: Message | None = None
    choice: Message | None = None
    pending: tuple[str, ...] = ()
    pending_reason: Message | None = None


@record
class Explanation:
    """Everything about one vendor; ``without`` are the lots for which it made no offer.

    ``teller`` makes the text of it that people read.
    """

    vendor: str
    name: str
    currency: str | None
    lots: tuple[LotExplanation, ...]
    without: tuple[str, ...] = ()
    teller: Callable[[Explanation], str] | None = field(default=None, repr=False, compare=False)

    def __str__(self) -> str:
        return repr(self) if self.teller is None else self.teller(self)

    def __repr__(self) -> str:
        """``<explanation of acme in it-support, marketing>``."""
        lots = ", ".join(lot.id for lot in self.lots[:_SHOWN])
        more = ", ..." if len(self.lots) > _SHOWN else ""
        return f"<explanation of {self.vendor} in {lots or 'no lot'}{more}>"
