"""Score sheets that came back, read into the score files of a round: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tenderscore.api.loading import panel_scene
from tenderscore.api.procurement_round import ProcurementRound
from tenderscore.checks import score_problems
from tenderscore.checks.panel.comments import comment_problems
from tenderscore.checks.panel.members import member_problems
from tenderscore.errors import InvalidInputError, Message, Place, Problem, Severity, UsageError
from tenderscore.model.located import Document
from tenderscore.model.panel import Score
from tenderscore.model.records import record
from tenderscore.model.scores import Scores
from tenderscore.pipeline import EvaluationInput, planned
from tenderscore.sheets.codes import Key
from tenderscore.sheets.fingerprint import fingerprints
from tenderscore.sheets.merging import Merged, merged
from tenderscore.sheets.returned import Returned, decoded, sheet_problems, sound_scores
from tenderscore.sheets.score_file import ScoreFile, file_stem
from tenderscore.sheets.text_returned import returned_document, returned_table
from tenderscore.sheets.xlsx_returned import returned_workbook
from tenderscore.sources.scores import TABLE_TEXTS
from tenderscore.sources.tables import TABLE_SOURCES


@record
class ReadSheets:
    """What reading sheets came to: the score files to write, and what each sheet brought."""

    contents: Mapping[Path, bytes]
    brought: Sequence[tuple[Path, Merged]]
    problems: tuple[Problem, ...]


def read_sheets(  # noqa: PLR0913 - the command's options
    opened: ProcurementRound,
    sheets: Sequence[Path],
    into: Path,
    *,
    key: Key | None = None,
    reason: str | None = None,
    complete: bool = False,
) -> ReadSheets:
    """The score files of all evaluators whose sheets came back; nothing is written here.

    ``opened`` is the round without its scores.

    Raises:
        InvalidInputError: some sheet or score file has errors; the error holds all of them.
        UsageError: a file is of no kind that a sheet can be.
    """
    given = opened.given()
    codes = None if key is None else key.vendors
    returned = [decoded(each, codes) for path in sheets for each in _returned(opened, path)]
    problems = list(_problems(given, returned))
    _stop_at_errors(problems)
    brought, found = _brought(opened, given, returned, (into, reason))
    problems += found
    problems += [problem for _, each in brought for problem in _missing(each, complete)]
    _stop_at_errors(problems)
    contents = {path: _content(given, each) for path, each in brought}
    changed = {path: new for path, new in contents.items() if _differs(path, new)}
    return ReadSheets(changed, brought, tuple(problems))


def _stop_at_errors(problems: Sequence[Problem]) -> None:
    if any(problem.severity == "error" for problem in problems):
        raise InvalidInputError(tuple(sorted(problems, key=lambda each: each.order)))


def _returned(opened: ProcurementRound, path: Path) -> list[Returned]:
    name, suffix = opened.name(path), path.suffix.lower()
    if suffix in TABLE_SOURCES:
        sheet = returned_workbook(path, name) if suffix == ".xlsx" else None
        if sheet is not None:
            return [sheet]
        return returned_table(opened.reader.table(path, TABLE_TEXTS))
    if suffix not in {".yaml", ".yml", ".json"}:
        raise UsageError(
            Message("{file} is neither a workbook, a table nor a score file", file=name)
        )
    return [returned_document(opened.reader.document(path))]


def _problems(given: EvaluationInput, returned: Sequence[Returned]) -> Iterator[Problem]:
    for sheet in returned:
        yield from sheet.problems
    scores, wrong = sound_scores(returned, lambda: fingerprints(given.lots))
    yield from wrong
    yield from mark_problems(given, scores)


def mark_problems(given: EvaluationInput, scores: Sequence[Score]) -> Iterator[Problem]:
    """What is wrong with marks, wherever they were written."""
    scene, marks = panel_scene(given.lots, given.vendors()), Scores(scores)
    if marks.count:
        yield from score_problems(marks, scene.vendors, scene.methods)
        yield from comment_problems(marks, scene.sets, scene.methods)
        if given.panel is not None:
            yield from member_problems(given.panel, marks)


def _brought(
    opened: ProcurementRound,
    given: EvaluationInput,
    returned: Sequence[Returned],
    how: tuple[Path, str | None],
) -> tuple[list[tuple[Path, Merged]], list[Problem]]:
    into, reason = how
    brought: dict[Path, Merged] = {}
    problems: list[Problem] = []
    for sheet in returned:
        if not sheet.evaluator:
            continue
        path = into / f"{file_stem(sheet.evaluator)}.yaml"
        before = brought[path].file if path in brought else None
        if before is None:
            before, found = _score_file(opened, given, path, sheet)
            problems += found
        if before.evaluator != sheet.evaluator:
            problems.append(_of_another(opened.name(path), before.evaluator, sheet))
            continue
        made = merged(before, sheet, reason)
        problems += made.problems
        brought[path] = made if path not in brought else brought[path].then(made)
    return list(brought.items()), problems


def _score_file(
    opened: ProcurementRound, given: EvaluationInput, path: Path, sheet: Returned
) -> tuple[ScoreFile, list[Problem]]:
    """What was read before into an evaluator's score file; nothing where there is none."""
    if not path.exists():
        return ScoreFile(sheet.evaluator, sheet.name, {}, {}, ()), []
    document = opened.reader.document(path)
    before = returned_document(document)
    problems = [*before.problems, *sheet_problems([before], lambda: fingerprints(given.lots))]
    if not before.criteria:
        message = Message("this score file was not written from sheets: it is not changed")
        help_ = Message("give it another name in this folder: both are read")
        problems.append(Problem("score-file", message, Place(document.file), help_))
    order = _orders(document)
    file = ScoreFile(before.evaluator, before.name, before.criteria, order, before.scores)
    return file, problems


def _of_another(name: str, evaluator: str, sheet: Returned) -> Problem:
    message = Message(
        "{file} is the score file of {other}, not of {evaluator}",
        file=name,
        other=evaluator,
        evaluator=sheet.evaluator,
    )
    help_ = Message("give the evaluators ids whose letters and digits differ")
    return Problem("score-file", message, sheet.place, help_)


def _orders(document: Document) -> dict[str, list[str]]:
    node = document.root.get("sheet", "order")
    return {
        round_: [each.text for each in inner.value]
        for round_, inner in (node.items() if node is not None else ())
        if isinstance(inner.value, list)
    }


def _missing(brought: Merged, complete: bool) -> Iterator[Problem]:
    """That a sheet was not filled to the end, at the first score that is lacking."""
    if brought.blanks:
        message = Message(
            "{evaluator} has not scored everything: scores lacking: {n}",
            evaluator=brought.file.evaluator,
            n=len(brought.blanks),
        )
        severity: Severity = "error" if complete else "warning"
        yield Problem("sheet-incomplete", message, brought.blanks[0], severity=severity)


def _content(given: EvaluationInput, brought: Merged) -> bytes:
    plans = [planned(lot)[0] for lot in given.lots]
    criteria = dict.fromkeys(id_ for plan in plans for id_ in plan.panel_leaves())
    return brought.file.content(list(criteria), [lot.lot.id for lot in given.lots])


def _differs(path: Path, content: bytes) -> bool:
    return not path.exists() or path.read_bytes() != content
