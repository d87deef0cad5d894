"""``tenderscore init``: a round to start from."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from tenderscore.cli import exits, options
from tenderscore.cli.command_line import Command
from tenderscore.cli.help_text import HelpText
from tenderscore.errors import Message, UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from tenderscore.cli.command_line import Parser
    from tenderscore.cli.console import Console

_STARTER = Path(__file__).parents[1] / "starter"
_SCHEMAS = ".schemas"

_PURPOSES = {
    "tender.yaml": Message("what is being bought"),
    "criteria/": Message("how bids are judged"),
    "bids/": Message("what was offered: one file for each bid"),
    "scores/": Message("what the panel scored: one file for each evaluator"),
    "rates.yaml": Message("exchange rates"),
    "panel.yaml": Message("who is on the panel, and what they declared"),
    "decisions.yaml": Message("what people decided beside the rules"),
    f"{_SCHEMAS}/": Message("lets editors complete and check these files"),
}


def _declare(parser: Parser) -> None:
    help_ = HelpText("a new folder, or one without a round in it")
    parser.arguments.add_argument("folder", metavar="DIR", type=Path, help=help_)
    options.add_language(parser)


def _run(given: Namespace, console: Console) -> int:
    from tenderscore.cli.files import create_together  # noqa: PLC0415 - heavy

    _refuse_to_mix(given.folder)
    create_together(given.folder, _contents(given.lang))
    console.show(_summary(console, given.folder).encode())
    return exits.SHORTLISTED


def _contents(language: str) -> dict[str, bytes]:
    """The files of the round by their path in it."""
    from tenderscore.cli.schemas import INPUTS, as_json  # noqa: PLC0415

    source = _STARTER / language
    files = {
        path.relative_to(source).as_posix(): path.read_bytes()
        for path in sorted(source.rglob("*.yaml"))
    }
    schemas = {f"{_SCHEMAS}/{each.file}": as_json(each.document()) for each in INPUTS}
    return files | schemas


def _refuse_to_mix(folder: Path) -> None:
    """Two rounds in one folder would be read as one: nothing of one may be there."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(Message("{folder} is not a folder", folder=str(folder)))
    for name in _PURPOSES:
        if (folder / name).exists() or (folder / name).is_symlink():
            message = Message(
                "{file} is there already; nothing was written", file=str(folder / name)
            )
            raise UsageError(message)


def _summary(console: Console, folder: Path) -> str:
    words = console.words()
    lines = [
        str(folder) + "/",
        *(f"  {name:<16}{words.say(what)}" for name, what in _PURPOSES.items()),
    ]
    command = shlex.join(["tenderscore", "evaluate", str(folder / "bids")])
    return "\n".join([*lines, "", words.say(Message("now try: {command}", command=command)), ""])


INIT = Command(
    "init",
    Message("Write a commented round to start from."),
    "DIR",
    _declare,
    _run,
    more=Message("It evaluates as it stands; change it file by file. Nothing is overwritten."),
)
