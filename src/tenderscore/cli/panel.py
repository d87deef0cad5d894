"""``tenderscore panel``: how the panel scored."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from tenderscore.cli import exits, options
from tenderscore.cli.command_line import Command
from tenderscore.cli.help_text import HelpText
from tenderscore.errors import Message, UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from tenderscore.cli.command_line import Parser
    from tenderscore.cli.console import Console

_WHOLE = 100


def _declare(parser: Parser) -> None:
    options.add_round(parser)
    options.add_part(parser)
    parser.options.add_argument(
        "--striking",
        metavar="PERCENT",
        type=partial(_percent, "--striking"),
        default=Fraction(50),
        help=HelpText(
            "a mark is strikingly high or low when it is more than this part of the scale from "
            "the median of the others' (default: 50)"
        ),
    )
    parser.options.add_argument(
        "--high",
        metavar="PERCENT",
        type=partial(_percent, "--high"),
        default=Fraction(80),
        help=HelpText("a mark, or a total, is high from this part of the scale on (default: 80)"),
    )
    options.add_format(parser, options.EXPLAINED)
    options.add_outputs(parser)
    options.add_language(parser)


def _run(given: Namespace, console: Console) -> int:
    from tenderscore.cli.outputs import Outputs  # noqa: PLC0415 - heavy
    from tenderscore.cli.session import Session  # noqa: PLC0415 - heavy
    from tenderscore.reports import PANELS  # noqa: PLC0415 - heavy

    outputs = Outputs.asked(given.form, given.output, PANELS)
    session = Session(console, given.form, given.bids, options.round_files(given))
    analysis = session.panel(given.lot, given.until, given.striking, given.high)
    if analysis is None:
        return exits.INVALID
    outputs.keep_off(session.round.inputs, session.folders)
    outputs.deliver(console, lambda report, style: report.render(analysis, style))
    session.warn(analysis.warnings)
    return exits.SHORTLISTED


def _percent(option: str, text: str) -> Fraction:
    try:
        number = Fraction(text)
    except (ValueError, ZeroDivisionError):
        number = None
    if number is None or not 0 <= number <= _WHOLE:
        template = "{option}: {text!r} is no number of percent"
        raise UsageError(Message(template, option=option, text=text))
    return number


PANEL = Command("panel", Message("Show how the panel scored."), "BIDS", _declare, _run)
