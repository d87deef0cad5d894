"""docs/problems: a page for every code, whose example has the problem and, mended, has none."""

import ast
import re
from pathlib import Path
from textwrap import indent

import pytest

from cli import problem_pages
from tenderscore.cli import pages
from tenderscore.pipeline.low_price_rules import RULES

SOURCE = Path(__file__).parents[2] / "src" / "tenderscore"
PAGES = problem_pages.read_pages()
HYPHENATED = re.compile(r"[a-z]+(-[a-z0-9]+)+")
MAKERS = {"Problem", "problem", "Fault", "ScalarError", "WorkbookError", "_add"}
NO_CODES = {"date-time", "utf-8", *RULES}
COMPUTED = {"unknown-vendor", "unknown-criterion", "unknown-lot"}


def codes_in(path):
    """The codes in a module: hyphenated texts, and the words that problems are made with."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and HYPHENATED.fullmatch(str(node.value)):
            yield node.value
        elif isinstance(node, ast.Call) and name_of(node.func) in MAKERS:
            yield from (word.value for word in node.args[:1] if isinstance(word, ast.Constant))


def name_of(node):
    return getattr(node, "id", None) or getattr(node, "attr", None)


def codes():
    modules = [path for path in SOURCE.rglob("*.py") if not {"cli", "reports"} & set(path.parts)]
    return {code for path in modules for code in codes_in(path)} - NO_CODES | COMPUTED


def test_every_code_has_a_page_and_every_page_a_code():
    assert set(PAGES) == codes()


def test_the_list_in_the_readme_is_complete():
    readme = (problem_pages.FOLDER / "README.md").read_text(encoding="utf-8")
    assert readme.endswith(problem_pages.listing(PAGES))


def set_in(text):
    """A page with its code set in instead of fenced."""
    fenced = re.compile(r"^```\w*\n(.*?)^```$\n", flags=re.MULTILINE | re.DOTALL)
    return fenced.sub(lambda found: indent(found[1], "    "), text)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
class TestPage:
    def test_it_begins_with_its_code_and_a_title(self, page):
        assert re.match(rf"# {page.code}: \S.*[^.]\n\n", page.text)

    def test_its_sentences_fit_an_editor(self, page):
        sentences = re.sub(problem_pages.BLOCK, "", page.text)
        assert max(map(len, sentences.split("\n"))) <= 104

    def test_a_command_prints_it(self, run, page):
        done = run("explain-code", page.code)
        assert (done.code, done.out, done.err) == (0, set_in(page.text), "")


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.code)
class TestExample:
    def test_it_has_the_problem_and_is_told_so(self, page):
        found, said = problem_pages.evaluated(page.example, page.typed)
        assert page.code in found
        assert said == page.said

    def test_mended_it_has_none(self, page):
        found, said = problem_pages.evaluated(page.mended, page.typed)
        assert found == set(), said


class TestCommand:
    def test_all_codes_are_listed_with_their_titles(self, run):
        lines = run("explain-code").out.splitlines()
        assert [line.split()[0] for line in lines] == list(PAGES)
        assert all(PAGES[code].title in line for code, line in zip(PAGES, lines, strict=True))

    def test_a_page_on_a_terminal_is_laid_out(self):
        from tenderscore.reports import Style  # noqa: PLC0415

        text = "# x: a title\n\nSome `words` of\na paragraph.\n\n```files\n--- a\nb:  c\n\nd\n```\n"
        shown = pages.laid_out(text, Style(width=20, terminal=True))
        assert shown == (
            "x: a title\n\nSome words of a\nparagraph.\n\n    --- a\n    b:  c\n\n    d\n"
        )
