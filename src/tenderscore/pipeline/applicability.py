"""Where an ``only_if`` does not hold: for whom, the rule in words, and why for one bid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tenderscore.errors import Message
from tenderscore.model.exact import Mask
from tenderscore.model.result import NodeInfo, Unapplied
from tenderscore.pipeline.facts import LotFacts
from tenderscore.pipeline.plan import PlanNode
from tenderscore.pipeline.requirements import Requirement

if TYPE_CHECKING:
    from tenderscore.pipeline.rounds import RoundRun

_MOST_NAMED = 1000


class Conditions:
    """The conditions of a round's nodes, asked of its bids when somebody looks."""

    def __init__(self, nodes: Sequence[PlanNode], facts: LotFacts) -> None:
        self._nodes = nodes
        self._facts = facts
        self.conditional = tuple(_conditional(nodes))

    def why_not(self, index: int, row: int) -> Message:
        """Which ``only_if``, the node's own or one above it, an offer does not meet."""
        return next(self._unmet(index, row))

    def _unmet(self, index: int, row: int) -> Iterator[Message]:
        at: int | None = index
        while at is not None:
            condition = self._nodes[at].only_if
            if condition is not None:
                column = self._facts.column(condition.source)
                if not condition.mask(column)[row]:
                    yield self._facts.failure(condition, row)
            at = self._nodes[at].parent

    def asked_of(self, index: int, row: int) -> partial[Message]:
        """The same, said later."""
        return partial(self.why_not, index, row)

    def unapplied(
        self, run: RoundRun, order: NDArray[np.intp], infos: Sequence[NodeInfo]
    ) -> Iterator[Unapplied]:
        """The nodes that do not apply to some bids though those above them do."""
        scores = run.scores
        for index, node in enumerate(self._nodes):
            if node.only_if is None or scores is None:
                continue
            above = None if node.parent is None else scores.nodes[node.parent].applies
            left_out = _left_out(scores.nodes[index].applies, above)
            count = int(left_out.sum())
            if count:
                listed = _listed(run, order, left_out)
                bids = tuple(map(self._named, listed[:_MOST_NAMED]))
                yield Unapplied(infos[index], _rule(node.only_if), count, bids)

    def _named(self, row: np.intp) -> tuple[str, str]:
        offers = self._facts.offers
        return offers.vendors[int(row)], offers.names[int(row)]


def _conditional(nodes: Sequence[PlanNode]) -> Iterator[bool]:
    """Whether each node, or one above it, has an ``only_if``."""
    found: list[bool] = []
    for node in nodes:
        above = node.parent is not None and found[node.parent]
        found.append(above or node.only_if is not None)
    yield from found


def _left_out(applies: Mask, above: Mask | None) -> Mask:
    return ~applies if above is None else above & ~applies


def _listed(run: RoundRun, order: NDArray[np.intp], scored: Mask) -> NDArray[np.intp]:
    """The offers where a mask on those scored holds, in the order of the list."""
    reached = np.zeros(len(run.rows), dtype=np.bool_)
    reached[run.meets] = scored
    found: NDArray[np.intp] = run.rows[order[reached[order]]]
    return found


def _rule(requirement: Requirement) -> Message:
    fact, condition = requirement.source_text, requirement.condition
    if condition is None:
        return Message("it counts only if {expression}", expression=fact)
    template = "it counts only if {fact} {test}"
    if not requirement.applies:
        template = "it counts only if {fact} {test}, which is absent in this lot"
    return Message(template, fact=fact, test=condition.sentence())
