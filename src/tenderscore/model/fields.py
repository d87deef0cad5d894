"""The types that file models are made of: exact numbers, references, ids, titles."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_plain_validator_function

from tenderscore.errors import Message
from tenderscore.model.dates import as_date, instant_in
from tenderscore.model.references import Deferred, deferred_in, reference_in
from tenderscore.model.text import LANGUAGES, Title
from tenderscore.model.values import Number, Path, is_number, kind_of

ID_PATTERN = r"[A-Za-z0-9_-]+"
_ID = re.compile(ID_PATTERN)

KIND_NAMES = {
    "missing": Message("nothing"),
    "boolean": Message("true or false"),
    "number": Message("a number"),
    "text": Message("text"),
    "date": Message("a date"),
    "time": Message("a time of day"),
    "list": Message("a list"),
    "mapping": Message("a mapping"),
}


class FileModel(BaseModel):
    """What a mapping of a file may say: no unknown keys, nothing converted, never changed."""

    # Built when first used: a run uses few of the scoring methods.
    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
        frozen=True,
        strict=True,
        arbitrary_types_allowed=True,
        populate_by_name=True,
    )


class ReadBy:
    """How a field's value is read, and what its JSON Schema says; its type is for type checkers.

    pydantic's ``PlainValidator`` reads likewise, but builds a schema of the type besides, which
    takes longer than all else that a model is built of.
    """

    def __init__(self, read: Callable[[Any], object], schema: Mapping[str, Any]) -> None:
        self.read = read
        self.schema = schema

    def __get_pydantic_core_schema__(self, _: object, __: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _: CoreSchema, __: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return dict(self.schema)


class UnreadNumber(int):
    """Stands where a number is needed and could not be read: no check speaks of it."""


class UnreadText(str):
    """Stands where a text is needed and could not be read: no check speaks of it."""

    __slots__ = ()


def problem(code: str, message: Message, help_: Message | None = None) -> PydanticCustomError:
    """A validation error that becomes a ``Problem`` with this code, message and help."""
    context: dict[str, Any] = {"code": code, "message": message, "help": help_}
    return PydanticCustomError("tenderscore", "{message}", context)


def wrong_type(expected: Message, value: object) -> PydanticCustomError:
    """The error for a value of another type than the one expected."""
    message = Message("expected {expected}, not {kind}", expected=expected, kind=_described(value))
    return problem("wrong-type", message)


def _described(value: object) -> Message:
    kind = KIND_NAMES[kind_of(value)]
    if isinstance(value, str):
        return Message("the text {text!r}", text=value[:80])
    return kind


def _number(value: object) -> Number:
    if isinstance(value, float):
        value = Fraction(repr(value))
    if not is_number(value):
        raise wrong_type(KIND_NAMES["number"], value)
    return value  # type: ignore[return-value] # is_number has just said so


def named_settings(value: object, expected: Message) -> dict[str, Any]:
    """The settings of a variant given by its name alone, or by a mapping with its method."""
    settings = {"method": value} if isinstance(value, str) else value
    if not isinstance(settings, dict):
        raise wrong_type(expected, value)
    if not isinstance(settings.get("method"), str):
        raise problem("missing-key", Message("{key} is missing", key="method"))
    return settings


NAMED_SETTINGS = {"anyOf": [{"type": "string"}, {"type": "object", "required": ["method"]}]}


def _points(value: object) -> Number:
    points = _number(value)
    if not 0 <= points <= 100:
        raise problem("points-range", Message("points lie between 0 and 100"))
    return points


def _percent(value: object) -> Number:
    percent = _number(value)
    if not 0 <= percent <= 100:
        raise problem("points-range", Message("a percentage lies between 0 and 100"))
    return percent


def _positive(value: object) -> Number:
    number = _number(value)
    if number <= 0:
        raise problem("not-positive", Message("expected a number above 0"))
    return number


def _not_negative(value: object) -> Number:
    number = _number(value)
    if number < 0:
        raise problem("negative-number", Message("expected a number of 0 or more"))
    return number


def number_or_deferred(value: object) -> Number | Deferred:
    """A number, or what stands for one: a path of the lot or the tender, or money."""
    found = deferred_in(value)
    return _number(value) if found is None else found


def _or_reference(read: Callable[[object], Number]) -> Callable[[object], Number | Deferred]:
    """What reads a number that is no amount, or the path that stands for it."""

    def either(value: object) -> Number | Deferred:
        if isinstance(value, Deferred):
            return value
        return reference_in(value) or read(value)

    return either


points_or_reference = _or_reference(_points)


def _list_or_reference(value: object) -> Any:
    if not isinstance(value, (list, tuple, Deferred)) and reference_in(value) is None:
        raise wrong_type(KIND_NAMES["list"], value)
    return reference_in(value) or value


def known(value: Number | Deferred) -> Fraction:
    """A parameter's number, once a lot has said what was left to it."""
    if isinstance(value, Deferred):
        message = f"{value} is not resolved"
        raise TypeError(message)
    return Fraction(value)


