"""Workbooks of a large panel from disk to shortlist, against reading their cells with openpyxl."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from benchmarks.timing import Ratio, compared
from tenderscore.api import open_round
from tenderscore.api.score_sheets import make_sheets
from tenderscore.sheets.xlsx_sheet import xlsx_sheet

EVALUATORS, VENDORS, GROUPS, CRITERIA = 4, 200, 6, 10
GROUP = "id: g{number}\nweight: {weight}\ncriteria:\n"
CRITERION = (
    "  - {{id: c{number}, title: Criterion {number}, weight: 10,"
    " score: {{method: panel, scale: [0, 5], step: 1}},"
    " rubric: {{0: Nothing, 3: Enough, 5: All of it}}}}\n"
)


def write_round(folder: Path) -> Path:
    """A round that four evaluators score; its bids."""
    criteria = folder / "criteria"
    criteria.mkdir()
    for number in range(GROUPS):
        text = GROUP.format(number=number, weight=20 if number < 2 else 15)
        text += "".join(CRITERION.format(number=each) for each in range(CRITERIA))
        (criteria / f"g{number}.yaml").write_text(text, encoding="utf-8")
    members = "".join(f"  - {{id: e{number}}}\n" for number in range(EVALUATORS))
    (folder / "panel.yaml").write_text(f"evaluators:\n{members}", encoding="utf-8")
    bids = folder / "bids.csv"
    rows = "".join(f"v{number}\n" for number in range(VENDORS))
    bids.write_text(f"vendor.id\n{rows}", encoding="utf-8")
    return bids


def fill(path: Path) -> None:
    """Type a score into every cell that wants one."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(6, 6 + VENDORS * GROUPS * CRITERIA):
        sheet.cell(row, 4).value = row * 7 % 6
    book.save(path)


def read_cells(paths: list[Path]) -> None:
    """Every cell of every workbook, as quickly as openpyxl can."""
    for path in paths:
        book = openpyxl.load_workbook(path, read_only=True)
        for sheet in book.worksheets:
            for _ in sheet.iter_rows(values_only=True):
                pass
        book.close()


def main() -> list[Ratio]:
    """Reading, comparing with what was asked, checking and evaluating, over reading alone."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        bids = write_round(folder)
        scores = folder / "scores"
        paths = []
        for sheet in make_sheets(open_round(bids), "all").sheets:
            scores.mkdir(exist_ok=True)
            paths.append(scores / f"{sheet.evaluator}.xlsx")
            paths[-1].write_bytes(xlsx_sheet(sheet))
            fill(paths[-1])
        what = f"{EVALUATORS} score sheets of {VENDORS} vendors x {GROUPS * CRITERIA} criteria"
        ratio = compared(
            f"{what}, from disk to shortlist / reading their cells with openpyxl",
            lambda: open_round(bids).evaluate(),
            lambda: read_cells(paths),
            2,
            runs=3,
        )
    return [ratio]


if __name__ == "__main__":
    print(*(each.row for each in main()), sep="\n")
