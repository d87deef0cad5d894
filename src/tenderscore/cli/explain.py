"""``tenderscore explain``: one vendor's bid, from facts to points."""

from __future__ import annotations

from typing import Annotated

import typer

from tenderscore.cli import exits, options


def explain(  # noqa: PLR0913, PLR0917 - its parameters are the command's options
    context: typer.Context,
    bids: options.Bids,
    vendor: Annotated[str, typer.Argument(metavar="VENDOR", help="The vendor's id.")],
    tender: options.Tender = None,
    criteria: options.Criteria = None,
    scores: options.Scores = None,
    rates: options.Rates = None,
    lot: options.Lots = None,
    until: options.Until = None,
    form: options.Form = "table",
    output: options.Outputs = None,
    lang: options.Language = "en",
    quiet: options.Quiet = False,
) -> int:
    """Show where every point of a bid came from."""
    from tenderscore.cli.outputs import Outputs  # noqa: PLC0415
    from tenderscore.cli.session import Session  # noqa: PLC0415
    from tenderscore.reports import EXPLANATIONS  # noqa: PLC0415

    console = context.obj.speaking(lang, quiet=quiet)
    outputs = Outputs.asked(form, output or (), EXPLANATIONS)
    files = {"tender": tender, "criteria": criteria, "scores": scores, "rates": rates}
    session = Session(console, form, bids, files)
    evaluation = session.evaluation(lot or (), until)
    if evaluation is None:
        return exits.INVALID
    explanation = evaluation.explain(vendor)
    outputs.keep_off(session.round.inputs, session.folders)
    outputs.deliver(console, lambda report, style: report.render(explanation, style))
    return exits.SHORTLISTED
