"""What ``explain`` prints: one vendor's rounds, down to the line that each number came from."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from tenderscore.errors import Message
from tenderscore.model.explanation import Explanation, LotExplanation, RoundExplanation
from tenderscore.model.records import record
from tenderscore.reports._ink import Meaning, inked
from tenderscore.reports._layout import HELD, Cell, Column, grid, paragraph
from tenderscore.reports._marks import MEANINGS, Marks
from tenderscore.reports._style import Style
from tenderscore.reports._words import WORKING, Words
from tenderscore.reports.explanations._rows import (
    NodeRow,
    award,
    choice,
    endings,
    lot_heading,
    node_rows,
    nowhere,
    outcome,
    reasons,
    requirement_rows,
    set_aside,
    verdict,
    waiting,
    with_place,
)

_STEP = "  "


@record
class Terminal:
    """``explain --format table``: a tree of criteria with the working of each."""

    def render(self, explanation: Explanation, style: Style) -> bytes:
        """The whole text."""
        page = _Page(explanation, style)
        return "\n".join([*page.lines(), ""]).encode()


class _Page:
    def __init__(self, explanation: Explanation, style: Style) -> None:
        self._explanation = explanation
        self._style = style
        self._words = Words.people(style.language, WORKING)
        self._marks = Marks.of(style)

    def lines(self) -> Iterator[str]:
        explanation = self._explanation
        yield from self._strong(self._words.named(explanation.vendor, explanation.name))
        for sentence in nowhere(explanation, self._words):
            yield from ("", sentence)
        for lot in explanation.lots:
            yield from self._lot(lot)

    def _lot(self, lot: LotExplanation) -> Iterator[str]:
        text = self._words.headed(lot_heading(lot, self._words), verdict(lot, self._words))
        yield ""
        yield from self._strong(text)
        yield self._ink(self._marks.rule * min(cell_len(text), self._style.width), "faint")
        told = (
            *waiting(lot, self._words),
            *choice(lot, self._words),
            *award(lot, self._words),
        )
        for sentence in (*told, *set_aside(lot, self._words)):
            yield from self._indented(sentence, 1)
        for round_ in lot.rounds:
            yield from self._round(round_)

    def _round(self, round_: RoundExplanation) -> Iterator[str]:
        title = self._words.title(round_.title)
        yield from ("", *self._strong(self._words.headed(title, outcome(round_, self._words))))
        for sentence in reasons(round_, self._words):
            yield from self._indented(sentence, 1)
        yield from self._requirements(round_)
        if round_.nodes:
            yield ""
            yield from self._criteria(round_)
        sentences = list(endings(round_, self._words))
        yield from [""] if sentences else []
        for sentence in sentences:
            yield from self._indented(sentence, 1)

    def _requirements(self, round_: RoundExplanation) -> Iterator[str]:
        rows = list(requirement_rows(round_.requirements, self._words))
        if rows:
            yield ""
        for row in rows:
            mark = self._marks.outcomes[row.outcome]
            coloured = self._ink(mark, MEANINGS[row.outcome])
            met = self._words.joined([row.value, row.state])
            text = self._words.headed(row.title, self._words.headed(f"{row.fact} {row.test}", met))
            for line in paragraph(text, self._style.width, f"{_STEP}{mark} ", _STEP * 2):
                yield line.replace(f"{_STEP}{mark} ", f"{_STEP}{coloured} ", 1)
            places = self._words.joined(filter(None, [row.fact_place, row.rule_place]))
            for line in (f"({places})", *row.notes):
                yield from self._indented(line, 2)

    def _criteria(self, round_: RoundExplanation) -> Iterator[str]:
        rows = list(node_rows(round_.nodes, self._words))
        heads = [Message("Criterion"), Message("Weight"), Message("Points"), Message("Adds")]
        first, *numbers = map(self._words.say, heads)
        columns = [Column(first, narrowest=20)]
        columns += [Column(head, right=True, least=7, gap=2) for head in numbers]
        cells = [self._cells(row) for row in rows]
        width = self._style.width - len(_STEP)
        head, *blocks = grid(columns, cells, width, colour=self._style.colour)
        yield from (_STEP + line for line in head)
        for row, lines in zip(rows, blocks, strict=True):
            yield from (_STEP + line.replace(HELD, " ") for line in lines)
            yield from self._working(row)

    def _cells(self, row: NodeRow) -> list[Cell]:
        meaning: Meaning = "plain" if row.depth else "strong"
        title = HELD * len(_STEP) * row.depth + row.title
        return [Cell(text, meaning) for text in (title, row.weight, row.points, row.contribution)]

    def _working(self, row: NodeRow) -> Iterator[str]:
        fact = with_place(row.fact, row.fact_place)
        rule = with_place(row.formula, row.rule_place)
        for text in filter(None, (fact, row.inputs, rule, *row.notes)):
            yield from self._indented(text, row.depth + 2)

    def _indented(self, text: str, depth: int) -> Iterator[str]:
        yield from paragraph(text, self._style.width, _STEP * depth, _STEP * depth)

    def _strong(self, text: str) -> Iterator[str]:
        return (self._ink(line, "strong") for line in paragraph(text, self._style.width))

    def _ink(self, text: str, meaning: Meaning) -> str:
        return inked(text, meaning, colour=self._style.colour)
