"""The parts of pages that follow from the code: tables of keys, parameters and methods."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from docs.generate.markdown import table
from docs.generate.pictures.of_pages import shown_parts
from docs.generate.presets import preset_parts
from tenderscore.cli.schemas import INPUTS, SCHEMAS
from tenderscore.pipeline.rankings import RANKINGS
from tenderscore.scoring import METHODS

Json = dict[str, Any]

_NULL = "`null`"
_PLACEHOLDER = re.compile(r"\w+\.<\w+>")


def parts() -> dict[str, Callable[[], str]]:
    """Every generated part by the name that pages call it by."""
    found: dict[str, Callable[[], str]] = {
        "methods": _methods,
        "rankings": _rankings,
        **preset_parts(),
        **shown_parts(),
    }
    for kind, schema in SCHEMAS.items():
        document = schema.document()
        keys = _keys if schema in INPUTS else _written_keys
        found[f"keys {kind}"] = partial(keys, document, document)
        for name, definition in document.get("$defs", {}).items():
            if name in RANKINGS and not list(_properties(document, definition)):
                continue
            found[f"keys {kind} {name}"] = partial(keys, document, definition)
    criteria = SCHEMAS["criteria"].document()
    for id_ in METHODS:
        found[f"parameters {id_}"] = partial(_keys, criteria, criteria["$defs"][id_])
    return found


def _methods() -> str:
    rows = [
        (f"[`{id_}`]({id_}.md)", _one_sentence(id_), _compares(id_), _accepts(id_))
        for id_ in METHODS
    ]
    return table(("method", "points", "looks at", "takes"), rows)


def _rankings() -> str:
    definitions = SCHEMAS["method"].document()["$defs"]
    rows = [
        (f"[`{id_}`]({id_}.md)", definitions[id_]["properties"]["method"]["description"])
        for id_ in RANKINGS
    ]
    return table(("ranking", "what ranks the bids"), rows)


def _one_sentence(id_: str) -> str:
    definition = SCHEMAS["criteria"].document()["$defs"][id_]
    return str(definition["properties"]["method"]["description"])


def _compares(id_: str) -> str:
    return "the admitted bids" if METHODS[id_].relative else "one bid"


def _accepts(id_: str) -> str:
    kinds = sorted(METHODS[id_].accepts)
    return ", ".join(kinds) if kinds else "what is listed"


def _keys(document: Json, definition: Json) -> str:
    """The keys of a file that people write."""
    needed = definition.get("required", ())
    rows = []
    for key, value in _properties(document, definition):
        meant = resolved(document, value)
        takes = [kind for kind in _takes(document, meant) if kind != _NULL]
        default = "required" if key in needed else _default(meant)
        rows.append((f"`{key}`", _joined(takes), default, _described(meant)))
    if any(default for _, _, default, _ in rows):
        return table(("key", "takes", "unless given", "what it says"), rows)
    return table(("key", "takes", "what it says"), [(a, b, d) for a, b, _, d in rows])


def _written_keys(document: Json, definition: Json) -> str:
    """The keys of a result: they are always there."""
    rows = []
    for key, value in _properties(document, definition):
        meant = resolved(document, value)
        rows.append((f"`{key}`", _joined(_takes(document, meant)), _described(meant)))
    return table(("key", "is", "what it says"), rows)


def _properties(document: Json, definition: Json) -> Iterator[tuple[str, Json]]:
    for key, value in _mapping(document, definition).get("properties", {}).items():
        if value is not False and not (key == "method" and "const" in value):
            yield key, value


def _joined(kinds: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(kinds)) or "anything"


def _described(schema: Json) -> str:
    """The description, with paths such as ``lot.<path>`` as code: Markdown would drop them."""
    return _PLACEHOLDER.sub(r"`\g<0>`", str(schema.get("description", "")))


def _mapping(document: Json, definition: Json) -> Json:
    """The mapping that a definition is about: itself, or what a list of it holds."""
    items = definition.get("items")
    return resolved(document, items) if isinstance(items, dict) else definition


def resolved(document: Json, schema: Json) -> Json:
    """A schema with what it refers to."""
    reference = schema.get("$ref")
    if not isinstance(reference, str):
        return schema
    target: Any = document
    for step in reference.removeprefix("#/").split("/"):
        target = target[step]
    return {**resolved(document, target), **schema}


def _takes(document: Json, schema: Json) -> Iterator[str]:
    """The kinds of value, in words; none for one that takes anything."""
    schema = resolved(document, schema)
    for either in ("anyOf", "oneOf"):
        for choice in schema.get(either, ()):
            if "required" not in choice or "type" in choice:
                yield from _takes(document, choice)
    pattern = schema.get("pattern", "")
    if "const" in schema:
        yield f"`{_as_written(schema['const'])}`"
    elif "enum" in schema:
        yield ", ".join(f"`{word}`" for word in schema["enum"])
    elif pattern.startswith("^(lot|tender)"):
        yield "`lot.` or `tender.` path"
    elif "A-Za-z" in pattern:
        yield "id"
    elif r"(_\d+)" not in pattern:
        yield from _types(document, schema)


def _types(document: Json, schema: Json) -> Iterator[str]:
    types = schema.get("type", ())
    named = [types] if isinstance(types, str) else list(types)
    if "string" in named and {"number", "boolean"} & set(named):
        yield "text"
        named = [name for name in named if name == "null"]
    for name in named:
        match name:
            case "string":
                yield {"date": "date", "date-time": "time of day with its zone"}.get(
                    schema.get("format", ""), "text"
                )
            case "number" | "integer":
                yield _number(name, schema)
            case "boolean":
                yield "`true`, `false`"
            case "array":
                yield _list(document, schema)
            case "object":
                yield _object(schema)
            case "null":
                yield _NULL


def _object(schema: Json) -> str:
    keys = schema.get("properties", {})
    if "en" in keys:
        return "text for each language"
    return "money" if "currency" in keys and "amount" in keys else "mapping"


def _number(name: str, schema: Json) -> str:
    word = "whole number" if name == "integer" else "number"
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        return f"{word} from {low} to {high}"
    if low is not None:
        return f"{word} of {low} or more"
    return f"{word} above 0" if "exclusiveMinimum" in schema else word


def _list(document: Json, schema: Json) -> str:
    inner = next(_takes(document, schema.get("items", {})), None)
    if schema.get("minItems") == schema.get("maxItems") == 2:
        return "pair"
    return "list" if inner in {None, "text"} else f"list of {inner}s"


def _default(schema: Json) -> str:
    default = schema.get("default")
    if default in (None, [], {}) or isinstance(default, dict):
        return ""
    if isinstance(default, float) and default.is_integer():
        default = int(default)
    return f"`{_as_written(default)}`"


def _as_written(value: object) -> str:
    """A value as a file has it: ``false``, not Python's word."""
    return str(value).lower() if isinstance(value, bool) else str(value)
