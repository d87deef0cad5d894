"""All scores of a round as columns: half a million are ids' codes and exact numbers, not objects.

A ``Score`` is made when somebody looks at one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tenderscore.errors import Place
from tenderscore.model.exact import Mask, Rationals, joined
from tenderscore.model.panel import Score
from tenderscore.model.records import record

Codes: TypeAlias = NDArray[np.int64]


@record
class Coded:
    """A column of ids: the distinct ones, and which of them each row has (-1: none)."""

    ids: Sequence[str]
    codes: Codes

    @classmethod
    def of(cls, values: Iterable[str | None]) -> Coded:
        """The column of some ids."""
        known: dict[str, int] = {}
        codes = [-1 if each is None else known.setdefault(each, len(known)) for each in values]
        return cls(list(known), np.array(codes, dtype=np.int64))

    def has(self, id_: str) -> Mask:
        """Which rows have an id."""
        code = self.ids.index(id_) if id_ in self.ids else len(self.ids)
        found: Mask = self.codes == code
        return found

    def id(self, row: int) -> str | None:
        """A row's id."""
        code = int(self.codes[row])
        return None if code < 0 else self.ids[code]


@record
class ScoreColumns:
    """The scores of one file.

    ``numbers`` is 0 where the evaluator ``abstains``. ``score`` makes a row's ``Score``;
    ``comment`` and ``place`` give parts of it without making the whole.
    """

    file: str
    evaluators: Coded
    vendors: Coded
    criteria: Coded
    lots: Coded
    numbers: Rationals
    abstains: Mask
    score: Callable[[int], Score]
    comment: Callable[[int], str | None]
    place: Callable[[int], Place]

    def __len__(self) -> int:
        return len(self.abstains)

    @classmethod
    def of(cls, scores: Sequence[Score], file: str) -> ScoreColumns:
        """Scores of one file that were read one by one."""
        return cls(
            file=file,
            evaluators=Coded.of(each.evaluator for each in scores),
            vendors=Coded.of(each.vendor for each in scores),
            criteria=Coded.of(each.criterion for each in scores),
            lots=Coded.of(each.lot for each in scores),
            numbers=Rationals.of([0 if each.score is None else each.score for each in scores]),
            abstains=np.array([each.score is None for each in scores], dtype=np.bool_),
            score=scores.__getitem__,
            comment=lambda row: scores[row].comment,
            place=lambda row: scores[row].place,
        )


class Scores:
    """All scores of a round; ``names`` has the evaluators' names by id."""

    def __init__(self, scores: Iterable[Score] = (), tables: Iterable[ScoreColumns] = ()) -> None:
        by_file: dict[str, list[Score]] = {}
        for score in scores:
            by_file.setdefault(score.place.file, []).append(score)
        self.names: dict[str, str] = {}
        read = [ScoreColumns.of(each, file) for file, each in by_file.items()]
        self.parts = [*read, *(each for each in tables if len(each))]
        self.starts = np.cumsum([0, *map(len, self.parts)])
        self._lots: dict[str, LotScores] = {}

    @property
    def count(self) -> int:
        """How many there are."""
        return int(self.starts[-1])

    def __iter__(self) -> Iterator[Score]:
        return map(self.score, range(self.count))

    @cached_property
    def evaluators(self) -> Coded:
        """Every row's evaluator; codes are in the order of the ids."""
        return _united([each.evaluators for each in self.parts])

    @cached_property
    def vendors(self) -> Coded:
        """Every row's vendor."""
        return _united([each.vendors for each in self.parts])

    @cached_property
    def criteria(self) -> Coded:
        """Every row's criterion."""
        return _united([each.criteria for each in self.parts])

    @cached_property
    def lots(self) -> Coded:
        """Every row's lot, none where a score holds in all."""
        return _united([each.lots for each in self.parts])

    @cached_property
    def numbers(self) -> Rationals:
        """Every row's score, 0 for an abstention."""
        return joined([each.numbers for each in self.parts])

    @cached_property
    def abstains(self) -> Mask:
        """Which rows are abstentions."""
        return np.concatenate([each.abstains for each in self.parts])

    def score(self, row: int) -> Score:
        """A row as an object."""
        part, at = self._at(row)
        return part.score(at)

    def comment(self, row: int) -> str | None:
        """A row's comment."""
        part, at = self._at(row)
        return part.comment(at)

    def place(self, row: int) -> Place:
        """Where a row's score stands."""
        part, at = self._at(row)
        return part.place(at)

    def _at(self, row: int) -> tuple[ScoreColumns, int]:
        number = int(np.searchsorted(self.starts, row, side="right")) - 1
        return self.parts[number], row - int(self.starts[number])

    def in_lot(self, lot: str) -> LotScores:
        """The scores that hold in a lot."""
        if lot not in self._lots:
            self._lots[lot] = LotScores(self, lot)
        return self._lots[lot]

    def given(self, lot: str, criterion: str, vendor: str) -> list[Score]:
        """The scores that hold for a vendor on a criterion in a lot, by evaluator."""
        found = self.in_lot(lot)
        return [self.score(int(row)) for row in found.rows[found.cell(criterion, vendor)]]


