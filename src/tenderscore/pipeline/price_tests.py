"""The tests for low prices in method.yaml, compiled, and resolved for a lot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.criteria_set import CriteriaSet
from tenderscore.model.fields import KIND_NAMES
from tenderscore.model.located import Document, Node
from tenderscore.model.low_price import LowPriceTest, Then
from tenderscore.model.records import record, replace
from tenderscore.model.references import Deferred
from tenderscore.model.suggestions import did_you_mean
from tenderscore.model.text import Title
from tenderscore.model.values import Fault, Number, Path, is_number, kind_of
from tenderscore.pipeline.plan import RoundPlan
from tenderscore.pipeline.resolving import Absence, Surroundings

if TYPE_CHECKING:
    from tenderscore.model.exact import Rationals
    from tenderscore.pipeline.low_price_rules import LowPriceRule, Population

_FORMS = ("under", "at_most", "rule")


@record
class PriceTest:
    """A test: at ``percent`` of what ``of`` names a price is doubted, under it if ``strict``.

    ``named`` is the reference that the value of ``of`` came from. A ``rule`` says by itself which
    prices are doubted; ``of`` is then its base.
    """

    id: str
    title: Title
    fact: Path
    percent: Fraction
    strict: bool
    of: str | Number | Deferred
    then: Then
    minimum_bids: int
    round: str | None
    place: Place
    named: str = ""
    rule: LowPriceRule | None = None

    def population(self, prices: Rationals) -> Population:
        """What the rule looks at, once the base is known."""
        from tenderscore.pipeline.low_price_rules import Population  # noqa: PLC0415 - seldom any

        assert isinstance(self.of, (int, Fraction))  # noqa: S101 - checked when it was read
        return Population(".".join(self.fact), prices, Fraction(self.of))


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
        rule, unfit = (None, []) if test.rule is None else _rule(test, document, node)
        wrong += unfit
        if not wrong:
            found[test.id] = replace(_compiled(test, document.place(node)), rule=rule)
        problems += wrong
    return tuple(found.values())


def _rule(
    test: LowPriceTest, document: Document, node: Node
) -> tuple[LowPriceRule | None, list[Problem]]:
    """The rule that a test names, with what is wrong with it and with its base."""
    from tenderscore.pipeline.low_price_rules import read_rule  # noqa: PLC0415 - seldom any

    rule, problems = read_rule(test.rule or {}, document, node.get("rule") or node)
    if isinstance(test.of, str):
        message = Message("a rule takes a base, not {word}", word=test.of)
        help_ = Message("a number, or a value of the lot or the tender such as lot.budget")
        problems.append(Problem("low-price-form", message, document.place(node.get("of")), help_))
    elif is_number(test.of) and test.of <= 0:
        problems.append(_no_base(document.place(node.get("of"))))
    return rule, problems


def _no_base(place: Place) -> Problem:
    return Problem("low-price-form", Message("the base of a rule is above 0"), place)


def _faults(
    test: LowPriceTest, document: Document, node: Node, rounds: Sequence[str]
) -> Iterator[Problem]:
    # Of the file, not of the model: what could not be read is given all the same.
    given = [form for form in _FORMS if (said := node.get(form)) and said.value is not None]
    if len(given) != 1:
        message = Message("a test has exactly one of {words}", words=", ".join(_FORMS))
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
        if not isinstance(test.of, Deferred):
            return test
        value = self._around.refer(test.of)
        if isinstance(value, (int, Fraction)) and is_number(value):
            return self._with_base(replace(test, of=value, named=str(test.of)), value)
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

    def _with_base(self, test: PriceTest, base: Number) -> PriceTest | None:
        if test.rule is None or base > 0:
            return test
        self.problems.append(_no_base(test.place))
        return None
