"""From a round's files to what the pipeline takes, with everything that is wrong on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from tenderscore.api.bid_books import BidBook, FileBook, TableBook, unknown_lots
from tenderscore.api.lot_facts import merged
from tenderscore.api.reading import Reader
from tenderscore.api.round_folder import RoundFolder, shipped_criteria
from tenderscore.api.score_files import ScoreFiles
from tenderscore.checks import NearMisses, criteria_problems, reads_deadline, score_problems
from tenderscore.errors import Message, Place, Problem
from tenderscore.expressions import Expression
from tenderscore.model.criteria_set import EMPTY, CriteriaSet
from tenderscore.model.located import Document
from tenderscore.model.money import Exchange, Rate
from tenderscore.model.result import Counts, TenderInfo
from tenderscore.model.scores import Scores
from tenderscore.model.tender import Lot, TenderFile
from tenderscore.model.text import Title
from tenderscore.model.values import Value
from tenderscore.pipeline import (
    Compiled,
    EvaluationInput,
    LotInput,
    Surroundings,
    compiled,
)
from tenderscore.scoring.panel import Panel
from tenderscore.sources.bids import bids_of
from tenderscore.sources.buyer_files import criteria_of, rates_of, tender_of

if TYPE_CHECKING:
    from tenderscore.api.awards import AwardRules
    from tenderscore.checks.panel import Scene
    from tenderscore.model.decisions import Decision, Decisions
    from tenderscore.model.evaluators import EvaluationPanel
    from tenderscore.sources.round_files import WholeRound

ALL = "all"
_MOST_NAMED = 5


@dataclass
class Loaded:
    """A round that was read: what the evaluation takes, and every problem found so far.

    Where the buyer's files are sound, the types of facts can be looked at even if bids have errors.
    """

    given: EvaluationInput
    problems: list[Problem]
    buyer_is_sound: bool
    award: AwardRules | None = None


@dataclass
class _Tender:
    file: TenderFile
    document: Document
    exchange: Exchange
    facts: Mapping[str, Value] = field(default_factory=dict)


class Loader:
    """Reads a round's files once."""

    def __init__(self, folder: RoundFolder) -> None:
        self._folder = folder
        self._reader = Reader(folder)
        self._problems: list[Problem] = []
        self._sets: dict[Path, Compiled | None] = {}
        self._whole = self._whole_round()

    @property
    def reader(self) -> Reader:
        """The files that were read."""
        return self._reader

    def load(self) -> Loaded:
        """Everything that the round's files say."""
        tender = self._tender()
        sound = not _has_errors(self._problems)
        book = self._bids()
        self._problems += book.problems(tender.file.deadline)
        lots = self._lots(tender, book)
        inputs = [made for lot in lots if (made := self._lot_input(lot, tender, book)) is not None]
        self._check_deadline(tender)
        panel = self._panel()
        scores = self._scores(book, inputs, {lot.id for lot in lots})
        asked = any(lot.compiled.asks_of_the_panel for lot in inputs)
        if len(inputs) == len(lots) and (panel is not None or (asked and scores.count)):
            self._check_panel(panel, book, inputs, scores)
        award = self._award(tender, book, lots)
        near = NearMisses(self._facts_read(award))
        self._check_near_misses(book, near)
        inputs, decisions = self._decided(tender, book, inputs, len(lots), near)
        shipped = shipped_criteria() in self._sets
        counts = Counts(book.count, self._leaves(), scores.count, len(lots), shipped)
        given = EvaluationInput(
            _info(tender), inputs, scores, counts, book.names, panel=panel, decisions=decisions
        )
        sound = sound and len(inputs) == len(lots)
        if self._whole is not None:
            self._problems += self._whole.problems
        return Loaded(given, self._problems, sound, award)

    def _whole_round(self) -> WholeRound | None:
        """The round that one file holds, where the bids are such a file."""
        if self._folder.kind is None:
            return None
        from tenderscore.sources.round_files import round_source  # noqa: PLC0415 - loaded by then

        return round_source(self._folder.kind)(self._reader.document(self._folder.bids))

    def _tender_document(self) -> Document:
        if self._folder.tender is not None:
            return self._reader.document(self._folder.tender)
        return Document("tender.yaml", EMPTY) if self._whole is None else self._whole.tender()

    def _tender(self) -> _Tender:
        document = self._tender_document()
        model, problems = tender_of(document)
        self._problems += problems
        rates = self._rates()
        day = model.deadline.date() if model.deadline is not None else None
        exchange = Exchange(model.currency, rates, day)
        facts = exchange.settled(document.root.bare())
        tender = _Tender(model, document, exchange)
        if isinstance(facts, dict):
            # JSON writes it as text.
            known = {} if model.deadline is None else {"deadline": model.deadline}
            tender.facts = {**facts, **known}
        return tender

    def _rates(self) -> list[Rate]:
        if self._folder.rates is None:
            return []
        rates, problems = rates_of(self._reader.document(self._folder.rates))
        self._problems += problems
        return rates

    def _bids(self) -> BidBook:
        path = self._folder.bids
        if self._whole is not None:
            return FileBook(*bids_of(self._whole.bids()))
        if not path.exists():
            return FileBook([], [])
        if not path.is_dir():
            from tenderscore.sources.table_bids import TEXT_COLUMNS, TableBids  # noqa: PLC0415

            table = self._reader.table(path, TEXT_COLUMNS)
            if table.rows == 0 and not _has_errors(table.problems):
                self._no_bids(path, Message("the table has no rows"))
            return TableBook(TableBids(table))
        files, problems = self._reader.folder(path)
        self._problems += problems
        if not files and not _has_errors(problems):
            message = Message("no bids: the folder has no .yaml, .yml or .json file")
            self._no_bids(path, message, _unread(problems))
        bids, problems = bids_of(self._reader.documents(files))
        return FileBook(bids, problems)

    def _no_bids(self, path: Path, message: Message, help_: Message | None = None) -> None:
        self._problems.append(Problem("no-bids", message, Place(self._folder.name(path)), help_))

    def _lots(self, tender: _Tender, book: BidBook) -> list[Lot]:
        listed = tender.file.lots
        if listed:
            self._problems += unknown_lots(book, listed)
            lots = []
            for id_, lot in listed.items():
                title = (lot.title if lot is not None else None) or Title(id_)
                own = lot.criteria if lot is not None else None
                lots.append(Lot(id_, title, self._lot_facts(tender, book, id_), own))
            return lots
        named = sorted({lot for lot, _ in book.lots()})
        if named:
            return [Lot(id_, Title(id_), self._lot_facts(tender, book, id_)) for id_ in named]
        title = tender.file.title or Title(ALL)
        facts = self._lot_facts(tender, book, ALL)
        for name in ("budget", "estimate"):
            if tender.facts.get(name) is not None:
                facts.setdefault(name, tender.facts[name])
        return [Lot(ALL, title, facts)]

    def _lot_facts(self, tender: _Tender, book: BidBook, id_: str) -> dict[str, Value]:
        node = tender.document.root.get("lots", id_)
        bare = node.bare() if node is not None else None
        own = bare if isinstance(bare, dict) else {}
        facts, problems = merged(id_, own, book.lot_facts(id_))
        self._problems += problems
        # Money of a table stands in two columns: only together are they an amount.
        settled = tender.exchange.settled(facts)
        return settled if isinstance(settled, dict) else {}

    def _lot_input(self, lot: Lot, tender: _Tender, book: BidBook) -> LotInput | None:
        compiled_set = self._criteria(self._criteria_folder(lot, tender))
        if compiled_set is None:
            return None
        around = Surroundings(lot.id, lot.facts, tender.facts, tender.exchange)
        offers = book.offers(lot.id, tender.exchange)
        return LotInput(lot, compiled_set, around, offers, book.set_aside(lot.id))

    def _criteria_folder(self, lot: Lot, tender: _Tender) -> Path | None:
        default = self._folder.criteria or self._usual_criteria()
        if lot.criteria is None:
            return default
        node = tender.document.root.get("lots", lot.id, "criteria")
        place = tender.document.place(node)
        beside = (self._folder.tender or self._folder.root).parent
        name = Path(lot.criteria)
        if name.is_absolute() or ".." in name.parts:
            message = Message("a lot's criteria folder stands beside tender.yaml")
            self._problems.append(Problem("criteria-folder", message, place))
            return None
        path = beside / name
        if not path.is_dir():
            message = Message(
                "there is no folder {folder!r} beside tender.yaml", folder=lot.criteria
            )
            self._problems.append(Problem("criteria-folder", message, place))
            return None
        return path

    def _usual_criteria(self) -> Path:
        """The criteria that count where none are given; a platform's preset is in no folder."""
        return shipped_criteria() if self._whole is None else Path(self._whole.preset)

    def _criteria_files(self, path: Path) -> tuple[str, list[Document], list[Problem]]:
        """A criteria folder's name and files, and what is wrong with others in it."""
        if self._whole is not None and path == Path(self._whole.preset):
            from tenderscore.sources.presets import preset_alone  # noqa: PLC0415 - few are one

            return (*preset_alone(self._whole.preset), [])
        files, problems = self._reader.folder(path)
        return self._folder.name(path), self._reader.documents(files), problems

    def _criteria(self, path: Path | None) -> Compiled | None:
        if path is None:
            return None
        if path not in self._sets:
            self._sets[path] = self._compiled(path)
        return self._sets[path]

    def _compiled(self, path: Path) -> Compiled | None:
        name, documents, problems = self._criteria_files(path)
        criteria, found = criteria_of(name, documents)
        problems += found
        problems += criteria_problems(criteria)
        made, wrong = compiled(criteria)
        problems += wrong
        problems += _kept_rules(made, problems)
        self._problems += problems
        return None if _has_errors(problems) else made

    def _leaves(self) -> int:
        return sum(
            node.leaf is not None
            for made in self._sets.values()
            if made is not None
            for group in made.groups.values()
            for node in group
        )

    def _check_deadline(self, tender: _Tender) -> None:
        sets = [made.criteria_set for made in self._sets.values() if made is not None]
        if tender.file.deadline is None or not sets:
            return
        place = tender.document.place(tender.document.root.get("deadline"))
        self._problems += _validity_problems(sets, tender.file.deadline, place)
        if any(map(reads_deadline, sets)):
            return
        if self._whole is not None:  # Its platform has taken no bid after it.
            return
        message = Message("no requirement of a round looks at the deadline: nobody is too late")
        help_ = Message("add a requirement: {{fact: received, at_most: tender.deadline}}")
        self._problems.append(Problem("unused-deadline", message, place, help_, "warning"))

    def _scores(self, book: BidBook, inputs: list[LotInput], lots: set[str]) -> Scores:
        files = self._read_scores()
        if len(inputs) == len(lots):
            files.take_sheets(lambda: self._fingerprints(inputs))
        self._problems += files.problems
        scores = files.scores()
        if scores.count and len(inputs) == len(lots):
            self._problems += score_problems(scores, book.names(), _scales(inputs))
        return scores

    @staticmethod
    def _fingerprints(inputs: list[LotInput]) -> dict[str, str]:
        from tenderscore.sheets.fingerprint import fingerprints  # noqa: PLC0415 - sheets are rare

        return fingerprints(inputs)

    def _read_scores(self) -> ScoreFiles:
        found = ScoreFiles(self._reader)
        path = self._folder.scores
        if path is None:
            return found
        files = [path]
        if path.is_dir():
            files, problems = self._reader.folder(path, tables=True)
            self._problems += problems
        found.read(files)
        return found

    def _panel(self) -> EvaluationPanel | None:
        if self._folder.panel is None:
            return None
        from tenderscore.sources.panel import panel_of  # noqa: PLC0415 - most rounds have none

        panel, problems = panel_of(self._reader.document(self._folder.panel))
        self._problems += problems
        return panel

    def _check_panel(
        self, panel: EvaluationPanel | None, book: BidBook, inputs: list[LotInput], scores: Scores
    ) -> None:
        from tenderscore.checks.panel import round_problems  # noqa: PLC0415 - few rounds ask

        scene = panel_scene(inputs, book.names())
        self._problems += round_problems(panel, scene, scores)

    def _award(self, tender: _Tender, book: BidBook, lots: list[Lot]) -> AwardRules | None:
        """How lots are awarded, where tender.yaml says it."""
        file = tender.file.award
        if file is None or not file.says_something:
            return None
        from tenderscore.api.awards import award_rules  # noqa: PLC0415 - most rounds have none
        from tenderscore.checks.award import award_problems  # noqa: PLC0415 - likewise

        ids = [lot.id for lot in lots]
        made = self._sets.values()
        adjusted = any(each is None or each.adjustments is not None for each in made)
        self._problems += award_problems(file, tender.document, book.names(), ids, adjusted)
        rules, problems = award_rules(file, tender.document, tender.facts)
        self._problems += problems
        return rules

    def _decided(
        self,
        tender: _Tender,
        book: BidBook,
        inputs: list[LotInput],
        lots: int,
        near: NearMisses,
    ) -> tuple[list[LotInput], Decisions | None]:
        """The lots as decisions.yaml corrects their offers, and all that it decides."""
        if self._folder.decisions is None and self._whole is None:
            return inputs, None
        from tenderscore.api import deciding  # noqa: PLC0415 - few rounds have decisions
        from tenderscore.model.decisions import Decisions  # noqa: PLC0415
        from tenderscore.sources.decisions import decisions_of  # noqa: PLC0415

        entries, problems = self._recorded(inputs)
        if self._folder.decisions is not None:
            document = self._reader.document(self._folder.decisions)
            own, wrong = decisions_of(document, len(entries))
            entries += own
            problems += wrong
        elif not entries:
            return inputs, None
        if len(inputs) == lots:
            problems += deciding.checked(entries, book.names(), inputs, _scales(inputs))
            inputs, wrong = deciding.corrected(entries, inputs, tender.exchange)
            problems += wrong
            problems += deciding.near_misses(entries, near)
        self._problems += problems
        return inputs, Decisions(entries, [lot.lot.id for lot in inputs])

    def _recorded(self, inputs: list[LotInput]) -> tuple[list[Decision], list[Problem]]:
        """The decisions that the file of the whole round records."""
        if self._whole is None or not inputs:
            return [], []
        from tenderscore.sources.decisions import decisions_of  # noqa: PLC0415 - loaded by then

        *_, last = inputs[0].compiled.criteria_set.rounds()
        return decisions_of(self._whole.decisions(last.id), recorded=True)

    def _facts_read(self, award: AwardRules | None) -> set[str]:
        read = {path for made in self._sets.values() if made for path in _facts_read(made)}
        if award is not None and award.reads is not None:
            read.add(".".join(award.reads))
        return read

    def _check_near_misses(self, book: BidBook, near: NearMisses) -> None:
        if all(made is not None for made in self._sets.values()):
            self._problems += book.near_misses(near)


