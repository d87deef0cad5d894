"""Criteria groups and requirements as files give them (docs/reference/files.md)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tenderscore.model.fields import (
    AnyValue,
    FactPath,
    FileModel,
    Id,
    NotNegative,
    Points,
    Text,
    TitleText,
)
from tenderscore.model.rubric import Rubric

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


class Criterion(FileModel):
    """A node of a criteria group: a group of criteria, or a leaf that scores one fact."""

    id: Id
    extends: Text | None = None
    title: TitleText | None = None
    description: TitleText | None = None
    guidance: TitleText | None = None
    weight: NotNegative
    criteria: list[Criterion] | None = None
    fact: FactPath | None = None
    expr: Text | None = None
    score: dict[str, AnyValue] | None = None
    rubric: Rubric | None = None
    objective: bool = False
    minimum: Points | None = None
    missing: Literal["zero", "eliminate", "error"] | None = None
    only_if: Test | None = None

    @property
    def is_leaf(self) -> bool:
        """Whether it scores a fact itself."""
        return self.criteria is None
