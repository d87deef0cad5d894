"""What comes first of a lot: its winner with the margin, or why there is none; its shortlist."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tenderscore.errors import Message
from tenderscore.model.result import Evaluation, LotResult
from tenderscore.model.standing import Measure
from tenderscore.reports._decimals import total_decimals
from tenderscore.reports._rows import prices
from tenderscore.reports._words import Shown, Words, fixed, grouped

if TYPE_CHECKING:
    from tenderscore.model.decisions import Decision


def headline(lot: LotResult, evaluation: Evaluation, words: Words) -> str:
    """One sentence on how a lot ended."""
    if lot.choice is not None and lot.choice.decision is not None:
        return words.say(_chosen(lot, lot.choice.decision, words))
    if lot.winner is not None:
        return words.say(_won(lot, lot.winner, words))
    if lot.tie:
        return words.say(_tied(lot, words))
    if lot.pending:
        return words.say(_waiting(lot, words))
    if lot.choice is not None and lot.shortlist and evaluation.until is None:
        return words.say(_to_choose(len(lot.shortlist)))
    return words.say(_without_winner(lot, evaluation.until))


def vendor_name(lot: LotResult, vendor: str, words: Words) -> Shown:
    """A vendor of the lot by name and id."""
    return words.named(vendor, lot.names.get(vendor, vendor))


def _to_choose(n: int) -> Message:
    """How many bids people have to choose from."""
    template = (
        "No winner yet: the method leaves the choice to people; 1 bid to choose from"
        if n == 1
        else "No winner yet: the method leaves the choice to people; {n} bids to choose from"
    )
    return Message(template, n=grouped(str(n)))


def _chosen(lot: LotResult, choice: Decision, words: Words) -> Message:
    """The winner that people chose, and who chose it when and why."""
    ruling, vendor = choice.ruling, vendor_name(lot, choice.vendors[0], words)
    template = "Winner: {vendor}, chosen by {by} on {date}: {reason}"
    signed = {"by": ruling.by, "date": ruling.date.isoformat(), "reason": ruling.reason}
    return Message(template, vendor=vendor, **signed)


def _without_winner(lot: LotResult, until: str | None) -> Message:
    if until is not None and lot.shortlist and lot.rounds[-1].id != until:
        template = "No winner: this was to stop after {round}, a round that the lot does not have"
        return Message(template, round=until)
    if until is not None:
        return Message("No winner: stopped after {round}", round=until)
    if not any(round_.bids for round_ in lot.rounds):
        return Message("No winner: there are no bids")
    if not lot.shortlist:
        return Message("No winner: nobody advanced")
    return Message("No winner: the last round ranks nobody")


def _won(lot: LotResult, winner: str, words: Words) -> Message:
    measure = lot.rounds[-1].measure
    if measure is not None:
        return _won_by(measure, lot, winner, words)
    bids = lot.rounds[-1].bids[:2]
    decimals = total_decimals(lot.rounds[-1])
    vendor, points = vendor_name(lot, winner, words), fixed(bids[0].total or Fraction(0), decimals)
    if lot.margin is None:
        template = "Winner: {vendor}, {total} points, the only bid left"
        return Message(template, vendor=vendor, total=points)
    second = words.named(bids[1].vendor, bids[1].name)
    if lot.margin == 0:
        template = "Winner: {vendor}, {total} points, before {second} by tie-break"
        return Message(template, vendor=vendor, total=points, second=second)
    template = "Winner: {vendor}, {total} points, {margin} ahead of {second}"
    margin = fixed(lot.margin, decimals)
    return Message(template, vendor=vendor, total=points, margin=margin, second=second)


def _won_by(measure: Measure, lot: LotResult, winner: str, words: Words) -> Message:
    """The winner where something else than the total ranks: the lowest is ahead."""
    bids = lot.rounds[-1].bids[:2]
    values = [None if bid.standing is None else bid.standing.value for bid in bids]
    first, margin = prices([values[0], lot.margin])
    vendor, figure = vendor_name(lot, winner, words), measure.saying(Shown(first.text))
    if lot.margin is None:
        template = "Winner: {vendor}, {figure}, the only bid left"
        return Message(template, vendor=vendor, figure=figure)
    second = words.named(bids[1].vendor, bids[1].name)
    if lot.margin == 0:
        template = "Winner: {vendor}, {figure}, before {second} by tie-break"
        return Message(template, vendor=vendor, figure=figure, second=second)
    template = "Winner: {vendor}, {figure}, {margin} lower than {second}"
    return Message(template, vendor=vendor, figure=figure, margin=margin.text, second=second)


def _tied(lot: LotResult, words: Words) -> Message:
    vendors = words.joined(vendor_name(lot, vendor, words) for vendor in lot.tie)
    bid = lot.rounds[-1].bids[0]
    first = bid.total
    if bid.standing is not None:
        (shown,) = prices([bid.standing.value])
        figure = bid.standing.measure.saying(Shown(shown.text))
        return Message("Tie: {vendors}, {figure} each", vendors=vendors, figure=figure)
    if first is None:
        return Message("Tie: {vendors}", vendors=vendors)
    total = fixed(first, total_decimals(lot.rounds[-1]))
    return Message("Tie: {vendors}, {total} points each", vendors=vendors, total=total)


def _waiting(lot: LotResult, words: Words) -> Message:
    return pending(words.joined(map(words.name, lot.pending)), lot.pending_reason)


def pending(rounds: str, reason: Message | None) -> Message:
    """That rounds wait, and for what."""
    shown = Shown(rounds)
    if reason is None:
        return Message("No winner yet: {rounds} pending", rounds=shown)
    return Message("No winner yet: {rounds} pending; {reason}", rounds=shown, reason=reason)