def title_of(value: object) -> Title:
    """A text in one language or several."""
    if isinstance(value, Title):
        return value
    if isinstance(value, str) and value.strip():
        return Title(value)
    if not isinstance(value, dict) or not value:
        raise wrong_type(Message("text, or a text for each language"), value)
    for language, text in value.items():
        if language not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            message = Message("unknown language {language!r}", language=language)
            raise problem("unknown-language", message, Message("one of {known}", known=known))
        if not isinstance(text, str) or not text.strip():
            raise wrong_type(KIND_NAMES["text"], text)
    return Title(value)


def _id(value: object) -> str:
    if isinstance(value, str) and _ID.fullmatch(value):
        return value
    if isinstance(value, str):
        message = Message("{id!r} is no id", id=value[:80])
        raise problem("bad-id", message, Message("use letters, digits, - and _"))
    raise wrong_type(KIND_NAMES["text"], value)


def fact_path(value: object) -> Path:
    """The path of a fact, written with dots."""
    if isinstance(value, tuple):
        return value
    if not isinstance(value, str):
        raise wrong_type(Message("the dotted path of a fact"), value)
    path = tuple(value.split("."))
    if not all(part.strip() for part in path):
        message = Message("{path!r} is no path of a fact", path=value[:80])
        raise problem("bad-path", message, Message("write it as in experience.years"))
    return path


def _whole(value: object) -> int:
    number = _number(value)
    if number.denominator != 1:
        raise problem("wrong-type", Message("expected a whole number"))
    return number.numerator


def _counting(least: int) -> Callable[[object], int]:
    def check(value: object) -> int:
        number = _whole(value)
        if number < least:
            message = Message("expected a whole number of {least} or more", least=least)
            raise problem("number-too-small", message)
        return number

    return check


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise wrong_type(KIND_NAMES["text"], value)
    return value


