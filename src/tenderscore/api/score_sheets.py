"""Score sheets of a round: made for each evaluator, and read back into score files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from tenderscore.api.procurement_round import ProcurementRound
from tenderscore.errors import InvalidInputError, Message, Place, Problem, UsageError
from tenderscore.model.evaluators import EvaluationPanel, Evaluator
from tenderscore.model.records import record
from tenderscore.model.suggestions import did_you_mean
from tenderscore.pipeline import EvaluationInput, LotInput
from tenderscore.sheets.asking import LotRound, RoundSheets, asked_in, group_of, round_of
from tenderscore.sheets.codes import Key, key_of
from tenderscore.sheets.fingerprint import fingerprints
from tenderscore.sheets.score_sheet import ScoreSheet


@record
class MadeSheets:
    """The sheets of a round, one an evaluator who is asked something.

    ``problems`` are warnings: who is out for whom, which lots still wait.
    """

    sheets: Sequence[ScoreSheet]
    problems: Sequence[Problem]
    key: Key | None


def make_sheets(  # noqa: PLR0913 - the command's options
    opened: ProcurementRound,
    round_: str,
    *,
    evaluators: Sequence[str] = (),
    lots: Sequence[str] = (),
    once: Sequence[str] = (),
    key: Key | None = None,
) -> MadeSheets:
    """What each evaluator is asked in a round; with a key, vendors stand under its codes.

    The groups in ``once`` are asked once for each vendor, and not in each of its lots.

    Raises:
        InvalidInputError: the round's files have errors, or its bids are not known yet.
        UsageError: there is no panel, or no such round, lot, evaluator or group.
    """
    given = opened.given(until=round_)
    chosen = opened.given(lots=lots, until=round_)
    panel = _panel(given, evaluators)
    asked, problems = _asked(opened, chosen, round_)
    if not any(lot.vendors and lot.questions for lot in asked):
        raise InvalidInputError((*problems, _nothing_to_score(opened, round_)))
    if key is not None:
        key = Key.made(key.secret, key.vendors, given.vendors())
    whole = RoundSheets(
        tender=given.tender,
        round=round_,
        criteria=fingerprints(given.lots)[round_],
        version=version("tenderscore"),
        has_lots=len(given.lots) > 1,
        lots=asked,
        once=_groups(once, asked),
        key=key,
    )
    members = _members(panel, evaluators)
    sheets = [sheet for each in members if (sheet := whole.sheet(panel, each)).parts]
    return MadeSheets(sheets, [*given.warnings, *problems], key)


def key_in(opened: ProcurementRound, path: Path) -> Key:
    """The key of a round's blind sheets in a file.

    Raises:
        InvalidInputError: it is none.
    """
    key, problems = key_of(opened.reader.document(path))
    if key is None or problems:
        raise InvalidInputError(tuple(problems))
    return key


def _panel(given: EvaluationInput, evaluators: Sequence[str]) -> EvaluationPanel:
    panel = given.panel
    if panel is None:
        message = Message("there is no panel.yaml beside the bids: it says whom to ask")
        raise UsageError(message, Message("write one, or name it with --panel"))
    for id_ in evaluators:
        if id_ not in panel.evaluators:
            message = Message("no evaluator {id!r}", id=id_)
            raise UsageError(message, did_you_mean(id_, panel.evaluators))
    return panel


def _groups(once: Sequence[str], asked: Sequence[LotRound]) -> frozenset[str]:
    known = {group_of(question.id) for lot in asked for question in lot.questions}
    for group in once:
        if group not in known:
            message = Message("{group!r} is no group that the panel scores", group=group)
            raise UsageError(message, did_you_mean(group, known))
    return frozenset(once)


def _members(panel: EvaluationPanel, evaluators: Sequence[str]) -> list[Evaluator]:
    members = panel.evaluators.values()
    return [each for each in members if not evaluators or each.id in evaluators]


def _asked(
    opened: ProcurementRound, given: EvaluationInput, round_: str
) -> tuple[list[LotRound], list[Problem]]:
    """What is asked in each lot, and which lots have nobody yet who reached the round."""
    asked: list[LotRound] = []
    problems: list[Problem] = []
    for lot in given.lots:
        found = round_of(lot, round_)
        if found is None:
            continue
        rule, before = found
        vendors = _taking_part(opened, lot, before)
        if vendors is None:
            message = Message(
                "lot {lot} has no sheets: its round {before} waits for scores",
                lot=lot.lot.id,
                before=before,
            )
            place = Place(opened.name(opened.bids))
            problems.append(Problem("round-waits", message, place, severity="warning"))
        asked.append(asked_in(given, lot, rule, vendors or {}))
    return asked, problems


def _taking_part(
    opened: ProcurementRound, lot: LotInput, before: str | None
) -> Mapping[str, str] | None:
    """The vendors of a lot's round by id: all bidders, or those who advanced from the one before.

    None where that one waits for scores.
    """
    if before is None:
        return dict(zip(lot.offers.vendors, lot.offers.names, strict=True))
    result = opened.evaluate(lots=[lot.lot.id], until=before).lots[lot.lot.id]
    if before in result.pending:
        return None
    reached = bool(result.rounds) and result.rounds[-1].id == before
    return {vendor: result.names[vendor] for vendor in result.shortlist if reached}


def _nothing_to_score(opened: ProcurementRound, round_: str) -> Problem:
    message = Message("there is nothing for the panel to score in round {round}", round=round_)
    return Problem("nothing-to-score", message, Place(opened.name(opened.bids)))
