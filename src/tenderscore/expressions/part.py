"""A part of an expression that can be evaluated, and what stops an evaluation."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Literal, TypeAlias, TypeGuard

from tenderscore.model.records import record
from tenderscore.model.values import Kind, Number, Path, Value

Lookup: TypeAlias = Callable[[str, Path], Value]
Run: TypeAlias = Callable[[Lookup], Value]

_NUMBERS = frozenset({int, Fraction})


Read: TypeAlias = tuple[str, Path]
Why: TypeAlias = Literal["absent", "zero", "empty", "gap"]


class Stop(Exception):  # noqa: N818 - it ends an evaluation, which is no error
    """The whole value is known to be missing (None) or a fault.

    ``why`` it is missing: a fact is absent, a divisor zero, a list empty or one of its items.
    ``reads`` are the paths that this part reads, None before it is known which part it is.
    """

    def __init__(
        self, value: Value = None, why: Why = "absent", reads: tuple[Read, ...] | None = None
    ) -> None:
        super().__init__()
        self.value = value
        self.why = why
        self.reads = reads


@record
class Lack:
    """Why the value of an expression is missing, and what the part reads that makes it so."""

    why: Why
    reads: tuple[Read, ...]


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


def noting(run: Run, reads: tuple[Read, ...]) -> Run:
    """The same function, which says what its part reads where that makes the value missing."""

    def noted(lookup: Lookup) -> Value:
        try:
            return run(lookup)
        except Stop as stop:
            if stop.reads is None:
                stop.reads = reads
            raise

    return noted


def numeric(value: Value) -> TypeGuard[Number]:
    """Whether a value is a number; asked for every operand of every bid."""
    return type(value) in _NUMBERS
