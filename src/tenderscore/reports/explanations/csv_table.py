"""The explanation as CSV: a row for each requirement and each criterion, with its working.

The columns are ``lot, round, kind, id, title, outcome, fact, value, fact_place, rule_place,
working, weight, exact, points, contribution``; ``kind`` is ``requirement``, ``group``,
``criterion``, ``flag``, ``decision`` or, for each line on what ranks a bid in place of its total,
``ranking``. Formulas and encoding are as in the evaluation's CSV.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tenderscore.errors import Place
from tenderscore.model.explanation import (
    Explanation,
    NodeExplanation,
    RequirementExplanation,
    RoundExplanation,
)
from tenderscore.model.records import record
from tenderscore.model.values import Value, is_number
from tenderscore.reports._style import Style
from tenderscore.reports._words import WORKING, Words
from tenderscore.reports.csv_table import decimal, inert, table
from tenderscore.reports.explanations._rows import formula, inputs, notes

if TYPE_CHECKING:
    from tenderscore.model.decisions import Decision

_COLUMNS = (
    *("lot", "round", "kind", "id", "title", "outcome", "fact", "value", "fact_place"),
    *("rule_place", "working", "weight", "exact", "points", "contribution"),
)


@record
class CsvTable:
    """``explain --format csv``."""

    def render(self, explanation: Explanation, style: Style) -> bytes:
        """The whole file."""
        words = Words.people(style.language, WORKING)
        rows = (
            {"lot": inert(words.show(lot.id)), "round": inert(words.show(round_.id)), **row}
            for lot in explanation.lots
            for round_ in lot.rounds
            for row in _rows(round_, words)
        )
        return table(list(_COLUMNS), rows)


def _rows(round_: RoundExplanation, words: Words) -> Iterator[dict[str, str]]:
    for tested in round_.requirements:
        yield _requirement(tested, words)
    for node in round_.nodes:
        yield _node(node, words)
    for flag in round_.bid.flags:
        yield {"kind": "flag", "id": flag.id, "working": inert(words.say(flag.finding))}
    for decision in round_.bid.decisions:
        yield _decision(decision, words)
    if round_.bid.standing is not None:
        id_ = round_.bid.standing.measure.id
        for line in round_.standing:
            yield {"kind": "ranking", "id": id_, "working": inert(words.say(line))}


def _requirement(tested: RequirementExplanation, words: Words) -> dict[str, str]:
    return {
        "kind": "requirement",
        "id": inert(words.show(tested.id)),
        "title": inert(words.title(tested.title)),
        "outcome": tested.state,
        "fact": inert(words.show(tested.fact)),
        "value": _value(tested.value, words),
        "fact_place": _at(tested.fact_place, words),
        "rule_place": _at(tested.rule_place, words),
        "working": inert("; ".join(map(words.say, (tested.test, *tested.notes)))),
    }


def _node(node: NodeExplanation, words: Words) -> dict[str, str]:
    working = (inputs(node, words), formula(node, words), *notes(node, words))
    return {
        "kind": "group" if node.node.method is None else "criterion",
        "id": node.node.id,
        "title": inert(words.title(node.node.title)),
        "fact": inert(words.show(node.source)),
        "value": _value(node.value, words),
        "fact_place": _at(node.fact_place, words),
        "rule_place": _at(node.rule_place, words),
        "working": inert("; ".join(filter(None, working))),
        "weight": decimal(node.node.weight),
        "exact": decimal(node.exact),
        "points": decimal(node.points),
        "contribution": decimal(node.contribution),
    }


def _decision(decision: Decision, words: Words) -> dict[str, str]:
    return {
        "kind": "decision",
        "id": str(decision.entry["decide"]),
        "rule_place": _at(decision.place, words),
        "working": inert(words.say(decision.message)),
    }


def _value(value: Value, words: Words) -> str:
    if value is None:
        return ""
    return decimal(value) if is_number(value) else inert(words.value(value))  # type: ignore[arg-type]


def _at(place: Place | None, words: Words) -> str:
    return "" if place is None else inert(words.place(place))
