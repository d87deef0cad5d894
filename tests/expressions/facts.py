"""Facts for expressions: three roots of plain mappings, looked up by path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tenderscore.expressions import ExpressionError, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from tenderscore.model.values import Path, Value


def facts(**roots: dict[str, Any]) -> Callable[[str, Path], Value]:
    """A lookup in nested mappings; what is not there is None."""

    def lookup(root: str, path: Path) -> Value:
        value: Any = roots.get(root)
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    return lookup


def value(expression: str, /, lot: dict[str, Any] | None = None, **bid: Any) -> Value:
    """An expression's value for a bid with these facts."""
    return parse(expression).evaluate(facts(bid=bid, lot=lot or {}, tender={}))


def mistakes(text: str) -> list[tuple[int, str]]:
    """Column and message of everything wrong with an expression's text."""
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    return [(each.column, str(each.message)) for each in caught.value.errors]


def hint(text: str) -> str:
    """The help on the first thing that is wrong with an expression's text."""
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    return str(caught.value.help)


def clash(text: str, /, **bid: Any) -> tuple[int, str]:
    """Column and message of what goes wrong when an expression meets these facts."""
    expression = parse(text)
    with pytest.raises(ExpressionError) as caught:
        expression.evaluate(facts(bid=bid))
    return caught.value.column, str(caught.value.message)
