"""The result: one immutable ``Evaluation`` that every report reads.

Everything here is exact (``Fraction``), in rank order, and holds text as it came: renderers choose
the language, the decimals and the escaping. Rounds are kept as columns; a ``BidResult`` is made
when it is looked at, so that a round of a million bids costs no million objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, overload

from tenderscore.errors import Message, Problem
from tenderscore.model.award import Award
from tenderscore.model.evaluated import EvaluatedPrice
from tenderscore.model.records import record
from tenderscore.model.standing import Measure, Standing
from tenderscore.model.text import Title
from tenderscore.model.values import Value

if TYPE_CHECKING:
    import pandas as pd

    from tenderscore.model.choice import Choice
    from tenderscore.model.decisions import Decision
    from tenderscore.model.explanation import Explanation
    from tenderscore.model.flags import Flag, Flagged
    from tenderscore.model.panel import PanelWorking

Outcome = Literal["advanced", "not_advanced", "eliminated"]
ReasonKind = Literal["requirement", "criterion", "rule"]
_REMEMBERED = 1000


@record
class Reason:
    """Why a bid did not advance: a requirement, a criterion's minimum or missing fact, a rule."""

    kind: ReasonKind
    id: str
    message: Message


@record
class NodeInfo:
    """A group or criterion of a round: what stands in its column's head.

    ``id`` is dotted from the group down, ``depth`` 0 for a group, ``weight`` as written, ``share``
    what a full node adds to the round's own total, in points. ``method`` is None for a group,
    ``minimum`` are the points under which it eliminates.
    """

    id: str
    title: Title
    depth: int
    weight: Fraction
    share: Fraction
    method: str | None
    minimum: Fraction | None = None


@record
class CriterionResult:
    """What a bid got in one node: the fact as used, its points, what they contribute.

    ``working`` makes what stands behind a panel criterion's value when somebody looks;
    ``unapplied`` says which ``only_if`` does not hold, None where the node applies.
    """

    node: NodeInfo
    value: Value
    points: Fraction
    contribution: Fraction
    working: Callable[[], PanelWorking] | None = field(default=None, repr=False, compare=False)
    unapplied: Callable[[], Message] | None = field(default=None, repr=False, compare=False)

    @property
    def id(self) -> str:
        """The node's dotted id."""
        return self.node.id

    @property
    def applies(self) -> bool:
        """Whether every ``only_if``, the node's own and those above it, holds."""
        return self.unapplied is None

    @property
    def why(self) -> Message | None:
        """Why the node does not apply; None where it does."""
        return None if self.unapplied is None else self.unapplied()

    @property
    def panel(self) -> PanelWorking | None:
        """The marks behind a panel criterion's value, and who was out; None for any other."""
        return None if self.working is None else self.working()


@record
class Unapplied:
    """A node whose ``only_if`` does not hold for ``count`` bids, though those above it do.

    ``rule`` says when it counts; ``bids`` are the first of them, by vendor and name.
    """

    node: NodeInfo
    rule: Message
    count: int
    bids: tuple[tuple[str, str], ...]


@record
class BidResult:
    """One bid in one round of one lot.

    ``total`` is None when a requirement eliminated the bid or the round has no criteria, ``rank``
    None when it was eliminated. ``price`` is the offered price in the tender's currency.
    ``standing`` is what ranked it where that is not the total, ``evaluated`` its price as adjusted
    for comparison where the method does that.
    ``decisions`` are those that touched the bid in this round, ``flags`` are on its low price.
    """

    vendor: str
    name: str
    bid: str
    outcome: Outcome
    reasons: tuple[Reason, ...]
    total: Fraction | None
    rank: int | None
    carried: Mapping[str, Fraction]
    criteria: tuple[CriterionResult, ...]
    price: Fraction | None
    standing: Standing | None = None
    evaluated: EvaluatedPrice | None = None
    decisions: tuple[Decision, ...] = ()
    flags: tuple[Flag, ...] = ()


