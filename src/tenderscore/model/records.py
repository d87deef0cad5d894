"""Records: what a frozen dataclass with slots is, without the time that it takes to make one.

``dataclass`` writes out half a dozen methods as text for every class and compiles them each time
that the program starts. The eighty classes of this package took longer that way than a round of
a dozen bids takes to be read, scored and shown; as records they share what they do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, FrozenInstanceError, field
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """The class with its annotations as fields, which are given once and never change.

    Equal records have equal fields. Defaults, ``default_factory``, ``compare`` and ``repr`` are
    given as for a dataclass.

    >>> @record
    ... class Amount:
    ...     number: int
    ...     currency: str = "CNY"
    >>> Amount(5) == Amount(number=5, currency="CNY"), Amount(5)
    (True, Amount(number=5, currency='CNY'))
    """
    names = tuple(cls.__annotations__)
    body = dict(cls.__dict__)
    fields = {name: _field(body.pop(name, MISSING)) for name in names}
    for unwanted in ("__dict__", "__weakref__"):
        body.pop(unwanted, None)
    kind: Callable[..., type[T]] = type(cls)
    made = kind(cls.__name__, cls.__bases__, {**body, "__slots__": names})
    made.__qualname__ = cls.__qualname__
    for name, method in _methods(made, fields).items():
        if name not in body:
            setattr(made, name, method)
    return made


def replace(item: T, **changes: Any) -> T:
    """A record like another but for some fields.

    >>> from tenderscore.model.references import Reference
    >>> str(replace(Reference("lot", ("budget",)), root="tender"))
    'tender.budget'
    """
    names: tuple[str, ...] = type(item).__match_args__  # type: ignore[attr-defined]
    return type(item)(**{name: getattr(item, name) for name in names} | changes)


def _field(given: Any) -> Field[Any]:
    return given if isinstance(given, Field) else field(default=given)


def _methods(cls: type, fields: dict[str, Field[Any]]) -> dict[str, Any]:
    """What records do, for one class."""
    names = tuple(fields)
    values = _getter(names)
    key = _getter([name for name, each in fields.items() if each.compare])
    shown = [name for name, each in fields.items() if each.repr]

    def represent(self: object) -> str:
        pairs = (f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{cls.__qualname__}({', '.join(pairs)})"

    def equal(self: object, other: object) -> bool:
        return key(self) == key(other) if other.__class__ is cls else NotImplemented

    return {
        "__match_args__": names,
        "__init__": _initializer(cls, fields),
        "__repr__": represent,
        "__eq__": equal,
        "__hash__": lambda self: hash(key(self)),
        "__reduce__": lambda self: (cls, values(self)),
        "__setattr__": _refuse,
        "__delattr__": _refuse,
    }


def _initializer(cls: type, fields: dict[str, Field[Any]]) -> Callable[..., None]:
    names = tuple(fields)
    count = len(names)
    setters = [cls.__dict__[name].__set__ for name in names]
    complete = _completer(cls.__name__, fields)

    def initialize(self: object, *given: object, **named: object) -> None:
        values = given if len(given) == count and not named else complete(given, named)
        for put, value in zip(setters, values, strict=True):
            put(self, value)

    return initialize


def _completer(
    name: str, fields: dict[str, Field[Any]]
) -> Callable[[tuple[object, ...], dict[str, object]], Iterable[object]]:
    """What makes the values of all fields of those in order, those by name, and the defaults."""
    entries = [(key, each.default, each.default_factory) for key, each in fields.items()]
    mistake = f"{name} takes {', '.join(fields)}"

    def complete(given: tuple[object, ...], named: dict[str, object]) -> Iterable[object]:
        values = list(given)
        for key, default, make in entries[len(given) :]:
            value = named.pop(key, default)
            if value is MISSING:
                if make is MISSING:
                    raise TypeError(mistake)
                value = make()
            values.append(value)
        if named or len(values) > len(entries):
            raise TypeError(mistake)
        return values

    return complete


def _getter(names: Iterable[str]) -> Callable[[object], tuple[Any, ...]]:
    """What reads some attributes as a tuple."""
    match tuple(names):
        case ():
            return lambda _: ()
        case (name,):
            one = attrgetter(name)
            return lambda item: (one(item),)
        case several:
            return attrgetter(*several)


def _refuse(self: object, name: str, *_: object) -> None:
    raise FrozenInstanceError(f"{type(self).__name__} is a record: {name} stays as it is")
