"""What is wrong with a CSV table is said once for each cell, row or header, with its place."""

import os

import pytest

from tenderscore.errors import Place
from tenderscore.sources import csv_table as module
from tenderscore.sources.csv_table import read
from tenderscore.sources.growing_table import CHUNK, MOST_PROBLEMS

TEXTS = frozenset({"vendor.id", "lot"})


@pytest.fixture
def table(tmp_path):
    def reading(content):
        path = tmp_path / "on-disk.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read(path, "bids.csv", texts=TEXTS)

    return reading


@pytest.fixture
def found(table):
    """Place, code and message of each problem."""

    def reading(content):
        return [f"{p.place}: {p.severity}[{p.code}]: {p.message}" for p in table(content).problems]

    return reading


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("9" * 31, f"error[number-range]: {'9' * 31} is not under 1e30, as numbers must be"),
        ("1e999999999", "error[number-range]: 1e999999999 is not under 1e30, as numbers must be"),
        (
            "1e-31",
            "error[number-precision]: 1e-31 has more than 34 digits or more than 30 decimals",
        ),
        (".inf", "error[not-finite]: numbers must be finite, and .inf is not"),
        ("2026-02-30", "error[date-invalid]: there is no such day or time as 2026-02-30"),
        (
            "2026-03-30 09:12",
            "error[time-without-zone]: 2026-03-30 09:12 is a time of day without a zone",
        ),
    ],
)
def test_a_cell_that_is_no_value_is_an_error(found, cell, problem):
    assert found(f"vendor.id,x\nacme,7\nbolt,{cell}\n") == [f"bids.csv:3:x: {problem}"]


def test_a_lists_item_that_is_no_value_is_an_error(found):
    (problem,) = found("vendor.id,x[]\nacme,a;2026-02-30\n")
    assert problem.startswith("bids.csv:2:x[]: error[date-invalid]")


def test_no_help_tells_to_quote_a_cell_since_quotes_make_no_text(table):
    problems = table(f"vendor.id,a,b,c\nacme,{'9' * 40},2026-01-01T10:00,.nan\n").problems
    assert len(problems) == 3
    assert not [p for p in problems if p.help is not None and "quotes" in str(p.help)]


def test_the_cell_with_an_error_counts_as_missing(table):
    column = table("vendor.id,x\nacme,.inf\nbolt,3\n").columns["x"]
    assert [column.value(0), column.value(1)] == [None, 3]


def test_problems_stand_in_reading_order(table):
    rows = ["a,.inf,7", "b,7,.nan", "c,.nan,.nan"]
    problems = table("vendor.id,y,x\n" + "\n".join(rows) + "\n").problems
    assert [str(p.place) for p in problems] == [
        "bids.csv:2:y",
        "bids.csv:3:x",
        "bids.csv:4:x",
        "bids.csv:4:y",
    ]


def test_cells_that_begin_with_zero_are_one_warning_a_column(found):
    rows = "".join(f"v{row},0{row}\n" for row in range(1, CHUNK + 10))
    (problem,) = found(f"vendor.id,x\nv,7\n{rows}")
    assert problem == (
        "bids.csv:3:x: warning[leading-zero]: 01 begins with 0 and is read as text; "
        f"cells like it in this column: {CHUNK + 9}"
    )


def test_an_item_of_a_list_that_begins_with_zero_is_a_warning(found):
    (problem,) = found("vendor.id,x[]\nacme,1; 007\n")
    assert problem.startswith("bids.csv:2:x[]: warning[leading-zero]: ")


def test_ids_may_begin_with_zero(found):
    assert found("vendor.id,lot\n007,08\n") == []


def test_the_first_thousand_problems_are_listed_and_the_rest_counted(found):
    rows = "".join(f"v{row},.inf,.nan\n" for row in range(CHUNK))
    problems = found(f"vendor.id,x,y\n{rows}")
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[0].startswith("bids.csv:2:x: ")
    assert problems[-2].startswith(f"bids.csv:{MOST_PROBLEMS // 2 + 1}:y: ")
    rest = 2 * CHUNK - MOST_PROBLEMS
    assert problems[-1] == f"bids.csv: error[too-many-problems]: {rest} more problems in this file"


def test_warnings_that_are_not_listed_are_no_error(found):
    headers = ",".join(f"x{column}" for column in range(MOST_PROBLEMS + 5))
    cells = ",".join(["01"] * (MOST_PROBLEMS + 5))
    problems = found(f"vendor.id,{headers}\nacme,{cells}\n")
    assert problems[-1] == "bids.csv: warning[too-many-problems]: 5 more problems in this file"


def test_a_header_stands_once(table):
    read_twice = table("vendor.id,x,x,x[]\nacme,1,2,3\n")
    assert [(p.code, str(p.place)) for p in read_twice.problems] == [
        ("duplicate-column", "bids.csv:1:x"),
        ("duplicate-column", "bids.csv:1:x[]"),
    ]
    assert str(read_twice.problems[0].message) == "the column x stands twice"
    assert read_twice.problems[0].also[0][1] == Place("bids.csv", 1, "x")
    assert read_twice.columns["x"].value(0) == 1


@pytest.mark.parametrize("header", ["a..b", ".a", "a.", ".", "[]", "a. .b", "a .b"])
def test_a_header_is_a_path(found, header):
    assert found(f"vendor.id,{header},x\nacme,1,2\n") == [
        f"bids.csv:1:{header}: error[bad-path]: '{header}' is no path of a fact"
    ]


