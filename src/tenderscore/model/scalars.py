"""What unquoted text means: YAML 1.2's core schema, narrowed to what tender files can mean.

=====================  =====================================================================
``true`` ``false``     booleans, in lower case only; ``yes``, ``NO``, ``on`` are text
``null`` ``~`` empty   None
``12`` ``+5`` ``.5``   exact decimal numbers: ``5.``, ``1e3`` and ``3_450_000`` are numbers too,
                       ``010``, ``0x1F``, ``0o17`` and ``60:30`` are text
``2026-03-30``         a plain date
``2026-03-30T17:00Z``  an instant: ``T`` or a space, seconds may be left out, at most six
                       decimals, the zone as ``Z``, ``+08:00``, ``+0800`` or ``+08``
=====================  =====================================================================

Everything else is text. ``.nan`` and ``.inf`` as YAML spells them, and ``NaN`` and ``Infinity`` as
JavaScript does, are refused.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from tenderscore.errors import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from tenderscore.model.values import Number, Scalar

MOST_DIGITS = 34
MOST_DECIMALS = 30
MOST_WHOLE_DIGITS = 30

_DIGITS = r"[0-9]++(?:_[0-9]++)*+"
_NUMBER = re.compile(
    rf"[-+]?(?:(0|[1-9](?:_?[0-9])*+)(?:\.({_DIGITS})?)?|\.({_DIGITS}))(?:[eE]([-+]?{_DIGITS}))?"
)
_GROUPED_INTEGER = re.compile(r"[1-9][0-9]{0,2}(?:_[0-9]{3}){1,8}")
_LEADING_ZERO = re.compile(rf"[-+]?0_?{_DIGITS}(?:\.(?:{_DIGITS})?)?(?:[eE][-+]?{_DIGITS})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?.*)?")
_INSTANT = re.compile(
    r"[0-9-]{10}[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?"
    r" ?(?:Z|[-+](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)"
)
_CLOCK = re.compile(r"[0-9:]+(?:\.[0-9]+)?( ?(?:Z|[-+][0-9:]+))?")
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None, "~": None, "": None}
_INFINITE = (".inf", ".Inf", ".INF", "Infinity")
_NOT_FINITE = frozenset(
    (".nan", ".NaN", ".NAN", "NaN", *(sign + word for sign in ("", "-", "+") for word in _INFINITE))
)
_SHOWN = 44


class ScalarError(Exception):
    """Text in the form of a number or a date that is none: a problem that lacks its place."""

    def __init__(self, code: str, message: Message, hint: Message | None = None) -> None:
        super().__init__(str(message))
        self.code = code
        self.message = message
        self.help = hint


def read_scalar(text: str) -> Scalar:
    """The value of an unquoted scalar.

    >>> read_scalar("3_450_000"), read_scalar("0.1"), read_scalar("NO"), read_scalar("~")
    (3450000, Fraction(1, 10), 'NO', None)

    Raises:
        ScalarError: a number out of bounds or not finite, an impossible date, a time without zone.
    """
    reader = SCALAR_READERS.get(text[:1])
    return text if reader is None else reader(text)


def read_cell(text: str) -> Scalar:
    """The value of a table's cell: an unquoted scalar, less blanks around it, ``TRUE`` included.

    >>> read_cell(" TRUE "), read_cell("4.0"), read_cell("  ")
    (True, 4, None)

    Raises:
        ScalarError: as ``read_scalar``.
    """
    text = text.strip()
    value = read_scalar(text)
    return _WORDS.get(text.lower(), value) if value is text and text[0] in "tTfF" else value


def read_number(text: str) -> Number | None:
    """The number that text spells, None where it spells none.

    A number has at most 34 digits from the first that is not 0, is under 1e30, and has at most 30
    decimals, all as written: ``1e-30`` is fine and ``10e-31`` is not. No power of ten is computed
    before these bounds hold.

    >>> read_number("-1.5e3"), read_number("010")
    (-1500, None)

    Raises:
        ScalarError: a number beyond these bounds.
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    whole, decimals, lone_decimals, exponent = match.groups()
    fraction = (decimals or lone_decimals or "").replace("_", "")
    digits = ((whole or "").replace("_", "") + fraction).lstrip("0")
    places = len(fraction) - _exponent(exponent)
    _check_bounds(text, digits, places)
    return _exact(int(digits or "0") * (-1 if text[0] == "-" else 1), places)


