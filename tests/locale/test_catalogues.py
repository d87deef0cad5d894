"""Every sentence of the package is there in every language, and is filled with the same values."""

from pathlib import Path

import pytest
from templates import CATALOGUES, placeholders, templates, translations

from tenderscore.errors import Message
from tenderscore.locale import FOLDERS, translator
from tenderscore.model.text import LANGUAGES
from tenderscore.reports._words import Words

NAMES = [path.parts[-3] for path in CATALOGUES]


def test_there_is_a_catalogue_for_every_language_but_english():
    assert sorted(FOLDERS.values()) == NAMES
    assert {"en", *FOLDERS} == set(LANGUAGES)


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=NAMES)
def test_every_sentence_is_translated_and_no_other(catalogue):
    found = translations(catalogue)
    assert set(templates()) == set(found), "run: python tests/locale/templates.py"
    assert [template for template, text in found.items() if not text.strip()] == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=NAMES)
def test_a_translation_takes_the_same_values(catalogue):
    for template, text in translations(catalogue).items():
        assert placeholders(text) == placeholders(template), template


@pytest.mark.parametrize("language", FOLDERS)
def test_what_is_installed_is_what_the_catalogue_says(language):
    (catalogue,) = (path for path in CATALOGUES if path.parts[-3] == FOLDERS[language])
    found = translations(catalogue)
    translate = translator(language)
    assert {template: translate(template) for template in found} == found


def test_traditional_chinese_uses_the_words_of_taiwan():
    catalogue = Path(CATALOGUES[1])
    text = "".join(translations(catalogue).values())
    assert all(word in text for word in ("投標廠商", "評選項目", "入圍名單", "得標"))
    assert not any(word in text for word in ("文件夾", "默認", "信息", "程序", "軟件", "供應商"))


def test_a_sentence_is_said_in_the_language_of_the_report():
    message = Message("{total} points", total="82.35")
    assert [Words.people(language).say(message) for language in LANGUAGES] == [
        "82.35 points",
        "82.35 分",
        "82.35 分",
    ]


def test_a_language_without_a_catalogue_is_english():
    assert translator("fr")("{n} bids") == "{n} bids"
