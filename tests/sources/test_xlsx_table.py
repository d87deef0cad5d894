"""A worksheet becomes the same columns as the CSV that says the same."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import openpyxl
import pytest
import xlsxwriter

from tenderscore.errors import Place
from tenderscore.sources.tables import TABLE_SOURCES, read_table
from tenderscore.sources.xlsx_table import read

TEXTS = frozenset({"vendor.id", "vendor.name", "id", "supersedes", "lot"})


@pytest.fixture
def workbook(tmp_path):
    """A table of rows that xlsxwriter wrote; a function as cell writes itself at row and column."""

    def writing(*sheets, options=None, **kinds):
        path = tmp_path / "on-disk.xlsx"
        with xlsxwriter.Workbook(path, options) as book:
            formats = {name: book.add_format({"num_format": code}) for name, code in kinds.items()}
            for name, rows in sheets:
                sheet = book.add_worksheet(name)
                for y, row in enumerate(rows):
                    for x, cell in enumerate(row):
                        if callable(cell):
                            cell(sheet, y, x, formats)
                        else:
                            sheet.write(y, x, cell)
        return path

    return writing


def formula(text, value=0):
    return lambda sheet, y, x, _formats: sheet.write_formula(y, x, text, None, value)


def shown(number, kind):
    return lambda sheet, y, x, formats: sheet.write_number(y, x, number, formats[kind])


def text(content):
    return lambda sheet, y, x, _formats: sheet.write_string(y, x, content)


def values(column):
    return [column.value(row) for row in range(len(column))]


def table_of(path, *, sound=True, **options):
    table = read(path, "bids.xlsx", texts=TEXTS, **options)
    if sound:
        assert table.problems == ()
    return table


@pytest.fixture
def column(workbook):
    """The values of a column `x` whose cells are given, beside a column of ids."""

    def reading(*cells, header="x", **kinds):
        rows = [["vendor.id", header], *(["v", cell] for cell in cells)]
        return values(table_of(workbook(("Sheet1", rows), **kinds)).columns["x"])

    return reading


def test_columns_and_texts_stand_under_their_headers(workbook):
    rows = [["vendor.id", "vendor.name", "price"], ["acme", "Acme", 100], ["007", None, 2.5]]
    table = table_of(workbook(("Sheet1", rows)))
    assert (table.file, table.rows) == ("bids.xlsx", 2)
    assert values(table.texts["vendor.id"]) == ["acme", "007"]
    assert values(table.texts["vendor.name"]) == ["Acme", None]
    assert list(table.columns) == ["price"]
    assert values(table.columns["price"]) == [100, Fraction(5, 2)]


@pytest.mark.parametrize(
    ("number", "value"),
    [
        (12, 12),
        (0.1 + 0.2, Fraction(3, 10)),
        (1 / 3, Fraction(333333333333333, 10**15)),
        (123456789012345678, 123456789012346000),
        (1e20, 10**20),
        (1.5e-7, Fraction(15, 10**8)),
        (-2.675, Fraction(-2675, 1000)),
        (0, 0),
    ],
)
def test_a_number_counts_at_fifteen_significant_digits(column, number, value):
    assert column(number) == [value]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("true", True),
        ("12", 12),
        (" 1_000 ", 1000),
        ("2026-03-30", date(2026, 3, 30)),
        ("2026-03-30T09:12:00Z", datetime(2026, 3, 30, 9, 12, tzinfo=UTC)),
        ("~", None),
        ("", None),
        ("  ", None),
        ("=cmd()", "=cmd()"),
        ("外包 <b>&amp;\n\u202e", "外包 <b>&amp;\n\u202e"),
        ("_x0041_", "_x0041_"),
    ],
)
def test_text_that_was_typed_reads_as_an_unquoted_scalar(column, written, value):
    assert column(text(written), 1) == [value, 1]


def test_booleans_are_booleans(column):
    assert column(True, False, formula("=1=1", True)) == [True, False, True]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (formula('="007"', "007"), "007"),
        (formula('="007"'), "007"),
        (formula('= "say ""12"""'), 'say "12"'),
        (formula('="NO"', "NO"), "NO"),
        (formula('="true"', "true"), "true"),
        (formula('=A1&"5"', "5"), "5"),
        (formula('=""', ""), None),
        (formula("=6*7", 42), 42),
        (formula("=1/4", 0.25), Fraction(1, 4)),
    ],
)
def test_text_from_a_formula_is_text_whatever_it_looks_like(column, cell, value):
    assert column(cell, 1) == [value, 1]


