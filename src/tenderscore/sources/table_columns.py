"""Columns as they grow: chunks of cells in, compact arrays out.

A cell is text as an unquoted scalar is written (``model/scalars.py``), or any text at all behind
the mark ``AS_TEXT``. A chunk of plain decimals becomes integers at one decimal scale, so that a
price costs eight bytes; of any other chunk every distinct cell is kept once, as text, and is read
again where its value is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from tenderscore.model.columns import Column, NumberColumn, ValueColumn
from tenderscore.model.exact import Integers, Mask, Rationals
from tenderscore.model.numerals import decimal_places
from tenderscore.model.records import record
from tenderscore.model.scalars import ScalarError, has_leading_zero
from tenderscore.model.values import Value, is_number

AS_TEXT = "\0"
"""Begins a cell that is text whatever it looks like; no file can contain it."""

Read = Callable[[str], Value]
Refusal = tuple[ScalarError, NDArray[np.intp]]

_TEXT: Any = np.dtypes.StringDType()
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_ALL_PLAIN = re.compile(r"(?:(?:-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+)?\n)*+")
_LONGEST_PLAIN = 18
_INT64 = 2**63
_FEW = 4096


@record
class _Numbers:
    """A chunk of numbers: ``units / 10**scale``, 0 where missing."""

    units: Integers
    scale: int
    missing: Mask


@record
class _Texts:
    """A chunk's distinct cells, each with its hash, and which of them a row has (-1: none)."""

    cells: NDArray[Any]
    hashes: NDArray[np.int64]
    codes: NDArray[np.int32]


class GrowingColumn:
    """A column that takes its cells chunk by chunk.

    ``read`` gives a cell's value and raises ``ScalarError``; without it every cell is text.
    ``lists`` tells that it gives lists, so that no cell is a number by its looks.
    """

    def __init__(self, read: Read | None, *, lists: bool = False) -> None:
        self._read = read
        self._lists = lists
        self._parts: list[_Numbers | _Texts] = []
        self._rows = 0
        self.leading_zeros = 0
        self.first_leading_zero = (0, "")

    def add(self, cells: Sequence[str]) -> list[Refusal]:
        """Take more cells; returned are those that cannot be read, with their rows in ``cells``."""
        refusals: list[Refusal] = []
        if self._read is None:
            distinct, codes = _distinct(cells)
            self._parts.append(_kept([_as_written(cell) for cell in distinct], codes))
        elif not self._lists and (plain := _plain_numbers(cells)) is not None:
            self._parts.append(plain)
        else:
            refusals = self._add_mixed(cells, self._read)
        self._rows += len(cells)
        return refusals

    def _add_mixed(self, cells: Sequence[str], read: Read) -> list[Refusal]:
        distinct, codes = _distinct(cells)
        values: list[Value] = []
        errors: dict[int, ScalarError] = {}
        for code, cell in enumerate(distinct):
            try:
                values.append(read(cell))
            except ScalarError as error:
                values.append(None)
                errors[code] = error
        self._count_leading_zeros(distinct, values, codes)
        kept = ["" if value is None else cell for cell, value in zip(distinct, values, strict=True)]
        self._parts.append(_read_numbers(values, codes) or _kept(kept, codes))
        return [(error, np.flatnonzero(codes == code)) for code, error in errors.items()]

    def _count_leading_zeros(
        self, distinct: list[str], values: list[Value], codes: NDArray[np.int32]
    ) -> None:
        marked = [_has_leading_zero(cell, v) for cell, v in zip(distinct, values, strict=True)]
        if not any(marked):
            return
        rows = np.flatnonzero(np.array(marked)[codes])
        if not self.leading_zeros:
            row = int(rows[0])
            self.first_leading_zero = (self._rows + row, distinct[codes[row]].strip())
        self.leading_zeros += len(rows)

    def column(self) -> Column:
        """The column of all cells taken so far."""
        numbers = [part for part in self._parts if isinstance(part, _Numbers)]
        if self._read is not None and len(numbers) == len(self._parts):
            return _number_column(numbers)
        return self.value_column()

    def value_column(self) -> ValueColumn:
        """The same as a column of values, equal cells under one code."""
        parts = [_written(part) if isinstance(part, _Numbers) else part for part in self._parts]
        cells, codes = _merged(parts)
        read = self._read or str
        values: Sequence[Value] = CellValues(cells, read)
        return ValueColumn(list(values) if len(values) <= _FEW else values, codes)


