"""What came back, beside what was read before: nothing that stood there is lost or replaced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.numerals import exact_text
from tenderscore.model.panel import EarlierMark, Score
from tenderscore.model.records import record, replace
from tenderscore.sheets.returned import Returned, Where
from tenderscore.sheets.score_file import ScoreFile, by_place
from tenderscore.sheets.score_sheet import ABSTAIN


@record
class Change:
    """A mark that is not what it was."""

    before: Score
    after: Score


@record
class Merged:
    """An evaluator's score file after a sheet was read into it, and what that changed."""

    file: ScoreFile
    added: int
    same: int
    changes: tuple[Change, ...]
    blanks: Sequence[Place]
    problems: Sequence[Problem] = field(default_factory=tuple)

    def then(self, later: Merged) -> Merged:
        """This, and after it another sheet of the same evaluator."""
        return Merged(
            file=later.file,
            added=self.added + later.added,
            same=self.same + later.same,
            changes=(*self.changes, *later.changes),
            blanks=[*self.blanks, *later.blanks],
            problems=(*self.problems, *later.problems),
        )


def merged(before: ScoreFile, sheet: Returned, reason: str | None) -> Merged:
    """The file with the marks of a sheet; one that changed needs a reason."""
    known, given = by_place(before.scores), by_place(sheet.scores)
    changes = [
        Change(known[where], score)
        for where, score in given.items()
        if where in known and not _alike(known[where], score)
    ]
    problems = [_changed(change) for change in changes] if reason is None else []
    problems += [
        _kept(known[where], place) for where, place in sheet.blanks.items() if where in known
    ]
    taken = {where: score for where, score in given.items() if where not in known}
    for change in changes:
        taken[change.after.lot, change.after.vendor, change.after.criterion] = _renewed(
            change, reason
        )
    return Merged(
        file=_file(before, sheet, known | taken),
        added=len(taken) - len(changes),
        same=len(given) - len(taken),
        changes=tuple(changes),
        blanks=[place for where, place in sheet.blanks.items() if where not in known],
        problems=problems,
    )


def _file(before: ScoreFile, sheet: Returned, scores: Mapping[Where, Score]) -> ScoreFile:
    order = {round_: tuple(sheet.vendors) for round_ in sheet.criteria}
    return ScoreFile(
        evaluator=before.evaluator,
        name=sheet.name or before.name,
        criteria={**before.criteria, **sheet.criteria},
        order={**before.order, **order},
        scores=tuple(scores.values()),
    )


def _alike(before: Score, after: Score) -> bool:
    return (before.score, before.comment or None) == (after.score, after.comment or None)


def _renewed(change: Change, reason: str | None) -> Score:
    """The new mark with the reason, and with the marks that stood before it, newest first."""
    before = change.before
    earlier = EarlierMark(before.score, before.comment, before.reason)
    return replace(change.after, reason=reason, was=(earlier, *before.was))


def told(score: Score) -> Message | str:
    """A mark in a sentence."""
    return ABSTAIN if score.score is None else exact_text(score.score)


def _changed(change: Change) -> Problem:
    before, after = change.before, change.after
    template = "{criterion} of {vendor} was {before} when it was last read, and is {after}"
    if before.score == after.score:
        template = "the comment on {criterion} of {vendor} is not what it was when it was last read"
    message = Message(
        template,
        criterion=after.criterion,
        vendor=after.vendor,
        before=told(before),
        after=told(after),
    )
    help_ = Message("take it with --reason and why it changed; the file keeps what it was")
    also = ((Message("what was read"), before.place),)
    return Problem("mark-changed", message, after.place, help_, also=also)


def _kept(before: Score, place: Place) -> Problem:
    message = Message(
        "{criterion} of {vendor} is blank here: {before}, which was read before, stands",
        criterion=before.criterion,
        vendor=before.vendor,
        before=told(before),
    )
    return Problem("mark-kept", message, place, severity="warning")
