"""A procurement round, opened: checked, evaluated, its lines quoted."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from tenderscore.api.loading import Loaded, Loader
from tenderscore.api.reading import Reader
from tenderscore.api.round_folder import RoundFolder
from tenderscore.api.telling import telling
from tenderscore.errors import InvalidInputError, Message, Place, Problem, UsageError
from tenderscore.model.records import replace
from tenderscore.model.result import Evaluation
from tenderscore.model.suggestions import did_you_mean
from tenderscore.model.values import Number
from tenderscore.pipeline import EvaluationInput, evaluated
from tenderscore.pipeline.evaluating import distinct, type_problems

if TYPE_CHECKING:
    from tenderscore.model.panel_analysis import PanelAnalysis
    from tenderscore.model.price_analysis import PriceAnalysis
    from tenderscore.model.seats import PanelCheck


class ProcurementRound:
    """A round's files, read once; see ``tenderscore.open_round``."""

    def __init__(self, folder: RoundFolder) -> None:
        self._folder = folder
        self._loader = Loader(folder)
        self._loaded: Loaded | None = None

    def without_scores(self) -> ProcurementRound:
        """The same round before its panel scored."""
        return ProcurementRound(replace(self._folder, scores=None))

    @property
    def prefix(self) -> str:
        """What leads from the caller's folder to the round's: text before each file's name."""
        return self._folder.prefix

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files that were read."""
        return self._loader.reader.files

    @property
    def bids(self) -> Path:
        """The folder or table of bids."""
        return self._folder.bids

    @property
    def reader(self) -> Reader:
        """What reads files, and quotes them afterwards."""
        return self._loader.reader

    def name(self, path: Path) -> str:
        """A file's name as people see it."""
        return self._folder.name(path)

    def quote(self, place: Place) -> str | None:
        """The line of a file at a place, for quoting it."""
        return self._loader.reader.quote(place)

    def _load(self) -> Loaded:
        if self._loaded is None:
            self._loaded = self._loader.load()
        return self._loaded

    def check(self) -> tuple[Problem, ...]:
        """All problems of all files, warnings included, in reading order; scores nothing."""
        loaded = self._load()
        return distinct([*loaded.problems, *self._type_problems(loaded)])

    def _type_problems(self, loaded: Loaded) -> list[Problem]:
        """What is wrong with facts' types, as far as there are rules to hold them against."""
        if not _has_errors(loaded.problems):
            return [*type_problems(loaded.given), *_capacity_problems(loaded)]
        if not loaded.buyer_is_sound:
            return []
        return [problem for problem in type_problems(loaded.given) if problem.severity == "error"]

    def panel_check(self) -> PanelCheck:
        """Who may score what, and whether the panel is as the method asks.

        Raises:
            UsageError: there is no panel.yaml.
        """
        from tenderscore.api.panel_checking import checked  # noqa: PLC0415 - one command's

        return checked(self._load(), self._folder)

    def given(self, *, lots: Sequence[str] = (), until: str | None = None) -> EvaluationInput:
        """What an evaluation reads, of some lots alone where these are given.

        Raises:
            InvalidInputError: the input has errors.
            UsageError: there is no such lot or round.
        """
        loaded = self._load()
        if _has_errors(loaded.problems):
            raise InvalidInputError(self.check())
        given = _chosen(loaded.given, lots)
        _check_round(given, until)
        return replace(given, warnings=tuple(loaded.problems))

    def panel(
        self,
        *,
        lots: Sequence[str] = (),
        until: str | None = None,
        striking: Number = 50,
        high: Number = 80,
    ) -> PanelAnalysis:
        """How the panel scored, in some lots alone and until some round where these are given.

        A mark more than ``striking`` percent of the scale from the median of the others' is
        strikingly high or low; ``high`` is the percent from which a mark or a total is high.

        >>> import tenderscore as ts
        >>> panel = ts.open_round("examples/outsourcing/bids").panel(lots=["it-support"])
        >>> panel.lots[0].ending.winner
        'nanling'

        Raises:
            InvalidInputError: the input has errors.
            UsageError: there is no such lot or round.
        """
        from tenderscore.analysis.panel import panel_analysis  # noqa: PLC0415 - not always asked
        from tenderscore.model.panel_analysis import PanelRules  # noqa: PLC0415

        rules = PanelRules(Fraction(striking), Fraction(high))
        return panel_analysis(self.given(lots=lots, until=until), rules, until)

    def prices(self, *, lots: Sequence[str] = (), until: str | None = None) -> PriceAnalysis:
        """Prices and what they are made of, side by side, of some lots alone if these are given.

        >>> import tenderscore as ts
        >>> (lot,) = ts.open_round("examples/outsourcing/bids").prices(lots=["it-support"]).lots
        >>> lot.bids[0].vendor, lot.bids[0].admitted, lot.bids[0].over.lowest
        ('dingsheng', False, Fraction(-1775, 91))

        Raises:
            InvalidInputError: the input has errors, or an estimate is no number and no tree.
            UsageError: there is no such lot or round.
        """
        from tenderscore.analysis.prices import price_analysis  # noqa: PLC0415 - not always asked
        from tenderscore.api.estimates import estimates  # noqa: PLC0415

        given = self.given(lots=lots, until=until)
        return price_analysis(given, estimates(given, self._folder, self.reader), until)

    def evaluate(self, *, lots: Sequence[str] = (), until: str | None = None) -> Evaluation:
        """The result, of some lots alone and until some round where these are given.

        Raises:
            InvalidInputError: the input has errors.
            UsageError: there is no such lot or round.
        """
        given = self.given(lots=lots, until=until)
        evaluation = telling(evaluated(given, until))
        rules = self._load().award
        if rules is None:
            return evaluation
        from tenderscore.api.awards import with_award  # noqa: PLC0415 - most rounds have none

        return with_award(evaluation, given, rules)


def _has_errors(problems: Sequence[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _capacity_problems(loaded: Loaded) -> list[Problem]:
    if loaded.award is None or loaded.award.reads is None:
        return []
    from tenderscore.api.awards import capacity_problems  # noqa: PLC0415 - most rounds have none

    return list(capacity_problems(loaded.given, loaded.award))


def _chosen(given: EvaluationInput, lots: Sequence[str]) -> EvaluationInput:
    if not lots:
        return given
    known = [lot.lot.id for lot in given.lots]
    for id_ in lots:
        if id_ not in known:
            raise UsageError(Message("no lot {lot!r}", lot=id_), did_you_mean(id_, known))
    return replace(given, lots=[lot for lot in given.lots if lot.lot.id in lots])


def _check_round(given: EvaluationInput, until: str | None) -> None:
    if until is None:
        return
    known = [rule.id for lot in given.lots for rule in lot.compiled.criteria_set.rounds()]
    if until not in known:
        raise UsageError(Message("no round {round!r}", round=until), did_you_mean(until, known))
