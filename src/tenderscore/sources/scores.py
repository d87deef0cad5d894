"""What the panel scored, from score files and tables (docs/reference/files.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.fields import KIND_NAMES
from tenderscore.model.located import Document, Node
from tenderscore.model.panel import ABSTAIN, EarlierMark, Score
from tenderscore.model.suggestions import did_you_mean
from tenderscore.model.values import Number, Value, is_number, kind_of

SHEET_TEXTS = frozenset(
    {"vendor.name", "title", "guidance", "scale", "rubric", "round", "criteria", "blind"}
)
"""What a table that was made as a score sheet has besides."""
SHEET_MARK = "criteria"
TABLE_TEXTS = frozenset({"evaluator", "vendor", "criterion", "lot", "comment"}) | SHEET_TEXTS
_KEYS = ("evaluator", "sheet", "scores", "lots")
_MARK_KEYS = ("score", "comment", "reason", "was")
_EARLIER_KEYS = ("score", "comment", "reason")


def scores_of_document(document: Document) -> tuple[list[Score], list[Problem], dict[str, str]]:
    """The scores of one evaluator's file, its problems, and the evaluator's name by id."""
    return _SheetReader(document).read()


class _SheetReader:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._problems: list[Problem] = list(document.problems)
        self._evaluator = PurePosixPath(document.file).stem

    def read(self) -> tuple[list[Score], list[Problem], dict[str, str]]:
        root = self._document.root
        names: dict[str, str] = {}
        if self._document.is_unreadable:
            return [], self._problems, names
        if not root.is_mapping:
            self._add(Message("a score file has an evaluator and scores"), root)
            return [], self._problems, names
        self._check_keys(root, _KEYS)
        self._read_evaluator(names)
        scores = list(self._marks(root.get("scores"), None))
        lots = root.get("lots")
        for lot, node in lots.items() if lots is not None else ():
            scores += self._marks(node, lot)
        return scores, self._problems, names

    def _check_keys(self, mapping: Node, known: Sequence[str]) -> None:
        for key, node in mapping.items():
            if key not in known:
                message = Message("unknown key {key!r}", key=key)
                place = self._document.key_place(node)
                help_ = did_you_mean(key, known)
                self._problems.append(Problem("unknown-key", message, place, help_))

    def _add(self, message: Message, node: Node, code: str = "score-form") -> None:
        self._problems.append(Problem(code, message, self._document.place(node)))

    def _read_evaluator(self, names: dict[str, str]) -> None:
        node = self._document.root.get("evaluator")
        id_ = self._document.root.get("evaluator", "id")
        if id_ is None or id_.value is None or not id_.text:
            help_ = Message("write evaluator: {{id: li, name: Li Wei}}")
            message = Message("the score file has no evaluator.id")
            place = self._document.place(node or self._document.root)
            self._problems.append(Problem("evaluator-id", message, place, help_))
            return
        self._evaluator = id_.text
        name = self._document.root.get("evaluator", "name")
        names[id_.text] = name.text if name is not None and name.text else id_.text

    def _marks(self, node: Node | None, lot: str | None) -> Iterator[Score]:
        if node is None or node.value is None:
            return
        if not node.is_mapping:
            self._add(Message("scores is a mapping of vendors to their scores"), node)
            return
        for vendor, marks in node.items():
            if marks.value is not None and not marks.is_mapping:
                self._add(Message("a vendor's scores are a mapping of criteria to scores"), marks)
            named = (vendor, self._document.key_place(marks))
            for criterion, mark in marks.items():
                yield from self._mark(named, criterion, mark, lot)

    def _mark(
        self, named: tuple[str, Place], criterion: str, node: Node, lot: str | None
    ) -> Iterator[Score]:
        vendor, vendor_place = named
        value = node
        if node.is_mapping:
            self._check_keys(node, _MARK_KEYS)
            value = node.get("score") or Node(None, node.line, node.column)
        score = value.bare()
        if score is None:
            return
        if not is_score(score):
            self._add(no_number(score), value)
            return
        yield Score(
            evaluator=self._evaluator,
            vendor=vendor,
            criterion=criterion,
            lot=lot,
            score=score_number(score),
            place=self._document.place(value),
            comment=_text(node, "comment"),
            vendor_place=vendor_place,
            criterion_place=self._document.key_place(node),
            lot_place=self._lot_place(lot),
            reason=_text(node, "reason"),
            was=tuple(self._earlier(node.get("was"))),
        )

    def _lot_place(self, lot: str | None) -> Place | None:
        node = None if lot is None else self._document.root.get("lots", lot)
        return None if node is None else self._document.key_place(node)

    def _earlier(self, node: Node | None) -> Iterator[EarlierMark]:
        """What a score was before, newest first."""
        if node is None or node.value is None:
            return
        if not isinstance(node.value, list):
            self._add(Message("was is a list of earlier scores"), node)
            return
        for each in node.value:
            self._check_keys(each, _EARLIER_KEYS)
            score = each.get("score") if each.is_mapping else each
            given = None if score is None else score.bare()
            if given is not None and not is_score(given):
                self._add(no_number(given), each)
                continue
            yield EarlierMark(score_number(given), _text(each, "comment"), _text(each, "reason"))


def _text(node: Node, key: str) -> str | None:
    found = node.get(key)
    return (None if found is None else found.text) or None


def is_score(value: Value) -> bool:
    """Whether a value is a score: a number, or the word for an abstention."""
    abstains = isinstance(value, str) and value.strip().casefold() == ABSTAIN
    return abstains or is_number(value)


def score_number(value: Value) -> Number | None:
    """A score's number; None for an abstention."""
    return None if isinstance(value, str) else value  # type: ignore[return-value] # see _is_score


def no_number(value: Value) -> Message:
    """What is wrong with a value in a score's place."""
    template = "a score is a number, or the word abstain, not {kind}"
    return Message(template, kind=KIND_NAMES[kind_of(value)])
