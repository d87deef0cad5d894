"""The award as JSON."""

from __future__ import annotations

from tenderscore.model.award import MIX, Award, Constraint, LotAward, Objective, PackageAward
from tenderscore.reports._json import Flat, Plain, Tree, number, plain


def award_keys(award: Award) -> dict[str, Tree]:
    """Who gets which lot, and at what cost each constraint holds."""
    feasible = award.status == "optimal"
    compared = award.goal.reads_evaluated_prices
    evaluated = {id_: _evaluated(lot) for id_, lot in award.lots.items()}
    return {
        "status": award.status,
        "lots": Flat({id_: _vendor(lot) for id_, lot in award.lots.items()}),
        "objective": None if award.objective is None else number(award.objective),
        "gap": 0 if feasible else None,
        "constraints": [_constraint(each) for each in award.constraints],
        "clash": award.clash,
        "goal": _goal(award.goal),
        "spend": award.spend,
        "prices": Flat({id_: _price(lot) for id_, lot in award.lots.items()}),
        "total_price": plain(award.total_price) if feasible else None,
        **({"evaluated_prices": Flat(evaluated)} if compared else {}),
        "packages": [_package(each) for each in award.packages],
        "waiting": award.waiting,
        "by_id": award.by_id,
        "optimum": _optimum(award),
    }


def _vendor(lot: LotAward | None) -> str | None:
    return None if lot is None else lot.vendor


def _price(lot: LotAward | None) -> Plain:
    return None if lot is None else plain(lot.price)


def _evaluated(lot: LotAward | None) -> Plain:
    return None if lot is None else plain(lot.evaluated)


def _goal(goal: Objective) -> Plain:
    if goal.goal != MIX:
        return goal.goal
    shares = {"points": plain(goal.points), "price": plain(goal.price)}
    if goal.reads_evaluated_prices:
        shares["evaluated_price"] = plain(goal.evaluated_price)
    return shares


def _constraint(constraint: Constraint) -> Flat:
    cost = None if constraint.cost is None else number(constraint.cost)
    return Flat(
        {
            "id": constraint.id,
            "cost": cost,
            "lots": constraint.lots,
            "limit": plain(constraint.limit),
        }
    )


def _package(package: PackageAward) -> Flat:
    return Flat(
        {
            "vendor": package.vendor,
            "lots": package.lots,
            "discount": plain(package.discount),
            "awarded": package.awarded,
        }
    )


def _optimum(award: Award) -> Tree:
    if award.optimum is None:
        return None
    lots = {id_: _vendor(lot) for id_, lot in award.optimum.lots.items()}
    return {"lots": Flat(lots), "objective": number(award.optimum.objective)}
