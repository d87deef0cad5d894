"""What unquoted text means, held against Decimal and Fraction."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tenderscore.model.scalars import (
    ScalarError,
    has_leading_zero,
    read_cell,
    read_date,
    read_number,
    read_scalar,
)

CHINA = timezone(timedelta(hours=8))


def code_of(text: str) -> str:
    with pytest.raises(ScalarError) as raised:
        read_scalar(text)
    return raised.value.code


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-0", 0),
        ("+5", 5),
        ("12", 12),
        ("3_450_000", 3_450_000),
        ("-0.5", Fraction(-1, 2)),
        (".5", Fraction(1, 2)),
        ("5.", 5),
        ("1.0", 1),
        ("1e3", 1000),
        ("1E+3", 1000),
        ("123e-5", Fraction(123, 100_000)),
        ("0.1", Fraction(1, 10)),
        ("0e999999999", 0),
        ("12345678901234567890", 12_345_678_901_234_567_890),
    ],
)
def test_booleans_nulls_and_decimal_numbers_are_read(text, value):
    read = read_scalar(text)
    assert (type(read), read) == (type(value), value)


@pytest.mark.parametrize(
    "text",
    [
        *("NO", "no", "yes", "on", "off", "True", "TRUE", "False", "Null", "NULL", "trues", "n"),
        *("010", "-010", "00", "010.5", "0_1", "0x1F", "0o17", "0b1", "60:30", "1:30:00"),
        *("1_", "_1", "1__0", "1._5", "1,000", "5%", "1e", "e5", "1e+", "１２", "²", "1 2"),
        *("-", "+", ".", "..", "...", "+-1", "-.", "nan", "inf", "-x", "Inf", "Name", "Infinite"),
        *("2026-3-1", "20260-03-01", "2026-03-30 by courier", "2026-03-30T9:00Z", "2026-03"),
    ],
)
def test_everything_else_is_text(text):
    assert read_scalar(text) is text


@pytest.mark.parametrize(
    "text",
    [
        *(".nan", ".NaN", ".NAN", "NaN"),
        *(".inf", "-.inf", "+.Inf", ".INF", "Infinity", "-Infinity"),
    ],
)
def test_numbers_must_be_finite(text):
    assert code_of(text) == "not-finite"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1e30", "number-range"),
        ("-1e30", "number-range"),
        ("1" + "0" * 30, "number-range"),
        ("1e999999999", "number-range"),
        ("1e" + "9" * 5000, "number-range"),
        ("1234567890123456789012345678901234567890", "number-range"),
        ("1.2345678901234567890123456789012345", "number-precision"),
        ("1e-31", "number-precision"),
        ("10e-31", "number-precision"),
        ("1e-999999999", "number-precision"),
        ("0." + "0" * 31, "number-precision"),
    ],
)
def test_numbers_have_bounds(text, code):
    assert code_of(text) == code


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9" * 30, 10**30 - 1),
        ("9.99e29", 999 * 10**27),
        ("1e-30", Fraction(1, 10**30)),
        ("1234.567890123456789012345678901234", None),
        ("0." + "0" * 29 + "1", Fraction(1, 10**30)),
    ],
)
def test_numbers_at_the_bounds_are_exact(text, value):
    assert read_scalar(text) == (Fraction(text) if value is None else value)


@pytest.mark.parametrize("text", ["1" * 4_000_000, "1e" + "1" * 4_000_000, "1_" * 2_000_000 + "1"])
def test_a_number_of_megabytes_is_refused_at_once(text):
    start = time.process_time()
    with pytest.raises(ScalarError) as raised:
        read_scalar(text)
    assert time.process_time() - start < 2
    assert len(str(raised.value)) < 200


digits = st.text("0123456789", min_size=1, max_size=12)
underscored = st.lists(digits, min_size=1, max_size=3).map("_".join)
exponents = st.one_of(st.just(""), st.integers(-40, 40).map("e{}".format))


@given(st.sampled_from(["", "-", "+"]), underscored, st.none() | underscored, exponents)
@example("-", "9" * 36, None, "e-6")
def test_a_number_is_exactly_its_decimal_text(sign, whole, decimals, exponent):
    text = sign + whole + ("" if decimals is None else "." + decimals) + exponent
    written = Decimal(text.replace("_", ""))
    _, significant, power = written.as_tuple()
    assert isinstance(power, int)
    if len(whole) > 1 and whole[0] == "0":
        assert read_number(text) is None
        assert read_scalar(text) is text
        assert has_leading_zero(text)
    elif abs(written) >= Decimal("1e30") or len(significant) > 34 or power < -30:
        assert code_of(text) in {"number-range", "number-precision"}
    else:
        assert read_scalar(text) == read_number(text) == Fraction(written)
        assert not has_leading_zero(text)


def outcome(text: str) -> str:
    """The name of the kind of value read, or the code of the problem."""
    try:
        return type(read_scalar(text)).__name__
    except ScalarError as error:
        return error.code


@given(st.text() | st.text("0123456789+-._eE:TZ naif~", max_size=30))
@example("2026-03-30T25:00Z")
def test_any_text_is_read_or_refused_by_code(text):
    assert outcome(text) in {
        *("NoneType", "bool", "int", "Fraction", "str", "date", "datetime"),
        *("not-finite", "number-precision", "number-range"),
        *("date-invalid", "time-without-zone"),
    }


@pytest.mark.parametrize("text", ["010", "007", "-010", "00", "010.5", "0_1", "01e5"])
def test_a_leading_zero_is_seen(text):
    assert has_leading_zero(text)


@pytest.mark.parametrize(
    "text", ["0", "10", "0.5", "0e1", "0x1F", "0o17", "00:30", "010-555", "x01"]
)
def test_what_is_no_number_without_its_zeros_has_no_leading_zero(text):
    assert not has_leading_zero(text)


def test_a_date_alone_is_a_plain_date():
    assert read_scalar("2026-03-30") == date(2026, 3, 30)
    assert type(read_scalar("2026-03-30")) is date


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-30T09:12:00+08:00",
        "2026-03-30 09:12:00+08:00",
        "2026-03-30 09:12 +08:00",
        "2026-03-30T09:12+0800",
        "2026-03-30T09:12+08",
        "2026-03-30T01:12Z",
        "2026-03-30T01:12:00.000000Z",
        "2026-03-29T20:12:00-05:00",
    ],
)
def test_a_time_of_day_with_a_zone_is_an_instant(text):
    assert read_scalar(text) == datetime(2026, 3, 30, 9, 12, tzinfo=CHINA)


def test_a_second_has_up_to_six_decimals():
    noon = datetime(2026, 3, 30, 12, tzinfo=UTC)
    assert read_scalar("2026-03-30T12:00:00.5Z") == noon + timedelta(milliseconds=500)
    assert read_scalar("2026-03-30T12:00:00.000001Z") == noon + timedelta(microseconds=1)
    assert code_of("2026-03-30T12:00:00.0000001Z") == "date-invalid"


@pytest.mark.parametrize("text", ["2026-03-30T09:12:00", "2026-03-30 09:12"])
def test_a_time_of_day_needs_a_zone(text):
    assert code_of(text) == "time-without-zone"


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "2026-13-01",
        "0000-01-01",
        "2026-03-30T24:00Z",
        "2026-03-30T23:59:60Z",
        "2026-03-30T09:60Z",
        "2026-03-30T09:00+24:00",
        "2026-03-30T09:00+8",
        "2026-03-30T09:00+08:60",
        "0001-01-01T00:00+08:00",
        "9999-12-31T23:00-08:00",
    ],
)
def test_a_day_time_or_zone_must_exist(text):
    assert code_of(text) == "date-invalid"


@given(st.datetimes(timezones=st.just(CHINA)))
@example(datetime(2026, 3, 30, tzinfo=CHINA))
def test_what_python_writes_as_iso_text_is_read_back(moment):
    if date(1, 1, 2) < moment.date() < date(9999, 12, 30):
        assert read_date(moment.isoformat()) == moment
    assert read_date(moment.date().isoformat()) == moment.date()


def test_text_in_another_form_is_no_date():
    assert read_date("30.03.2026") is None
    assert read_date("") is None


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *((text, True) for text in ("true", "True", "TRUE", " tRUE ")),
        *((text, False) for text in ("false", "False", "FALSE")),
        *((text, None) for text in ("", "  ", "null", "~")),
        *(
            ("yes", "yes"),
            ("T", "T"),
            (" Acme ", "Acme"),
            ("007", "007"),
            (" 4.50\t", Fraction(9, 2)),
        ),
    ],
)
def test_a_cell_is_a_scalar_with_booleans_in_any_case(cell, value):
    read = read_cell(cell)
    assert (type(read), read) == (type(value), value)
