"""Tests for prices that are too low to be believed (docs/how-to/low-prices.md)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from tenderscore.errors import Message
from tenderscore.model.fields import (
    Counted,
    FactPath,
    FileModel,
    Id,
    NotNegative,
    ReadBy,
    Text,
    TitleText,
    number_or_reference,
    problem,
)
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
    if isinstance(value, str) and not value.startswith(("lot.", "tender.")):
        message = Message("prices are not held against {word!r}", word=value[:80])
        raise problem("low-price-form", message, did_you_mean(value, REFERENCES))
    return number_or_reference(value)


Of = Annotated[
    Any,
    ReadBy(
        _of,
        {
            "anyOf": [
                {"enum": list(REFERENCES)},
                {"type": "number"},
                {"type": "string", "pattern": r"^(lot|tender)\..+"},
            ]
        },
    ),
]


class LowPriceTest(FileModel):
    """One test: which prices are doubted, and what follows for their bids."""

    id: Id
    title: TitleText | None = None
    fact: FactPath = Field(default=("price",))
    under: NotNegative | None = None
    at_most: NotNegative | None = None
    of: Of
    then: Then = "explain"
    minimum_bids: Counted = 1
    round: Text | None = None
