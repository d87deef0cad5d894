"""From a located value to a file model, with every error at its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.fields import KIND_NAMES, UnreadNumber, UnreadText
from tenderscore.model.located import Document, Node
from tenderscore.model.records import record
from tenderscore.model.suggestions import did_you_mean, nearest
from tenderscore.model.values import Value, kind_of

Model = TypeVar("Model", bound=BaseModel)
Steps: TypeAlias = tuple[str | int, ...]
_MOST_PASSES = 4

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


@record
class Salvage(Generic[Model]):
    """What can be made of a node, all that is wrong with it, and the paths that were left out.

    Later checks look at what is left, so that one mistake hides no other.
    """

    model: Model | None
    problems: list[Problem]
    unread: frozenset[Steps] = frozenset()


def salvaged(
    model: type[Model], document: Document, node: Node, texts: frozenset[str] = frozenset()
) -> Salvage[Model]:
    """The model of a node without what is wrong in it; None where too little is left."""
    return _salvaged(model, document, node, node.bare(texts), _left_out)


def checked(model: type[Model], document: Document, node: Node) -> Salvage[Model]:
    """The model of a node; where it has keys that mean nothing, what is wrong besides, too."""
    return _salvaged(model, document, node, node.bare(), _stray_left_out)


def _salvaged(
    model: type[Model],
    document: Document,
    node: Node,
    given: Value,
    leave_out: Callable[[Any, type[BaseModel], Steps, str], bool],
) -> Salvage[Model]:
    problems: list[Problem] = []
    unread: set[Steps] = set()
    for _ in range(_MOST_PASSES):
        try:
            return Salvage(model.model_validate(given), problems, frozenset(unread))
        except ValidationError as error:
            told = [d for d in error.errors() if not any(_within(d["loc"], u) for u in unread)]
            problems += [_problem(details, document, node, model) for details in told]
            paths = {details["loc"]: details["type"] for details in error.errors()}
            if not all(leave_out(given, model, path, kind) for path, kind in paths.items()):
                break
            unread |= paths.keys()
    return Salvage(None, problems)


def _within(path: Steps, above: Steps) -> bool:
    return path[: len(above)] == above


def _left_out(given: Any, model: type[BaseModel], path: Steps, kind: str) -> bool:
    """Take a wrong value out, or put something in its place where one is needed."""
    if not path:
        return False
    *above, last = path
    for step in above:
        given = given[step]
    if isinstance(given, list) and isinstance(last, int):
        inner = _inner(model, above)
        given[last] = UnreadText(f"unread-{last}") if inner is None else _needed(inner, path)
        return True
    field = _field_of(model, above, last)
    if kind == "extra_forbidden" or field is None or not field.is_required():
        given.pop(last, None)
        return True
    stand_in = _STAND_INS.get(str(last))
    if stand_in is not None:
        given[last] = stand_in(path)
    return stand_in is not None


def _stray_left_out(given: Any, model: type[BaseModel], path: Steps, kind: str) -> bool:
    """Take an unknown key out, unless it was meant for one that is absent."""
    if kind != "extra_forbidden":
        return False
    *above, last = path
    for step in above:
        given = given[step]
    meant = nearest(str(last), _known_keys(model, above))
    if meant is None or meant in given:
        del given[last]
        return True
    return False


def _needed(model: type[BaseModel], path: Steps) -> dict[str, object]:
    """The least that a mapping has to say, unread."""
    needed = [name for name, field in model.model_fields.items() if field.is_required()]
    return {name: _STAND_INS[name](path) for name in needed if name in _STAND_INS}


_STAND_INS: dict[str, Callable[[Steps], object]] = {
    "id": lambda path: UnreadText("-".join(["unread", *map(str, path)])),
    "weight": lambda _: UnreadNumber(),
}


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
            return Problem("wrong-type", Message("{detail}", detail=details["msg"]), place)


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
    inner = _inner(model, path)
    fields = {} if inner is None else inner.model_fields
    return [field.alias or name for name, field in fields.items()]


def _inner(model: type[BaseModel], path: Sequence[str | int]) -> type[BaseModel] | None:
    """The model of what stands at a path."""
    current: Any = model
    for step in path:
        field = None if isinstance(step, int) else _field(current, step)
        current = _inner_model(field.annotation) if field is not None else current
        if current is None:
            return None
    return current  # type: ignore[no-any-return] # a model at every step


def _field_of(model: type[BaseModel], path: Sequence[str | int], key: str | int) -> Any:
    inner = _inner(model, path)
    return None if inner is None else _field(inner, str(key))


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
