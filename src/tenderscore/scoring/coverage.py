"""``coverage``: the share of wanted items that the bid has."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import model_validator

from tenderscore.errors import Message
from tenderscore.model.dates import Held
from tenderscore.model.explanation import Step
from tenderscore.model.fields import (
    KIND_NAMES,
    REFERENCE_SCHEMA,
    ReadBy,
    known,
    problem,
    wrong_type,
)
from tenderscore.model.references import Deferred, reference_in, with_deferred
from tenderscore.model.values import Kind, Number, Value, identity, is_number
from tenderscore.scoring._base import ValueMethod, shown
from tenderscore.scoring.lookup import typed_pairs


def _wanted(value: object) -> Any:
    """A list of items, or a mapping as pairs of item and share: a list of pairs is one of lists."""
    if isinstance(value, tuple):
        return tuple((item, _share(share)) for item, share in value)
    found = with_deferred(value)
    if isinstance(found, dict):
        return tuple((item, _share(share)) for item, share in typed_pairs(found))
    if not isinstance(found, (Deferred, list)):
        raise wrong_type(KIND_NAMES["list"], value)
    return found


def _share(value: object) -> Number | Deferred:
    found = value if isinstance(value, Deferred) else reference_in(value)
    if found is not None:
        return found
    if not is_number(value):
        raise wrong_type(Message("a number as the item's share"), value)
    if value < 0:  # type: ignore[operator] # is_number has just said so
        raise problem("negative-number", Message("expected a share of 0 or more"))
    return value  # type: ignore[return-value] # likewise


Wanted = Annotated[
    Any,
    ReadBy(_wanted, {"anyOf": [{"type": "array"}, {"type": "object"}, REFERENCE_SCHEMA]}),
]


class Coverage(ValueMethod):
    """The share, in percent, of the wanted items that the list holds.

    ``of`` is a list (all items count alike) or a mapping of items to relative shares. A repeated
    item counts once.

    >>> Coverage(of=["monitoring", "upgrades", "audit"]).points_of(["audit", "audit"])
    Fraction(100, 3)
    """

    id: ClassVar[str] = "coverage"
    accepts: ClassVar[frozenset[Kind]] = frozenset({"list"})
    method: Literal["coverage"] = "coverage"
    of: Wanted

    @model_validator(mode="after")
    def _shares(self) -> Self:
        if self.references():
            return self
        wanted = self._pairs()
        if not wanted:
            raise problem("empty-mapping", Message("expected at least one wanted item"))
        if not any(share for _, share in wanted):
            raise problem("empty-mapping", Message("expected an item with a share above 0"))
        return self

    def _pairs(self) -> list[tuple[Value, Fraction]]:
        """The wanted items, each once, with their shares."""
        if isinstance(self.of, tuple):
            return [(item, known(share)) for item, share in self.of]
        items = {identity(item): item for item in self.of if item is not None}
        return [(item, Fraction(1)) for item in items.values()]

    def points_of(self, value: Value) -> Fraction:
        """The held shares over all shares, in percent."""
        held, total = self._held(value)
        return held / total * 100

    def _held(self, value: Value) -> tuple[Fraction, Fraction]:
        has, wanted = _items(value), self._pairs()
        held = sum((share for item, share in wanted if item in has), Fraction(0))
        return held, sum((share for _, share in wanted), Fraction(0))

    def explain(self, value: Value) -> Step:
        """``2 / 3 x 100 = 66.666667``, and what is lacking."""
        held, total = self._held(value)
        formula = f"{shown(held)} / {shown(total)} x 100 = {shown(held / total * 100)}"
        has = _items(value)
        lacking: list[Any] = [item for item, _ in self._pairs() if item not in has]
        inputs = ((Message("lacking"), lacking),) if lacking else ()
        return Step(self.id, Message("{formula}", formula=formula), inputs)


def _items(value: Value) -> Held:
    return Held(value if isinstance(value, (list, tuple)) else ())
