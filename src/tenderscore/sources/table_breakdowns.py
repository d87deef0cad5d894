"""Breakdowns of prices in a table: columns ``price.breakdown.*`` beside ``price.amount``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import numpy as np

from tenderscore.errors import Message
from tenderscore.model.breakdown import sum_fault
from tenderscore.model.columns import Column, NumberColumn
from tenderscore.model.exact import Mask, weighted_sum
from tenderscore.model.values import is_number


def cost_faults(costs: Mapping[str, Column], amounts: Column) -> Iterator[tuple[int, Message]]:
    """The rows whose costs do not add up to the amount; a row without costs has no breakdown."""
    numbers = [column for column in costs.values() if isinstance(column, NumberColumn)]
    if len(numbers) < len(costs):
        yield from _strange(costs)
    elif isinstance(amounts, NumberColumn):
        yield from _unequal(numbers, amounts)


def _strange(costs: Mapping[str, Column]) -> Iterator[tuple[int, Message]]:
    for item, column in costs.items():
        wrong = column.each(lambda value: value is not None and not is_number(value))
        for row in np.flatnonzero(wrong):
            yield int(row), Message("{item} of the breakdown is no number", item=item)


def _unequal(costs: list[NumberColumn], amounts: NumberColumn) -> Iterator[tuple[int, Message]]:
    parts = [column.numbers.put(column.missing, 0) for column in costs]
    total = weighted_sum(parts, [Fraction(1)] * len(parts), len(amounts))
    both = [total, amounts.numbers]
    over = weighted_sum(both, [Fraction(1), Fraction(-1)], len(amounts)).numerators
    given: Mask = ~np.logical_and.reduce([column.missing for column in costs])
    for row in np.flatnonzero((over != 0) & given & ~amounts.missing):
        message = sum_fault(total.value(int(row)), amounts.value(int(row)))
        if message is not None:
            yield int(row), message
