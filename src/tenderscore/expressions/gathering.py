"""The functions that make one value of a list, or of several values: sum, mean, min, max."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any, TypeAlias

from tenderscore.errors import Message
from tenderscore.expressions.arithmetic import bounded, divided
from tenderscore.expressions.comparisons import unlike
from tenderscore.expressions.error import ExpressionError, a_kind, needs
from tenderscore.expressions.literals import moment_of
from tenderscore.expressions.part import Lookup, Part, Run, Stop, numeric
from tenderscore.model.records import record
from tenderscore.model.values import Fault, Kind, Number, Value, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

Item: TypeAlias = "Number | date"


@record
class Gathering:
    """A function of one list or of several values.

    ``item`` gives a value as it is gathered, None where it cannot be; ``kinds`` are those that it
    may come from and ``what`` their name. ``gather`` takes the items and a column for its errors.
    """

    name: str
    gather: Callable[[list[Any], int], Value]
    item: Callable[[Value], Item | None]
    kinds: frozenset[Kind]
    what: Message

    takes = Message("a list or several numbers")
    least = 1
    most = None

    def result_kind(self, parts: tuple[Part, ...]) -> Kind | None:
        """What kind its value is of, as far as that is known before there is a bid."""
        numbers = any(item.kind == "number" for item in _items(parts) or ())
        return "number" if numbers or self.kinds == {"number"} else None

    def refusals(self, parts: tuple[Part, ...]) -> Iterator[ExpressionError]:
        """What it is known to refuse before there is a bid."""
        items = _items(parts)
        if items is None and parts[0].kind not in {None, "list"}:
            yield needs(self.name, "list", parts[0].kind, parts[0].column)
        for part in items or ():
            unknown = part.kind is None
            fits = self.item(part.value) is not None if part.constant else part.kind in self.kinds
            if not unknown and not fits:
                yield self._refusal(part.kind, part.column)

    def run(self, parts: tuple[Part, ...]) -> Run:
        """The function that evaluates it."""
        items = _items(parts)
        return self._of_list(parts[0]) if items is None else self._of_values(items, parts[0].column)

    def _of_list(self, part: Part) -> Run:
        def run(lookup: Lookup) -> Value:
            values = part.run(lookup)
            if not isinstance(values, (list, tuple)):
                raise needs(self.name, "list", kind_of(values), part.column)
            return self.gather(self._items(values, repeat(part.column)), part.column)

        return run

    def _of_values(self, parts: tuple[Part, ...], column: int) -> Run:
        runs = [part.run for part in parts]
        columns = [part.column for part in parts]

        def run(lookup: Lookup) -> Value:
            return self.gather(self._items([run(lookup) for run in runs], columns), column)

        return run

    def _items(self, values: Sequence[Value], columns: Iterable[int]) -> list[Item]:
        items = []
        for position, (value, column) in enumerate(zip(values, columns, strict=False), 1):
            if value is None or isinstance(value, Fault):
                raise Stop(value, "gap")
            item = self.item(value)
            if item is None:
                raise self._refusal(kind_of(value), column, position)
            items.append(item)
        return items

    def _refusal(
        self, kind: Kind | None, column: int, position: int | None = None
    ) -> ExpressionError:
        named = {"name": self.name, "what": self.what, "kind": a_kind(kind)}
        message = Message("`{name}` needs {what}, not {kind}", **named)
        if position is not None:
            message = Message(
                "`{name}` needs {what}; item {position} is {kind}", position=position, **named
            )
        return ExpressionError(message, column)


def _items(parts: tuple[Part, ...]) -> tuple[Part, ...] | None:
    """The parts that are gathered, None where only a list of the bid's will tell."""
    return parts[0].items if len(parts) == 1 else parts


def _number(value: Value) -> Number | None:
    return value if numeric(value) else None


def _number_or_moment(value: Value) -> Item | None:
    return value if numeric(value) else moment_of(value)


def _sum(items: list[Number], column: int) -> Value:
    return bounded(sum(items), column)


def _mean(items: list[Number], column: int) -> Value:
    if not items:
        raise Stop(why="empty")
    return divided(bounded(sum(items), column), len(items))


def _least(items: list[Any], column: int) -> Value:
    return _extreme(min, items, column)


def _greatest(items: list[Any], column: int) -> Value:
    return _extreme(max, items, column)


def _extreme(choose: Callable[[list[Any]], Item], items: list[Any], column: int) -> Value:
    if not items:
        raise Stop(why="empty")
    kinds = list(dict.fromkeys(map(kind_of, items)))
    if len(kinds) > 1:
        raise unlike(kinds[0], kinds[1], column)
    return choose(items)


_NUMBERS: frozenset[Kind] = frozenset({"number"})
_ORDERED: frozenset[Kind] = frozenset({"number", "date", "time", "text"})

SUM = Gathering("sum", _sum, _number, _NUMBERS, Message("numbers"))
MEAN = Gathering("mean", _mean, _number, _NUMBERS, Message("numbers"))
MIN = Gathering("min", _least, _number_or_moment, _ORDERED, Message("numbers or dates"))
MAX = Gathering("max", _greatest, _number_or_moment, _ORDERED, Message("numbers or dates"))
