"""What rankings by price share: bids without one, and prices that cannot be had."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tenderscore.errors import Message, Problem
from tenderscore.model.columns import Column
from tenderscore.model.exact import Mask
from tenderscore.model.values import Fault
from tenderscore.pipeline.facts import fault_mask
from tenderscore.pipeline.plan import PRICE
from tenderscore.pipeline.points import Failure
from tenderscore.pipeline.rankings._base import ScoredRound


def unpriced(rule: str, rows: Mask) -> Failure:
    """The bids that a ranking puts out, since they have no price."""
    return Failure("rule", rule, rows, lambda _: Message("no price to rank by"))


def price_faults(scored: ScoredRound, column: Column) -> Iterator[Problem]:
    """A problem for each price that cannot be had, such as one without a rate."""
    for position in np.flatnonzero(fault_mask(column)):
        fault = column.value(int(position))
        # What clashes in an expression is told when the facts' types are looked at.
        if isinstance(fault, Fault) and fault.code != "expression-type":
            row = int(scored.scores.rows[position])
            yield Problem(fault.code, fault.message, scored.facts.place(PRICE, row))
