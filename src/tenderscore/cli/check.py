"""``tenderscore check``: everything validated, nothing scored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderscore.cli import exits, options
from tenderscore.cli.command_line import Command
from tenderscore.errors import Message

if TYPE_CHECKING:
    from argparse import Namespace

    from tenderscore.cli.command_line import Parser
    from tenderscore.cli.console import Console


def _declare(parser: Parser) -> None:
    options.add_round(parser)
    options.add_format(parser)
    options.add_language(parser)


def _run(given: Namespace, console: Console) -> int:
    from tenderscore.cli.outputs import Outputs, report_formats  # noqa: PLC0415 - heavy
    from tenderscore.cli.session import Session  # noqa: PLC0415 - heavy

    Outputs.asked(given.form, (), report_formats(given.form, ()))
    valid = Session(console, given.form, given.bids, options.round_files(given)).check()
    if valid and given.form == "table":
        line = console.words().say(Message("{bids} is valid", bids=str(given.bids)))
        console.show(f"{line}\n".encode())
    return exits.SHORTLISTED if valid else exits.INVALID


CHECK = Command(
    "check",
    Message("Validate every file, score nothing."),
    "BIDS",
    _declare,
    _run,
    more=Message("With --format json the problems are listed as JSON on standard output, too."),
)
