"""What prices are made of, as one tree of items: every bid's and the buyer's own estimate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from tenderscore.errors import Message
from tenderscore.model.breakdown import costs
from tenderscore.model.fields import KIND_NAMES
from tenderscore.model.records import record
from tenderscore.model.values import Fault, Path, Value, is_number, kind_of

NOTHING: Mapping[Path, Fraction] = {}


@record
class Estimate:
    """What the buyer expects to pay: in all, and by item at every level."""

    total: Fraction
    items: Mapping[Path, Fraction] = NOTHING


def estimate_of(value: Value) -> Estimate | Message | Fault | None:
    """An estimate, a number or a tree of them; what is wrong with it; None where there is none.

    >>> estimate_of({"labour": 60, "tools": {"licences": 30, "cloud": 10}}).total
    Fraction(100, 1)
    """
    if value is None:
        return None
    leaves = list(costs(value))
    for _, amount in leaves:
        if isinstance(amount, Fault):
            return amount
        if not is_number(amount):
            return Message("an amount is a number, not {kind}", kind=KIND_NAMES[kind_of(amount)])
    items: dict[Path, Fraction] = {}
    for path, amount in leaves:
        for length in range(len(path) + 1):
            part = path[:length]
            items[part] = items.get(part, Fraction(0)) + Fraction(amount)  # type: ignore[arg-type] # a number
    total = items.pop((), Fraction(0))
    return Estimate(total, items) if total > 0 else Message("an estimate is above 0")


def items_of(breakdowns: Iterable[Value]) -> Iterator[Path]:
    """The leaves of breakdowns, each once; in a table a key is a dotted path.

    >>> list(items_of([{"labour.day": 3}, {"labour": {"day": 1, "night": 2}}]))
    [('labour', 'day'), ('labour', 'night')]
    """
    seen: dict[Path, None] = {}
    for breakdown in breakdowns:
        for path, _ in costs(breakdown):
            seen[tuple(".".join(path).split("."))] = None
    yield from seen


def all_levels(leaves: Sequence[Path]) -> Iterator[Path]:
    """Leaves and what is above them, parents before children, in the order of first mention.

    >>> [".".join(path) for path in all_levels([("a", "x"), ("b",), ("a", "y")])]
    ['a', 'a.x', 'a.y', 'b']
    """
    tree: dict[str, list[Path]] = {}
    for leaf in leaves:
        if leaf:
            tree.setdefault(leaf[0], []).append(leaf[1:])
    for key, below in tree.items():
        yield (key,)
        yield from ((key, *path) for path in all_levels(below))