@pytest.mark.parametrize(
    ("number", "code", "value"),
    [
        (46111, "yyyy-mm-dd", date(2026, 3, 30)),
        (46111, "dd/mm/yyyy;@", date(2026, 3, 30)),
        (46111, 'yyyy"年"m"月"d"日"', date(2026, 3, 30)),
        (46111, "[$-804]yyyy\\-mm\\-dd", date(2026, 3, 30)),
        (59, "yyyy-mm-dd", date(1900, 2, 28)),
        (61, "yyyy-mm-dd", date(1900, 3, 1)),
        (2958465, "yyyy-mm-dd", date(9999, 12, 31)),
        (0.5, "hh:mm", "12:00:00"),
        (1.25, "[h]:mm", "30:00:00"),
        (46111, "0.00", 46111),
        (46111, "General", 46111),
        (46111, "0.0E+00", 46111),
        (46111, '#,##0 "days"', 46111),
        (46111, "[Red]#,##0;[Blue]-#,##0", 46111),
        (0.25, "0 %", Fraction(1, 4)),
        (3, "[$¥-804]#,##0.00", 3),
    ],
)
def test_a_number_is_a_date_where_it_is_shown_as_one(column, number, code, value):
    assert column(shown(number, "kind"), kind=code) == [value]


@pytest.mark.parametrize("code", [14, 17, 22, 27, 31, 57])
def test_dates_in_the_formats_that_every_spreadsheet_knows_are_dates(column, code):
    assert column(shown(46111, "kind"), kind=code) == [date(2026, 3, 30)]


def test_a_workbook_may_count_its_days_from_1904(workbook):
    rows = [["vendor.id", "x"], ["v", shown(44649, "kind")], ["w", shown(0, "kind")]]
    path = workbook(("Sheet1", rows), options={"date_1904": True}, kind="yyyy-mm-dd")
    assert values(table_of(path).columns["x"]) == [date(2026, 3, 30), date(1904, 1, 1)]


def test_a_list_is_split_at_semicolons(column):
    cells = ["a; 2 ;true", 7, None, formula('="7;8"', "7;8")]
    assert column(*cells, header="x[]") == [["a", 2, True], [7], None, ["7", "8"]]


def test_a_number_is_text_as_shown_where_text_is_wanted(workbook):
    cells = [7, 1.5, 123456789012345, 1e18, True, shown(46111, "day"), " a ", formula('="007"')]
    path = workbook(("Sheet1", [["vendor.id"], *([cell] for cell in cells)]), day="dd.mm.yyyy")
    texts = table_of(path).texts["vendor.id"]
    plain = ["7", "1.5", "123456789012345", "1000000000000000000", "TRUE", "2026-03-30"]
    assert values(texts) == [*plain, "a", "007"]


def test_a_header_may_be_a_number(workbook):
    table = table_of(workbook(("Sheet1", [["vendor.id", 2026], ["acme", 1]])))
    assert values(table.columns["2026"]) == [1]


def test_empty_rows_and_columns_do_no_harm(workbook):
    rows = [[], [None, None, "vendor.id", None, "x"], [], [None, None, "acme", None, 7], [], []]
    rows += [[None, None, "bolt", "", 3]]
    table = table_of(workbook(("Sheet1", rows)))
    assert values(table.columns["x"]) == [7, 3]
    assert [str(table.place(row, "x")) for row in range(2)] == [
        "bids.xlsx:Sheet1!E4",
        "bids.xlsx:Sheet1!E7",
    ]


def test_a_place_is_a_sheet_and_a_cell(workbook):
    headers = ["vendor.id", *(f"c{column}" for column in range(1, 30))]
    rows = [headers, ["acme", *range(29)]]
    table = table_of(workbook(("Offers", rows)))
    assert table.place(0, "c5") == Place("bids.xlsx", 2, "F", "Offers")
    assert str(table.place(0, "c26")) == "bids.xlsx:Offers!AA2"
    assert str(table.place(None, "vendor.id")) == "bids.xlsx:Offers!A1"
    assert str(table.place(0, None)) == "bids.xlsx:Offers!2"


