"""``award:`` in tender.yaml: how the lots are shared out (docs/how-to/award-lots.md)."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

from tenderscore.errors import Message
from tenderscore.model.award import EVALUATED_PRICE, MIX, POINTS, PRICE, Objective
from tenderscore.model.fields import (
    KIND_NAMES,
    Counted,
    FileModel,
    ReadBy,
    Text,
    Whole,
    problem,
    wrong_type,
)
from tenderscore.model.references import reference_in
from tenderscore.model.suggestions import did_you_mean
from tenderscore.model.values import Number, is_number

_PLAIN: dict[str, Objective] = {
    "points": POINTS,
    "price": PRICE,
    "evaluated_price": EVALUATED_PRICE,
}
_AMOUNT = Message("a number, an amount with its currency, or tender.<path>")
_CAPACITY = Message("a number, an amount with its currency, or the dotted path of a fact")


def _positive(value: object) -> object:
    amount = value["amount"] if _is_money(value) else value  # type: ignore[index]
    if is_number(amount) and amount <= 0:  # type: ignore[operator]
        raise problem("not-positive", Message("expected a number above 0"))
    return value


def _is_money(value: object) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"amount", "currency"}
        and is_number(value["amount"])
        and isinstance(value["currency"], str)
    )


def _amount(value: object) -> object:
    if is_number(value) or _is_money(value):
        return _positive(value)
    found = reference_in(value)
    if found is None or found.root != "tender":
        raise wrong_type(_AMOUNT, value)
    return found


def _capacity(value: object) -> object:
    if is_number(value) or _is_money(value):
        return _positive(value)
    if not isinstance(value, str) or not all(part.strip() for part in value.split(".")):
        raise wrong_type(_CAPACITY, value)
    found = reference_in(value)
    return found if found is not None and found.root == "tender" else tuple(value.split("."))


def _percent(value: object) -> Number:
    if not is_number(value):
        raise wrong_type(KIND_NAMES["number"], value)
    if not 0 < value < 100:  # type: ignore[operator] # is_number has just said so
        raise problem("discount", Message("a discount is above 0 and under 100 percent"))
    return value  # type: ignore[return-value]


def _objective(value: object) -> Objective:
    if isinstance(value, Objective):
        return value
    if isinstance(value, str):
        if value in _PLAIN:
            return _PLAIN[value]
        message = Message("expected one of {words}", words=", ".join(_PLAIN))
        raise problem("unknown-value", message, did_you_mean(value, _PLAIN))
    if not isinstance(value, dict):
        raise wrong_type(Message("points, price, evaluated_price, or a share for each"), value)
    for key in value:
        if key not in _PLAIN:
            message = Message("unknown key {key!r}", key=key)
            raise problem("unknown-key", message, did_you_mean(key, _PLAIN))
    shares = [_share(value.get(key, 0)) for key in _PLAIN]
    if sum(shares) != 100:
        keys = list(value or _PLAIN)
        message = Message("{keys} add up to {sum}, not 100", keys=keys, sum=sum(shares))
        raise problem("weight-sum", message)
    return Objective(MIX, *shares)


def _share(value: Any) -> Fraction:
    if not is_number(value):
        raise wrong_type(KIND_NAMES["number"], value)
    if value < 0:
        raise problem("negative-number", Message("expected a number of 0 or more"))
    return Fraction(value)


_MONEY_SCHEMA = {
    "type": "object",
    "properties": {
        "amount": {"type": "number", "description": "How much."},
        "currency": {"type": "string", "description": "In which currency, such as USD."},
    },
    "required": ["amount", "currency"],
    "additionalProperties": False,
}
_SHARES = {
    "type": "object",
    "properties": {
        "points": {"type": "number", "minimum": 0, "description": "Percent of the totals."},
        "price": {"type": "number", "minimum": 0, "description": "Percent of the prices' points."},
        "evaluated_price": {
            "type": "number",
            "minimum": 0,
            "description": "Percent of the evaluated prices' points.",
        },
    },
    "additionalProperties": False,
}
Amount = Annotated[
    Any,
    ReadBy(
        _amount,
        {
            "anyOf": [
                {"type": "number", "exclusiveMinimum": 0},
                _MONEY_SCHEMA,
                {"type": "string", "pattern": r"^tender\..+"},
            ]
        },
    ),
]
Capacity = Annotated[
    Any,
    ReadBy(
        _capacity,
        {
            "anyOf": [
                {"type": "number", "exclusiveMinimum": 0},
                _MONEY_SCHEMA,
                {"type": "string", "minLength": 1},
            ]
        },
    ),
]
Percent = Annotated[
    Number,
    ReadBy(_percent, {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 100}),
]
Goal = Annotated[
    Objective, ReadBy(_objective, {"anyOf": [{"type": "string", "enum": list(_PLAIN)}, _SHARES]})
]


class VendorLimits(FileModel):
    """How many vendors the lots go to."""

    at_least: Counted | None = None
    at_most: Counted | None = None


class IncumbentLimits(FileModel):
    """What the vendors that hold the contracts now may win: each, and all together."""

    vendors: list[Text]
    lots_per_vendor: Whole | None = None
    at_most: Whole | None = None


class PackageFile(FileModel):
    """What a vendor takes off its prices for some lots when it is awarded all of them."""

    vendor: Text
    lots: list[Text]
    discount: Percent


class AwardFile(FileModel):
    """How lots are awarded; where nothing is given each goes to its winner."""

    lots_per_vendor: Counted | None = None
    value_per_vendor: Capacity = None
    budget: Amount = None
    vendors: VendorLimits | None = None
    incumbents: IncumbentLimits | None = None
    packages: list[PackageFile] | None = None
    objective: Goal | None = None
    spend: Literal["optimum", "in_rank_order"] | None = None

    @property
    def says_something(self) -> bool:
        """Whether anything is given, so that lots do not just go to their winners."""
        return any(getattr(self, name) is not None for name in type(self).model_fields)
