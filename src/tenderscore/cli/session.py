"""A round that a command has opened, and how its problems are told."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from tenderscore.api import open_round
from tenderscore.cli.console import Console, are_one_place
from tenderscore.cli.progress import working
from tenderscore.errors import InvalidInputError, Message, Problem
from tenderscore.model.result import Evaluation
from tenderscore.reports.diagnostics import render_problems
from tenderscore.reports.json_document import problems_document


class Session:
    """One command's work on one round.

    ``form`` is the format of standard output, which also decides what becomes of problems there.
    """

    def __init__(
        self,
        console: Console,
        form: str,
        bids: Path,
        *,
        tender: Path | None,
        criteria: Path | None,
        scores: Path | None,
        rates: Path | None,
    ) -> None:
        self._console = console
        self._form = form
        self.round = open_round(bids, tender=tender, criteria=criteria, scores=scores, rates=rates)
        beside = bids.absolute().parent
        self.folders = (bids, criteria or beside / "criteria", scores or beside / "scores")

    def evaluation(self, lots: Sequence[str], until: str | None) -> Evaluation | None:
        """The round evaluated; None where it is invalid, once the problems have been told."""
        try:
            with working(self._console, Message("evaluating")):
                return self.round.evaluate(lots=lots, until=until)
        except InvalidInputError as error:
            self.tell(error.problems)
            return None

    def check(self) -> bool:
        """Whether the round is valid; all problems have been told."""
        with working(self._console, Message("checking")):
            problems = self.round.check()
        self.tell(problems)
        return all(problem.severity != "error" for problem in problems)

    def tell(self, problems: Sequence[Problem]) -> None:
        """Problems as lines, and as the result where that is to be JSON."""
        self._print(problems)
        if self._form == "json":
            self._console.show(problems_document(problems, self._console.language))

    def warn(self, warnings: Sequence[Problem]) -> None:
        """Warnings as lines, unless the table has just shown them on the same screen."""
        if self._form != "table" or not are_one_place(sys.stdout, sys.stderr):
            self._print(warnings)

    def _print(self, problems: Iterable[Problem]) -> None:
        quiet = self._console.quiet
        told = [each for each in problems if each.severity == "error" or not quiet]
        style = self._console.style(sys.stderr)
        self._console.say(render_problems(told, self.round.quote, style, self.round.prefix))