class CellValues(Sequence[Value]):
    """Values kept as the cells that they were read from; 16 bytes each where cells are short."""

    def __init__(self, cells: NDArray[Any], read: Read) -> None:
        self._cells = cells
        self._read = read

    def __len__(self) -> int:
        return len(self._cells)

    @overload
    def __getitem__(self, index: int) -> Value: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Value]: ...

    def __getitem__(self, index: int | slice) -> Value | Sequence[Value]:
        if isinstance(index, slice):
            return CellValues(self._cells[index], self._read)
        return self._read(str(self._cells[index]))

    def __iter__(self) -> Iterator[Value]:
        return map(self._read, map(str, self._cells))


def _as_written(cell: str) -> str:
    return cell[1:] if cell[:1] == AS_TEXT else cell.strip()


def _has_leading_zero(cell: str, value: Value) -> bool:
    if cell[:1] == AS_TEXT:
        return False
    items = value if isinstance(value, list) else [value]
    return any(isinstance(item, str) and has_leading_zero(item) for item in items)


def _distinct(cells: Sequence[str]) -> tuple[list[str], NDArray[np.int32]]:
    """The distinct cells in order of appearance, and which of them each row has."""
    distinct = list(dict.fromkeys(cells))
    if len(distinct) == len(cells):
        return distinct, np.arange(len(cells), dtype=np.int32)
    number = {cell: code for code, cell in enumerate(distinct)}
    return distinct, np.fromiter(map(number.__getitem__, cells), dtype=np.int32, count=len(cells))


def _kept(cells: list[str], codes: NDArray[np.int32]) -> _Texts:
    """The distinct cells as they are to be kept; an empty one is a missing value."""
    if not all(cells):
        gone = np.array([not cell for cell in cells], dtype=np.bool_)
        codes = np.where(gone[codes], np.int32(-1), codes)
    hashes = np.fromiter(map(hash, cells), dtype=np.int64, count=len(cells))
    return _Texts(np.array(cells, dtype=_TEXT), hashes, codes)


def _plain_numbers(cells: Sequence[str]) -> _Numbers | None:
    """The chunk where every cell is empty or a plain decimal that fits."""
    first = next(filter(None, cells), "")
    if first and not _PLAIN.fullmatch(first):
        return None
    joined = "\n".join(cells) + "\n"
    if not _ALL_PLAIN.fullmatch(joined) or joined.count("\n") != len(cells):
        return None
    if max(map(len, cells), default=0) > _LONGEST_PLAIN:
        return None
    missing = np.zeros(len(cells), dtype=np.bool_)
    if not all(cells):
        missing = np.array([not cell for cell in cells], dtype=np.bool_)
        cells = [cell or "0" for cell in cells]
        joined = "\n".join(cells) + "\n"
    return _Numbers(*_units(cells, joined), missing)


def _units(cells: Sequence[str], joined: str) -> tuple[Integers, int]:
    """Integers and the scale under which they are the cells.

    Where all cells have as many decimals, they are the integers that are left without the points.
    """
    scale = 0
    while re.search(rf"\.[0-9]{{{scale + 1}}}", joined):
        scale += 1
    if not scale:
        return _parsed(joined), 0
    if joined.count(".") == len(cells) and not re.search(rf"\.[0-9]{{0,{scale - 1}}}\n", joined):
        return _parsed(joined.replace(".", "")), scale
    parts = (cell.partition(".") for cell in cells)
    return _array([int(whole + tail.ljust(scale, "0")) for whole, _, tail in parts]), scale