def _has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _unread(warnings: Sequence[Problem]) -> Message | None:
    """The files that would have been bids under another name."""
    files = [str(each.place) for each in warnings if each.code == "unread-file"]
    if not files:
        return None
    names = ", ".join(files[:_MOST_NAMED]) + (", ..." if len(files) > _MOST_NAMED else "")
    return Message("not read: {files}", files=names)


def _kept_rules(made: Compiled, problems: list[Problem]) -> list[Problem]:
    """What a sound method does not keep of the preset that it extends."""
    asks = made.criteria_set.preset is not None or made.criteria_set.method.waive
    if not asks or _has_errors(problems):
        return []
    from tenderscore.pipeline.rule_checks import rule_problems  # noqa: PLC0415 - few have one

    return list(rule_problems(made))


def _validity_problems(
    sets: Sequence[CriteriaSet], deadline: datetime, place: Place
) -> list[Problem]:
    """Presets of the methods that are not in force on the deadline's own date."""
    extending = [criteria for criteria in sets if criteria.preset is not None]
    if not extending:
        return []
    from tenderscore.checks.validity import validity_problem  # noqa: PLC0415 - few have one

    found = (validity_problem(criteria, deadline.date(), place) for criteria in extending)
    return [problem for problem in found if problem is not None]


def _info(tender: _Tender) -> TenderInfo:
    file = tender.file
    return TenderInfo(
        id=file.id,
        title=file.title,
        currency=file.currency,
        buyer=str(file.buyer.name) if file.buyer is not None and file.buyer.name else None,
        deadline=file.deadline.isoformat() if file.deadline is not None else None,
    )


