"""Exit codes: 0 to 3 are about the round, those from 70 on about the run (BSD's sysexits)."""

from __future__ import annotations

from typing import Final

SHORTLISTED: Final = 0
INVALID: Final = 1
USAGE: Final = 2
UNDECIDED: Final = 3
INTERNAL: Final = 70
UNWRITTEN: Final = 74
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141
