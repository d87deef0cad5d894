"""Translations of the program's own sentences, by the standard library's gettext.

``<language>/LC_MESSAGES/tenderscore.po`` is kept in git; the build compiles it to the ``.mo`` that
is read here. Where that is absent the sentences stay English.
"""

from __future__ import annotations

from functools import cache
from gettext import translation
from pathlib import Path

from tenderscore.errors import Translate

DOMAIN = "tenderscore"
FOLDERS = {"zh-Hans": "zh_Hans", "zh-Hant": "zh_Hant"}


@cache
def translator(language: str) -> Translate:
    """What translates a template to a language.

    >>> translator("en")("{n} bids")
    '{n} bids'
    """
    if language not in FOLDERS:
        return _as_written
    folders = [FOLDERS[language]]
    catalogue = translation(DOMAIN, Path(__file__).parent, languages=folders, fallback=True)
    return lambda template: catalogue.gettext(template) if template else ""


def _as_written(template: str) -> str:
    return template
