"""The award of a round: tender.yaml's rules made numbers, candidates gathered, the lots shared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from tenderscore.award import (
    Awarding,
    Budget,
    Candidate,
    IncumbentsEach,
    IncumbentsTogether,
    Limit,
    LotsPerVendor,
    Package,
    Programme,
    ValuePerVendor,
    VendorsAtLeast,
    VendorsAtMost,
    why,
)
from tenderscore.errors import InvalidInputError, Message, Place, Problem
from tenderscore.model.award import POINTS, Objective
from tenderscore.model.award_file import AwardFile
from tenderscore.model.columns import NumberColumn
from tenderscore.model.explanation import Explanation, LotExplanation
from tenderscore.model.fields import KIND_NAMES
from tenderscore.model.located import Document
from tenderscore.model.records import record, replace
from tenderscore.model.references import Reference
from tenderscore.model.result import BidResult, Evaluation, LotResult
from tenderscore.model.values import Fault, Path, Value, is_number, kind_of
from tenderscore.pipeline import EvaluationInput, LotInput
from tenderscore.pipeline.evaluating import distinct
from tenderscore.pipeline.plan import EVALUATED, PRICE

if TYPE_CHECKING:
    from tenderscore.api.award_prices import ComparedPrices


@record
class AwardRules:
    """tender.yaml's ``award:`` with its amounts in the tender's currency.

    ``capacity`` is a number for every vendor, the path of the fact that has each vendor's, or None.
    """

    file: AwardFile
    budget: Fraction | None
    capacity: Fraction | Path | None

    @property
    def reads(self) -> Path | None:
        """The fact of the bids that it reads, besides their prices."""
        return self.capacity if isinstance(self.capacity, tuple) else None

    @property
    def reads_prices(self) -> bool:
        """Whether it takes a price to be a candidate."""
        return self.goal.reads_prices or self.budget is not None or self.capacity is not None

    @property
    def goal(self) -> Objective:
        """What the award makes as great as it can."""
        return self.file.objective or POINTS

    def largest_discount(self, vendor: str, lot: str) -> Fraction:
        """The most that a package takes off a vendor's price for a lot, in percent."""
        discounts = (
            Fraction(package.discount)
            for package in self.file.packages or ()
            if package.vendor == vendor and lot in package.lots
        )
        return max(discounts, default=Fraction(0))


def award_rules(
    file: AwardFile, document: Document, facts: Mapping[str, Value]
) -> tuple[AwardRules, list[Problem]]:
    """The rules with their amounts; ``facts`` are tender.yaml's, money settled."""
    amounts = _Amounts(document, facts)
    path = file.value_per_vendor if isinstance(file.value_per_vendor, tuple) else None
    capacity = path or amounts.of("value_per_vendor", file.value_per_vendor)
    rules = AwardRules(file, amounts.of("budget", file.budget), capacity)
    return rules, amounts.problems


class _Amounts:
    """Reads amounts of ``award:``, and tells what is wrong with them."""

    def __init__(self, document: Document, facts: Mapping[str, Value]) -> None:
        self._document = document
        self._facts = facts
        self.problems: list[Problem] = []

    def of(self, key: str, given: object) -> Fraction | None:
        """The amount that a key gives, in the tender's currency."""
        if given is None:
            return None
        path = given.path if isinstance(given, Reference) else ("award", key)
        value: Value = dict(self._facts)
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        if is_number(value) and value > 0:  # type: ignore[operator] # is_number has just said so
            return Fraction(value)  # type: ignore[arg-type]
        place = self._document.place(self._document.root.get("award", key))
        self.problems.append(_no_amount(value, given, place))
        return None


def _no_amount(value: Value, given: object, place: Place) -> Problem:
    if isinstance(value, Fault):
        return Problem(value.code, value.message, place)
    message = Message("{reference} is no number above 0", reference=given)
    return Problem("absent-reference", message, place)


