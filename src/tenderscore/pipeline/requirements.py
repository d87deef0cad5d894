"""Requirements, compiled for a lot: which offers meet them (docs/reference/files.md)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np

from tenderscore.errors import Message, Place
from tenderscore.expressions import Expression
from tenderscore.model.columns import Column, NumberColumn
from tenderscore.model.dates import Held, alike, as_wanted, of_a_kind
from tenderscore.model.exact import Mask
from tenderscore.model.fields import KIND_NAMES
from tenderscore.model.records import record
from tenderscore.model.references import Deferred
from tenderscore.model.text import Title
from tenderscore.model.values import Fault, Kind, Path, Value, is_number, kind_of
from tenderscore.model.written import told
from tenderscore.scoring._base import either

_MOMENTS: frozenset[Kind] = frozenset({"date", "time"})
_ORDERED: frozenset[Kind] = frozenset({"number", "date", "time"})
_ORDERS = frozenset({"at_least", "at_most"})


@record
class Condition:
    """A condition on one fact: ``name`` is the word in the file, ``operand`` what it gives."""

    name: str
    operand: Value

    def met_by(self, value: Value) -> bool:
        """Whether a value meets it; a missing one meets ``present: false`` alone."""
        if self.name == "present":
            return (value is not None) == self.operand
        if value is None or self.operand is None or isinstance(value, Fault):
            return False
        return self._holds(value)

    def _holds(self, value: Value) -> bool:
        operand = self.operand
        match self.name:
            case "is":
                return alike(value, operand)
            case "one_of":
                return any(alike(value, item) for item in _items(operand))
            case "includes":
                held = Held(value) if isinstance(value, (list, tuple)) else ()
                return all(item in held for item in _items(operand))
            case "matches":
                return isinstance(value, str) and _matches(str(operand), value)
            case _:
                return self._in_order(as_wanted(value, self.kinds()))

    def _in_order(self, value: Value) -> bool:
        if kind_of(value) != kind_of(self.operand):
            return False
        if self.name == "at_least":
            return bool(value >= self.operand)  # type: ignore[operator]
        return bool(value <= self.operand)  # type: ignore[operator]

    def mask(self, column: Column) -> Mask:
        """Which rows of a column meet it."""
        if isinstance(column, NumberColumn) and is_number(self.operand):
            limit = Fraction(self.operand)  # type: ignore[arg-type]
            if self.name == "at_least":
                return column.numbers.at_least(limit) & ~column.missing
            if self.name == "at_most":
                return column.numbers.at_most(limit) & ~column.missing
        return np.array(column.each(self.met_by), dtype=np.bool_)

    def kinds(self) -> frozenset[Kind]:
        """The kinds of fact that it takes; empty where it takes any."""
        match self.name:
            case "present":
                return frozenset()
            case "includes":
                return frozenset({"list"})
            case "matches":
                return frozenset({"text"})
            case "one_of":
                return frozenset(kind_of(item) for item in _items(self.operand))
            case _:
                return frozenset({kind_of(self.operand)})

    def wrong_type(self, value: Value) -> Message | None:
        """What is wrong with a fact's type, None where it fits."""
        kinds = self.kinds() - {"missing"}
        kind = kind_of(value)
        if not kinds or kind == "missing" or isinstance(value, Fault) or self._fits(value):
            return None
        wanted = either([KIND_NAMES[one] for one in sorted(kinds)])
        if isinstance(value, str) and kinds == {"boolean"}:
            template = "expected {wanted}, not the text {value!r}"
            return Message(template, wanted=wanted, value=value[:80])
        return Message("expected {wanted}, not {kind}", wanted=wanted, kind=KIND_NAMES[kind])

    def _fits(self, value: Value) -> bool:
        match self.name:
            case "includes" | "matches":
                return kind_of(value) in self.kinds()
            case "one_of":
                return of_a_kind(value, _items(self.operand))
            case _:
                return of_a_kind(value, [self.operand])

    def failure_name(self, value: Value) -> str:
        """Which sentence says that a value does not meet it."""
        if self.name in _ORDERS and kind_of(value) != "number":
            return "not_before" if self.name == "at_least" else "not_after"
        return self.name

    def sentence(self) -> Message:
        """The condition in words."""
        return Message(_SENTENCES[self.name], operand=told(self.operand))


