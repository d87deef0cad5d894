"""``tenderscore explain-code``: the page of a problem's code."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tenderscore.cli import exits
from tenderscore.errors import Message, UsageError


def explain_code(
    context: typer.Context,
    code: Annotated[
        str | None,
        typer.Argument(metavar="CODE", help="As in error[weight-sum]; all are listed without it."),
    ] = None,
) -> int:
    """Say what a problem's code means, and how to mend it.

    Every page has an example of the problem, and the same example mended.
    """
    from tenderscore.cli.pages import codes, laid_out, page, title  # noqa: PLC0415

    console = context.obj
    known = codes()
    if code is None:
        width = max(map(len, known))
        lines = [f"{each:<{width}}  {title(each)}\n" for each in known]
        console.show("".join(lines).encode())
    elif code in known:
        console.show(laid_out(page(code), console.style(sys.stdout)).encode())
    else:
        raise UsageError(Message("there is no code {code!r}", code=code), _hint(code, known))
    return exits.SHORTLISTED


def _hint(code: str, known: list[str]) -> Message:
    from tenderscore.model.suggestions import nearest  # noqa: PLC0415

    found = nearest(code, known)
    if found is None:
        return Message("tenderscore explain-code lists them all")
    return Message("did you mean `{word}`?", word=found)
