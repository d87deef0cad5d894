"""The buyer's files: tender.yaml, criteria folders, rates.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tenderscore.errors import Message, Problem
from tenderscore.model.criteria import Criterion
from tenderscore.model.criteria_set import EMPTY, CriteriaSet, Group
from tenderscore.model.located import Document, Node
from tenderscore.model.method import Method
from tenderscore.model.money import Rate
from tenderscore.model.tender import TenderFile
from tenderscore.model.validation import Salvage, salvaged, validated
from tenderscore.sources.dotted_keys import dotted_keys

# A lot of tender.yaml may have facts by these names, too: those are read elsewhere.
_TENDER_TEXTS = frozenset(
    {"id", "currency", "title", "name", "criteria", "vendor", "vendors", "lots"}
)
_GROUP_TEXTS = frozenset({"id", "title", "fact", "expr", "description", "guidance", "extends"})
_METHOD_TEXTS = frozenset(
    {"id", "title", "fact", "expr", "tie_break", "criteria", "description", "extends", "reason"}
)
_RATE_TEXTS = frozenset({"from", "to"})


def tender_of(document: Document) -> tuple[TenderFile, list[Problem]]:
    """tender.yaml as a model of what could be read of it."""
    if document.root.value is None:
        return TenderFile(), list(document.problems)
    found = salvaged(TenderFile, document, document.root, _TENDER_TEXTS)
    # Without all of its lots nothing can be said of the offers for them.
    whole = not any(path[0] == "lots" and len(path) < 3 for path in found.unread)
    model = found.model if whole else None
    return model or TenderFile(), [*document.problems, *found.problems, *_lot_keys(document)]


def _lot_keys(document: Document) -> Iterator[Problem]:
    """The facts of lots are found by their paths."""
    lots = document.root.get("lots")
    for lot in () if lots is None else lots.children():
        yield from dotted_keys(document, lot)


def criteria_of(folder: str, documents: Sequence[Document]) -> tuple[CriteriaSet, list[Problem]]:
    """A criteria folder's groups and method; what has errors is left out."""
    problems: list[Problem] = []
    groups: list[Group] = []
    method, method_document = Salvage(Method(), []), Document(f"{folder}/method.yaml", EMPTY)
    lost = False
    preset = None
    if any("extends" in document.text for document in documents):
        from tenderscore.sources.presets import extended  # noqa: PLC0415 - few methods extend one

        found = next((document for document in documents if _is_method(document)), None)
        documents, preset, problems = extended(documents, found)
    for document in documents:
        problems.extend(document.problems)
        if _is_method(document):
            method_document = document
            if document.root.value is not None:
                method = salvaged(Method, document, document.root, _METHOD_TEXTS)
                problems.extend(method.problems)
            continue
        group, wrong = _group(document)
        problems.extend(wrong)
        groups += [] if group is None else [group]
        lost = lost or group is None
    left_out = method.unread if method.model is not None else frozenset([()])
    made = method.model or Method()
    read = CriteriaSet(folder, tuple(groups), made, method_document, left_out, lost, preset)
    return read, problems


def _group(document: Document) -> tuple[Group | None, list[Problem]]:
    if document.is_unreadable:
        return None, []
    found = salvaged(Criterion, document, document.root, _GROUP_TEXTS)
    group = None if found.model is None else Group(found.model, document)
    return group, found.problems


def _is_method(document: Document) -> bool:
    return document.file.rpartition("/")[2].rpartition(".")[0] == "method"


def rates_of(document: Document) -> tuple[list[Rate], list[Problem]]:
    """The rates of a file; no date has two rates for the same pair."""
    problems = list(document.problems)
    if document.root.value is None:
        return [], problems
    if not isinstance(document.root.value, list):
        message = Message("expected a list of rates")
        return [], [*problems, Problem("rates-form", message, document.place(document.root))]
    rates: list[Rate] = []
    first: dict[object, Node] = {}
    for node in document.root.value:
        rate, wrong = validated(Rate, document, node, _RATE_TEXTS)
        problems.extend(wrong)
        if rate is None:
            continue
        earlier = first.setdefault((rate.date, rate.source, rate.target), node)
        if earlier is not node:
            message = Message("a second rate for the same day and currencies")
            also = ((Message("the first one"), document.place(earlier)),)
            problems.append(Problem("duplicate-rate", message, document.place(node), also=also))
        rates.append(rate)
    return rates, problems
