"""Sheets that came back damaged, or were made to do harm: a clean answer each time."""

import random
import zipfile

import openpyxl
import pytest
from tests.sheets.filling import ROUND, fill

from tenderscore.sheets.record import Asked, AskedBlock, asked_of
from tenderscore.sheets.xlsx_returned import returned_workbook


@pytest.fixture
def sheet(round_files, run):
    """The path of Wang's sheet, filled."""
    folder = round_files(ROUND)
    assert run("sheets", "make", "bids", "--round", "visits", "--output", "out").code == 0
    path = folder / "out/wang.xlsx"
    fill(path, dict.fromkeys(range(6), 3))
    return path


def test_bytes_that_were_changed_on_the_way(sheet):
    content = sheet.read_bytes()
    chance = random.Random(7)  # noqa: S311 - any damage will do, but the same each time
    for _ in range(150):
        damaged = bytearray(content)
        for _ in range(chance.randrange(1, 20)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        sheet.write_bytes(bytes(damaged[: chance.choice([None, chance.randrange(len(damaged))])]))
        returned = returned_workbook(sheet, "wang.xlsx")
        assert returned is None or returned.scores or returned.problems


@pytest.mark.parametrize(
    ("word", "column", "value"),
    [
        ("format", 2, "tenderscore/sheet/2"),
        ("block", 6, "9"),
        ("block", 7, "many"),
        ("block", 7, "-5"),
        ("block", 7, "9" * 5000),
        ("block", 2, "no such sheet"),
        ("question", 3, "=cmd()"),
        ("evaluator", 1, None),
    ],
)
def test_what_is_behind_the_sheet_was_changed(sheet, run, word, column, value):
    book = openpyxl.load_workbook(sheet)
    for row in book["_tenderscore"].iter_rows():
        if row[0].value == word:
            book["_tenderscore"].cell(row[0].row, column).value = value
            book["_tenderscore"].cell(row[0].row, column).data_type = "s" if value else "n"
            break
    book.save(sheet)
    done = run("sheets", "read", sheet, "--into", "scores")
    assert (done.code, "error[" in done.err, done.out) == (1, True, "")


def test_a_sheet_that_claims_to_ask_more_than_a_worksheet_holds():
    questions = tuple((f"g.c{number}", "text") for number in range(1100))
    block = AskedBlock("Scores", None, "acme", "Acme", 6, questions)
    rows = list(Asked({"format": "x"}, (block,) * 1000).rows())
    with pytest.raises(ValueError, match="1000"):
        asked_of(rows)


def test_a_part_that_unpacks_without_end(sheet, run):
    with zipfile.ZipFile(sheet) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet>" + b" " * 2**27
    with zipfile.ZipFile(sheet, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    done = run("sheets", "read", sheet, "--into", "scores")
    assert (done.code, "out/wang.xlsx: error[file-too-large]" in done.err) == (1, True)


def test_an_evaluators_id_never_leads_out_of_the_folder(round_files, run):
    panel = "evaluators: [{id: ../../li, groups: [talk]}]\n"
    folder = round_files(ROUND | {"panel.yaml": panel})
    args = ("--round", "visits", "--output", "out")
    assert run("sheets", "make", "bids", *args).code == 0
    assert [path.name for path in (folder / "out").iterdir()] == ["_.._.._li.xlsx"]
    fill(folder / "out/_.._.._li.xlsx", {0: 50})
    assert run("sheets", "read", "out", "--into", "scores").code == 0
    assert [path.name for path in (folder / "scores").iterdir()] == ["_.._.._li.yaml"]
