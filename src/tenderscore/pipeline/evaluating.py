"""The evaluation as a whole: each lot alone, then one result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from tenderscore.errors import InvalidInputError, Message, Problem, UsageError
from tenderscore.model.explanation import Explanation
from tenderscore.model.offers import Offers
from tenderscore.model.records import record
from tenderscore.model.result import Counts, Evaluation, SetAside, TenderInfo
from tenderscore.model.scores import Scores
from tenderscore.model.suggestions import did_you_mean
from tenderscore.model.tender import Lot
from tenderscore.pipeline.awarding import to_winners
from tenderscore.pipeline.compiling import Compiled
from tenderscore.pipeline.facts import LotFacts
from tenderscore.pipeline.marks import LotMarks
from tenderscore.pipeline.plan import LotPlan
from tenderscore.pipeline.resolving import (
    Absence,
    Resolver,
    Surroundings,
    absence_warnings,
)
from tenderscore.pipeline.results import LotWorking, lot_result
from tenderscore.pipeline.rounds import LotEvaluator

if TYPE_CHECKING:
    from tenderscore.model.decisions import Decisions
    from tenderscore.model.evaluators import EvaluationPanel
    from tenderscore.pipeline.decisions import LotDecisions


@record
class LotInput:
    """One lot ready to be evaluated."""

    lot: Lot
    compiled: Compiled
    around: Surroundings
    offers: Offers
    set_aside: tuple[SetAside, ...] = ()


@record
class EvaluationInput:
    """Everything that an evaluation reads; ``vendors`` gives all bidders' names by id.

    Without a ``panel`` whoever has scored is an evaluator of everything.
    """

    tender: TenderInfo
    lots: Sequence[LotInput]
    scores: Scores
    counts: Counts
    vendors: Callable[[], Mapping[str, str]]
    warnings: tuple[Problem, ...] = ()
    panel: EvaluationPanel | None = None
    decisions: Decisions | None = None

    def facts(self, lot: LotInput, plan: LotPlan) -> LotFacts:
        """What a lot's rules read, with decisions, and the evaluated price if there is one."""
        marks = LotMarks(self.scores, self.panel, lot.lot.id)
        decisions = self._decided(lot, plan)
        facts = LotFacts(lot.offers, lot.around, marks, decisions=decisions)
        if plan.adjustments is None:
            return facts
        from tenderscore.pipeline.evaluated_price import (  # noqa: PLC0415 - not always asked for
            EvaluatedOffers,
            EvaluatedPrices,
        )

        decimals = plan.rounding.evaluated_price
        prices = EvaluatedPrices(plan.adjustments, facts, decimals)
        offers = EvaluatedOffers(lot.offers, prices)
        return LotFacts(offers, lot.around, marks, prices, decisions)

    def _decided(self, lot: LotInput, plan: LotPlan) -> LotDecisions | None:
        if self.decisions is None:
            return None
        from tenderscore.pipeline.decisions import LotDecisions  # noqa: PLC0415 - seldom any

        return LotDecisions(self.decisions, plan, lot.lot.id, lot.offers)


def planned(lot: LotInput) -> tuple[LotPlan, list[Problem], list[Absence]]:
    """A lot's plan, what is wrong in it, and which requirements are not applied."""
    resolver = Resolver(lot.compiled, lot.around)
    return resolver.plan(), resolver.problems, resolver.absences


def evaluated(given: EvaluationInput, until: str | None = None) -> Evaluation:
    """The result of all lots.

    Raises:
        InvalidInputError: a fact or a parameter that the evaluation needs is wrong; the error
            holds every problem of every lot.
    """
    workings: list[LotWorking] = []
    problems: list[Problem] = list(given.warnings)
    absences: list[Absence] = []
    for lot in given.lots:
        plan, found, absent = planned(lot)
        problems.extend(found)
        absences.extend(absent)
        if found:
            continue
        facts = given.facts(lot, plan)
        evaluator = LotEvaluator(plan, facts)
        run = evaluator.run(until)
        problems.extend(evaluator.problems)
        result, views = lot_result(lot.lot, plan, facts, run, lot.set_aside)
        workings.append(LotWorking(result, plan, facts, views))
    problems.extend(absence_warnings(absences))
    if given.decisions is not None:
        problems.extend(_idle(workings, problems))
    found_problems = distinct(problems)
    if any(problem.severity == "error" for problem in found_problems):
        raise InvalidInputError(found_problems)
    return _evaluation(given, workings, found_problems, until)


def _idle(workings: Sequence[LotWorking], problems: Sequence[Problem]) -> Iterable[Problem]:
    """The decisions that touched nothing, where nothing else is wrong."""
    from tenderscore.pipeline.decisions import idle_problems  # noqa: PLC0415 - few rounds have any

    if any(problem.severity == "error" for problem in problems):
        return ()
    found = [working.facts.decisions for working in workings]
    return idle_problems([decisions for decisions in found if decisions is not None])


def type_problems(given: EvaluationInput) -> list[Problem]:
    """What is wrong with the plans of lots, and with the types of the facts that they read."""
    problems: list[Problem] = []
    absences: list[Absence] = []
    for lot in given.lots:
        plan, found, absent = planned(lot)
        problems.extend(found)
        absences.extend(absent)
        if not found:
            evaluator = LotEvaluator(plan, given.facts(lot, plan))
            evaluator.check_types()
            problems.extend(evaluator.problems)
    return problems + absence_warnings(absences)


# What is said of a value as it is read; whatever else is said of it follows from that.
_UNREADABLE = frozenset(
    {
        "date-invalid",
        "not-finite",
        "number-precision",
        "number-range",
        "time-without-zone",
        "too-many-problems",
    }
)


def distinct(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Each problem once, in reading order: lots share files. None follows from another."""
    unread = {problem.place for problem in problems if problem.code in _UNREADABLE}
    wrong = {p.place for p in problems if p.severity == "error" and p.code != "fact-type"}
    seen = {
        (p.code, p.place, str(p.message)): p
        for p in reversed(problems)
        if p.code in _UNREADABLE or p.place not in (wrong if p.code == "fact-type" else unread)
    }
    return tuple(sorted(seen.values(), key=lambda problem: problem.order))


def _evaluation(
    given: EvaluationInput,
    workings: Sequence[LotWorking],
    warnings: tuple[Problem, ...],
    until: str | None,
) -> Evaluation:
    def explain(vendor: str) -> Explanation:
        from tenderscore.pipeline.explaining import explanation  # noqa: PLC0415 - not always asked

        names = given.vendors()
        if vendor not in names:
            message = Message("no bid is of vendor {vendor!r}", vendor=vendor)
            raise UsageError(message, did_you_mean(vendor, names))
        return explanation(vendor, names[vendor], given.tender.currency, workings)

    lots = MappingProxyType({working.result.id: working.result for working in workings})
    return Evaluation(
        tender=given.tender,
        lots=lots,
        warnings=warnings,
        counts=given.counts,
        until=until,
        award=to_winners(lots),
        explainer=explain,
        decisions=() if given.decisions is None else tuple(given.decisions.entries),
    )