def _filled(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise wrong_type(Message("some text"), value)


def _decimals(value: object) -> int | None:
    if value is None or value == "none":
        return None
    number = _whole(value)
    if not 0 <= number <= 12:
        raise problem("rounding-range", Message("decimals lie between 0 and 12, or are none"))
    return number


def _time(value: object) -> datetime:
    instant = instant_in(value)
    if instant is not None:
        return instant
    message = Message("expected a time of day with its zone")
    raise problem("wrong-type", message, Message("write it as 2026-03-31T17:00:00+08:00"))


def plain_date(value: object) -> date:
    """A date without a time of day."""
    found = as_date(value)
    if isinstance(found, date) and not isinstance(found, datetime):
        return found
    raise problem("wrong-type", Message("expected a date"), Message("write it as 2026-03-31"))


_NUMBER_SCHEMA = {"type": "number"}
_POSITIVE_SCHEMA = {"type": "number", "exclusiveMinimum": 0}
_NOT_NEGATIVE_SCHEMA = {"type": "number", "minimum": 0}
_POINTS_SCHEMA = {"type": "number", "minimum": 0, "maximum": 100}
REFERENCE_SCHEMA = {"type": "string", "pattern": r"^(lot|tender)\..+"}
MONEY_SCHEMA = {
    "type": "object",
    "properties": {
        "amount": {"type": "number", "description": "A number."},
        "currency": {"type": "string", "description": "Whose rate rates.yaml gives."},
    },
    "required": ["amount", "currency"],
}


ExactNumber = Annotated[Number, ReadBy(_number, _NUMBER_SCHEMA)]
Points = Annotated[Number, ReadBy(_points, _POINTS_SCHEMA)]
Percent = Annotated[Number, ReadBy(_percent, _POINTS_SCHEMA)]
Positive = Annotated[Number, ReadBy(_positive, _POSITIVE_SCHEMA)]
NotNegative = Annotated[Number, ReadBy(_not_negative, _NOT_NEGATIVE_SCHEMA)]
NumberParameter = Annotated[
    Number | Deferred,
    ReadBy(number_or_deferred, {"anyOf": [_NUMBER_SCHEMA, REFERENCE_SCHEMA, MONEY_SCHEMA]}),
]
NotNegativeParameter = Annotated[
    Number | Deferred,
    ReadBy(_or_reference(_not_negative), {"anyOf": [_NOT_NEGATIVE_SCHEMA, REFERENCE_SCHEMA]}),
]
PointsParameter = Annotated[
    Number | Deferred,
    ReadBy(points_or_reference, {"anyOf": [_POINTS_SCHEMA, REFERENCE_SCHEMA]}),
]
# For type checkers the numbers that they are once the lot has said what was left to it.
PositiveSetting = Annotated[
    Any,
    ReadBy(_or_reference(_positive), {"anyOf": [_POSITIVE_SCHEMA, REFERENCE_SCHEMA]}),
]
NotNegativeSetting = Annotated[
    Any,
    ReadBy(_or_reference(_not_negative), {"anyOf": [_NOT_NEGATIVE_SCHEMA, REFERENCE_SCHEMA]}),
]
WholeSetting = Annotated[
    Any,
    ReadBy(
        _or_reference(_counting(0)),
        {"anyOf": [{"type": "integer", "minimum": 0}, REFERENCE_SCHEMA]},
    ),
]
ListParameter = Annotated[
    Any, ReadBy(_list_or_reference, {"anyOf": [{"type": "array"}, REFERENCE_SCHEMA]})
]
TITLE_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {language: {"type": "string"} for language in LANGUAGES},
            "additionalProperties": False,
            "minProperties": 1,
        },
    ]
}
TitleText = Annotated[Title, ReadBy(title_of, TITLE_SCHEMA)]
Id = Annotated[str, ReadBy(_id, {"type": "string", "pattern": f"^{ID_PATTERN}$"})]
FactPath = Annotated[Path, ReadBy(fact_path, {"type": "string", "minLength": 1})]
Text = Annotated[str, ReadBy(_text, {"type": "string"})]
Filled = Annotated[str, ReadBy(_filled, {"type": "string", "minLength": 1})]
Counted = Annotated[int, ReadBy(_counting(1), {"type": "integer", "minimum": 1})]
Whole = Annotated[int, ReadBy(_counting(0), {"type": "integer", "minimum": 0})]
Decimals = Annotated[
    int | None,
    ReadBy(
        _decimals, {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 12}, {"const": "none"}]}
    ),
]
Instant = Annotated[datetime, ReadBy(_time, {"type": "string", "format": "date-time"})]
PlainDate = Annotated[date, ReadBy(plain_date, {"type": "string", "format": "date"})]
AnyValue = Annotated[Any, ReadBy(lambda value: value, {})]
