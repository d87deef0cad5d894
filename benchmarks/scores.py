"""A panel's 600,000 scores from file to shortlist: 50 evaluators x 200 vendors x 60 criteria.

Once as one CSV, against `csv.reader` alone; once as a workbook for each evaluator, against reading
the same workbooks with openpyxl alone.
"""

from __future__ import annotations

import csv
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from openpyxl import load_workbook

from benchmarks.timing import Ratio

EVALUATORS, VENDORS, GROUPS = 50, 200, (16, 16, 16, 16, 18, 18)
HEAD = ("evaluator", "vendor", "criterion", "score", "comment")
PROGRAM = """
import sys, time
start = time.perf_counter()
import tenderscore
(lot,) = tenderscore.evaluate(sys.argv[1]).lots.values()
assert lot.winner, lot.pending_reason
print(time.perf_counter() - start)
"""

Row = tuple[str, str, str, float, str]


def write_round(folder: Path) -> None:
    """Ten criteria in each group, and the bids of all vendors."""
    (folder / "criteria").mkdir()
    (folder / "scores").mkdir()
    leaves = "".join(
        f"  - {{id: c{number}, weight: 10, score: {{method: panel}}}}\n" for number in range(10)
    )
    for number, weight in enumerate(GROUPS):
        text = f"id: g{number}\nweight: {weight}\ncriteria:\n{leaves}"
        (folder / "criteria" / f"g{number}.yaml").write_text(text, encoding="utf-8")
    bids = "".join(f"v{vendor:03}\n" for vendor in range(VENDORS))
    (folder / "bids.csv").write_text(f"vendor.id\n{bids}", encoding="utf-8")


def marks(evaluator: int) -> Iterator[Row]:
    """One evaluator's scores, in half points."""
    chance = random.Random(evaluator)  # noqa: S311 - any scores will do, but the same each time
    for vendor in range(VENDORS):
        for group in range(len(GROUPS)):
            for leaf in range(10):
                score = chance.randrange(11) / 2
                yield f"e{evaluator:02}", f"v{vendor:03}", f"g{group}.c{leaf}", score, ""


def write_table(scores: Path) -> None:
    """All scores in one CSV."""
    with (scores / "all.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEAD)
        for evaluator in range(EVALUATORS):
            table.writerows(marks(evaluator))


def write_workbooks(scores: Path) -> None:
    """A workbook for each evaluator."""
    for evaluator in range(EVALUATORS):
        book = xlsxwriter.Workbook(scores / f"e{evaluator:02}.xlsx", {"constant_memory": True})
        sheet = book.add_worksheet()
        for number, row in enumerate((HEAD, *marks(evaluator))):
            sheet.write_row(number, 0, row)
        book.close()


def read_table(scores: Path) -> None:
    """What csv.reader takes alone."""
    with (scores / "all.csv").open(encoding="utf-8", newline="") as file:
        for _row in csv.reader(file):
            pass


def read_workbooks(scores: Path) -> None:
    """What openpyxl takes alone, read-only, the quickest that it has."""
    for path in sorted(scores.iterdir()):
        for _row in load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True):
            pass


def ratio(what: str, write: Callable[[Path], None], alone: Callable[[Path], None]) -> Ratio:
    """The round from files to shortlist in a process of its own, over reading alone."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_round(folder)
        write(folder / "scores")
        command = [sys.executable, "-c", PROGRAM, str(folder / "bids.csv")]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        start = time.perf_counter()
        alone(folder / "scores")
        return Ratio(what, float(out), time.perf_counter() - start, None)


def main() -> list[Ratio]:
    """Both forms of the same scores."""
    what = "600,000 scores (50 evaluators x 200 vendors x 60 criteria) from"
    return [
        ratio(f"{what} a CSV to the shortlist / csv.reader alone", write_table, read_table),
        ratio(
            f"{what} 50 workbooks to the shortlist / reading them with openpyxl",
            write_workbooks,
            read_workbooks,
        ),
    ]


if __name__ == "__main__":
    print(*(each.row for each in main()), sep="\n")