def capacity_problems(given: EvaluationInput, rules: AwardRules) -> Iterator[Problem]:
    """Capacities that are no numbers."""
    path = rules.reads
    for lot in given.lots if path is not None else ():
        column = lot.offers.column(path)  # type: ignore[arg-type] # no lots without a path
        rows = () if isinstance(column, NumberColumn) else range(len(column))
        for row, value in zip(rows, map(column.value, rows), strict=True):
            if value is not None and not isinstance(value, Fault) and not is_number(value):
                expected, kind = KIND_NAMES["number"], KIND_NAMES[kind_of(value)]
                reason = Message("expected {expected}, not {kind}", expected=expected, kind=kind)
                fact = ".".join(path or ())
                message = Message("{fact}: {reason}", fact=fact, reason=reason)
                yield Problem("fact-type", message, lot.offers.place(row, path or ()))


def with_award(evaluation: Evaluation, given: EvaluationInput, rules: AwardRules) -> Evaluation:
    """The evaluation with its award as tender.yaml wants it.

    Raises:
        InvalidInputError: a fact that the award needs is wrong.
    """
    gathered = _Gathered(evaluation, given, rules)
    found = [*capacity_problems(given, rules), *gathered.problems]
    problems = distinct([*evaluation.warnings, *found])
    if any(problem.severity == "error" for problem in problems):
        raise InvalidInputError(problems)
    awarding = Awarding(gathered.programme(), gathered.limits(), rules.file.spend or "optimum")
    return replace(
        evaluation,
        award=awarding.award(gathered.waiting),
        warnings=problems,
        explainer=_explainer(evaluation, awarding, gathered),
    )


