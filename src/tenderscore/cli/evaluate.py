"""``tenderscore evaluate``: the main job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderscore.cli import exits, options
from tenderscore.cli.command_line import Command
from tenderscore.errors import Message

if TYPE_CHECKING:
    from argparse import Namespace

    from tenderscore.cli.command_line import Parser
    from tenderscore.cli.console import Console
    from tenderscore.model.result import Evaluation


def _declare(parser: Parser) -> None:
    options.add_round(parser)
    options.add_part(parser)
    options.add_format(parser)
    options.add_outputs(parser)
    options.add_language(parser)


def _run(given: Namespace, console: Console) -> int:
    from tenderscore.cli.outputs import Outputs, report_formats  # noqa: PLC0415 - heavy
    from tenderscore.cli.session import Session  # noqa: PLC0415 - heavy

    outputs = Outputs.asked(given.form, given.output, report_formats(given.form, given.output))
    session = Session(console, given.form, given.bids, options.round_files(given))
    evaluation = session.evaluation(given.lot, given.until)
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


EVALUATE = Command(
    "evaluate",
    Message("Screen, score and rank the bids; shortlist the best."),
    "BIDS",
    _declare,
    _run,
)
