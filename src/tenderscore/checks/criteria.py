"""Sense within and across criteria groups: ids, sums of weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.criteria import Criterion
from tenderscore.model.criteria_set import CriteriaSet, walk
from tenderscore.model.fields import UnreadNumber
from tenderscore.model.located import Document, Node
from tenderscore.model.numerals import exact_text
from tenderscore.model.values import Number


def sibling_ids(criteria: CriteriaSet) -> Iterator[Problem]:
    """Ids of groups, and of criteria within a parent, stand once."""
    first: dict[str, Place] = {}
    for group in criteria.groups:
        place = _id_place(group.document, group.document.root)
        if group.criterion.id in first:
            yield _repeated(group.criterion.id, place, first[group.criterion.id])
        first.setdefault(group.criterion.id, place)
        for _, criterion, node in walk(group):
            yield from _repeated_children(criterion, node, group.document)


def _repeated_children(criterion: Criterion, node: Node, document: Document) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for child, child_node in _children(criterion, node):
        place = _id_place(document, child_node)
        if child.id in first:
            yield _repeated(child.id, place, first[child.id])
        first.setdefault(child.id, place)


def _repeated(id_: str, place: Place, first: Place) -> Problem:
    message = Message("the id {id!r} is given twice", id=id_)
    return Problem("duplicate-id", message, place, also=((Message("the first one"), first),))


def _id_place(document: Document, node: Node) -> Place:
    return document.place(node.get("id") or node)


def _children(criterion: Criterion, node: Node) -> list[tuple[Criterion, Node]]:
    below = node.get("criteria")
    nodes = below.value if below is not None and isinstance(below.value, list) else []
    return list(zip(criterion.criteria or (), nodes, strict=False))


def sibling_weights(criteria: CriteriaSet) -> Iterator[Problem]:
    """The weights of a group's criteria add up to 100, or to something where relative."""
    for group in criteria.groups:
        for id_, criterion, node in walk(group):
            children = _children(criterion, node)
            if children:
                weights = [
                    (child.id, child.weight, _weight_place(group.document, child_node))
                    for child, child_node in children
                ]
                yield from weight_sum(weights, criteria, Message("the criteria of {id}", id=id_))


def round_weights(criteria: CriteriaSet) -> Iterator[Problem]:
    """The weights of a round's groups add up to 100, whatever is carried over."""
    for index, rule in enumerate(criteria.rounds()):
        groups = [criteria.group(id_) for id_ in dict.fromkeys(rule.criteria or ())]
        if not groups or None in groups or not criteria.is_read("rounds", index, "criteria"):
            continue
        weights = [
            (group.criterion.id, group.criterion.weight, group.weight_place())
            for group in groups
            if group is not None
        ]
        yield from weight_sum(weights, criteria, Message("the groups of round {id}", id=rule.id))


def _weight_place(document: Document, node: Node) -> Place:
    return document.place(node.get("weight") or node)


def weight_sum(
    weights: Sequence[tuple[str, Number, Place]], criteria: CriteriaSet, what: Message
) -> Iterator[Problem]:
    """A problem where weights do not add up; it names every weight with its place."""
    if any(isinstance(weight, UnreadNumber) for _, weight, _ in weights):
        return
    total = sum((Fraction(weight) for _, weight, _ in weights), Fraction(0))
    relative = criteria.method.weights == "relative"
    if total == 100 or (relative and total > 0) or not criteria.is_read("weights"):
        return
    wanted = Message("something above 0") if relative else Message("100")
    message = Message(
        "criteria add up to {total}, not {wanted}", total=exact_text(total), wanted=wanted
    )
    also = tuple(
        (Message("{id} weighs {weight}", id=id_, weight=exact_text(weight)), place)
        for id_, weight, place in weights
    )
    template = "these are {where}; mend a weight"
    if not relative:
        template = "these are {where}; mend a weight, or write `weights: relative` in method.yaml"
    help_ = Message(template, where=what)
    yield Problem("weight-sum", message, weights[-1][2], help_, also=also)
