"""From a located value to a file model, with every error at its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.fields import KIND_NAMES
from tenderscore.model.located import Document, Node
from tenderscore.model.suggestions import did_you_mean
from tenderscore.model.values import kind_of

Model = TypeVar("Model", bound=BaseModel)

_EXPECTED = {
    "string_type": KIND_NAMES["text"],
    "bool_type": KIND_NAMES["boolean"],
    "list_type": KIND_NAMES["list"],
    "tuple_type": KIND_NAMES["list"],
    "dict_type": KIND_NAMES["mapping"],
    "model_type": KIND_NAMES["mapping"],
    "model_attributes_type": KIND_NAMES["mapping"],
}


def validated(
    model: type[Model], document: Document, node: Node, texts: frozenset[str] = frozenset()
) -> tuple[Model | None, list[Problem]]:
    """The model of a node, or the problems that it has."""
    try:
        return model.model_validate(node.bare(texts)), []
    except ValidationError as error:
        return None, problems_of(error, document, node, model)


def problems_of(
    error: ValidationError, document: Document, node: Node, model: type[BaseModel]
) -> list[Problem]:
    """A pydantic error as problems, each at the value that it is about."""
    return [_problem(details, document, node, model) for details in error.errors()]


def _problem(  # noqa: PLR0911 - a case an error type
    details: Any, document: Document, node: Node, model: type[BaseModel]
) -> Problem:
    path = list(details["loc"])
    context = details.get("ctx", {})
    target, place = _located(path, document, node)
    key = str(path[-1]) if path else ""
    match details["type"]:
        case "tenderscore":
            return Problem(context["code"], context["message"], place, context["help"])
        case "missing":
            return Problem("missing-key", Message("{key} is missing", key=key), place)
        case "extra_forbidden":
            known = _known_keys(model, path[:-1])
            message = Message("unknown key {key!r}", key=key)
            where = document.key_place(target) if target else place
            return Problem("unknown-key", message, where, did_you_mean(key, known))
        case "literal_error":
            return _not_one_of(details, place)
        case "too_short":
            return Problem("empty-list", Message("expected at least one item"), place)
        case kind if kind in _EXPECTED:
            given = KIND_NAMES[kind_of(details["input"])]
            message = Message(
                "expected {expected}, not {kind}", expected=_EXPECTED[kind], kind=given
            )
            return Problem("wrong-type", message, place)
        case _:
            return Problem("invalid-value", Message("{detail}", detail=details["msg"]), place)


def _not_one_of(details: Any, place: Place) -> Problem:
    expected = details["ctx"]["expected"].replace(" or ", ", ")
    words = [word.strip().strip("'") for word in expected.split(",")]
    given = details["input"]
    message = Message("expected one of {words}", words=", ".join(words))
    return Problem("unknown-value", message, place, did_you_mean(str(given), words))


def _located(
    path: Sequence[str | int], document: Document, node: Node
) -> tuple[Node | None, Place]:
    """The node at a path and its place; the nearest node above where there is none."""
    here: Node | None = node
    last = node
    for step in path:
        if here is None:
            break
        if isinstance(here.value, dict):
            here = here.value.get(str(step))
        elif isinstance(here.value, list) and isinstance(step, int) and step < len(here.value):
            here = here.value[step]
        last = here or last
    return here, document.place(last)


def _known_keys(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    current: Any = model
    for step in path:
        if isinstance(step, int):
            continue
        field = _field(current, step)
        current = _inner_model(field.annotation) if field is not None else current
        if current is None:
            return []
    return [field.alias or name for name, field in current.model_fields.items()]


def _field(model: type[BaseModel], key: str) -> Any:
    for name, field in model.model_fields.items():
        if key in {name, field.alias}:
            return field
    return None


def _inner_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _inner_model(inner)
        if found is not None:
            return found
    return None
