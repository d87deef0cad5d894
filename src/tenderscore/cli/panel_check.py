"""``tenderscore panel check``: who may score what, before anybody is invited."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tenderscore.cli import exits, options
from tenderscore.cli.command_line import Command
from tenderscore.cli.help_text import HelpText
from tenderscore.errors import Message

if TYPE_CHECKING:
    from argparse import Namespace

    from tenderscore.cli.command_line import Parser
    from tenderscore.cli.console import Console


def _declare(parser: Parser) -> None:
    help_ = HelpText("the round's folder, or its bids")
    parser.arguments.add_argument("bids", metavar="ROUND", type=Path, help=help_)
    options.add_files(parser, *_FILES)
    options.add_format(parser, ("table", "json"))
    options.add_language(parser)


def _run(given: Namespace, console: Console) -> int:
    from tenderscore.api import open_panel_round  # noqa: PLC0415 - heavy
    from tenderscore.cli.outputs import Outputs  # noqa: PLC0415 - heavy
    from tenderscore.cli.session import Session  # noqa: PLC0415 - heavy
    from tenderscore.reports import PANEL_CHECKS  # noqa: PLC0415 - heavy

    outputs = Outputs.asked(given.form, (), PANEL_CHECKS)
    files = {name: getattr(given, name) for name in _FILES}
    session = Session(console, given.form, given.bids, files, open_panel_round)
    checked = session.round.panel_check()
    outputs.deliver(console, lambda report, style: report.render(checked, style))
    session.list(checked.problems)
    return exits.SHORTLISTED if checked.is_valid else exits.INVALID


_FILES = ("tender", "criteria", "panel")
PANEL_CHECK = Command(
    "panel check",
    Message("Check who is on the panel, and who is out for whom."),
    "ROUND",
    _declare,
    _run,
    more=Message(
        "It needs no bids and no scores: quorum and conflicts are looked at as far as they can "
        "be known."
    ),
)
