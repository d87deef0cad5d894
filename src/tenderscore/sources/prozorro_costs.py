"""What bids of a Prozorro tender state of costs over the life of what is bought."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tenderscore.errors import Message
from tenderscore.model.located import Node
from tenderscore.model.scalars import ScalarError, read_scalar
from tenderscore.sources._made_nodes import made_scalar
from tenderscore.sources.prozorro_form import TenderForm, word

KIND = "CRITERION.OTHER.LIFE_CYCLE_COST."


class LifeCycleCosts:
    """The requirements whose answers are costs: for all lots, or for the one that each names."""

    def __init__(self, form: TenderForm) -> None:
        self._form = form
        self._lots = dict(self._read())

    def values(self, bid: Node, lot: str) -> list[Node] | None:
        """The costs that a bid states for a lot; None where none are asked for there."""
        asked = {id_ for id_, of in self._lots.items() if of in {None, lot}}
        if not asked:
            return None
        answers = self._form.mappings(bid, "requirementResponses")
        stated = [each for each in answers if word(each, "requirement", "id") in asked]
        return [cost for each in stated if (cost := self._cost(each)) is not None]

    def _read(self) -> Iterator[tuple[str, str | None]]:
        for criterion in self._form.mappings(self._form.root, "criteria"):
            if not (word(criterion, "classification", "id") or "").startswith(KIND):
                continue
            of_lot = word(criterion, "relatesTo") == "lot"
            lot = word(criterion, "relatedItem") if of_lot else None
            for group in self._form.mappings(criterion, "requirementGroups"):
                for requirement in self._form.mappings(group, "requirements"):
                    id_ = self._form.needed(requirement, "id")
                    if id_ is not None:
                        yield id_.text, lot

    def _cost(self, answer: Node) -> Node | None:
        """The number of an answer, which older tenders write as text."""
        found = answer.get("value") or answer
        value = found.value
        if isinstance(value, str):
            try:
                value = read_scalar(value)
            except ScalarError:
                value = None
        if isinstance(value, int | Fraction) and not isinstance(value, bool) and value >= 0:
            return made_scalar(value, found)
        message = Message("{key} is missing, or no number of 0 or more", key="value")
        self._form.tell("prozorro-form", message, found)
        return None
