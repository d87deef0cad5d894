"""A part of an expression that can be evaluated, and what stops an evaluation."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias, TypeGuard

from tenderscore.model.records import record
from tenderscore.model.values import Kind, Number, Path, Value

Lookup: TypeAlias = Callable[[str, Path], Value]
Run: TypeAlias = Callable[[Lookup], Value]

_NUMBERS = frozenset({int, Fraction})


class Stop(Exception):  # noqa: N818 - it ends an evaluation, which is no error
    """The whole value is known to be missing (None) or a fault."""

    def __init__(self, value: Value = None) -> None:
        super().__init__()
        self.value = value


@record
class Part:
    """A part of an expression: its function, where it begins and what is known of its value.

    ``kind`` is None where only a bid's facts will tell. ``constant`` says that ``value`` is the
    value whatever the facts. ``items`` are those of a list that is written out.
    """

    run: Run
    column: int
    kind: Kind | None = None
    constant: bool = False
    value: Value = None
    items: tuple[Part, ...] | None = None


def numeric(value: Value) -> TypeGuard[Number]:
    """Whether a value is a number; asked for every operand of every bid."""
    return type(value) in _NUMBERS
