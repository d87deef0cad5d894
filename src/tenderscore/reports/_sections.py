"""What the formats for publishing show of a lot: its rows, and all criteria against all bids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tenderscore.model.records import record
from tenderscore.model.result import Evaluation, LotResult, RoundResult
from tenderscore.reports._criteria import CriterionRow, criterion_rows
from tenderscore.reports._lots import LotRows, lot_rows
from tenderscore.reports._rows import Head, RankedRow, RoundRows, scored, standing_heads
from tenderscore.reports._words import Words

COLOURS = 8

_COMPARED = 40


@record
class RoundSection:
    """A round's rows, and its criteria against its bids where these are few."""

    rows: RoundRows
    names: tuple[str, ...]
    standing_heads: tuple[str, ...]
    criteria: tuple[CriterionRow, ...]


@record
class LotSection:
    """A lot's rows with its rounds."""

    rows: LotRows
    rounds: tuple[RoundSection, ...]


def sections(evaluation: Evaluation, top: int, words: Words) -> list[LotSection]:
    """All lots in their order."""
    return [_lot(lot, evaluation, top, words) for lot in evaluation.lots.values()]


def segments(row: RankedRow, heads: Sequence[Head]) -> Iterator[tuple[int, str, str]]:
    """The parts of a total's bar: the number of its colour, its width in percent, what it is."""
    for at, (head, figure) in enumerate(zip(heads, row.points, strict=True)):
        if figure.number:
            width = f"{float(figure.number * head.share / 100):.2f}"
            yield at % COLOURS, width, f"{head.title}: {figure.text} x {head.percent}"


def _lot(lot: LotResult, evaluation: Evaluation, top: int, words: Words) -> LotSection:
    rows = lot_rows(lot, evaluation, top, words)
    pairs = zip(lot.rounds, rows.rounds, strict=True)
    return LotSection(rows, tuple(_round(result, shown, top, words) for result, shown in pairs))


def _round(result: RoundResult, rows: RoundRows, top: int, words: Words) -> RoundSection:
    heads = tuple(standing_heads(rows, words))
    if len(rows.ranked) > _COMPARED:
        return RoundSection(rows, (), heads, ())
    names = tuple(row.name for row in rows.ranked)
    criteria = criterion_rows(result, scored(result, top), words)
    return RoundSection(rows, names, heads, tuple(criteria))
