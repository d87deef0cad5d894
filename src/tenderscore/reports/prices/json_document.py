"""Prices side by side as JSON, schema ``tenderscore/prices/1``."""

from __future__ import annotations

from fractions import Fraction

from tenderscore.model.price_analysis import (
    Cost,
    CostItem,
    Doubt,
    LotPrices,
    OutlierRule,
    Over,
    PriceAnalysis,
    PricedBid,
    Spread,
)
from tenderscore.model.records import record
from tenderscore.reports._json import Flat, Tree, document, plain
from tenderscore.reports._style import Style
from tenderscore.reports._words import Words
from tenderscore.reports.json_document import flag_keys

SCHEMA = "tenderscore/prices/1"


@record
class JsonDocument:
    """``prices --format json``."""

    def render(self, analysis: PriceAnalysis, style: Style) -> bytes:
        """The whole document, UTF-8, with a final newline."""
        words = Words.data(style.language)
        return document(
            {
                "schema": SCHEMA,
                "tender": Flat(_tender(analysis, words)),
                "rule": Flat(_rule(analysis.rule)),
                "lots": (_lot(lot, words) for lot in analysis.lots),
            }
        )


def _tender(analysis: PriceAnalysis, words: Words) -> dict[str, Tree]:
    tender = analysis.tender
    title = None if tender.title is None else words.title(tender.title)
    return {"id": tender.id, "title": title, "currency": tender.currency}


def _rule(rule: OutlierRule) -> dict[str, Tree]:
    return {"quartiles": "linear", "ranges": plain(rule.ranges), "least": rule.least}


def _lot(lot: LotPrices, words: Words) -> dict[str, Tree]:
    return {
        "id": lot.id,
        "title": words.title(lot.title),
        "budget": plain(lot.budget),
        "estimate": plain(lot.estimate),
        "spread": _spread(lot.spread),
        "bids": map(_bid, lot.bids),
        "items": map(_item, lot.items),
        "tested": lot.tested,
        "doubts": [_doubt(each, words) for each in lot.doubts],
    }


def _spread(spread: Spread | None) -> Tree:
    if spread is None:
        return None
    figures: dict[str, Fraction | None] = {
        "lowest": spread.lowest,
        "first_quartile": spread.first,
        "median": spread.median,
        "third_quartile": spread.third,
        "highest": spread.highest,
        "mean": spread.mean,
        "low_fence": spread.floor,
        "high_fence": spread.ceiling,
    }
    return Flat({"bids": spread.count, **{name: plain(each) for name, each in figures.items()}})


def _bid(bid: PricedBid) -> Flat:
    return Flat(
        {
            "vendor": bid.vendor,
            "name": bid.name,
            "bid": bid.bid,
            "price": plain(bid.price),
            "admitted": bid.admitted,
            "round": bid.round,
            "outcome": bid.outcome,
            "over": _over(bid.over),
            "outlier": bid.side,
            "itemised": bid.itemised,
        }
    )


def _over(over: Over) -> dict[str, Tree]:
    return {
        "lowest": plain(over.lowest),
        "mean": plain(over.mean),
        "median": plain(over.median),
        "budget": plain(over.budget),
        "estimate": plain(over.estimate),
    }


def _item(item: CostItem) -> dict[str, Tree]:
    return {
        "item": item.id,
        "estimate": plain(item.estimate),
        "spread": _spread(item.spread),
        "alone": item.alone,
        "lacking": list(item.lacking),
        "whole": list(item.whole),
        "costs": map(_cost, item.costs),
    }


def _cost(cost: Cost) -> Flat:
    return Flat(
        {
            "vendor": cost.vendor,
            "amount": plain(cost.amount),
            "share": plain(cost.share),
            "over_estimate": plain(cost.over_estimate),
            "outlier": cost.side,
        }
    )


def _doubt(doubt: Doubt, words: Words) -> Flat:
    keys = {"vendor": doubt.vendor, "name": doubt.name, "round": doubt.round}
    return Flat({**keys, **flag_keys(doubt.flag, words)})
