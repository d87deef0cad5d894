"""Marks side by side: who scored which vendor on what, who owes a mark, and who is out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from tenderscore.analysis.bench import Ballot, LotBench, PanelLeaf
from tenderscore.model.panel_analysis import Case, Tally
from tenderscore.model.values import Number


@dataclass
class _Merged:
    leaf: PanelLeaf
    vendor: str
    ballot: Ballot
    agreed: Number | None
    lots: list[str] = field(default_factory=list)


def cases_of(benches: Sequence[LotBench]) -> list[Case]:
    """Every case, most disagreement first; marks that count in several lots stand once."""
    merged: dict[object, _Merged] = {}
    for bench in benches:
        for leaf in bench.leaves:
            for row, ballot in bench.ballots[leaf.id].items():
                vendor = bench.vendor(row)
                others = (ballot.lacking, ballot.abstained, ballot.out)
                agreed = bench.agreed(leaf.id, vendor)
                key = (leaf.id, vendor, leaf.scale, tuple(map(id, ballot.given)), others, agreed)
                merged.setdefault(key, _Merged(leaf, vendor, ballot, agreed)).lots.append(bench.id)
    return sorted(map(_case, merged.values()), key=_most_disagreement_first)


def tally(cases: Iterable[Case]) -> Tally:
    """What was due and what was given on a criterion."""
    counts = [0, 0, 0, 0]
    for case in cases:
        given, abstained, out = len(case.marks), len(case.abstained), len(case.out)
        for at, more in enumerate((given, given + len(case.lacking), abstained, out)):
            counts[at] += more
    return Tally(*counts)


def tallies(cases: Iterable[Case]) -> dict[str, Tally]:
    """The same for each evaluator."""
    counts: dict[str, list[int]] = {}
    for case in cases:
        given = [mark.evaluator for mark in case.marks]
        lists = (given, (*given, *case.lacking), case.abstained, case.out)
        for at, evaluators in enumerate(lists):
            for evaluator in evaluators:
                counts.setdefault(evaluator, [0, 0, 0, 0])[at] += 1
    return {evaluator: Tally(*found) for evaluator, found in counts.items()}


def _case(merged: _Merged) -> Case:
    leaf, ballot = merged.leaf, merged.ballot
    scores = sorted(ballot.scores)
    return Case(
        criterion=leaf.id,
        title=leaf.title,
        round=leaf.round,
        vendor=merged.vendor,
        lots=tuple(dict.fromkeys(merged.lots)),
        scale=leaf.scale,
        marks=ballot.given,
        scores=ballot.scores,
        lacking=ballot.lacking,
        abstained=ballot.abstained,
        out=ballot.out,
        mean=Fraction(sum(scores)) / len(scores) if scores else None,
        median=median(scores) if scores else None,
        spread=Fraction(scores[-1] - scores[0]) if scores else None,
        agreed=None if merged.agreed is None else Fraction(merged.agreed),
    )


def median(ascending: Sequence[Number]) -> Fraction:
    """The median of sorted numbers: the mean of the middle two of an even count.

    >>> median([1, 2, 4, 5])
    Fraction(3, 1)
    """
    upper, lower = len(ascending) // 2, (len(ascending) - 1) // 2
    return Fraction(ascending[lower] + ascending[upper]) / 2


def _most_disagreement_first(case: Case) -> tuple[object, ...]:
    """By spread, then by variance."""
    low, high = case.scale
    scores, count = case.scores, max(len(case.marks), 1)
    squares = count * sum(score * score for score in scores) - sum(scores) ** 2
    variance = Fraction(squares) / (count * (high - low)) ** 2
    return (-case.disagreement, -variance, case.criterion, case.vendor, case.lots)
