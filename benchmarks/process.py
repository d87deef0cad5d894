"""The command as a process: an example's shortlist against importing pandas."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.timing import Ratio, compared

BIDS = Path(__file__).resolve().parent.parent / "examples" / "outsourcing" / "bids"


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def main() -> list[Ratio]:
    """`evaluate examples/outsourcing/bids`, and `--help`, against `python -c "import pandas"`."""
    evaluate = (sys.executable, "-m", "tenderscore", "evaluate", str(BIDS))
    help_ = (sys.executable, "-m", "tenderscore", "--help")
    pandas = (sys.executable, "-c", "import pandas")
    return [
        compared(
            'process: evaluate the outsourcing example / `python -c "import pandas"`',
            lambda: _run(*evaluate),
            lambda: _run(*pandas),
            1,
            7,
        ),
        compared(
            'process: `tenderscore --help` / `python -c "import pandas"`',
            lambda: _run(*help_),
            lambda: _run(*pandas),
            1,
            7,
        ),
    ]