class BidRows(Sequence[BidResult]):
    """The bids of a round in rank order, made as they are looked at."""

    __slots__ = ("_make", "_size")

    def __init__(self, size: int, make: Callable[[int], BidResult]) -> None:
        self._size = size
        # A report looks at the same bids several times.
        self._make = lru_cache(_REMEMBERED)(make)

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, position: int) -> BidResult: ...
    @overload
    def __getitem__(self, position: slice) -> tuple[BidResult, ...]: ...
    def __getitem__(self, position: int | slice) -> BidResult | tuple[BidResult, ...]:
        if isinstance(position, slice):
            return tuple(self._make(row) for row in range(*position.indices(self._size)))
        if not -self._size <= position < self._size:
            raise IndexError(position)
        return self._make(position % self._size)

    def __iter__(self) -> Iterator[BidResult]:
        return map(self._make, range(self._size))

    def __repr__(self) -> str:
        return f"<{self._size} bids>"


@record
class RoundResult:
    """One round of a lot. ``nodes`` lists its groups and criteria, parents before children.

    ``counts`` says how many bids had each outcome. ``minimum`` and ``at_most`` are the round's
    shortlist rule. ``decimals`` is the total's declared rounding, ``criterion_decimals`` that of
    points (None keeps all). ``measure`` is what ranks its bids, None where the total does.
    ``decisions`` are those that touched a bid in it, ``flagged`` the prices in it that are doubted,
    ``unapplied`` the nodes that do not apply to some of its bids.
    """

    id: str
    title: Title
    bids: BidRows
    nodes: tuple[NodeInfo, ...]
    counts: Mapping[Outcome, int]
    minimum: Fraction | None
    at_most: int | None
    decimals: int | None
    carry_over: Mapping[str, Fraction] = field(default_factory=dict)
    criterion_decimals: int | None = None
    measure: Measure | None = None
    decisions: tuple[Decision, ...] = ()
    flagged: tuple[Flagged, ...] = ()
    unapplied: tuple[Unapplied, ...] = ()


@record
class SetAside:
    """A bid that took no part in a lot: superseded, withdrawn, or a replacement that came late."""

    vendor: str
    name: str
    bid: str
    rule: Literal["superseded", "withdrawn", "late"]
    message: Message


@record
class LotResult:
    """One lot: its rounds in order and what follows from them.

    ``complete`` is False with a pending round and after ``until``: then there is no winner.
    ``choice`` is what stands where the method leaves the winner to people, None where ranks decide.
    """

    id: str
    title: Title
    rounds: tuple[RoundResult, ...]
    shortlist: tuple[str, ...]
    pending: tuple[str, ...]
    pending_reason: Message | None
    winner: str | None
    tie: tuple[str, ...]
    set_aside: tuple[SetAside, ...]
    names: Mapping[str, str]
    budget: Fraction | None
    last_at_most: int | None
    choice: Choice | None = None

    @property
    def won(self) -> BidResult | None:
        """The winner's bid in the last round; None without a winner."""
        if self.winner is None:
            return None
        return next(bid for bid in self.rounds[-1].bids if bid.vendor == self.winner)

    @property
    def margin(self) -> Fraction | None:
        """How far the winner is ahead of the bid ranked next; None without either.

        In points of the total, or in what the last round ranks by; None where people chose.
        """
        if self.winner is None or self.choice is not None:
            return None
        ranked = [bid for bid in self.rounds[-1].bids[:2] if bid.rank]
        figures = [b.total if b.standing is None else b.standing.value for b in ranked]
        known = [figure for figure in figures if figure is not None]
        return abs(known[0] - known[1]) if len(known) == 2 else None


@record
class TenderInfo:
    """What the result says of the tender; None where tender.yaml says nothing."""

    id: str | None
    title: Title | None
    currency: str | None
    buyer: str | None
    deadline: str | None


