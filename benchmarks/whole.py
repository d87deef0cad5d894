"""A table of a million offers from file to shortlist: peak memory against the file's size."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent

from benchmarks.tables import measured_apart, write_offers
from benchmarks.timing import Ratio

ROWS = 1_000_000
CRITERIA = {
    "method.yaml": """
        tie_break: [price]
        requirements: {licence: {fact: licence, is: true}}
        rounds:
          - {id: all, requirements: [licence], criteria: [quality, price], advance: {at_most: 10}}
        """,
    "quality.yaml": """
        id: quality
        weight: 60
        criteria:
          - id: years
            weight: 50
            fact: experience.years
            score: {method: linear, worst: 0, best: 30}
          - id: projects
            weight: 30
            fact: experience.projects
            score: {method: min_max, better: high}
          - id: rating
            weight: 20
            fact: finances.rating
            score: {method: lookup, points: {AAA: 100, AA: 80, A: 60, BBB: 40}}
        """,
    "price.yaml": """
        id: price
        weight: 40
        criteria:
          - {id: offer, weight: 100, fact: price, score: {method: ratio_to_best, better: low}}
        """,
}
PROGRAM = """
import resource, sys, time
start = time.perf_counter()
import tenderscore
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
shortlists = [lot.shortlist for lot in tenderscore.evaluate(sys.argv[1]).lots.values()]
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(time.perf_counter() - start, (after - before) * 1024)
"""


def main(rows: int = ROWS) -> list[Ratio]:
    """Evaluates the table in a process of its own."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bids.csv"
        write_offers(path, rows)
        criteria = Path(folder) / "criteria"
        criteria.mkdir()
        for name, text in CRITERIA.items():
            (criteria / name).write_text(dedent(text), encoding="utf-8")
        size = path.stat().st_size
        alone, _ = measured_apart("csv", path)
        command = [sys.executable, "-c", PROGRAM, str(path)]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    what = f"a CSV of {rows:,} offers, 50 lots, from file to shortlists"
    return [
        Ratio(f"{what} / csv.reader alone", float(out[0]), alone, None),
        Ratio(f"peak memory of {what} / the file's size", float(out[1]), size, None),
    ]
