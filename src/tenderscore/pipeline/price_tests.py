"""The tests for low prices in method.yaml, compiled, and resolved for a lot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.criteria_set import CriteriaSet
from tenderscore.model.fields import KIND_NAMES, Reference
from tenderscore.model.located import Document, Node
from tenderscore.model.low_price import LowPriceTest, Then
from tenderscore.model.records import record, replace
from tenderscore.model.suggestions import did_you_mean
from tenderscore.model.text import Title
from tenderscore.model.values import Fault, Number, Path, is_number, kind_of
from tenderscore.pipeline.plan import RoundPlan
from tenderscore.pipeline.resolving import Absence, Surroundings


@record
class PriceTest:
    """A test: at ``percent`` of what ``of`` names a price is doubted, under it if ``strict``.

    ``named`` is the reference that the value of ``of`` came from.
    """

    id: str
    title: Title
    fact: Path
    percent: Fraction
    strict: bool
    of: str | Number | Reference
    then: Then
    minimum_bids: int
    round: str | None
    place: Place
    named: str = ""


def read_price_tests(criteria_set: CriteriaSet, problems: list[Problem]) -> tuple[PriceTest, ...]:
    """The tests of a method; what is wrong with one is told, and it is left out."""
    found: dict[str, PriceTest] = {}
    document = criteria_set.method_document
    rounds = [rule.id for rule in criteria_set.rounds()]
    for index, test in enumerate(criteria_set.method.low_price or ()):
        node = criteria_set.node("low_price", index)
        wrong = [*_faults(test, document, node, rounds)]
        if test.id in found:
            message = Message("the id {id!r} is given twice", id=test.id)
            wrong.append(Problem("duplicate-id", message, document.place(node.get("id"))))
        if not wrong:
            found[test.id] = _compiled(test, document.place(node))
        problems += wrong
    return tuple(found.values())


def _faults(
    test: LowPriceTest, document: Document, node: Node, rounds: Sequence[str]
) -> Iterator[Problem]:
    if (test.under is None) == (test.at_most is None):
        message = Message("a test has exactly one of {words}", words="under, at_most")
        yield Problem("low-price-form", message, document.place(node))
    if test.round is not None and test.round not in rounds:
        message = Message("there is no round {round!r}", round=test.round)
        help_ = did_you_mean(test.round, rounds)
        yield Problem("low-price-form", message, document.place(node.get("round")), help_)


def _compiled(test: LowPriceTest, place: Place) -> PriceTest:
    strict = test.under is not None
    return PriceTest(
        id=test.id,
        title=test.title or Title(test.id),
        fact=test.fact,
        percent=Fraction(test.under if strict else test.at_most or 0),  # type: ignore[arg-type]
        strict=strict,
        of=test.of,
        then=test.then,
        minimum_bids=test.minimum_bids,
        round=test.round,
        place=place,
    )


class LotPriceTests:
    """The tests that apply in a lot, with what could not be resolved there."""

    def __init__(self, tests: Sequence[PriceTest], around: Surroundings) -> None:
        self._around = around
        self.problems: list[Problem] = []
        self.absences: list[Absence] = []
        self._tests = [each for test in tests if (each := self._resolved(test)) is not None]

    def by_round(self, rounds: Sequence[RoundPlan]) -> Mapping[str, tuple[PriceTest, ...]]:
        """The tests of each round: without one of its own, a test's is the first with a price."""
        priced = next((rule for rule in rounds if rule.scores_price), *rounds[:1])
        found: dict[str, tuple[PriceTest, ...]] = {}
        for test in self._tests:
            id_ = test.round or priced.id
            found[id_] = (*found.get(id_, ()), test)
        return found

    def _resolved(self, test: PriceTest) -> PriceTest | None:
        if not isinstance(test.of, Reference):
            return test
        value = self._around.refer(test.of)
        if is_number(value):
            return replace(test, of=value, named=str(test.of))
        if value is None:
            self.absences.append(Absence(test, test.of, self._around.lot_id))
        elif isinstance(value, Fault):
            self.problems.append(Problem(value.code, value.message, test.place))
        else:
            reason = Message("an amount is a number, not {kind}", kind=KIND_NAMES[kind_of(value)])
            template = "{reference} in lot {lot}: {reason}"
            lot = self._around.lot_id
            message = Message(template, reference=test.of, lot=lot, reason=reason)
            self.problems.append(Problem("wrong-type", message, test.place))
        return None
