"""From a round's files to what each evaluator is asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from hashlib import sha256

import numpy as np

from tenderscore.errors import Message
from tenderscore.model.criteria import Criterion
from tenderscore.model.criteria_set import walk
from tenderscore.model.evaluators import EvaluationPanel, Evaluator
from tenderscore.model.records import record, replace
from tenderscore.model.result import TenderInfo
from tenderscore.model.text import Title
from tenderscore.pipeline import EvaluationInput, LotInput, planned
from tenderscore.pipeline.plan import PlanNode, RoundPlan
from tenderscore.pipeline.points import Scorer
from tenderscore.scoring.panel import Panel
from tenderscore.sheets.codes import Key
from tenderscore.sheets.score_sheet import Block, Part, Question, ScoreSheet


@record
class LotRound:
    """One lot's part of a round: what the panel is asked there, and of which vendors (by id).

    ``due`` are the criteria that apply to each vendor: an ``only_if`` may leave some out.
    """

    lot: str
    title: Title
    round_title: Title
    questions: tuple[Question, ...]
    vendors: Mapping[str, str]
    due: Mapping[str, frozenset[str]]

    def of(self, vendor: str, groups: Callable[[str], bool]) -> tuple[Question, ...]:
        """What is asked about a vendor in some groups."""
        due = self.due.get(vendor, frozenset())
        return tuple(q for q in self.questions if q.id in due and groups(group_of(q.id)))


@record
class RoundSheets:
    """What all sheets of a round have in common; ``key`` gives codes to vendors in blind ones.

    The criteria of the groups in ``once`` are asked once for a vendor, whatever it bids for.
    """

    tender: TenderInfo
    round: str
    criteria: str
    version: str
    has_lots: bool
    lots: Sequence[LotRound]
    once: frozenset[str] = frozenset()
    key: Key | None = None

    def sheet(self, panel: EvaluationPanel, evaluator: Evaluator) -> ScoreSheet:
        """What one evaluator is asked: their groups, of vendors with whom they have no conflict."""
        own = [_own(lot, panel, evaluator) for lot in self.lots]
        parts = [self._common_part(own), *map(self._part, own)] if self.has_lots else [_whole(own)]
        named = [self._named(part, evaluator.id) for part in parts if part.size]
        return ScoreSheet(
            tender=self.tender.id,
            tender_title=self.tender.title,
            round=self.round,
            round_title=self.lots[0].round_title,
            evaluator=evaluator.id,
            name=evaluator.title,
            language=evaluator.language,
            criteria=self.criteria,
            version=self.version,
            is_blind=self.key is not None,
            parts=tuple(named),
        )

    def _part(self, lot: LotRound) -> Part:
        """What is asked in one lot alone."""
        return Part(lot.lot, lot.title, _blocks(lot.lot, lot, lambda id_: id_ not in self.once))

    def _common_part(self, lots: Sequence[LotRound]) -> Part:
        """What is asked once for all lots: of each vendor the criteria of the lots it bids for."""
        names: dict[str, str] = {}
        asked: dict[str, dict[str, Question]] = {}
        for lot in lots:
            names |= lot.vendors
            for vendor in lot.vendors:
                questions = {q.id: q for q in lot.of(vendor, self.once.__contains__)}
                asked[vendor] = questions | asked.get(vendor, {})
        blocks = (
            Block(None, vendor, name, tuple(asked[vendor].values()))
            for vendor, name in names.items()
            if asked[vendor]
        )
        return Part(None, Message("All lots"), tuple(blocks))

    def _named(self, part: Part, evaluator: str) -> Part:
        """A part with its vendors as the sheet shows them, in the evaluator's own order."""
        names = [block.name for block in part.blocks]
        blocks = [self._shown(block, alike=names.count(block.name) > 1) for block in part.blocks]
        blocks.sort(key=lambda block: self._position(evaluator, block.vendor))
        return replace(part, blocks=tuple(blocks))

    def _shown(self, block: Block, *, alike: bool) -> Block:
        if self.key is not None:
            code = self.key.code(block.vendor)
            return replace(block, vendor=code, name=Message("Vendor {code}", code=code))
        return replace(block, name=f"{block.name} ({block.vendor})") if alike else block

    def _position(self, evaluator: str, vendor: str) -> bytes:
        """What orders the vendors: another order for each evaluator, the same whenever asked.

        A blind sheet is ordered by its codes: an order that followed from the vendors' ids could
        be worked out by whoever knows these, and would tell who is who.
        """
        text = "\0".join((self.tender.id or "", evaluator, vendor))
        return sha256(text.encode("utf-8", "surrogatepass")).digest()