def panel_scene(inputs: Sequence[LotInput], vendors: Mapping[str, str]) -> Scene:
    """What a panel is held against."""
    from tenderscore.checks.panel import Scene  # noqa: PLC0415 - few rounds ask for it

    return Scene(
        titles={lot.lot.id: lot.lot.title for lot in inputs},
        sets={lot.lot.id: lot.compiled.criteria_set for lot in inputs},
        methods=_scales(inputs),
        bidders={lot.lot.id: lot.offers.vendors for lot in inputs},
        vendors=vendors,
    )


def _scales(inputs: Sequence[LotInput]) -> dict[str, dict[str, Panel | None]]:
    return {
        lot.lot.id: {
            node.id: _resolved(node.leaf.method, lot.around)
            for group in lot.compiled.groups.values()
            for node in group
            if node.leaf is not None and isinstance(node.leaf.method, Panel)
        }
        for lot in inputs
    }


def _resolved(method: Panel, around: Surroundings) -> Panel | None:
    """How a panel criterion is scored in a lot; None where the lot does not say it rightly."""
    if not method.references():
        return method
    try:
        return method.resolved(around.refer)
    except ValidationError:
        return None


def _facts_read(made: Compiled) -> set[str]:
    sources = [requirement.source for requirement in made.requirements.values()]
    for group in made.groups.values():
        for node in group:
            if node.leaf is not None and node.leaf.source is not None:
                sources.append(node.leaf.source)
            if node.only_if is not None:
                sources.append(node.only_if.source)
    paths = {".".join(path) for rule in made.adjustments or () for path in rule.reads()}
    for source in sources:
        if isinstance(source, Expression):
            paths |= {".".join(path) for root, path in source.reads if root == "bid"}
        else:
            paths.add(".".join(source))
    return paths
