"""From text to a tree: limits, brackets and the order of words first, then the standard ``ast``.

The tree is made from a shadow of the text in which every name, number and quoted text is filler of
the same length, on one line. So the tree has the structure and the places; names, numbers and texts
are read from the source, exactly as written, and no odd character reaches Python's parser.
"""

from __future__ import annotations

import ast
from bisect import bisect_left
from typing import TYPE_CHECKING

from tenderscore.errors import Message
from tenderscore.expressions.error import ExpressionError, first_of, shortened
from tenderscore.expressions.tokens import Token, mistake_in, tokens_of
from tenderscore.model.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

LENGTH = 10_000
SIZE = 2_000
NESTING = 100

_MOST_ERRORS = 20
_CLOSED_BY = {"(": ")", "[": "]"}
_BEFORE_A_VALUE = frozenset({"not", "+", "-", "(", "["})
_AFTER_A_VALUE = frozenset({"(", "["})


@record
class Source:
    """An expression's text with its words and signs."""

    text: str
    tokens: tuple[Token, ...]

    def written(self, start: int, end: int) -> str:
        """The text between two columns, which count from 1."""
        return self.text[start - 1 : end - 1]

    def of(self, node: ast.expr) -> str:
        """A node's own text."""
        return self.written(node.col_offset, end_of(node))

    def column_after(self, node: ast.expr) -> int:
        """Where the sign behind a node stands, once the brackets around the node are closed."""
        index = bisect_left(self.tokens, end_of(node) - 1, key=lambda token: token.start)
        while self.tokens[index].text == ")":
            index += 1
        return self.tokens[index].column


def end_of(node: ast.expr) -> int:
    """The column behind a node."""
    return node.end_col_offset or 0


def read(text: str) -> tuple[Source, ast.expr]:
    """The source and the tree of an expression; the tree's columns count from 1."""
    if len(text) > LENGTH:
        raise _too_long(LENGTH)
    tokens = tuple(tokens_of(text))
    if not tokens:
        raise ExpressionError(Message("the expression is empty"), 1)
    if len(tokens) > SIZE:
        raise _too_large(tokens[SIZE])
    _check_tokens(tokens)
    _check_brackets(tokens)
    _check_order(tokens)
    source = Source(text, tokens)
    return source, _tree(source)


def too_deep(column: int) -> ExpressionError:
    """The error of an expression that nests beyond the limit."""
    return ExpressionError(
        Message("the expression nests more than {most} deep", most=NESTING), column
    )


def _too_long(most: int) -> ExpressionError:
    message = Message("the expression is longer than {most:,} characters", most=most)
    return ExpressionError(message, most + 1)


def _too_large(token: Token) -> ExpressionError:
    message = Message("the expression has more than {most:,} words and signs", most=SIZE)
    return ExpressionError(message, token.column)


def _check_tokens(tokens: Sequence[Token]) -> None:
    pairs = zip((None, *tokens), tokens, strict=False)
    found = [error for previous, token in pairs if (error := mistake_in(token, previous))]
    if found:
        raise first_of(found[:_MOST_ERRORS])


def _check_brackets(tokens: Sequence[Token]) -> None:
    open_: list[Token] = []
    for token in tokens:
        if token.text in _CLOSED_BY:
            open_.append(token)
            if len(open_) > NESTING:
                raise too_deep(token.column)
        elif token.text in _CLOSED_BY.values():
            _check_closing(token, open_.pop() if open_ else None)
    if open_:
        message = Message("`{bracket}` is not closed", bracket=open_[-1].text)
        raise ExpressionError(message, open_[-1].column)


def _check_closing(closing: Token, opening: Token | None) -> None:
    if opening is None:
        message = Message("`{bracket}` closes nothing", bracket=closing.text)
        raise ExpressionError(message, closing.column)
    if _CLOSED_BY[opening.text] != closing.text:
        message = Message(
            "`{closing}` does not close `{opening}`", closing=closing.text, opening=opening.text
        )
        raise ExpressionError(message, closing.column)


def _check_order(tokens: Sequence[Token]) -> None:
    """Values and operators take turns; where they don't is clearer here than from the parser."""
    value_due = True
    previous = ""
    for token, following in zip(tokens, (*tokens[1:], None), strict=True):
        if previous == "." and token.kind != "name":
            raise ExpressionError(Message("a key is missing after the dot"), token.column)
        value_due = _begins(token, previous) if value_due else _continues(token, following)
        previous = token.text
    if value_due:
        raise _ends_early(tokens[-1])


def _begins(token: Token, previous: str) -> bool:
    """Whether a value is still due after a token that stands where one was."""
    if token.kind in {"number", "text", "name"}:
        return False
    if token.text in _BEFORE_A_VALUE or (token.text == "in" and previous == "not"):
        return True
    if token.text in {")", "]"} and previous in {"(", "[", ","}:
        return False
    raise ExpressionError(
        Message("a value is missing before `{token}`", token=token.text), token.column
    )


def _continues(token: Token, following: Token | None) -> bool:
    """Whether a value is due after a token that stands behind one."""
    if token.text in {")", "]"}:
        return False
    negated = token.text == "not"
    if token.kind in {"sign", "word"} and not negated:
        return True
    if negated and following is not None and following.text == "in":
        return True
    message = Message("an operator is missing before `{token}`", token=shortened(token.text))
    raise ExpressionError(message, token.column)


def _ends_early(last: Token) -> ExpressionError:
    if last.text == ".":
        return ExpressionError(Message("a key is missing after the dot"), last.end + 1)
    return ExpressionError(Message("the expression ends where a value is due"), last.end + 1)


def _tree(source: Source) -> ast.expr:
    try:
        return ast.parse(f"({_shadow(source)})", mode="eval").body
    except SyntaxError as error:
        raise _unreadable(source, error.offset or 1) from None
    except (RecursionError, MemoryError):
        raise too_deep(1) from None


def _shadow(source: Source) -> str:
    parts: list[str] = []
    end = 0
    for token in source.tokens:
        parts += [" " * (token.start - end), _filler(token)]
        end = token.end
    return "".join(parts)


def _filler(token: Token) -> str:
    match token.kind:
        case "number":
            return "1" * len(token.text)
        case "text":
            return f"'{'x' * (len(token.text) - 2)}'"
        case "name":
            return "_" * len(token.text)
        case _:
            return token.text


def _unreadable(source: Source, offset: int) -> ExpressionError:
    column = min(max(1, offset - 1), len(source.text) + 1)
    words = {token.text for token in source.tokens if token.kind == "word"}
    advice = Message("brackets show what belongs together: `1 + (2 if bid.a else 3)`")
    if words & {"if", "else"}:
        advice = Message("a choice is written `x if test else y`")
    return ExpressionError(Message("the expression cannot be read here"), column, advice)
