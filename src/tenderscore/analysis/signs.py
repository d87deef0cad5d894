"""Signs of a score made to order: what was seen, with numbers and places. Each may have any cause.

After the marked differences that Taiwan's committees have to discuss (one bidder best with one
member and worst with another; a high mark beside a failing one; a high mark beside a 0).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from tenderscore.analysis.bench import LotBench
from tenderscore.analysis.findings import given, joined, of_case
from tenderscore.analysis.sheets import RoundSheets, sheets_of
from tenderscore.errors import Message
from tenderscore.model.numerals import fixed_text
from tenderscore.model.panel_analysis import (
    Case,
    Finding,
    GivenScore,
    LotView,
    PanelRules,
    Sign,
)
from tenderscore.model.values import Number

_FEWEST_TO_RANK = 3
_FEWEST_OTHERS = 2


def signs_of(
    benches: Sequence[LotBench], lots: Sequence[LotView], cases: Sequence[Case], rules: PanelRules
) -> Iterator[Sign]:
    """Every sign, those that concern the result first."""
    for lot in lots:
        yield from _deciding_alone(lot)
    rounds = [(bench, sheets) for bench in benches for sheets in sheets_of(bench)]
    for bench, sheets in rounds:
        yield from _best_and_worst(bench, sheets)
    for bench, sheets in rounds:
        yield from _high_and_failing_total(bench, sheets, rules)
    minimums = {leaf.id: leaf.minimum for bench in benches for leaf in bench.leaves}
    for case in cases:
        yield from _high_and_failing_mark(case, minimums[case.criterion], rules)
    for case in cases:
        yield from _high_and_lowest(case, rules)
    yield from _alone_at_the_end(cases)


def _deciding_alone(lot: LotView) -> Iterator[Sign]:
    """Without one evaluator, somebody else would be first in a lot."""
    before = lot.ending.first
    for each in lot.without:
        after = each.ending.first
        if before and after and after != before:
            message = Message(
                "lot {lot}: without {evaluator}, {others} would be first instead of {first}",
                lot=lot.id,
                evaluator=each.evaluator,
                others=joined(after),
                first=joined(before),
            )
            yield Sign("decides_alone", Finding(message, lot.id, None, None, (each.evaluator,), ()))


def _best_and_worst(bench: LotBench, sheets: RoundSheets) -> Iterator[Sign]:
    """A vendor is best with one evaluator and worst with another, among three or more."""
    best: dict[int, list[str]] = {}
    worst: dict[int, list[str]] = {}
    for evaluator, by_row in sheets.by_evaluator().items():
        marks = {row: sheet.percent for row, sheet in by_row.items()}
        most, least = max(marks.values()), min(marks.values())
        if len(marks) < _FEWEST_TO_RANK or most == least:
            continue
        for row, mark in marks.items():
            if mark in (most, least):
                (best if mark == most else worst).setdefault(row, []).append(evaluator)
    for row in sorted(best.keys() & worst.keys()):
        own = sheets.by_row[row]
        message = Message(
            "lot {lot}, round {round}: {vendor} is best with {best} and worst with {worst}",
            lot=sheets.lot,
            round=sheets.round,
            vendor=bench.vendor(row),
            best=_named({each: own[each].percent for each in best[row]}),
            worst=_named({each: own[each].percent for each in worst[row]}),
        )
        found = _of_sheets(bench, sheets, row, message, (*best[row], *worst[row]))
        yield Sign("best_and_worst", found)


def _high_and_failing_total(
    bench: LotBench, sheets: RoundSheets, rules: PanelRules
) -> Iterator[Sign]:
    """A vendor's total is high with one evaluator and under the pass mark with another."""
    enough = bench.pass_mark(sheets.round)
    if enough is None:
        return
    for row in sheets.by_row:
        totals = sheets.totals(row)
        high = {each: total for each, total in totals.items() if total >= rules.high}
        failing = {each: total for each, total in totals.items() if total < enough}
        if high and failing:
            message = Message(
                "lot {lot}, round {round}: {vendor} has a high total with {high} "
                "and less than {minimum} with {failing}",
                lot=sheets.lot,
                round=sheets.round,
                vendor=bench.vendor(row),
                high=_named(high),
                minimum=_text(enough),
                failing=_named(failing),
            )
            found = _of_sheets(bench, sheets, row, message, (*high, *failing))
            yield Sign("high_and_failing", found)


