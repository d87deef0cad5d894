"""Tables of the panel's scores, as columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tenderscore.errors import Message, Problem
from tenderscore.model.columns import NumberColumn
from tenderscore.model.exact import Mask, Rationals
from tenderscore.model.panel import Score
from tenderscore.model.scores import Coded, ScoreColumns
from tenderscore.model.suggestions import did_you_mean
from tenderscore.model.table import Table
from tenderscore.sources.scores import TABLE_TEXTS, is_score, no_number, score_number

_NEEDED = ("evaluator", "vendor", "criterion", "score")


def scores_of_table(table: Table) -> tuple[list[Score], list[Problem]]:
    """The scores of a table with a row a score."""
    columns, problems = score_columns(table)
    return [columns.score(row) for row in range(len(columns))], problems


def score_columns(table: Table) -> tuple[ScoreColumns, list[Problem]]:
    """The same as columns; what is wrong is left out."""
    problems = [*table.problems, *_header_problems(table)]
    if any(problem.severity == "error" for problem in problems):
        return ScoreColumns.of((), table.file), problems
    whole = _named(table, problems)
    numbers, abstains, given = _scores(table, whole, problems)
    rows = np.flatnonzero(whole & given)
    return _columns(table, rows, numbers.take(rows), abstains[rows]), problems


def _header_problems(table: Table) -> list[Problem]:
    headers, known = {*table.columns, *table.texts}, {*TABLE_TEXTS, "score"}
    problems = []
    lacking = [header for header in _NEEDED if header not in headers]
    if lacking and not any(each.severity == "error" for each in table.problems):
        template = "the table has no column {header}"
        message = Message(template, header=", ".join(lacking))
        problems.append(Problem("score-form", message, table.place(None, None)))
    for header in sorted(headers - known):
        message = Message("unknown column {header!r}", header=header)
        place = table.place(None, header)
        problems.append(Problem("unknown-key", message, place, did_you_mean(header, known)))
    return problems


def _named(table: Table, problems: list[Problem]) -> Mask:
    """Which rows say whose score it is, of whom and on what."""
    whole = np.ones(table.rows, dtype=np.bool_)
    for header in _NEEDED[:3]:
        missing = table.texts[header].missing
        for row in np.flatnonzero(missing & whole).tolist():
            message = Message("the row has no {header}", header=header)
            problems.append(Problem("score-form", message, table.place(row, header)))
        whole &= ~missing
    return whole


def _scores(table: Table, whole: Mask, problems: list[Problem]) -> tuple[Rationals, Mask, Mask]:
    """The numbers of the column of scores, which rows abstain, and which give anything."""
    column = table.columns["score"]
    if isinstance(column, NumberColumn):
        return column.numbers, np.zeros(table.rows, dtype=np.bool_), ~column.missing
    fits = column.each(lambda value: value is None or is_score(value))
    wrong = ~np.array(fits, dtype=np.bool_)
    for row in np.flatnonzero(wrong & whole).tolist():
        message = no_number(column.value(row))
        problems.append(Problem("score-form", message, table.place(row, "score")))
    given = ~column.missing & ~wrong
    values = column.each(lambda value: score_number(value) if is_score(value) else None)
    abstains = given & np.array([value is None for value in values], dtype=np.bool_)
    return Rationals.of([value or 0 for value in values]), abstains, given


def _columns(
    table: Table, rows: NDArray[np.intp], numbers: Rationals, abstains: Mask
) -> ScoreColumns:
    coded = {
        name: _coded(table, name, rows) for name in ("evaluator", "vendor", "criterion", "lot")
    }

    def comment(row: int) -> str | None:
        column = table.texts.get("comment")
        value = None if column is None else column.value(int(rows[row]))
        return None if value is None else str(value)

    def score(row: int) -> Score:
        at = int(rows[row])
        return Score(
            evaluator=str(coded["evaluator"].id(row)),
            vendor=str(coded["vendor"].id(row)),
            criterion=str(coded["criterion"].id(row)),
            lot=coded["lot"].id(row),
            score=None if abstains[row] else numbers.value(row),
            place=table.place(at, "score"),
            comment=comment(row),
            vendor_place=table.place(at, "vendor"),
            criterion_place=table.place(at, "criterion"),
            lot_place=table.place(at, "lot"),
        )

    return ScoreColumns(
        file=table.file,
        evaluators=coded["evaluator"],
        vendors=coded["vendor"],
        criteria=coded["criterion"],
        lots=coded["lot"],
        numbers=numbers,
        abstains=abstains,
        score=score,
        comment=comment,
        place=lambda row: table.place(int(rows[row]), "score"),
    )


def _coded(table: Table, name: str, rows: NDArray[np.intp]) -> Coded:
    column = table.texts.get(name)
    if column is None:
        return Coded((), np.full(len(rows), -1, dtype=np.int64))
    ids: Sequence[str] = [str(value) for value in column.values_by_code]
    return _used(ids, column.codes[rows].astype(np.int64))


def _used(ids: Sequence[str], codes: NDArray[np.int64]) -> Coded:
    """The ids that occur, each once."""
    known: dict[str, int] = {}
    occurs = np.bincount(codes + 1, minlength=len(ids) + 1)[1:] > 0
    renamed = [
        known.setdefault(id_, len(known)) if occurs[at] else -1 for at, id_ in enumerate(ids)
    ]
    return Coded(list(known), np.array([*renamed, -1], dtype=np.int64)[codes])
