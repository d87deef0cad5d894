"""The language that the words on a command line ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LANGUAGES = ("en", "zh-Hans", "zh-Hant")
_OPTION = "--lang"


def language_in(typed: Sequence[str]) -> str:
    """The last language after ``--lang``, wherever it stands; English if it is none of ours.

    >>> language_in(["check", "--help", "--lang", "zh-Hans"])
    'zh-Hans'
    """
    language = "en"
    for word, following in zip(typed, (*typed[1:], ""), strict=False):
        if word == _OPTION:
            language = following
        elif word.startswith(f"{_OPTION}="):
            language = word.partition("=")[2]
    return language if language in LANGUAGES else "en"


def language_first(typed: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """``--lang LANGUAGE`` where the words begin with it, and the words after it.

    >>> language_first(["--lang", "zh-Hans", "check", "bids"])
    (['--lang', 'zh-Hans'], ['check', 'bids'])
    """
    first = typed[0] if typed else ""
    size = 2 if first == _OPTION else int(first.startswith(f"{_OPTION}="))
    return typed[:size], typed[size:]
