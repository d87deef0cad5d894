"""``tenderscore check``: everything validated, nothing scored."""

from __future__ import annotations

import typer

from tenderscore.cli import exits, options
from tenderscore.errors import Message


def check(  # noqa: PLR0913, PLR0917 - its parameters are the command's options
    context: typer.Context,
    bids: options.Bids,
    tender: options.Tender = None,
    criteria: options.Criteria = None,
    scores: options.Scores = None,
    rates: options.Rates = None,
    form: options.Form = "table",
    lang: options.Language = "en",
    quiet: options.Quiet = False,
) -> int:
    """Validate every file, score nothing.

    With --format json the problems are listed as JSON on standard output, too.
    """
    from tenderscore.cli.outputs import Outputs, report_formats  # noqa: PLC0415
    from tenderscore.cli.session import Session  # noqa: PLC0415

    console = context.obj.speaking(lang, quiet=quiet)
    Outputs.asked(form, (), report_formats(form, ()))
    files = {"tender": tender, "criteria": criteria, "scores": scores, "rates": rates}
    valid = Session(console, form, bids, files).check()
    if valid and form == "table":
        line = console.words().say(Message("{bids} is valid", bids=str(bids)))
        console.show(f"{line}\n".encode())
    return exits.SHORTLISTED if valid else exits.INVALID
