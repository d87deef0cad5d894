"""Schemas from the models that read the files, and from the table of scoring methods."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from tenderscore.cli.schemas._descriptions import DESCRIPTIONS
from tenderscore.model.criteria import TESTS, Criterion
from tenderscore.model.decisions import RULINGS
from tenderscore.model.method import BY_TOTAL, Method
from tenderscore.model.money import Rate
from tenderscore.pipeline.low_price_rules import RULES, rule_class
from tenderscore.pipeline.rankings import RANKINGS, ranking_class
from tenderscore.scoring import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic import BaseModel

Json = dict[str, Any]

_UNDERSCORED = {"type": "string", "pattern": r"^[-+]?\d+(_\d+)+(\.\d+)?$"}


def _either(*keys: str) -> Json:
    return {"oneOf": [{"required": [key]} for key in keys]}


def _alone(key: str, others: Sequence[str]) -> Json:
    return {"required": [key], "not": {"anyOf": [{"required": [other]} for other in others]}}


_FORMS: dict[str, Json] = {
    "Criterion": {"anyOf": [{"required": ["extends"]}, _either("criteria", "score")]},
    "Test": {"oneOf": [_alone("expr", TESTS), {"required": ["fact"], **_either(*TESTS)}]},
    "Band": _either("at_least", "at_most"),
    "PerItem": _either("each", "tiers"),
    "PassMark": _either("mean", "majority"),
    "LowPriceTest": _either("under", "at_most", "rule"),
}


_CHOICE: Json = {
    "description": "Which scoring method; each has parameters of its own.",
    "enum": list(METHODS),
}


def model_schema(model: type[BaseModel]) -> Json:
    """What a mapping read by a model may say."""
    return _tidy(model.model_json_schema(by_alias=True, schema_generator=_Exact))


def criteria_schema() -> Json:
    """A criteria group, with the parameters of every scoring method."""
    schema = model_schema(Criterion)
    definitions: Json = schema["$defs"]
    for id_, method in METHODS.items():
        _define(definitions, id_, method)
    about = DESCRIPTIONS["Criterion"]["score"]
    definitions["score"] = {"description": about, **_chosen(_CHOICE, METHODS)}
    definitions["Criterion"]["properties"]["score"] = {"$ref": "#/$defs/score"}
    return schema


def method_schema() -> Json:
    """The method file, with the settings of every ranking and of every rule for low prices."""
    schema = model_schema(Method)
    definitions: Json = schema["$defs"]
    for id_ in RANKINGS:
        _define(definitions, id_, ranking_class(id_))
    for id_ in RULES:
        _define(definitions, id_, rule_class(id_))
    words = [BY_TOTAL, *RANKINGS]
    definitions["RoundRule"]["properties"]["rank_by"] = {
        "description": DESCRIPTIONS["RoundRule"]["rank_by"],
        "anyOf": _named("What ranks the bids.", words, RANKINGS),
    }
    definitions["LowPriceTest"]["properties"]["rule"] = {
        "description": DESCRIPTIONS["LowPriceTest"]["rule"],
        "anyOf": _named("Which law's rule.", list(RULES), RULES),
    }
    return schema


def _named(about: str, words: Sequence[str], ids: Iterable[str]) -> list[Json]:
    """A variant by its name alone, or with its settings."""
    return [{"enum": words}, _chosen({"description": about, "enum": words}, ids)]


def _define(definitions: Json, id_: str, model: type[BaseModel]) -> None:
    own = model_schema(model)
    definitions |= own.pop("$defs", {})
    own["required"] = ["method", *own.get("required", ())]
    definitions[id_] = own


def _chosen(choice: Json, ids: Iterable[str]) -> Json:
    """A mapping whose ``method`` says which other keys it takes."""
    return {
        "type": "object",
        "required": ["method"],
        "properties": {"method": choice},
        "allOf": [_where(id_) for id_ in ids],
    }


def _where(method: str) -> Json:
    chosen = {"required": ["method"], "properties": {"method": {"const": method}}}
    return {"if": chosen, "then": {"$ref": f"#/$defs/{method}"}}


def rates_schema() -> Json:
    """A list of rates."""
    return {"type": ["array", "null"], "items": model_schema(Rate)}


def decisions_schema() -> Json:
    """A list of decisions, each with the keys of its kind."""
    kinds = {id_: model_schema(kind) for id_, kind in RULINGS.items()}
    rules = [
        {
            "if": {"required": ["decide"], "properties": {"decide": {"const": id_}}},
            "then": {"$ref": f"#/$defs/{id_}"},
        }
        for id_ in kinds
    ]
    choice = {"description": "What kind of decision.", "enum": list(kinds)}
    entry = {
        "type": "object",
        "required": ["decide"],
        "properties": {"decide": choice},
        "allOf": rules,
    }
    return {"type": ["array", "null"], "items": entry, "$defs": kinds}


class _Exact(GenerateJsonSchema):
    """Writes the models' exact numbers as numbers."""

    def encode_default(self, dft: Any) -> Any:
        """The default as JSON."""
        return float(dft) if isinstance(dft, Fraction) else super().encode_default(dft)


def _tidy(schema: Json) -> Json:
    """A model's schema as people meet it in an editor: described, without the generated titles."""
    name = schema.get("title")
    tidy = {key: _part(key, value) for key, value in schema.items() if key != "title"}
    if "properties" in tidy and name in DESCRIPTIONS:
        tidy |= _FORMS.get(name, {})
        for key, description in DESCRIPTIONS[name].items():
            tidy["properties"][key]["description"] = description
    return _as_written(tidy)


def _part(key: str, value: Any) -> Any:
    match key, value:
        case (("properties" | "$defs"), dict()):
            return {name: _tidy(inner) for name, inner in value.items()}
        case (("items" | "additionalProperties"), dict()):
            return _tidy(value)
        case (("anyOf" | "oneOf" | "allOf"), list()):
            return [_tidy(inner) for inner in value]
        case "description", str():
            return value.partition("\n\n")[0].replace("``", "`").replace("\n", " ")
    return value


def _as_written(schema: Json) -> Json:
    """YAML lets numbers have `_` between digits, and text look like a number (`id: 007`)."""
    schema = {key: value for key, value in schema.items() if (key, value) != ("default", None)}
    about: Json = {key: schema[key] for key in ("description", "default") if key in schema}
    bare = {key: value for key, value in schema.items() if key not in about}
    if bare == {"type": "string"}:
        return {"type": ["string", "number"], **about}
    if bare.get("type") in ("number", "integer"):
        return {"anyOf": [bare, _UNDERSCORED], **about}
    return schema
