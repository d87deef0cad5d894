"""The adjustments of method.yaml, compiled: what each does to the price, and to which offers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from tenderscore.errors import Message, Place, Problem
from tenderscore.expressions import Expression
from tenderscore.model.adjustments import WAYS, Adjustment
from tenderscore.model.columns import Column, column_of
from tenderscore.model.criteria_set import CriteriaSet
from tenderscore.model.exact import Mask, Rationals, weighted_sum
from tenderscore.model.fields import KIND_NAMES
from tenderscore.model.located import Document, Node
from tenderscore.model.numerals import exact_text
from tenderscore.model.records import record
from tenderscore.model.references import Deferred
from tenderscore.model.text import Title
from tenderscore.model.values import Number
from tenderscore.pipeline.compiling import read_expression, read_requirement
from tenderscore.pipeline.facts import LotFacts
from tenderscore.pipeline.plan import EVALUATED
from tenderscore.pipeline.requirements import Requirement


@record
class PriceRule:
    """An adjustment of one lot, ready to be applied; ``factor`` is that of its present value."""

    id: str
    title: Title
    condition: Requirement | None
    way: str
    amount: Number | Deferred | Expression
    of_price: bool
    factor: Fraction
    place: Place

    def applies(self, facts: LotFacts) -> Mask:
        """To which offers."""
        if self.condition is None:
            return np.ones(len(facts), dtype=np.bool_)
        return self.condition.mask(facts.column(self.condition.source))

    def amounts(self, facts: LotFacts) -> Column:
        """Its number for every offer."""
        if isinstance(self.amount, Expression):
            return facts.column(self.amount)
        return column_of([self.amount] * len(facts))  # type: ignore[list-item] # resolved per lot

    def changes(self, base: Rationals, amounts: Rationals) -> Rationals:
        """What it adds to the sum so far."""
        match self.way:
            case "deduct":
                return base.times(amounts).affine(Fraction(-1, 100), 0)
            case "increase":
                return base.times(amounts).affine(Fraction(1, 100), 0)
            case "coefficient":
                quotients = base.divided_by(amounts)
                return weighted_sum([quotients, base], [Fraction(1), Fraction(-1)], len(base))
        return amounts.affine(self.factor, 0)

    def part(self, amount: Fraction) -> Fraction | None:
        """What it adds as a part of its base; None for an amount of money, which has no base."""
        match self.way:
            case "deduct":
                return -amount / 100
            case "increase":
                return amount / 100
            case "coefficient":
                return 1 / amount - 1
        return None

    def formula(self, base: Fraction, amount: Fraction, change: Fraction) -> str:
        """That with its numbers."""
        of, figure, result = map(exact_text, (base, amount, change))
        match self.way:
            case "deduct":
                return f"-{figure}% x {of} = {result}"
            case "increase":
                return f"{figure}% x {of} = {result}"
            case "coefficient":
                return f"{of} / {figure} - {of} = {result}"
        return result if self.factor == 1 else f"{figure} x {exact_text(self.factor)} = {result}"

    def reads(self) -> Iterator[tuple[str, ...]]:
        """The facts of the bid that it looks at."""
        sources = [self.amount, self.condition and self.condition.source]
        for source in sources:
            if isinstance(source, Expression):
                yield from (path for root, path in source.reads if root == "bid")
            elif isinstance(source, tuple):
                yield source


def read_price_rules(criteria_set: CriteriaSet, problems: list[Problem]) -> tuple[PriceRule, ...]:
    """The adjustments of a method; what is wrong with one is told, and it is left out."""
    found: dict[str, PriceRule] = {}
    document = criteria_set.method_document
    for index, adjustment in enumerate(criteria_set.method.evaluated_price or ()):
        node = criteria_set.node("evaluated_price", index)
        rule = _price_rule(adjustment, document, node, problems)
        if adjustment.id in found:
            message = Message("the id {id!r} is given twice", id=adjustment.id)
            problems.append(Problem("duplicate-id", message, document.place(node.get("id"))))
        elif rule is not None:
            found[rule.id] = rule
    return tuple(found.values())


def _price_rule(
    adjustment: Adjustment, document: Document, node: Node, problems: list[Problem]
) -> PriceRule | None:
    fault = _form_fault(node)
    if fault is not None:
        problems.append(Problem("adjustment-form", fault, document.place(node)))
        return None
    way = next(way for way in WAYS if node.get(way) is not None)
    condition = None
    if adjustment.if_ is not None:
        where = node.get("if") or node
        condition = read_requirement(adjustment.id, adjustment.if_, document, where, problems)
    amount = getattr(adjustment, way)
    if isinstance(amount, dict):
        text = node.get(way, "expr") or node
        amount = _number_expression(amount["expr"], document, text, problems)
    if amount is None or (adjustment.if_ is not None and condition is None):
        return None
    rule = PriceRule(
        id=adjustment.id,
        title=adjustment.title or Title(adjustment.id),
        condition=condition,
        way=way,
        amount=amount,
        of_price=adjustment.of == "price",
        factor=_present_value(adjustment),
        place=document.place(node),
    )
    if any(path[:1] == EVALUATED for path in rule.reads()):
        message = Message("an adjustment does not read the evaluated price, which it makes")
        problems.append(Problem("adjustment-form", message, rule.place))
        return None
    return rule


def _form_fault(node: Node) -> Message | None:
    """What is wrong with the keys that an adjustment has together, as they are written."""
    keys = [key for key in (*WAYS, "of", "years", "discount") if node.get(key) is not None]
    ways = [key for key in keys if key in WAYS]
    if len(ways) != 1:
        return Message("an adjustment has exactly one of {words}", words=", ".join(WAYS))
    later = {"years", "discount"} & set(keys)
    if later and (ways != ["add"] or len(later) != 2):
        return Message("years and discount go together, and with add")
    if ways == ["add"] and "of" in keys:
        return Message("add has no base: of belongs to percents")
    return None


def _number_expression(
    text: str, document: Document, node: Node, problems: list[Problem]
) -> Expression | None:
    expression = read_expression(text, document, node, problems)
    if expression is not None and expression.result_kind not in (None, "number"):
        kind = KIND_NAMES[expression.result_kind]
        message = Message("an amount is a number, not {kind}", kind=kind)
        problems.append(Problem("expression", message, document.place(node)))
        return None
    return expression


def _present_value(adjustment: Adjustment) -> Fraction:
    """What 1 a year is worth now, paid at the end of each of the years: 1/(1+r) + 1/(1+r)^2 + ...

    At 4 percent over 5 years that is 4.4518...
    """
    if adjustment.years is None:
        return Fraction(1)
    rate = 1 + Fraction(adjustment.discount or 0) / 100
    return sum((rate**-year for year in range(1, adjustment.years + 1)), Fraction(0))
