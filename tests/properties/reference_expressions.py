"""The closed part of Python's expressions, walked over `ast` on fractions."""

import ast
from fractions import Fraction

from .reference_facts import ContractError, kind, moment

ROOTS = ("bid", "lot", "tender")


class Missing(Exception):  # noqa: N818 -- a value that is not there is no error
    """A missing fact, a zero divisor, or `min`, `max`, `mean` of an empty list."""


def run(text, facts):
    """The value of an expression for one offer, None where it is missing."""
    try:
        return Walk(text, facts).of(ast.parse(text.strip(), mode="eval").body)
    except Missing:
        return None


def absent_places(text, facts):
    """The `lot.` and `tender.` paths that an expression reads and that are not there (1.8).

    What stands in `has` is asked for, not read.
    """
    found = [as_path(node) for node in read_by(ast.parse(text.strip(), mode="eval"))]
    outer = [path for path in found if path and path[0] in ("lot", "tender") and len(path) > 1]
    # The walk also meets the beginnings of a path; an absent beginning has an absent end.
    return [path for path in outer if facts.raw(path[0], path[1:]) is None]


def read_by(node):
    """The node and all under it that is not asked for by `has`."""
    yield node
    if not (isinstance(node, ast.Call) and node.func.id == "has"):
        for child in ast.iter_child_nodes(node):
            yield from read_by(child)


def as_path(node):
    """(root, key, ...) of `bid.a.b` or `bid["a"].b`, None for anything else."""
    if isinstance(node, ast.Name):
        return (node.id,) if node.id in ROOTS else None
    if isinstance(node, ast.Attribute):
        head, key = as_path(node.value), node.attr
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        head, key = as_path(node.value), node.slice.value
    else:
        return None
    return (*head, key) if head else None


class Walk:
    """One evaluation: from the left, stopping early where the result is known."""

    def __init__(self, text, facts):
        self.text = text.strip()
        self.facts = facts

    def of(self, node):
        path = as_path(node)
        if path:
            return self.fact(path)
        if type(node) not in SYNTAX:
            raise ContractError(f"expression: {type(node).__name__} is not in the language")
        return SYNTAX[type(node)](self, node)

    def fact(self, path):
        value = self.facts.value(path[0], path[1:])
        if value is None:
            raise Missing
        return value

    def need(self, wanted, node):
        """The node's value, which must be of the wanted kind."""
        value = self.of(node)
        if kind(value) != wanted:
            raise ContractError(f"expression: {kind(value)} where a {wanted} is needed")
        return value

    def constant(self, node):
        if isinstance(node.value, str):
            return moment(node.value)
        return Fraction(ast.get_source_segment(self.text, node).replace("_", ""))

    def name(self, node):
        if node.id not in ("true", "false"):
            raise ContractError(f"expression: unknown name {node.id}")
        return node.id == "true"

    def list_(self, node):
        return [self.of(item) for item in node.elts]

    def unary(self, node):
        if isinstance(node.op, ast.Not):
            return not self.need("boolean", node.operand)
        return -self.need("number", node.operand)

    def arithmetic(self, node):
        left, right = self.need("number", node.left), self.need("number", node.right)
        if isinstance(node.op, ast.Add):
            return left + right
        if isinstance(node.op, ast.Sub):
            return left - right
        if isinstance(node.op, ast.Mult):
            return left * right
        if right == 0:
            raise Missing
        return left / right

    def logic(self, node):
        stops_at = isinstance(node.op, ast.Or)
        for part in node.values:
            if self.need("boolean", part) is stops_at:
                return stops_at
        return not stops_at

    def choice(self, node):
        return self.of(node.body if self.need("boolean", node.test) else node.orelse)

    def comparison(self, node):
        left = self.of(node.left)
        for operator, operand in zip(node.ops, node.comparators, strict=True):
            right = self.of(operand)
            if not holds(left, operator, right):
                return False
            left = right
        return True

    def call(self, node):
        if node.func.id == "has":
            path = as_path(node.args[0])
            return self.facts.raw(path[0], path[1:]) is not None
        arguments = [self.of(argument) for argument in node.args]
        return FUNCTIONS[node.func.id](*arguments)


SYNTAX = {
    ast.Constant: Walk.constant,
    ast.Name: Walk.name,
    ast.List: Walk.list_,
    ast.UnaryOp: Walk.unary,
    ast.BinOp: Walk.arithmetic,
    ast.BoolOp: Walk.logic,
    ast.IfExp: Walk.choice,
    ast.Compare: Walk.comparison,
    ast.Call: Walk.call,
}


def holds(left, operator, right):
    """One comparison between two values of one kind."""
    if isinstance(operator, ast.In | ast.NotIn):
        found = any(kind(item) == kind(left) and item == left for item in right)
        return found is isinstance(operator, ast.In)
    if kind(left) != kind(right):
        raise ContractError(f"expression: {kind(left)} compared with {kind(right)}")
    return COMPARISONS[type(operator)](left, right)


COMPARISONS = {
    ast.Eq: lambda left, right: left == right,
    ast.NotEq: lambda left, right: left != right,
    ast.Lt: lambda left, right: left < right,
    ast.LtE: lambda left, right: left <= right,
    ast.Gt: lambda left, right: left > right,
    ast.GtE: lambda left, right: left >= right,
}


def several(arguments):
    """`min` and `max` take one list or several numbers; of an empty list they are missing."""
    items = arguments[0] if isinstance(arguments[0], list) else list(arguments)
    if not items:
        raise Missing
    return items


def mean(items):
    return sum(several([items]), Fraction(0)) / len(items)


def round_half_away(number, places):
    """Half away from zero, to `places` decimals."""
    scaled = abs(number) * 10**places
    rounded = Fraction((2 * scaled + 1) // 2) / Fraction(10) ** places
    return rounded if number >= 0 else -rounded


FUNCTIONS = {
    "len": lambda items: Fraction(len(items)),
    "sum": lambda items: sum(items, Fraction(0)),
    "min": lambda *arguments: min(several(arguments)),
    "max": lambda *arguments: max(several(arguments)),
    "mean": mean,
    "abs": abs,
    "round": round_half_away,
}
