"""JSON for machines, as the published schema ``tenderscore/evaluation/1`` says.

Numbers are the float64 nearest the exact value; whole facts and weights are integers. The document
is written a bid at a time, so that a large round costs its text and little besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tenderscore.errors import Problem
from tenderscore.model.evaluated import EvaluatedPrice
from tenderscore.model.method import BY_TOTAL
from tenderscore.model.panel import Mark
from tenderscore.model.records import record
from tenderscore.model.result import (
    BidResult,
    CriterionResult,
    Evaluation,
    LotResult,
    NodeInfo,
    Reason,
    RoundResult,
    SetAside,
)
from tenderscore.model.standing import Standing
from tenderscore.reports._award_json import award_keys
from tenderscore.reports._json import Flat, Tree, document, number, place_keys, plain
from tenderscore.reports._rows import OUTCOMES
from tenderscore.reports._style import Style
from tenderscore.reports._words import Words

if TYPE_CHECKING:
    from tenderscore.model.choice import Pair
    from tenderscore.model.decisions import Decision
    from tenderscore.model.flags import Flag

EVALUATION = "tenderscore/evaluation/1"
PROBLEMS = "tenderscore/problems/1"

_LARGE = 1000


@record
class JsonDocument:
    """``--format json``: a criterion a line; a bid a line in rounds of more than a thousand."""

    def render(self, evaluation: Evaluation, style: Style) -> bytes:
        """The whole result, UTF-8, with a final newline."""
        return document(_evaluation(evaluation, Words.data(style.language)))


def problems_document(problems: Iterable[Problem], language: str) -> bytes:
    """What is wrong with the input, for machines."""
    words = Words.data(language)
    rows = (problem_row(problem, words) for problem in problems)
    return document({"schema": PROBLEMS, "problems": rows})


def bid_row(bid: BidResult, words: Words) -> dict[str, Tree]:
    """A bid in a round."""
    return {
        "vendor": bid.vendor,
        "name": bid.name,
        "outcome": bid.outcome,
        "reasons": [_reason(reason, words) for reason in bid.reasons],
        "total": None if bid.total is None else number(bid.total),
        "rank": bid.rank,
        "carried": {round_id: number(total) for round_id, total in bid.carried.items()},
        "criteria": [_criterion(result, words) for result in bid.criteria],
        "price": plain(bid.price),
        **standing_keys(bid.standing),
        **evaluated_keys(bid.evaluated, words),
        "decisions": [decision_row(decision) for decision in bid.decisions],
        "flags": [Flat(flag_keys(flag, words)) for flag in bid.flags],
    }


def standing_keys(standing: Standing | None) -> dict[str, Tree]:
    """What ranked a bid where that is not the total, under its own name."""
    if standing is None:
        return {}
    value: dict[str, Tree] = {standing.measure.id: plain(standing.value)}
    if standing.measure.evaluators:
        value["ranks"] = Flat({who: plain(rank) for who, rank in standing.ranks.items()})
    return value


def evaluated_keys(evaluated: EvaluatedPrice | None, words: Words) -> dict[str, Tree]:
    """The price as adjusted for comparison, with its steps, where the method adjusts it."""
    if evaluated is None:
        return {}
    steps = [
        Flat({"id": step.id, "title": words.title(step.title), "change": plain(step.change)})
        for step in evaluated.steps
    ]
    return {"evaluated_price": plain(evaluated.value), "price_steps": steps}


def decision_row(decision: Decision) -> Flat:
    """A decision as it is written, and where."""
    written = {key: plain(value) for key, value in decision.entry.items()}
    return Flat({**written, "file": decision.place.file, "line": decision.place.line})


def flag_keys(flag: Flag, words: Words) -> dict[str, Tree]:
    """What a test for low prices found."""
    return {
        "id": flag.id,
        "title": words.title(flag.title),
        "message": words.say(flag.message),
        "threshold": number(flag.threshold),
        "then": flag.then,
        "explained": flag.explanation is not None,
        "explanation": flag.explanation,
        "accepted": flag.accepted,
    }


def set_aside_row(bid: SetAside, words: Words) -> Flat:
    """A bid that took no part in a lot."""
    message = words.say(bid.message)
    return Flat(
        {
            "vendor": bid.vendor,
            "bid": bid.bid,
            "rule": bid.rule,
            "message": message,
            "name": bid.name,
        }
    )


def _evaluation(evaluation: Evaluation, words: Words) -> dict[str, Tree]:
    counts = evaluation.counts
    return {
        "schema": EVALUATION,
        "tender": _tender(evaluation, words),
        "lots": (_lot(lot, words) for lot in evaluation.lots.values()),
        "warnings": [problem_row(warning, words) for warning in evaluation.warnings],
        "award": award_keys(evaluation.award),
        "decisions": [decision_row(decision) for decision in evaluation.decisions],
        "until": evaluation.until,
        "counts": Flat(
            {
                "bids": counts.bids,
                "criteria": counts.criteria,
                "scores": counts.scores,
                "lots": counts.lots,
            }
        ),
    }


def _tender(evaluation: Evaluation, words: Words) -> dict[str, Tree]:
    tender = evaluation.tender
    return {
        "id": tender.id,
        "title": None if tender.title is None else words.title(tender.title),
        "currency": tender.currency,
        "buyer": tender.buyer,
        "deadline": tender.deadline,
    }


def _lot(lot: LotResult, words: Words) -> dict[str, Tree]:
    return {
        "id": lot.id,
        "title": words.title(lot.title),
        "rounds": (_round(round_, words) for round_ in lot.rounds),
        "shortlist": lot.shortlist,
        "pending": lot.pending,
        "pending_reason": words.maybe(lot.pending_reason),
        "winner": lot.winner,
        "margin": None if lot.margin is None else number(lot.margin),
        "tie": lot.tie,
        "set_aside": [set_aside_row(bid, words) for bid in lot.set_aside],
        "budget": plain(lot.budget),
        **_choice_keys(lot),
    }


def _choice_keys(lot: LotResult) -> dict[str, Tree]:
    """Where people choose the winner: the decision that did, and what they weigh up."""
    if lot.choice is None:
        return {}
    decision, table = lot.choice.decision, lot.choice.trade_off
    return {
        "choice": None if decision is None else decision_row(decision),
        "trade_off": [] if table is None else [_pair(pair) for pair in table.pairs],
        "trade_off_omitted": 0 if table is None else table.of - table.compared,
    }


def _pair(pair: Pair) -> Flat:
    """Two bids; what a point of the better one costs is null where nothing is to be paid."""
    per_point = pair.per_point
    return Flat(
        {
            "better": pair.better,
            "other": pair.other,
            "points": number(pair.points),
            "price": plain(pair.price),
            "per_point": None if per_point is None else number(per_point),
        }
    )


def _round(round_: RoundResult, words: Words) -> dict[str, Tree]:
    return {
        "id": round_.id,
        "title": words.title(round_.title),
        "bids": _bids(round_, words),
        "counts": Flat({outcome: round_.counts[outcome] for outcome in OUTCOMES}),
        "minimum": plain(round_.minimum),
        "at_most": round_.at_most,
        "rank_by": _rank_by(round_),
        "carry_over": Flat({id_: plain(percent) for id_, percent in round_.carry_over.items()}),
        "nodes": [_node(node, words) for node in round_.nodes],
    }


def _rank_by(round_: RoundResult) -> str | None:
    """What ranks the bids: the name of a ranking, or the total where there is one."""
    if round_.measure is not None:
        return round_.measure.id
    return BY_TOTAL if round_.nodes else None


def _bids(round_: RoundResult, words: Words) -> Iterator[Tree]:
    rows = (bid_row(bid, words) for bid in round_.bids)
    return map(Flat, rows) if len(round_.bids) > _LARGE else rows


def _node(node: NodeInfo, words: Words) -> Flat:
    return Flat({"id": node.id, "title": words.title(node.title), "method": node.method})


def _criterion(result: CriterionResult, words: Words) -> Flat:
    keys: dict[str, Tree] = {
        "id": result.id,
        "value": plain(result.value),
        "points": number(result.points),
        "weight": plain(result.node.weight),
        "contribution": number(result.contribution),
    }
    why = words.maybe(result.why)
    if why is not None:
        keys |= {"applies": False, "why": why}
    panel = result.panel
    if panel is not None:
        keys["scores"] = [_mark(mark, words) for mark in panel.marks]
        keys["conflicts"] = [
            {"evaluator": out.evaluator, "reason": out.reason} for out in panel.out
        ]
    return Flat(keys)


def _mark(mark: Mark, words: Words) -> dict[str, Tree]:
    """One evaluator's score, null for an abstention; why it does not count, if so."""
    return {
        "evaluator": mark.evaluator,
        "score": plain(mark.score),
        "weight": plain(mark.weight),
        "counted": mark.counted,
        "comment": mark.comment,
        "out": words.maybe(mark.out),
    }


def _reason(reason: Reason, words: Words) -> Flat:
    return Flat({reason.kind: reason.id, "message": words.say(reason.message)})


def problem_row(problem: Problem, words: Words) -> dict[str, Tree]:
    """A problem, with its places."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": words.say(problem.message),
        **place_keys(problem.place),
        "help": words.maybe(problem.help),
        "also": [
            Flat({"message": words.say(message), **place_keys(place)})
            for message, place in problem.also
        ],
    }
