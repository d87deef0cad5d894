"""Run every benchmark and print one table; names choose some: ``python -m benchmarks kernel``."""

from __future__ import annotations

import sys

from benchmarks import kernel, process, reading, score_sheets, scores, tables, whole

BENCHMARKS = {
    "process": process.main,
    "reading": reading.main,
    "sheets": score_sheets.main,
    "kernel": kernel.main,
    "tables": tables.main,
    "whole": whole.main,
    "scores": scores.main,
}


def main() -> None:
    """The table of docs/benchmarks.md."""
    print("| what / against what | ratio | at most | kept |")
    print("| :-- | --: | --: | :-- |")
    for name in sys.argv[1:] or BENCHMARKS:
        for ratio in BENCHMARKS[name]():
            print(ratio.row, flush=True)


main()
