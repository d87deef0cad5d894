"""What the cells of a score sheet take, and when they change colour, as formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from xlsxwriter.utility import xl_rowcol_to_cell

from tenderscore.model.numerals import exact_text
from tenderscore.sheets.score_sheet import Question
from tenderscore.sheets.xlsx_looks import COMMENT, SCORE

Run: TypeAlias = tuple[int, int]
"""The first and the last of some rows that follow one another."""

_RUNS_AT_ONCE = 100
_LONGEST_RULE = 255


def number_rule(row: int, question: Question, abstain: str) -> str:
    """What holds for a number on the scale, and for the word of abstention."""
    cell = xl_rowcol_to_cell(row, SCORE)
    bounds = [f"{cell}>={exact_text(question.low)}", f"{cell}<={exact_text(question.high)}"]
    rule = _rule(cell, [*bounds, *_steps(cell, question)], abstain)
    # What is too long for a cell's rule is found when the sheet is read.
    return rule if len(rule) <= _LONGEST_RULE else _rule(cell, bounds, abstain)


def _steps(cell: str, question: Question) -> list[str]:
    if question.step is None:
        return []
    steps = f"({cell}-({exact_text(question.low)}))/{exact_text(question.step)}"
    return [f"ABS({steps}-ROUND({steps},0))<0.000001"]


def _rule(cell: str, tests: Sequence[str], abstain: str) -> str:
    # IF, because AND works out all its parts, and a text has no steps.
    on_scale = f"IF(ISNUMBER({cell}),AND({','.join(tests)}),FALSE)"
    return f"=IF({cell}={literal(abstain)},TRUE,{on_scale})"


def lacks_comment(question: Question) -> str:
    """What is true where a comment is needed and lacking; empty where none is ever needed."""
    blank = 'TRIM({comment})=""'
    if question.comment == "always":
        return f"AND(ISNUMBER({{score}}),{blank})"
    if question.comment == "extremes":
        low, high = exact_text(question.low), exact_text(question.high)
        return f"AND(ISNUMBER({{score}}),OR({{score}}={low},{{score}}={high}),{blank})"
    return ""


def at_row(condition: str, row: int) -> str:
    """A condition on ``{score}`` and ``{comment}`` as a rule that begins in a row has it."""
    score = xl_rowcol_to_cell(row, SCORE, col_abs=True)
    comment = xl_rowcol_to_cell(row, COMMENT, col_abs=True)
    return "=" + condition.format(score=score, comment=comment)


def literal(text: str) -> str:
    """A text as a formula has it."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def quoted(name: str) -> str:
    """A worksheet's name as a formula has it."""
    doubled = name.replace("'", "''")
    return f"'{doubled}'"


def runs(rows: Iterable[int]) -> list[Run]:
    """Rows as runs.

    >>> runs([5, 6, 7, 9])
    [(5, 7), (9, 9)]
    """
    found: list[Run] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found


def by_rule(found: Sequence[Run]) -> Iterator[Sequence[Run]]:
    """As many runs at a time as one rule may list."""
    for at in range(0, len(found), _RUNS_AT_ONCE):
        yield found[at : at + _RUNS_AT_ONCE]
