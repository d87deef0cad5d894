"""Problems as text: place, severity, code and sentence on one line, then the line they are about.

The first line of a problem has one form in every language, so that editors can follow it::

    bids/bolt.yaml:7:14: error[weight-sum]: criteria add up to 95, not 100
      7 |   weight: 35
        |           ^^
      help: ...
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from tenderscore.errors import Message, Place, Problem
from tenderscore.reports._ink import Meaning, inked
from tenderscore.reports._quote import quoted
from tenderscore.reports._safe import visible
from tenderscore.reports._style import Style
from tenderscore.reports._words import Words

Quote = Callable[[Place], str | None]

IN_FULL = 20


def render_problems(
    problems: Iterable[Problem], quote: Quote, style: Style, prefix: str = ""
) -> str:
    """All problems, errors first, each file by file; a last line counts them.

    ``quote`` gives the line at a place; ``prefix`` is put before each relative file name, so that
    the names can be opened from where the command was typed. The first twenty are shown in full.
    """
    ordered = sorted(problems, key=lambda problem: (problem.severity != "error", problem.order))
    if not ordered:
        return ""
    page = _Page(quote, style, prefix)
    lines = [line for problem in ordered[:IN_FULL] for line in page.in_full(problem)]
    lines += [page.headline(problem) for problem in ordered[IN_FULL:]]
    return "\n".join([*lines, count_line(ordered, page.words), ""])


def count_line(problems: Sequence[Problem], words: Words) -> str:
    """``2 errors, 1 warning``."""
    errors = sum(problem.severity == "error" for problem in problems)
    counts = (
        (errors, Message("1 error"), Message("{n} errors")),
        (len(problems) - errors, Message("1 warning"), Message("{n} warnings")),
    )
    return words.joined(words.count(n, one, many) for n, one, many in counts if n)


class _Page:
    def __init__(self, quote: Quote, style: Style, prefix: str) -> None:
        self.words = Words.people(style.language)
        self._quote = quote
        self._style = style
        self._prefix = prefix

    def in_full(self, problem: Problem) -> Iterator[str]:
        yield self.headline(problem)
        yield from self._lines_at(problem.place, _meaning(problem))
        for message, place in problem.also:
            where, what = self._ink(self._where(place), "strong"), self.words.say(message)
            yield f"  {where}: {self._ink(self._label(Message('note')), 'place')} {what}"
            if place != problem.place:
                yield from self._lines_at(place, "place", indent="    ")
        if problem.help is not None:
            label = self._ink(self._label(Message("help")), "place")
            yield f"  {label} {self.words.say(problem.help)}"

    def headline(self, problem: Problem) -> str:
        """Place, severity, code and sentence."""
        label = self._ink(f"{problem.severity}[{problem.code}]", _meaning(problem))
        where = "" if problem.place is None else self._where(problem.place) + ": "
        return f"{self._ink(where, 'strong')}{label}: {self.words.say(problem.message)}"

    def _where(self, place: Place) -> str:
        # What ships with the package has a name of its own (`tenderscore:criteria/...`).
        shipped = ":" in place.file.partition("/")[0]
        joined = posixpath.normpath(posixpath.join(self._prefix, place.file))
        file = place.file if shipped else joined
        return visible(str(replace(place, file=file)))

    def _lines_at(self, place: Place | None, meaning: Meaning, indent: str = "  ") -> Iterator[str]:
        text = None if place is None or place.line is None else self._quote(place)
        if place is None or text is None:
            return
        gutter = f"{indent}{place.line}"
        shown, before, carets = quoted(text, place.column, self._style.width - len(gutter) - 3)
        yield f"{self._ink(gutter + ' |', 'faint')} {shown}".rstrip()
        if carets:
            bar = self._ink(" " * len(gutter) + " |", "faint")
            yield f"{bar} {' ' * before}{self._ink('^' * carets, meaning)}"

    def _label(self, word: Message) -> str:
        return self.words.say(word) + ":"

    def _ink(self, text: str, meaning: Meaning) -> str:
        return inked(text, meaning, colour=self._style.colour)


def _meaning(problem: Problem) -> Meaning:
    return "bad" if problem.severity == "error" else "doubtful"
