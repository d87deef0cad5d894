"""Random expressions over random facts agree with a second evaluator, which is all in this file.

It walks trees of tuples, not text, and shares no code with the package: what is compared is the
reading (brackets only where the tree needs them) as well as the arithmetic.
"""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tenderscore.expressions import parse

from .facts import facts

NUMBERS = ("a", "b", "c")
LISTS = ("l", "m")
FLAGS = ("p", "q")


class MissingError(Exception):
    pass


def tree(*parts):
    return st.tuples(st.just(parts[0]), *parts[1:])


def number_leaf():
    literal = st.decimals(0, 1000, places=2).map(lambda d: ("number", format(d, "f")))
    return literal | st.sampled_from(NUMBERS).map(lambda key: ("fact", key))


def number_tree(numbers, flags, lists):
    pairs = (tree(sign, numbers, numbers) for sign in "+-*/")
    several = (tree(name, numbers, numbers) for name in ("sum", "min", "max", "mean"))
    of_list = (tree(f"{name}_of", lists) for name in ("len", "sum", "min", "max", "mean"))
    return st.one_of(
        *pairs,
        *several,
        *of_list,
        tree("negative", numbers),
        tree("abs", numbers),
        tree("round", numbers, st.integers(-2, 4)),
        tree("choice", numbers, flags, numbers),
    )


def flag_tree(numbers, flags, lists):
    order = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
    return st.one_of(
        tree("compare", numbers, st.lists(st.tuples(order, numbers), min_size=1, max_size=3)),
        tree("and", flags, flags),
        tree("or", flags, flags),
        tree("not", flags),
        tree("has", st.sampled_from(NUMBERS + LISTS + FLAGS)),
        tree("in", numbers, lists),
        tree("choice", flags, flags, flags),
    )


def trees():
    numbers, flags = number_leaf(), st.sampled_from(["true", "false"]).map(lambda w: ("word", w))
    flags |= st.sampled_from(FLAGS).map(lambda key: ("fact", key))
    lists = st.sampled_from(LISTS).map(lambda key: ("fact", key))
    for _ in range(3):
        lists |= tree("list", st.lists(numbers, max_size=3))
        deeper = number_tree(numbers, flags, lists), flag_tree(numbers, flags, lists)
        numbers, flags = numbers | deeper[0], flags | deeper[1]
    return st.one_of(*deeper)


BINDING = {"choice": 0, "or": 1, "and": 2, "not": 3, "compare": 4, "in": 4}
BINDING |= {"+": 5, "-": 5, "*": 6, "/": 6, "negative": 7}


def write(node, least=0):
    """The tree as text, in brackets where it binds less than its surroundings ask for."""
    text = form(*node)
    return f"({text})" if BINDING.get(node[0], 9) < least else text


def form(kind, *parts):  # noqa: C901, PLR0911, PLR0912 - one return for each form
    match kind, parts:
        case ("number" | "word", (text,)):
            return text
        case "fact", (key,):
            return f"bid.{key}"
        case (("+" | "-" | "*" | "/"), (left, right)):
            return f"{write(left, BINDING[kind])} {kind} {write(right, BINDING[kind] + 1)}"
        case "negative", (operand,):
            return f"-{write(operand, 7)}"
        case "not", (operand,):
            return f"not {write(operand, 3)}"
        case (("and" | "or"), (left, right)):
            return f"{write(left, BINDING[kind])} {kind} {write(right, BINDING[kind] + 1)}"
        case "compare", (first, rest):
            return " ".join([write(first, 5), *(f"{sign} {write(n, 5)}" for sign, n in rest)])
        case "in", (item, items):
            return f"{write(item, 5)} in {write(items, 5)}"
        case "choice", (yes, test, no):
            return f"{write(yes, 1)} if {write(test, 1)} else {write(no)}"
        case "list", (items,):
            return f"[{', '.join(map(write, items))}]"
        case "has", (key,):
            return f"has(bid.{key})"
        case "round", (operand, decimals):
            return f"round({write(operand)}, {decimals})"
        case _:
            return f"{kind.removesuffix('_of')}({', '.join(map(write, parts))})"


