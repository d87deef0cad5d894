"""Why a lot is awarded to a vendor, or not: what would not hold, or be worse, if it were."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tenderscore.award.awarding import Awarding
from tenderscore.award.limits import ValuePerVendor
from tenderscore.award.programme import Candidate, Limit, Outcome
from tenderscore.errors import Message
from tenderscore.model.award import Objective
from tenderscore.model.numerals import exact_text, grouped_text


def why(awarding: Awarding, lot: str, vendor: str) -> Message | None:
    """What the award says of a vendor in a lot; None where it is no candidate there."""
    programme, choice = awarding.programme, awarding.choice
    at = programme.lots.index(lot)
    vendors = [bid.vendor for bid in programme.candidates[at]]
    if vendor not in vendors:
        return None
    if choice is None:
        return Message("not awarded: the constraints of the award cannot hold together")
    place, outcome = vendors.index(vendor), programme.outcome(choice)
    if choice[at] == place:
        return _awarded(lot, outcome)
    instead = programme.outcome((*choice[:at], place, *choice[at + 1 :]))
    holder, bid = outcome.chosen.get(lot), programme.candidates[at][place]
    first = awarding.spend == "in_rank_order" and holder is not None and holder.total >= bid.total
    broken = () if first else [each for each in awarding.limits if not each.holds(instead)]
    if broken:
        return _barred(broken, vendor)
    assert holder is not None  # noqa: S101 - a lot that could be awarded is awarded
    return _outdone(holder, outcome.gain - instead.gain, programme.objective, first)


def _awarded(lot: str, outcome: Outcome) -> Message:
    price, offered = outcome.prices[lot], outcome.chosen[lot].price
    if price is None or offered is None:
        return Message("awarded")
    if price == offered:
        return Message("awarded at {price}", price=grouped_text(price))
    template = "awarded at {price}, with the package's discount on {offered}"
    return Message(template, price=grouped_text(price), offered=grouped_text(offered))


def _barred(broken: Sequence[Limit], vendor: str) -> Message:
    template = "not awarded: with this lot too, {limits} would not hold"
    return Message(template, limits=[_limit(each, vendor) for each in broken])


def _limit(limit: Limit, vendor: str) -> Message:
    number = limit.capacity(vendor) if isinstance(limit, ValuePerVendor) else limit.limit
    text = number if isinstance(number, str) else grouped_text(number)
    return Message("{id}: {limit}", id=limit.id, limit=text)


def _outdone(holder: Candidate, more: Fraction, goal: Objective, first: bool) -> Message:
    """Why the holder has the lot although the vendor could have it."""
    if first:
        template = "not awarded: {vendor} comes first in rank order"
        return Message(template, vendor=holder.vendor)
    if more == 0:
        template = "not awarded: {vendor} is worth as much here and comes first by rank or id"
        return Message(template, vendor=holder.vendor)
    if goal.adds_prices:
        template = "not awarded: with {vendor} the prices add up to {less} less"
        if goal.goal == "evaluated_price":
            template = "not awarded: with {vendor} the evaluated prices add up to {less} less"
        return Message(template, vendor=holder.vendor, less=grouped_text(more))
    template = "not awarded: with {vendor} there are {more} points more in all"
    return Message(template, vendor=holder.vendor, more=exact_text(more))
