"""Criteria and method compiled once, before any lot: methods, expressions, requirements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from fractions import Fraction
from typing import TYPE_CHECKING

from tenderscore.errors import Message, Place, Problem
from tenderscore.expressions import Expression, ExpressionError, parse
from tenderscore.model.criteria import Criterion, Test
from tenderscore.model.criteria_set import CriteriaSet, Group, walk
from tenderscore.model.fields import KIND_NAMES
from tenderscore.model.located import Document, Node
from tenderscore.model.records import record
from tenderscore.model.references import deferred_among, with_deferred
from tenderscore.model.suggestions import did_you_mean
from tenderscore.model.text import Title
from tenderscore.model.validation import checked
from tenderscore.model.written import written
from tenderscore.pipeline.forms import FormFault, criterion_fault, requirement_fault
from tenderscore.pipeline.plan import Leaf, PlanNode
from tenderscore.pipeline.requirements import (
    Condition,
    Requirement,
    condition_of,
    ordered_operand,
    pattern_problem,
)
from tenderscore.scoring import METHODS, ScoringMethod
from tenderscore.scoring._base import either

if TYPE_CHECKING:
    from tenderscore.pipeline.price_rules import PriceRule
    from tenderscore.pipeline.price_tests import PriceTest
    from tenderscore.pipeline.rankings import Ranking


@record
class Compiled:
    """A criteria set ready to be resolved for lots; nodes count from 0 in each group.

    ``rankings`` are those of the rounds, by id, that something else than the total ranks;
    ``adjustments`` lead to evaluated prices, None where nothing asks for these.
    """

    criteria_set: CriteriaSet
    groups: Mapping[str, tuple[PlanNode, ...]]
    requirements: Mapping[str, Requirement]
    rankings: Mapping[str, Ranking] = field(default_factory=dict)
    adjustments: tuple[PriceRule, ...] | None = None
    price_tests: tuple[PriceTest, ...] = ()

    @property
    def asks_of_the_panel(self) -> bool:
        """Whether the method has rules for the panel."""
        return "panel" in self.criteria_set.method.model_fields_set


def compiled(criteria_set: CriteriaSet) -> tuple[Compiled, list[Problem]]:
    """A criteria set compiled, and what is wrong with it; what is wrong is left out."""
    problems: list[Problem] = []
    groups = {group.criterion.id: _group_nodes(group, problems) for group in criteria_set.groups}
    document = criteria_set.method_document
    requirements = {}
    for id_, test in criteria_set.method.requirements.items():
        node = document.root.get("requirements", id_) or document.root
        requirement = read_requirement(id_, test, document, node, problems)
        if requirement is not None:
            requirements[id_] = requirement
    rankings = dict(_rankings(criteria_set, problems))
    adjustments = _adjustments(criteria_set, rankings, problems)
    tests = _price_tests(criteria_set, problems)
    return Compiled(criteria_set, groups, requirements, rankings, adjustments, tests), problems


def _rankings(criteria_set: CriteriaSet, problems: list[Problem]) -> Iterator[tuple[str, Ranking]]:
    for index, rule in enumerate(criteria_set.rounds()):
        if rule.rank_by is None or rule.is_ranked_by_total:
            continue
        from tenderscore.pipeline.rankings import read_ranking  # noqa: PLC0415 - seldom asked for

        node = criteria_set.node("rounds", index, "rank_by")
        ranking, found = read_ranking(rule.rank_by, criteria_set.method_document, node)
        problems += found
        if ranking is not None:
            yield rule.id, ranking


def _adjustments(
    criteria_set: CriteriaSet, rankings: Mapping[str, Ranking], problems: list[Problem]
) -> tuple[PriceRule, ...] | None:
    asked = any(ranking.needs_evaluated_price for ranking in rankings.values())
    if criteria_set.method.evaluated_price is None and not asked:
        return None
    from tenderscore.pipeline.price_rules import read_price_rules  # noqa: PLC0415 - likewise

    return read_price_rules(criteria_set, problems)


def _price_tests(criteria_set: CriteriaSet, problems: list[Problem]) -> tuple[PriceTest, ...]:
    if not criteria_set.method.low_price:
        return ()
    from tenderscore.pipeline.price_tests import read_price_tests  # noqa: PLC0415 - likewise

    return read_price_tests(criteria_set, problems)


def _group_nodes(group: Group, problems: list[Problem]) -> tuple[PlanNode, ...]:
    entries = list(walk(group))
    positions = {id_: index for index, (id_, _, _) in enumerate(entries)}
    nodes = []
    for id_, criterion, node in entries:
        children = [f"{id_}.{child.id}" for child in criterion.criteria or ()]
        above = id_.rpartition(".")[0]
        nodes.append(
            PlanNode(
                id=id_,
                title=criterion.title or Title(criterion.id),
                depth=id_.count("."),
                parent=positions.get(above),
                children=tuple(dict.fromkeys(positions[child] for child in children)),
                weight=Fraction(criterion.weight),
                fraction=_fraction(criterion, entries, positions.get(above)),
                minimum=None if criterion.minimum is None else Fraction(criterion.minimum),
                only_if=_only_if(id_, criterion, group.document, node, problems),
                leaf=_leaf(criterion, group.document, node, problems),
                place=group.document.place(node),
            )
        )
    return tuple(nodes)


def _fraction(
    criterion: Criterion, entries: list[tuple[str, Criterion, Node]], parent: int | None
) -> Fraction:
    if parent is None:
        return Fraction(1)
    siblings = entries[parent][1].criteria or ()
    total = sum(sibling.weight for sibling in siblings)
    return Fraction(criterion.weight) / total if total else Fraction(0)


def _only_if(
    id_: str, criterion: Criterion, document: Document, node: Node, problems: list[Problem]
) -> Requirement | None:
    if criterion.only_if is None:
        return None
    return read_requirement(id_, criterion.only_if, document, node.get("only_if") or node, problems)


def read_requirement(
    id_: str, test: Test, document: Document, node: Node, problems: list[Problem]
) -> Requirement | None:
    """A test of a fact, or what is wrong with it."""
    title = test.title or Title(id_)
    if not _is_whole(requirement_fault(node), document, node, problems):
        return None
    if test.expr is not None:
        where = node.get("expr") or node
        expression = read_expression(test.expr, document, where, problems)
        if expression is None:
            return None
        if expression.result_kind is not None and expression.result_kind != "boolean":
            kind = KIND_NAMES[expression.result_kind]
            message = Message("a requirement's expression is true or false, not {kind}", kind=kind)
            problems.append(Problem("expression", message, document.place(where)))
        return Requirement(id_, title, document.place(where), expression, None)
    if not test.model_fields_set & {*Test.model_fields} - {"title", "fact"}:
        return None
    where = node.get(test.condition) or node
    operand = with_deferred(test.operand)
    condition = condition_of(test.condition, operand)  # type: ignore[arg-type] # resolved per lot
    if not any(deferred_among(operand)):
        wrong = operand_problem(condition)
        if wrong is not None:
            problems.append(Problem("requirement-value", wrong, document.place(where)))
            return None
    return Requirement(id_, title, document.place(where), test.fact or (), condition)


def _is_whole(
    fault: FormFault | None, document: Document, node: Node, problems: list[Problem]
) -> bool:
    if fault is not None:
        problems.append(Problem(fault.code, fault.message, document.place(node), fault.help))
    return fault is None


def operand_problem(condition: Condition) -> Message | None:
    """What is wrong with what a fact is held against, None where nothing is."""
    operand = condition.operand
    match condition.name:
        case "at_least" | "at_most" if not ordered_operand(operand):
            return Message("{name} takes a number, a date or a time", name=condition.name)
        case "one_of" if not isinstance(operand, (list, tuple)) or not operand:
            return Message("one_of takes a list of values")
        case "includes" if operand in (None, []):
            return Message("includes takes a value or a list of values")
        case "is" if isinstance(operand, dict) or operand is None:
            return Message("is takes a value")
        case "matches":
            return _pattern_message(str(operand))
    return None


def _pattern_message(pattern: str) -> Message | None:
    detail = pattern_problem(pattern)
    if detail is None:
        return None
    return Message(
        "{pattern!r} is no RE2 expression: {detail}", pattern=pattern[:80], detail=detail
    )


def read_expression(
    text: str, document: Document, node: Node, problems: list[Problem]
) -> Expression | None:
    """An expression that a file has, or its problems with their columns."""
    try:
        return parse(text)
    except ExpressionError as error:
        for part in error.errors or (error,):
            place = _column_within(document, node, text, part.column)
            problems.append(Problem("expression", part.message, place, part.help))
        return None


def _column_within(document: Document, node: Node, text: str, column: int) -> Place:
    quoted = 0 if node.plain else 1
    line = document.line(node.line) or ""
    if text in line:
        return Place(document.file, node.line, node.column + quoted + column - 1)
    return document.place(node)


def _leaf(
    criterion: Criterion, document: Document, node: Node, problems: list[Problem]
) -> Leaf | None:
    is_whole = _is_whole(criterion_fault(node), document, node, problems)
    if criterion.score is None:
        return None
    score = node.get("score") or node
    method = _method(document, score, problems)
    source = criterion.fact
    expression = None
    if criterion.expr is not None:
        expression = read_expression(criterion.expr, document, node.get("expr") or node, problems)
    if method is None or not is_whole:
        return None
    if source is None and expression is None and method.id != "panel":
        return None
    if expression is not None and not _fits(expression, method):
        wanted = either([KIND_NAMES[kind] for kind in sorted(method.accepts)])
        kind = KIND_NAMES[expression.result_kind or "missing"]
        template = "{method} takes {wanted}; the expression gives {kind}"
        message = Message(template, method=method.id, wanted=wanted, kind=kind)
        problems.append(Problem("expression", message, document.place(node.get("expr"))))
    return Leaf(method, expression or source, criterion.missing, document.place(score))


def _fits(expression: Expression, method: ScoringMethod) -> bool:
    kind = expression.result_kind
    return kind is None or not method.accepts or kind in method.accepts


def _method(document: Document, score: Node, problems: list[Problem]) -> ScoringMethod | None:
    node = score.get("method")
    if node is None:
        message = Message("{key} is missing", key="method")
        help_ = did_you_mean("", METHODS)
        problems.append(Problem("missing-key", message, document.place(score), help_))
        return None
    method = METHODS.get(node.text)
    if method is None:
        given = node.text or written(node.bare())
        message = Message("unknown scoring method {method!r}", method=given)
        help_ = did_you_mean(node.text, METHODS)
        problems.append(Problem("unknown-method", message, document.place(node), help_))
        return None
    found = checked(method, document, score)
    problems.extend(found.problems)
    return None if found.problems else found.model
