"""Exact numbers as text that people read."""

from __future__ import annotations

from fractions import Fraction

from tenderscore.model.values import Number

_LONGEST = 12


def exact_text(number: Number, decimals: int = 6) -> str:
    """The number's decimals, all of them where they end soon, else some and an ellipsis.

    >>> exact_text(Fraction(25, 2)), exact_text(Fraction(1, 3))
    ('12.5', '0.333333...')
    >>> exact_text(Fraction(2, 3))
    '0.666666...'
    """
    value = Fraction(number)
    places = decimal_places(value)
    if places is not None and places <= _LONGEST:
        return fixed_text(value, places)
    cut = Fraction(int(value * 10**decimals), 10**decimals)
    return fixed_text(cut, decimals) + "..."


def grouped_text(number: Number) -> str:
    """The number with a comma between thousands where it is long.

    >>> grouped_text(3745000), grouped_text(Fraction(4999, 2)), grouped_text(2026)
    ('3,745,000', '2499.5', '2026')
    """
    text = exact_text(number)
    whole, point, decimals = text.partition(".")
    if len(whole.lstrip("-")) <= 4:
        return text
    return f"{int(whole):,}{point}{decimals}"


def decimal_places(value: Fraction) -> int | None:
    """How many decimals write the number exactly; None where no number of them does."""
    twos = fives = 0
    rest = value.denominator
    while rest % 2 == 0:
        rest //= 2
        twos += 1
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


def half_up(value: Fraction, decimals: int) -> Fraction:
    """The number rounded half up to some decimals.

    >>> half_up(Fraction("2.345"), 2)
    Fraction(47, 20)
    """
    unit = 10**decimals
    return Fraction(
        (2 * value.numerator * unit + value.denominator) // (2 * value.denominator), unit
    )


def fixed_text(value: Number, decimals: int) -> str:
    """The number with a fixed count of decimals, half up.

    >>> fixed_text(Fraction(-1, 8), 2)
    '-0.12'
    """
    rounded = half_up(Fraction(value), decimals)
    units = rounded.numerator * 10**decimals // rounded.denominator
    sign = "-" if units < 0 else ""
    whole, rest = divmod(abs(units), 10**decimals)
    return f"{sign}{whole}.{rest:0{decimals}d}" if decimals else f"{sign}{whole}"
