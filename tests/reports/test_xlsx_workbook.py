"""A workbook with numbers that are numbers and text that is only text."""

import io
import zipfile
from fractions import Fraction

import openpyxl
import pytest

from reports.hostile import NAMES
from reports.rounds import a_bid, a_lot, a_round, a_warning, an_evaluation, nodes, two_rounds
from tenderscore.errors import UsageError
from tenderscore.model.records import replace
from tenderscore.reports import Style
from tenderscore.reports._sheet_names import sheet_names
from tenderscore.reports.xlsx_workbook import XlsxWorkbook


def content(*lots, warnings=()):
    return XlsxWorkbook().render(an_evaluation(*lots, warnings=warnings), Style())


def book(*lots, warnings=()):
    return openpyxl.load_workbook(io.BytesIO(content(*lots, warnings=warnings)))


def table(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_a_summary_a_sheet_a_lot_and_the_warnings():
    found = book(two_rounds(), warnings=[a_warning()])
    assert found.sheetnames == ["Summary", "it-support", "Warnings"]
    assert table(found["Summary"])[4][3:6] == ["bolt", 90.4, 0.07]
    assert table(found["it-support"])[0] == [
        *("Lot", "Round", "Rank", "Vendor", "Name", "Outcome", "Total", "Price (CNY)", "screening"),
        *("Experience", "Years", "Price", "Offer", "Reasons"),
    ]
    assert table(found["it-support"])[7] == [
        *("it-support", "Final", 1, "bolt", "Bolt", "advanced", 90.4, 3520000, 83.2),
        *(95, 95, 98, 98, None),
    ]
    assert table(found["Warnings"])[1][:3] == [
        *("missing-fact", "bids/bolt.yaml:7:14", "experience.years is missing"),
    ]


def test_heads_stay_in_sight_and_totals_show_the_declared_decimals():
    sheet = book(two_rounds())["it-support"]
    assert sheet.freeze_panes == "F4"
    assert sheet["G4"].number_format == "#,##0.00"
    assert sheet["H4"].number_format == "#,##0"


def test_the_head_of_a_column_of_numbers_stands_over_them():
    sheet = book(two_rounds())["it-support"]
    right = [cell.value for cell in sheet[1] if cell.alignment.horizontal == "right"]
    assert right == [
        *("Rank", "Total", "Price (CNY)", "screening"),
        *("Experience", "Years", "Price", "Offer"),
    ]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_hostile_name_is_text(name):
    bid = a_bid(name, {"price": 50}, name=name, total=50, rank=1)
    found = book(a_lot(a_round(bid), id_=name))
    for sheet in found:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type in {"s", "n"}
            assert cell.hyperlink is None
            assert str(cell.value or "").isprintable()
    assert all(len(sheet) <= 31 for sheet in found.sheetnames)


def test_the_same_result_is_the_same_bytes_with_a_fixed_date():
    once, again = content(two_rounds()), content(two_rounds())
    assert once == again
    with zipfile.ZipFile(io.BytesIO(once)) as archive:
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_on_paper_a_sheet_is_one_page_wide_where_it_can_be_read_then():
    for sheet in book(two_rounds(), warnings=[a_warning()]):
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    many = nodes({f"x{n}": ("A criterion with a title", 1, "leaf") for n in range(40)})
    wide = book(a_lot(a_round(nodes=many), id_="it-support"))["it-support"]
    assert not wide.sheet_properties.pageSetUpPr.fitToPage


def test_chinese_columns_are_wide_enough():
    name = "粤心客户服务有限公司"
    sheet = book(a_lot(a_round(a_bid("a", name=name, total=1, rank=1))))["all"]
    assert sheet.column_dimensions["E"].width > 2 * len(name)


def test_sheet_names_are_short_and_unlike():
    assert sheet_names(["Lot", "lot", "History", "a[b]*?:/\\", "x" * 40, "x" * 41, "'q'"]) == [
        *("Lot", "lot (2)", "History (2)", "a_b______"),
        *("x" * 31, "x" * 27 + " (2)", "q"),
    ]
    assert all(len(name.encode("utf-16-le")) <= 62 for name in sheet_names(["𠀀" * 40, "𠀀" * 41]))


def test_very_many_lots_share_a_sheet():
    lots = [a_lot(a_round(a_bid("a", total=1, rank=1)), id_=f"l{n}") for n in range(101)]
    found = book(*lots)
    assert found.sheetnames == ["Summary", "Bids"]
    assert [row[0] for row in table(found["Bids"])[3:]] == [f"l{n}" for n in range(101)]


def test_more_rows_than_a_sheet_holds_are_refused():
    class Endless:
        def __len__(self):
            return 2_000_000

        def __getitem__(self, position):
            return ()

    evaluation = an_evaluation(a_lot(a_round()))
    object.__setattr__(evaluation.lots["all"].rounds[0], "bids", Endless())
    with pytest.raises(UsageError, match="2,000,000 rows are more than a worksheet holds"):
        XlsxWorkbook().render(evaluation, Style())


def test_a_failed_minimum_is_never_shown_as_met():
    nodes = a_round().nodes
    low = a_bid("a", {"experience": Fraction("89.996")}, total=50)
    group = replace(nodes[0], minimum=Fraction(90))
    criteria = tuple(replace(result, node=group) for result in low.criteria[:1])
    bid = replace(low, criteria=criteria, reasons=())
    sheet = book(a_lot(a_round(bid, nodes=(group,), criterion_decimals=None)))["all"]
    assert sheet["I4"].number_format == "#,##0.000"
