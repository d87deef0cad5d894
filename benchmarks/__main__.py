"""Run every benchmark and print one table; names choose some: ``python -m benchmarks kernel``."""

from __future__ import annotations

import sys

from benchmarks import award, kernel, process, reading, score_sheets, scores, tables, whole

# Those that measure memory come early: a process begins with the peak of the one that started it.
BENCHMARKS = {
    "process": process.main,
    "tables": tables.main,
    "whole": whole.main,
    "reading": reading.main,
    "sheets": score_sheets.main,
    "kernel": kernel.main,
    "scores": scores.main,
    "award": award.main,
}


def main() -> None:
    """The table of docs/benchmarks.md."""
    print("| what / against what | ratio | at most | kept |")
    print("| :-- | --: | --: | :-- |")
    for name in sys.argv[1:] or BENCHMARKS:
        for ratio in BENCHMARKS[name]():
            print(ratio.row, flush=True)


main()