def group_of(criterion: str) -> str:
    """The group that a criterion stands in.

    >>> group_of("references.outcome")
    'references'
    """
    return criterion.partition(".")[0]


def _own(lot: LotRound, panel: EvaluationPanel, evaluator: Evaluator) -> LotRound:
    """What is one evaluator's to score in a lot."""
    vendors = {
        vendor: name
        for vendor, name in lot.vendors.items()
        if panel.conflict(evaluator.id, lot.lot, vendor) is None
    }
    questions = tuple(q for q in lot.questions if evaluator.scores_group(group_of(q.id)))
    return replace(lot, questions=questions, vendors=vendors)


def _whole(lots: Sequence[LotRound]) -> Part:
    """What is asked where the tender has one lot."""
    (lot,) = lots
    return Part(None, Message("Scoring"), _blocks(None, lot, lambda _: True))


def _blocks(id_: str | None, lot: LotRound, groups: Callable[[str], bool]) -> tuple[Block, ...]:
    blocks = (Block(id_, each, name, lot.of(each, groups)) for each, name in lot.vendors.items())
    return tuple(block for block in blocks if block.questions)


def asked_in(
    given: EvaluationInput, lot: LotInput, round_: RoundPlan, vendors: Mapping[str, str]
) -> LotRound:
    """What the panel is asked in a round of a lot."""
    return LotRound(
        lot=lot.lot.id,
        title=lot.lot.title,
        round_title=round_.title,
        questions=tuple(questions_of(lot, round_)),
        vendors=vendors,
        due=_due(given, lot, round_, vendors),
    )


def _due(
    given: EvaluationInput, lot: LotInput, round_: RoundPlan, vendors: Collection[str]
) -> dict[str, frozenset[str]]:
    """The panel criteria that apply to each vendor."""
    plan = planned(lot)[0]
    facts = given.facts(lot, plan)
    rows = [row for row, vendor in enumerate(facts.offers.vendors) if vendor in vendors]
    scorer = Scorer(round_, facts, plan.rounding, np.array(rows, dtype=np.intp))
    due: dict[str, set[str]] = {}
    for node, _, _, vendor in scorer.panel_cells():
        due.setdefault(vendor, set()).add(node.id)
    return {vendor: frozenset(criteria) for vendor, criteria in due.items()}


def questions_of(lot: LotInput, round_: RoundPlan) -> list[Question]:
    """The panel criteria of a round in a lot."""
    criteria_set = lot.compiled.criteria_set
    written = {id_: each for group in criteria_set.groups for id_, each, _ in walk(group)}
    titles = {node.id: node.title for node in round_.nodes}
    comment = criteria_set.method.panel.comment
    return [
        _question(node, method, written[node.id], titles, comment)
        for node in round_.nodes
        if node.leaf is not None and isinstance(method := node.leaf.method, Panel)
    ]


def _question(
    node: PlanNode, method: Panel, written: Criterion, titles: Mapping[str, Title], comment: str
) -> Question:
    steps = node.id.split(".")
    above = [".".join(steps[:length]) for length in range(1, len(steps))]
    low, high = method.scale
    return Question(
        id=node.id,
        above=tuple(titles[id_] for id_ in above),
        title=node.title,
        guidance=written.guidance,
        rubric=tuple(written.rubric or ()),
        low=low,
        high=high,
        step=method.step,
        comment=comment,  # type: ignore[arg-type] # the method's own word
    )


def round_of(lot: LotInput, id_: str) -> tuple[RoundPlan, str | None] | None:
    """A lot's round, and the id of the one before it; None where the lot has no such round."""
    rounds = planned(lot)[0].rounds
    for position, each in enumerate(rounds):
        if each.id == id_:
            return each, rounds[position - 1].id if position else None
    return None