@record
class Counts:
    """What was read: bids (superseded and withdrawn ones too), criteria (leaves), scores.

    ``shipped`` tells that a lot was judged by the criteria that ship with the package.
    """

    bids: int
    criteria: int
    scores: int
    lots: int
    shipped: bool = False


@record
class Evaluation:
    """A procurement round's result; ``lots`` by id, in the tender's order.

    ``decisions`` is all that was decided, in the order of the file.
    """

    tender: TenderInfo
    lots: Mapping[str, LotResult]
    warnings: tuple[Problem, ...]
    counts: Counts
    until: str | None
    award: Award
    explainer: Callable[[str], Explanation] = field(repr=False, compare=False)
    decisions: tuple[Decision, ...] = ()

    def explain(self, vendor: str) -> Explanation:
        """Where every point of a vendor's bid came from.

        Raises:
            UsageError: no bid is of that vendor.
        """
        return self.explainer(vendor)

    def records(self) -> Iterator[dict[str, object]]:
        """A flat record of every bid in every round of every lot; see ``to_frame``."""
        for lot in self.lots.values():
            for round_ in lot.rounds:
                for bid in round_.bids:
                    record: dict[str, object] = {
                        "lot": lot.id,
                        "round": round_.id,
                        "vendor": bid.vendor,
                        "name": bid.name,
                        "outcome": bid.outcome,
                        "rank": bid.rank,
                        "total": None if bid.total is None else float(bid.total),
                        "price": None if bid.price is None else float(bid.price),
                        "shortlisted": bid.vendor in lot.names,
                        "winner": bid.vendor == lot.winner,
                        **_awarded(bid, self.award, lot.id),
                        "reasons": _joined(reason.message for reason in bid.reasons),
                        "decisions": _joined(decision.message for decision in bid.decisions),
                        "flags": _joined(flag.finding for flag in bid.flags),
                    }
                    record.update(_compared(bid))
                    record.update(
                        (f"points:{each.id}", float(each.points)) for each in bid.criteria
                    )
                    yield record

    def to_frame(self) -> pd.DataFrame:
        """A pandas frame with a row for every bid in every round of every lot.

        Columns are ``lot, round, vendor, name, outcome, rank, total, price, shortlisted, winner,
        awarded, awarded_price, reasons, decisions, flags``, what ranks bids where that is not the
        total (``rank_sum``, ``price_per_point``), ``evaluated_price`` where prices are adjusted
        (``awarded_evaluated_price`` where these decide on the award), and ``points:ID`` for each
        group and criterion: whatever their names, they take no other column's place.
        """
        import pandas as pd  # noqa: PLC0415 - no shortlist waits for pandas

        frame = pd.DataFrame.from_records(list(self.records()))
        return frame if frame.empty else frame.astype({"rank": "Int64"})


def _awarded(bid: BidResult, award: Award, lot: str) -> dict[str, bool | float | None]:
    """Whether the lot is awarded to the bid, and at what price, discounts taken off."""
    found = award.lots.get(lot)
    got = found if found is not None and found.vendor == bid.vendor else None
    cells = {
        "awarded": got is not None,
        "awarded_price": None if got is None else _float(got.price),
    }
    if award.goal.reads_evaluated_prices:
        cells["awarded_evaluated_price"] = None if got is None else _float(got.evaluated)
    return cells


def _float(amount: Fraction | None) -> float | None:
    return None if amount is None else float(amount)


def _joined(messages: Iterable[Message]) -> str:
    return "; ".join(map(str, messages))


def _compared(bid: BidResult) -> Iterator[tuple[str, float | None]]:
    """What a bid is compared by besides its total."""
    if bid.evaluated is not None:
        value = bid.evaluated.value
        yield "evaluated_price", None if value is None else float(value)
    if bid.standing is not None:
        value = bid.standing.value
        yield bid.standing.measure.id, None if value is None else float(value)
