"""The award of 100 lots with 100 candidates each, against HiGHS that solves a plain one once.

Ours is the whole award: the optimum, the one answer among equals, and what each constraint costs.
The plain programme has all candidates of all lots, two lots a vendor.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

from benchmarks.timing import Ratio, compared
from tenderscore.award import (
    Awarding,
    Budget,
    Candidate,
    IncumbentsEach,
    IncumbentsTogether,
    Limit,
    LotsPerVendor,
    Package,
    Programme,
    ValuePerVendor,
    VendorsAtLeast,
    VendorsAtMost,
)
from tenderscore.award.solver import best_values
from tenderscore.award.unknowns import Row, Unknowns, whole
from tenderscore.model.award import MIX, POINTS, PRICE, Objective, Spend

SIZE = 100
VENDORS = [f"v{number:03d}" for number in range(SIZE)]
INCUMBENTS = frozenset(VENDORS[:20])
SOME = Objective(MIX, Fraction(70), Fraction(30))
PACKAGES = [
    Package(
        vendor, tuple(f"lot-{(7 * at + 13 * each) % SIZE:03d}" for each in range(3)), Fraction(5)
    )
    for at, vendor in enumerate(VENDORS[:20])
]


def candidates() -> dict[str, list[Candidate]]:
    """Totals from 30 to 99, prices from 80 to 120; no vendor is better than the others."""
    chance = random.Random(7)  # noqa: S311 - any bids will do, but the same each time
    lots = {}
    for lot in range(SIZE):
        totals = [Fraction(chance.randint(3000, 9900), 100) for _ in VENDORS]
        ranks = {total: rank for rank, total in enumerate(sorted(totals), -SIZE)}
        lots[f"lot-{lot:03d}"] = [
            Candidate(vendor, "", -ranks[total], total, Fraction(chance.randint(80, 120)))
            for vendor, total in zip(VENDORS, totals, strict=True)
        ]
    return lots


BIDS = candidates()


def award(
    limits: Sequence[Limit], objective: Objective = POINTS, spend: Spend = "optimum"
) -> object:
    """One whole award, from candidates to what its constraints cost."""
    packages = PACKAGES if objective == PRICE else []
    programme = Programme(BIDS, objective, (), packages, dict.fromkeys(BIDS, 2))
    return Awarding(programme, limits, spend).award()


def plain() -> object:
    """HiGHS alone with all unknowns, once."""
    unknowns = Unknowns(Programme(BIDS, POINTS))
    limit = LotsPerVendor(Fraction(2))
    rows = [whole(row) for row in (*unknowns.rows(), *limit.rows(unknowns))]
    return best_values(whole(Row(unknowns.gains())).terms, rows, (), unknowns.count)


def main() -> list[Ratio]:
    """A row for each kind of constraint, and for each way to award."""
    lots, budget = LotsPerVendor(Fraction(2)), Budget(Fraction(85 * SIZE))
    capacity = ValuePerVendor("capacity", dict.fromkeys(VENDORS, Fraction(250)))
    cases: dict[str, tuple[Sequence[Limit], Objective, Spend]] = {
        "lots_per_vendor": ([lots], POINTS, "optimum"),
        "value_per_vendor": ([capacity], POINTS, "optimum"),
        "budget": ([budget], POINTS, "optimum"),
        "vendors at_least 90": ([VendorsAtLeast(Fraction(90))], POINTS, "optimum"),
        "vendors at_most 10": ([VendorsAtMost(Fraction(10))], POINTS, "optimum"),
        "incumbents": (
            [IncumbentsEach(Fraction(1), INCUMBENTS), IncumbentsTogether(Fraction(5), INCUMBENTS)],
            POINTS,
            "optimum",
        ),
        "packages, by price": ([lots], PRICE, "optimum"),
        "a mix": ([lots, budget], SOME, "optimum"),
        "in rank order": ([lots, budget], POINTS, "in_rank_order"),
    }
    most = {"vendors at_most 10": 15, "in rank order": 15}
    return [
        compared(
            f"award of 100 lots x 100 vendors, {name} / HiGHS on a plain one",
            lambda case=case: award(*case),  # type: ignore[misc] # the case of this row
            plain,
            most.get(name, 6),
            runs=3,
        )
        for name, case in cases.items()
    ]


if __name__ == "__main__":
    print(*(each.row for each in main()), sep="\n")
