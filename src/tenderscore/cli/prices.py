"""``tenderscore prices``: prices and what they are made of, side by side."""

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
    options.add_part(parser)
    options.add_format(parser, options.EXPLAINED)
    options.add_outputs(parser)
    options.add_language(parser)


def _run(given: Namespace, console: Console) -> int:
    from tenderscore.cli.outputs import Outputs  # noqa: PLC0415 - heavy
    from tenderscore.cli.session import Session  # noqa: PLC0415 - heavy
    from tenderscore.reports import PRICES as REPORTS  # noqa: PLC0415 - heavy

    outputs = Outputs.asked(given.form, given.output, REPORTS)
    session = Session(console, given.form, given.bids, options.round_files(given))
    analysis = session.prices(given.lot, given.until)
    if analysis is None:
        return exits.INVALID
    outputs.keep_off(session.round.inputs, session.folders)
    outputs.deliver(console, lambda report, style: report.render(analysis, style))
    session.warn(analysis.warnings)
    return exits.SHORTLISTED


PRICES = Command(
    "prices", Message("Compare prices and what they are made of."), "BIDS", _declare, _run
)
