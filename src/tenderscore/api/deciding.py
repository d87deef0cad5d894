"""A round's decisions: checked against its files, and its offers corrected by them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from tenderscore.checks import NearMisses
from tenderscore.checks.decisions import LotScope, decision_problems
from tenderscore.errors import Message, Problem
from tenderscore.model.dates import date_in
from tenderscore.model.decisions import Correct, Decision
from tenderscore.model.money import Exchange, positive_price
from tenderscore.model.records import replace
from tenderscore.model.values import Value, identity, is_money
from tenderscore.model.written import told
from tenderscore.pipeline import LotInput
from tenderscore.pipeline.corrections import CorrectedOffers, Correction
from tenderscore.scoring.panel import Panel

Scales = Mapping[str, Mapping[str, Panel | None]]


def checked(
    decisions: Sequence[Decision],
    vendors: Collection[str],
    lots: Sequence[LotInput],
    scales: Scales,
) -> list[Problem]:
    """What is wrong with what decisions name."""
    scopes = {lot.lot.id: _scope(lot, decisions, scales[lot.lot.id]) for lot in lots}
    return list(decision_problems(decisions, vendors, scopes))


def _scope(
    lot: LotInput, decisions: Sequence[Decision], scales: Mapping[str, Panel | None]
) -> LotScope:
    wanted = {vendor for decision in decisions for vendor in decision.vendors}
    requirements: dict[str, Collection[str]] = {}
    criteria: dict[str, Collection[str]] = {}
    for rule in lot.compiled.criteria_set.rounds():
        groups = set(rule.criteria or ())
        requirements[rule.id] = rule.requirements
        criteria[rule.id] = [id_ for id_ in scales if id_.partition(".")[0] in groups]
    chosen = lot.compiled.criteria_set.method.winner == "decide"
    vendors = wanted.intersection(lot.offers.vendors)
    return LotScope(vendors, requirements, criteria, scales, chosen)


def corrected(
    decisions: Sequence[Decision], lots: Sequence[LotInput], exchange: Exchange
) -> tuple[list[LotInput], list[Problem]]:
    """The lots with their offers as decisions have corrected them, and what does not fit."""
    corrections = [
        (decision, decision.ruling)
        for decision in decisions
        if isinstance(decision.ruling, Correct)
    ]
    if not corrections:
        return list(lots), []
    made: list[LotInput] = []
    problems: dict[int, Problem] = {}
    for lot in lots:
        offers, wrong = _Corrector(lot, exchange, several=len(lots) > 1).all_of(corrections)
        made.append(replace(lot, offers=offers))
        for number, problem in wrong:
            problems.setdefault(number, problem)
    return made, list(problems.values())


class _Corrector:
    """Corrects the offers of one lot."""

    def __init__(self, lot: LotInput, exchange: Exchange, *, several: bool) -> None:
        self._lot = lot
        self._exchange = exchange
        self._several = several

    def all_of(
        self, corrections: Sequence[tuple[Decision, Correct]]
    ) -> tuple[CorrectedOffers, list[tuple[int, Problem]]]:
        """The offers after the corrections, and the first thing wrong with each of these."""
        offers = CorrectedOffers(self._lot.offers, self._exchange)
        wanted = {ruling.vendor for _, ruling in corrections}
        rows = {vendor: row for row, vendor in enumerate(offers.vendors) if vendor in wanted}
        problems = []
        for decision, ruling in corrections:
            row = rows.get(ruling.vendor)
            if row is None or not decision.is_for(self._lot.lot.id):
                continue
            after = offers.and_also(Correction(row, decision, ruling))
            wrong = next(self._wrong(decision, ruling, row, offers, after), None)
            if wrong is None:
                offers = after
            else:
                problems.append((decision.number, wrong))
        return offers, problems

    def _wrong(
        self,
        decision: Decision,
        ruling: Correct,
        row: int,
        before: CorrectedOffers,
        after: CorrectedOffers,
    ) -> Iterator[Problem]:
        said = before.stated(row, ruling.fact)
        if not self._agree(said, ruling.was):
            yield self._other_value(decision, ruling, said, row, before)
        reason = _unfit(ruling, after.stated(row, ruling.fact[:1]))
        if reason is not None:
            yield Problem(ruling.fact[0], reason, decision.at("value"))

    def _agree(self, said: Value, was: Value) -> bool:
        """Whether ``was`` is what the bid says: an amount also by its number or its currency."""
        if isinstance(said, dict) and is_money(said):
            money = {"amount": said["amount"], "currency": said["currency"]}
            plain = said["amount"] if said["currency"] == self._exchange.currency else said
            return identity(was) in {identity(said), identity(money), identity(plain)}
        return identity(said) == identity(was)

    def _other_value(
        self, decision: Decision, ruling: Correct, said: Value, row: int, offers: CorrectedOffers
    ) -> Problem:
        names = {"fact": ruling.name, "said": told(said), "was": told(ruling.was)}
        help_ = Message("write `was` as the bid has it, with quotes where it is text")
        message = Message("{fact}: the bid says {said}, not {was}", **names)
        if self._several:
            template = "{fact}: in lot {lot} the bid says {said}, not {was}"
            message = Message(template, lot=self._lot.lot.id, **names)
            help_ = Message("name the `lot` that the decision is for")
        also = ((Message("the bid stands here"), offers.place(row, ruling.fact)),)
        return Problem("other-value", message, decision.at("was"), help_, also=also)


def _unfit(ruling: Correct, value: Value) -> Message | None:
    """What is wrong with a corrected price or time of receipt."""
    if ruling.fact[0] == "price" and value is not None:
        return positive_price(value)
    if ruling.fact == ("received",):
        instant = date_in(value) if isinstance(value, str) else value
        if not isinstance(instant, datetime):
            return Message("received is a time of day with its zone")
    return None


def near_misses(decisions: Sequence[Decision], finder: NearMisses) -> Iterator[Problem]:
    """Facts that decisions correct, that nobody reads and that were probably meant for others."""
    for decision in decisions:
        if isinstance(decision.ruling, Correct):
            near = finder.near(decision.ruling.name)
            if near is not None:
                message = Message("no criterion reads {path}", path=decision.ruling.name)
                help_ = Message("did you mean `{word}`?", word=near)
                place = decision.at("fact")
                yield Problem("near-miss", message, place, help_, "warning")
