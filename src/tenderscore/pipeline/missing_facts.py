"""What is said of bids that have no value for a criterion or its ``only_if``."""

from __future__ import annotations

from collections.abc import Iterable

from tenderscore.errors import Message, Problem, Severity
from tenderscore.expressions import Expression
from tenderscore.pipeline.facts import LotFacts
from tenderscore.pipeline.lacking import Lacking
from tenderscore.pipeline.plan import Leaf, PlanNode
from tenderscore.pipeline.requirements import Requirement
from tenderscore.pipeline.resolving import Absence, absence_warnings


def missing_problem(
    facts: LotFacts, node: PlanNode, leaf: Leaf, row: int, severity: Severity
) -> Problem:
    """That an offer has no value for a criterion, where what it lacks should stand."""
    lacking = _lacking(facts, node, leaf, row)
    vendor, needed = facts.offers.vendors[row], severity == "error"
    message = lacking.message(vendor, facts.around.lot_id, node.id, needed=needed)
    if lacking.fact is None:
        return Problem("missing-fact", message, leaf.score_place, severity=severity)
    also = ((Message("the rule stands here"), leaf.score_place),)
    place = facts.place(lacking.fact, row)
    return Problem("missing-fact", message, place, severity=severity, also=also)


def missing_reason(facts: LotFacts, node: PlanNode, leaf: Leaf, row: int) -> Message:
    """Why ``missing: eliminate`` puts an offer out."""
    reason = _lacking(facts, node, leaf, row).told
    return Message("{title}: {reason}", title=node.title, reason=reason)


def condition_warnings(
    facts: LotFacts, condition: Requirement, rows: Iterable[int]
) -> list[Problem]:
    """What an ``only_if`` reads, for some offers, and the lot does not give."""
    if not isinstance(condition.source, Expression):
        return []
    found = [facts.lacking(condition.source, row).reference for row in rows]
    lot = facts.around.lot_id
    return absence_warnings(
        [Absence(condition, each, lot, condition=True) for each in found if each is not None]
    )


def _lacking(facts: LotFacts, node: PlanNode, leaf: Leaf, row: int) -> Lacking:
    return Lacking((), node.id) if leaf.source is None else facts.lacking(leaf.source, row)
