"""What decisions do in a lot as it is evaluated, and which did nothing (section 1.10)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from tenderscore.errors import Message, Place, Problem
from tenderscore.expressions import Expression
from tenderscore.model.decisions import (
    Accept,
    BreakTie,
    Choose,
    Consensus,
    Correct,
    Decision,
    Decisions,
    Eliminate,
    Ruling,
    Waive,
    idle,
)
from tenderscore.model.exact import Mask
from tenderscore.model.offers import Offers
from tenderscore.model.values import Number, Path
from tenderscore.model.written import told
from tenderscore.pipeline.corrections import CorrectedOffers
from tenderscore.pipeline.plan import PRICE, LotPlan, RoundPlan
from tenderscore.pipeline.points import MOST_WARNINGS, Failure

if TYPE_CHECKING:
    from tenderscore.pipeline.facts import Rows, Source
    from tenderscore.pipeline.rounds import LotRun, RoundRun

R = TypeVar("R", bound=Ruling)

_WHY = {
    "eliminate": Message("the bid does not reach the round, or a decision has put it out before"),
    "waive": Message("the bid meets the requirement, or reaches no round that tests it"),
    "correct": Message("the vendor has no bid here"),
    "consensus": Message("the panel's scores of this bid on the criterion do not count"),
    "break_tie": Message("these bids do not tie"),
    "accept": Message("the bid does not reach the round"),
    "choose": Message("the bid is not on the shortlist"),
}


class LotDecisions:
    """The decisions for one lot; ``touched`` remembers by round and row which have acted.

    ``waiting`` are the numbers of those that may act in a round that is still to come, ``reasons``
    say by number why one could not act. ``choice`` is the decision that names the winner.
    """

    def __init__(self, decisions: Decisions, plan: LotPlan, lot: str, offers: Offers) -> None:
        self.decisions = decisions
        self.plan = plan
        self.lot = lot
        self.touched: dict[str, dict[int, list[Decision]]] = {}
        self.waiting: set[int] = set()
        self.choice: Decision | None = None
        self.reasons: dict[int, Message] = {}
        self._entries = [each for each in decisions.entries if each.is_for(lot)]
        self._offers = offers
        wanted = {vendor for each in self._entries for vendor in each.vendors}
        self._rows = {v: row for row, v in enumerate(offers.vendors) if v in wanted}
        self._agreed = {
            (ruling.criterion, self._rows.get(ruling.vendor)): ruling.score
            for _, ruling in self._of(Consensus)
        }

    @property
    def acted(self) -> set[int]:
        """The numbers of the decisions that have touched a bid."""
        by_row = (found for rows in self.touched.values() for found in rows.values())
        return {decision.number for found in by_row for decision in found}

    def of_round(self, round_id: str) -> dict[int, list[Decision]]:
        """Which decisions have touched which row in a round."""
        return self.touched.setdefault(round_id, {})

    def screen(self, run: RoundRun) -> None:
        """A round begins: what was corrected and accepted counts in it, and who is put out."""
        run.decided = self.of_round(run.rule.id)
        for decision, ruling in self._of(Correct):
            if ruling.fact[:1] == PRICE or reads(run.rule, ruling.fact):
                self._touch(run.rule, decision, run.rows)
        for decision, _ in self._of(Accept, run.rule):
            self._touch(run.rule, decision, run.rows)
        for failure in self._eliminated(run.rule, run.rows):
            run.failures.append(failure)
            run.meets = run.meets & ~failure.rows

    def accepted(self, rule: RoundPlan, matter: str) -> set[int]:
        """The rows whose explanation of a matter is accepted in a round."""
        rulings = [ruling for _, ruling in self._of(Accept, rule) if ruling.matter == matter]
        return {self._rows[each.vendor] for each in rulings if each.vendor in self._rows}

    def waived(self, rule: RoundPlan, requirement: str) -> dict[int, Decision]:
        """The rows that a requirement of a round is waived for, and by which decision."""
        found: dict[int, Decision] = {}
        for decision, ruling in self._of(Waive, rule):
            row = self._rows.get(ruling.vendor)
            if row is not None and ruling.requirement == requirement:
                found.setdefault(row, decision)
        return found

    def waive(self, rule: RoundPlan, requirement: str, rows: Rows, failed: Mask) -> Mask:
        """Where a requirement has failed for good, on the rows that reached the round."""
        for row, decision in self.waived(rule, requirement).items():
            position = _position(rows, row)
            if position is not None and failed[position]:
                failed = failed.copy()
                failed[position] = False
                self._note(rule, decision, row)
        return failed

    def _eliminated(self, rule: RoundPlan, rows: Rows) -> Iterator[Failure]:
        """The bids that decisions put out of a round."""
        out: set[int] = set()
        for decision, ruling in self._of(Eliminate, rule):
            position = _position(rows, self._rows.get(ruling.vendor))
            if position is None or position in out or not _may_act(decision, rule, self.plan):
                continue
            out.add(position)
            mask = np.zeros(len(rows), dtype=np.bool_)
            mask[position] = True
            self._note(rule, decision, int(rows[position]))
            said = decision.signed
            yield Failure("rule", "eliminate", mask, lambda _, said=said: said)  # type: ignore[misc]

    def agreed(self, criterion: str, row: int) -> Number | None:
        """The score that the panel agreed on for an offer, None where it did not."""
        return self._agreed.get((criterion, row))

    def agreed_by_row(self, criterion: str) -> dict[int, Number]:
        """The scores that the panel agreed on for a criterion, by the offer's row."""
        return {
            row: score
            for (id_, row), score in self._agreed.items()
            if id_ == criterion and row is not None
        }

    def afresh(self) -> LotDecisions:
        """The same decisions before anything was evaluated."""
        return LotDecisions(self.decisions, self.plan, self.lot, self._offers)

    def told(self, criterion: str, source: Source | None, row: int) -> Iterator[Message]:
        """What decisions did to what a criterion scores of an offer."""
        if source is None and self.agreed(criterion, row) is not None:
            yield Message("the score that the panel agreed on")
        yield from self.corrections(source, row)

    def corrections(self, source: Source | None, row: int) -> Iterator[Message]:
        """What was corrected of what a rule reads of an offer, and where the bid says otherwise."""
        if isinstance(self._offers, CorrectedOffers):
            for path in paths_of(source):
                for ruling, place in self._offers.corrected(row, path):
                    template = "{fact} was corrected: the bid says {was} ({place})"
                    yield Message(template, fact=ruling.name, was=told(ruling.was), place=place)

    def corrected_at(self, row: int, path: Path) -> list[Place]:
        """Where a fact of an offer was corrected."""
        offers = self._offers
        return list(offers.decided_at(row, path)) if isinstance(offers, CorrectedOffers) else []

    def scored(self, run: RoundRun) -> None:
        """A round was scored and ranked: what was agreed counts in it, and ties are broken."""
        self._agree(run)
        self._break_ties(run)

    def _agree(self, run: RoundRun) -> None:
        for decision, ruling in self._of(Consensus, run.rule):
            position = _position(run.scored_rows, self._rows.get(ruling.vendor))
            if position is None or run.scores is None:
                continue
            for node, kept in zip(run.rule.nodes, run.scores.nodes, strict=True):
                if node.id == ruling.criterion and kept.applies[position]:
                    self._note(run.rule, decision, int(run.scored_rows[position]))

    def _break_ties(self, run: RoundRun) -> None:
        """Ranks one after the other the bids that tie and whose order was decided."""
        for decision, ruling in self._of(BreakTie, run.rule):
            positions = [_position(run.rows, self._rows.get(each)) for each in ruling.order]
            known = [position for position in positions if position is not None]
            ranks = {int(run.ranks[position]) for position in known} - {0}
            tied = np.flatnonzero(np.isin(run.ranks, list(ranks)))
            whole = len(known) == len(ruling.order) and sorted(known) == tied.tolist()
            if whole and len(ranks) == 1:
                self._touch(run.rule, decision, run.rows)
                for place, position in enumerate(known):
                    run.ranks[position] += place
            elif len(tied) > len(ranks):
                self.reasons[decision.number] = self._tie(run, tied)

    def _tie(self, run: RoundRun, tied: Rows) -> Message:
        groups: dict[int, list[str]] = {}
        for position in tied:
            vendor = self._offers.vendors[int(run.rows[position])]
            groups.setdefault(int(run.ranks[position]), []).append(vendor)
        names = [", ".join(vendors) for vendors in groups.values() if len(vendors) > 1]
        template = "in round {round} of lot {lot} these tie: {vendors}"
        return Message(template, round=run.rule.id, lot=self.lot, vendors="; ".join(names))

    def finish(self, run: LotRun) -> None:
        """The lot was evaluated as far as it goes: notes what may still act in it.

        A fact that no round has read was corrected all the same: the first round shows it.
        """
        for decision, _ in self._of(Correct):
            if run.rounds and decision.number not in self.acted:
                self._touch(run.rounds[0].rule, decision, run.rounds[0].rows)
        if self.plan.left_to_people and run.complete:
            self._choose(run.rounds[-1])
        left = () if run.complete else self.plan.rounds[len(run.rounds) :]
        rows = _in_play(run)
        for decision in self._entries:
            known = [self._rows[vendor] for vendor in decision.vendors if vendor in self._rows]
            alive = any(rows is None or row in rows for row in known)
            later = any(_may_act(decision, rule, self.plan) for rule in left)
            if alive and (later or _may_choose(decision, run, self.plan)):
                self.waiting.add(decision.number)

    def _choose(self, last: RoundRun) -> None:
        """Names the winner among those that the last round lets go on."""
        rows = last.rows[last.advanced]
        for decision, ruling in self._of(Choose):
            row = self._rows.get(ruling.vendor)
            if row is None or _position(rows, row) is None:
                named = [self._offers.vendors[int(each)] for each in rows[:MOST_WARNINGS]]
                template = "the shortlist of lot {lot}: {vendors}"
                self.reasons[decision.number] = Message(template, lot=self.lot, vendors=named)
            elif self.choice is None:
                self.choice = decision
                self._note(last.rule, decision, row)

    def _of(self, kind: type[R], rule: RoundPlan | None = None) -> Iterator[tuple[Decision, R]]:
        for decision in self._entries:
            ruling = decision.ruling
            if isinstance(ruling, kind) and (
                rule is None or decision.round is None or decision.round == rule.id
            ):
                yield decision, ruling

    def _touch(self, rule: RoundPlan, decision: Decision, rows: Rows) -> None:
        for vendor in decision.vendors:
            row = self._rows.get(vendor)
            if row is not None and _position(rows, row) is not None:
                self._note(rule, decision, row)

    def _note(self, rule: RoundPlan, decision: Decision, row: int) -> None:
        found = self.of_round(rule.id).setdefault(row, [])
        if decision not in found:
            found.append(decision)
            found.sort(key=lambda each: each.number)


