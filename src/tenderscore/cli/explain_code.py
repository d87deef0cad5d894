"""``tenderscore explain-code``: the page of a problem's code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tenderscore.cli import exits
from tenderscore.cli.command_line import Command, near
from tenderscore.cli.help_text import HelpText
from tenderscore.cli.options import add_language_alone
from tenderscore.errors import Message, UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from tenderscore.cli.command_line import Parser
    from tenderscore.cli.console import Console


def _declare(parser: Parser) -> None:
    help_ = HelpText("as in error[weight-sum]; without it all are listed")
    parser.arguments.add_argument("code", metavar="CODE", nargs="?", help=help_)
    add_language_alone(parser)


def _run(given: Namespace, console: Console) -> int:
    from tenderscore.cli.pages import codes, laid_out, page, title  # noqa: PLC0415 - heavy

    known = codes()
    if given.code is None:
        width = max(map(len, known))
        lines = [f"{each:<{width}}  {title(each)}\n" for each in known]
        console.show("".join(lines).encode())
    elif given.code in known:
        console.show(laid_out(page(given.code), console.style(sys.stdout)).encode())
    else:
        message = Message("there is no code {code!r}", code=given.code)
        listed = Message("tenderscore explain-code lists them all")
        raise UsageError(message, near(given.code, known) or listed)
    return exits.SHORTLISTED


EXPLAIN_CODE = Command(
    "explain-code",
    Message("Say what a problem's code means, and how to mend it."),
    "[CODE]",
    _declare,
    _run,
    more=Message("What it says of a code is in English."),
)
