"""A round's total: its own points and those of earlier rounds, by their shares."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from tenderscore.errors import Message
from tenderscore.model.exact import Rationals, weighted_sum
from tenderscore.model.numerals import exact_text

Shares = Mapping[str, Fraction]


def total_of(
    own: Rationals, carried: Mapping[str, Rationals], carry_over: Shares, decimals: int | None
) -> Rationals:
    """``own x (100 - c)% + earlier x c%``, rounded once; ``carry_over`` has the percents."""
    rest = (100 - sum(carry_over.values(), Fraction(0))) / 100
    weights = [rest, *(percent / 100 for percent in carry_over.values())]
    columns = [own, *(carried[id_] for id_ in carry_over)]
    return weighted_sum(columns, weights, len(own)).rounded(decimals)


def total_formula(
    own: Fraction,
    carried: Mapping[str, Fraction],
    carry_over: Shares,
    total: Fraction | None,
    parts: str = "",
) -> Message:
    """The sum with its numbers in it; ``parts`` is how the own points came about."""
    rest = 100 - sum(carry_over.values(), Fraction(0))
    exact = own * rest / 100
    terms = [f"{exact_text(own)} x {exact_text(rest)}%"] if carry_over else []
    for id_, percent in carry_over.items():
        exact += carried[id_] * percent / 100
        terms.append(f"{exact_text(carried[id_])} x {exact_text(percent)}%")
    sides = [parts if not carry_over else "", " + ".join(terms), exact_text(exact)]
    formula = " = ".join(filter(None, sides))
    if total is None or total == exact:
        return Message("{formula}", formula=formula)
    return Message("{exact}, rounded to {rounded}", exact=formula, rounded=exact_text(total))
