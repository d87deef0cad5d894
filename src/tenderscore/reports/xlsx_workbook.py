"""An Excel workbook: a summary, the bids of each lot with all their points, the warnings.

A lot's sheet has one row a bid and round; the criteria stand in columns, those under a group in an
outline that folds. More than a hundred lots share one sheet.
"""

from __future__ import annotations

from collections.abc import Sequence

from tenderscore.errors import Message, UsageError
from tenderscore.model.numerals import decimal_places
from tenderscore.model.records import record
from tenderscore.model.result import (
    BidResult,
    Evaluation,
    LotResult,
    NodeInfo,
    RoundResult,
    SetAside,
)
from tenderscore.model.standing import Standing
from tenderscore.reports._award import AwardRows, award_rows
from tenderscore.reports._decimals import (
    decimals_for,
    limits_of,
    money_decimals,
    total_decimals,
)
from tenderscore.reports._headline import headline
from tenderscore.reports._lots import (
    about,
    counts_line,
    heading,
    price_heading,
    warning_row,
)
from tenderscore.reports._rows import OUTCOMES, RULES, decisions, flags, prices, reasons
from tenderscore.reports._sheet_names import sheet_names
from tenderscore.reports._sheets import Book, Look, Sheet
from tenderscore.reports._style import Style
from tenderscore.reports._unapplied import unapplied
from tenderscore.reports._words import Words

_MOST_SHEETS = 100
_MOST_ROWS = 1_048_000
_LISTED = 20


@record
class XlsxWorkbook:
    """``--format xlsx``: for those who go on working with the numbers."""

    def render(self, evaluation: Evaluation, style: Style) -> bytes:
        """The whole file.

        Raises:
            UsageError: there are more rows than a sheet holds.
        """
        words = Words.people(style.language)
        book = Book()
        lots = list(evaluation.lots.values())
        parts = [[lot] for lot in lots] if len(lots) <= _MOST_SHEETS else [lots]
        bids = words.say(Message("Bids"))
        titles = [lot.id for lot in lots] if len(parts) == len(lots) else [bids]
        edges = [words.say(each) for each in (Message("Summary"), Message("Warnings"))]
        edges.append(words.say(Message("Award")))
        weighed = any(lot.choice and lot.choice.trade_off for lot in lots)
        titles += [words.say(Message("Trade-off"))] * weighed
        first, last, awarded, *between = sheet_names([*edges, *titles])
        _Summary(book.sheet(first), evaluation, words).write()
        for name, part in zip(between, parts, strict=False):
            _keep_within(part)
            _Bids(book.sheet(name), part, price_heading(evaluation, words), words).write(
                decided=bool(evaluation.decisions)
            )
        if weighed:
            from tenderscore.reports._trade_off_sheet import (  # noqa: PLC0415 - seldom asked for
                write_trade_offs,
            )

            write_trade_offs(book.sheet(between[-1]), evaluation, words)
        award = award_rows(evaluation, words)
        if award is not None:
            _award(book.sheet(awarded), award, words)
        if evaluation.warnings:
            _warnings(book.sheet(last), evaluation, words)
        return book.content()


def _keep_within(lots: Sequence[LotResult]) -> None:
    rows = sum(len(round_.bids) for lot in lots for round_ in lot.rounds)
    if rows > _MOST_ROWS:
        raise UsageError(Message("{n:,} rows are more than a worksheet holds: write CSV", n=rows))


class _Summary:
    def __init__(self, sheet: Sheet, evaluation: Evaluation, words: Words) -> None:
        self._sheet = sheet
        self._evaluation = evaluation
        self._words = words

    def write(self) -> None:
        evaluation, sheet, words = self._evaluation, self._sheet, self._words
        sheet.text(0, 0, heading(evaluation, words), "title", fits=False)
        sheet.text(1, 0, about(evaluation, words), "faint", fits=False)
        heads = (
            *(Message("Lot"), Message("Title"), Message("Result"), Message("Winner")),
            *(Message("Total"), Message("Margin"), Message("Budget"), Message("Shortlist")),
        )
        for column, head in enumerate(heads):
            sheet.text(3, column, words.say(head), "number head" if column in {4, 5, 6} else "head")
        for row, lot in enumerate(evaluation.lots.values(), 4):
            self._lot(row, lot)
        sheet.text(5 + len(evaluation.lots), 0, counts_line(evaluation.counts, words), fits=False)
        sheet.worksheet.freeze_panes(4, 1)

    def _lot(self, row: int, lot: LotResult) -> None:
        sheet, words = self._sheet, self._words
        shortlist = [words.name(vendor) for vendor in lot.shortlist[:_LISTED]]
        winner = lot.won
        decimals = total_decimals(lot.rounds[-1]) if lot.rounds else 0
        sheet.text(row, 0, words.name(lot.id), "strong")
        sheet.text(row, 1, words.title(lot.title))
        sheet.text(row, 2, headline(lot, self._evaluation, words))
        if winner is not None:
            sheet.text(row, 3, words.name(winner.vendor))
            sheet.number(row, 4, winner.total, decimals)
        if lot.margin is not None:
            measured = lot.rounds[-1].measure is not None
            sheet.number(row, 5, lot.margin, money_decimals([lot.margin]) if measured else decimals)
        if lot.budget is not None:
            sheet.number(row, 6, lot.budget, money_decimals([lot.budget]))
        sheet.text(row, 7, words.joined(shortlist))