def condition_of(name: str, operand: Value) -> Condition:
    """A condition; a text that is a date is one where only that has an order."""
    return Condition(name, as_wanted(operand, _MOMENTS) if name in _ORDERS else operand)


def _matches(pattern: str, text: str) -> bool:
    import re2  # noqa: PLC0415 - few rounds match patterns

    return re2.fullmatch(pattern, text) is not None


def _items(value: Value) -> list[Value]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


_SENTENCES = {
    "is": "is {operand}",
    "one_of": "is one of {operand}",
    "at_least": "is at least {operand}",
    "at_most": "is at most {operand}",
    "matches": "matches {operand}",
    "includes": "includes {operand}",
    "present": "is present: {operand}",
}


_FAILURES = {
    "is": "{title}: {fact} is {value}, not {operand}",
    "one_of": "{title}: {fact} is {value}, none of {operand}",
    "at_least": "{title}: {fact} is {value}, under {operand}",
    "at_most": "{title}: {fact} is {value}, over {operand}",
    "not_before": "{title}: {fact} is {value}, before {operand}",
    "not_after": "{title}: {fact} is {value}, after {operand}",
    "matches": "{title}: {fact} is {value}, which does not match {operand}",
    "includes": "{title}: {fact} is {value}, which lacks some of {operand}",
    "present": "{title}: {fact} is given, and must not be",
}


@record
class Requirement:
    """A requirement of a lot: a fact with its condition, or an expression.

    ``absent`` is what it refers to and the lot does not give: then nobody meets it, and no fact of
    a bid is needed to say so.
    """

    id: str
    title: Title
    place: Place | None
    source: Path | Expression
    condition: Condition | None
    absent: Deferred | None = None

    @property
    def applies(self) -> bool:
        """Whether all that it refers to is there."""
        return self.absent is None

    @property
    def source_text(self) -> str:
        """The fact's path or the expression's text."""
        if isinstance(self.source, Expression):
            return str(self.source.text)
        return ".".join(self.source)

    def mask(self, column: Column) -> Mask:
        """Which rows of its column meet it."""
        if not self.applies:
            return np.zeros(len(column), dtype=np.bool_)
        if self.condition is None:
            return np.array(column.each(lambda value: value is True), dtype=np.bool_)
        return self.condition.mask(column)

    def wrong_type(self, value: Value) -> Message | None:
        """What is wrong with a value's type."""
        if not self.applies:
            return None
        if self.condition is not None:
            return self.condition.wrong_type(value)
        if value is None or isinstance(value, (bool, Fault)):
            return None
        return Message("expected true or false, not {kind}", kind=KIND_NAMES[kind_of(value)])

    def failure(self, value: Value) -> Message:
        """Why a value does not meet it, in words."""
        if self.absent is not None:
            template = "{title}: {reference} is absent in this lot"
            return Message(template, title=self.title, reference=self.absent)
        if value is None:
            return Message("{title}: {fact} is missing", title=self.title, fact=self.source_text)
        if self.condition is None:
            template = "{title}: {expression} does not hold"
            return Message(template, title=self.title, expression=self.source_text)
        return Message(
            _FAILURES[self.condition.failure_name(value)],
            title=self.title,
            fact=self.source_text,
            value=told(value),
            operand=told(self.condition.operand),
        )


def ordered_operand(operand: Value) -> bool:
    """Whether ``at_least`` and ``at_most`` can compare with a value."""
    return kind_of(operand) in _ORDERED


def pattern_problem(pattern: str) -> str | None:
    """What RE2 says against a pattern, None where it takes it."""
    import re2  # noqa: PLC0415 - few rounds match patterns

    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        detail = error.args[0] if error.args else ""
        return detail.decode("utf-8", "replace") if isinstance(detail, bytes) else str(detail)
    return None


Judge = Callable[[Value], Message | None]
