"""Adjustments of a price for comparison (docs/rankings/evaluated_price.md)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from tenderscore.errors import Message
from tenderscore.model.criteria import Test
from tenderscore.model.fields import (
    MONEY_SCHEMA,
    REFERENCE_SCHEMA,
    Counted,
    FileModel,
    Id,
    NotNegative,
    ReadBy,
    TitleText,
    number_or_deferred,
    problem,
    wrong_type,
)
from tenderscore.model.values import is_money

WAYS = ("deduct", "increase", "add", "coefficient")


def _amount(value: object) -> Any:
    if not isinstance(value, dict) or is_money(value):
        return number_or_deferred(value)
    if set(value) != {"expr"}:
        raise problem(
            "adjustment-form", Message("an amount is a number, or a mapping with an expr")
        )
    if not isinstance(value["expr"], str):
        raise wrong_type(Message("an expression"), value["expr"])
    return value


Amount = Annotated[
    Any,
    ReadBy(
        _amount,
        {
            "anyOf": [
                {"type": "number"},
                REFERENCE_SCHEMA,
                MONEY_SCHEMA,
                {
                    "type": "object",
                    "properties": {
                        "expr": {"type": "string", "description": "A formula on the bid's facts."}
                    },
                    "required": ["expr"],
                    "additionalProperties": False,
                },
            ]
        },
    ),
]


class Adjustment(FileModel):
    """One step from the price as it was bid to the evaluated price."""

    id: Id
    title: TitleText | None = None
    if_: Test | None = Field(default=None, alias="if")
    deduct: Amount = None
    increase: Amount = None
    add: Amount = None
    coefficient: Amount = None
    of: Literal["price", "so_far"] = "price"
    years: Counted | None = None
    discount: NotNegative | None = None
