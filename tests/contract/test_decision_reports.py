"""Section 1.10: every output shows what was decided where it acts."""

import csv
import io

import openpyxl
import pytest

from contract.decided import decided, panel

OUT = "decide: eliminate, vendor: bolt, round: final"
HOSTILE = "<b>=1+1</b> `x` | [l](http://x)\u202e"


@pytest.mark.parametrize("form", ["table", "markdown", "html", "csv", "json"])
@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
def test_every_format_says_who_decided_what_and_why(round_files, run, form, lang):
    round_files(decided(OUT))
    out = " ".join(run("evaluate", "bids", "--format", form, "--lang", lang).out.split())
    for words in ("Tender committee", "2026-04-02", "As minuted"):
        assert words in out


@pytest.mark.parametrize("form", ["table", "markdown", "csv", "json"])
def test_explain_says_it_with_the_place(round_files, run, form):
    round_files(decided("decide: waive, vendor: cog, requirement: audited"))
    out = " ".join(run("explain", "bids", "cog", "--format", form).out.split())
    assert "As minuted" in out
    assert "decisions.yaml" in out


def test_a_workbook_has_a_column_of_decisions(round_files, run):
    folder = round_files(decided(OUT))
    assert run("evaluate", "bids", "--output", "result.xlsx").code == 0
    sheet = openpyxl.load_workbook(folder / "result.xlsx")["all"]
    (column,) = (cells for cells in sheet.iter_cols(values_only=True) if cells[0] == "Decisions")
    (cell,) = (cell for cell in column[1:] if cell)
    assert "bolt is eliminated" in cell


def test_a_csv_has_a_column_of_decisions_where_there_are_any(round_files, run):
    round_files(decided(OUT))
    text = run("evaluate", "bids", "--format", "csv").out.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    found = {(row["round"], row["vendor"]) for row in rows if row["decisions"]}
    assert found == {("final", "bolt")}
    round_files(decided())
    assert "decisions" not in run("evaluate", "bids", "--format", "csv").out


def test_a_pdf_is_made(round_files, run):
    pytest.importorskip("typst", reason="the extra tenderscore[pdf] is not installed")
    folder = round_files(decided(OUT))
    assert run("evaluate", "bids", "--output", "result.pdf").code == 0
    assert (folder / "result.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("form", "never"), [("html", "<b>=1"), ("markdown", "[l](http"), ("table", "\u202e")]
)
def test_what_is_decided_is_text_and_nothing_else(round_files, run, form, never):
    signed = f"by: '{HOSTILE}', date: 2026-04-02, reason: '{HOSTILE}'"
    files = decided() | {"decisions.yaml": f"- {{{OUT}, {signed}}}\n"}
    round_files(files)
    done = run("evaluate", "bids", "--format", form)
    assert done.code == 0
    assert never not in done.out


def test_the_marks_of_the_panel_are_shown_beside_its_consensus(round_files, run):
    text = "decide: consensus, vendor: acme, criterion: panel.x, score: 5"
    round_files(panel() | {"decisions.yaml": decided(text)["decisions.yaml"]})
    out = run("explain", "bids", "acme").out
    assert "li: 2, wu: 4" in out
    assert "the score that the panel agreed on" in out
