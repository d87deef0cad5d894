"""Comparisons: equal, greater or less, and in a list."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

from tenderscore.errors import Message
from tenderscore.expressions.error import ExpressionError, a_kind, clash, clash_of, unquoted
from tenderscore.expressions.literals import moment_of
from tenderscore.expressions.part import Part, Stop, numeric
from tenderscore.model.records import record
from tenderscore.model.values import Fault, Kind, Value, identity, kind_of

Test: TypeAlias = Callable[[Value, Value, int], bool]

_UNLIKE = Message("{left} and {right} cannot be compared")
_UNORDERED = Message("{left} and {right} have no order")
_WITH_ORDER: frozenset[Kind] = frozenset({"number", "date", "time"})
_MOMENTS: frozenset[Kind] = frozenset({"text", "date", "time"})
_DATE_HELP = Message("texts have an order only as dates: `2026-03-31`, `2026-03-31T17:00:00+08:00`")


@record
class Comparison:
    """An operator between two values: how it tests them, and which kinds it is known to refuse."""

    test: Test
    refusal: Callable[[Part, Part, int], ExpressionError | None]


def unlike(left: Kind | None, right: Kind | None, column: int) -> ExpressionError:
    """Two kinds that do not compare."""
    return ExpressionError(clash_of(_UNLIKE, left, right), column)


def equal(left: Value, right: Value) -> bool | None:
    """Whether two values are the same; None where their kinds do not compare.

    A date is equal to a text that stands for it.
    """
    if isinstance(left, str) and isinstance(right, str):
        return left == right or _same_instant(left, right)
    one, other = kind_of(left), kind_of(right)
    if one != other:
        return _equal_moments(left, right) if "text" in {one, other} else None
    if isinstance(left, (list, tuple)) and isinstance(right, (list, tuple)):
        return len(left) == len(right) and all(map(_equal_items, left, right))
    if one == "mapping":
        return identity(left) == identity(right)
    return left == right


def _same_instant(left: str, right: str) -> bool:
    if left[10:11] not in {"T", " "}:
        return False
    moment = moment_of(left)
    return moment is not None and moment == moment_of(right)


def _equal_moments(left: Value, right: Value) -> bool | None:
    one, other = moment_of(left), moment_of(right)
    if one is None or type(one) is not type(other):
        return None
    return one == other


def _equal_items(left: Value, right: Value) -> bool:
    for item in (left, right):
        if isinstance(item, Fault):
            raise Stop(item)
    return bool(equal(left, right))


def _is_equal(left: Value, right: Value, column: int) -> bool:
    verdict = equal(left, right)
    if verdict is None:
        raise clash(_UNLIKE, left, right, column)
    return verdict


def _is_unequal(left: Value, right: Value, column: int) -> bool:
    return not _is_equal(left, right, column)


def _is_in(item: Value, items: Value, column: int) -> bool:
    """Whether an item of the list equals; at least one has to be of its kind."""
    if not isinstance(items, (list, tuple)):
        raise ExpressionError(_no_list(kind_of(items)), column)
    other: Value = None
    alike = False
    for each in items:
        if isinstance(each, Fault):
            raise Stop(each)
        if each is None:
            continue
        verdict = equal(item, each)
        if verdict:
            return True
        alike = alike or verdict is not None
        other = each
    if other is not None and not alike:
        raise clash(_UNLIKE, item, other, column)
    return False


def _is_not_in(item: Value, items: Value, column: int) -> bool:
    return not _is_in(item, items, column)


def _ordered(holds: Callable[[Any, Any], bool], left: Value, right: Value, column: int) -> bool:
    """Whether an order holds between two numbers, two dates or two instants."""
    if numeric(left) and numeric(right):
        return holds(left, right)
    one, other = moment_of(left), moment_of(right)
    if one is None or other is None or type(one) is not type(other):
        advice = unquoted(left, right)
        raise _no_order(kind_of(one or left), kind_of(other or right), column, advice)
    return holds(one, other)


def _no_order(
    left: Kind, right: Kind, column: int, advice: Message | None = None
) -> ExpressionError:
    if "text" in {left, right} and {left, right} <= _MOMENTS:
        advice = _DATE_HELP
    message = clash_of(_UNORDERED if left == right else _UNLIKE, left, right)
    return ExpressionError(message, column, advice)


def _no_list(kind: Kind | None) -> Message:
    return Message("`in` looks in a list, not in {kind}", kind=a_kind(kind))


def _refuses_order(left: Part, right: Part, column: int) -> ExpressionError | None:
    known = [kind for kind in (_kind_in_order(left), _kind_in_order(right)) if kind]
    if len(known) == 2 and (known[0] != known[1] or known[0] not in _WITH_ORDER):
        return _no_order(known[0], known[1], column)
    for kind in known:
        if kind not in _WITH_ORDER:
            message = Message("{kind} has no order", kind=a_kind(kind))
            return ExpressionError(message, column, _DATE_HELP if kind == "text" else None)
    return None


def _kind_in_order(part: Part) -> Kind | None:
    """The kind of a part where order matters; of a text one cannot tell unless it is written."""
    if part.constant:
        return kind_of(moment_of(part.value) or part.value)
    return None if part.kind == "text" else part.kind


def _refuses_equality(left: Part, right: Part, column: int) -> ExpressionError | None:
    kinds = {left.kind, right.kind}
    if len(kinds) == 1 or None in kinds or kinds in ({"text", "date"}, {"text", "time"}):
        return None
    return unlike(left.kind, right.kind, column)


def _refuses_membership(_: Part, items: Part, column: int) -> ExpressionError | None:
    if items.kind in {None, "list"}:
        return None
    return ExpressionError(_no_list(items.kind), column)


def _order(holds: Callable[[Any, Any], bool]) -> Comparison:
    return Comparison(partial(_ordered, holds), _refuses_order)


COMPARISONS: dict[type[ast.cmpop], Comparison] = {
    ast.Eq: Comparison(_is_equal, _refuses_equality),
    ast.NotEq: Comparison(_is_unequal, _refuses_equality),
    ast.Lt: _order(operator.lt),
    ast.LtE: _order(operator.le),
    ast.Gt: _order(operator.gt),
    ast.GtE: _order(operator.ge),
    ast.In: Comparison(_is_in, _refuses_membership),
    ast.NotIn: Comparison(_is_not_in, _refuses_membership),
}
