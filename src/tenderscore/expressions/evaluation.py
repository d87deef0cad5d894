"""What the parts of an expression do for one bid: small functions that call one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tenderscore.errors import Message
from tenderscore.expressions.arithmetic import Operation, bounded
from tenderscore.expressions.comparisons import Test
from tenderscore.expressions.error import ExpressionError, a_kind, clash, not_boolean
from tenderscore.expressions.part import Lookup, Part, Read, Run, Stop, numeric
from tenderscore.model.values import Fault, Path, Value, kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

Link: TypeAlias = tuple[Operation, Part, int, tuple[Read, ...]]
Step: TypeAlias = tuple[Test, Part, int]


def fact(root: str, path: Path) -> Run:
    """The value at a path; a missing one and a fault end the evaluation."""
    reads = ((root, path),)

    def run(lookup: Lookup) -> Value:
        value = lookup(root, path)
        if value is None or isinstance(value, Fault):
            raise Stop(value, "absent", reads)
        return value

    return run


def presence(root: str, path: Path) -> Run:
    """Whether there is a value at a path."""
    return lambda lookup: lookup(root, path) is not None


def listed(parts: Sequence[Part]) -> Run:
    """A list of values."""
    runs = [part.run for part in parts]
    return lambda lookup: [run(lookup) for run in runs]


def signed(operand: Part, *, negative: bool) -> Run:
    """A number with its sign."""

    def run(lookup: Lookup) -> Value:
        value = operand.run(lookup)
        if not numeric(value):
            message = Message("a sign needs a number, not {kind}", kind=a_kind(kind_of(value)))
            raise ExpressionError(message, operand.column)
        return -value if negative else value

    return run


def computed(first: Part, links: Sequence[Link]) -> Run:
    """A chain of operations from the left, all at one depth however long it is.

    Each link has the paths that its operand reads, which make a divisor zero.
    """
    begin = first.run
    steps = [
        (link.apply, link.clash, part.run, column, reads) for link, part, column, reads in links
    ]

    def run(lookup: Lookup) -> Value:
        total = begin(lookup)
        for apply, message, operand, column, reads in steps:
            value = operand(lookup)
            if not (numeric(total) and numeric(value)):
                raise clash(message, total, value, column)
            try:
                total = bounded(apply(total, value), column)
            except Stop as stop:
                stop.reads = reads
                raise
        return total

    return run


def compared(first: Part, steps: Sequence[Step]) -> Run:
    """A chain of comparisons, which ends where one does not hold."""
    begin = first.run
    tests = [(test, part.run, column) for test, part, column in steps]

    def run(lookup: Lookup) -> Value:
        left = begin(lookup)
        for test, operand, column in tests:
            right = operand(lookup)
            if not test(left, right, column):
                return False
            left = right
        return True

    return run


def joined(word: str, parts: Sequence[Part]) -> Run:
    """``and`` ends at the first false, ``or`` at the first true."""
    last = word == "or"
    operands = [(part.run, part.column) for part in parts]

    def run(lookup: Lookup) -> Value:
        for operand, column in operands:
            verdict = operand(lookup)
            if verdict is last:
                return last
            if not isinstance(verdict, bool):
                raise not_boolean(word, verdict, column)
        return not last

    return run


def negated(operand: Part) -> Run:
    """``not`` of true or false."""

    def run(lookup: Lookup) -> Value:
        verdict = operand.run(lookup)
        if not isinstance(verdict, bool):
            raise not_boolean("not", verdict, operand.column)
        return not verdict

    return run


def chosen(test: Part, yes: Part, no: Part) -> Run:
    """One of two values; the other is never looked at."""

    def run(lookup: Lookup) -> Value:
        verdict = test.run(lookup)
        if not isinstance(verdict, bool):
            raise not_boolean("if", verdict, test.column)
        return yes.run(lookup) if verdict else no.run(lookup)

    return run