class _Bids:
    """The rows of some lots: fixed columns, carried totals, groups and criteria, reasons."""

    def __init__(self, sheet: Sheet, lots: Sequence[LotResult], price: str, words: Words) -> None:
        self._sheet = sheet
        self._lots = lots
        self._words = words
        self._price = price
        rounds = [round_ for lot in lots for round_ in lot.rounds]
        carried = dict.fromkeys(id_ for round_ in rounds for id_ in round_.carry_over)
        self._nodes: dict[str, NodeInfo] = {}
        for node in (node for round_ in rounds for node in round_.nodes):
            self._nodes.setdefault(node.id, node)
        measures = [round_.measure for round_ in rounds if round_.measure is not None]
        by_id = {measure.id: measure for measure in measures}
        self._measures = {m.id: (8 + number, m) for number, m in enumerate(by_id.values())}
        sheets = dict.fromkeys(who for measure in measures for who in measure.evaluators)
        first = 8 + len(self._measures)
        self._sheets = {who: first + number for number, who in enumerate(sheets)}
        first += len(sheets)
        self._carried = {id_: first + number for number, id_ in enumerate(carried)}
        first += len(carried)
        self._columns = {id_: first + number for number, id_ in enumerate(self._nodes)}
        self._reasons = first + len(self._nodes)
        self._flags = self._unapplied = self._reasons

    def write(self, *, decided: bool) -> None:
        self._heads()
        extra = self._extra(decided=decided)
        row = 3
        for lot in self._lots:
            for round_ in lot.rounds:
                row = self._round(row, lot, round_)
            for aside in lot.set_aside:
                self._set_aside(row, lot, aside)
                row += 1
        self._sheet.worksheet.freeze_panes(3, 5)
        self._sheet.worksheet.autofilter(2, 0, max(row - 1, 3), self._reasons + extra)

    def _extra(self, *, decided: bool) -> int:
        """How many columns follow on the reasons: decisions, what does not apply, flags."""
        rounds = [round_ for lot in self._lots for round_ in lot.rounds]
        partly = any(round_.unapplied for round_ in rounds)
        flagged = any(round_.flagged for round_ in rounds)
        heads = [Message("Decisions")] * decided + [Message("Does not apply")] * partly
        heads += [Message("Low prices")] * flagged
        for number, head in enumerate(heads, 1):
            self._head(self._reasons + number, self._words.say(head), look="head")
        self._unapplied = self._reasons + decided + partly
        self._flags = self._reasons + len(heads)
        return len(heads)

    def _heads(self) -> None:
        say = self._words.say
        heads = [
            *(say(Message("Lot")), say(Message("Round")), say(Message("Rank"))),
            *(say(Message("Vendor")), say(Message("Name")), say(Message("Outcome"))),
            *(say(Message("Total")), self._price),
        ]
        for column, head in enumerate(heads):
            self._head(column, head, look="number head" if column in {2, 6, 7} else "head")
        for column, measure in self._measures.values():
            self._head(column, say(measure.title))
        for who, column in self._sheets.items():
            self._head(column, say(Message("Rank by {evaluator}", evaluator=who)))
        for id_, column in self._carried.items():
            self._head(column, id_)
        for id_, column in self._columns.items():
            node = self._nodes[id_]
            self._head(column, self._words.title(node.title), id_)
            self._sheet.number(2, column, node.weight, _places(node), "head")
            if node.depth:
                self._sheet.fold(column)
        self._head(self._reasons, say(Message("Reasons")), look="head")

    def _head(self, column: int, title: str, id_: str = "", *, look: Look = "number head") -> None:
        self._sheet.text(0, column, title, look, fits=column < 8)
        self._sheet.text(1, column, id_, "faint", fits=False)
        self._sheet.text(2, column, "", "head")

    def _round(self, row: int, lot: LotResult, round_: RoundResult) -> int:
        decimals = total_decimals(round_)
        title = self._words.title(round_.title)
        for at, bid in enumerate(round_.bids, row):
            self._bid(at, bid, decimals, round_)
            self._sheet.text(at, 0, self._words.name(lot.id))
            self._sheet.text(at, 1, title)
        return row + len(round_.bids)

    def _bid(self, row: int, bid: BidResult, decimals: int, round_: RoundResult) -> None:
        sheet, words = self._sheet, self._words
        look: Look = "strong" if bid.outcome == "advanced" else "plain"
        sheet.number(row, 2, bid.rank, 0)
        sheet.text(row, 3, words.name(bid.vendor))
        sheet.text(row, 4, words.name(bid.name), look)
        sheet.text(row, 5, words.say(OUTCOMES[bid.outcome]))
        sheet.number(row, 6, bid.total, decimals, look)
        if bid.price is not None:
            sheet.number(row, 7, bid.price, money_decimals([bid.price]))
        if bid.standing is not None:
            self._standing(row, bid.standing, look)
        for id_, total in bid.carried.items():
            sheet.number(row, self._carried[id_], total, decimals)
        for result in bid.criteria:
            declared = round_.criterion_decimals
            places = decimals_for([result.points], declared, *limits_of(round_))
            node_look: Look = "plain" if result.node.depth else "strong"
            column = self._columns[result.id]
            if result.applies:
                sheet.number(row, column, result.points, places, node_look)
            else:
                sheet.dash(row, column, node_look)
        sheet.text(row, self._reasons, reasons(bid, words))
        if bid.decisions:
            sheet.text(row, self._reasons + 1, decisions(bid, words))
        if round_.unapplied:
            sheet.text(row, self._unapplied, unapplied(bid, words))
        if bid.flags:
            sheet.text(row, self._flags, flags(bid, words))

    def _standing(self, row: int, standing: Standing, look: Look) -> None:
        (shown,) = prices([standing.value])
        column, _ = self._measures[standing.measure.id]
        self._sheet.number(row, column, shown.number, shown.decimals, look)
        for who, rank in standing.ranks.items():
            self._sheet.number(row, self._sheets[who], rank, decimal_places(rank) or 0)

    def _set_aside(self, row: int, lot: LotResult, aside: SetAside) -> None:
        words = self._words
        texts = {
            0: words.name(lot.id),
            3: words.name(aside.vendor),
            4: words.name(aside.name),
            5: words.say(RULES[aside.rule]),
            self._reasons: words.headed(words.name(aside.bid), words.say(aside.message)),
        }
        for column, text in texts.items():
            self._sheet.text(row, column, text)


