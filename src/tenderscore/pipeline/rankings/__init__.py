"""What ranks the bids of a round instead of their totals: one file a ranking, one line each here.

A ranking is loaded where a round names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from tenderscore.errors import Message, Problem
from tenderscore.model.located import Document, Node
from tenderscore.model.method import BY_TOTAL
from tenderscore.pipeline.rankings._base import Ranking, ScoredRound, Standings
from tenderscore.pipeline.variants import read_variant

__all__ = ["RANKINGS", "Ranking", "ScoredRound", "Standings", "ranking_class", "read_ranking"]

RANKINGS: Mapping[str, str] = {
    "rank_sum": "rank_sum:RankSum",
    "price_per_point": "price_per_point:PricePerPoint",
    "evaluated_price": "evaluated_price:ByEvaluatedPrice",
}


def ranking_class(id_: str) -> type[Ranking]:
    """The ranking that ``rank_by`` names."""
    module, name = RANKINGS[id_].split(":")
    found: type[Ranking] = getattr(import_module(f"{__name__}.{module}"), name)
    return found


def read_ranking(
    settings: Mapping[str, object], document: Document, node: Node
) -> tuple[Ranking | None, list[Problem]]:
    """The ranking that a round's ``rank_by`` describes, or what is wrong with it."""
    id_ = str(settings["method"])
    if id_ == BY_TOTAL:
        keys = [key for key in settings if key != "method"]
        return None, [_unknown_key(key, document, node) for key in keys]
    return read_variant(settings, (BY_TOTAL, *RANKINGS), ranking_class, document, node)


def _unknown_key(key: str, document: Document, node: Node) -> Problem:
    place = document.key_place(node.get(key) or node)
    return Problem("unknown-key", Message("unknown key {key!r}", key=key), place)
