"""Score sheets in LibreOffice, where it is there: opened, worked out and saved, nothing is lost."""

import shutil
import subprocess

import openpyxl
import pytest
from tests.sheets.filling import ROUND, fill, worksheets

OFFICE = shutil.which("soffice")

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")


@pytest.fixture
def saved(round_files, run):
    """Wang's sheet, filled with marks, after LibreOffice has opened and saved it."""

    def invoke(marks):
        folder = round_files(ROUND)
        assert run("sheets", "make", "bids", "--round", "visits", "--output", "out").code == 0
        fill(folder / "out/wang.xlsx", marks)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        convert = ["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
        command = [OFFICE, profile, *convert, "--outdir", "saved", "out/wang.xlsx"]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return folder / "saved/wang.xlsx"

    return invoke


MARKS = {0: (5, "Day and night, two guards"), 1: 2.5, 2: 70, 3: "弃权"}


def test_it_works_out_the_progress(saved):
    book = openpyxl.load_workbook(saved(MARKS), data_only=True)
    assert worksheets(book)[0]["D2"].value == "已评 4 / 6 项"


def test_it_keeps_what_a_cell_takes_and_what_is_locked(saved):
    book = openpyxl.load_workbook(saved(MARKS))
    (sheet,) = worksheets(book)
    rules = sheet.data_validations.dataValidation
    cells = {cell for rule in rules for cell in str(rule.sqref).replace(":", " ").split()}
    assert {rule.type for rule in rules} == {"list", "custom"}
    assert cells >= {"D6", "D7", "D8", "D9", "D10", "D11"}
    assert sheet.protection.sheet
    assert not sheet["D6"].protection.locked
    assert sheet["C6"].protection.locked
    assert book["_tenderscore"].sheet_state in {"hidden", "veryHidden"}


def test_what_it_saved_is_read(saved, run):
    path = saved(MARKS)
    done = run("sheets", "read", path, "--into", "scores")
    assert (done.code, done.out) == (0, "scores/wang.yaml: 4 new, 0 changed, 0 as before\n")
