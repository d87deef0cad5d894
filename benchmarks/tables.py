"""A CSV of a million offers: time against `csv.reader` alone, memory against the file's size.

Each figure is measured in a process of its own; the memory is the process's peak less what it had
with everything imported and nothing read.
"""

import csv
import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.timing import Ratio
from tenderscore.sources.tables import read_table

ROWS = 1_000_000
TEXTS = frozenset({"vendor.id", "vendor.name", "id", "supersedes", "lot"})
HEADERS = (
    "vendor.id,vendor.name,lot,received,price,experience.years,experience.projects,"
    "finances.revenue,finances.rating,certificates[],licence,response_hours"
)


def write_offers(path: Path, rows: int) -> None:
    """Offers as a large portal would export them: ids, times, prices, grades, lists, booleans."""
    chance = random.Random(1)  # noqa: S311 - any offers will do, but the same each time
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADERS + "\n")
        for row in range(rows):
            received = f"2026-03-{1 + row % 28:02d}T{row % 24:02d}:{row % 60:02d}:00+08:00"
            price = f"{chance.randrange(10**6, 10**7)}.{chance.randrange(100):02d}"
            counts = f"{chance.randrange(40)},{chance.randrange(99)},{chance.randrange(10**9)}"
            grade = chance.choice(("AAA", "AA", "A", "BBB"))
            held = chance.choice(("ISO9001", "ISO9001;ISO27001", ""))
            rest = f"{grade},{held},{chance.choice(('true', 'false'))},{row % 17 / 4}"
            who = f"v{row:07d},Vendor number {row},lot-{row % 50}"
            file.write(f"{who},{received},{price},{counts},{rest}\n")


def peak() -> int:
    """The most memory that this process had so far, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def measure(reader: str, path: Path) -> tuple[float, int]:
    """Seconds and bytes that reading the file takes one reader, in this process."""
    before, start = peak(), time.perf_counter()
    if reader == "table":
        table = read_table(path, path.name, texts=TEXTS)
        assert not table.problems  # noqa: S101 - a benchmark of nothing says nothing
    else:
        with path.open(encoding="utf-8", newline="") as file:
            for _row in csv.reader(file):
                pass
    return time.perf_counter() - start, peak() - before


def measured_apart(reader: str, path: Path) -> tuple[float, int]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.tables", reader, str(path)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(out[0]), int(out[1])


def main(rows: int = ROWS) -> list[Ratio]:
    """Time against `csv.reader` alone, and peak memory against the file's size."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bids.csv"
        write_offers(path, rows)
        size = path.stat().st_size
        alone, _ = min(measured_apart("csv", path) for _ in range(3))
        seconds, memory = min(measured_apart("table", path) for _ in range(3))
    what = f"a CSV of {rows:,} offers x {len(HEADERS.split(','))} columns"
    return [
        Ratio(f"reading {what} / csv.reader alone", seconds, alone, None),
        Ratio(f"peak memory of reading {what} / the file's size", memory, size, None),
    ]


if __name__ == "__main__":
    print(*measure(sys.argv[1], Path(sys.argv[2])))
