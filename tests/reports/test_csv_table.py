"""CSV: a row a bid and round, numbers that are numbers, text that is never a formula."""

import csv
import io
from fractions import Fraction
from textwrap import dedent

import pytest

from reports.hostile import NAMES
from reports.rounds import a_bid, a_lot, a_round, an_evaluation, two_rounds
from tenderscore.reports import Style
from tenderscore.reports.csv_table import CsvTable


def rows(*lots):
    content = CsvTable().render(an_evaluation(*lots), Style())
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_bid_has_a_row_in_each_round_and_a_set_aside_one_has_one_too():
    content = CsvTable().render(an_evaluation(two_rounds()), Style()).decode("utf-8-sig")
    assert content.replace("\r\n", "\n") == dedent(r"""
        lot,round,rank,vendor,name,bid,outcome,total,price,reasons,carried:screening,\
        points:experience,points:experience.years,points:price,points:price.offer
        it-support,screening,1,acme,Acme,acme,advanced,85.41,3450000,,,82.345,82.345,90,90
        it-support,screening,2,bolt,Bolt,bolt,advanced,83.2,3520000,,,80,80,88,88
        it-support,screening,3,core,Core,core,not_advanced,58,3980500,\
        "rank 3, and at most 2 advance",,50,50,70,70
        it-support,screening,,dusk,Dusk,dusk,eliminated,,3000000,\
        received 41 seconds after the deadline,,,,,
        it-support,final,1,bolt,Bolt,bolt,advanced,90.4,3520000,,83.2,95,95,98,98
        it-support,final,2,acme,Acme,acme,not_advanced,90.33,3450000,\
        "rank 2, and at most 1 advances",85.41,90,90,100,100
        it-support,,,acme,Acme,acme-1,superseded,,,replaced by acme-2,,,,,
        """).lstrip().replace("\\\n", "")


def test_excel_is_told_that_this_is_utf_8():
    assert CsvTable().render(an_evaluation(), Style()).startswith(b"\xef\xbb\xbflot,")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_no_cell_of_text_is_a_formula_or_hides_anything(name):
    (row,) = rows(a_lot(a_round(a_bid(name, name=name, total=1, rank=1))))
    for cell in (row["vendor"], row["name"]):
        assert cell[0] not in "=+-@\t\r＝＋－＠"
        assert cell.isprintable()


def test_an_apostrophe_before_a_formula_is_told_from_one_in_the_text():
    names = ["=1", "'=1", "''=1", "'Acme"]
    lots = [a_lot(a_round(a_bid("v", name=name, total=1, rank=1)), id_=name) for name in names]
    assert [row["name"] for row in rows(*lots)] == ["'=1", "''=1", "'''=1", "'Acme"]


def test_numbers_keep_their_decimals_and_negative_ones_stay_numbers():
    bid = a_bid("v", {"price": Fraction(1, 3)}, total="82.25", rank=1, price=-5)
    (row,) = rows(a_lot(a_round(bid)))
    assert (row["total"], row["price"]) == ("82.25", "-5")
    assert row["points:price"] == "0.3333333333333333"
