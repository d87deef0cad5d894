"""Markdown, such as GitHub shows as the summary of a job."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from tenderscore.errors import Message
from tenderscore.model.records import record
from tenderscore.model.result import Evaluation, Outcome
from tenderscore.reports._award import AwardRows, award_rows
from tenderscore.reports._lots import (
    LotRows,
    counts_line,
    heading,
    lot_heading,
    lot_rows,
    price_heading,
    warning_row,
)
from tenderscore.reports._marks import Marks
from tenderscore.reports._markup import literal, table
from tenderscore.reports._rows import (
    RankedRow,
    RoundRows,
    advanced,
    limited,
    standing_cells,
    standing_heads,
    summary,
    unnamed,
)
from tenderscore.reports._style import Style
from tenderscore.reports._words import Words

if TYPE_CHECKING:
    from tenderscore.reports._trade_off import TradeOffRows

MARKS: Mapping[Outcome, str] = {"advanced": "✅", "not_advanced": "➖", "eliminated": "❌"}  # noqa: RUF001
_BAR = 10


@record
class Markdown:
    """``--format markdown``: tables and lists; what bids say is escaped."""

    def render(self, evaluation: Evaluation, style: Style) -> bytes:
        """The whole document."""
        page = _Page(evaluation, style)
        return "\n".join([*page.lines(), ""]).encode()


class _Page:
    def __init__(self, evaluation: Evaluation, style: Style) -> None:
        self._evaluation = evaluation
        self._top = style.top
        self._words = Words.people(style.language)
        self._marks = Marks.of(Style(terminal=True))

    def lines(self) -> Iterator[str]:
        evaluation = self._evaluation
        yield f"# {literal(heading(evaluation, self._words))}"
        for lot in evaluation.lots.values():
            yield from self._lot(lot_rows(lot, evaluation, self._top, self._words))
        award = award_rows(evaluation, self._words)
        if award is not None:
            yield from self._award(award)
        yield from self._warnings()
        yield ""
        yield literal(counts_line(evaluation.counts, self._words))

    def _lot(self, lot: LotRows) -> Iterator[str]:
        yield from ("", f"## {literal(lot_heading(lot))}", "", f"**{literal(lot.headline)}**")
        if lot.budget:
            yield from ("", literal(lot.budget))
        yield from self._shortlist(lot)
        if lot.trade_off is not None:
            yield from self._trade_off(lot.trade_off)
        for round_ in lot.rounds:
            yield from self._round(round_)
        if lot.set_aside:
            yield from ("", f"### {self._say(Message('Set aside'))}", "")
            yield from (f"- {literal(sentence)}" for sentence in lot.set_aside)
            yield from self._more(lot.more_set_aside)

    def _shortlist(self, lot: LotRows) -> Iterator[str]:
        if not lot.shortlist:
            return
        totals = lot.has_totals
        heads = ["#", self._say(Message("Shortlist")), *([self._say(Message("Total"))] * totals)]
        rows = [
            [
                row.rank,
                literal(self._words.joined(filter(None, [row.vendor, row.standing]))),
                *([row.total] * totals),
            ]
            for row in lot.shortlist
        ]
        yield ""
        yield from table(heads, [True, False, *([True] * totals)], rows)
        yield from self._more(lot.more_shortlisted)

    def _trade_off(self, trade_off: TradeOffRows) -> Iterator[str]:
        yield from ("", f"### {trade_off.title}")
        for note in trade_off.notes:
            yield from ("", literal(note))
        rows = [
            [
                literal(pair.better),
                literal(pair.other),
                pair.points.text,
                pair.price.text,
                literal(pair.cost),
            ]
            for pair in trade_off.pairs
        ]
        yield ""
        yield from table(trade_off.heads, [False, False, True, True, True], rows)

    def _round(self, round_: RoundRows) -> Iterator[str]:
        yield from ("", f"### {literal(round_.title)}", "")
        yield literal(summary(round_, MARKS, self._words))
        yield ""
        if round_.advanced:
            yield f"- {MARKS['advanced']} {literal(advanced(round_, self._words))}"
        for row in round_.out:
            yield f"- {MARKS[row.outcome]} {literal(row.sentence)}"
        for row in round_.rest:
            yield f"- {MARKS[row.outcome]} {literal(row.sentence)}"
        left = filter(None, [unnamed(round_, self._words)])
        for sentence in (*left, *round_.unapplied, *round_.flagged):
            yield f"- {literal(sentence)}"
        yield from self._more(round_.more_flagged)
        yield from (f"- {literal(sentence)}" for sentence in round_.decisions)
        yield from self._more(round_.more_decisions)
        if round_.ranked:
            yield ""
            yield from self._ranking(round_)
            yield from self._more(round_.more_ranked)

    def _ranking(self, round_: RoundRows) -> list[str]:
        heads = [
            "",
            "#",
            self._say(Message("Vendor")),
            *map(literal, standing_heads(round_, self._words)),
            *([self._say(Message("Total")), ""] if round_.has_totals else []),
            *(f"{literal(head.title)}<br>{head.percent}" for head in round_.heads),
            literal(price_heading(self._evaluation, self._words)),
        ]
        measured = [True for _ in standing_heads(round_, self._words)]
        totals = [True, False] if round_.has_totals else []
        right = [False, True, False, *measured, *totals, *(True for _ in round_.heads), True]
        return table(heads, right, (self._ranked(row, round_) for row in round_.ranked))

    def _ranked(self, row: RankedRow, round_: RoundRows) -> list[str]:
        return [
            MARKS[row.outcome],
            "" if row.rank is None else str(row.rank),
            literal(row.label),
            *standing_cells(row, round_),
            *(self._total(row) if round_.has_totals else []),
            *(figure.text for figure in row.points),
            row.price.text,
        ]

    def _total(self, row: RankedRow) -> list[str]:
        text = f"**{row.total.text}**" if row.outcome == "advanced" else row.total.text
        return [text, self._marks.bar(row.total.number, _BAR)]

    def _award(self, award: AwardRows) -> Iterator[str]:
        yield from ("", f"## {self._say(Message('Award'))}", "", f"**{literal(award.headline)}**")
        if award.reached:
            heads = [self._say(Message("Lot")), self._say(Message("Vendor"))]
            rows = [
                [literal(row.lot), literal(row.vendor), *(each.text for each in row.figures)]
                for row in award.lots
            ]
            yield ""
            right = [False, False, *(True for _ in award.heads)]
            yield from table([*heads, *map(literal, award.heads)], right, rows)
        if award.sentences:
            yield ""
            yield from (f"- {literal(sentence)}" for sentence in award.sentences)

    def _warnings(self) -> Iterator[str]:
        warnings = self._evaluation.warnings
        if not warnings:
            return
        one, many = Message("1 warning"), Message("{n} warnings")
        count = self._words.count(len(warnings), one, many)
        yield from ("", f"<details><summary>{count}</summary>", "")
        shown = warnings[: limited(len(warnings), self._top)]
        for problem in shown:
            row = warning_row(problem, self._words)
            yield f"- {literal(row.text)} (`{row.code}`)"
        yield from self._more(len(warnings) - len(shown))
        yield from ("", "</details>")

    def _more(self, count: int) -> Iterator[str]:
        if count:
            yield from ("", self._words.more(count))

    def _say(self, message: Message) -> str:
        return self._words.say(message)
