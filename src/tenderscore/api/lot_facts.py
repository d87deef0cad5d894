"""What is known of a lot: tender.yaml's facts and those of the bids' table, which must agree."""

from __future__ import annotations

from collections.abc import Mapping

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.values import Value, identity


def merged(
    lot: str, own: Mapping[str, Value], columns: Mapping[str, tuple[Value, Place]]
) -> tuple[dict[str, Value], list[Problem]]:
    """tender.yaml's facts of a lot with those of the table's ``lot.`` columns, by dotted path."""
    facts = dict(own)
    problems = []
    for path, (value, place) in columns.items():
        if not _put(facts, path.split("."), value):
            template = "lot.{path} differs from what tender.yaml says of lot {lot}"
            problems.append(Problem("lot-facts", Message(template, path=path, lot=lot), place))
    return facts, problems


def _put(facts: dict[str, Value], path: list[str], value: Value) -> bool:
    """Write a fact where it belongs; False where another stands there."""
    first, *rest = path
    there = facts.get(first)
    if not rest:
        facts[first] = value if there is None else there
        return identity(facts[first]) == identity(value)
    if there is not None and not isinstance(there, dict):
        return False
    inner = dict(there or {})
    facts[first] = inner
    return _put(inner, rest, value)
