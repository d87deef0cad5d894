"""The optimum where numbers are too long for floats: choices one by one, the best about first.

HiGHS has the leading bits of every number, rounded down, so that no choice is left out and none is
worth more than it seems by more than one unit for each of its parts. Each choice that it finds is
recomputed exactly and then forbidden; when all that are left are worth less than the best so far,
whatever their other bits, that one is the optimum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from tenderscore.award.programme import NOBODY, Choice, Outcome, Programme
from tenderscore.award.solver import best_values
from tenderscore.award.unknowns import Unknowns, WholeRow

Gain = Callable[[Outcome], int]
Barred = Callable[[int, int], set[int]]


class OneByOne:
    """Looks at choices, the best about first.

    ``gain`` is an outcome's in the objective's whole units; ``barred`` tells which unknowns are 0
    where so many lots are awarded and the objective reaches a number.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what one search hands to another
        self,
        programme: Programme,
        unknowns: Unknowns,
        objective: Mapping[int, int],
        rows: Sequence[WholeRow],
        bits: tuple[int, Sequence[int]],
        gain: Gain,
        barred: Barred,
    ) -> None:
        self._programme = programme
        self._unknowns = unknowns
        self._cut, cuts = bits
        self._objective = {at: number >> self._cut for at, number in objective.items()}
        self._rows = [_shortened(row, cut) for row, cut in zip(rows, cuts, strict=True)]
        self._gain = gain
        self._barred = barred

    def best(self) -> Choice | None:
        """The best choice; None where no choice keeps to the constraints."""
        for lots in range(len(self._unknowns.lots), -1, -1):
            found = self._best_of(lots)
            if found is not None:
                return found.choice
        return None

    def _best_of(self, lots: int) -> Outcome | None:
        """The best outcome with so many lots, or more."""
        best: Outcome | None = None
        enough = WholeRow(dict.fromkeys(range(len(self._unknowns.lot_of)), -1), -lots)
        barred: set[int] = set()
        for most, outcome in self._outcomes(enough, barred):
            if best is not None and most <= self._gain(best):
                break
            if len(outcome.chosen) == lots and not self._programme.broken(outcome):
                if best is None:
                    barred |= self._barred(lots, self._gain(outcome))
                best = outcome if best is None else max(best, outcome, key=self._rank)
        return best

    def _outcomes(self, enough: WholeRow, barred: set[int]) -> Iterator[tuple[int, Outcome]]:
        """Outcomes with what they, and all after them, are worth less than."""
        rows = [*self._rows, enough]
        while True:
            values = best_values(self._objective, rows, barred, self._unknowns.count)
            if values is None:
                return
            reached = sum(number * values[at] for at, number in self._objective.items())
            choice = self._unknowns.choice(values)
            yield (reached + self._unknowns.count) << self._cut, self._programme.outcome(choice)
            rows.append(self._forbidden(choice))

    def _forbidden(self, choice: Choice) -> WholeRow:
        """Not this choice: some lot goes elsewhere."""
        terms: dict[int, int] = {}
        for columns, at in zip(self._unknowns.lots, choice, strict=True):
            terms |= dict.fromkeys(columns, -1) if at == NOBODY else {columns[at]: 1}
        return WholeRow(terms, sum(at != NOBODY for at in choice) - 1)

    def _rank(self, outcome: Outcome) -> tuple[int, list[int]]:
        places = [-len(self._unknowns.lot_of) if at == NOBODY else -at for at in outcome.choice]
        return self._gain(outcome), places


def _shortened(row: WholeRow, cut: int) -> WholeRow:
    """A row of the leading bits that everything keeps to that keeps to the row."""
    return WholeRow({at: number >> cut for at, number in row.terms.items()}, row.bound >> cut)