def test_an_id_is_no_list(found):
    assert found("vendor.id[],lot\nacme,web\n") == [
        "bids.csv:1:vendor.id[]: error[bad-path]: vendor.id is text and cannot be a list"
    ]


def test_cells_need_a_header(found):
    assert found("vendor.id,,x\nacme,,7\nbolt,3,7\ncore,4,7\n") == [
        "bids.csv:1:2: error[column-without-header]: a column with cells in it needs a header"
    ]


def test_every_row_has_a_cell_for_each_header(found, table):
    text = "vendor.id,x,y\nacme,1,2,3\nbolt,1,2\ncore,1\n"
    assert found(text) == [
        "bids.csv:2: error[row-length]: 4 cells under 3 headers",
        "bids.csv:4: error[row-length]: 2 cells under 3 headers",
    ]
    assert table(text).rows == 1


def test_a_quote_that_is_never_closed_is_an_error_where_its_row_begins(found):
    text = 'vendor.id,x\nacme,7\nbolt,"3\ncore,4\n' + "dyne,5\n" * 100
    assert found(text) == [
        "bids.csv:3: error[open-quote]: a quoted cell that begins in this row is not closed"
    ]


def test_a_quote_left_open_before_a_flood_of_rows_ends_the_reading(found):
    assert found('vendor.id,x\nbolt,"3\n' + "core,4\n" * 100_000) == [
        "bids.csv:2: error[open-quote]: a quoted cell that begins in this row is not closed"
    ]


def test_text_after_a_closing_quote_is_an_error_of_its_row_alone(found):
    assert found('vendor.id,x\n"acme"s,7\nbolt,.inf\n"core"s,1\n') == [
        "bids.csv:2: error[open-quote]: a quoted cell goes on after its closing quote",
        "bids.csv:3:x: error[not-finite]: numbers must be finite, and .inf is not",
        "bids.csv:4: error[open-quote]: a quoted cell goes on after its closing quote",
    ]


def test_a_flood_of_rows_that_are_no_csv_is_counted(found):
    problems = found("vendor.id,x\n" + '"a"b,1\n' * 3 * CHUNK + "bolt,.inf\n")
    assert len(problems) == MOST_PROBLEMS + 1
    rest = 3 * CHUNK + 1 - MOST_PROBLEMS
    assert problems[-1].endswith(f": {rest} more problems in this file")


def test_a_cell_is_bounded(found):
    assert found(f"vendor.id,x\nacme,{'x' * 10_000}\n") == []
    assert found(f"vendor.id,x\nacme,7\nbolt,{'x' * 200_000}\n") == [
        "bids.csv:3: error[cell-too-large]: a cell has at most 131072 characters"
    ]


def test_a_line_is_bounded(found):
    assert found(b"vendor.id,x\nacme," + b"x" * 2**23) == [
        "bids.csv:2: error[cell-too-large]: a line has at most 2097152 bytes"
    ]


def test_a_file_is_bounded(found, monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 2**20)
    assert found("vendor.id,x\n" + "acme,7\n" * 2**18) == [
        "bids.csv: error[file-too-large]: this file is larger than 1 MB and is not read"
    ]


def test_columns_are_bounded(found):
    assert found(",".join(f"c{column}" for column in range(20_000)) + "\n1\n") == [
        "bids.csv:1: error[too-many-columns]: a table has at most 16384 columns"
    ]


@pytest.mark.parametrize("content", ["", "\ufeff", "\n\n", ",,\n,\n", "   \n"])
def test_a_table_begins_with_headers(found, content):
    assert found(content) == [
        "bids.csv: error[empty-table]: the table is empty: a row of headers comes first"
    ]


def test_text_that_is_not_utf_8_is_an_error_with_its_line(found, table):
    content = b"vendor.id,x\nacme,7\n" + "bolt,外包\n".encode("gb18030")
    assert found(content) == ["bids.csv:3: error[not-utf8]: the byte 0xcd here is not UTF-8"]
    assert str(table(content).problems[0].help) == "save the table as CSV in UTF-8"
    assert table(content).rows == 0


def test_bad_utf_8_far_into_the_file_has_its_line(found):
    content = b"vendor.id,x\n" + b"acme,7\n" * 500_000 + b"bolt,\xff\n"
    assert found(content) == ["bids.csv:500002: error[not-utf8]: the byte 0xff here is not UTF-8"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_other_unicode_than_utf_8_is_an_error(found, encoding):
    (problem,) = found("vendor.id,x\nacme,7\n".encode(encoding))
    assert "error[not-utf8]" in problem


def test_a_nul_byte_is_an_error_with_its_line(found):
    assert found("vendor.id,x\nacme,7\nbolt,\0\n") == [
        "bids.csv:3: error[not-utf8]: this is not UTF-8 text: UTF-16 perhaps, or no text at all"
    ]


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    (problem,) = read(tmp_path / "gone.csv", "bids.csv", texts=TEXTS).problems
    assert (problem.code, str(problem.place)) == ("file-unreadable", "bids.csv")


def test_what_is_not_a_file_is_no_table(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path, tmp_path / "pipe.csv"):
        (problem,) = read(path, "bids.csv", texts=TEXTS).problems
        assert (problem.code, str(problem.place)) == ("not-a-file", "bids.csv")
