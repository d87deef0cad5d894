"""What a page shows has been run: files written, commands typed, Python pasted."""

import pytest
from docs.generate.console import Reader, furnish
from docs.generate.pages import Page, page_names
from docs.generate.parts import parts

PAGES = page_names()
PARTS = parts()
LANGUAGES = {"console", "csv", "diff", "json", "markdown", "python", "sh", "text", "toml", "yaml"}
HINT = "python -m docs.generate brings pages up to date"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_does_what_it_says(name, tmp_path):
    furnish(tmp_path, name)
    reader = Reader(tmp_path)
    found = [each for block in Page.read(name).blocks() if (each := reader.follow(block))]
    told = [
        f"{name}:{each.block.line}\n--- the page\n{each.expected}\n--- in fact\n{each.actual}"
        for each in found
    ]
    assert not found, "\n".join([HINT, *told])


@pytest.mark.parametrize("name", PAGES)
def test_generated_parts_are_fresh(name):
    page = Page.read(name)
    assert page.with_parts(PARTS).text == page.text, HINT


@pytest.mark.parametrize("name", PAGES)
def test_every_block_says_what_it_is(name):
    odd = {block.line: block.language for block in Page.read(name).blocks()}
    assert {line: word for line, word in odd.items() if word not in LANGUAGES} == {}


def test_most_commands_of_the_readme_are_run():
    typed = [b.text for b in Page.read("README.md").blocks() if b.language == "console"]
    commands = ("init", "evaluate", "explain", "check")
    assert [c for c in commands if not any(f"$ tenderscore {c} " in text for text in typed)] == []


def test_a_page_that_says_something_else_is_noticed(tmp_path):
    text = "```console\n$ echo one\ntwo\n```\n\n```python\n>>> 1 + 1\n3\n```\n"
    reader = Reader(tmp_path)
    found = [reader.follow(block) for block in Page("x.md", text).blocks()]
    assert [(each.block.line, each.mended) for each in found] == [
        (2, "$ echo one\none\n"),
        (7, None),
    ]


def test_a_change_that_does_not_fit_is_noticed(tmp_path):
    (tmp_path / "a.txt").write_text("one\n")
    text = "`a.txt`:\n\n```diff\n-two\n+three\n```\n"
    (block,) = Page("x.md", text).blocks()
    assert Reader(tmp_path).follow(block).actual == "a.txt has this 0 times\n"


def test_contributing_goes_from_a_new_file_to_a_result():
    blocks = list(Page.read("CONTRIBUTING.md").blocks())
    table, method = "src/tenderscore/scoring/__init__.py", "src/tenderscore/scoring/surplus.py"
    steps = [block.file for block in blocks if block.file in {table, method}]
    assert steps == [method, table, table]
    typed = "".join(block.text for block in blocks if block.language == "console")
    assert "$ tenderscore evaluate round/bids.csv\n" in typed
    assert "\n  + 1 ash     70.00 " in typed