def reads(rule: RoundPlan, fact: Path) -> bool:
    """Whether a round's requirements or criteria read a fact, a part of it, or a whole with it."""
    sources: list[Source | None] = [requirement.source for requirement in rule.requirements]
    for node in rule.nodes:
        sources.append(None if node.only_if is None else node.only_if.source)
        sources.append(None if node.leaf is None else node.leaf.source)
    paths = [path for source in sources for path in paths_of(source)]
    return any(_related(path, fact) for path in paths)


def paths_of(source: Source | None) -> list[Path]:
    """The facts that a rule reads of a bid."""
    if isinstance(source, Expression):
        return [path for root, path in source.reads if root == "bid"]
    return [] if source is None else [source]


def idle_problems(lots: Sequence[LotDecisions]) -> Iterator[Problem]:
    """The decisions that touched nothing in any lot, and in none may do so later."""
    if not lots:
        return
    decisions = lots[0].decisions
    evaluated = {lot.lot for lot in lots}
    useful: set[int] = set().union(*(lot.acted | lot.waiting for lot in lots))
    for decision in decisions.entries:
        elsewhere = any(decision.is_for(lot) for lot in decisions.lots if lot not in evaluated)
        if decision.number not in useful and not elsewhere:
            number, usual = decision.number, _WHY[decision.ruling.decide]
            reasons = (lot.reasons[number] for lot in lots if number in lot.reasons)
            yield idle(decision, next(reasons, usual))


