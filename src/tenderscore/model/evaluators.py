"""panel.yaml: who scores what, and whom each one must not (docs/reference/files.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Self

from pydantic import Field, model_validator

from tenderscore.errors import Message, Place
from tenderscore.model.fields import FileModel, Filled, Positive, problem
from tenderscore.model.located import Document, Node
from tenderscore.model.records import record
from tenderscore.model.text import Language
from tenderscore.model.values import Number


class Interest(FileModel):
    """A declared interest: in a vendor (in one lot, or in all), or in a whole lot.

    It keeps the evaluator out there unless it was found to be no conflict.
    """

    vendor: Filled | None = None
    lot: Filled | None = None
    conflict: bool = True
    reason: Filled

    @model_validator(mode="after")
    def _about_something(self) -> Self:
        if self.vendor is None and self.lot is None:
            message = Message("an interest names a vendor, a lot, or both")
            raise problem("interest-form", message)
        return self

    def concerns(self, lot: str, vendor: str) -> bool:
        """Whether it is about a vendor in a lot."""
        return self.lot in {None, lot} and self.vendor in {None, vendor}


class Evaluator(FileModel):
    """A member of the panel; ``groups`` None: scores every group."""

    id: Filled
    name: Filled | None = None
    role: Filled | None = None
    expert: bool = False
    weight: Positive = 1
    groups: list[Filled] | None = None
    language: Language = "en"
    interests: list[Interest] = Field(default_factory=list)

    @property
    def title(self) -> str:
        """The name, or the id where there is none."""
        return self.name or self.id

    def scores_group(self, group: str) -> bool:
        """Whether the panel criteria of a group are this one's to score."""
        return self.groups is None or group in self.groups


class PanelFile(FileModel):
    """What panel.yaml says."""

    evaluators: list[Evaluator] = Field(min_length=1)


@record
class EvaluationPanel:
    """The members of the panel by id, and where each stands in panel.yaml."""

    evaluators: Mapping[str, Evaluator]
    document: Document
    nodes: Mapping[str, Node]

    def place(self, evaluator: str, *path: str | int) -> Place:
        """Where a part of what panel.yaml says of an evaluator stands."""
        node = self.nodes[evaluator]
        for step in path:
            inner = node.value[step] if isinstance(node.value, list) else node.get(str(step))  # type: ignore[index]
            node = inner or node
        return self.document.place(node)

    def weight(self, evaluator: str) -> Number:
        """What an evaluator's score counts in a weighted mean."""
        found = self.evaluators.get(evaluator)
        return 1 if found is None else found.weight

    def has_conflicts(self, evaluator: str) -> bool:
        """Whether an evaluator is out for somebody."""
        found = self.evaluators.get(evaluator)
        return found is not None and any(each.conflict for each in found.interests)

    def conflict(self, evaluator: str, lot: str, vendor: str) -> Interest | None:
        """What keeps an evaluator out for a vendor in a lot, None where nothing does."""
        found = self.evaluators.get(evaluator)
        interests = found.interests if found is not None else ()
        conflicts = (each for each in interests if each.conflict and each.concerns(lot, vendor))
        return next(conflicts, None)

    def out_of_lot(self, evaluator: str, lot: str) -> Interest | None:
        """What keeps an evaluator out of a whole lot."""
        interests = self.evaluators[evaluator].interests
        conflicts = (each for each in interests if each.conflict and each.vendor is None)
        return next((each for each in conflicts if each.lot == lot), None)

    def scoring(self, criterion: str) -> list[Evaluator]:
        """Who scores the group that a criterion is in, in the file's order."""
        group = criterion.partition(".")[0]
        return [each for each in self.evaluators.values() if each.scores_group(group)]

    def conflicts(
        self, criterion: str, lot: str, vendor: str
    ) -> Iterator[tuple[Evaluator, Interest]]:
        """Who is out for a vendor on a criterion that would be theirs, and why."""
        for each in self.scoring(criterion):
            interest = self.conflict(each.id, lot, vendor)
            if interest is not None:
                yield each, interest
