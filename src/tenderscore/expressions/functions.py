"""The functions of expressions; ``has``, which takes a path and no value, is the compiler's."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from tenderscore.errors import Message
from tenderscore.expressions.error import ExpressionError, needs
from tenderscore.expressions.gathering import MAX, MEAN, MIN, SUM, Gathering
from tenderscore.expressions.part import Lookup, Part, Run, numeric
from tenderscore.model.records import record
from tenderscore.model.values import Kind, Number, Value, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_DECIMALS = 30


@record
class OfOne:
    """A function of one value of one kind, with a number as its result."""

    name: str
    takes: Message
    kind: Kind
    apply: Callable[[Any], Number]

    least = 1
    most = 1

    def result_kind(self, _: tuple[Part, ...]) -> Kind | None:
        """What kind its value is of."""
        return "number"

    def refusals(self, parts: tuple[Part, ...]) -> Iterator[ExpressionError]:
        """What it is known to refuse before there is a bid."""
        yield from _unfit(self.name, self.kind, parts[0])

    def run(self, parts: tuple[Part, ...]) -> Run:
        """The function that evaluates it."""
        (part,) = parts

        def run(lookup: Lookup) -> Value:
            value = part.run(lookup)
            if kind_of(value) != self.kind:
                raise needs(self.name, self.kind, kind_of(value), part.column)
            return self.apply(value)

        return run


@record
class Rounding:
    """``round(x)`` and ``round(x, n)``: half away from zero, to n decimals."""

    name = "round"
    takes = Message("a number and its decimals")
    least = 1
    most = 2

    def result_kind(self, _: tuple[Part, ...]) -> Kind | None:
        """What kind its value is of."""
        return "number"

    def refusals(self, parts: tuple[Part, ...]) -> Iterator[ExpressionError]:
        """What it is known to refuse before there is a bid."""
        for part in parts:
            yield from _unfit(self.name, "number", part)
        if len(parts) == 2 and parts[1].constant and parts[1].kind == "number":
            try:
                _decimals(parts[1].value, parts[1].column)
            except ExpressionError as error:
                yield error

    def run(self, parts: tuple[Part, ...]) -> Run:
        """The function that evaluates it."""
        number, *places = parts

        def run(lookup: Lookup) -> Value:
            value = number.run(lookup)
            if not numeric(value):
                raise needs("round", "number", kind_of(value), number.column)
            decimals = _decimals(places[0].run(lookup), places[0].column) if places else 0
            return rounded(value, decimals)

        return run


def rounded(number: Number, decimals: int) -> Number:
    """A number rounded half away from zero.

    >>> rounded(Fraction("-2.5"), 0), rounded(Fraction("0.125"), 2), rounded(1250, -2)
    (-3, Fraction(13, 100), 1300)
    """
    numerator, denominator = abs(number.numerator), number.denominator
    if decimals > 0:
        numerator *= 10**decimals
    else:
        denominator *= 10**-decimals
    whole = (2 * numerator + denominator) // (2 * denominator)
    if number < 0:
        whole = -whole
    return Fraction(whole, 10**decimals) if decimals > 0 else int(whole * 10**-decimals)


def _decimals(value: Value, column: int) -> int:
    if not numeric(value):
        raise needs("round", "number", kind_of(value), column)
    if value.denominator != 1 or not -MOST_DECIMALS <= value <= MOST_DECIMALS:
        message = Message("`round` takes from -30 to 30 decimals, not {given}", given=str(value))
        raise ExpressionError(message, column)
    return int(value)


def _unfit(name: str, kind: Kind, part: Part) -> Iterator[ExpressionError]:
    if part.kind not in {None, kind}:
        yield needs(name, kind, part.kind, part.column)


Function: TypeAlias = OfOne | Rounding | Gathering

FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        OfOne("len", Message("one list"), "list", len),
        SUM,
        MIN,
        MAX,
        MEAN,
        OfOne("abs", Message("one number"), "number", abs),
        Rounding(),
    )
}
