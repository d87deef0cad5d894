"""Sheets as text that come back: score files that carry ``sheet:``, and tables with its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tenderscore.errors import Place, Problem
from tenderscore.model.located import Document, Node
from tenderscore.model.panel import Score
from tenderscore.model.records import replace
from tenderscore.model.table import Table
from tenderscore.reports.csv_table import revived
from tenderscore.sheets.returned import Returned, Where, alone_problem, where_of
from tenderscore.sources.score_tables import scores_of_table
from tenderscore.sources.scores import scores_of_document


def returned_document(document: Document) -> Returned:
    """A score file; what it says of ``sheet`` is empty where it is not one that was made here."""
    scores, problems, names = scores_of_document(document)
    criteria = document.root.get("sheet", "criteria")
    blind = document.root.get("sheet", "blind")
    evaluator = next(iter(names), scores[0].evaluator if scores else "")
    given = {where_of(score) for score in scores}
    asked = [(where, document.key_place(mark)) for where, mark in _asked(document)]
    alone = [
        alone_problem(document.place(mark.get("comment")))
        for where, mark in _asked(document)
        if where not in given and _has_comment_alone(mark)
    ]
    return Returned(
        file=document.file,
        evaluator=evaluator,
        name=names.get(evaluator, evaluator),
        criteria=_claims(criteria),
        is_blind=blind is not None and blind.value is True,
        scores=tuple(scores),
        blanks={where: place for where, place in asked if where not in given},
        vendors=_vendors(asked),
        problems=(*problems, *alone),
        place=document.place(criteria) if criteria is not None else Place(document.file),
    )


def _vendors(asked: Sequence[tuple[Where, Place]]) -> dict[str, Place]:
    """Who is asked about, in order, each with the first place."""
    vendors: dict[str, Place] = {}
    for (_, vendor, _), place in asked:
        vendors.setdefault(vendor, place)
    return vendors


def _claims(node: Node | None) -> dict[str, str]:
    if node is None or node.value is None:
        return {}
    if node.is_mapping:
        return {round_: inner.text for round_, inner in node.items()}
    return {"": node.text}


def _asked(document: Document) -> Iterator[tuple[Where, Node]]:
    """Every score that has a line in the file, filled or not."""
    yield from _asked_of(document.root.get("scores"), None)
    lots = document.root.get("lots")
    for lot, node in lots.items() if lots is not None else ():
        yield from _asked_of(node, lot)


def _asked_of(node: Node | None, lot: str | None) -> Iterator[tuple[Where, Node]]:
    for vendor, marks in node.items() if node is not None else ():
        for criterion, mark in marks.items():
            yield (lot, vendor, criterion), mark


def _has_comment_alone(mark: Node) -> bool:
    node, score = mark.get("comment"), mark.get("score")
    is_blank = score is None or score.value is None
    return node is not None and bool(node.text.strip()) and is_blank


def returned_table(table: Table) -> list[Returned]:
    """The sheets in a table, one an evaluator."""
    scores, problems = scores_of_table(table)
    by_evaluator: dict[str, list[Score]] = {}
    for score in map(_revived, scores):
        by_evaluator.setdefault(score.evaluator, []).append(score)
    rows = _rows(table) if not any(each.severity == "error" for each in problems) else {}
    sheets = [
        _table_sheet(table, evaluator, by_evaluator.get(evaluator, []), rows.get(evaluator, []))
        for evaluator in dict.fromkeys([*rows, *by_evaluator])
    ]
    return [*sheets, *_unread(table, problems)]


def _unread(table: Table, problems: Sequence[Problem]) -> list[Returned]:
    place = Place(table.file)
    empty = Returned(table.file, "", "", {}, False, (), {}, {}, tuple(problems), place)
    return [empty] if problems else []


def _rows(table: Table) -> dict[str, list[int]]:
    column = table.texts["evaluator"]
    rows: dict[str, list[int]] = {}
    for row in range(table.rows):
        rows.setdefault(revived(str(column.value(row))), []).append(row)
    return rows


def _table_sheet(
    table: Table, evaluator: str, scores: Sequence[Score], rows: Sequence[int]
) -> Returned:
    given = {where_of(score) for score in scores}
    asked = [(_where(table, row), table.place(row, "score")) for row in rows]
    alone = [
        alone_problem(table.place(row, "comment"))
        for row in rows
        if _where(table, row) not in given and _cell(table, "comment", row).strip()
    ]
    claims = {_cell(table, "round", row): _cell(table, "criteria", row) for row in rows}
    return Returned(
        file=table.file,
        evaluator=evaluator,
        name=evaluator,
        criteria={round_: each for round_, each in claims.items() if each},
        is_blind=any(_cell(table, "blind", row) for row in rows),
        scores=tuple(scores),
        blanks={where: place for where, place in asked if where not in given},
        vendors=_vendors(asked),
        problems=tuple(alone),
        place=table.place(rows[0] if rows else None, "criteria"),
    )


def _where(table: Table, row: int) -> Where:
    lot = _cell(table, "lot", row)
    return lot or None, _cell(table, "vendor", row), _cell(table, "criterion", row)


def _cell(table: Table, header: str, row: int) -> str:
    column = table.texts.get(header)
    value = None if column is None else column.value(row)
    return "" if value is None else revived(str(value))


def _revived(score: Score) -> Score:
    """A score whose ids are as they were before the table was written."""
    return replace(
        score,
        evaluator=revived(score.evaluator),
        vendor=revived(score.vendor),
        criterion=revived(score.criterion),
        lot=None if score.lot is None else revived(score.lot),
    )
