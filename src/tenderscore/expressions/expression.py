"""An expression: its text, what it reads, and its value for a bid."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from tenderscore.expressions.compiler import Compiler, Reading
from tenderscore.expressions.error import first_of
from tenderscore.expressions.part import Lack, Lookup, Read, Run, Stop
from tenderscore.expressions.syntax import read
from tenderscore.model.records import record
from tenderscore.model.values import Kind, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_MOST_ERRORS = 20
_LINE_END = re.compile(r"\s*[\r\n]\s*")


@record
class Expression:
    """An expression that was read without errors.

    ``reads`` are the distinct paths in order of appearance, each a root (``bid``, ``lot`` or
    ``tender``) and keys; ``reads_outside_has`` are those of them that a value depends on.
    ``result_kind`` is the kind of every value that it can have, None where only facts will tell.
    """

    text: str
    reads: tuple[Read, ...] = field(compare=False)
    reads_outside_has: tuple[Read, ...] = field(compare=False)
    result_kind: Kind | None = field(compare=False)
    _run: Run = field(repr=False, compare=False)
    _pieces: tuple[str | Read, ...] = field(repr=False, compare=False)

    def evaluate(self, lookup: Lookup) -> Value:
        """The exact value for one bid, None where it is missing, or the fault of a fact it needs.

        ``lookup`` gives the fact at a root and path, None where it is missing. Kinds that clash
        raise ExpressionError.
        """
        try:
            return self._run(lookup)
        except Stop as stop:
            return stop.value

    def lack(self, lookup: Lookup) -> Lack | None:
        """Why the value for one bid is missing; None where it is not."""
        try:
            self._run(lookup)
        except Stop as stop:
            return Lack(stop.why, stop.reads or ()) if stop.value is None else None
        return None

    def filled(self, lookup: Lookup, show: Callable[[Value], str]) -> str:
        """The expression with values in place of its paths, in one line."""
        return "".join(
            piece if isinstance(piece, str) else show(lookup(*piece)) for piece in self._pieces
        )


def parse(text: str) -> Expression:
    """Read an expression; raise ExpressionError with everything that is wrong with it.

    >>> parse("mean(bid.audits)").evaluate(lambda root, path: [2, 3])
    Fraction(5, 2)
    """
    source, tree = read(text)
    compiler = Compiler(source)
    part = compiler.part(tree)
    if compiler.errors:
        raise first_of(compiler.errors[:_MOST_ERRORS])
    readings = compiler.readings
    return Expression(
        text=text,
        reads=_distinct(readings),
        reads_outside_has=_distinct(each for each in readings if not each.in_has),
        result_kind=part.kind,
        _run=part.run,
        _pieces=tuple(_pieces(text, readings)),
    )


def _distinct(readings: Iterable[Reading]) -> tuple[Read, ...]:
    return tuple(dict.fromkeys((each.root, each.path) for each in readings))


def _pieces(text: str, readings: Sequence[Reading]) -> Iterable[str | Read]:
    """The text between the paths, in one line, and the paths."""
    text = text.rstrip()
    end = len(text) - len(text.lstrip()) + 1
    for reading in readings:
        yield _LINE_END.sub(" ", text[end - 1 : reading.start - 1])
        yield reading.root, reading.path
        end = reading.end
    yield _LINE_END.sub(" ", text[end - 1 :])
