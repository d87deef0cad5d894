"""The award where tender.yaml says nothing of one: each lot goes to its winner."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from tenderscore.model.award import POINTS, Award, LotAward
from tenderscore.model.result import LotResult


def to_winners(lots: Mapping[str, LotResult]) -> Award:
    """Each lot to its winner, or to nobody where there is none."""
    awards = {id_: _won(lot) for id_, lot in lots.items()}
    totals = [award.total or Fraction(0) for award in awards.values() if award is not None]
    return Award(
        asked=False,
        lots=awards,
        goal=POINTS,
        spend="optimum",
        objective=sum(totals, Fraction(0)),
        waiting=tuple(id_ for id_, lot in lots.items() if lot.pending),
    )


def _won(lot: LotResult) -> LotAward | None:
    bid = lot.won
    if bid is None:
        return None
    return LotAward(bid.vendor, bid.name, bid.rank, bid.total, bid.price, bid.price)