def solve(node, given_):  # noqa: C901, PLR0911, PLR0912 - one return for each form
    """The tree's value by the book, or MissingError."""
    kind, *parts = node

    def of(part):
        return solve(part, given_)

    match kind:
        case "number":
            return Fraction(parts[0])
        case "word":
            return parts[0] == "true"
        case "fact":
            if given_[parts[0]] is None:
                raise MissingError
            return given_[parts[0]]
        case "has":
            return given_[parts[0]] is not None
        case "list":
            return [of(item) for item in parts[0]]
        case "negative" | "abs" | "round" | "+" | "-" | "*" | "/":
            return reckon(kind, *(part if isinstance(part, int) else of(part) for part in parts))
        case "not":
            return not of(parts[0])
        case "and":
            return of(parts[0]) and of(parts[1])
        case "or":
            return of(parts[0]) or of(parts[1])
        case "choice":
            return of(parts[0]) if of(parts[1]) else of(parts[2])
        case "in":
            item, items = of(parts[0]), of(parts[1])
            return any(item - each == 0 for each in items)
        case "compare":
            return chain(of(parts[0]), parts[1], of)
        case _ if kind.endswith("_of"):
            return gather(kind.removesuffix("_of"), of(parts[0]))
        case _:
            return gather(kind, [of(part) for part in parts])


def reckon(kind, x, y=0):  # noqa: PLR0911 - one return for each form
    match kind:
        case "+":
            return x + y
        case "-":
            return x - y
        case "*":
            return x * y
        case "negative":
            return 0 - x
        case "abs":
            return x if x > 0 else 0 - x
        case "/":
            if y == 0:
                raise MissingError
            return Fraction(x) / y
        case _:
            unit = Fraction(10) ** -y
            steps = abs(x) / unit
            whole = steps.numerator // steps.denominator + (steps % 1 >= Fraction(1, 2))
            return whole * unit if x > 0 else -whole * unit


def chain(left, rest, of):
    for sign, part in rest:
        right = of(part)
        difference = left - right
        holds = {
            "<": difference < 0,
            "<=": difference <= 0,
            ">": difference > 0,
            ">=": difference >= 0,
            "==": difference == 0,
            "!=": difference != 0,
        }
        if not holds[sign]:
            return False
        left = right
    return True


def gather(kind, items):
    if kind == "len":
        return len(items)
    total = Fraction(0)
    for item in items:
        total += item
    if kind == "sum":
        return total
    if not items:
        raise MissingError
    ordered = sorted(items)
    return {"min": ordered[0], "max": ordered[-1], "mean": total / len(items)}[kind]


def fact_numbers():
    fractions = st.fractions(-1000, 1000, max_denominator=1000)
    return st.integers(-(10**12), 10**12) | fractions | st.integers(-3, 3)


def facts_of(absent):
    return st.fixed_dictionaries(
        {
            **dict.fromkeys(NUMBERS, absent | fact_numbers()),
            **dict.fromkeys(LISTS, absent | st.lists(fact_numbers(), max_size=4)),
            **dict.fromkeys(FLAGS, absent | st.booleans()),
        }
    )


GIVEN, FULL = facts_of(st.none()), facts_of(st.nothing())
TREES = trees()


@settings(max_examples=300, deadline=None)
@given(TREES, GIVEN)
def test_random_expressions_are_worth_what_a_second_evaluator_says(node, given_):
    try:
        expected = solve(node, given_)
    except MissingError:
        expected = None
    actual = parse(write(node)).evaluate(facts(bid=given_))
    assert actual == expected
    assert isinstance(actual, bool) is isinstance(expected, bool)


@settings(max_examples=300, deadline=None)
@given(TREES, GIVEN)
def test_what_is_promised_before_any_bid_holds_for_each(node, given_):
    expression = parse(write(node))
    asked = []

    def lookup(root, path):
        asked.append((root, path))
        return facts(bid=given_)(root, path)

    value = expression.evaluate(lookup)
    assert set(asked) <= set(expression.reads)
    assert set(expression.reads_outside_has) <= set(expression.reads)
    if value is not None and expression.result_kind is not None:
        kinds = {bool: "boolean", int: "number", Fraction: "number", list: "list"}
        assert kinds[type(value)] == expression.result_kind


@settings(max_examples=300, deadline=None)
@given(TREES, FULL)
def test_the_filled_in_expression_has_the_same_value(node, given_):
    """Where no fact is missing, what `explain` shows can be computed again."""
    assume("has" not in str(node))
    expression, lookup = parse(write(node)), facts(bid=given_)
    assert parse(expression.filled(lookup, shown)).evaluate(lookup) == expression.evaluate(lookup)


def shown(value):
    if isinstance(value, bool):
        return str(value).lower()
    return f"[{', '.join(map(shown, value))}]" if isinstance(value, list) else f"({value})"
