"""Criteria groups and requirements as files give them (docs/reference/files.md)."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from tenderscore.errors import Message
from tenderscore.model.fields import (
    AnyValue,
    FactPath,
    FileModel,
    Id,
    NotNegative,
    Points,
    Text,
    TitleText,
    problem,
)

TESTS = ("is", "one_of", "at_least", "at_most", "matches", "includes", "present")


class Test(FileModel):
    """Pass or fail: a fact held against exactly one condition, or an expression."""

    __test__ = False

    title: TitleText | None = None
    fact: FactPath | None = None
    expr: Text | None = None
    is_: AnyValue = Field(default=None, alias="is")
    one_of: AnyValue = None
    at_least: AnyValue = None
    at_most: AnyValue = None
    matches: Text | None = None
    includes: AnyValue = None
    present: bool | None = None

    @property
    def condition(self) -> str:
        """Which condition it gives (``expr`` among them)."""
        return "expr" if self.expr is not None else self._conditions()[0]

    @property
    def operand(self) -> object:
        """What the fact is held against."""
        name = self.condition
        return getattr(self, "is_" if name == "is" else name)

    def _conditions(self) -> list[str]:
        given = {"is" if name == "is_" else name for name in self.model_fields_set}
        return [name for name in TESTS if name in given]

    @model_validator(mode="after")
    def _one_condition(self) -> Self:
        conditions = self._conditions()
        known = ", ".join(TESTS)
        if self.expr is not None:
            if self.fact is not None or conditions:
                message = Message("an expression stands alone, without a fact and its condition")
                raise problem("requirement-form", message)
            return self
        if self.fact is None:
            message = Message("a requirement needs a fact with a condition, or an expression")
            raise problem("requirement-form", message)
        if len(conditions) != 1:
            message = Message("a fact takes exactly one condition, not {n}", n=len(conditions))
            raise problem("requirement-form", message, Message("one of {known}", known=known))
        if self.operand is None:
            message = Message("{condition} needs a value", condition=conditions[0])
            raise problem("requirement-form", message)
        return self


class Criterion(FileModel):
    """A node of a criteria group: a group of criteria, or a leaf that scores one fact."""

    id: Id
    title: TitleText | None = None
    description: TitleText | None = None
    weight: NotNegative
    criteria: list[Criterion] | None = None
    fact: FactPath | None = None
    expr: Text | None = None
    score: dict[str, AnyValue] | None = None
    minimum: Points | None = None
    missing: Literal["zero", "eliminate", "error"] | None = None
    only_if: Test | None = None

    @property
    def is_leaf(self) -> bool:
        """Whether it scores a fact itself."""
        return self.criteria is None

    @model_validator(mode="after")
    def _group_or_leaf(self) -> Self:
        if self.criteria is not None:
            self._check_group()
        else:
            self._check_leaf()
        return self

    def _check_group(self) -> None:
        if not self.criteria:
            raise problem("criterion-form", Message("a group needs at least one criterion"))
        for key in ("fact", "expr", "score", "missing"):
            if key in self.model_fields_set:
                message = Message("{key} belongs to a leaf; this has criteria under it", key=key)
                raise problem("criterion-form", message)

    def _check_leaf(self) -> None:
        if self.score is None:
            message = Message("a criterion needs either criteria under it or a score")
            raise problem("criterion-form", message)
        sources = [key for key in ("fact", "expr") if getattr(self, key) is not None]
        if self.score.get("method") == "panel":
            if sources:
                message = Message("a panel criterion takes neither a fact nor an expression")
                raise problem("criterion-form", message)
        elif len(sources) != 1:
            message = Message("a criterion scores exactly one of fact and expr")
            raise problem("criterion-form", message)
