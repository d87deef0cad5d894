"""A whole result as people read it: what came of each lot first, then its rounds, then warnings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tenderscore.errors import Message, Problem
from tenderscore.model.result import Counts, Evaluation, LotResult
from tenderscore.reports._decimals import total_decimals
from tenderscore.reports._headline import headline, vendor_name
from tenderscore.reports._rows import RoundRows, limited, prices, round_rows
from tenderscore.reports._words import Words, fixed


@dataclass(frozen=True, slots=True)
class ShortlistRow:
    """A vendor on the shortlist, with its rank and total in the round that made the list."""

    rank: str
    vendor: str
    total: str


@dataclass(frozen=True, slots=True)
class AsideRow:
    """A bid that took no part, and why."""

    bid: str
    vendor: str
    message: str


@dataclass(frozen=True, slots=True)
class LotRows:
    """A lot: how it ended, its shortlist, its rounds, the bids that took no part."""

    id: str
    title: str
    headline: str
    won: bool
    budget: str
    shortlist: tuple[ShortlistRow, ...]
    more_shortlisted: int
    rounds: tuple[RoundRows, ...]
    set_aside: tuple[AsideRow, ...]
    more_set_aside: int


@dataclass(frozen=True, slots=True)
class WarningRow:
    """A warning with its place, code, sentence and help."""

    place: str
    code: str
    message: str
    help: str


def lot_rows(lot: LotResult, evaluation: Evaluation, top: int, words: Words) -> LotRows:
    """What a report shows of a lot."""
    earlier = {round_.id: round_ for round_ in lot.rounds}
    aside = lot.set_aside[: limited(len(lot.set_aside), top)]
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
        set_aside=tuple(
            AsideRow(words.name(row.bid), words.named(row.vendor, row.name), words.say(row.message))
            for row in aside
        ),
        more_set_aside=len(lot.set_aside) - len(aside),
    )


def warning_row(problem: Problem, words: Words) -> WarningRow:
    """A warning as a row."""
    return WarningRow(
        place="" if problem.place is None else words.place(problem.place),
        code=problem.code,
        message=words.say(problem.message),
        help="" if problem.help is None else words.say(problem.help),
    )


def heading(evaluation: Evaluation, words: Words) -> str:
    """The tender's title with its id, or one of them, or a plain word."""
    tender = evaluation.tender
    title = None if tender.title is None else words.title(tender.title)
    if title and tender.id:
        return f"{title} ({words.name(tender.id)})"
    return title or words.name(tender.id or words.say(Message("Evaluation")))


def counts_line(counts: Counts, words: Words) -> str:
    """What was read: ``12 bids, 34 criteria, 168 scores``."""
    read = words.joined(
        words.count(n, one, many)
        for n, one, many in (
            (counts.bids, Message("1 bid"), Message("{n} bids")),
            (counts.criteria, Message("1 criterion"), Message("{n} criteria")),
            (counts.scores, Message("1 score"), Message("{n} scores")),
        )
    )
    if counts.lots < 2:
        return read
    return words.say(Message("{read} in {n} lots", read=read, n=counts.lots))


def _budget(lot: LotResult, evaluation: Evaluation, words: Words) -> str:
    if lot.budget is None:
        return ""
    (amount,) = prices([lot.budget])
    return words.say(
        Message("budget {amount}", amount=money(amount.text, evaluation.tender.currency, words))
    )


def money(amount: str, currency: str | None, words: Words) -> str:
    """An amount with its currency: ``CNY 3,450,000``."""
    return amount if currency is None or not amount else f"{words.name(currency)} {amount}"


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
        )


def about(evaluation: Evaluation, words: Words) -> str:
    """Buyer and deadline, as far as tender.yaml says them."""
    tender = evaluation.tender
    parts = []
    if tender.buyer is not None:
        parts.append(words.say(Message("buyer: {buyer}", buyer=tender.buyer)))
    if tender.deadline is not None:
        parts.append(words.say(Message("deadline: {deadline}", deadline=tender.deadline)))
    return words.joined(parts)
