"""Bids of a table: a row an offer, kept as columns (docs/reference/files.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import SupportsInt

import numpy as np
from numpy.typing import NDArray

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.breakdown import is_cost
from tenderscore.model.columns import Column, NumberColumn, column_of
from tenderscore.model.exact import Mask
from tenderscore.model.fields import KIND_NAMES
from tenderscore.model.money import Exchange, positive_price
from tenderscore.model.offers import Bid
from tenderscore.model.records import replace
from tenderscore.model.table import Table
from tenderscore.model.values import Path, Value, kind_of
from tenderscore.sources.table_rows import disagreements, filled

TEXT_COLUMNS = frozenset({"vendor.id", "vendor.name", "id", "supersedes", "lot"})
ALL = ""
_AGREEING = "vendor."
_LOT = "lot."

Rows = NDArray[np.intp]


class TableBids:
    """The bids of a table. ``problems`` says what is wrong with its rows.

    Vendors, bids and lots are codes by row; ``bid_codes`` follow ``id`` where the table has that
    column, else the vendor.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.problems: list[Problem] = list(table.problems)
        self.received: Column | None = None
        self._vendor_values: Sequence[Value] = []
        empty = np.zeros(0, dtype=np.intp)
        self._vendor_codes = self._bid_codes = self._lot_codes = empty
        self._lot_names: list[str] = []
        if not table.texts and not table.columns and table.problems:
            return
        if "vendor.id" not in table.texts:
            message = Message("the table has no column vendor.id")
            self._add("vendor-id", message, table.place(None, None))
            return
        self._read_ids()
        self._read_lots()
        self._check_rows()
        self._share_vendors()
        self.received = self._latest_received()

    def _add(self, code: str, message: Message, place: Place) -> None:
        self.problems.append(Problem(code, message, place))

    def _place(self, row: SupportsInt, header: str | None) -> Place:
        return self.table.place(int(row), header)

    def _read_ids(self) -> None:
        column = self.table.texts["vendor.id"]
        for row in np.flatnonzero(column.missing):
            self._add(
                "vendor-id", Message("the row has no vendor.id"), self._place(row, "vendor.id")
            )
        self._vendor_values = column.values_by_code
        self._vendor_codes = column.codes
        ids = self.table.texts.get("id")
        self._bid_values: Sequence[Value] = column.values_by_code
        self._bid_codes = column.codes
        if ids is not None:
            names = [ids.value(row) or column.value(row) for row in range(self.table.rows)]
            known = {name: code for code, name in enumerate(dict.fromkeys(names))}
            self._bid_values = list(known)
            self._bid_codes = np.array([known[name] for name in names], dtype=np.intp)

    def _read_lots(self) -> None:
        column = self.table.texts.get("lot")
        if column is None:
            self._lot_codes = np.full(self.table.rows, -1, dtype=np.intp)
            return
        used = [int(code) for code in np.unique(column.codes) if code >= 0]
        names = sorted(str(column.values_by_code[code]) for code in used)
        place_of = {name: index for index, name in enumerate(names)}
        translate = np.full(max(used, default=0) + 2, -1, dtype=np.intp)
        for code in used:
            translate[code] = place_of[str(column.values_by_code[code])]
        self._lot_codes = translate[column.codes]
        self._lot_names = names

    @property
    def lots(self) -> list[str]:
        """The lots that rows name, by id."""
        return self._lot_names

    @property
    def count(self) -> int:
        """How many bids there are."""
        return len(np.unique(self._bid_codes))

    @property
    def _known(self) -> Mask:
        return np.asarray(self._vendor_codes >= 0, dtype=np.bool_)

    def _check_rows(self) -> None:
        self._check_nested()
        self._check_offers()
        self._check_mixed()
        self._check_repeated()
        self._check_prices()
        self._check_flags()
        for header in (*self.table.texts, *self.table.columns):
            if _says_of_vendor(header):
                self._check_agreement(header, self._vendor_codes, "vendor-rows")
            if header.startswith(_LOT):
                self._check_agreement(header, self._lot_codes + 1, "lot-rows")

    def _check_nested(self) -> None:
        """A fact is either a column, or a mapping of columns."""
        headers = {*self.table.columns, *self.table.texts}
        for header in sorted(headers):
            above = header.rpartition(".")[0]
            while above:
                if above in headers and above != "lot":
                    message = Message(
                        "{above} and {header} exclude each other", above=above, header=header
                    )
                    self._add("duplicate-column", message, self.table.place(None, header))
                above = above.rpartition(".")[0]

    def _check_offers(self) -> None:
        """What differs by lot stands in a row for each lot, not in columns."""
        for header in sorted({*self.table.columns, *self.table.texts}):
            if header.partition(".")[0] == "offers":
                message = Message(
                    "a table has no {header}: each of its rows is an offer", header=header
                )
                help_ = Message(
                    "name the lot in a column `lot`, and the fact in a column of its own"
                )
                place = self.table.place(None, header)
                self.problems.append(Problem("offers-form", message, place, help_))

    def _check_mixed(self) -> None:
        named = self._lot_codes >= 0
        if not named.any() or named.all():
            return
        with_lot = np.unique(self._bid_codes[named & self._known])
        mixed = np.isin(self._bid_codes, with_lot) & ~named & self._known
        for row in np.flatnonzero(mixed):
            message = Message("a vendor's rows all name a lot, or none does")
            self._add("mixed-lots", message, self._place(row, "lot"))

    def _check_repeated(self) -> None:
        lots = len(self._lot_names) + 1
        # Two vendors that share a bid's id are told of that alone.
        bids = (
            self._bid_codes.astype(np.int64) * (len(self._vendor_values) + 1)
            + self._vendor_codes
            + 1
        )
        keys = bids * lots + self._lot_codes + 1
        _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
        repeated = (first[inverse] != np.arange(len(keys))) & self._known
        for row in np.flatnonzero(repeated):
            earlier = int(first[inverse[row]])
            message = Message(
                "{vendor} has a second row for the same lot", vendor=self.vendor(int(row))
            )
            help_ = Message("give the rows an `id`, and the later one `supersedes`")
            also = ((Message("the first one"), self._place(earlier, "vendor.id")),)
            place = self._place(row, "vendor.id")
            self.problems.append(Problem("repeated-offer", message, place, help_, also=also))

    def _check_prices(self) -> None:
        for header in ("price", "price.amount"):
            column = self.table.columns.get(header)
            if column is None:
                continue
            if isinstance(column, NumberColumn):
                wrong = column.numbers.at_most(0) & ~column.missing
            else:
                wrong = np.array(
                    column.each(lambda v: v is not None and positive_price(v) is not None),
                    dtype=np.bool_,
                )
            for row in np.flatnonzero(wrong):
                message = positive_price(column.value(int(row))) or Message("a price is above 0")
                self._add("price", message, self._place(row, header))
        self._check_currency()

    def _check_currency(self) -> None:
        for header, amounts in self.table.columns.items():
            name, _, last = header.rpartition(".")
            currency = self.table.columns.get(f"{name}.currency")
            if last != "amount" or currency is None:
                continue
            for row in np.flatnonzero(currency.missing & ~amounts.missing):
                message = Message("the amount has no currency")
                self._add("currency", message, self._place(row, f"{name}.currency"))

    def _check_flags(self) -> None:
        column = self.table.columns.get("withdrawn")
        if column is None:
            return
        for row, kind in enumerate(column.each(kind_of)):
            if kind not in {"boolean", "missing"}:
                template = "withdrawn is true or false, not {kind}"
                message = Message(template, kind=KIND_NAMES[kind])
                self._add("wrong-type", message, self._place(row, "withdrawn"))

    def _check_agreement(self, header: str, codes: Rows, code: str) -> None:
        """Rows with the same code must have the same value under a header, or none."""
        for row, before in disagreements(self._any_column(header), codes):
            message = Message("{header} differs from an earlier row's", header=header)
            also = ((Message("the earlier row"), self._place(before, header)),)
            self.problems.append(Problem(code, message, self._place(row, header), also=also))

    def _share_vendors(self) -> None:
        """What one of a vendor's rows says of the vendor holds in all of them."""
        table, codes = self.table, self._vendor_codes

        def shared(columns: Mapping[str, Column]) -> dict[str, Column]:
            return {
                header: filled(column, codes) if _says_of_vendor(header) else column
                for header, column in columns.items()
            }

        if any(map(_says_of_vendor, (*table.columns, *table.texts))):
            texts = {**table.texts, **shared(table.texts)}
            self.table = replace(table, columns=shared(table.columns), texts=texts)

    def _any_column(self, header: str) -> Column:
        column: Column | None = self.table.columns.get(header) or self.table.texts.get(header)
        return column if column is not None else column_of([None] * self.table.rows)

    def vendor(self, row: int) -> str:
        """The vendor's id in a row."""
        return str(self._vendor_values[int(self._vendor_codes[row])])

    def _name(self, row: int) -> str:
        names = self.table.texts.get("vendor.name")
        name = names.value(row) if names is not None else None
        return str(name) if name is not None else self.vendor(row)

    def names(self) -> dict[str, str]:
        """Every vendor's name by id."""
        rows = np.flatnonzero(self._known)
        return {self.vendor(int(row)): self._name(int(row)) for row in rows}

    @property
    def has_versions(self) -> bool:
        """Whether some row speaks of another bid or of withdrawal."""
        return (
            "id" in self.table.texts
            or "supersedes" in self.table.texts
            or "withdrawn" in self.table.columns
        )

    def _latest_received(self) -> Column | None:
        """``received`` by row: the latest of the bid's rows."""
        column = self.table.columns.get("received")
        if column is None:
            return None
        values = [column.value(row) for row in range(len(column))] if self._bids_repeat() else None
        for row, kind in enumerate(column.each(kind_of)):
            if kind not in {"time", "missing"}:
                message = Message("received is a time of day with its zone")
                self._add("received", message, self._place(row, "received"))
        if values is None:
            return column
        latest: dict[int, datetime] = {}
        for code, value in zip(self._bid_codes.tolist(), values, strict=True):
            if isinstance(value, datetime):
                latest[code] = max(value, latest.get(code, value))
        return column_of([latest.get(code) for code in self._bid_codes.tolist()])

    def _bids_repeat(self) -> bool:
        return self.count < self.table.rows

    def heads(self) -> list[Bid]:
        """Every bid as it was received, its offers by lot."""
        rows_by_bid: dict[int, list[int]] = {}
        for row in np.flatnonzero(self._known):
            rows_by_bid.setdefault(int(self._bid_codes[row]), []).append(int(row))
        return [self._head(rows) for rows in rows_by_bid.values()]

    def _head(self, rows: list[int]) -> Bid:
        first = rows[0]
        vendors = {self.vendor(row) for row in rows}
        bid = str(self._bid_values[int(self._bid_codes[first])])
        if len(vendors) > 1:
            message = Message("two vendors share the bid id {bid!r}", bid=bid)
            self._add("duplicate-bid", message, self._place(rows[-1], "id"))
        supersedes, where = self._supersedes(rows)
        received = self.received.value(first) if self.received is not None else None
        flags = {row: self._flag(row) for row in rows}
        offers = None
        if self._lot_codes[first] >= 0:
            offers = {self._lot_names[int(self._lot_codes[row])]: flags[row] for row in rows}
        return Bid(
            id=bid,
            vendor=self.vendor(first),
            name=self._name(first),
            place=self._place(first, "vendor.id"),
            received=received if isinstance(received, datetime) else None,
            supersedes=supersedes,
            supersedes_place=where,
            withdrawn=offers is None and any(flags.values()),
            offers=offers,
        )

    def _supersedes(self, rows: list[int]) -> tuple[str | None, Place | None]:
        column = self.table.texts.get("supersedes")
        if column is None:
            return None, None
        given = {str(column.value(row)): row for row in rows if column.value(row) is not None}
        if len(given) > 1:
            message = Message("the rows of one bid supersede different bids")
            self._add("supersedes", message, self._place(rows[-1], "supersedes"))
        for bid, row in given.items():
            return bid, self._place(row, "supersedes")
        return None, None

    def _flag(self, row: int) -> bool:
        column = self.table.columns.get("withdrawn")
        return column is not None and column.value(row) is True

    def rows_of(self, lot: str, bids: frozenset[str] | None) -> Rows:
        """The rows that are offers in a lot, by vendor id; of some bids where these are given."""
        wanted = self._known & (self._lot_codes < 0)
        if lot in self._lot_names:
            wanted |= self._known & (self._lot_codes == self._lot_names.index(lot))
        rows = np.flatnonzero(wanted)
        if bids is not None:
            live = [self._stands(int(row), bids) for row in rows]
            rows = rows[np.array(live, dtype=np.bool_)] if len(rows) else rows
        order = np.argsort(self._vendor_order()[self._vendor_codes[rows]], kind="stable")
        return rows[order]

    def _stands(self, row: int, bids: frozenset[str]) -> bool:
        bid = str(self._bid_values[int(self._bid_codes[row])])
        return bid in bids and not self._flag(row)

    def _vendor_order(self) -> Rows:
        if not hasattr(self, "_order"):
            values = np.asarray(self._vendor_values, dtype=np.dtypes.StringDType())
            self._order = np.empty(len(values), dtype=np.intp)
            self._order[np.argsort(values, kind="stable")] = np.arange(len(values))
        return self._order

    def lot_facts(self, lot: str) -> dict[str, tuple[Value, Place]]:
        """The facts of a lot that the table's ``lot.`` columns give, by dotted path."""
        headers = [header for header in self.table.columns if header.startswith(_LOT)]
        if not headers:
            return {}
        code = self._lot_names.index(lot) if lot in self._lot_names else -1
        facts: dict[str, tuple[Value, Place]] = {}
        rows = np.flatnonzero(self._lot_codes == code)
        for header in headers:
            column = self.table.columns[header]
            for row in rows[~column.missing[rows]][:1]:
                value = column.value(int(row))
                facts[header.removeprefix(_LOT)] = (value, self._place(row, header))
        return facts

    def offers(self, lot: str, bids: frozenset[str] | None, exchange: Exchange) -> TableOffers:
        """The live offers in a lot."""
        return TableOffers(self, self.rows_of(lot, bids), exchange)

    def paths(self) -> Iterable[str]:
        """The facts that columns give."""
        return (name for name in self.table.columns if not name.startswith(_LOT))

    def bid_id(self, row: int) -> str:
        """The id of the bid that a row belongs to."""
        return str(self._bid_values[int(self._bid_codes[row])])


