"""The words and signs of an expression, each checked by itself."""

from __future__ import annotations

import keyword
import re
import unicodedata
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

from tenderscore.errors import Message
from tenderscore.expressions.error import ExpressionError, shortened
from tenderscore.expressions.literals import ESCAPE, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

TokenKind: TypeAlias = Literal["number", "text", "name", "word", "sign"]

_KINDS: dict[str, TokenKind] = {each: each for each in get_args(TokenKind)}

WORDS = frozenset({"and", "or", "not", "in", "if", "else"})
SIGNS = frozenset({"+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=", "(", ")", "[", "]"})
SIGNS |= {",", "."}

_BLANK = " \t\r\n\u00a0\u3000"
_TOKEN = re.compile(
    rf"""(?P<blank>[{_BLANK}]+)
    |(?P<number>\.?[0-9](?:[eE][+-]|[\w.])*)
    |(?P<name>[^\W\d]\w*)
    |(?P<text>"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    |(?P<sign>\*\*|//|<<|>>|<=|>=|==|!=|:=|=>|=<|<>|&&|\|\||->|.)""",
    re.VERBOSE | re.DOTALL,
)
_PREFIX = re.compile(r"[bfrtu]{1,2}", re.IGNORECASE)
_QUOTES = "\"'“”„‟‘’‚‛«»「」『』"  # noqa: RUF001 - what people paste for quotes

_INSTEAD_OF_SIGN = {
    "**": Message("write the product: `x * x`"),
    "//": Message("round a quotient with `round(x / y)`"),
    "%": Message("write percent as hundredths: `5 / 100`"),
    "&": Message("write `and`"),
    "&&": Message("write `and`"),
    "|": Message("write `or`"),
    "||": Message("write `or`"),
    "!": Message("write `not`"),
    "=": Message("write `==` to compare"),
    "=>": Message("write `>=`"),
    "=<": Message("write `<=`"),
    "<>": Message("write `!=`"),
    "≤": Message("write `<=`"),
    "≥": Message("write `>=`"),
    "≠": Message("write `!=`"),
    "×": Message("write `*`"),  # noqa: RUF001
    "÷": Message("write `/`"),
    "−": Message("write `-`"),  # noqa: RUF001
    "–": Message("write `-`"),  # noqa: RUF001
}
_INSTEAD_OF_WORD = {
    "True": Message("write `true`"),
    "False": Message("write `false`"),
    "None": Message("ask whether a fact is there with `has(bid.fact)`"),
    "is": Message("write `==` to compare"),
}


class Token(NamedTuple):
    """A number, text, name, keyword or sign, and where it begins (from 0)."""

    kind: TokenKind
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the character after it stands."""
        return self.start + len(self.text)

    @property
    def column(self) -> int:
        """Where it begins, from 1."""
        return self.start + 1


def tokens_of(text: str) -> Iterator[Token]:
    """Everything in a text that is not blank; what no rule knows is a sign of one character."""
    for match in _TOKEN.finditer(text):
        kind, found = _KINDS.get(match.lastgroup or ""), match.group()
        if kind is not None:
            yield Token("word" if found in WORDS else kind, found, match.start())


def mistake_in(token: Token, previous: Token | None) -> ExpressionError | None:
    """What is wrong with a word or sign, known from itself and the one before it."""
    follows_dot = previous is not None and previous.text == "."
    match token.kind:
        case "number":
            return _mistake_in_number(token, previous)
        case "text":
            return _mistake_in_text(token, previous)
        case "sign":
            return _mistake_in_sign(token)
        case _ if follows_dot:
            return _mistake_in_key(token)
        case _:
            return _mistake_in_name(token)


def _mistake_in_number(token: Token, previous: Token | None) -> ExpressionError | None:
    if previous and previous.kind == "name" and previous.end == token.start:
        message = Message("a key that begins with a digit cannot follow a dot")
        return ExpressionError(message, token.column, _in_brackets(token.text.lstrip(".")))
    try:
        number_of(token.text, token.column)
    except ExpressionError as error:
        return error
    return None


def _mistake_in_text(token: Token, previous: Token | None) -> ExpressionError | None:
    if previous and previous.end == token.start and _PREFIX.fullmatch(previous.text):
        message = Message("a text has no letters before its quotes")
        return ExpressionError(message, previous.column)
    for escape in ESCAPE.finditer(token.text):
        if escape[1] not in "\\'\"":
            return ExpressionError(
                Message("`{escape}` has no meaning in a text", escape=escape[0]),
                token.column + escape.start(),
                Message("a backslash is written `\\\\`"),
            )
    return None


def _mistake_in_sign(token: Token) -> ExpressionError | None:
    sign = token.text
    if sign in SIGNS:
        return None
    if sign in "\"'":
        message = Message("the text is not closed")
        return ExpressionError(message, token.column, Message("it ends with the quote it began"))
    shown = f"`{sign}`" if sign.isprintable() else f"U+{ord(sign):04X}"
    message = Message("{sign} is not part of expressions", sign=shown)
    return ExpressionError(message, token.column, _instead_of(sign))


def _instead_of(sign: str) -> Message | None:
    """The sign that was meant: full-width and typographic signs have plain ones."""
    plain = '"' if sign in _QUOTES else unicodedata.normalize("NFKC", sign)
    if plain in _INSTEAD_OF_SIGN:
        return _INSTEAD_OF_SIGN[plain]
    return Message("write `{sign}`", sign=plain) if plain in SIGNS or plain == '"' else None


def _mistake_in_key(token: Token) -> ExpressionError | None:
    if token.kind == "word" or keyword.iskeyword(token.text):
        message = Message("`{key}` is a keyword and cannot follow a dot", key=token.text)
        return ExpressionError(message, token.column, _in_brackets(token.text))
    return _mistake_in_letters(token)


def _mistake_in_name(token: Token) -> ExpressionError | None:
    if token.kind == "name" and keyword.iskeyword(token.text):
        message = Message("`{word}` is not part of expressions", word=token.text)
        return ExpressionError(message, token.column, _INSTEAD_OF_WORD.get(token.text))
    return _mistake_in_letters(token)


def _mistake_in_letters(token: Token) -> ExpressionError | None:
    if token.text.isidentifier():
        return None
    message = Message("`{name}` is not a name", name=shortened(token.text))
    return ExpressionError(message, token.column, _in_brackets(token.text))


def _in_brackets(key: str) -> Message:
    return Message('write it in brackets: `["{key}"]`', key=shortened(key))
