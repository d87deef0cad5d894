"""The command line: thin commands over ``tenderscore.api``.

Nothing heavy is imported until a command needs it, so that ``--help`` answers at once.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main", "run"]

_OBJECTS_BETWEEN_COLLECTIONS = 100_000


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; ``argv`` is what follows the command's name.

    >>> main(["--version"])
    tenderscore 0.1.0
    0
    """
    from tenderscore.cli.app import answer  # noqa: PLC0415 - run() must be able to catch Ctrl-C

    return answer(sys.argv[1:] if argv is None else list(argv))


def run() -> NoReturn:
    """The console script."""
    # Looking through all installed packages for plugins of pydantic takes a while; there are none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    # Looking for garbage while modules load, and once more at the end, takes a fifth of a small
    # round's time and finds none.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        code = main()
    except KeyboardInterrupt:
        code = 130
    gc.freeze()
    sys.exit(code)
