"""How the panel scored, put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from tenderscore.analysis.agreement import (
    Alpha,
    Comparison,
    Unit,
    agreement,
    comparisons,
    units_of,
)
from tenderscore.analysis.bench import Book, LotBench
from tenderscore.analysis.cases import cases_of, tallies, tally
from tenderscore.analysis.law_checks import checks_of
from tenderscore.analysis.signs import signs_of
from tenderscore.analysis.swings import LotSwings
from tenderscore.model.panel_analysis import (
    Case,
    CriterionView,
    EvaluatorView,
    PanelAnalysis,
    PanelRules,
    Tally,
)
from tenderscore.pipeline import EvaluationInput, evaluated

C = TypeVar("C", Case, Unit)


def panel_analysis(
    given: EvaluationInput, rules: PanelRules, until: str | None = None
) -> PanelAnalysis:
    """Everything that ``tenderscore panel`` shows of a round.

    Raises:
        InvalidInputError: the evaluation has errors.
    """
    warnings = evaluated(given, until).warnings
    book = Book(given.scores)
    benches = [LotBench(given, lot, book, until) for lot in given.lots]
    cases = cases_of(benches)
    units, below = units_of(cases)
    lots = tuple(LotSwings(bench).view() for bench in benches)
    vendors = given.vendors()
    return PanelAnalysis(
        rules=rules,
        vendors={case.vendor: vendors[case.vendor] for case in cases},
        evaluators=tuple(_evaluators(given, cases, units, below)),
        criteria=tuple(_criteria(benches, cases, units)),
        cases=tuple(cases),
        agreement=agreement(units),
        lots=lots,
        signs=tuple(signs_of(benches, lots, cases, rules)),
        checks=checks_of(benches, cases, rules),
        warnings=warnings,
    )


def _evaluators(
    given: EvaluationInput, cases: Sequence[Case], units: Sequence[Unit], below: int
) -> Iterator[EvaluatorView]:
    """Every evaluator, in panel.yaml's order, else by id."""
    compared = comparisons(units)
    counts = tallies(cases)
    members = [] if given.panel is None else list(given.panel.evaluators)
    for id_ in dict.fromkeys([*members, *sorted(counts)]):
        comparison = compared.get(id_, Comparison())
        yield EvaluatorView(
            id=id_,
            name=_name(given, id_),
            tally=counts.get(id_, Tally(0, 0, 0, 0)),
            severity=comparison.severity(below),
            consistency=comparison.consistency(),
            compared=comparison.count,
        )


def _name(given: EvaluationInput, evaluator: str) -> str:
    member = None if given.panel is None else given.panel.evaluators.get(evaluator)
    return (member and member.name) or given.scores.names.get(evaluator, evaluator)


def _criteria(
    benches: Sequence[LotBench], cases: Sequence[Case], units: Sequence[Unit]
) -> Iterator[CriterionView]:
    """Every criterion that the panel scores, in the order of rounds."""
    own_cases, own_units = _by_criterion(cases), _by_criterion(units)
    leaves = {leaf.id: leaf for bench in benches for leaf in bench.leaves}
    for id_, leaf in leaves.items():
        alpha = Alpha(own_units.get(id_, [])).value()
        yield CriterionView(id_, leaf.title, leaf.round, tally(own_cases.get(id_, [])), alpha)


def _by_criterion(items: Iterable[C]) -> dict[str, list[C]]:
    found: dict[str, list[C]] = {}
    for item in items:
        found.setdefault(item.criterion, []).append(item)
    return found
