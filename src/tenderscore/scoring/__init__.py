"""How a fact becomes points: one file a method, one line each in ``METHODS``."""

from __future__ import annotations

from tenderscore.scoring._base import NumberMethod, ScoringMethod, ValueMethod
from tenderscore.scoring.bands import Bands
from tenderscore.scoring.bilinear import Bilinear
from tenderscore.scoring.coverage import Coverage
from tenderscore.scoring.deviation import Deviation
from tenderscore.scoring.distance import Distance
from tenderscore.scoring.excess_over_best import ExcessOverBest
from tenderscore.scoring.interpolate import Interpolate
from tenderscore.scoring.linear import Linear
from tenderscore.scoring.lookup import Lookup
from tenderscore.scoring.min_max import MinMax
from tenderscore.scoring.panel import Panel
from tenderscore.scoring.per_item import PerItem
from tenderscore.scoring.points import Points
from tenderscore.scoring.ratio_to_best import RatioToBest
from tenderscore.scoring.relative_to_mean import RelativeToMean
from tenderscore.scoring.yes_no import YesNo

__all__ = ["METHODS", "NumberMethod", "ScoringMethod", "ValueMethod"]

METHODS: dict[str, type[ScoringMethod]] = {
    method.id: method
    for method in (
        Linear,
        Interpolate,
        Bands,
        Lookup,
        YesNo,
        Points,
        PerItem,
        Coverage,
        Distance,
        Panel,
        RatioToBest,
        MinMax,
        ExcessOverBest,
        Deviation,
        RelativeToMean,
        Bilinear,
    )
}
