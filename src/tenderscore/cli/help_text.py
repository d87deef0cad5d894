"""``--help``: texts that can be translated, laid out as wide as the screen.

English loads no more for it than the command line itself; the catalogues and the widths of Chinese
characters come with the languages that need them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tenderscore.errors import Translatable, Translate

    Entry = tuple[str, Translatable]

_MARGIN = 2
_WIDEST = 98
_NARROWEST = 11
_LAST_COLUMN = 26


class HelpText(str):
    """What an option is for: English text to argparse, a template and its values to us.

    >>> HelpText("instead of {usual}", usual="rates.yaml")
    'instead of rates.yaml'
    """

    __slots__ = ("template", "values")

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> Self:
        """The text in English, which remembers what it was made of."""
        text = super().__new__(cls, template.format_map(values))
        text.template = template
        text.values = values
        return text

    def translated(self, translate: Translate) -> str:
        """The text after ``translate`` has had the template."""
        return translate(self.template).format_map(self.values)


class HelpPage:
    """A page of help in one language, put together block by block."""

    def __init__(self, language: str, screen: int) -> None:
        self._translate = _translator(language)
        self._width = min(screen - _MARGIN, _WIDEST)
        self._blocks: list[str] = []

    def add(self, text: Translatable) -> None:
        """A paragraph."""
        said = text.translated(self._translate)
        self._blocks.append("\n".join(_wrapped(said, max(self._width, _NARROWEST))))

    def add_usage(self, text: Translatable) -> None:
        """What is typed, on one line however long it is."""
        self._blocks.append(text.translated(self._translate))

    def add_list(self, heading: Translatable, entries: Sequence[Entry], column: int) -> None:
        """Names with what they are for, which begins in a column."""
        lines = [heading.translated(self._translate)]
        for name, text in entries:
            lines += self._entry(name, text.translated(self._translate), column)
        self._blocks.append("\n".join(lines))

    def _entry(self, name: str, text: str, column: int) -> Iterable[str]:
        first, *rest = _wrapped(text, max(self._width - column, _NARROWEST))
        indent = " " * column
        head = f"  {name}"
        if len(head) + 2 > column:
            yield head
            yield indent + first
        else:
            yield head.ljust(column) + first
        yield from (indent + line for line in rest)

    def text(self) -> str:
        """The page, with a line's room between its blocks."""
        return "\n\n".join(self._blocks) + "\n"


def column_after(names: Iterable[str]) -> int:
    """Where texts begin beside these names; beside a longer one they begin on the next line."""
    return min(max(map(len, names)) + 4, _LAST_COLUMN)


def _translator(language: str) -> Translate:
    if language == "en":
        return str
    from tenderscore.locale import translator  # noqa: PLC0415 - costs start-up time

    return translator(language)


def _wrapped(text: str, width: int) -> list[str]:
    if text.isascii():
        from textwrap import wrap  # noqa: PLC0415 - costs start-up time

        return wrap(text, width)
    from tenderscore.reports._layout import wrapped  # noqa: PLC0415 - costs start-up time

    return wrapped(text, width)
