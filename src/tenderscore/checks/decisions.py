"""Sense of decisions: known vendors, lots, rounds, requirements and criteria, on the scale."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from tenderscore.checks.scores import score_fault
from tenderscore.errors import Message, Problem
from tenderscore.model.decisions import (
    BreakTie,
    Choose,
    Consensus,
    Correct,
    Decision,
    Waive,
    idle,
)
from tenderscore.model.records import record
from tenderscore.model.suggestions import did_you_mean
from tenderscore.model.values import identity
from tenderscore.scoring.panel import Panel


@record
class LotScope:
    """What decisions on a lot can name: bidders, requirements and panel criteria by round.

    ``left_to_people`` is whether they choose the winner.
    """

    vendors: Collection[str]
    requirements: Mapping[str, Collection[str]]
    criteria: Mapping[str, Collection[str]]
    scales: Mapping[str, Panel | None]
    left_to_people: bool = False


def decision_problems(
    decisions: Sequence[Decision], vendors: Collection[str], lots: Mapping[str, LotScope]
) -> Iterator[Problem]:
    """All that is wrong with what decisions name."""
    for decision in decisions:
        unknown = list(_unknown(decision, vendors, lots))
        yield from unknown
        if not unknown:
            scopes = {id_: lot for id_, lot in lots.items() if decision.is_for(id_)}
            yield from _in_scope(decision, scopes)
    yield from _second_choices(decisions, lots)


def _unknown(
    decision: Decision, vendors: Collection[str], lots: Mapping[str, LotScope]
) -> Iterator[Problem]:
    for number, vendor in enumerate(decision.vendors):
        if vendor not in vendors:
            key = f"order.{number}" if isinstance(decision.ruling, BreakTie) else "vendor"
            message = Message("no bid is of vendor {id!r}", id=vendor)
            yield Problem(
                "unknown-vendor", message, decision.at(key), did_you_mean(vendor, vendors)
            )
    if decision.lot is not None and decision.lot not in lots:
        message = Message("no lot {id!r}", id=decision.lot)
        help_ = did_you_mean(decision.lot, lots)
        yield Problem("unknown-lot", message, decision.at("lot"), help_)


def _in_scope(decision: Decision, scopes: Mapping[str, LotScope]) -> Iterator[Problem]:
    rounds = {id_ for scope in scopes.values() for id_ in scope.requirements}
    if decision.round is not None and decision.round not in rounds:
        message = Message("no round {round!r}", round=decision.round)
        help_ = did_you_mean(decision.round, rounds)
        yield Problem("unknown-round", message, decision.at("round"), help_)
        return
    yield from _subject(decision, scopes)
    for vendor in decision.vendors:
        if not any(vendor in scope.vendors for scope in scopes.values()):
            names = ", ".join(list(scopes)[:5])
            why = Message("{vendor} has no live bid in {lots}", vendor=vendor, lots=names)
            yield idle(decision, why)
            return


def _subject(decision: Decision, scopes: Mapping[str, LotScope]) -> Iterator[Problem]:
    ruling = decision.ruling
    match ruling:
        case Waive():
            by_round = [scope.requirements for scope in scopes.values()]
            known = _named(decision, by_round)
            if ruling.requirement not in known:
                message = Message("no requirement {id!r} to waive", id=ruling.requirement)
                help_ = did_you_mean(ruling.requirement, known)
                place = decision.at("requirement")
                yield Problem("unknown-requirement", message, place, help_)
        case Consensus():
            yield from _consensus(decision, ruling, scopes)
        case Choose():
            yield from _choice(decision, scopes)
        case Correct() if identity(ruling.was) == identity(ruling.value):
            yield idle(decision, Message("the value is what it was"))


def _consensus(
    decision: Decision, ruling: Consensus, scopes: Mapping[str, LotScope]
) -> Iterator[Problem]:
    by_round = [scope.criteria for scope in scopes.values()]
    known = _named(decision, by_round)
    place = decision.at("criterion")
    if ruling.criterion not in known:
        message = Message("{id!r} is no criterion that the panel scores", id=ruling.criterion)
        help_ = did_you_mean(ruling.criterion, known)
        yield Problem("unknown-criterion", message, place, help_)
        return
    rounds = {id_ for each in by_round for id_, ids in each.items() if ruling.criterion in ids}
    if decision.round is not None and len(rounds) > 1:
        template = "{criterion} is scored in several rounds: the panel's score counts in all"
        message = Message(template, criterion=ruling.criterion)
        help_ = Message("leave `round` out")
        yield Problem("decision-form", message, decision.at("round"), help_)
    for scope in scopes.values():
        method = scope.scales.get(ruling.criterion)
        fault = None if method is None else score_fault(ruling.criterion, ruling.score, method)
        if fault is not None:
            yield Problem(*fault, decision.at("score"))
            return


def _choice(decision: Decision, scopes: Mapping[str, LotScope]) -> Iterator[Problem]:
    if not any(scope.left_to_people for scope in scopes.values()):
        template = "the rank decides who wins, for method.yaml does not say `winner: decide`"
        yield idle(decision, Message(template))


def _second_choices(
    decisions: Sequence[Decision], lots: Mapping[str, LotScope]
) -> Iterator[Problem]:
    """The choices for lots that another one has been made for; each once."""
    told: set[int] = set()
    for lot, scope in lots.items():
        choices = [
            decision
            for decision in decisions
            if isinstance(decision.ruling, Choose)
            and decision.is_for(lot)
            and decision.ruling.vendor in scope.vendors
        ]
        for decision in choices[1:]:
            if decision.number not in told:
                told.add(decision.number)
                yield _second_choice(decision, choices[0], lot)


def _second_choice(decision: Decision, first: Decision, lot: str) -> Problem:
    message = Message("the winner of lot {lot} has been chosen before", lot=lot)
    help_ = Message("choose once a lot: leave one entry, or name the `lot` that each is for")
    also = ((Message("the first choice stands here"), first.at("vendor")),)
    return Problem("decision-form", message, decision.at("vendor"), help_, also=also)


def _named(decision: Decision, lots: Sequence[Mapping[str, Collection[str]]]) -> set[str]:
    """What the decision's round, or any round where it names none, has by these names."""
    rounds = decision.round
    return {
        id_
        for by_round in lots
        for round_id, ids in by_round.items()
        if rounds in {None, round_id}
        for id_ in ids
    }
