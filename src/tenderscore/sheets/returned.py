"""Sheets that come back: what was scored, what is blank, which criteria they were made for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.panel import Score
from tenderscore.model.records import record, replace
from tenderscore.sheets.score_sheet import ABSTAIN

Where = tuple[str | None, str, str]
"""A lot (None: every lot), a vendor and a criterion."""


@record
class Returned:
    """One file that an evaluator filled.

    ``criteria`` are the fingerprints that it carries, by round; ``blanks`` the places of scores
    that are lacking; ``vendors`` everybody it asks about, in its order, each with a place.
    """

    file: str
    evaluator: str
    name: str
    criteria: Mapping[str, str]
    is_blind: bool
    scores: tuple[Score, ...]
    blanks: Mapping[Where, Place]
    vendors: Mapping[str, Place]
    problems: tuple[Problem, ...] = ()
    place: Place = field(default=Place(""))

    def asked(self) -> set[Where]:
        """Everything that it asks for, given or not."""
        return {where_of(score) for score in self.scores} | set(self.blanks)


def where_of(score: Score) -> Where:
    """What a score is of."""
    return score.lot, score.vendor, score.criterion


def decoded(sheet: Returned, codes: Mapping[str, str] | None) -> Returned:
    """A blind sheet with its vendors' ids; without a key, or with a wrong one, without scores."""
    if not sheet.is_blind:
        return sheet
    problems = list(_undecodable(sheet, codes))
    if problems or codes is None:
        return replace(sheet, scores=(), blanks={}, problems=(*sheet.problems, *problems))
    return replace(
        sheet,
        scores=tuple(replace(score, vendor=codes[score.vendor]) for score in sheet.scores),
        blanks={
            (lot, codes[vendor], criterion): place
            for (lot, vendor, criterion), place in sheet.blanks.items()
        },
        vendors={codes[vendor]: place for vendor, place in sheet.vendors.items()},
    )


def _undecodable(sheet: Returned, codes: Mapping[str, str] | None) -> Iterable[Problem]:
    if codes is None:
        message = Message("this sheet has codes in place of vendors")
        help_ = Message("read it by tenderscore sheets read, with --key and the file of the codes")
        yield Problem("sheet-key", message, Place(sheet.file), help_)
        return
    for vendor, place in sheet.vendors.items():
        if vendor not in codes:
            message = Message("the key has no code {code}", code=vendor)
            help_ = Message("take the key that was written when the sheets were made")
            yield Problem("sheet-key", message, place, help_)


def alone_problem(place: Place) -> Problem:
    """A comment that stands beside no score."""
    message = Message("a comment without a score: it is left out")
    help_ = Message("write the score, or the word {word}", word=ABSTAIN)
    return Problem("comment-alone", message, place, help_, "warning")


def sheet_problems(
    sheets: Sequence[Returned], criteria: Callable[[], Mapping[str, str]]
) -> list[Problem]:
    """What is wrong with sheets as wholes: made for other criteria, given twice."""
    claims = [(sheet, *claim) for sheet in sheets for claim in sheet.criteria.items()]
    current = criteria() if claims else {}
    problems = [
        problem
        for sheet, round_, carried in claims
        if (problem := _other_criteria(sheet, round_, carried, current)) is not None
    ]
    return [*problems, *_twice(sheets)]


def sound_scores(
    sheets: Sequence[Returned], criteria: Callable[[], Mapping[str, str]]
) -> tuple[list[Score], list[Problem]]:
    """The scores of the sheets that hold as wholes, and what is wrong with the others."""
    problems = sheet_problems(sheets, criteria)
    refused = {problem.place.file for problem in problems if problem.place is not None}
    return [s for sheet in sheets if sheet.file not in refused for s in sheet.scores], problems


def _other_criteria(
    sheet: Returned, round_: str, carried: str, current: Mapping[str, str]
) -> Problem | None:
    if current.get(round_) == carried:
        return None
    message = Message("this was made for other criteria of round {round} than these", round=round_)
    if round_ not in current:
        message = Message("this was made for the round {round}, which there is not", round=round_)
    help_ = Message("make the sheets anew, or restore the criteria that were scored")
    return Problem("sheet-criteria", message, sheet.place, help_)


def _twice(sheets: Sequence[Returned]) -> Iterable[Problem]:
    first: dict[tuple[str, Where], Returned] = {}
    for sheet in sheets:
        keys = [(sheet.evaluator, where) for where in sheet.asked() if sheet.criteria]
        earlier = min((first[key].file for key in keys if key in first), default=None)
        first |= {key: sheet for key in keys if key not in first}
        if earlier is not None:
            message = Message("{evaluator} has the same sheet twice", evaluator=sheet.evaluator)
            also = ((Message("the first one"), Place(earlier)),)
            help_ = Message("keep the one that counts")
            yield Problem("sheet-twice", message, Place(sheet.file), help_, also=also)


_SPACE = re.compile(r"\s+")


def squeezed(text: str) -> str:
    """Text with all its white space alike: programs change line breaks as they save."""
    return _SPACE.sub(" ", text).strip()
