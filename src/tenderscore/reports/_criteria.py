"""All criteria of a round against its bids: points, and the fact behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tenderscore.model.numerals import exact_text
from tenderscore.model.records import record
from tenderscore.model.result import BidResult, CriterionResult, NodeInfo, RoundResult
from tenderscore.reports._rows import Figure, point_figures
from tenderscore.reports._words import Words, grouped


@record
class CriterionRow:
    """A group or criterion: its weight as written, and each bid's points and fact."""

    id: str
    title: str
    depth: int
    weight: str
    points: tuple[Figure, ...]
    values: tuple[str, ...]


def criterion_rows(
    round_: RoundResult, bids: Sequence[BidResult], words: Words
) -> Iterator[CriterionRow]:
    """The groups and criteria in their order, a column a bid."""
    by_bid = [{result.id: result for result in bid.criteria} for bid in bids]
    for node in round_.nodes:
        yield _row(node, round_, [results.get(node.id) for results in by_bid], words)


def _row(
    node: NodeInfo,
    round_: RoundResult,
    results: Sequence[CriterionResult | None],
    words: Words,
) -> CriterionRow:
    return CriterionRow(
        id=words.name(node.id),
        title=words.title(node.title),
        depth=node.depth,
        weight=grouped(exact_text(node.weight)),
        points=tuple(point_figures(results, round_.criterion_decimals, node.minimum)),
        values=tuple(_value(node, result, words) for result in results),
    )


def _value(node: NodeInfo, result: CriterionResult | None, words: Words) -> str:
    if node.method is None or result is None or not result.applies:
        return ""
    return words.value(result.value)