def _places(node: NodeInfo) -> int:
    return min(decimal_places(node.weight) or 0, 2)


def _award(sheet: Sheet, award: AwardRows, words: Words) -> None:
    sheet.text(0, 0, award.headline, "strong", fits=False)
    heads = [words.say(each) for each in (Message("Lot"), Message("Vendor"))]
    for column, head in enumerate([*heads, *award.heads]):
        sheet.text(2, column, head, "head" if column < len(heads) else "number head")
    for row, lot in enumerate(award.lots, 3):
        sheet.text(row, 0, lot.lot, "strong")
        sheet.text(row, 1, lot.vendor)
        for column, figure in enumerate(lot.figures, 2):
            sheet.number(row, column, figure.number, figure.decimals)
    for row, sentence in enumerate(award.sentences, 4 + len(award.lots)):
        sheet.text(row, 0, sentence, fits=False)


def _warnings(sheet: Sheet, evaluation: Evaluation, words: Words) -> None:
    heads = (Message("Code"), Message("Place"), Message("Warning"), Message("Help"))
    for column, head in enumerate(heads):
        sheet.text(0, column, words.say(head), "head")
    for row, problem in enumerate(evaluation.warnings[:_MOST_ROWS], 1):
        shown = warning_row(problem, words)
        for column, text in enumerate((shown.code, shown.place, shown.message, shown.help)):
            sheet.text(row, column, text)
    sheet.worksheet.freeze_panes(1, 0)
