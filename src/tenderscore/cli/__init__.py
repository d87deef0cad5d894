"""The command line: thin commands over ``tenderscore.api``.

Nothing heavy is imported until a command needs it, so that ``--help`` answers at once.
"""

from __future__ import annotations

import gc
import os
import sys
from types import ModuleType
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main", "run"]

_OBJECTS_BETWEEN_COLLECTIONS = 100_000
_PLUGIN_LOADER = "pydantic.plugin._loader"


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
    _hasten()
    try:
        code = main()
    except KeyboardInterrupt:
        code = 130
    # What is left goes with the process; looking for garbage in it first takes a while.
    gc.freeze()
    sys.exit(code)


def _hasten() -> None:
    """Keep libraries, and Python, from what they do as they start and nothing here needs.

    pydantic looks through all installed packages for plugins, of which there are none. numpy starts
    threads for linear algebra, which wait for work busily. Python looks for garbage among all that
    modules define.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    sys.modules.setdefault(_PLUGIN_LOADER, _without_plugins())
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)


def _without_plugins() -> ModuleType:
    """What pydantic's loader of plugins comes to where plugins are disabled.

    The loader itself brings the reader of packages' metadata along, and with it a parser of e-mails
    and sockets, even if it has nothing to do. Where pydantic moves it, this has no effect.
    """
    module = ModuleType(_PLUGIN_LOADER)
    module.get_plugins = tuple  # type: ignore[attr-defined]
    return module
