"""What a rule for low prices is: a frozen class whose fields are its YAML settings."""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from tenderscore.errors import Message
from tenderscore.model.exact import Rationals
from tenderscore.model.fields import FileModel
from tenderscore.model.records import record

if TYPE_CHECKING:
    from tenderscore.pipeline.price_limits import Limits


@record
class Population:
    """What a rule looks at: the ``prices`` (one at least) of a fact, and the ``base``, above 0."""

    fact: str
    prices: Rationals
    base: Fraction


class LowPriceRule(FileModel, ABC):
    """Takes from all prices together which of them are doubted; ``id`` is what ``rule`` says."""

    id: ClassVar[str]

    @abstractmethod
    def limits(self, population: Population) -> Limits | Message:
        """Which prices are doubted; or why the rule gives no threshold for these bids."""