class _Gathered:
    """What the award takes from an evaluation: candidates, capacities, lots that wait."""

    def __init__(self, evaluation: Evaluation, given: EvaluationInput, rules: AwardRules) -> None:
        self._rules = rules
        self._given = given
        self._inputs = {lot.lot.id: lot for lot in given.lots}
        self._lots = evaluation.lots
        self._capacities: dict[str, Fraction] = {}
        self.problems: list[Problem] = []
        self.waiting = tuple(
            lot.id for lot in evaluation.lots.values() if _waits(lot, evaluation.until)
        )
        self._candidates = {
            lot.id: [] if lot.id in self.waiting else list(self._of(lot))
            for lot in evaluation.lots.values()
        }

    def programme(self) -> Programme:
        """The lots with their candidates."""
        file = self._rules.file
        packages = [
            Package(each.vendor, tuple(dict.fromkeys(each.lots)), Fraction(each.discount))
            for each in file.packages or ()
        ]
        decimals = {
            id_: lot.rounds[-1].criterion_decimals for id_, lot in self._lots.items() if lot.rounds
        }
        return Programme(self._candidates, self._rules.goal, (), packages, decimals)

    def limits(self) -> list[Limit]:
        """The constraints that tender.yaml gives."""
        file, rules = self._rules.file, self._rules
        found: list[Limit] = []
        if file.lots_per_vendor is not None:
            found.append(LotsPerVendor(Fraction(file.lots_per_vendor)))
        if rules.capacity is not None:
            found.append(self._value_limit(rules.capacity))
        if rules.budget is not None:
            found.append(Budget(rules.budget))
        if file.vendors is not None and file.vendors.at_least is not None:
            found.append(VendorsAtLeast(Fraction(file.vendors.at_least)))
        if file.vendors is not None and file.vendors.at_most is not None:
            found.append(VendorsAtMost(Fraction(file.vendors.at_most)))
        return [*found, *self._incumbents()]

    def _incumbents(self) -> Iterator[Limit]:
        incumbents = self._rules.file.incumbents
        if incumbents is None:
            return
        vendors = frozenset(incumbents.vendors)
        if incumbents.lots_per_vendor is not None:
            yield IncumbentsEach(Fraction(incumbents.lots_per_vendor), vendors)
        if incumbents.at_most is not None:
            yield IncumbentsTogether(Fraction(incumbents.at_most), vendors)

    def _value_limit(self, capacity: Fraction | Path) -> ValuePerVendor:
        if isinstance(capacity, tuple):
            return ValuePerVendor(".".join(capacity), self._capacities)
        vendors = {bid.vendor for among in self._candidates.values() for bid in among}
        return ValuePerVendor(capacity, dict.fromkeys(sorted(vendors), capacity))

    def _of(self, lot: LotResult) -> Iterator[Candidate]:
        """The candidates of a lot: its shortlist, of which each has what the award needs."""
        given = self._inputs[lot.id]
        compared = self._compared(given)
        rows = {vendor: row for row, vendor in enumerate(given.offers.vendors)}
        for bid in _shortlisted(lot):
            row = rows[bid.vendor]
            self._read_capacity(given, row, bid.vendor)
            if bid.price is None and self._rules.reads_prices:
                self._lacks(given, row, PRICE)
            elif compared is not None and compared.is_missing(row):
                self._lacks(given, row, EVALUATED)
            else:
                yield self._candidate(lot.id, bid, compared, row)

    def _compared(self, given: LotInput) -> ComparedPrices | None:
        if not self._rules.goal.reads_evaluated_prices:
            return None
        from tenderscore.api.award_prices import ComparedPrices  # noqa: PLC0415 - seldom asked

        return ComparedPrices(self._given, given, self._rules.goal)

    def _candidate(
        self, lot: str, bid: BidResult, compared: ComparedPrices | None, row: int
    ) -> Candidate:
        formula = None
        if compared is not None:
            wrong = compared.problem(row, self._rules.largest_discount(bid.vendor, lot))
            self.problems += [] if wrong is None else [wrong]
            formula = compared.formula(row)
        total = bid.total if bid.total is not None else Fraction(0)
        return Candidate(bid.vendor, bid.name, bid.rank, total, bid.price, formula)

    def _read_capacity(self, given: LotInput, row: int, vendor: str) -> None:
        """A vendor's capacity; where its offers say different ones, the lowest."""
        path = self._rules.reads
        if path is None:
            return
        value = given.offers.column(path).value(row)
        if isinstance(value, Fault):
            place = given.offers.place(row, path)
            self.problems.append(Problem(value.code, value.message, place))
        elif is_number(value):
            amount = Fraction(value)  # type: ignore[arg-type]
            self._capacities[vendor] = min(amount, self._capacities.get(vendor, amount))
        elif value is None:
            self._lacks(given, row, path)

    def _lacks(self, given: LotInput, row: int, path: Path) -> None:
        vendor = given.offers.vendors[row]
        template = "{fact} is missing: the award leaves {vendor} out of lot {lot}"
        message = Message(template, fact=".".join(path), vendor=vendor, lot=given.lot.id)
        place = given.offers.place(row, path)
        self.problems.append(Problem("award-fact", message, place, severity="warning"))


def _waits(lot: LotResult, until: str | None) -> bool:
    """Whether a lot's evaluation has not come to its end."""
    reached = bool(lot.rounds) and lot.rounds[-1].id == until
    stopped = until is not None and (reached or bool(lot.shortlist))
    return bool(lot.pending) or stopped


def _shortlisted(lot: LotResult) -> list[BidResult]:
    bids = lot.rounds[-1].bids if lot.shortlist else ()
    return [bid for bid in bids if bid.vendor in lot.names]


def _explainer(
    evaluation: Evaluation, awarding: Awarding, gathered: _Gathered
) -> Callable[[str], Explanation]:
    """Explanations that say of each lot what the award did with the vendor."""

    def said(lot: LotExplanation, vendor: str) -> Message | None:
        if lot.id in gathered.waiting or not lot.shortlisted:
            return None
        return why(awarding, lot.id, vendor) or Message("not awarded: it has no price")

    def explain(vendor: str) -> Explanation:
        explanation = evaluation.explainer(vendor)
        lots = [replace(lot, award=said(lot, vendor)) for lot in explanation.lots]
        return replace(explanation, lots=tuple(lots))

    return explain
