"""A rule at work on a round: what its bids have by it, and what any other value would have.

Points come from the scoring methods themselves, and those of the bids from an evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from tenderscore.api import ProcurementRound, open_round
from tenderscore.expressions import Expression
from tenderscore.model.exact import Rationals
from tenderscore.model.fields import known
from tenderscore.model.result import BidResult, CriterionResult, Evaluation, RoundResult
from tenderscore.model.values import Value
from tenderscore.pipeline.evaluating import LotInput
from tenderscore.pipeline.plan import PRICE, Leaf, PlanNode
from tenderscore.scoring import METHODS, NumberMethod
from tenderscore.scoring._base import Benchmark
from tenderscore.scoring.bands import Bands
from tenderscore.scoring.deviation import Deviation
from tenderscore.scoring.excess_over_best import ExcessOverBest
from tenderscore.scoring.interpolate import Interpolate
from tenderscore.scoring.linear import Linear
from tenderscore.scoring.ratio_to_best import RatioToBest
from tenderscore.scoring.relative_to_mean import RelativeToMean

Files = Mapping[str, str]
Found = tuple[LotInput, PlanNode, Leaf]


@dataclass(frozen=True)
class Scored:
    """What a bid offers, and its points."""

    name: str
    offers: Fraction
    points: Fraction


@dataclass(frozen=True)
class Reference:
    """What a rule measures against: its value, and the offer that has it."""

    name: str
    value: Fraction
    at: Fraction


@dataclass(frozen=True)
class Rule:
    """A criterion of a round.

    ``measures`` is what it looks at, ``turns`` are values that are worth seeing.
    """

    method: str
    measures: str
    bids: tuple[Scored, ...]
    references: tuple[Reference, ...]
    turns: tuple[Fraction, ...]
    _points: Callable[[Sequence[Fraction]], list[Fraction | None]]

    def points(self, values: Sequence[Fraction]) -> list[Fraction | None]:
        """The unrounded points of values, None for one that is refused; references stay."""
        return self._points(values)


def opened(files: Files) -> tuple[ProcurementRound, Evaluation]:
    """A round of some files, and what it comes to."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        table = folder / "bids.csv"
        found = open_round(table if table.exists() else folder / "bids")
        return found, found.evaluate()


def rule_of(files: Files, wanted: Callable[[Leaf], bool]) -> Rule:
    """The rule of the criterion that is wanted, in the first lot of a round."""
    found, evaluation = opened(files)
    lot, node, leaf = _criterion(found, wanted)
    last = _round(evaluation, lot, node)
    rows = [(bid, result) for bid in last.bids for result in bid.criteria if result.id == node.id]
    values = [_number(result.value) for _, result in rows]
    admitted = [
        value
        for (bid, _), value in zip(rows, values, strict=True)
        if value is not None and bid.outcome != "eliminated"
    ]
    method = leaf.method.resolved(lambda each: lot.around.find(each.root, each.path))
    if not isinstance(method, NumberMethod):
        raise TypeError(method.id)
    benchmark = method.benchmark(Rationals.of(admitted)) or ()
    offered = _Offered(lot, leaf)
    return Rule(
        method=method.id,
        measures=offered.name,
        bids=_scored(rows, offered),
        references=tuple(
            Reference(str(name), number, offered.offer(number))
            for name, value in method.explain(admitted[0], benchmark).inputs[: len(benchmark)]
            if (number := _number(value)) is not None
        ),
        turns=(*_turns(method), *_seen(method, benchmark)),
        _points=lambda values: _points(method, benchmark, [offered.value(each) for each in values]),
    )


def _scored(
    rows: Sequence[tuple[BidResult, CriterionResult]], offered: _Offered
) -> tuple[Scored, ...]:
    """The bids that offer something, from the lowest on."""
    found = []
    for bid, result in rows:
        offer = bid.price if offered.is_price else _number(result.value)
        if offer is not None and result.value is not None:
            found.append(Scored(bid.name, offer, result.points))
    return tuple(sorted(found, key=lambda each: (each.offers, each.name)))


class _Offered:
    """How what a bid offers becomes the value that is scored: it is that, or the price is."""

    def __init__(self, lot: LotInput, leaf: Leaf) -> None:
        self._lot = lot
        source = leaf.source
        self._expression = source if isinstance(source, Expression) and leaf.reads_price else None
        self.is_price = self._expression is not None
        self.name = "price" if self.is_price else leaf.source_text.replace("bid.", "")

    def value(self, offer: Fraction) -> Fraction:
        """The value of an offer."""
        if self._expression is None:
            return offer
        return _known(_number(self._expression.evaluate(self._lookup(offer))))

    def offer(self, value: Fraction) -> Fraction:
        """The offer with a value, where a straight line leads from one to the other."""
        if self._expression is None:
            return value
        at_0, at_1, at_2 = (self.value(Fraction(offer)) for offer in range(3))
        if at_2 - at_1 != at_1 - at_0:
            raise ValueError(self._expression.text)
        return (value - at_0) / (at_1 - at_0)

    def _lookup(self, offer: Fraction) -> Callable[[str, tuple[str, ...]], Value]:
        def find(root: str, path: tuple[str, ...]) -> Value:
            if (root, path) == ("bid", PRICE):
                return offer
            return self._lot.around.find(root, path)

        return find


def scored_by(method: str) -> Callable[[Leaf], bool]:
    """Whether a criterion is scored by a method."""
    return lambda leaf: isinstance(leaf.method, METHODS[method])


def reads_price(leaf: Leaf) -> bool:
    """Whether a criterion scores the price, or what is made of it."""
    return leaf.reads_price


def _criterion(found: ProcurementRound, wanted: Callable[[Leaf], bool]) -> Found:
    lot = found.given().lots[0]
    for group in lot.compiled.groups.values():
        for node in group:
            if node.leaf is not None and wanted(node.leaf):
                return lot, node, node.leaf
    raise LookupError(lot.lot.id)


def _round(evaluation: Evaluation, lot: LotInput, node: PlanNode) -> RoundResult:
    """The last round that scored a criterion."""
    rounds = evaluation.lots[lot.lot.id].rounds
    return next(
        each
        for each in reversed(rounds)
        if any(result.id == node.id for bid in each.bids for result in bid.criteria)
    )


def _points(
    method: NumberMethod, benchmark: Benchmark, values: Sequence[Fraction]
) -> list[Fraction | None]:
    points = method.points(Rationals.of(values), benchmark).values()
    return [
        None if method.fault(value) else each for value, each in zip(values, points, strict=True)
    ]


def _turns(method: NumberMethod) -> Iterator[Fraction]:
    """The values that a method names itself."""
    match method:
        case Linear():
            yield from (known(method.worst), known(method.best))
        case Interpolate():
            yield from (known(x) for x, _ in method.through)
        case Bands():
            bounds = [
                each.at_most if each.at_least is None else each.at_least for each in method.bands
            ]
            yield from (known(bound) for bound in bounds if bound is not None)


def _seen(method: NumberMethod, benchmark: Benchmark) -> Iterator[Fraction]:
    """How far from its reference the form of a relative rule can be seen."""
    match method:
        case RatioToBest(better="low") | ExcessOverBest():
            yield 2 * benchmark[0]
        case RelativeToMean() | Deviation():
            yield from (benchmark[0] / 2, benchmark[0] * 3 / 2)


def _number(value: Value) -> Fraction | None:
    return Fraction(value) if isinstance(value, (int, Fraction)) else None


def _known(value: Fraction | None) -> Fraction:
    if value is None:
        raise ValueError(value)
    return value
