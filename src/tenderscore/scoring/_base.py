"""What a scoring method is: a frozen class whose fields are its YAML parameters."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar, Self, TypeAlias

from pydantic import BaseModel

from tenderscore.errors import Message
from tenderscore.model.exact import Rationals
from tenderscore.model.explanation import Step
from tenderscore.model.fields import KIND_NAMES, FileModel
from tenderscore.model.references import Deferred, Lookup, deferred_among, settled
from tenderscore.model.values import Kind, Number, Value, kind_of
from tenderscore.model.written import written

Benchmark: TypeAlias = tuple[Fraction, ...]
NO_BENCHMARK: Benchmark = ()


class ScoringMethod(FileModel, ABC):
    """Turns one fact into 0 to 100 points.

    ``id`` is what ``method:`` says in YAML. ``relative`` methods take a benchmark from the
    admitted bids' facts; the others look at one bid alone. ``accepts`` are the kinds of fact
    that it takes.
    """

    id: ClassVar[str]
    relative: ClassVar[bool] = False
    accepts: ClassVar[frozenset[Kind]]

    @property
    def is_relative(self) -> bool:
        """Whether points depend on the other bids."""
        return self.relative

    def references(self) -> tuple[Deferred, ...]:
        """What the parameters leave to the lot: ``lot.`` and ``tender.`` paths, and money."""
        return tuple(_references(self))

    def resolved(self, lookup: Lookup) -> Self:
        """The method with its references replaced; checked again.

        Raises:
            pydantic.ValidationError: a value that stands there does not fit.
        """
        if not self.references():
            return self
        return type(self).model_validate(_substituted(self, lookup))

    def wrong_type(self, value: Value) -> Message | None:
        """What is wrong with a fact's type, None where it fits."""
        kind = kind_of(value)
        if kind in self.accepts:
            return None
        wanted = [KIND_NAMES[accepted] for accepted in sorted(self.accepts)]
        return Message(
            "{method} takes {wanted}, not {kind}",
            method=self.id,
            wanted=either(wanted),
            value=shown(value)[:80],
            kind=KIND_NAMES[kind],
        )

    def fault(self, value: Value) -> Message | None:  # noqa: ARG002 - most have none
        """Why a value of the right type cannot be scored, None where it can."""
        return None


class NumberMethod(ScoringMethod):
    """A method on numbers, which scores a whole column at once."""

    accepts: ClassVar[frozenset[Kind]] = frozenset({"number"})

    def benchmark(self, admitted: Rationals) -> Benchmark | None:  # noqa: ARG002
        """The numbers that the admitted bids set; None where no reference is left."""
        return NO_BENCHMARK

    def benchmark_fault(self, benchmark: Benchmark) -> Message | None:  # noqa: ARG002
        """Why nothing can be scored against a benchmark, None where it can."""
        return None

    def has_faults(self, numbers: Rationals) -> bool:  # noqa: ARG002
        """Whether some number of the column has a ``fault``."""
        return False

    @abstractmethod
    def points(self, numbers: Rationals, benchmark: Benchmark) -> Rationals:
        """The unrounded points of a column of numbers."""

    @abstractmethod
    def explain(self, number: Fraction, benchmark: Benchmark) -> Step:
        """The formula with its numbers in it."""


class ValueMethod(ScoringMethod):
    """A method on values of other kinds, which scores each distinct value once."""

    @abstractmethod
    def points_of(self, value: Value) -> Number:
        """The unrounded points of a value."""

    @abstractmethod
    def explain(self, value: Value) -> Step:
        """How the value became points."""


def either(choices: list[Message]) -> Message:
    """Choices joined by "or"."""
    joined = choices[0]
    for choice in choices[1:]:
        joined = Message("{first} or {second}", first=joined, second=choice)
    return joined


def shown(value: Value | Fraction) -> str:
    """A value for a formula: numbers as exact decimals, other things as a file has them."""
    return written(value)


def kept_within(formula: str, result: Fraction) -> Message:
    """``formula = result``, and that it was kept within 0 and 100 where it was."""
    text = f"{formula} = {shown(result)}"
    if 0 <= result <= 100:
        return Message("{formula}", formula=text)
    limit = 0 if result < 0 else 100
    return Message("{formula}, kept within 0 and 100: {limit}", formula=text, limit=limit)


def _references(value: object) -> Iterator[Deferred]:
    """What a model's fields leave to the lot, in models within it and in lists of these too."""
    match value:
        case BaseModel():
            for name in type(value).model_fields:
                yield from _references(getattr(value, name))
        case tuple() | list():
            for item in value:
                yield from _references(item)
        case _:
            yield from deferred_among(value)


def _substituted(value: object, lookup: Lookup) -> object:
    match value:
        case BaseModel():
            fields = type(value).model_fields
            return {
                field.alias or name: _substituted(getattr(value, name), lookup)
                for name, field in fields.items()
                if name in value.model_fields_set
            }
        case tuple() | list():
            return type(value)(_substituted(item, lookup) for item in value)
    return settled(value, lookup)
