"""From the tree to functions: names, kinds and everything else that is known before any bid."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from tenderscore.errors import Message
from tenderscore.expressions import evaluation
from tenderscore.expressions.arithmetic import OPERATIONS, Operation
from tenderscore.expressions.comparisons import COMPARISONS
from tenderscore.expressions.error import ExpressionError, a_kind, clash_of, needs_boolean
from tenderscore.expressions.functions import FUNCTIONS
from tenderscore.expressions.literals import is_text, number_of, text_of
from tenderscore.expressions.names import (
    BOOLEANS,
    FUNCTION_NAMES,
    ROOTS,
    no_value,
    unknown_function,
    unknown_name,
)
from tenderscore.expressions.part import Part, Read, Run, Stop, noting
from tenderscore.expressions.paths import Step, path_of
from tenderscore.expressions.syntax import NESTING, Source, end_of, too_deep
from tenderscore.model.records import replace
from tenderscore.model.values import Kind, Path, Value, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Reading(NamedTuple):
    """A path where it stands in the text (columns from 1)."""

    start: int
    end: int
    root: str
    path: Path
    in_has: bool


class Compiler:
    """Makes the parts of one expression; ``errors`` and ``readings`` are what it met."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.errors: list[ExpressionError] = []
        self.readings: list[Reading] = []

    def part(self, node: ast.expr, depth: int = 0) -> Part:
        """A node's part. What no fact decides is computed here and now."""
        known = len(self.errors)
        try:
            part = self._made(node, depth)
            return _settled(part, sound=len(self.errors) == known)
        except ExpressionError as error:
            self.errors.append(error)
            return Part(_missing, node.col_offset)

    def _made(self, node: ast.expr, depth: int) -> Part:
        if depth >= NESTING:
            raise too_deep(node.col_offset)
        return self._FORMS.get(type(node), Compiler._other)(self, node, depth + 1)

    def _parts(self, nodes: Sequence[ast.expr], depth: int) -> tuple[Part, ...]:
        return tuple(self.part(node, depth) for node in nodes)

    def _literal(self, node: ast.Constant, _: int) -> Part:
        written = self.source.of(node)
        if is_text(written):
            return _constant(text_of(written), node)
        return _constant(number_of(written, node.col_offset), node)

    def _name(self, node: ast.Name, _: int) -> Part:
        name = self.source.of(node)
        if name in BOOLEANS:
            return _constant(BOOLEANS[name], node)
        if name in ROOTS or name in FUNCTION_NAMES:
            raise no_value(name, node.col_offset)
        raise unknown_name(name, node.col_offset, self.source.written(1, node.col_offset))

    def _fact(self, node: Step, _: int) -> Part:
        return Part(evaluation.fact(*self._read(node)), node.col_offset)

    def _read(self, node: Step, *, in_has: bool = False) -> tuple[str, Path]:
        root, path = path_of(node, self.source)
        self.readings.append(Reading(node.col_offset, end_of(node), root, path, in_has))
        return root, path

    def _read_since(self, count: int) -> tuple[Read, ...]:
        """The paths of which values were read since there were so many readings."""
        later = self.readings[count:]
        return tuple((each.root, each.path) for each in later if not each.in_has)

    def _unary(self, node: ast.UnaryOp, depth: int) -> Part:
        operand = self.part(node.operand, depth)
        if isinstance(node.op, ast.Not):
            self._check_booleans("not", [operand])
            return _part(evaluation.negated(operand), node, "boolean", [operand])
        if operand.kind not in {None, "number"}:
            message = Message("a sign needs a number, not {kind}", kind=a_kind(operand.kind))
            raise ExpressionError(message, operand.column)
        run = evaluation.signed(operand, negative=isinstance(node.op, ast.USub))
        return _part(run, node, "number", [operand])

    def _arithmetic(self, node: ast.BinOp, depth: int) -> Part:
        """A chain such as ``a + b - c``, whose tree leans to the left, is one part."""
        chain = [node]
        while isinstance(chain[-1].left, ast.BinOp):
            chain.append(chain[-1].left)
        first = self.part(chain[-1].left, depth)
        links: list[evaluation.Link] = []
        kind = first.kind
        for link in reversed(chain):
            before = len(self.readings)
            right = self.part(link.right, depth)
            operation, column = OPERATIONS[type(link.op)], self.source.column_after(link.left)
            self._check_numbers(operation, kind, right.kind, column)
            links.append((operation, right, column, self._read_since(before)))
            kind = "number"
        operands = [first, *(part for _, part, *_ in links)]
        return _part(evaluation.computed(first, links), node, "number", operands)

    def _junction(self, node: ast.BoolOp, depth: int) -> Part:
        word = "and" if isinstance(node.op, ast.And) else "or"
        parts = self._parts(node.values, depth)
        self._check_booleans(word, parts)
        return _part(evaluation.joined(word, parts), node, "boolean", parts)

    def _comparison(self, node: ast.Compare, depth: int) -> Part:
        first, *others = parts = self._parts([node.left, *node.comparators], depth)
        steps: list[evaluation.Step] = []
        for operator, left, right, before in zip(
            node.ops, parts, others, [node.left, *node.comparators], strict=False
        ):
            comparison, column = COMPARISONS[type(operator)], self.source.column_after(before)
            if refusal := comparison.refusal(left, right, column):
                self.errors.append(refusal)
            steps.append((comparison.test, right, column))
        return _part(evaluation.compared(first, steps), node, "boolean", parts)

    def _choice(self, node: ast.IfExp, depth: int) -> Part:
        yes, test, no = self._parts([node.body, node.test, node.orelse], depth)
        self._check_booleans("if", [test])
        kind = yes.kind if yes.kind == no.kind else None
        return _part(evaluation.chosen(test, yes, no), node, kind, [yes, test, no])

    def _call(self, node: ast.Call, depth: int) -> Part:
        name = self.source.of(node.func)
        if isinstance(node.func, ast.Name) and name == "has":
            return self._presence(node)
        before = len(self.readings)
        parts = self._parts(node.args, depth)
        if not isinstance(node.func, ast.Name) or name in ROOTS or name in BOOLEANS:
            message = Message("only functions take values in round brackets")
            raise ExpressionError(message, self.source.column_after(node.func))
        if name not in FUNCTIONS:
            raise unknown_function(name, node.col_offset)
        function = FUNCTIONS[name]
        _check_count(function.name, function.takes, node, function.least, function.most)
        self.errors.extend(function.refusals(parts))
        run = noting(function.run(parts), self._read_since(before))
        return _part(run, node, function.result_kind(parts), parts)

    def _presence(self, node: ast.Call) -> Part:
        _check_count("has", Message("one path"), node, 1, 1)
        (argument,) = node.args
        if not isinstance(argument, Step):
            message = Message("`has` takes a path such as `bid.price`")
            raise ExpressionError(message, argument.col_offset)
        run = evaluation.presence(*self._read(argument, in_has=True))
        return Part(run, node.col_offset, "boolean")

    def _list(self, node: ast.List, depth: int) -> Part:
        parts = self._parts(node.elts, depth)
        return replace(_part(evaluation.listed(parts), node, "list", parts), items=parts)

    def _other(self, node: ast.expr, _: int) -> Part:
        """Only tuples are left: nothing else of Python passes the check of words and signs."""
        elements = node.elts if isinstance(node, ast.Tuple) else []
        column = self.source.column_after(elements[0]) if elements else node.col_offset
        message = Message("values are listed in square brackets only")
        raise ExpressionError(message, column, Message("a list is written `[1, 2]`"))

    _FORMS: ClassVar[dict[type[ast.expr], Callable[[Compiler, Any, int], Part]]] = {
        ast.Constant: _literal,
        ast.Name: _name,
        ast.Attribute: _fact,
        ast.Subscript: _fact,
        ast.UnaryOp: _unary,
        ast.BinOp: _arithmetic,
        ast.BoolOp: _junction,
        ast.Compare: _comparison,
        ast.IfExp: _choice,
        ast.Call: _call,
        ast.List: _list,
    }

    def _check_booleans(self, word: str, parts: Sequence[Part]) -> None:
        self.errors += [
            ExpressionError(needs_boolean(word, part.kind), part.column)
            for part in parts
            if part.kind not in {None, "boolean"}
        ]

    def _check_numbers(
        self, operation: Operation, left: Kind | None, right: Kind | None, column: int
    ) -> None:
        wrong = [kind for kind in (left, right) if kind not in {None, "number"}]
        if wrong and None in {left, right}:
            message = Message(operation.need.template, kind=a_kind(wrong[0]))
            self.errors.append(ExpressionError(message, column))
        elif wrong:
            self.errors.append(ExpressionError(clash_of(operation.clash, left, right), column))


def _missing(_: object) -> Value:
    """Stands where a part is wrong; an expression with errors is never evaluated."""
    raise Stop


def _constant(value: Value, node: ast.expr) -> Part:
    return Part(lambda _: value, node.col_offset, kind_of(value), constant=True, value=value)


def _part(run: Run, node: ast.expr, kind: Kind | None, operands: Sequence[Part]) -> Part:
    fixed = all(operand.constant for operand in operands)
    return Part(run, node.col_offset, kind, constant=fixed)


def _settled(part: Part, *, sound: bool) -> Part:
    """The part with its value, where it is constant and that value is not missing."""
    if not part.constant:
        return part
    if not sound:
        return replace(part, constant=False)
    try:
        value = part.run(_nothing)
    except Stop:
        return replace(part, constant=False)
    return replace(part, run=lambda _: value, value=value, kind=kind_of(value))


def _nothing(_root: str, _path: Path) -> Value:
    return None


def _check_count(name: str, takes: Message, node: ast.Call, least: int, most: int | None) -> None:
    given = len(node.args)
    if given < least or (most is not None and given > most):
        message = Message(
            "`{name}` takes {takes}, not {given} values", name=name, takes=takes, given=given
        )
        raise ExpressionError(message, node.col_offset)
