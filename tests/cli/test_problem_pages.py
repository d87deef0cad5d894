"""docs/problems: a page for every code, whose example has the problem and, mended, has none."""

import ast
import re
from pathlib import Path

import pytest

from cli import problem_pages
from tenderscore.cli import pages

SOURCE = Path(__file__).parents[2] / "src" / "tenderscore"
PAGES = problem_pages.read_pages()
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")
MAKERS = {"Problem", "problem", "Fault", "ScalarError", "WorkbookError", "_add", "_check_agreement"}
TABLES = {"_EXPECTED_CODES"}
COMPUTED = {"unknown-vendor", "unknown-criterion", "unknown-lot"}


def codes_in(path):
    """The codes that a module gives to problems: written where one is made, or named `code`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and name_of(node.func) in MAKERS:
            yield from texts(node.args)
        elif isinstance(node, ast.Assign) and name_of(node.targets[0]) == "code":
            yield from texts([node.value])


def name_of(node):
    return getattr(node, "id", None) or getattr(node, "attr", None)


def texts(nodes):
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.IfExp):
            yield from texts([node.body, node.orelse])


def codes():
    modules = [path for path in SOURCE.rglob("*.py") if "cli" not in path.parts]
    found = {code for path in modules for code in codes_in(path) if CODE.fullmatch(code)}
    return (found | COMPUTED) - {"error", "warning"}


def test_every_code_has_a_page_and_every_page_a_code():
    assert set(PAGES) == codes()


def test_the_list_in_the_readme_is_complete():
    readme = (problem_pages.FOLDER / "README.md").read_text(encoding="utf-8")
    assert readme.endswith(problem_pages.listing(PAGES))


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
class TestPage:
    def test_it_begins_with_its_code_and_a_title(self, page):
        assert re.match(rf"# {page.code}: \S.*[^.]\n\n", page.text)

    def test_the_example_has_the_problem_and_is_told_so(self, page):
        found, said = problem_pages.evaluated(page.example)
        assert page.code in found
        assert said == page.said

    def test_mended_it_has_none(self, page):
        found, said = problem_pages.evaluated(page.mended)
        assert found == set(), said

    def test_it_fits_the_screen(self, page):
        prose = re.sub(problem_pages.BLOCK, "", page.text)
        assert max(map(len, prose.split("\n"))) <= 104


class TestCommand:
    def test_all_codes_are_listed_with_their_titles(self, run):
        lines = run("explain-code").out.splitlines()
        assert [line.split()[0] for line in lines] == list(PAGES)
        assert all(PAGES[code].title in line for code, line in zip(PAGES, lines, strict=True))

    @pytest.mark.parametrize("code", PAGES)
    def test_a_page_without_a_terminal_is_the_page(self, run, code):
        done = run("explain-code", code)
        assert (done.code, done.out, done.err) == (0, PAGES[code].text, "")

    def test_a_page_on_a_terminal_is_laid_out(self):
        from tenderscore.reports import Style  # noqa: PLC0415

        text = "# x: a title\n\nSome `words` of\na paragraph.\n\n```files\n--- a\nb:  c\n\nd\n```\n"
        shown = pages.laid_out(text, Style(width=20, terminal=True))
        assert shown == (
            "x: a title\n\nSome words of a\nparagraph.\n\n    --- a\n    b:  c\n\n    d\n"
        )
