"""The totals once more, from the marks, by sums that share nothing with the evaluation's columns.

Marks are brought together, weighted and rounded with single fractions. Criteria that the panel does
not score keep their published points.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tenderscore.analysis.bench import LotBench
from tenderscore.analysis.cases import median
from tenderscore.errors import Message
from tenderscore.model.method import Rounding
from tenderscore.model.numerals import exact_text, half_up
from tenderscore.model.panel_analysis import Finding
from tenderscore.model.result import BidResult, CriterionResult, RoundResult
from tenderscore.model.values import Number
from tenderscore.scoring.panel import Panel


def recounted(bench: LotBench) -> tuple[int, list[Finding]]:
    """How many totals of a lot were added up again, and those that come out differently."""
    count, findings = 0, []
    for round_ in bench.result.rounds:
        for bid in round_.bids:
            if bid.total is None:
                continue
            count += 1
            total = _total(bench, round_, bid)
            if total != bid.total:
                findings.append(_finding(bench, round_, bid, total))
    return count, findings


def _finding(bench: LotBench, round_: RoundResult, bid: BidResult, total: Fraction) -> Finding:
    message = Message(
        "lot {lot}, round {round}: the marks give {vendor} {total} points, not {published}",
        lot=bench.id,
        round=round_.id,
        vendor=bid.vendor,
        total=exact_text(total),
        published=exact_text(bid.total or 0),
    )
    return Finding(message, bench.id, bid.vendor, None, (), ())


def _total(bench: LotBench, round_: RoundResult, bid: BidResult) -> Fraction:
    rounding = bench.plan.rounding
    own = sum(
        (
            _rounded(_points(bench, bid, each, rounding) * each.node.share / 100, contribution)
            for contribution in [rounding.contribution]
            for each in bid.criteria
            if each.node.method is not None
        ),
        Fraction(0),
    )
    carried = sum(
        (bid.carried[id_] * percent for id_, percent in round_.carry_over.items()), Fraction(0)
    )
    left = 100 - sum(round_.carry_over.values(), Fraction(0))
    return _rounded((own * left + carried) / 100, rounding.total)


def _points(bench: LotBench, bid: BidResult, each: CriterionResult, rounding: Rounding) -> Fraction:
    """A criterion's points: from the marks where the panel gave any, else as published."""
    leaf, ballot = bench.leaf(each.id), bench.ballot(each.id, bid.vendor)
    if leaf is None or ballot is None or not ballot.scores or each.value is None:
        return each.points
    low, high = leaf.scale
    weights = [bench.weight(mark.evaluator) for mark in ballot.given]
    agreed = bench.agreed(each.id, bid.vendor)
    aggregate = _together(leaf.method, ballot.scores, weights) if agreed is None else agreed
    return _rounded((aggregate - low) / Fraction(high - low) * 100, rounding.criterion)


def _together(method: Panel, scores: Sequence[Number], weights: Sequence[Number]) -> Fraction:
    if method.aggregate == "weighted_mean":
        weighted = sum(score * weight for score, weight in zip(scores, weights, strict=True))
        return Fraction(weighted) / Fraction(sum(weights))
    if method.aggregate == "median":
        return median(sorted(scores))
    if method.aggregate == "trimmed_mean":
        drop = 1 if method.drop is None else method.drop
        scores = sorted(scores)[drop:-drop] if 0 < 2 * drop < len(scores) else scores
    return Fraction(sum(scores)) / len(scores)


def _rounded(value: Fraction, decimals: int | None) -> Fraction:
    return value if decimals is None else half_up(value, decimals)
