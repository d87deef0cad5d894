"""Variants that a file names by their ``method``: the frozen class that its settings make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from tenderscore.errors import Message, Problem
from tenderscore.model.located import Document, Node
from tenderscore.model.suggestions import did_you_mean
from tenderscore.model.validation import problems_of

V = TypeVar("V", bound=BaseModel)


def read_variant(
    settings: Mapping[str, object],
    words: Iterable[str],
    class_of: Callable[[str], type[V]],
    document: Document,
    node: Node,
) -> tuple[V | None, list[Problem]]:
    """What some settings describe, its method one of the words; or what is wrong with them."""
    id_, known = str(settings["method"]), tuple(words)
    if id_ not in known:
        message = Message("expected one of {words}", words=", ".join(known))
        place = document.place(node.get("method") or node)
        return None, [Problem("unknown-value", message, place, did_you_mean(id_, known))]
    model = class_of(id_)
    try:
        return model.model_validate(dict(settings)), []
    except ValidationError as error:
        return None, problems_of(error, document, node, model)