def read_date(text: str) -> date | datetime | None:
    """The plain date or instant that text spells, None where it is not of that form.

    >>> read_date("2026-03-30"), read_date("30 March 2026")
    (datetime.date(2026, 3, 30), None)

    Raises:
        ScalarError: a day, time or zone that does not exist, or a time of day without a zone.
    """
    try:
        if _INSTANT.fullmatch(text):
            return _instant(text)
        if not _DATE.fullmatch(text):
            return None
        if len(text) == 10:
            return date.fromisoformat(text)
    except (ValueError, OverflowError):
        raise _no_such_date(text) from None
    clock = _CLOCK.fullmatch(text, 11)
    if clock is None:
        return None
    raise _no_such_date(text) if clock[1] else _without_zone(text)


def has_leading_zero(text: str) -> bool:
    """Whether text would be a number but for zeros before it, as ``010`` is.

    >>> has_leading_zero("010"), has_leading_zero("0.10"), has_leading_zero("0x1F")
    (True, False, False)
    """
    return _LEADING_ZERO.fullmatch(text) is not None


def _word(text: str) -> Scalar:
    return _WORDS.get(text, text)


def _digit_first(text: str) -> Scalar:
    """What begins with a digit; what most files are full of first, and without a search."""
    if text.isdecimal() and len(text) < MOST_WHOLE_DIGITS and text.isascii():
        return int(text) if text[0] != "0" or text == "0" else text
    if "." in text and len(text) < MOST_DECIMALS:
        whole, _, decimals = text.partition(".")
        if decimals.isdecimal() and whole.isdecimal():
            return _short_decimal(text, whole, decimals)
    if text[4:5] == "-" and (moment := read_date(text)) is not None:
        return moment
    if _GROUPED_INTEGER.fullmatch(text):
        return int(text)
    number = read_number(text)
    return text if number is None else number


def _short_decimal(text: str, whole: str, decimals: str) -> Scalar:
    if (whole[0] == "0" and whole != "0") or not text.isascii():
        return text
    return _exact(int(whole + decimals), len(decimals))


def _sign_or_point_first(text: str) -> Scalar:
    if text in _NOT_FINITE:
        message = Message("numbers must be finite, and {text} is not", text=text)
        hint = Message("leave the value empty where there is none; put text in quotes")
        raise ScalarError("not-finite", message, hint)
    number = read_number(text)
    return text if number is None else number


# By first character, so that a reader of many scalars can tell text without a call.
SCALAR_READERS: dict[str, Callable[[str], Scalar]] = {
    **dict.fromkeys(("", "t", "f", "n", "~"), _word),
    **dict.fromkeys("0123456789", _digit_first),
    **dict.fromkeys("+-.NI", _sign_or_point_first),
}


def _exponent(text: str | None) -> int:
    """The exponent as written, or one that is out of bounds for any number."""
    if text is None:
        return 0
    digits = text.lstrip("+-").replace("_", "").lstrip("0")
    size = int(digits or "0") if len(digits) <= 4 else 10_000
    return -size if text[0] == "-" else size


def _check_bounds(text: str, digits: str, places: int) -> None:
    hint = Message("put it in quotes if it is text: an account, say")
    if digits and len(digits) - places > MOST_WHOLE_DIGITS:
        message = Message("{number} is not under 1e30, as numbers must be", number=shortened(text))
        raise ScalarError("number-range", message, hint)
    if len(digits) > MOST_DIGITS or places > MOST_DECIMALS:
        message = Message(
            "{number} has more than {digits} digits or more than {decimals} decimals",
            number=shortened(text),
            digits=MOST_DIGITS,
            decimals=MOST_DECIMALS,
        )
        raise ScalarError("number-precision", message, hint)


def _exact(digits: int, places: int) -> Number:
    if places <= 0:
        return int(digits * 10**-places) if digits else 0
    unit = 10**places
    return Fraction(digits, unit) if digits % unit else digits // unit


def _instant(text: str) -> datetime:
    if " " in text[16:]:
        text = text[:16] + text[16:].replace(" ", "")
    moment = datetime.fromisoformat(text)
    if moment.year in {MINYEAR, MAXYEAR}:
        moment.astimezone(UTC)
    return moment


def _without_zone(text: str) -> ScalarError:
    message = Message("{text} is a time of day without a zone", text=shortened(text))
    hint = Message("add the zone: +08:00, or Z for UTC; or put it in quotes if it is text")
    return ScalarError("time-without-zone", message, hint)


def _no_such_date(text: str) -> ScalarError:
    message = Message("there is no such day or time as {text}", text=shortened(text))
    hint = Message(
        "days, hours to 23, minutes and seconds to 59, and zones must exist; "
        "seconds have at most six decimals"
    )
    return ScalarError("date-invalid", message, hint)


def shortened(text: str) -> str:
    """Text for a message: its beginning where it is long."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
