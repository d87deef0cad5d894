"""What ``evaluate`` prints: for each lot the outcome first, then how it came about.

Plain text with colour by meaning; without a terminal neither colour nor line-drawing characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len

from tenderscore.errors import Message
from tenderscore.model.records import record
from tenderscore.model.result import Evaluation, Outcome
from tenderscore.reports._award import AwardRows, award_rows
from tenderscore.reports._ink import Meaning, inked
from tenderscore.reports._layout import Cell, Column, grid, paragraph
from tenderscore.reports._lots import (
    LotRows,
    counts_line,
    heading,
    lot_heading,
    lot_rows,
    price_heading,
    warning_row,
)
from tenderscore.reports._marks import MEANINGS, Marks
from tenderscore.reports._ranking import ranking
from tenderscore.reports._rows import RoundRows, advanced, limited, summary, unnamed
from tenderscore.reports._style import Style
from tenderscore.reports._words import Words

if TYPE_CHECKING:
    from tenderscore.reports._trade_off import TradeOffRows

# The columns of a trade-off: how wide a head is before it wraps, and which cells may.
_HEAD = 9
_NARROWEST = {0: 12, 1: 12, 4: 16}


@record
class Terminal:
    """``--format table``: the text that people read in a terminal, a log or a mail."""

    def render(self, evaluation: Evaluation, style: Style) -> bytes:
        """The whole text."""
        page = _Page(evaluation, style)
        return "\n".join([*page.lines(), ""]).encode()


class _Page:
    def __init__(self, evaluation: Evaluation, style: Style) -> None:
        self._evaluation = evaluation
        self._style = style
        self._words = Words.people(style.language)
        self._marks = Marks.of(style)

    def lines(self) -> Iterator[str]:
        evaluation, words = self._evaluation, self._words
        yield from self._strong(heading(evaluation, words))
        for lot in evaluation.lots.values():
            yield ""
            yield from self._lot(lot_rows(lot, evaluation, self._style.top, words))
        award = award_rows(evaluation, words)
        if award is not None:
            yield from ("", *self._award(award))
        yield from self._warnings()
        yield ""
        yield counts_line(evaluation.counts, words)

    def _lot(self, lot: LotRows) -> Iterator[str]:
        yield from self._lot_heading(lot)
        meaning: Meaning = "good" if lot.won else "doubtful"
        for line in paragraph(lot.headline, self._style.width):
            yield self._ink(line, meaning)
        yield from self._shortlist(lot)
        if lot.trade_off is not None:
            yield from ("", *self._trade_off(lot.trade_off))
        for round_ in lot.rounds:
            yield ""
            yield from self._round(round_)
        if lot.set_aside:
            yield from ("", *self._strong(self._say(Message("Set aside"))))
            for sentence in lot.set_aside:
                yield from paragraph(sentence, self._style.width, "  ", "    ")
            yield from self._more(lot.more_set_aside)

    def _lot_heading(self, lot: LotRows) -> Iterator[str]:
        text = self._words.joined(filter(None, [lot_heading(lot), lot.budget]))
        yield from self._strong(text)
        yield self._ink(self._marks.rule * min(cell_len(text), self._style.width), "faint")

    def _shortlist(self, lot: LotRows) -> Iterator[str]:
        if not lot.shortlist:
            return
        yield self._say(Message("Shortlist:"))
        for row in lot.shortlist:
            points = self._say(Message("{total} points", total=row.total)) if row.total else ""
            text = self._words.joined(filter(None, [row.vendor, row.standing, points]))
            yield from paragraph(text, self._style.width, f"  {row.rank:>2}  ", " " * 6)
        yield from self._more(lot.more_shortlisted)

    def _trade_off(self, table: TradeOffRows) -> Iterator[str]:
        yield from self._strong(table.title)
        for note in table.notes:
            yield from paragraph(note, self._style.width, "  ", "  ")
        columns = [
            Column(head, number > 1, min(cell_len(head), _HEAD), _NARROWEST.get(number, 0), gap=2)
            for number, head in enumerate(table.heads)
        ]
        # The shortlist above says whose ids these are.
        rows = [(*pair.ids, pair.points.text, pair.price.text, pair.cost) for pair in table.pairs]
        cells = [[Cell(text) for text in row] for row in rows]
        width = self._style.width - 2
        for lines in grid(columns, cells, width, colour=self._style.colour):
            yield from ("  " + line for line in lines)

    def _round(self, round_: RoundRows) -> Iterator[str]:
        yield from self._strong(round_.title)
        text = summary(round_, self._marks.outcomes, self._words)
        yield from paragraph(text, self._style.width)
        if round_.advanced:
            yield from self._bullet("advanced", advanced(round_, self._words))
        for row in round_.out:
            yield from self._bullet(row.outcome, row.sentence)
        for row in round_.rest:
            yield from self._bullet(row.outcome, row.sentence)
        yield from self._sentences(filter(None, [unnamed(round_, self._words)]))
        yield from self._sentences((*round_.unapplied, *round_.flagged))
        yield from self._more(round_.more_flagged)
        yield from self._sentences(round_.decisions)
        yield from self._more(round_.more_decisions)
        if round_.ranked:
            yield ""
            price = price_heading(self._evaluation, self._words)
            yield from ranking(round_, price, self._style, self._words)
            yield from self._more(round_.more_ranked)

    def _award(self, award: AwardRows) -> Iterator[str]:
        heading = self._say(Message("Award"))
        yield from self._strong(heading)
        yield self._ink(self._marks.rule * cell_len(heading), "faint")
        meaning: Meaning = "good" if award.reached else "bad"
        for line in paragraph(award.headline, self._style.width):
            yield self._ink(line, meaning)
        if award.reached:
            yield ""
            yield from self._awarded(award)
        if award.reached and award.sentences:
            yield ""
        for sentence in award.sentences:
            yield from paragraph(sentence, self._style.width, "  ", "    ")

    def _awarded(self, award: AwardRows) -> Iterator[str]:
        heads = [self._say(Message("Lot")), self._say(Message("Vendor"))]
        columns = [Column(head, narrowest=16, gap=2) for head in heads]
        columns += [Column(head, right=True, gap=2) for head in award.heads]
        texts = [[row.lot, row.vendor, *(each.text for each in row.figures)] for row in award.lots]
        cells = [[Cell(text) for text in row] for row in texts]
        width = self._style.width - 2
        for lines in grid(columns, cells, width, colour=self._style.colour):
            yield from ("  " + line for line in lines)

    def _warnings(self) -> Iterator[str]:
        warnings = self._evaluation.warnings
        if not warnings:
            return
        yield ""
        yield from self._strong(self._say(Message("Warnings")))
        shown = warnings[: limited(len(warnings), self._style.top)]
        for problem in shown:
            row = warning_row(problem, self._words)
            yield from paragraph(f"{row.text} [{row.code}]", self._style.width, "  ", "    ")
        yield from self._more(len(warnings) - len(shown))

    def _bullet(self, outcome: Outcome, text: str) -> Iterator[str]:
        mark = self._marks.outcomes[outcome]
        lines = paragraph(text, self._style.width, f"  {mark} ", "    ")
        inked_mark = self._ink(mark, MEANINGS[outcome])
        for number, line in enumerate(lines):
            yield line if number else line.replace(mark, inked_mark, 1)

    def _sentences(self, sentences: Iterable[str]) -> Iterator[str]:
        for sentence in sentences:
            yield from paragraph(sentence, self._style.width, "  ", "    ")

    def _more(self, count: int) -> Iterator[str]:
        if count:
            yield "    " + self._words.more(count)

    def _strong(self, text: str) -> Iterator[str]:
        return (self._ink(line, "strong") for line in paragraph(text, self._style.width))

    def _say(self, message: Message) -> str:
        return self._words.say(message)

    def _ink(self, text: str, meaning: Meaning) -> str:
        return inked(text, meaning, colour=self._style.colour)
