"""What a rule leaves to the lot: values of the lot and the tender, and money at the rates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from tenderscore.model.numerals import exact_text
from tenderscore.model.records import record
from tenderscore.model.values import Number, Path, Value, is_money, is_number


class Deferred:
    """What stands in a rule for a value that only a lot can tell."""

    __slots__ = ()


@record
class Reference(Deferred):
    """``lot.x`` or ``tender.x``: a value of the lot or the tender instead of one written out."""

    root: str
    path: Path

    def __str__(self) -> str:
        return ".".join((self.root, *self.path))


@record
class Amount(Deferred):
    """Money written out in a rule, which is worth what the tender's rates say."""

    number: Number
    currency: str

    def __str__(self) -> str:
        return f"{exact_text(self.number)} {self.currency}"


class Given(str):
    """A lot's own text that begins as a reference does, and stands for nothing but itself."""

    __slots__ = ()


Lookup: TypeAlias = Callable[[Deferred], Value]


def reference_in(value: object) -> Reference | None:
    """The reference that a text is, or None.

    >>> reference_in("lot.budget")
    Reference(root='lot', path=('budget',))
    """
    if not isinstance(value, str) or isinstance(value, Given):
        return None
    root, _, rest = value.partition(".")
    path = tuple(rest.split("."))
    return Reference(root, path) if root in {"lot", "tender"} and all(path) else None


def deferred_in(value: object) -> Deferred | None:
    """What a rule's value leaves to the lot, None where it is written out.

    >>> str(deferred_in({"amount": 10, "currency": "USD"}))
    '10 USD'
    """
    if isinstance(value, Deferred):
        return value
    if isinstance(value, dict) and is_money(value):
        amount, currency = value["amount"], value["currency"]
        whole = is_number(amount) and isinstance(currency, str)
        return Amount(amount, currency) if whole else None
    return reference_in(value)


def with_deferred(value: object) -> object:
    """A rule's value, what it leaves to the lot told apart, in lists too.

    >>> with_deferred(["lot.kind", "red"])
    [Reference(root='lot', path=('kind',)), 'red']
    """
    found = deferred_in(value)
    if found is None and isinstance(value, (list, tuple)):
        return [with_deferred(item) for item in value]
    return value if found is None else found


def deferred_among(value: object) -> Iterator[Deferred]:
    """All that a rule's value leaves to the lot."""
    if isinstance(value, Deferred):
        yield value
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from deferred_among(item)


def settled(value: object, lookup: Lookup) -> object:
    """A rule's value with what the lot says in it; lists stay lists and tuples tuples."""
    if isinstance(value, Deferred):
        return _as_given(lookup(value))
    if isinstance(value, (list, tuple)):
        return type(value)(settled(item, lookup) for item in value)
    return value


def _as_given(value: object) -> object:
    match value:
        case str():
            return value if reference_in(value) is None else Given(value)
        case list() | tuple():
            return [_as_given(item) for item in value]
        case dict():
            return {key: _as_given(item) for key, item in value.items()}
    return value
