"""The explanation as JSON, schema ``tenderscore/explanation/1``."""

from __future__ import annotations

from tenderscore.model.explanation import (
    Explanation,
    LotExplanation,
    NodeExplanation,
    RequirementExplanation,
    RoundExplanation,
)
from tenderscore.model.records import record
from tenderscore.reports._json import Flat, Tree, document, number, place_keys, plain
from tenderscore.reports._style import Style
from tenderscore.reports._words import Words
from tenderscore.reports.json_document import (
    bid_row,
    evaluated_keys,
    set_aside_row,
    standing_keys,
)

SCHEMA = "tenderscore/explanation/1"
_OF_BIDS = ("outcome", "reasons", "total", "rank", "carried", "price", "flags", "decisions")


@record
class JsonDocument:
    """``explain --format json``."""

    def render(self, explanation: Explanation, style: Style) -> bytes:
        """The whole document, UTF-8, with a final newline."""
        words = Words.data(style.language)
        return document(
            {
                "schema": SCHEMA,
                "vendor": explanation.vendor,
                "name": explanation.name,
                "currency": explanation.currency,
                "lots": [_lot(lot, words) for lot in explanation.lots],
            }
        )


def _lot(lot: LotExplanation, words: Words) -> dict[str, Tree]:
    return {
        "id": lot.id,
        "title": words.title(lot.title),
        "shortlisted": lot.shortlisted,
        "winner": lot.winner,
        "award": words.maybe(lot.award),
        "choice": words.maybe(lot.choice),
        "pending": lot.pending,
        "pending_reason": words.maybe(lot.pending_reason),
        "set_aside": [set_aside_row(bid, words) for bid in lot.set_aside],
        "rounds": [_round(round_, words) for round_ in lot.rounds],
    }


def _round(round_: RoundExplanation, words: Words) -> dict[str, Tree]:
    bid = bid_row(round_.bid, words)
    return {
        "id": round_.id,
        "title": words.title(round_.title),
        **{key: bid[key] for key in _OF_BIDS},
        **standing_keys(round_.bid.standing),
        **evaluated_keys(round_.bid.evaluated, words),
        "own_total": None if round_.own_total is None else number(round_.own_total),
        "total_formula": words.maybe(round_.total_formula),
        "standing": [words.say(line) for line in round_.standing],
        "needed": words.maybe(round_.needed),
        "requirements": [_requirement(each, words) for each in round_.requirements],
        "criteria": [_node(node, words) for node in round_.nodes],
    }


def _requirement(tested: RequirementExplanation, words: Words) -> dict[str, Tree]:
    return {
        "id": tested.id,
        "title": words.title(tested.title),
        "test": words.say(tested.test),
        "fact": tested.fact,
        "value": plain(tested.value),
        "state": tested.state,
        "notes": [words.say(note) for note in tested.notes],
        "fact_place": Flat(place_keys(tested.fact_place)),
        "rule_place": Flat(place_keys(tested.rule_place)),
    }


def _node(node: NodeExplanation, words: Words) -> dict[str, Tree]:
    info, step = node.node, node.step
    inputs = () if step is None else step.inputs
    return {
        "id": info.id,
        "title": words.title(info.title),
        "weight": plain(info.weight),
        "method": info.method,
        "source": node.source or None,
        "filled": node.filled or None,
        "value": plain(node.value),
        "formula": words.maybe(None if step is None else step.formula),
        "inputs": [
            Flat({"name": words.say(name), "value": plain(value)}) for name, value in inputs
        ],
        "exact": None if node.exact is None else number(node.exact),
        "points": number(node.points),
        "contribution": number(node.contribution),
        "notes": [words.say(note) for note in node.notes],
        "fact_place": Flat(place_keys(node.fact_place)),
        "rule_place": Flat(place_keys(node.rule_place)),
    }
