"""Tests for prices that are too low to be believed (docs/how-to/low-prices.md)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from tenderscore.errors import Message
from tenderscore.model.fields import (
    MONEY_SCHEMA,
    NAMED_SETTINGS,
    REFERENCE_SCHEMA,
    Counted,
    FactPath,
    FileModel,
    Id,
    NotNegative,
    ReadBy,
    Text,
    TitleText,
    named_settings,
    number_or_deferred,
    problem,
)
from tenderscore.model.references import reference_in
from tenderscore.model.suggestions import did_you_mean

MATTER = "low-price"
"""What a bid explains, and a decision accepts."""

REFERENCES = (
    *("mean", "median", "lowest", "second_lowest"),
    *("mean_of_others", "next_lowest"),
)
Then = Literal["flag", "explain", "eliminate"]


def _of(value: object) -> Any:
    if value in REFERENCES:
        return value
    if isinstance(value, str) and reference_in(value) is None:
        message = Message("prices are not held against {word!r}", word=value[:80])
        raise problem("low-price-form", message, did_you_mean(value, REFERENCES))
    return number_or_deferred(value)


Of = Annotated[
    Any,
    ReadBy(
        _of,
        {
            "anyOf": [
                {"enum": list(REFERENCES)},
                {"type": "number"},
                REFERENCE_SCHEMA,
                MONEY_SCHEMA,
            ]
        },
    ),
]


def _rule(value: object) -> dict[str, Any]:
    return named_settings(value, Message("the name of a rule, or a mapping with its method"))


# The rules themselves are the pipeline's (tenderscore.pipeline.low_price_rules).
RuleSettings = Annotated[dict[str, Any], ReadBy(_rule, NAMED_SETTINGS)]


class LowPriceTest(FileModel):
    """One test: which prices are doubted, and what follows for their bids."""

    id: Id
    title: TitleText | None = None
    fact: FactPath = Field(default=("price",))
    under: NotNegative | None = None
    at_most: NotNegative | None = None
    rule: RuleSettings | None = None
    of: Of
    then: Then = "explain"
    minimum_bids: Counted = 1
    round: Text | None = None
