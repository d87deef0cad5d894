"""A round that a command has opened, and how its problems are told."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

from tenderscore.api import open_round
from tenderscore.cli.console import Console, are_one_place
from tenderscore.cli.progress import working
from tenderscore.errors import InvalidInputError, Message, Problem
from tenderscore.reports.diagnostics import render_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from fractions import Fraction
    from pathlib import Path

    from tenderscore.api import ProcurementRound
    from tenderscore.model.panel_analysis import PanelAnalysis
    from tenderscore.model.price_analysis import PriceAnalysis
    from tenderscore.model.result import Evaluation

Result = TypeVar("Result")


class Session:
    """One command's work on one round.

    ``form`` is the format of standard output, which also decides what becomes of problems there;
    ``files`` are those that the command line names, by option; ``opening`` opens the round.
    """

    def __init__(
        self,
        console: Console,
        form: str,
        bids: Path,
        files: Mapping[str, Path | None],
        opening: Callable[..., ProcurementRound] = open_round,
    ) -> None:
        self._console = console
        self._form = form
        self.round = opening(bids, **files)
        self.folders = (
            bids,
            *(files.get(name) or bids.parent / name for name in ("criteria", "scores")),
        )

    def evaluation(self, lots: Sequence[str], until: str | None) -> Evaluation | None:
        """The round evaluated; None where it is invalid, once the problems have been told."""
        with working(self._console, Message("evaluating")):
            return self.attempt(lambda: self.round.evaluate(lots=lots, until=until))

    def panel(
        self, lots: Sequence[str], until: str | None, striking: Fraction, high: Fraction
    ) -> PanelAnalysis | None:
        """How the panel scored; None where the round is invalid, as above."""
        with working(self._console, Message("evaluating")):
            return self.attempt(
                lambda: self.round.panel(lots=lots, until=until, striking=striking, high=high)
            )

    def prices(self, lots: Sequence[str], until: str | None) -> PriceAnalysis | None:
        """Prices side by side; None where the round is invalid, as above."""
        with working(self._console, Message("evaluating")):
            return self.attempt(lambda: self.round.prices(lots=lots, until=until))

    def attempt(self, work: Callable[[], Result]) -> Result | None:
        """What some work gives; None where the input is invalid, once that has been told."""
        try:
            return work()
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
            from tenderscore.reports.json_document import problems_document  # noqa: PLC0415

            self._console.show(problems_document(problems, self._console.language))

    def warn(self, warnings: Sequence[Problem]) -> None:
        """Warnings as lines, unless the table has just shown them on the same screen."""
        if self._form != "table" or not are_one_place(sys.stdout, sys.stderr):
            self._print(warnings)

    def list(self, problems: Sequence[Problem]) -> None:
        """Problems as lines, and nothing else."""
        self._print(problems)

    def _print(self, problems: Iterable[Problem]) -> None:
        quiet = self._console.quiet
        told = [each for each in problems if each.severity == "error" or not quiet]
        style = self._console.style(sys.stderr)
        self._console.say(render_problems(told, self.round.quote, style, self.round.prefix))