def _related(left: Path, right: Path) -> bool:
    return all(one == other for one, other in zip(left, right, strict=False))


def _position(rows: Rows, row: int | None) -> int | None:
    """Where a row stands in some, which ascend."""
    if row is None:
        return None
    position = int(np.searchsorted(rows, row))
    return position if position < len(rows) and int(rows[position]) == row else None


def _in_play(run: LotRun) -> set[int] | None:
    """The rows that would reach the next round; None for all."""
    if not run.rounds:
        return None
    last = run.rounds[-1]
    mask = last.advanced if last.too_few is None else last.meets
    return set(last.rows[mask].tolist())


def _may_act(decision: Decision, rule: RoundPlan, plan: LotPlan) -> bool:
    """Whether a decision has something to act on in a round."""
    if decision.round is not None and decision.round != rule.id:
        return False
    match decision.ruling:
        case Eliminate(round=None):
            return rule is plan.rounds[0]
        case Waive(requirement=id_):
            return any(requirement.id == id_ for requirement in rule.requirements)
        case Consensus(criterion=id_):
            return any(node.id == id_ for node in rule.nodes)
        case Choose():
            return False
    return True


def _may_choose(decision: Decision, run: LotRun, plan: LotPlan) -> bool:
    """Whether a lot may still come to a shortlist from which the decision chooses."""
    ended = run.complete or any(each.too_few is not None for each in run.rounds)
    return isinstance(decision.ruling, Choose) and plan.left_to_people and not ended
