"""A CSV table becomes typed columns, and every cell knows its line."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderscore.errors import Place
from tenderscore.model.columns import NumberColumn, ValueColumn
from tenderscore.sources import table_columns
from tenderscore.sources.csv_table import read
from tenderscore.sources.growing_table import CHUNK
from tenderscore.sources.table_columns import CellValues

TEXTS = frozenset({"vendor.id", "vendor.name", "id", "supersedes", "lot"})


@pytest.fixture
def csv_table(tmp_path):
    """The table of some text, as `bids.csv`; it has no problems unless they are asked for."""

    def reading(text, *, sound=True):
        path = tmp_path / "on-disk.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        table = read(path, "bids.csv", texts=TEXTS)
        if sound:
            assert table.problems == ()
        return table

    return reading


@pytest.fixture
def column(csv_table):
    """The values of a column `x` whose cells are given."""

    def reading(*cells, header="x", sound=True):
        quoted = (cell.replace('"', '""') for cell in cells)
        lines = "".join(f'v,"{cell}"\n' for cell in quoted)
        table = csv_table(f"vendor.id,{header}\n{lines}", sound=sound)
        return values(table.columns[header.removesuffix("[]")])

    return reading


def values(column):
    return [column.value(row) for row in range(len(column))]


def test_columns_and_texts_stand_under_their_headers(csv_table):
    table = csv_table("vendor.id,vendor.name,price\nacme,Acme,100\n007,,2.50\n")
    assert (table.file, table.rows) == ("bids.csv", 2)
    assert list(table.texts) == ["vendor.id", "vendor.name"]
    assert values(table.texts["vendor.id"]) == ["acme", "007"]
    assert values(table.texts["vendor.name"]) == ["Acme", None]
    assert list(table.columns) == ["price"]
    assert values(table.columns["price"]) == [100, Fraction(5, 2)]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12", 12),
        ("-0.25", Fraction(-1, 4)),
        ("+5", 5),
        ("1_000", 1000),
        ("1e3", 1000),
        (" 7 ", 7),
        ("123456789012345678901234567890.1234", Fraction("123456789012345678901234567890.1234")),
        ("TRUE", True),
        ("fAlSe", False),
        ("yes", "yes"),
        ("NO", "NO"),
        ("60:30", "60:30"),
        ("2026-03-30", date(2026, 3, 30)),
        ("2026-03-30T17:00:00Z", datetime(2026, 3, 30, 17, tzinfo=UTC)),
        ("  AA ", "AA"),
        ("", None),
        ("  ", None),
        ("~", None),
        ("null", None),
        ('="12"', '="12"'),
    ],
)
def test_a_cell_reads_as_an_unquoted_scalar(column, cell, value):
    (found,) = column(cell)
    assert (type(found), found) == (Fraction if type(value) is int else type(value), value)


def test_a_column_of_numbers_is_exact_whatever_their_decimals(column):
    cells = ["0.1", "", "999999999999999999", "-1.005", "1e-30", "3"]
    assert column(*cells) == [Fraction(cell) if cell else None for cell in cells]


def test_numbers_share_a_scale_and_zeros_after_the_point_do_not_count(csv_table):
    table = csv_table("vendor.id,price\na,3450000.00\nb,12.50\n")
    numbers = table.columns["price"].numbers
    assert (numbers.denominator, numbers.numerators.dtype) == (10, np.int64)


def test_a_column_that_mixes_kinds_keeps_each_value(column):
    assert column("12", "n/a", "1.50", "true", "") == [12, "n/a", Fraction(3, 2), True, None]


def test_chunks_of_one_column_may_differ_in_kind(column):
    cells = ["1.5"] * CHUNK + ["n/a"] + [""] * CHUNK + ["2"]
    found = column(*cells)
    assert found[: CHUNK + 1] == [Fraction(3, 2)] * CHUNK + ["n/a"]
    assert found[CHUNK + 1 :] == [None] * CHUNK + [2]


def test_chunks_of_numbers_may_differ_in_decimals(column):
    cells = ["1.5"] * CHUNK + ["2.25"] * CHUNK + ["7"]
    assert column(*cells) == [Fraction(cell) for cell in cells]


def test_a_list_is_split_at_semicolons_and_each_item_is_a_scalar(column):
    cells = ["a; 2 ;true;;", "a", "", ";", "2026-03-30"]
    assert column(*cells, header="x[]") == [["a", 2, True], ["a"], None, [], [date(2026, 3, 30)]]


def test_equal_texts_have_equal_codes_across_chunks(csv_table):
    names = [f"v{row % (CHUNK + 7)}" for row in range(2 * CHUNK)]
    table = csv_table("vendor.id\n" + "\n".join(names) + "\n")
    column = table.texts["vendor.id"]
    assert values(column) == names
    assert len(set(column.codes.tolist())) == len(set(names))
    assert list(column.values_by_code) == list(dict.fromkeys(names))


def test_texts_whose_hashes_clash_stay_apart(csv_table, monkeypatch):
    monkeypatch.setattr(table_columns, "hash", len, raising=False)
    table = csv_table("vendor.id,x\nab,u\ncd,v\nab,u\nabc,v\n")
    assert values(table.texts["vendor.id"]) == ["ab", "cd", "ab", "abc"]
    assert table.texts["vendor.id"].codes.tolist() == [0, 1, 0, 2]


def test_many_distinct_values_are_kept_as_their_text(csv_table):
    clock = [f"00:{row // 60 % 60:02d}:{row % 60:02d}.{row}" for row in range(5000)]
    rows = [f"v,2026-01-01T{each}Z" for each in clock]
    table = csv_table("vendor.id,received\n" + "\n".join(rows) + "\n")
    received = table.columns["received"]
    assert isinstance(received.values_by_code, CellValues)
    assert received.value(61) == datetime(2026, 1, 1, 0, 1, 1, 610000, tzinfo=UTC)
    assert received.kinds() == {"time"}
    assert [v.second for v in received.values_by_code[3:5]] == [3, 4]
    assert len(list(received.values_by_code)) == 5000


def test_text_is_kept_to_the_letter(csv_table):
    name = 'Ä "quoted", 外包\r\n[bold]<b>\u202e=cmd()'
    quoted = name.replace('"', '""')
    table = csv_table(f'vendor.id,vendor.name\nacme," {quoted} "\n')
    assert values(table.texts["vendor.name"]) == [name]


def test_a_byte_order_mark_and_crlf_are_no_part_of_the_cells(csv_table):
    table = csv_table("\ufeffvendor.id,x\r\nacme,7\r\n".encode())
    assert (values(table.texts["vendor.id"]), values(table.columns["x"])) == (["acme"], [7])


def test_the_last_row_needs_no_line_end(csv_table):
    assert values(csv_table("vendor.id,x\nacme,7").columns["x"]) == [7]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_headers_say_what_separates_cells(csv_table, separator):
    rows = (["vendor.id", "a", "b"], ["acme", "1", '"x;y,z\tw"'])
    table = csv_table("".join(separator.join(row) + "\n" for row in rows))
    assert values(table.columns["a"]) == [1]
    assert values(table.columns["b"]) == ["x;y,z\tw"]


def test_a_separator_inside_quoted_headers_does_not_count(csv_table):
    table = csv_table('vendor.id,"a;b;c"\nacme,1\n')
    assert list(table.columns) == ["a;b;c"]


def test_blanks_around_headers_do_not_count(csv_table):
    assert list(csv_table(" vendor.id , x[] \nacme,1\n").columns) == ["x"]


def test_rows_with_nothing_in_them_are_passed_over(csv_table):
    table = csv_table("\n,,\nvendor.id,x\n\nacme,7\n,\n\nbolt,3\n\n")
    assert values(table.columns["x"]) == [7, 3]
    assert [table.place(row, "x").line for row in range(2)] == [5, 8]


def test_empty_cells_beyond_the_headers_do_no_harm(csv_table):
    assert values(csv_table("vendor.id,x,,\nacme,7,,\nbolt,3\n").columns["x"]) == [7, 3]


def test_an_empty_header_over_empty_cells_does_no_harm(csv_table):
    assert list(csv_table("vendor.id,,x\nacme,,7\n").columns) == ["x"]


def test_a_place_is_the_line_on_which_the_row_begins(csv_table):
    table = csv_table('vendor.id,x[],note\nacme,1,"two\r\nlines"\nbolt,2,"a\n\n\nb"\ncore,3,\n')
    assert [table.place(row, "x") for row in range(3)] == [
        Place("bids.csv", 2, "x[]"),
        Place("bids.csv", 4, "x[]"),
        Place("bids.csv", 8, "x[]"),
    ]
    assert str(table.place(1, "note")) == "bids.csv:4:note"


def test_rows_and_headers_have_places_of_their_own(csv_table):
    table = csv_table("\nvendor.id,x\nacme,1\n")
    assert str(table.place(None, "x")) == "bids.csv:2:x"
    assert str(table.place(0, None)) == "bids.csv:3"
    assert str(table.place(0, "no-such-column")) == "bids.csv:3"


def test_a_line_can_be_quoted(csv_table):
    wide = "x" * 300
    rows = "".join(f"v{row},{wide}\r\n" for row in range(10_000))
    table = csv_table(f"\ufeffvendor.id,x\r\n{rows}")
    assert table.line(1) == "vendor.id,x"
    assert [table.line(row) for row in (2, 9999, 10_001)] == [
        f"v0,{wide}",
        f"v9997,{wide}",
        f"v9999,{wide}",
    ]
    assert [table.line(0), table.line(10_002)] == [None, None]


def test_a_line_of_a_file_that_is_gone_cannot_be_quoted(csv_table, tmp_path):
    table = csv_table("vendor.id,x\nacme,1\n")
    (tmp_path / "on-disk.csv").unlink()
    assert table.line(2) is None


def test_headers_without_rows_are_an_empty_table(csv_table):
    table = csv_table("vendor.id,x\n")
    assert (table.rows, len(table.columns["x"]), len(table.texts["vendor.id"])) == (0, 0, 0)


def test_columns_can_be_taken_apart_by_row(csv_table):
    table = csv_table("vendor.id,price,grade\na,1.5,AA\nb,,B\nc,2,\n")
    rows = np.array([2, 0])
    price, grade = table.columns["price"], table.columns["grade"]
    assert isinstance(price, NumberColumn)
    assert isinstance(grade, ValueColumn)
    assert values(price.take(rows)) == [2, Fraction(3, 2)]
    assert values(grade.take(rows)) == [None, "AA"]


WHOLE = st.integers(-(10**18), 10**18)
DECIMAL = st.builds(
    lambda units, places: f"{Decimal(units).scaleb(-places):f}", WHOLE, st.integers(0, 20)
)
NUMBERS = st.one_of(DECIMAL, WHOLE.map(str), st.just(""))


@settings(deadline=None)
@given(st.lists(NUMBERS, min_size=1, max_size=40))
def test_any_decimals_are_exactly_their_text(cells):
    column = table_columns.GrowingColumn(lambda cell: Fraction(cell) if cell else None)
    for start in range(0, len(cells), 7):
        assert column.add(cells[start : start + 7]) == []
    expected = [Fraction(cell) if cell else None for cell in cells]
    assert values(column.column()) == expected


@settings(deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), max_size=20)))
def test_any_text_comes_back_without_the_blanks_around_it(cells):
    column = table_columns.GrowingColumn(None)
    for start in range(0, len(cells), 3):
        column.add(cells[start : start + 3])
    assert values(column.value_column()) == [cell.strip() or None for cell in cells]
