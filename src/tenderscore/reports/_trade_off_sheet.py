"""The sheet of a workbook with the trade-off between leading bids, a row a pair of a lot."""

from __future__ import annotations

from collections.abc import Sequence

from tenderscore.errors import Message
from tenderscore.model.result import Evaluation
from tenderscore.reports._sheets import Sheet
from tenderscore.reports._trade_off import PairRow, TradeOffRows, trade_off_rows
from tenderscore.reports._words import Shown, Words

_TEXTS = 3


def write_trade_offs(sheet: Sheet, evaluation: Evaluation, words: Words) -> None:
    """All pairs of all lots, under what is compared with what."""
    tables = list(_tables(evaluation, words))
    row = _write_notes(sheet, tables)
    for column, head in enumerate([words.say(Message("Lot")), *tables[0][1].heads]):
        sheet.text(row, column, head, "head" if column < _TEXTS else "number head")
    for lot, table in tables:
        for pair in table.pairs:
            row += 1
            _write(sheet, row, lot, pair)


def _tables(evaluation: Evaluation, words: Words) -> Sequence[tuple[Shown, TradeOffRows]]:
    return [
        (words.name(lot.id), trade_off_rows(lot, lot.choice.trade_off, evaluation, words))
        for lot in evaluation.lots.values()
        if lot.choice is not None and lot.choice.trade_off is not None
    ]


def _write_notes(sheet: Sheet, tables: Sequence[tuple[Shown, TradeOffRows]]) -> int:
    """What is said above the tables, each sentence once; gives the row of the heads."""
    notes = dict.fromkeys(note for _, table in tables for note in table.notes)
    for row, note in enumerate(notes):
        sheet.text(row, 0, note, "faint", fits=False)
    return len(notes) + 1


def _write(sheet: Sheet, row: int, lot: str, pair: PairRow) -> None:
    for column, text in enumerate((lot, pair.better, pair.other)):
        sheet.text(row, column, text, "strong" if column == 0 else "plain")
    for column, figure in enumerate((pair.points, pair.price, pair.per_point), _TEXTS):
        sheet.number(row, column, figure.number, figure.decimals)
    if pair.words:
        sheet.text(row, 5, pair.words)