class LotScores:
    """The scores that hold in a lot, by criterion, vendor and evaluator.

    A score of the lot goes before one that the evaluator gave for every lot.
    """

    def __init__(self, scores: Scores, lot: str) -> None:
        self._scores = scores
        self.rows: Codes = np.zeros(0, dtype=np.int64)
        self._cells = self.rows
        self._vendors: Mapping[str, int] = {}
        self._criteria: Mapping[str, int] = {}
        if scores.count:
            self._sort(lot)

    def _sort(self, lot: str) -> None:
        scores = self._scores
        self._vendors = {id_: code for code, id_ in enumerate(scores.vendors.ids)}
        self._criteria = {id_: code for code, id_ in enumerate(scores.criteria.ids)}
        cells = scores.criteria.codes * len(self._vendors) + scores.vendors.codes
        keys = cells * len(scores.evaluators.ids) + scores.evaluators.codes
        own = scores.lots.ids.index(lot) if lot in scores.lots.ids else None
        holds = scores.lots.codes < 0
        if own is not None:
            holds = holds | (scores.lots.codes == own)
        rows = np.flatnonzero(holds)
        # Of one evaluator's scores the last counts: the lot's own, where there is one.
        order = np.lexsort((scores.lots.codes[rows] >= 0, keys[rows]))
        rows = rows[order]
        last = np.append(np.diff(keys[rows]) != 0, True) if len(rows) else np.zeros(0, np.bool_)
        self.rows = rows[last]
        self._cells = cells[self.rows]

    def cell(self, criterion: str, vendor: str) -> slice:
        """Where the scores of a vendor on a criterion lie in ``rows``."""
        first, second = self._criteria.get(criterion), self._vendors.get(vendor)
        if first is None or second is None:
            return slice(0, 0)
        key = first * len(self._vendors) + second
        start, stop = np.searchsorted(self._cells, [key, key + 1])
        return slice(int(start), int(stop))

    def column(self, criterion: str) -> slice:
        """Where the scores of all vendors on a criterion lie in ``rows``."""
        code = self._criteria.get(criterion)
        if code is None:
            return slice(0, 0)
        ends = [code * len(self._vendors), (code + 1) * len(self._vendors)]
        start, stop = np.searchsorted(self._cells, ends)
        return slice(int(start), int(stop))


def _united(columns: Sequence[Coded]) -> Coded:
    """Several columns as one, with codes in the order of the ids."""
    ids = sorted({id_ for column in columns for id_ in column.ids})
    at = {id_: code for code, id_ in enumerate(ids)}
    parts = []
    for column in columns:
        # The last one is what -1 finds.
        codes = np.array([*(at[id_] for id_ in column.ids), -1], dtype=np.int64)
        parts.append(codes[column.codes])
    return Coded(ids, np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64))


def firsts(keys: Codes) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The first row of each distinct key, in the keys' order, and which of them each row has.

    >>> [each.tolist() for each in firsts(np.array([7, 3, 7]))]
    [[1, 0], [1, 0, 1]]
    """
    order = np.argsort(keys, kind="stable")
    begins = np.ones(len(keys), dtype=np.bool_)
    begins[1:] = np.diff(keys[order]) != 0
    group = np.empty(len(keys), dtype=np.intp)
    group[order] = np.cumsum(begins) - 1
    return order[begins], group
