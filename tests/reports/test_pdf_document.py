"""A document set by Typst, in which what bids say is only text."""

import builtins

import pytest

from reports.hostile import NAMES
from reports.rounds import a_bid, a_lot, a_round, a_warning, an_evaluation, two_rounds
from tenderscore.errors import MissingExtraError
from tenderscore.reports import Style
from tenderscore.reports.pdf_document import PdfDocument


def document(*lots, warnings=(), **style):
    pytest.importorskip("typst", reason="the extra tenderscore[pdf] is not installed")
    return PdfDocument().render(an_evaluation(*lots, warnings=warnings), Style(**style))


def test_a_result_becomes_a_document_and_the_same_one_each_time():
    once = document(two_rounds(), warnings=[a_warning()])
    assert once.startswith(b"%PDF-")
    assert once == document(two_rounds(), warnings=[a_warning()])
    assert b"/CreationDate" not in once


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_it_is_set_in_each_language(language):
    assert document(two_rounds(), language=language).startswith(b"%PDF-")


def test_names_that_look_like_typst_are_text():
    bids = [
        a_bid(f"v{n}", {"price": 50}, name=name, total=50, rank=1)
        for n, name in enumerate(NAMES.values())
    ]
    assert document(a_lot(a_round(*bids))).startswith(b"%PDF-")


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def without_typst(name, *arguments):
        if name in {"typst", "justmytype_intl_cjk"}:
            raise ImportError(name)
        return real(name, *arguments)

    monkeypatch.setattr(builtins, "__import__", without_typst)
    with pytest.raises(MissingExtraError, match=r"pip install 'tenderscore\[pdf\]'"):
        PdfDocument().render(an_evaluation(two_rounds()), Style())
