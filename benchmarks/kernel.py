"""The kernel in memory: a million offers against plain NumPy, and against the field's libraries."""

from __future__ import annotations

import warnings
from fractions import Fraction

import numpy as np

from benchmarks.timing import Ratio, compared
from tenderscore.model.columns import NumberColumn
from tenderscore.model.criteria_set import CriteriaSet
from tenderscore.model.exact import Rationals
from tenderscore.model.offers import ColumnOffers
from tenderscore.model.scores import Scores
from tenderscore.model.tender import Lot
from tenderscore.model.text import Title
from tenderscore.pipeline import LotInput, Surroundings, compiled, planned
from tenderscore.pipeline.facts import LotFacts
from tenderscore.pipeline.marks import LotMarks
from tenderscore.pipeline.rounds import LotEvaluator
from tenderscore.sources.buyer_files import criteria_of
from tenderscore.sources.yaml_file import read

OFFERS = 1_000_000
CRITERIA = 10
README_ROWS = 100_000


def lot_input(offers: int, columns: dict[str, np.ndarray], group: str) -> LotInput:
    """One lot of offers that are columns already."""
    criteria, problems = criteria_of("criteria", [read(group, "criteria/all.yaml")])
    if problems:
        raise ValueError([str(problem) for problem in problems])
    made, problems = compiled(_checked(criteria))
    present = np.zeros(offers, dtype=np.bool_)
    facts = {(name,): NumberColumn(Rationals(values), present) for name, values in columns.items()}
    vendors = range(offers)
    return LotInput(
        Lot("all", Title("all"), {}),
        made,
        Surroundings("all", {}, {}),
        ColumnOffers(vendors, facts),  # type: ignore[arg-type] # ids play no part in the kernel
    )


def _checked(criteria: CriteriaSet) -> CriteriaSet:
    weights = [Fraction(child.weight) for child in criteria.groups[0].criterion.criteria or ()]
    if sum(weights) != 100:
        raise ValueError(weights)
    return criteria


def evaluate(lot: LotInput) -> object:
    """Scores, totals, ranks: everything but making rows that somebody looks at."""
    plan = planned(lot)[0]
    facts = LotFacts(lot.offers, lot.around, LotMarks(Scores(), None, lot.lot.id))
    return LotEvaluator(plan, facts).run(None)


def _group(scores: list[str]) -> str:
    lines = ["id: all", "weight: 100", "criteria:"]
    weight = Fraction(100, len(scores))
    for index, score in enumerate(scores):
        lines.append(f"  - {{id: c{index}, weight: {weight}, fact: c{index}, score: {score}}}")
    return "\n".join(lines)


def _columns(rows: int, count: int) -> dict[str, np.ndarray]:
    random = np.random.default_rng(20260331)
    return {f"c{index}": random.integers(1, 100_000, rows) for index in range(count)}


def against_numpy() -> Ratio:
    """Ten criteria of several methods on a million offers; a weighted sum and a sort in NumPy."""
    scores = [
        *["{method: linear, worst: 0, best: 100_000}"] * 4,
        *["{method: ratio_to_best, better: low}"] * 2,
        *["{method: min_max, better: high}"] * 2,
        "{method: bands, bands: [{at_least: 50_000, points: 100}, {at_least: 20_000, points: 60}]}",
        "{method: deviation, from: mean}",
    ]
    columns = _columns(OFFERS, CRITERIA)
    lot = lot_input(OFFERS, columns, _group(scores))
    matrix = np.stack(list(columns.values()), axis=1).astype(np.float64)
    weights = np.full(CRITERIA, 0.1)
    name = "kernel, 1,000,000 offers x 10 criteria / NumPy `matrix @ weights` and argsort"
    return compared(name, lambda: evaluate(lot), lambda: np.argsort(-(matrix @ weights)), 10, 3)


def against_pymcdm() -> Ratio:
    """The same weighted sum of min-max points and ranking as pymcdm's."""
    from pymcdm.methods import WSM  # noqa: PLC0415
    from pymcdm.normalizations import minmax_normalization  # noqa: PLC0415

    columns = _columns(OFFERS, CRITERIA)
    lot = lot_input(OFFERS, columns, _group(["{method: min_max, better: high}"] * CRITERIA))
    matrix = np.stack(list(columns.values()), axis=1).astype(np.float64)
    weights, types = np.full(CRITERIA, 0.1), np.ones(CRITERIA)
    method = WSM(normalization_function=minmax_normalization)
    name = "the same weighted sum and ranking, 1,000,000 x 10 / pymcdm"
    return compared(
        name, lambda: evaluate(lot), lambda: method.rank(method(matrix, weights, types)), 1, 1
    )


def against_scikit_criteria() -> Ratio:
    """The same weighted sum of min-max points and ranking as scikit-criteria's."""
    import skcriteria  # noqa: PLC0415
    from skcriteria.agg.simple import WeightedSumModel  # noqa: PLC0415
    from skcriteria.preprocessing.scalers import MinMaxScaler  # noqa: PLC0415

    columns = _columns(OFFERS, CRITERIA)
    lot = lot_input(OFFERS, columns, _group(["{method: min_max, better: high}"] * CRITERIA))
    matrix = np.stack(list(columns.values()), axis=1).astype(np.float64)

    def theirs() -> object:
        problem = skcriteria.mkdm(matrix, [max] * CRITERIA, weights=[0.1] * CRITERIA)
        return WeightedSumModel().evaluate(MinMaxScaler("matrix").transform(problem)).rank_

    name = "the same weighted sum and ranking, 1,000,000 x 10 / scikit-criteria"
    return compared(name, lambda: evaluate(lot), theirs, 1, 3)


def against_bid_evaluation() -> Ratio:
    """bid-evaluation's own README example, at 100,000 rows."""
    import pandas as pd  # noqa: PLC0415
    from bid_evaluation import Evaluator  # noqa: PLC0415

    random = np.random.default_rng(7)
    amounts = random.integers(40_000_000, 60_000_000, README_ROWS)
    experience = random.integers(1, 30, README_ROWS)
    names = [f"Company {index}" for index in range(README_ROWS)]
    frame = pd.DataFrame({"vendor": names, "bid_amount": amounts, "experience": experience})
    group = (
        "id: all\nweight: 100\ncriteria:\n"
        "  - {id: c0, weight: 60, fact: c0, score: {method: ratio_to_best, better: low}}\n"
        "  - {id: c1, weight: 40, fact: c1, score: {method: min_max, better: high}}\n"
    )
    lot = lot_input(README_ROWS, {"c0": amounts, "c1": experience}, group)

    def theirs() -> object:
        evaluator = Evaluator().min_ratio("bid_amount", weight=0.6)
        return evaluator.linear("experience", weight=0.4, higher_is_better=True).evaluate(frame)

    name = "its README example at 100,000 rows / bid-evaluation"
    return compared(name, lambda: evaluate(lot), theirs, 1)


def main() -> list[Ratio]:
    """All comparisons; those with libraries need the ``bench`` dependency group."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [
            against_numpy(),
            against_scikit_criteria(),
            against_pymcdm(),
            against_bid_evaluation(),
        ]
