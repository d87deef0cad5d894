"""The panel, from panel.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.evaluators import EvaluationPanel, Evaluator, PanelFile
from tenderscore.model.located import Document, Node
from tenderscore.model.validation import validated

_TEXTS = frozenset({"id", "name", "role", "groups", "vendor", "lot", "reason"})


def panel_of(document: Document) -> tuple[EvaluationPanel | None, list[Problem]]:
    """The panel, None where the file has errors; and what is wrong with it."""
    problems = list(document.problems)
    if document.is_unreadable:
        return None, problems
    model, wrong = validated(PanelFile, document, document.root, _TEXTS)
    problems += wrong
    if model is None:
        return None, problems
    nodes = _members(document)
    problems += _repeated(model.evaluators, nodes, document)
    by_id = {each.id: node for each, node in zip(model.evaluators, nodes, strict=True)}
    members = {each.id: each for each in model.evaluators}
    return EvaluationPanel(members, document, by_id), problems


def _members(document: Document) -> list[Node]:
    listed = document.root.get("evaluators")
    return listed.value if listed is not None and isinstance(listed.value, list) else []


def _repeated(
    evaluators: Sequence[Evaluator], nodes: Sequence[Node], document: Document
) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for evaluator, node in zip(evaluators, nodes, strict=True):
        place = document.place(node.get("id"))
        earlier = first.setdefault(evaluator.id, place)
        if earlier is not place:
            message = Message("the id {id!r} is given twice", id=evaluator.id)
            also = ((Message("the first one"), earlier),)
            yield Problem("duplicate-id", message, place, also=also)