def _of_sheets(
    bench: LotBench, sheets: RoundSheets, row: int, message: Message, evaluators: Sequence[str]
) -> Finding:
    own = sheets.by_row[row]
    places = tuple(own[each].first.place for each in evaluators)
    return Finding(message, sheets.lot, bench.vendor(row), None, tuple(evaluators), places)


def _high_and_failing_mark(
    case: Case, minimum: Fraction | None, rules: PanelRules
) -> Iterator[Sign]:
    """A high mark stands beside one under the criterion's minimum."""
    if minimum is not None:
        high, failing = _from(case, rules.high), _under(case, minimum)
        if high and failing:
            message = Message(
                "{criterion} of {vendor}: {high} beside {failing}, "
                "under the minimum of {minimum} points",
                criterion=case.criterion,
                vendor=case.vendor,
                high=given(high),
                failing=given(failing),
                minimum=_text(minimum),
            )
            yield Sign("high_and_failing", of_case(message, case, [*high, *failing]))


def _high_and_lowest(case: Case, rules: PanelRules) -> Iterator[Sign]:
    """A high mark stands beside the lowest of the scale."""
    lowest = _exactly(case, case.scale[0])
    high = _from(case, rules.high) if lowest else []
    if high and lowest:
        message = Message(
            "{criterion} of {vendor}: {high} beside {lowest}, the lowest mark of the scale",
            criterion=case.criterion,
            vendor=case.vendor,
            high=given(high),
            lowest=given(lowest),
        )
        yield Sign("high_and_lowest", of_case(message, case, [*high, *lowest]))


def _alone_at_the_end(cases: Iterable[Case]) -> Iterator[Sign]:
    """One evaluator alone gives a vendor an end of the scale on two criteria or more.

    They are half of those on which this evaluator scored the vendor, at least.
    """
    found: dict[tuple[str, str, str], dict[int, list[GivenScore]]] = {}
    given = Counter(
        (lot, case.vendor, mark.evaluator)
        for case in cases
        for lot in case.lots
        for mark in case.marks
    )
    for case in sorted(cases, key=lambda case: (case.round, case.criterion)):
        for end, mark in _alone(case):
            for lot in case.lots:
                ends = found.setdefault((lot, case.vendor, mark.evaluator), {0: [], 1: []})
                ends[end].append(mark)
    for who, ends in sorted(found.items()):
        count = given[who]
        for end, marks in ends.items():
            if len(marks) > 1 and 2 * len(marks) >= count:
                yield _alone_sign(who, end, marks, count)


def _alone(case: Case) -> Iterator[tuple[int, GivenScore]]:
    """The one mark at an end of the scale where two others or more are not."""
    if len(case.marks) > _FEWEST_OTHERS:
        for end in (0, 1):
            there = _exactly(case, case.scale[end])
            if len(there) == 1:
                yield end, there[0]


def _alone_sign(
    who: tuple[str, str, str], end: int, marks: Sequence[GivenScore], given: int
) -> Sign:
    lot, vendor, evaluator = who
    template = "lot {lot}: {evaluator} alone gives {vendor} the lowest mark on {n} of {m} criteria"
    if end:
        template = (
            "lot {lot}: {evaluator} alone gives {vendor} the highest mark on {n} of {m} criteria"
        )
    message = Message(template, lot=lot, evaluator=evaluator, vendor=vendor, n=len(marks), m=given)
    places = tuple(mark.place for mark in marks)
    return Sign("alone_at_the_end", Finding(message, lot, vendor, None, (evaluator,), places))


def _from(case: Case, share: Fraction) -> list[GivenScore]:
    """The marks from a part of the scale on, in percent."""
    limit = _at(case, share)
    marks = zip(case.marks, case.scores, strict=True)
    return [mark for mark, score in marks if score >= limit]


def _exactly(case: Case, score: Number) -> list[GivenScore]:
    if score not in case.scores:
        return []
    return [mark for mark, own in zip(case.marks, case.scores, strict=True) if own == score]


def _under(case: Case, share: Fraction) -> list[GivenScore]:
    limit = _at(case, share)
    marks = zip(case.marks, case.scores, strict=True)
    return [mark for mark, score in marks if score < limit]


def _at(case: Case, share: Fraction) -> Number:
    low, high = case.scale
    limit = low + (high - low) * share / 100
    return limit.numerator if limit.denominator == 1 else limit


def _named(totals: Mapping[str, Fraction]) -> Message:
    """Evaluators with their totals, of 100."""
    return joined(
        Message("{evaluator} ({total})", evaluator=evaluator, total=_text(total))
        for evaluator, total in sorted(totals.items())
    )


def _text(total: Fraction) -> str:
    return fixed_text(total, 2)
