"""``tenderscore evaluate``: the main job."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from tenderscore.cli import exits, options

if TYPE_CHECKING:
    from tenderscore.model.result import Evaluation


def evaluate(  # noqa: PLR0913, PLR0917 - its parameters are the command's options
    context: typer.Context,
    bids: options.Bids,
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
    """Screen, score and rank the bids; shortlist the best."""
    from tenderscore.cli.outputs import Outputs, report_formats  # noqa: PLC0415
    from tenderscore.cli.session import Session  # noqa: PLC0415

    console = context.obj.speaking(lang, quiet=quiet)
    outputs = Outputs.asked(form, output or (), report_formats(form, output or ()))
    files = {"tender": tender, "criteria": criteria, "scores": scores, "rates": rates}
    session = Session(console, form, bids, files)
    evaluation = session.evaluation(lot or (), until)
    if evaluation is None:
        return exits.INVALID
    outputs.keep_off(session.round.inputs, session.folders)
    outputs.deliver(console, lambda report, style: report.render(evaluation, style))
    session.warn(evaluation.warnings)
    return exits.UNDECIDED if is_undecided(evaluation) else exits.SHORTLISTED


def is_undecided(evaluation: Evaluation) -> bool:
    """Whether a lot has an empty shortlist, or a tie where one winner was to be found."""
    return any(
        not lot.shortlist or (lot.tie and lot.last_at_most == 1) for lot in evaluation.lots.values()
    )
