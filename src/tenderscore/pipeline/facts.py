"""The facts of one lot as columns: read once, judged by type once, used in every round."""

from __future__ import annotations

from collections.abc import Callable, Container
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tenderscore.errors import Message, Place, Problem
from tenderscore.expressions import Expression, ExpressionError
from tenderscore.model.columns import Column, NumberColumn, ValueColumn, column_of
from tenderscore.model.exact import Mask
from tenderscore.model.fields import KIND_NAMES
from tenderscore.model.offers import Offers
from tenderscore.model.panel import PanelWorking, Score
from tenderscore.model.values import Fault, Number, Path, Value, kind_of
from tenderscore.pipeline.lacking import Lacking, lacking_in
from tenderscore.pipeline.marks import LotMarks
from tenderscore.pipeline.plan import Leaf, PlanNode
from tenderscore.pipeline.requirements import Requirement
from tenderscore.pipeline.resolving import Surroundings
from tenderscore.scoring import NumberMethod
from tenderscore.scoring.panel import Panel

if TYPE_CHECKING:
    from tenderscore.pipeline.decisions import LotDecisions
    from tenderscore.pipeline.evaluated_price import EvaluatedPrices

Rows: TypeAlias = NDArray[np.intp]
Source: TypeAlias = Path | Expression