def _parsed(joined: str) -> Integers:
    """The integers of a text that has one of at most 18 digits on each line."""
    return np.fromstring(joined, dtype=np.int64, sep="\n")


def _read_numbers(values: list[Value], codes: NDArray[np.int32]) -> _Numbers | None:
    """The chunk where every distinct value is a number or missing."""
    if not all(value is None or is_number(value) for value in values):
        return None
    numbers = [Fraction(0 if value is None else value) for value in values]  # type: ignore[arg-type]
    scale = max((decimal_places(number) or 0 for number in numbers), default=0)
    units = _array([int(number * 10**scale) for number in numbers])
    missing = np.array([value is None for value in values], dtype=np.bool_)
    return _Numbers(units[codes], scale, missing[codes])


def _array(integers: list[int]) -> Integers:
    largest = max(map(abs, integers), default=0)
    return np.array(integers, dtype=np.int64 if largest < _INT64 else object)


def _number_column(parts: Sequence[_Numbers]) -> NumberColumn:
    if not parts:
        return NumberColumn(Rationals.of([]), np.zeros(0, dtype=np.bool_))
    scale = max(part.scale for part in parts)
    units = np.concatenate([_scaled(part.units, 10 ** (scale - part.scale)) for part in parts])
    while scale and not (units % 10).any():
        units, scale = units // 10, scale - 1
    return NumberColumn(Rationals(units, 10**scale), np.concatenate([p.missing for p in parts]))


def _scaled(units: Integers, factor: int) -> Integers:
    largest = max(1, abs(int(units.max(initial=0))), abs(int(units.min(initial=0))))
    if largest * factor >= _INT64:
        units = units.astype(object)
    return units * factor


def _written(part: _Numbers) -> _Texts:
    """The numbers as cells again, for a column that turns out to hold other kinds too."""
    pairs = zip(part.units.tolist(), part.missing.tolist(), strict=True)
    return _kept(*_distinct(["" if gone else _decimal(units, part.scale) for units, gone in pairs]))


def _decimal(units: int, scale: int) -> str:
    if not scale:
        return str(units)
    digits = f"{abs(units):0{scale + 1}d}"
    return f"{'-' if units < 0 else ''}{digits[:-scale]}.{digits[-scale:]}"


def _merged(parts: Sequence[_Texts]) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """The distinct cells of all chunks in order of appearance, and each row's code."""
    if not parts:
        return np.array([], dtype=_TEXT), np.array([], dtype=np.intp)
    cells = np.concatenate([part.cells for part in parts])
    hashes = np.concatenate([part.hashes for part in parts])
    starts = np.cumsum([0, *(len(part.cells) for part in parts)])
    shifted = [
        np.where(part.codes < 0, -1, part.codes + start)
        for part, start in zip(parts, starts, strict=False)
    ]
    codes = np.concatenate(shifted).astype(np.intp)
    first, group = _groups(cells, hashes)
    return cells[first], np.where(codes < 0, -1, group[codes])


def _groups(
    cells: NDArray[Any], hashes: NDArray[np.int64]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each distinct cell stands first, ascending, and which of these each cell equals.

    Equal cells have equal hashes; that cells with equal hashes are equal is looked at.
    """
    rows = np.arange(len(cells))
    ordered = np.sort(hashes)
    if not (ordered[1:] == ordered[:-1]).any():
        return rows, rows
    _, first, group = np.unique(hashes, return_index=True, return_inverse=True)
    again = np.flatnonzero(first[group] != rows)
    if not (cells[again] == cells[first[group[again]]]).all():
        number = {cell: code for code, cell in enumerate(dict.fromkeys(cells))}
        group = np.array([number[cell] for cell in cells], dtype=np.intp)
        _, first = np.unique(group, return_index=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return first[order], rank[group]
