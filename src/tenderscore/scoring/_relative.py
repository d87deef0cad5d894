"""What the methods share that measure a fact against the admitted bids'."""

from __future__ import annotations

from typing import ClassVar

from tenderscore.errors import Message
from tenderscore.model.exact import Rationals
from tenderscore.model.values import Value, is_number
from tenderscore.scoring._base import Benchmark, NumberMethod, shown


class RelativeMethod(NumberMethod):
    """A method whose benchmark comes from the admitted bids.

    Every such rule can change the order of two bids when a third comes or goes; the pages of
    these methods say so.
    """

    relative: ClassVar[bool] = True


class PositiveMethod(RelativeMethod):
    """A relative method that divides by its benchmark: facts of 0 or more, benchmark above 0."""

    def fault(self, value: Value) -> Message | None:
        """A negative fact."""
        if is_number(value) and value < 0:  # type: ignore[operator]
            return Message(
                "{x} is below 0, which {method} cannot measure", x=shown(value), method=self.id
            )
        return None

    def has_faults(self, numbers: Rationals) -> bool:
        """Whether some fact is negative."""
        return not numbers.at_least(0).all()

    def benchmark_fault(self, benchmark: Benchmark) -> Message | None:
        """A benchmark that is not above 0."""
        if benchmark[0] > 0:
            return None
        template = "{method} needs a reference above 0; it is {reference}"
        return Message(template, method=self.id, reference=shown(benchmark[0]))