class LotFacts:
    """What a lot's rules read of its offers. ``problems`` collects what is of the wrong type.

    ``prices`` are the evaluated prices among them, with their steps, where the method has any.
    """

    def __init__(
        self,
        offers: Offers,
        around: Surroundings,
        marks: LotMarks,
        prices: EvaluatedPrices | None = None,
        decisions: LotDecisions | None = None,
    ) -> None:
        self.offers = offers
        self.prices = prices
        self.around = around
        self.marks = marks
        self.decisions = decisions
        self.problems: list[Problem] = []
        self._columns: dict[Source, Column] = {}
        self._panel: dict[str, Column] = {}

    def __len__(self) -> int:
        return len(self.offers.vendors)

    def column(self, source: Source) -> Column:
        """The column of a fact or an expression."""
        if source not in self._columns:
            made = (
                self._evaluated(source)
                if isinstance(source, Expression)
                else self.offers.column(source)
            )
            self._columns[source] = made
        return self._columns[source]

    def leaf_column(self, node: PlanNode, leaf: Leaf) -> Column:
        """The column that a criterion scores."""
        if leaf.source is not None:
            return self.column(leaf.source)
        if node.id not in self._panel:
            self._panel[node.id] = self._aggregated(node.id, leaf)
        return self._panel[node.id]

    def leaf_values(self, node: PlanNode, leaf: Leaf, rows: Rows) -> Column:
        """The column that a criterion scores, of some rows in ascending order."""
        column = self.leaf_column(node, leaf)
        return column if len(rows) == len(column) else column.take(rows)

    def given(self, criterion: str, row: int) -> list[Score]:
        """The evaluators' scores of an offer on a criterion that count."""
        return self.marks.counted(criterion, self.offers.vendors[row])

    def working(self, node: PlanNode, row: int) -> Callable[[], PanelWorking] | None:
        """What makes the working of a panel criterion for an offer; None for any other."""
        method = None if node.leaf is None else node.leaf.method
        if not isinstance(method, Panel):
            return None
        weighted = method.aggregate == "weighted_mean"
        return partial(self.marks.working, node.id, self.offers.vendors[row], weighted=weighted)

    def _aggregated(self, criterion: str, leaf: Leaf) -> Column:
        if not isinstance(leaf.method, Panel):
            return column_of([None] * len(self))
        values = self.marks.aggregated(leaf.method, criterion, self.offers.vendors)
        return self.with_agreed(criterion, column_of(values))

    def with_agreed(self, criterion: str, column: Column) -> Column:
        """What marks come to, but for the offers on which the panel agreed."""
        agreed = {} if self.decisions is None else self.decisions.agreed_by_row(criterion)
        if not agreed:
            return column
        from tenderscore.pipeline.corrections import replaced  # noqa: PLC0415 - loaded by then

        return replaced(column, agreed)

    def agreed(self, criterion: str, row: int) -> Number | None:
        """The score of an offer on a criterion that the panel agreed on, if it did."""
        return None if self.decisions is None else self.decisions.agreed(criterion, row)

    def is_scored(self, criterion: str, row: int) -> bool:
        """Whether the panel scored an offer on a criterion, each by itself or all together."""
        given = self.marks.count(criterion, self.offers.vendors[row])
        return bool(given) or self.agreed(criterion, row) is not None

    def _evaluated(self, expression: Expression) -> Column:
        paths = [path for root, path in expression.reads if root == "bid"]
        columns = {path: self.offers.column(path) for path in paths}
        return column_of([self.evaluate(expression, columns, row) for row in range(len(self))])

    def evaluate(self, expression: Expression, columns: dict[Path, Column], row: int) -> Value:
        """An expression's value for one offer; a clash of types is a fault."""
        try:
            value: Value = expression.evaluate(self.lookup(columns, row))
        except ExpressionError as error:
            return Fault("expression-type", error.message)
        return value

    def lookup(self, columns: dict[Path, Column], row: int) -> Callable[[str, Path], Value]:
        """What an expression's paths stand for in one offer."""
        find = self.around.find

        def value(root: str, path: Path) -> Value:
            if root == "bid":
                column = columns.get(path)
                return (self.offers.column(path) if column is None else column).value(row)
            return find(root, path)

        return value

    def place(self, source: Source | None, row: int) -> Place:
        """Where the fact of an offer stands; an expression's is that of its first path."""
        if isinstance(source, Expression):
            paths = [path for root, path in source.reads if root == "bid"]
            source = paths[0] if paths else ()
        return self.offers.place(row, source or ())

    def lacking(self, source: Source, row: int) -> Lacking:
        """What an offer has no value for: the fact, or what an expression comes to nothing by."""
        if not isinstance(source, Expression):
            return Lacking(source, ".".join(source))
        lack = source.lack(self.lookup({}, row))
        return Lacking(None, source.text) if lack is None else lacking_in(source, lack)

    def failure(self, requirement: Requirement, row: int) -> Message:
        """Why an offer does not meet a requirement, in words."""
        source, value = requirement.source, self.column(requirement.source).value(row)
        if value is not None or not isinstance(source, Expression):
            return requirement.failure(value)
        reason = self.lacking(source, row).told
        return Message("{title}: {reason}", title=requirement.title, reason=reason)

    def check_requirement(self, requirement: Requirement, waived: Container[int] = ()) -> None:
        """Adds a problem for each offer whose fact has the wrong type for a requirement.

        The rows that it is waived for are not looked at.
        """
        column = self.column(requirement.source)
        self._check(column, requirement.source, requirement.wrong_type, requirement.place, waived)

    def check_leaf(self, leaf: Leaf) -> None:
        """Adds a problem for each offer whose fact has the wrong type for a criterion."""
        if leaf.source is None:
            return
        column = self.column(leaf.source)
        numeric = isinstance(column, NumberColumn) and isinstance(leaf.method, NumberMethod)
        if numeric:
            return
        self._check(column, leaf.source, leaf.method.wrong_type, leaf.score_place)

    def check_number(self, source: Source, rule: Place) -> None:
        """Adds a problem for each offer in which something is of another type than a number."""

        def judge(value: Value) -> Message | None:
            kind = kind_of(value)
            if kind in {"number", "missing"}:
                return None
            return Message("an amount is a number, not {kind}", kind=KIND_NAMES[kind])

        self._check(self.column(source), source, judge, rule)

    def _check(
        self,
        column: Column,
        source: Source,
        judge: Callable[[Value], Message | None],
        rule: Place | None,
        waived: Container[int] = (),
    ) -> None:
        for row, message in enumerate(column.each(lambda value: _judged(value, judge))):
            if message is None or row in waived:
                continue
            if isinstance(message, Fault):
                self._add(message.code, source, row, message.message, rule)
            else:
                self._add("fact-type", source, row, message, rule)

    def _add(
        self, code: str, source: Source, row: int, reason: Message, rule: Place | None
    ) -> None:
        name = source.text if isinstance(source, Expression) else ".".join(source)
        message = Message("{fact}: {reason}", fact=name, reason=reason)
        also = () if rule is None else ((Message("the rule stands here"), rule),)
        self.problems.append(
            Problem(code, message, self.place(source, row), _type_help(reason), also=also)
        )


def _judged(value: Value, judge: Callable[[Value], Message | None]) -> Message | Fault | None:
    if value is None:
        return None
    if isinstance(value, Fault):
        return value if value.code == "expression-type" else None
    return judge(value)


def _type_help(reason: Message) -> Message | None:
    given = reason.values.get("value")
    if str(given).lower() in {"yes", "on", "y"}:
        return Message("write true")
    if str(given).lower() in {"no", "off", "n"}:
        return Message("write false")
    return None


def fault_mask(column: Column) -> Mask:
    """Which rows hold a value that cannot be had."""
    if isinstance(column, ValueColumn):
        return np.array(column.each(lambda value: isinstance(value, Fault)), dtype=np.bool_)
    return np.zeros(len(column), dtype=np.bool_)
