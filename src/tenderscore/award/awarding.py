"""From a programme to its award: the choice, what each constraint costs, what clashes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from tenderscore.award.optimum import greatest_worth, optimum
from tenderscore.award.programme import Choice, Limit, Outcome, Programme
from tenderscore.award.rank_order import in_rank_order
from tenderscore.model.award import (
    Award,
    Constraint,
    LotAward,
    Optimum,
    PackageAward,
    Spend,
)


class Awarding:
    """Makes the award of a programme; ``limits`` are its constraints in tender.yaml's order."""

    def __init__(self, programme: Programme, limits: Sequence[Limit], spend: Spend) -> None:
        self.programme = programme.with_limits(limits)
        self.limits = tuple(limits)
        self.spend = spend
        self.choice = self._chosen(self.programme)

    def award(self, waiting: Sequence[str] = ()) -> Award:
        """The award; ``waiting`` are lots whose evaluation has not ended."""
        outcome = None if self.choice is None else self.programme.outcome(self.choice)
        goal = self.programme.objective
        return Award(
            asked=True,
            lots=self._lots(outcome),
            goal=goal,
            spend=self.spend,
            objective=None if outcome is None else goal.published(outcome.gain),
            constraints=tuple(self._constraint(limit, outcome) for limit in self.limits),
            clash=self._clash() if outcome is None else (),
            packages=tuple(self._packages(outcome)),
            waiting=tuple(waiting),
            by_id=() if outcome is None else tuple(self._by_id(outcome)),
            optimum=self._optimum() if self.spend == "in_rank_order" else None,
        )

    def _chosen(self, programme: Programme) -> Choice | None:
        return in_rank_order(programme) if self.spend == "in_rank_order" else optimum(programme)

    def _lots(self, outcome: Outcome | None) -> Mapping[str, LotAward | None]:
        names = self.programme.lots
        compared = self.programme.objective.reads_evaluated_prices
        return {lot: None if outcome is None else _lot(lot, outcome, compared) for lot in names}

    def _constraint(self, limit: Limit, outcome: Outcome | None) -> Constraint:
        if outcome is None:
            return Constraint(limit.id, limit.limit, None, None)
        lots, gain = self._worth_without(limit, outcome)
        return Constraint(limit.id, limit.limit, gain - outcome.gain, lots - len(outcome.chosen))

    def _worth_without(self, limit: Limit, outcome: Outcome) -> tuple[int, Fraction]:
        others = self.programme.with_limits([each for each in self.limits if each != limit])
        if self.spend == "in_rank_order":
            return others.outcome(in_rank_order(others)).worth
        worth = greatest_worth(others, outcome)
        assert worth is not None  # noqa: S101 - what keeps to all constraints keeps to fewer
        return worth

    def _clash(self) -> tuple[str, ...]:
        """The first of the smallest sets of constraints that cannot hold together."""
        for size in range(1, len(self.limits) + 1):
            for some in combinations(self.limits, size):
                if greatest_worth(self.programme.with_limits(some)) is None:
                    return tuple(limit.id for limit in some)
        raise AssertionError("all constraints together clash")

    def _by_id(self, outcome: Outcome) -> Iterator[str]:
        """The lots that another bid of the same rank could have, and nothing would be worse."""
        for at, (lot, among) in enumerate(
            zip(self.programme.lots, self.programme.candidates, strict=True)
        ):
            bid = outcome.chosen.get(lot)
            for place, other in enumerate(among):
                if bid is not None and other != bid and other.rank == bid.rank:
                    choice = (*outcome.choice[:at], place, *outcome.choice[at + 1 :])
                    instead = self.programme.outcome(choice)
                    if instead.worth == outcome.worth and not self.programme.broken(instead):
                        yield lot
                        break

    def _packages(self, outcome: Outcome | None) -> list[PackageAward]:
        held = () if outcome is None else outcome.packages
        return [
            PackageAward(each.vendor, each.lots, each.discount, each in held)
            for each in self.programme.packages
        ]

    def _optimum(self) -> Optimum | None:
        choice = optimum(self.programme)
        if choice is None:
            return None
        outcome = self.programme.outcome(choice)
        return Optimum(self._lots(outcome), self.programme.objective.published(outcome.gain))


def _lot(lot: str, outcome: Outcome, compared: bool) -> LotAward | None:
    bid = outcome.chosen.get(lot)
    if bid is None:
        return None
    total = None if bid.rank is None else bid.total
    prices = outcome.compared[lot]
    evaluated = prices.evaluated if compared else None
    return LotAward(bid.vendor, bid.name, bid.rank, total, prices.price, bid.price, evaluated)