def test_a_row_can_be_quoted(workbook):
    rows = [["vendor.id", "x", "y"], ["acme", 0.1 + 0.2, formula('="007"')], ["bolt", None, True]]
    table = table_of(workbook(("Sheet1", rows)))
    assert [table.line(row) for row in range(1, 5)] == [
        "vendor.id | x | y",
        "acme | 0.3 | 007",
        "bolt | TRUE",
        None,
    ]


def test_the_first_sheet_with_something_in_it_is_read(workbook):
    path = workbook(("Empty", []), ("Offers", [["vendor.id"], ["acme"]]))
    assert str(table_of(path).place(0, "vendor.id")) == "bids.xlsx:Offers!A2"


def test_other_sheets_with_something_in_them_are_a_warning(workbook):
    sheets = [("Offers", [["vendor.id"], ["a"]]), ("Notes", [["n"]]), ("Void", []), ("More", [[1]])]
    (warning,) = table_of(workbook(*sheets), sound=False).problems
    assert (warning.severity, warning.code) == ("warning", "other-sheets")
    assert str(warning.message) == "only the sheet Offers is read, not Notes, More"


def test_hidden_sheets_are_not_read(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["old"])
    book.active.sheet_state = "hidden"
    book.create_sheet("Offers").append(["vendor.id"])
    book["Offers"].append(["acme"])
    book.create_sheet("Secret").append(["x"])
    book["Secret"].sheet_state = "veryHidden"
    book.save(tmp_path / "bids.xlsx")
    assert values(table_of(tmp_path / "bids.xlsx").texts["vendor.id"]) == ["acme"]


def test_another_writers_workbook_reads_alike(tmp_path):
    book = openpyxl.Workbook()
    rows = [
        ["vendor.id", "price", "founded", "licence", "note", "code"],
        ["acme", 0.1 + 0.2, date(2010, 5, 1), True, "  NO ", '="007"'],
        ["bolt", 12, datetime(2011, 6, 2), False, None, "x"],  # noqa: DTZ001 - cells have no zone
    ]
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "bids.xlsx")
    table = table_of(tmp_path / "bids.xlsx")
    assert {name: values(column) for name, column in table.columns.items()} == {
        "price": [Fraction(3, 10), 12],
        "founded": [date(2010, 5, 1), date(2011, 6, 2)],
        "licence": [True, False],
        "note": ["NO", None],
        "code": ["007", "x"],
    }


def problems_of(workbook, *cells, **kinds):
    rows = [["vendor.id", "x"], *(["v", cell] for cell in cells)]
    found = table_of(workbook(("Sheet1", rows), **kinds), sound=False).problems
    return [f"{p.place}: {p.severity}[{p.code}]: {p.message}" for p in found]


def test_an_error_cell_is_a_problem(workbook):
    assert problems_of(workbook, 1, formula("=1/0", "#DIV/0!"), formula("=NA()", "#N/A")) == [
        "bids.xlsx:Sheet1!B3: error[cell-error]: the cell shows the error #DIV/0!",
        "bids.xlsx:Sheet1!B4: error[cell-error]: the cell shows the error #N/A",
    ]


def test_a_formula_that_was_never_worked_out_is_a_problem(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["vendor.id", "x"])
    book.active.append(["acme", "=1+1"])
    book.save(tmp_path / "bids.xlsx")
    (problem,) = table_of(tmp_path / "bids.xlsx", sound=False).problems
    assert (problem.code, str(problem.place)) == ("formula-without-value", "bids.xlsx:Sheet!B2")


def test_a_date_with_a_time_of_day_lacks_its_zone(workbook):
    moment = 46111 + timedelta(hours=9, minutes=12) / timedelta(days=1)
    (problem,) = problems_of(workbook, shown(moment, "kind"), kind="yyyy-mm-dd")
    assert problem == (
        "bids.xlsx:Sheet1!B2: error[time-without-zone]: "
        "2026-03-30T09:12:00 is a time of day without a zone"
    )


@pytest.mark.parametrize("number", [-1, 60, 2958466, 1e300])
def test_a_date_that_no_calendar_has_is_a_problem(workbook, number):
    (problem,) = problems_of(workbook, shown(number, "kind"), kind="yyyy-mm-dd")
    assert problem.startswith("bids.xlsx:Sheet1!B2: error[date-invalid]: ")


def test_a_duration_that_no_cell_shows_is_a_problem(workbook):
    (problem,) = problems_of(workbook, shown(-1, "kind"), kind="[h]:mm")
    assert problem.startswith("bids.xlsx:Sheet1!B2: error[date-invalid]: ")


