"""Prices as CSV: a row for every price, and for every item that a bid says it is made of.

The columns are ``lot, vendor, name, bid, admitted, round, outcome, item, amount, share,
over_lowest, over_mean, over_median, over_budget, over_estimate, outlier, estimate, bids, lowest,
first_quartile, median, third_quartile, highest, mean, low_fence, high_fence``. The row of a price
has no ``item``; rows of items follow it. Formulas and encoding are as in the evaluation's CSV.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tenderscore.model.price_analysis import (
    Cost,
    CostItem,
    LotPrices,
    PriceAnalysis,
    PricedBid,
    Spread,
)
from tenderscore.model.records import record
from tenderscore.reports._style import Style
from tenderscore.reports._words import WORKING, Words
from tenderscore.reports.csv_table import decimal, inert, table

_BID = ("lot", "vendor", "name", "bid", "admitted", "round", "outcome")
_AMOUNT = ("item", "amount", "share")
_OVER = ("over_lowest", "over_mean", "over_median", "over_budget", "over_estimate")
_SPREAD = (
    *("bids", "lowest", "first_quartile", "median", "third_quartile", "highest", "mean"),
    *("low_fence", "high_fence"),
)
_COLUMNS = (*_BID, *_AMOUNT, *_OVER, "outlier", "estimate", *_SPREAD)


@record
class CsvTable:
    """``prices --format csv``."""

    def render(self, analysis: PriceAnalysis, style: Style) -> bytes:
        """The whole file."""
        words = Words.people(style.language, WORKING)
        return table(list(_COLUMNS), (row for lot in analysis.lots for row in _lot(lot, words)))


def _lot(lot: LotPrices, words: Words) -> Iterator[dict[str, str]]:
    spread = _spread(lot.spread)
    own: dict[str, list[tuple[CostItem, Cost]]] = {}
    for item in lot.items:
        for cost in item.costs:
            own.setdefault(cost.vendor, []).append((item, cost))
    spreads = {item.path: _spread(item.spread) for item in lot.items}
    for bid in lot.bids:
        common = _common(lot, bid, words)
        yield {**common, **_price(lot, bid), **spread}
        for item, cost in own.get(bid.vendor, ()):
            yield {**common, **_cost(item, cost, words), **spreads[item.path]}


def _common(lot: LotPrices, bid: PricedBid, words: Words) -> dict[str, str]:
    return {
        "lot": inert(words.show(lot.id)),
        "vendor": inert(words.show(bid.vendor)),
        "name": inert(words.show(bid.name)),
        "bid": inert(words.show(bid.bid)),
        "admitted": "yes" if bid.admitted else "no",
        "round": "" if bid.round is None else inert(words.show(bid.round)),
        "outcome": bid.outcome or "",
    }


def _price(lot: LotPrices, bid: PricedBid) -> dict[str, str]:
    over = bid.over
    figures = (over.lowest, over.mean, over.median, over.budget, over.estimate)
    return {
        "amount": decimal(bid.price),
        "share": "" if bid.price is None else "100",
        **dict(zip(_OVER, map(decimal, figures), strict=True)),
        "outlier": bid.side or "",
        "estimate": decimal(lot.estimate),
    }


def _cost(item: CostItem, cost: Cost, words: Words) -> dict[str, str]:
    return {
        "item": inert(words.show(item.id)),
        "amount": decimal(cost.amount),
        "share": decimal(cost.share),
        "over_estimate": decimal(cost.over_estimate),
        "outlier": cost.side or "",
        "estimate": decimal(item.estimate),
    }


def _spread(spread: Spread | None) -> dict[str, str]:
    if spread is None:
        return {}
    figures: tuple[Fraction | None, ...] = (
        *(spread.lowest, spread.first, spread.median, spread.third, spread.highest, spread.mean),
        *(spread.floor, spread.ceiling),
    )
    return dict(zip(_SPREAD, (str(spread.count), *map(decimal, figures)), strict=True))
