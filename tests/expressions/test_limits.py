"""Hostile expressions end in a clean error, soon."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager

import pytest

from tenderscore.expressions import ExpressionError, parse

from .facts import mistakes, value


@pytest.mark.parametrize(
    "text",
    [
        "(" * 1000 + "1" + ")" * 1000,
        "[" * 1000 + "]" * 1000,
        "(" * 100_000,
        "1" + " + 1" * 100_000,
        "not " * 1000 + "true",
        "not " * 100_000 + "true",
        "-" * 1000 + "1",
        "abs(" * 1000 + "1" + ")" * 1000,
        "1 if true else " * 1000 + "1",
        "1 if true else " * 400 + "1",
        "bid" + ".a" * 1001,
        "bid" + "['a']" * 1000,
        "bid" + "()" * 900,
        "1" + "<1" * 3000,
        "true" + " and true" * 3000,
        "(1 if 2" * 99 + ")" * 99,
        "f(1 + not 2, " * 99 + ")" * 99,
        "(1 + " * 101 + "1" + ")" * 101,
        "'" * 9999,
        "$" * 9999,
        "\ud800",
        "x" * 100_000,
        "9" * 9999,
        "1e" + "9" * 9990,
        "1" + "," * 9000,
        "a-" * 2000,
    ],
    ids=range(26),
)
def test_a_deep_or_endless_expression_is_a_clean_error_in_bounded_time(text):
    start = time.process_time()
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert time.process_time() - start < 5
    assert len(caught.value.errors) <= 20
    assert len(str(caught.value)) < 200
    assert all(1 <= each.column <= len(text) + 1 for each in caught.value.errors)


def test_what_is_too_long_or_too_deep_says_so():
    assert mistakes("1" + "+1" * 6000)[0][1] == "the expression is longer than 10,000 characters"
    assert mistakes("1" + "+1" * 2000)[0][1] == "the expression has more than 2,000 words and signs"
    assert mistakes("(" * 101 + "1" + ")" * 101) == [
        (101, "the expression nests more than 100 deep")
    ]
    assert mistakes("not " * 101 + "true") == [(401, "the expression nests more than 100 deep")]


def test_what_is_long_but_reasonable_works():
    assert value("1" + " + 1" * 900) == 901
    assert value("(" * 99 + "1" + ")" * 99) == 1
    assert value("not " * 98 + "true") is True
    assert value("1 - (" * 90 + "1" + ")" * 90) == 1
    assert value("1 if bid.a else " * 90 + "2", a=False) == 2
    assert value("bid.a in [" + ", ".join(f"'{n}'" for n in range(900)) + "]", a="899") is True


@contextmanager
def frames_left(count: int):
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(depth() + count)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def test_evaluation_needs_few_frames():
    """The deepest expression runs within a third of Python's own limit."""
    expression = parse("abs(" * 98 + "bid.a" + ")" * 98)
    with frames_left(330):
        assert expression.evaluate(lambda *_: -3) == 3


def test_a_long_chain_is_read_or_refused_also_where_the_stack_is_nearly_full():
    """Some Pythons make trees of a depth that depends on the stack, others do not."""
    try:
        with frames_left(100):
            expression = parse("1" + "+1" * 999)
    except ExpressionError as error:
        assert str(error) == "column 1: the expression nests more than 100 deep"  # noqa: PT017
    else:
        assert expression.evaluate(lambda *_: None) == 1000


def depth() -> int:
    frame, depth = sys._getframe(), 0
    while frame is not None:
        frame, depth = frame.f_back, depth + 1
    return depth


def test_a_hostile_list_costs_no_more_than_its_length():
    numbers = list(range(50_000))
    start = time.process_time()
    assert value("sum(bid.a) / len(bid.a) == mean(bid.a)", a=numbers) is True
    assert time.process_time() - start < 5
