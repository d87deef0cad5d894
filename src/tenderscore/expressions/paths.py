"""Paths to facts: ``bid.a.b`` and ``bid["site-visit"].done``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tenderscore.errors import Message
from tenderscore.expressions.error import ExpressionError, shortened
from tenderscore.expressions.literals import is_text, text_of
from tenderscore.expressions.names import BOOLEANS, FUNCTION_NAMES, ROOTS, unknown_name
from tenderscore.expressions.syntax import Source, end_of

if TYPE_CHECKING:
    from tenderscore.model.values import Path

Step = ast.Attribute | ast.Subscript


def path_of(node: Step, source: Source) -> tuple[str, Path]:
    """The root and the keys of a path, exactly as they are written."""
    steps: list[Step] = []
    inner: ast.expr = node
    while isinstance(inner, Step):
        steps.append(inner)
        inner = inner.value
    return _root(inner, source), tuple(_key(step, source) for step in reversed(steps))


def _key(step: Step, source: Source) -> str:
    if isinstance(step, ast.Attribute):
        return source.written(end_of(step.value), end_of(step)).rpartition(".")[2].strip()
    written = source.of(step.slice)
    if not isinstance(step.slice, ast.Constant) or not is_text(written):
        message = Message("a key in brackets is a text in quotes")
        raise ExpressionError(message, step.slice.col_offset)
    key = text_of(written)
    if "." in key:
        apart = shortened("".join(f'["{each}"]' for each in key.split(".")))
        advice = Message("write each key by itself: `{keys}`", keys=apart)
        raise ExpressionError(Message("a key has no dot in it"), step.slice.col_offset, advice)
    return key


def _root(node: ast.expr, source: Source) -> str:
    name = source.of(node)
    if isinstance(node, ast.Name):
        if name in ROOTS:
            return name
        if name not in BOOLEANS and name not in FUNCTION_NAMES:
            before = source.written(1, node.col_offset)
            raise unknown_name(name, node.col_offset, before)
    message = Message("only `bid`, `lot` and `tender` have keys")
    raise ExpressionError(message, source.column_after(node))