def test_cells_beyond_the_headers_are_a_problem_once_a_column(workbook):
    rows = [["vendor.id", None, "x"], ["a", 1, 2, 3], ["b", 1, 2, 3, None, 4]]
    found = table_of(workbook(("Sheet1", rows)), sound=False).problems
    assert [(p.code, str(p.place)) for p in found] == [
        ("column-without-header", "bids.xlsx:Sheet1!B1"),
        ("column-without-header", "bids.xlsx:Sheet1!D2"),
        ("column-without-header", "bids.xlsx:Sheet1!F3"),
    ]


def test_problems_of_headers_and_scalars_are_those_of_a_csv(workbook):
    rows = [["vendor.id", "x", "x", "a..b", "n"], ["acme", "010", 1, 2, text("9" * 31)]]
    found = table_of(workbook(("Sheet1", rows)), sound=False).problems
    assert [(p.code, str(p.place)) for p in found] == [
        ("duplicate-column", "bids.xlsx:Sheet1!C1"),
        ("bad-path", "bids.xlsx:Sheet1!D1"),
        ("leading-zero", "bids.xlsx:Sheet1!B2"),
        ("number-range", "bids.xlsx:Sheet1!E2"),
    ]
    assert str(found[-1].help).startswith('write ="..." where it is text')


def test_a_workbook_and_its_csv_twin_have_equal_columns(workbook, tmp_path):
    """The same offers typed into both; dates and times as each kind of file has them."""
    headers = ["vendor.id", "lot", "price", "years", "founded", "licence", "certificates[]", "x"]
    csv_rows = [
        "acme,web,3450000,12.5,2010-05-01,TRUE,ISO9001; 7,0.3",
        "007,NO,12.75,,2011-06-02,false,,n/a",
        "bolt,web,,3,,,ISO27001,2026-03-30T09:12:00+08:00",
    ]
    xlsx_rows = [
        ["acme", "web", 3450000, 12.5, shown(40299, "day"), True, "ISO9001; 7", 0.1 + 0.2],
        [text("007"), "NO", 12.75, None, shown(40696, "day"), text("false"), None, "n/a"],
        ["bolt", "web", None, 3, None, None, "ISO27001", "2026-03-30T09:12:00+08:00"],
    ]
    path = tmp_path / "bids.csv"
    path.write_text("\n".join([",".join(headers), *csv_rows]) + "\n", encoding="utf-8")
    there = read_table(workbook(("S", [headers, *xlsx_rows]), day="d/m/yy"), "b", texts=TEXTS)
    here = read_table(path, "b", texts=TEXTS)
    assert here.problems == there.problems == ()
    for kind in ("columns", "texts"):
        mine, theirs = getattr(here, kind), getattr(there, kind)
        assert {n: values(c) for n, c in mine.items()} == {n: values(c) for n, c in theirs.items()}
        assert {n: type(c) for n, c in mine.items()} == {n: type(c) for n, c in theirs.items()}


@pytest.mark.parametrize("suffix", sorted(TABLE_SOURCES))
def test_a_tables_extension_may_be_in_capitals(workbook, tmp_path, suffix):
    path = tmp_path / f"BIDS{suffix.upper()}"
    made = workbook(("S", [["vendor.id"], ["acme"]])).read_bytes()
    path.write_bytes(made if suffix == ".xlsx" else b"vendor.id\nacme\n")
    assert values(read_table(path, "b", texts=TEXTS).texts["vendor.id"]) == ["acme"]


def test_a_second_reader_sees_the_same_cells(workbook):
    """openpyxl, which shares no code with this reader, agrees on kinds and values."""
    cells = [1, 2.5, -3, 1e-5, "text", True, formula("=2*3", 6), shown(40299.0, "day"), " <&> "]
    rows = [["vendor.id", "x"], *([f"v{row}", each] for row, each in enumerate(cells))]
    path = workbook(("Sheet1", rows), day="d mmm yyyy")
    sheet = openpyxl.load_workbook(path, data_only=True).active
    theirs = [row[1].value for row in sheet.iter_rows(min_row=2)]
    mine = values(table_of(path).columns["x"])
    for ours, other in zip(mine, theirs, strict=True):
        if isinstance(other, datetime):
            assert datetime.combine(ours, time()) == other
        elif isinstance(other, str):
            assert ours == other.strip()
        else:
            assert ours == (other if isinstance(other, bool) else Fraction(repr(other)))
