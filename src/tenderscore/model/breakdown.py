"""What a price is made of: ``price.breakdown``, a tree whose leaves add up to the amount."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tenderscore.errors import Message
from tenderscore.model.numerals import grouped_text
from tenderscore.model.values import Path, Value, is_number

BREAKDOWN: Path = ("price", "breakdown")


def is_cost(path: Path) -> bool:
    """Whether a fact is part of a breakdown: it is in the currency of its price."""
    return len(path) > len(BREAKDOWN) and path[: len(BREAKDOWN)] == BREAKDOWN


def costs(breakdown: Value, above: Path = ()) -> Iterator[tuple[Path, Value]]:
    """The leaves of a breakdown with their paths; what is left open is none.

    >>> list(costs({"labour": {"day": 3, "night": 2}, "other": None}))
    [(('labour', 'day'), 3), (('labour', 'night'), 2)]
    """
    if isinstance(breakdown, dict):
        for key, value in breakdown.items():
            yield from costs(value, (*above, key))
    elif breakdown is not None:
        yield above, breakdown


def breakdown_fault(price: Value) -> Message | None:
    """What is wrong with a price's breakdown: it adds up to the amount, to the last digit."""
    if not isinstance(price, dict) or price.get("breakdown") is None:
        return None
    if not isinstance(price["breakdown"], dict):
        return Message("a breakdown is a mapping of what the price is made of")
    found = list(costs(price["breakdown"]))
    strange = next((path for path, value in found if not is_number(value)), None)
    if strange is not None:
        return Message("{item} of the breakdown is no number", item=".".join(strange))
    total = sum((Fraction(value) for _, value in found), Fraction(0))  # type: ignore[arg-type] # a number
    return sum_fault(total, price.get("amount"))


def sum_fault(total: Fraction, amount: Value) -> Message | None:
    """How far a breakdown's sum is from the amount."""
    if not is_number(amount) or total == amount:
        return None
    difference = total - Fraction(amount)  # type: ignore[arg-type] # a number
    template = (
        "the breakdown adds up to {total}, {difference} more than the amount, {amount}"
        if difference > 0
        else "the breakdown adds up to {total}, {difference} less than the amount, {amount}"
    )
    return Message(
        template,
        total=grouped_text(total),
        difference=grouped_text(abs(difference)),
        amount=grouped_text(Fraction(amount)),  # type: ignore[arg-type] # likewise
    )
