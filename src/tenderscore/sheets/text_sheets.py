"""A score sheet as text, for those who script: YAML, which is a score file, and CSV, a table."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from collections.abc import Iterator
from io import StringIO

from tenderscore.reports.csv_table import inert
from tenderscore.sheets.labels import Labels
from tenderscore.sheets.score_sheet import Block, Part, Question, ScoreSheet
from tenderscore.sheets.yaml_text import comment, scalar

COLUMNS = (
    *("evaluator", "lot", "vendor", "criterion", "score", "comment"),
    *("vendor.name", "title", "guidance", "scale", "rubric", "round", "criteria", "blind"),
)


def yaml_sheet(sheet: ScoreSheet) -> bytes:
    """A score file whose scores are to be filled in."""
    return ("\n".join(_yaml_lines(sheet, Labels(sheet.language))) + "\n").encode()


def _yaml_lines(sheet: ScoreSheet, labels: Labels) -> Iterator[str]:
    yield from comment(labels.heading(sheet), 0)
    yield f"evaluator: {{id: {scalar(sheet.evaluator)}, name: {scalar(sheet.name)}}}"
    blind = ", blind: true" if sheet.is_blind else ""
    criteria = f"{{{scalar(sheet.round)}: {scalar(sheet.criteria)}}}"
    yield f"sheet: {{criteria: {criteria}{blind}}}"
    general = [part for part in sheet.parts if part.lot is None]
    of_lots = [part for part in sheet.parts if part.lot is not None]
    for part in general:
        yield "scores:"
        yield from _yaml_blocks(part, labels, 2)
    if of_lots:
        yield "lots:"
    for part in of_lots:
        yield from comment(labels.lines(part.title), 2)
        yield f"  {scalar(part.lot or '')}:"
        yield from _yaml_blocks(part, labels, 4)


def _yaml_blocks(part: Part, labels: Labels, indent: int) -> Iterator[str]:
    for block in part.blocks:
        yield from comment(labels.vendor(block), indent)
        yield f"{' ' * indent}{scalar(block.vendor)}:"
        for question in block.questions:
            yield from comment(_told(question, labels), indent + 2)
            yield f"{' ' * (indent + 2)}{scalar(question.id)}: {{score: , comment: }}"


def _told(question: Question, labels: Labels) -> str:
    lines = [*filter(None, labels.criterion(question)), labels.rules(question)]
    lines += [f"  {score}: {meaning}" for score, meaning in labels.rubric(question)]
    return "\n".join(lines)


def csv_sheet(sheet: ScoreSheet) -> bytes:
    """A table with a row a score; what follows the comment is for reading."""
    labels = Labels(sheet.language)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for block in sheet.blocks():
        for question in block.questions:
            writer.writerow(_row(sheet, block, question, labels))
    return BOM_UTF8 + text.getvalue().encode()


def _row(sheet: ScoreSheet, block: Block, question: Question, labels: Labels) -> list[str]:
    rubric = "; ".join(f"{score}: {meaning}" for score, meaning in labels.rubric(question))
    above, title, guidance = labels.criterion(question)
    titles = f"{above} / {title}" if above else title
    about = (labels.vendor(block), titles, guidance, labels.rules(question))
    return [
        *map(inert, (sheet.evaluator, block.lot or "", block.vendor, question.id)),
        *("", ""),
        *map(inert, (*about, rubric)),
        *(inert(sheet.round), sheet.criteria, "yes" if sheet.is_blind else ""),
    ]
