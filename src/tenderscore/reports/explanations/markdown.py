"""The explanation as Markdown: a table of criteria a round."""

from __future__ import annotations

from collections.abc import Iterator

from tenderscore.errors import Message
from tenderscore.model.explanation import Explanation, LotExplanation, RoundExplanation
from tenderscore.model.records import record
from tenderscore.reports._markup import literal, table
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
from tenderscore.reports.markdown import MARKS

_INDENT = "&emsp;"


@record
class Markdown:
    """``explain --format markdown``."""

    def render(self, explanation: Explanation, style: Style) -> bytes:
        """The whole document."""
        page = _Page(Words.people(style.language, WORKING))
        return "\n".join([*page.lines(explanation), ""]).encode()


class _Page:
    def __init__(self, words: Words) -> None:
        self._words = words

    def lines(self, explanation: Explanation) -> Iterator[str]:
        yield f"# {literal(self._words.named(explanation.vendor, explanation.name))}"
        for sentence in nowhere(explanation, self._words):
            yield from ("", literal(sentence))
        for lot in explanation.lots:
            yield from self._lot(lot)

    def _lot(self, lot: LotExplanation) -> Iterator[str]:
        name = lot_heading(lot, self._words)
        yield from ("", f"## {literal(name)}", "", f"**{literal(verdict(lot, self._words))}**")
        told = (
            *waiting(lot, self._words),
            *choice(lot, self._words),
            *award(lot, self._words),
        )
        for sentence in (*told, *set_aside(lot, self._words)):
            yield from ("", literal(sentence))
        for round_ in lot.rounds:
            yield from self._round(round_)

    def _round(self, round_: RoundExplanation) -> Iterator[str]:
        title = self._words.title(round_.title)
        text = self._words.headed(title, outcome(round_, self._words))
        yield from ("", f"### {literal(text)}", "")
        for sentence in reasons(round_, self._words):
            yield f"- {literal(sentence)}"
        yield from self._requirements(round_)
        yield from self._criteria(round_)
        for sentence in endings(round_, self._words):
            yield from ("", literal(sentence))

    def _requirements(self, round_: RoundExplanation) -> Iterator[str]:
        rows = [
            [
                f"{MARKS[row.outcome]} {row.state}",
                literal(row.title),
                literal(f"{row.fact} {row.test}"),
                "<br>".join(map(literal, (with_place(row.value, row.fact_place), *row.notes))),
                literal(row.rule_place),
            ]
            for row in requirement_rows(round_.requirements, self._words)
        ]
        if rows:
            heads = [
                "",
                self._say(Message("Requirement")),
                self._say(Message("Test")),
                self._say(Message("Fact")),
                self._say(Message("Rule")),
            ]
            yield from ("", *table(heads, [False] * len(heads), rows))

    def _criteria(self, round_: RoundExplanation) -> Iterator[str]:
        rows = [self._node(row) for row in node_rows(round_.nodes, self._words)]
        if rows:
            heads = [
                self._say(Message("Criterion")),
                self._say(Message("Weight")),
                self._say(Message("Points")),
                self._say(Message("Adds")),
                self._say(Message("Fact")),
                self._say(Message("Working")),
            ]
            right = [False, True, True, True, False, False]
            yield from ("", *table(heads, right, rows))

    def _node(self, row: NodeRow) -> list[str]:
        working = (row.inputs, with_place(row.formula, row.rule_place), *row.notes)
        title = literal(row.title)
        return [
            _INDENT * row.depth + title if row.depth else f"**{title}**",
            row.weight,
            row.points,
            row.contribution,
            literal(with_place(row.fact, row.fact_place)),
            "<br>".join(map(literal, filter(None, working))),
        ]

    def _say(self, message: Message) -> str:
        return literal(self._words.say(message))
