"""One lot, round by round: who meets the requirements, what they score, who goes on."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tenderscore.errors import Message, Place, Problem
from tenderscore.expressions import Expression
from tenderscore.model.breakdown import BREAKDOWN
from tenderscore.model.columns import Column, NumberColumn
from tenderscore.model.dates import instant_in
from tenderscore.model.exact import Integers, Mask, Rationals
from tenderscore.model.numerals import exact_text
from tenderscore.model.values import Fault
from tenderscore.pipeline.facts import LotFacts, Rows, Source, fault_mask
from tenderscore.pipeline.plan import PRICE, RECEIVED, LotPlan, RoundPlan
from tenderscore.pipeline.points import MOST_WARNINGS, Failure, RoundScores, Scorer
from tenderscore.pipeline.ranking import competition_ranks
from tenderscore.pipeline.requirements import Requirement
from tenderscore.pipeline.totals import total_of

if TYPE_CHECKING:
    from tenderscore.model.decisions import Decision
    from tenderscore.pipeline.low_prices import LowPrices
    from tenderscore.pipeline.rankings import Standings


@dataclass
class RoundRun:
    """What a round came to. ``rows`` reached it, ``meets`` (a mask on them) its requirements.

    ``total``, ``ranks`` (0 for none) and ``advanced`` are by row reached; ``scores`` are of those
    that meet the requirements, at ``position`` in them (-1 for the others), and so are the
    ``standings`` of a round that something else than the total ranks. ``decided`` are the
    decisions that have touched an offer, by its row; ``low`` are the prices that tests doubt.
    """

    rule: RoundPlan
    rows: Rows
    meets: Mask
    failures: list[Failure]
    too_few: int | None = None
    scores: RoundScores | None = None
    total: Rationals | None = None
    ranks: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    advanced: Mask = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    carried: Mapping[str, Rationals] = field(default_factory=dict)
    standings: Standings | None = None
    decided: Mapping[int, Sequence[Decision]] = field(default_factory=dict)
    low: LowPrices | None = None

    @property
    def scored_rows(self) -> Rows:
        """The offers that were scored, or would be."""
        return self.rows[self.meets]

    @property
    def standing_rows(self) -> Rows:
        """The offers that nothing has put out."""
        unranked = self.too_few is not None or not self.rule.ranks
        return self.scored_rows if unranked else self.rows[self.ranks > 0]


@dataclass
class LotRun:
    """What a lot came to: its rounds, and where it waits for scores.

    ``waiting`` is the round that waits, screened and not scored.
    """

    rounds: list[RoundRun]
    pending: tuple[str, ...] = ()
    waits_for: Message | None = None
    complete: bool = True
    waiting: RoundRun | None = None


class LotEvaluator:
    """Runs the rounds of one lot; ``problems`` collects errors and warnings."""

    def __init__(self, plan: LotPlan, facts: LotFacts) -> None:
        self._plan = plan
        self._facts = facts
        self._runs: list[RoundRun] = []
        self.problems: list[Problem] = []

    def check_types(self) -> None:
        """Looks at the type of every fact that some rule reads, in every live bid."""
        for rule in self._plan.rounds:
            for requirement in rule.requirements:
                self._facts.check_requirement(requirement, self._waived(rule, requirement))
            for node in rule.nodes:
                if node.only_if is not None:
                    self._facts.check_requirement(node.only_if)
                if node.leaf is not None:
                    self._facts.check_leaf(node.leaf)
        for adjustment in self._plan.adjustments or ():
            if adjustment.condition is not None:
                self._facts.check_requirement(adjustment.condition)
            if isinstance(adjustment.amount, Expression):
                self._facts.check_number(adjustment.amount, adjustment.place)
        for test in (test for tests in self._plan.price_tests.values() for test in tests):
            self._facts.check_number(test.fact, test.place)
        self._check_breakdowns()
        self.problems.extend(self._facts.problems)

    def _check_breakdowns(self) -> None:
        """A price is the sum of its parts, once it was corrected."""
        for row, fault in self._facts.offers.cost_faults():
            place = self._facts.offers.place(row, BREAKDOWN)
            self.problems.append(Problem("breakdown-sum", fault, place, also=self._corrected(row)))

    def _corrected(self, row: int) -> tuple[tuple[Message, Place], ...]:
        """Where decisions have changed the price or a part of it."""
        decisions = self._facts.decisions
        places = [] if decisions is None else decisions.corrected_at(row, PRICE)
        return tuple((Message("corrected here"), place) for place in places)

    def run(self, until: str | None) -> LotRun:
        """The rounds in order, as far as they go."""
        self.check_types()
        run = self._rounds(until)
        if self._plan.left_to_people and run.complete:
            self._check_prices(run.rounds[-1])
        if self._facts.decisions is not None:
            self._facts.decisions.finish(run)
        return run

    def _check_prices(self, last: RoundRun) -> None:
        """The prices that people weigh against points are numbers, where there are any."""
        self._add_faults(self._facts.column(PRICE), last.rows[last.advanced], PRICE, "price", ())

    def _rounds(self, until: str | None) -> LotRun:
        rows: Rows = np.arange(len(self._facts), dtype=np.intp)
        for index, rule in enumerate(self._plan.rounds):
            run = self._screened(rule, rows)
            if index == 0 and int(run.meets.sum()) < self._plan.minimum_bids:
                run.too_few = self._plan.minimum_bids
                run.ranks = np.zeros(len(rows), dtype=np.int64)
                run.advanced = np.zeros(len(rows), dtype=np.bool_)
                return LotRun([run], complete=False)
            self._put_out_low(run)
            scorer = Scorer(rule, self._facts, self._plan.rounding, run.scored_rows)
            waits = scorer.waits_for()
            if waits is None and self._plan.moderates(rule):
                waits = self._panel_waits(scorer)
            if waits is not None:
                self.problems.extend(scorer.undecided())
                pending = tuple(later.id for later in self._plan.rounds[index:])
                return LotRun(self._runs, pending, waits, complete=False, waiting=run)
            self._score(run, scorer)
            if run.low is not None:
                self.problems.extend(run.low.problems(run.standing_rows))
            self._runs.append(run)
            rows = run.rows[run.advanced]
            if rule.id == until:
                return LotRun(self._runs, complete=False)
        # A lot may have criteria of its own, without the round after which to stop.
        return LotRun(self._runs, complete=until is None)

    def _panel_waits(self, scorer: Scorer) -> Message | None:
        from tenderscore.pipeline.moderation import Moderation  # noqa: PLC0415 - at need

        moderation = Moderation(self._plan, self._facts, list(scorer.panel_cells()))
        self.problems.extend(moderation.problems())
        return moderation.waits_for()

    def _screened(self, rule: RoundPlan, rows: Rows) -> RoundRun:
        meets: Mask = np.ones(len(rows), dtype=np.bool_)
        failures = []
        decisions = self._facts.decisions
        for requirement in rule.requirements:
            column = self._facts.column(requirement.source)
            waived = self._waived(rule, requirement)
            self._add_faults(column, rows, requirement.source, requirement.id, waived)
            failed = ~requirement.mask(column)[rows]
            if decisions is not None:
                failed = decisions.waive(rule, requirement.id, rows, failed)
            if failed.any():
                failures.append(_failure(requirement, self._facts, rows, failed))
                meets = meets & ~failed
        run = RoundRun(rule, rows, meets, failures)
        run.low = self._low_prices(rule, run.scored_rows)
        if decisions is not None:
            decisions.screen(run)
        return run

    def _low_prices(self, rule: RoundPlan, rows: Rows) -> LowPrices | None:
        tests = self._plan.price_tests.get(rule.id)
        if tests is None:
            return None
        from tenderscore.pipeline.low_prices import LowPrices  # noqa: PLC0415 - seldom asked for

        for test in tests:
            self._add_faults(self._facts.column(test.fact), rows, test.fact, test.id, ())
        return LowPrices(rule, tests, self._facts, rows)

    def _put_out_low(self, run: RoundRun) -> None:
        """Bids with a low price are out where the method says so."""
        for failure in () if run.low is None else run.low.failures(run.rows):
            run.failures.append(failure)
            run.meets = run.meets & ~failure.rows

    def _waived(self, rule: RoundPlan, requirement: Requirement) -> Collection[int]:
        """The rows that are not held against a requirement."""
        decisions = self._facts.decisions
        return () if decisions is None else decisions.waived(rule, requirement.id)

    def _add_faults(
        self, column: Column, rows: Rows, source: Source, id_: str, waived: Container[int]
    ) -> None:
        for row in rows[fault_mask(column)[rows]]:
            fault = column.value(int(row))
            if (
                int(row) not in waived
                and isinstance(fault, Fault)
                and fault.code != "expression-type"
            ):
                message = Message("{criterion}: {reason}", criterion=id_, reason=fault.message)
                place = self._facts.place(source, int(row))
                self.problems.append(Problem(fault.code, message, place))

    def _score(self, run: RoundRun, scorer: Scorer) -> None:
        rule = run.rule
        count = len(run.rows)
        run.ranks = np.zeros(count, dtype=np.int64)
        if not rule.ranks:
            run.advanced = run.meets.copy()
            return
        run.scores = scorer.scored()
        self.problems.extend(run.scores.problems)
        if rule.scores:
            self._total(run, run.scores)
        self._stand(run, run.scores)
        ranked = np.flatnonzero(~run.scores.out)
        keys = self._keys(run, ranked)
        positions = np.flatnonzero(run.meets)[ranked]
        run.ranks[positions] = competition_ranks(keys, len(ranked))
        if self._facts.decisions is not None:
            self._facts.decisions.scored(run)
        run.advanced = self._advancing(run)

    def _total(self, run: RoundRun, scores: RoundScores) -> None:
        carry = run.rule.carry_over
        run.carried = {id_: self._earlier_total(id_, run.scored_rows) for id_ in carry}
        run.total = total_of(scores.own_total, run.carried, carry, self._plan.rounding.total)

    def _stand(self, run: RoundRun, scores: RoundScores) -> None:
        """What ranks the round instead of the total, and whom that puts out."""
        ranking = run.rule.ranking
        if ranking is None:
            return
        from tenderscore.pipeline.rankings import ScoredRound  # noqa: PLC0415 - seldom asked for

        rounding = self._plan.rounding
        total = scores.own_total if run.total is None else run.total
        scored = ScoredRound(run.rule, self._facts, rounding, scores, total, run.carried)
        run.standings = ranking.standings(scored)
        self.problems.extend(run.standings.problems)
        for failure in run.standings.failures:
            scores.out = scores.out | failure.rows
            scores.failures.append(failure)

    def _earlier_total(self, id_: str, rows: Rows) -> Rationals:
        run = next(run for run in self._runs if run.rule.id == id_)
        assert run.total is not None  # noqa: S101 - a check has refused other plans
        return run.total.take(np.searchsorted(run.scored_rows, rows))

    def _keys(self, run: RoundRun, ranked: Rows) -> list[Integers]:
        keys = self._first_keys(run, ranked)
        rows = run.scored_rows[ranked]
        for entry in run.rule.tie_break:
            keys.extend(self._tie_keys(entry, run, rows))
        return keys

    def _first_keys(self, run: RoundRun, ranked: Rows) -> list[Integers]:
        if run.standings is not None:
            return [key[ranked] for key in run.standings.keys]
        assert run.total is not None  # noqa: S101 - the round was scored
        return [-run.total.take(ranked).keys()]

    def _tie_keys(self, entry: str, run: RoundRun, rows: Rows) -> list[Integers]:
        rounds = [*self._runs, run]
        if entry == "price":
            if any(earlier.rule.scores_price for earlier in rounds):
                return self._price_keys(rows)
            return []
        for earlier in reversed(rounds):
            for index, node in enumerate(earlier.rule.nodes):
                if node.id == entry and earlier.scores is not None:
                    points = earlier.scores.nodes[index].points
                    rounded = points.rounded(self._plan.rounding.criterion)
                    chosen = rounded.take(np.searchsorted(earlier.scores.rows, rows))
                    return [-chosen.keys()]
        return self._received_keys(rows) if entry == "received" else []

    def _price_keys(self, rows: Rows) -> list[Integers]:
        column = self._facts.column(PRICE).take(rows)
        if isinstance(column, NumberColumn):
            return [column.missing.astype(np.int64), column.numbers.keys()]
        return []

    def _received_keys(self, rows: Rows) -> list[Integers]:
        instants = self._facts.column(RECEIVED).take(rows).each(instant_in)
        known = sorted({instant for instant in instants if instant is not None})
        places = {instant: place for place, instant in enumerate(known)}
        order = [len(known) if each is None else places[each] for each in instants]
        return [np.array(order, dtype=np.int64)]

    def _advancing(self, run: RoundRun) -> Mask:
        rule, total = run.rule, run.total
        advanced: Mask = run.ranks > 0
        if rule.minimum is not None and total is not None:
            enough = np.zeros(len(run.rows), dtype=np.bool_)
            enough[run.meets] = total.at_least(rule.minimum)
            advanced = advanced & enough
        if rule.at_most is None:
            return advanced
        advanced = advanced & (run.ranks <= rule.at_most)
        if int(advanced.sum()) > rule.at_most:
            self._warn_tie(run, advanced)
        return advanced

    def _warn_tie(self, run: RoundRun, advanced: Mask) -> None:
        rank = int(run.ranks[advanced].max())
        tied = run.rows[advanced & (run.ranks == rank)]
        vendors = ", ".join(self._facts.offers.vendors[int(row)] for row in tied[:MOST_WARNINGS])
        template = (
            "lot {lot}, round {round}: {vendors} tie for rank {rank} at the cut of {at_most}; "
            "all of them advance"
        )
        message = Message(
            template,
            lot=self._facts.around.lot_id,
            round=run.rule.id,
            vendors=vendors,
            rank=rank,
            at_most=run.rule.at_most,
        )
        step = (self._facts.around.lot_id, len(self._runs))
        self.problems.append(Problem("tie-at-cut", message, severity="warning", step=step))


def _failure(requirement: Requirement, facts: LotFacts, rows: Rows, failed: Mask) -> Failure:
    def message(position: int) -> Message:
        return facts.failure(requirement, int(rows[position]))

    return Failure("requirement", requirement.id, failed, message)


def advance_message(run: RoundRun, position: int, total: Fraction | None) -> Message:
    """Why a ranked bid did not advance, in words."""
    rule = run.rule
    if rule.minimum is not None and total is not None and total < rule.minimum:
        template = "{total} points in total, under the minimum of {minimum}"
        return Message(template, total=exact_text(total), minimum=exact_text(rule.minimum))
    template = "rank {rank}; the best {at_most} advance"
    return Message(template, rank=int(run.ranks[position]), at_most=rule.at_most)


def too_few_message(met: int, needed: int) -> Message:
    """Why a lot with too few bids was not evaluated."""
    template = (
        "1 bid meets the requirements; an evaluation takes {needed}"
        if met == 1
        else "{met} bids meet the requirements; an evaluation takes {needed}"
    )
    return Message(template, met=met, needed=needed)
