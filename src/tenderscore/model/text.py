"""Texts in several languages: titles of tenders, lots, rounds, criteria and requirements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, get_args

from tenderscore.errors import Translate

Language: TypeAlias = Literal["en", "zh-Hans", "zh-Hant"]
LANGUAGES: tuple[str, ...] = get_args(Language)

_FALLBACKS: dict[str, tuple[str, ...]] = {
    "en": ("en", "zh-Hans", "zh-Hant"),
    "zh-Hans": ("zh-Hans", "zh-Hant", "en"),
    "zh-Hant": ("zh-Hant", "zh-Hans", "en"),
}


class Title:
    """A text by language; plain text is the same in all.

    >>> Title({"en": "Price", "zh-Hans": "价格"}).text("zh-Hant")
    '价格'
    """

    __slots__ = ("_texts",)

    def __init__(self, texts: str | Mapping[str, str]) -> None:
        self._texts = {"": texts} if isinstance(texts, str) else dict(texts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Title) and self._texts == other._texts

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._texts.items())))

    def __repr__(self) -> str:
        return f"Title({self._texts!r})"

    def __str__(self) -> str:
        return self.text("en")

    def translated(self, translate: Translate) -> str:
        """The text in a translator's language."""
        return self.text(getattr(translate, "language", "en"))

    def texts(self) -> tuple[str, ...]:
        """The text in every language that there is."""
        return tuple(self._texts.values())

    def text(self, language: str) -> str:
        """The text in a language, else in the nearest one that there is."""
        for candidate in (language, *_FALLBACKS.get(language, ()), ""):
            if candidate in self._texts:
                return self._texts[candidate]
        return next(iter(self._texts.values()), "")