def _says_of_vendor(header: str) -> bool:
    return header.startswith(_AGREEING) and header != "vendor.id"


class TableOffers:
    """Rows of a table as the offers in one lot."""

    def __init__(self, source: TableBids, rows: Rows, exchange: Exchange) -> None:
        self._source = source
        self._rows = rows
        self._exchange = exchange
        self.vendors: Sequence[str] = _Texts(rows, source.vendor)
        self.names: Sequence[str] = _Texts(rows, source._name)  # noqa: SLF001 - one module
        self.bids: Sequence[str] = _Texts(rows, source.bid_id)

    def column(self, path: Path) -> Column:
        """A fact of all offers."""
        header = ".".join(path)
        table = self._source.table
        if path == ("received",) and self._source.received is not None:
            return self._source.received.take(self._rows)
        amounts = table.columns.get(f"{header}.amount")
        currencies = table.columns.get(f"{header}.currency")
        if amounts is not None and currencies is not None and header not in table.columns:
            return self._money(amounts.take(self._rows), currencies.take(self._rows))
        if header in table.columns:
            column = table.columns[header].take(self._rows)
            units = table.columns.get("price.currency") if is_cost(path) else None
            return column if units is None else self._money(column, units.take(self._rows))
        if header in table.texts:
            return table.texts[header].take(self._rows)
        return self._mapping(header)

    def stated(self, row: int, path: Path) -> Value:
        """A fact as the row says it: money with its currency."""
        header, columns = ".".join(path), self._source.table.columns
        if is_cost(path) and header in columns:
            return columns[header].value(int(self._rows[row]))
        if header in columns or f"{header}.amount" not in columns:
            return self.column(path).value(row)
        return _nested(self._below(header), row)

    def cost_faults(self) -> Iterator[tuple[int, Message]]:
        """The rows whose price is not the sum of its parts."""
        columns = self._source.table.columns
        amounts = columns.get("price.amount")
        prefix = "price.breakdown."
        costs = [name for name in columns if name.startswith(prefix)]
        if not costs or amounts is None:
            return
        from tenderscore.sources.table_breakdowns import cost_faults  # noqa: PLC0415 - few have any

        taken = {name.removeprefix(prefix): columns[name].take(self._rows) for name in costs}
        yield from cost_faults(taken, amounts.take(self._rows))

    def _money(self, amounts: Column, currencies: Column) -> Column:
        if currencies.kinds() == {"text"} and isinstance(amounts, NumberColumn):
            units = {
                currencies.value(row)
                for row in range(len(currencies))
                if not currencies.missing[row]
            }
            if units == {self._exchange.currency}:
                return amounts
        values: list[Value] = []
        for row in range(len(amounts)):
            amount = amounts.value(row)
            money = {"amount": amount, "currency": currencies.value(row)}
            values.append(None if amount is None else self._exchange.amount(money))
        return column_of(values)

    def _mapping(self, header: str) -> Column:
        below = self._below(header)
        return column_of([_nested(below, row) for row in range(len(self._rows))])

    def _below(self, header: str) -> Mapping[str, Column]:
        """The columns of what a fact is made of, by the rest of their names."""
        prefix = f"{header}."
        return {
            name.removeprefix(prefix): column.take(self._rows)
            for name, column in self._source.table.columns.items()
            if name.startswith(prefix)
        }

    def place(self, row: int, path: Path) -> Place:
        """Where an offer's fact stands; the row's vendor where the table has no such column."""
        header = ".".join(path)
        known = (*self._source.table.columns, *self._source.table.texts)
        for name in (header, f"{header}.amount"):
            if name in known:
                return self._source.table.place(int(self._rows[row]), name)
        return self._source.table.place(int(self._rows[row]), None)


def _nested(columns: Mapping[str, Column], row: int) -> Value:
    """What columns with dotted names hold in a row, as the mapping that it is; None for nothing."""
    found: dict[str, Value] = {}
    for name, column in columns.items():
        value = column.value(row)
        if value is not None:
            _put(found, name.split("."), value)
    return found or None


def _put(found: dict[str, Value], path: list[str], value: Value) -> None:
    *above, last = path
    for key in above:
        inner = found.setdefault(key, {})
        if not isinstance(inner, dict):
            return  # A column and columns under it exclude each other, which was told.
        found = inner
    found[last] = value


class _Texts(Sequence[str]):
    """A text of each row, made when it is looked at."""

    def __init__(self, rows: Rows, text: object) -> None:
        self._rows = rows
        self._text = text

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN204
        if isinstance(index, slice):
            return [self._text(int(row)) for row in self._rows[index]]  # type: ignore[operator]
        return self._text(int(self._rows[index]))  # type: ignore[operator]
