"""The four operations on exact numbers."""

from __future__ import annotations

import ast
import operator
from fractions import Fraction
from typing import TYPE_CHECKING

from tenderscore.errors import Message
from tenderscore.expressions.error import ExpressionError
from tenderscore.expressions.part import Stop
from tenderscore.model.records import record

if TYPE_CHECKING:
    from collections.abc import Callable

    from tenderscore.model.values import Number

BITS = 10_000


@record
class Operation:
    """An operator between two numbers; the messages say what it cannot do to other kinds."""

    sign: str
    apply: Callable[[Number, Number], Number]
    clash: Message
    need: Message


def divided(left: Number, right: Number) -> Number:
    """The exact quotient; the value is missing where the divisor is zero."""
    if not right:
        raise Stop(why="zero")
    if isinstance(left, int) and isinstance(right, int):
        return Fraction(left, right)
    return left / right  # type: ignore[return-value]  # two ints do not get here


def bounded(number: Number, column: int) -> Number:
    """The number, refused where a hostile expression has grown it out of all proportion."""
    if number.numerator.bit_length() > BITS or number.denominator.bit_length() > BITS:
        message = Message("the number has grown past {bits:,} bits", bits=BITS)
        raise ExpressionError(message, column)
    return number


OPERATIONS: dict[type[ast.operator], Operation] = {
    ast.Add: Operation(
        "+",
        operator.add,
        Message("{left} and {right} cannot be added"),
        Message("a number is needed to add, not {kind}"),
    ),
    ast.Sub: Operation(
        "-",
        operator.sub,
        Message("{left} and {right} cannot be subtracted"),
        Message("a number is needed to subtract, not {kind}"),
    ),
    ast.Mult: Operation(
        "*",
        operator.mul,
        Message("{left} and {right} cannot be multiplied"),
        Message("a number is needed to multiply, not {kind}"),
    ),
    ast.Div: Operation(
        "/",
        divided,
        Message("{left} and {right} cannot be divided"),
        Message("a number is needed to divide, not {kind}"),
    ),
}
