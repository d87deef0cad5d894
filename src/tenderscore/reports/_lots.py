"""A whole result as people read it: what came of each lot first, then its rounds, then warnings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tenderscore.errors import Message, Problem
from tenderscore.model.records import record
from tenderscore.model.result import BidResult, Counts, Evaluation, LotResult, SetAside
from tenderscore.reports._decimals import total_decimals
from tenderscore.reports._headline import headline, vendor_name
from tenderscore.reports._rows import MOST_NAMED, RoundRows, limited, prices, round_rows
from tenderscore.reports._words import Shown, Words, fixed, grouped

if TYPE_CHECKING:
    from tenderscore.reports._trade_off import TradeOffRows


@record
class ShortlistRow:
    """A vendor on the shortlist, with its rank and total in the round that made the list.

    ``standing`` is a clause on what ranked it, where that is not the total.
    """

    rank: str
    vendor: str
    total: str
    standing: str = ""


@record
class LotRows:
    """A lot: how it ended, its shortlist, its rounds, the bids that took no part.

    ``trade_off`` is what people weigh up where they choose the winner.
    """

    id: str
    title: str
    headline: str
    won: bool
    budget: str
    shortlist: tuple[ShortlistRow, ...]
    more_shortlisted: int
    rounds: tuple[RoundRows, ...]
    set_aside: tuple[str, ...]
    more_set_aside: int
    trade_off: TradeOffRows | None = None

    @property
    def has_totals(self) -> bool:
        """Whether some vendor on the shortlist has one."""
        return any(row.total for row in self.shortlist)


@record
class WarningRow:
    """A warning: its place, code, sentence and help; ``text`` is the place with the sentence."""

    place: str
    code: str
    message: str
    help: str
    text: str


def lot_rows(lot: LotResult, evaluation: Evaluation, top: int, words: Words) -> LotRows:
    """What a report shows of a lot."""
    earlier = {round_.id: round_ for round_ in lot.rounds}
    aside = lot.set_aside[: limited(len(lot.set_aside), max(top, MOST_NAMED))]
    shortlist = lot.shortlist[: limited(len(lot.shortlist), top)]
    return LotRows(
        id=words.name(lot.id),
        title=words.title(lot.title),
        headline=headline(lot, evaluation, words),
        won=lot.winner is not None,
        budget=_budget(lot, evaluation, words),
        shortlist=tuple(_shortlist(lot, shortlist, words)),
        more_shortlisted=len(lot.shortlist) - len(shortlist),
        rounds=tuple(round_rows(round_, earlier, top, words) for round_ in lot.rounds),
        set_aside=tuple(_aside(bid, words) for bid in aside),
        more_set_aside=len(lot.set_aside) - len(aside),
        trade_off=_trade_off(lot, evaluation, words),
    )


def _trade_off(lot: LotResult, evaluation: Evaluation, words: Words) -> TradeOffRows | None:
    if lot.choice is None or lot.choice.trade_off is None:
        return None
    from tenderscore.reports._trade_off import trade_off_rows  # noqa: PLC0415 - seldom asked for

    return trade_off_rows(lot, lot.choice.trade_off, evaluation, words)


def warning_row(problem: Problem, words: Words) -> WarningRow:
    """A warning as a row."""
    place = "" if problem.place is None else words.place(problem.place)
    message = words.say(problem.message)
    return WarningRow(
        place=place,
        code=problem.code,
        message=message,
        help="" if problem.help is None else words.say(problem.help),
        text=f"{place}: {message}" if place else message,
    )


def lot_heading(lot: LotRows) -> str:
    """The lot's title with its id."""
    return lot.title if lot.title == lot.id else f"{lot.title} ({lot.id})"


def price_heading(evaluation: Evaluation, words: Words) -> str:
    """The head of a column of prices, with their currency."""
    price, currency = words.say(Message("Price")), evaluation.tender.currency
    return price if currency is None else f"{price} ({words.name(currency)})"


def heading(evaluation: Evaluation, words: Words) -> str:
    """The tender's title with its id, or one of them, or a plain word."""
    tender = evaluation.tender
    title = None if tender.title is None else words.title(tender.title)
    if title and tender.id:
        return f"{title} ({words.name(tender.id)})"
    return title or words.name(tender.id or words.say(Message("Evaluation")))


def counts_line(counts: Counts, words: Words) -> str:
    """What was read: ``12 bids, 34 criteria, 168 scores``."""
    read: str = words.joined(
        words.count(n, one, many)
        for n, one, many in (
            (counts.bids, Message("1 bid"), Message("{n} bids")),
            (counts.criteria, Message("1 criterion"), Message("{n} criteria")),
            (counts.scores, Message("1 score"), Message("{n} scores")),
        )
    )
    if counts.lots > 1:
        lots = grouped(str(counts.lots))
        read = words.say(Message("{read} in {n} lots", read=read, n=lots))
    if counts.shipped:
        read = words.say(Message("{read} (the criteria that ship with tenderscore)", read=read))
    return read


def _aside(bid: SetAside, words: Words) -> str:
    both = words.joined([words.name(bid.bid), words.named(bid.vendor, bid.name)])
    return words.headed(both, words.say(bid.message))


def _budget(lot: LotResult, evaluation: Evaluation, words: Words) -> str:
    if lot.budget is None:
        return ""
    (amount,) = prices([lot.budget])
    currency = evaluation.tender.currency
    text = amount.text if currency is None else f"{words.name(currency)} {amount.text}"
    return words.say(Message("budget {amount}", amount=Shown(text)))


def _shortlist(lot: LotResult, vendors: tuple[str, ...], words: Words) -> Iterator[ShortlistRow]:
    if not lot.rounds:
        return
    last = lot.rounds[-1]
    bids = {bid.vendor: bid for bid in last.bids[: len(vendors)]}
    decimals = total_decimals(last)
    for vendor in vendors:
        bid = bids.get(vendor)
        yield ShortlistRow(
            rank="" if bid is None or bid.rank is None else str(bid.rank),
            vendor=vendor_name(lot, vendor, words),
            total="" if bid is None or bid.total is None else fixed(bid.total, decimals),
            standing="" if bid is None else _standing(bid, words),
        )


def _standing(bid: BidResult, words: Words) -> str:
    if bid.standing is None:
        return ""
    (shown,) = prices([bid.standing.value])
    return words.say(bid.standing.measure.saying(Shown(shown.text)))


def about(evaluation: Evaluation, words: Words) -> str:
    """Buyer and deadline, as far as tender.yaml says them."""
    tender = evaluation.tender
    parts = []
    if tender.buyer is not None:
        parts.append(words.say(Message("buyer: {buyer}", buyer=tender.buyer)))
    if tender.deadline is not None:
        parts.append(words.say(Message("deadline: {deadline}", deadline=tender.deadline)))
    return words.joined(parts)
