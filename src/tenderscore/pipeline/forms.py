"""Which keys of a criterion or a requirement go together.

This looks at the keys as written, so that it has its say beside whatever is wrong with a value.
"""

from __future__ import annotations

from collections.abc import Iterable

from tenderscore.errors import Message
from tenderscore.model.criteria import TESTS, Criterion, Test
from tenderscore.model.located import Node
from tenderscore.model.records import record
from tenderscore.model.suggestions import nearest

_OF_LEAVES = ("fact", "expr", "score", "rubric", "objective", "missing")


@record
class FormFault:
    """What is wrong with the keys of a mapping."""

    code: str
    message: Message
    help: Message | None = None


def requirement_fault(node: Node) -> FormFault | None:
    """A requirement is an expression, or a fact with one condition."""
    keys = _written(node, Test.model_fields)
    conditions = [name for name in TESTS if name in keys]
    found = _requirement_message(keys, conditions, node)
    if found is None or not node.is_mapping:
        return None
    help_ = Message("one of {known}", known=", ".join(TESTS)) if len(conditions) != 1 else None
    return FormFault("requirement-form", found, help_ if "fact" in keys else None)


def _requirement_message(keys: frozenset[str], conditions: list[str], node: Node) -> Message | None:
    if "expr" in keys:
        alone = "fact" not in keys and not conditions
        message = Message("an expression stands alone, without a fact and its condition")
        return None if alone else message
    if "fact" not in keys:
        return Message("a requirement needs a fact with a condition, or an expression")
    if len(conditions) != 1:
        return Message("a fact takes exactly one condition, not {n}", n=len(conditions))
    operand = node.get(conditions[0])
    if operand is not None and operand.value is None:
        return Message("{condition} needs a value", condition=conditions[0])
    return None


def criterion_fault(node: Node) -> FormFault | None:
    """A criterion has others under it, or scores one fact."""
    keys = _written(node, Criterion.model_fields)
    if not node.is_mapping:
        return None
    message = _group_message(keys, node) if "criteria" in keys else _leaf_message(keys, node)
    return None if message is None else FormFault("criterion-form", message)


def _group_message(keys: frozenset[str], node: Node) -> Message | None:
    below = node.get("criteria")
    if below is not None and below.value == []:
        return Message("a group needs at least one criterion")
    key = next((key for key in _OF_LEAVES if key in keys), None)
    if key is None:
        return None
    return Message("{key} belongs to a leaf; this has criteria under it", key=key)


def _leaf_message(keys: frozenset[str], node: Node) -> Message | None:
    if "score" not in keys:
        return Message("a criterion needs either criteria under it or a score")
    sources = {"fact", "expr"} & keys
    method = node.get("score", "method")
    if method is not None and method.value == "panel":
        message = Message("a panel criterion takes neither a fact nor an expression")
        return message if sources else None
    if len(sources) != 1:
        return Message("a criterion scores exactly one of fact and expr")
    if "rubric" in keys:
        return Message("a rubric belongs to a criterion that the panel scores")
    if "objective" in keys:
        return Message("objective belongs to a criterion that the panel scores")
    return None


def _written(node: Node, known: Iterable[str]) -> frozenset[str]:
    """The keys that say something; a misspelt one counts as the one that was meant."""
    words = {"is" if name == "is_" else name for name in known}
    keys = set()
    for key, below in node.items() if node.is_mapping else ():
        if below.value is not None or key in TESTS:
            keys.add(key if key in words else nearest(key, words) or key)
    return frozenset(keys)
