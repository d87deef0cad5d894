"""Whatever the text and whatever the facts: a value or an ExpressionError, nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tenderscore.errors import Message
from tenderscore.expressions import Expression, ExpressionError, parse
from tenderscore.model.values import Fault, Value

from .facts import facts

VOCABULARY = r"""
    bid.a bid.b lot.c tender.d bid['x'] bid true false 1 0.5 1e3 'AA' '2026-03-31'
    '2026-03-31T09:00Z'
    [ ] ( ) , . + - * / < <= == != > >= in not and or if else has len sum min max mean abs round
    = ** // % ! & ' lambda for None is x 价格 ﬁ ² '\n'
"""
WORDS = [*VOCABULARY.split(), "\u3000", "\n", "\x00"]

TEXTS = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join) | st.text(max_size=40)

SCALARS = st.sampled_from(
    [
        None,
        True,
        False,
        0,
        -3,
        10**29,
        Fraction(1, 3),
        "",
        "AA",
        "yes",
        "2026-03-31",
        "2026-02-30",
        "2026-03-31T09:00Z",
        "2026-03-31T09:00",
        date(2026, 3, 31),
        datetime(2026, 3, 31, 9, tzinfo=UTC),
        Fault("missing-rate", Message("no rate")),
    ]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xyz"), inner, max_size=2)
    ),
    max_leaves=6,
)


def outcome(text: str) -> Expression | ExpressionError:
    try:
        return parse(text)
    except ExpressionError as error:
        return error


def evaluated(expression: Expression, **bid: Value) -> Value | ExpressionError:
    try:
        return expression.evaluate(facts(bid=bid))
    except ExpressionError as error:
        return error


@settings(max_examples=500, deadline=None)
@given(TEXTS)
@example("\ud800")
@example("'\ud800'")
@example("bid.\ud800")
@example("\x1b[31m")
@example("\u202ebid")
@example("1 if 1 if 1 else 1")
@example("f'{1}'")
@example("bid.a.")
@example("not in 1")
@example("1 not not in [1]")
@example("[,]")
@example("len(,)")
@example("bid[]")
@example("bid['a',]")
@example("()()")
def test_any_text_is_an_expression_or_a_clean_error(text):
    found = outcome(text)
    if isinstance(found, Expression):
        assert found.text == text
    else:
        assert found.errors[0] is found
        assert all(1 <= each.column <= len(text) + 1 for each in found.errors)


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from(
        [
            "{x} + {y}",
            "{x} / {y} - 1",
            "{x} < {y} <= {x}",
            "{x} == {y}",
            "{x} in {y}",
            "{x} not in [{y}, 1, 'AA']",
            "{x} and {y}",
            "not {x} or {y}",
            "{x} if {y} else 1",
            "len({x}) + sum({y})",
            "min({x})",
            "max({x}, {y})",
            "mean({x})",
            "round({x}, {y})",
            "abs(-{x})",
            "[{x}, {y}] == [{y}, {x}]",
            "has({x}) and {x} >= '2026-03-31'",
        ]
    ),
    VALUES,
    VALUES,
)
def test_any_facts_give_a_value_or_a_clean_error(template, x, y):
    expression = parse(template.format(x="bid.x", y="bid.y"))
    value = evaluated(expression, x=x, y=y)
    if isinstance(value, ExpressionError):
        assert 1 <= value.column <= len(expression.text)
    else:
        kinds = (bool, int, Fraction, str, date, list, dict, Fault)
        assert value is None or isinstance(value, kinds)
