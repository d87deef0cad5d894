"""The table of formats, and what other packages may add to it."""

from importlib.metadata import EntryPoint

import pytest

from reports.rounds import a_warning, an_evaluation, an_explanation, two_rounds
from tenderscore.errors import TenderscoreError
from tenderscore.reports import EXPLANATIONS, REPORTS, Style, formats


class Shout:
    suffix = ".shout"

    def render(self, evaluation, style):
        return f"{list(evaluation.lots)} in {style.language}!".encode()


class Taken:
    suffix = ".json"


def entry(name, kind):
    return EntryPoint(name, f"{__name__}:{kind}", "tenderscore.reports")


def test_every_format_has_a_suffix_of_its_own():
    assert {name: report.suffix for name, report in REPORTS.items()} == {
        "table": ".txt",
        "json": ".json",
        "csv": ".csv",
        "markdown": ".md",
        "html": ".html",
        "xlsx": ".xlsx",
        "pdf": ".pdf",
    }


@pytest.mark.parametrize("name", [name for name in REPORTS if name != "pdf"])
def test_the_same_result_is_the_same_bytes(name):
    evaluation = an_evaluation(two_rounds(), warnings=[a_warning()])
    once = REPORTS[name].render(evaluation, Style())
    assert once == REPORTS[name].render(evaluation, Style())
    assert once


@pytest.mark.parametrize("name", EXPLANATIONS)
def test_the_same_explanation_is_the_same_bytes(name):
    assert EXPLANATIONS[name].render(an_explanation(), Style()) == (
        EXPLANATIONS[name].render(an_explanation(), Style())
    )


def test_another_package_adds_a_format_by_an_entry_point():
    found = formats([entry("shout", "Shout")])
    assert found["shout"].suffix == ".shout"
    assert found["shout"].render(an_evaluation(two_rounds()), Style()) == b"['it-support'] in en!"


@pytest.mark.parametrize("clashing", [entry("json", "Shout"), entry("other", "Taken")])
def test_a_clash_of_ids_or_suffixes_is_an_error(clashing):
    with pytest.raises(TenderscoreError, match="clashes with 'json'"):
        formats([clashing])
