"""``coverage``: the share of wanted items that the bid has."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from tenderscore.errors import Message
from tenderscore.model.explanation import Step
from tenderscore.model.fields import ListParameter, Reference, problem, wrong_type
from tenderscore.model.values import Kind, Value, identity, is_number
from tenderscore.scoring._base import ValueMethod, shown
from tenderscore.scoring.lookup import typed_pairs


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
    of: ListParameter

    @model_validator(mode="after")
    def _shares(self) -> Self:
        if not isinstance(self.of, Reference) and sum(share for _, share in self._wanted()) <= 0:
            raise problem("empty-mapping", Message("expected at least one wanted item"))
        return self

    def _wanted(self) -> list[tuple[Value, Fraction]]:
        if isinstance(self.of, dict):
            return [(item, _share(share)) for item, share in typed_pairs(self.of)]
        distinct: dict[object, Value] = {}
        for item in self.of:
            distinct.setdefault(identity(item), item)
        return [(item, Fraction(1)) for item in distinct.values()]

    def points_of(self, value: Value) -> Fraction:
        """The held shares over all shares, in percent."""
        held, total = self._held(value)
        return held / total * 100

    def _held(self, value: Value) -> tuple[Fraction, Fraction]:
        items = value if isinstance(value, (list, tuple)) else ()
        has = {identity(item) for item in items}
        wanted = self._wanted()
        held = sum((share for item, share in wanted if identity(item) in has), Fraction(0))
        return held, sum((share for _, share in wanted), Fraction(0))

    def explain(self, value: Value) -> Step:
        """``2 / 3 x 100 = 66.666667``, and what is lacking."""
        held, total = self._held(value)
        formula = f"{shown(held)} / {shown(total)} x 100 = {shown(held / total * 100)}"
        items = value if isinstance(value, (list, tuple)) else ()
        has = {identity(item) for item in items}
        lacking: list[Any] = [item for item, _ in self._wanted() if identity(item) not in has]
        inputs = ((Message("lacking"), lacking),) if lacking else ()
        return Step(self.id, Message("{formula}", formula=formula), inputs)


def _share(value: Value) -> Fraction:
    if not is_number(value):
        raise wrong_type(Message("a number as the item's share"), value)
    share = Fraction(value)  # type: ignore[arg-type]
    if share < 0:
        raise problem("negative-number", Message("expected a share of 0 or more"))
    return share
