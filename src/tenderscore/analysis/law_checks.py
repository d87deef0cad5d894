"""The four checks that Order 87 (China, Ministry of Finance, 2017), article 64, allows for.

After the totals are closed a result may be changed for four faults alone: sums that are wrong,
marks off the scale, members who differ on an objective criterion, marks strikingly high or low.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tenderscore.analysis.bench import LotBench
from tenderscore.analysis.findings import given, joined, of_case
from tenderscore.analysis.recounting import recounted
from tenderscore.errors import Message
from tenderscore.model.numerals import exact_text
from tenderscore.model.panel_analysis import Case, Check, Finding, GivenScore, PanelRules
from tenderscore.model.values import Number

_FEWEST_OTHERS = 2


def checks_of(
    benches: Sequence[LotBench], cases: Sequence[Case], rules: PanelRules
) -> tuple[Check, ...]:
    """All four, in the law's order."""
    return (_sums(benches), _scale(cases), _objective(benches, cases), _striking(cases, rules))


def _sums(benches: Sequence[LotBench]) -> Check:
    counts = [recounted(bench) for bench in benches]
    looked_at = Message("{n} totals added up again from the marks", n=sum(n for n, _ in counts))
    return Check("sums", looked_at, tuple(each for _, found in counts for each in found))


def _scale(cases: Sequence[Case]) -> Check:
    count = sum(len(case.marks) for case in cases)
    looked_at = Message("{n} marks held against their scales", n=count)
    findings = (
        of_case(
            Message(
                "{criterion} of {vendor}: {mark} is off the scale",
                criterion=case.criterion,
                vendor=case.vendor,
                mark=given([mark]),
            ),
            case,
            [mark],
        )
        for case in cases
        for mark, score in zip(case.marks, case.scores, strict=True)
        if not case.scale[0] <= score <= case.scale[1]
    )
    return Check("scale", looked_at, tuple(findings))


def _objective(benches: Sequence[LotBench], cases: Sequence[Case]) -> Check:
    objective = {id_ for bench in benches for id_ in bench.objective()}
    if not objective:
        looked_at = Message("no criterion of the panel's is declared objective (objective: true)")
        return Check("objective", looked_at, (), applies=False)
    looked_at = Message(
        "criteria declared objective: {criteria}", criteria=joined(sorted(objective))
    )
    findings = tuple(
        of_case(
            Message(
                "{criterion} of {vendor} is objective and scored differently: {marks}",
                criterion=case.criterion,
                vendor=case.vendor,
                marks=given(case.marks),
            ),
            case,
            case.marks,
        )
        for case in cases
        if case.criterion in objective and case.spread
    )
    return Check("objective", looked_at, findings)


def _striking(cases: Sequence[Case], rules: PanelRules) -> Check:
    looked_at = Message(
        "marks more than {percent} % of the scale from the median of the others' "
        "(our rule; the law gives no number)",
        percent=exact_text(rules.striking),
    )
    findings = (finding for case in cases for finding in _striking_marks(case, rules.striking))
    return Check("striking", looked_at, tuple(findings))


def _striking_marks(case: Case, share: Fraction) -> Iterator[Finding]:
    """A case whose spread is within the limit has none: the median lies between the ends."""
    if len(case.marks) <= _FEWEST_OTHERS or case.disagreement <= share:
        return
    low, high = case.scale
    ascending = sorted(case.scores)
    medians = {score: _median_without(ascending, score) for score in {*ascending}}
    limit = share * (high - low) / 100
    striking = {score for score, others in medians.items() if abs(score - others) > limit}
    for mark, score in zip(case.marks, case.scores, strict=True):
        if score in striking:
            yield _striking_mark(case, mark, score > medians[score], medians[score])


def _striking_mark(case: Case, mark: GivenScore, is_high: bool, median: Fraction) -> Finding:
    template = (
        "{criterion} of {vendor}: {mark} is strikingly high beside {median}, "
        "the median of the others"
        if is_high
        else "{criterion} of {vendor}: {mark} is strikingly low beside {median}, "
        "the median of the others"
    )
    message = Message(
        template,
        criterion=case.criterion,
        vendor=case.vendor,
        mark=given([mark]),
        median=exact_text(median),
    )
    return of_case(message, case, [mark])


def _median_without(ascending: Sequence[Number], score: Number) -> Fraction:
    """The median of sorted numbers but for one.

    >>> _median_without([1, 4, 5], 1)
    Fraction(9, 2)
    """
    at = bisect_left(ascending, score)
    left = len(ascending) - 1
    upper, lower = left // 2, (left - 1) // 2
    middle = ascending[upper + (upper >= at)] + ascending[lower + (lower >= at)]
    return Fraction(middle) / 2
