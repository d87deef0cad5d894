"""The optimum: as many lots as can be, then the objective, then lot by lot the earlier candidate.

HiGHS is asked in that order, each answer becoming a row of the next question, and each recomputed
exactly. What a bound rules out is left out of the last question, where equals are told apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import prod

from tenderscore.award.bounds import Bound
from tenderscore.award.limits import VendorsAtMost
from tenderscore.award.programme import NOBODY, Choice, Outcome, Programme
from tenderscore.award.unknowns import Row, Unknowns, WholeRow, unit_of, whole

Worth = tuple[int, Fraction]

# Sums of so many bits HiGHS tells apart; where they are longer it has the leading ones, fewer so
# that it need not prove its answer to the last of them.
_BITS, _LEADING = 40, 24
_BLOCK = 2**20
# How many unknowns a lot has in a first search, and in a second.
_SOME = 2, 8


def optimum(programme: Programme) -> Choice | None:
    """The one best choice; None where the constraints cannot hold together."""
    simple = each_for_itself(programme) or _of_few_vendors(programme)
    return Search(programme).choice() if simple is None else simple


def greatest_worth(programme: Programme, known: Outcome | None = None) -> Worth | None:
    """How many lots the best choice awards and what it gains; None where there is none.

    ``known`` is an outcome that keeps to the constraints.
    """
    simple = each_for_itself(programme) or _of_few_vendors(programme)
    return Search(programme).worth(known) if simple is None else programme.outcome(simple).worth


def each_for_itself(programme: Programme) -> Choice | None:
    """The best candidate of each lot, if together they keep to the constraints."""
    if programme.packages and programme.objective.reads_prices:
        return None
    choice = tuple(gains.index(max(gains)) if gains else NOBODY for gains in programme.gains)
    return None if programme.broken(programme.outcome(choice)) else choice


def _of_few_vendors(programme: Programme) -> Choice | None:
    if not any(isinstance(limit, VendorsAtMost) for limit in programme.limits):
        return None
    from tenderscore.award.few_vendors import of_few_vendors  # noqa: PLC0415 - seldom asked for

    return of_few_vendors(programme)


class DoubtError(Exception):
    """An answer of HiGHS does not stand when it is recomputed."""


class Search:
    """The search for the optimum of one programme; gains are whole multiples of a ``unit``."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._unknowns = Unknowns(programme)
        limits = [whole(row) for limit in programme.limits for row in limit.rows(self._unknowns)]
        gains = self._unknowns.gains()
        self.unit = unit_of(gains)
        self._gains = whole(Row(gains)).terms
        self._lots = whole(Row(self._unknowns.lots_awarded())).terms
        # What cannot be exceeded anyway is no row; a bound without measure has no place in floats.
        limits = [row for row in limits if self._largest(row.terms) > row.bound]
        self._rows = [*map(whole, self._unknowns.rows()), *limits]
        self._bounds: dict[int, Bound] = {}

    def choice(self) -> Choice | None:
        """The best choice."""
        try:
            best = self._best_outcome()
            return None if best is None else self._first_of_equals(best)
        except DoubtError:
            return self._one_by_one()

    def worth(self, known: Outcome | None = None) -> Worth | None:
        """What the best choice is worth; ``known`` is an outcome that may be it."""
        if known is not None and self._is_best(known):
            return known.worth
        try:
            best = self._best_outcome()
        except DoubtError:
            choice = self._one_by_one()
            best = None if choice is None else self._programme.outcome(choice)
        return None if best is None else best.worth

    @property
    def most_worth(self) -> Worth:
        """What no choice is worth more than."""
        return self._every, self._gain_bound(self._every).most * self.unit

    @property
    def is_plain(self) -> bool:
        """Whether every lot can go to its best candidate."""
        return len(self._rows) == len(self._unknowns.lots)

    @cached_property
    def a_lot(self) -> int:
        """A number of whole units above all that the gains of two choices differ by."""
        # What a lot gains is at most two of these numbers: a bid's, and that of its discount.
        largest = max(map(abs, self._gains.values()), default=0)
        return 4 * largest * len(self._unknowns.lots) + 1

    def bound_of_lots(self, vendors: Collection[str] | None) -> Bound:
        """A bound on lots and gains counted together, in which a lot could go to several vendors.

        All other rows have the prices that they have where the lots go to some vendors alone.
        """
        from tenderscore.award.solver import prices_of_rows  # noqa: PLC0415 - loads HiGHS

        own, ours = len(self._unknowns.lots), range(len(self._unknowns.lot_of))
        worth = {**self._gains} | {at: self.a_lot + self._gains.get(at, 0) for at in ours}
        barred = [] if vendors is None else self._unknowns.of_others(vendors)
        prices = (
            [] if self.is_plain else prices_of_rows(worth, self._rows, self._unknowns.count, barred)
        )
        return Bound(worth, self._rows[own:], prices[own:], self._unknowns)

    def _best_outcome(self) -> Outcome | None:
        """A best choice's outcome, which of several is open."""
        if not self._fits():
            raise DoubtError
        values = self._greatest(self._every)
        if values is None:
            most = self._values(self._lots, [])
            if most is None:
                return None
            values = self._greatest(_sum(self._lots, most))
        return self._checked(values)

    def _greatest(self, lots: int) -> list[int] | None:
        """Values of the greatest gain with so many lots, or more.

        Unknowns that a bound leaves far behind are left out; where what is found reaches what it
        allows them, they could not be better.
        """
        rows = [self._awarding(lots)]
        bound = self._gain_bound(lots)
        highest = sorted(bound.with_each, reverse=True)
        for some in _SOME:
            size = some * len(self._unknowns.lots)
            if size < len(highest):
                barred = bound.without(highest[size])
                values = self._values(self._gains, rows, barred)
                if values is not None and _sum(self._gains, values) >= highest[size]:
                    return values
        return self._values(self._gains, rows)

    def _is_best(self, known: Outcome) -> bool:
        """Whether a bound proves at once that nothing is worth more."""
        gain = int(known.gain / self.unit)
        return len(known.chosen) == self._every and self._gain_bound(self._every).most <= gain

    @cached_property
    def _every(self) -> int:
        """How many lots have a candidate."""
        return sum(1 for columns in self._unknowns.lots if columns)

    def _first_of_equals(self, best: Outcome) -> Choice:
        """Of all choices that are worth as much the one with the earlier candidates."""
        gain = int(best.gain / self.unit)
        rows = [self._awarding(len(best.chosen)), _reaching(self._gains, gain)]
        barred = set(self._gain_bound(len(best.chosen)).without(gain))
        outcome = best
        for block in self._blocks(barred):
            weights = self._weights(block, barred)
            if any(self._could_be_earlier(lot, outcome.choice, barred) for lot in block):
                outcome = self._checked(self._values(weights, rows, barred))
                if outcome.worth != best.worth:
                    raise DoubtError
            for lot in block:
                barred |= set(self._others(lot, outcome.choice))
                rows += self._kept(lot, outcome.choice)
        return outcome.choice

    def _blocks(self, barred: set[int]) -> Iterator[list[int]]:
        """Lots in order, in parts that one question tells apart."""
        block: list[int] = []
        for lot in range(len(self._unknowns.lots)):
            if prod(len(self._open(each, barred)) + 1 for each in (*block, lot)) > _BLOCK and block:
                yield block
                block = []
            block.append(lot)
        yield block

    def _weights(self, block: Sequence[int], barred: set[int]) -> dict[int, int]:
        """Numbers that are greatest for the first choice in lexical order."""
        weights: dict[int, int] = {}
        unit = 1
        for lot in reversed(block):
            columns = self._open(lot, barred)
            weights |= {at: unit * (len(columns) - place) for place, at in enumerate(columns)}
            unit *= len(columns) + 1
        return weights

    def _open(self, lot: int, barred: set[int]) -> list[int]:
        return [at for at in self._unknowns.lots[lot] if at not in barred]

    def _could_be_earlier(self, lot: int, choice: Choice, barred: set[int]) -> bool:
        columns = self._open(lot, barred)
        return bool(columns) and (
            choice[lot] == NOBODY or self._unknowns.lots[lot][choice[lot]] != columns[0]
        )

    def _others(self, lot: int, choice: Choice) -> list[int]:
        return [at for place, at in enumerate(self._unknowns.lots[lot]) if place != choice[lot]]

    def _kept(self, lot: int, choice: Choice) -> list[WholeRow]:
        columns = self._unknowns.lots[lot]
        return [] if choice[lot] == NOBODY else [WholeRow({columns[choice[lot]]: -1}, -1)]

    def _awarding(self, lots: int) -> WholeRow:
        """So many lots are awarded, or more."""
        return _reaching(self._lots, lots)

    def _values(
        self,
        objective: Mapping[int, int],
        rows: Sequence[WholeRow],
        barred: Iterable[int] | None = None,
    ) -> list[int] | None:
        from tenderscore.award.solver import best_values  # noqa: PLC0415 - loads HiGHS

        return best_values(objective, [*self._rows, *rows], barred or (), self._unknowns.count)

    def _checked(self, values: list[int] | None) -> Outcome:
        """What some values come to, if they are a choice that keeps to the constraints."""
        if values is None:
            raise DoubtError
        outcome = self._programme.outcome(self._unknowns.choice(values))
        if self._programme.broken(outcome):
            raise DoubtError
        return outcome

    def _gain_bound(self, lots: int) -> Bound:
        """What cannot be gained with so many lots, or more."""
        from tenderscore.award.solver import prices_of_rows  # noqa: PLC0415 - loads HiGHS

        if lots not in self._bounds:
            rows = [*self._rows, self._awarding(lots)]
            prices = prices_of_rows(self._gains, rows, self._unknowns.count)
            self._bounds[lots] = Bound(self._gains, rows, prices, self._unknowns)
        return self._bounds[lots]

    def _one_by_one(self) -> Choice | None:
        """The best choice, where floats do not tell all sums apart."""
        from tenderscore.award.one_by_one import OneByOne  # noqa: PLC0415 - seldom needed

        def barred(lots: int, gain: int) -> set[int]:
            return set(self._gain_bound(lots).without(gain))

        bits = self._bits(self._gains), [self._bits(row.terms) for row in self._rows]
        return OneByOne(
            *(self._programme, self._unknowns, self._gains, self._rows, bits),
            *(lambda outcome: int(outcome.gain / self.unit), barred),
        ).best()

    def _fits(self) -> bool:
        """Whether HiGHS's floats tell all sums apart that can occur."""
        return not any(self._bits(each) for each in (self._gains, *(r.terms for r in self._rows)))

    def _bits(self, terms: Mapping[int, int]) -> int:
        """How many bits of a sum HiGHS cannot have."""
        size = max(self._largest(terms), self._largest(_negative(terms)))
        return size.bit_length() - _LEADING if size.bit_length() > _BITS else 0

    def _largest(self, terms: Mapping[int, int]) -> int:
        """What a sum cannot exceed: of a lot's candidates one has a part in it."""
        lot_of = self._unknowns.lot_of
        most: dict[int, int] = {}
        for at, number in terms.items():
            part = lot_of[at] if at < len(lot_of) else -1 - at
            most[part] = max(most.get(part, 0), number)
        return sum(most.values())


def _sum(terms: Mapping[int, int], values: Sequence[int]) -> int:
    return sum(number * values[at] for at, number in terms.items())


def _negative(terms: Mapping[int, int]) -> dict[int, int]:
    return {at: -number for at, number in terms.items()}


def _reaching(terms: Mapping[int, int], least: int) -> WholeRow:
    """A sum that is so much or more."""
    return WholeRow(_negative(terms), -least)
