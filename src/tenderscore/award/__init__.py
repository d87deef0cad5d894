"""The award over lots: the best choice that keeps to the constraints, exactly.

Pure: no file, no clock. HiGHS searches (docs/how-to/award-lots.md); whatever it finds is
recomputed with exact numbers before anybody sees it.
"""

from tenderscore.award.awarding import Awarding
from tenderscore.award.explaining import why
from tenderscore.award.limits import (
    Budget,
    IncumbentsEach,
    IncumbentsTogether,
    LotsPerVendor,
    ValuePerVendor,
    VendorsAtLeast,
    VendorsAtMost,
)
from tenderscore.award.programme import Candidate, Limit, Package, Programme

__all__ = [
    "Awarding",
    "Budget",
    "Candidate",
    "IncumbentsEach",
    "IncumbentsTogether",
    "Limit",
    "LotsPerVendor",
    "Package",
    "Programme",
    "ValuePerVendor",
    "VendorsAtLeast",
    "VendorsAtMost",
    "why",
]
