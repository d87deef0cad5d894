"""``tenderscore explain``: one vendor's bid, from facts to points."""

from __future__ import annotations

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
    options.add_round(parser)
    parser.arguments.add_argument("vendor", metavar="VENDOR", help=HelpText("the vendor's id"))
    options.add_part(parser)
    options.add_format(parser, options.EXPLAINED)
    options.add_outputs(parser)
    options.add_language(parser)


def _run(given: Namespace, console: Console) -> int:
    from tenderscore.cli.outputs import Outputs  # noqa: PLC0415 - heavy
    from tenderscore.cli.session import Session  # noqa: PLC0415 - heavy
    from tenderscore.reports import EXPLANATIONS  # noqa: PLC0415 - heavy

    outputs = Outputs.asked(given.form, given.output, EXPLANATIONS)
    session = Session(console, given.form, given.bids, options.round_files(given))
    evaluation = session.evaluation(given.lot, given.until)
    if evaluation is None:
        return exits.INVALID
    explanation = evaluation.explain(given.vendor)
    outputs.keep_off(session.round.inputs, session.folders)
    outputs.deliver(console, lambda report, style: report.render(explanation, style))
    return exits.SHORTLISTED


EXPLAIN = Command(
    "explain", Message("Show where every point of a bid came from."), "BIDS VENDOR", _declare, _run
)
