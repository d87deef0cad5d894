"""Every method, command, option, format, exit code, key and public name has its page."""

import re

import pytest
from docs.generate.pages import ROOT, Page, page_names
from docs.generate.parts import parts

import tenderscore
from tenderscore.cli import exits
from tenderscore.cli.app import COMMANDS
from tenderscore.cli.schemas import SCHEMAS
from tenderscore.expressions.names import FUNCTION_NAMES
from tenderscore.pipeline.low_price_rules import RULES
from tenderscore.pipeline.rankings import RANKINGS
from tenderscore.reports import EXPLANATIONS, REPORTS
from tenderscore.scoring import METHODS
from tenderscore.sources.presets import preset, preset_ids

REFERENCE = ROOT / "docs" / "reference"
SECTIONS = ["Points", "Parameters", "Example", "Where it comes from", "Beware"]


def page(name):
    return Page.read(f"docs/{name}.md")


def headings(text):
    return re.findall(r"^#+ (.+)$", text, re.MULTILINE)


class TestMethods:
    def test_each_has_a_page_and_no_page_is_left_over(self):
        pages = {path.stem for path in (ROOT / "docs/methods").glob("*.md")} - {"README"}
        assert pages == set(METHODS)

    @pytest.mark.parametrize("id_", METHODS)
    def test_a_page_has_its_sections(self, id_):
        assert headings(page(f"methods/{id_}").text) == [f"`{id_}`", *SECTIONS]

    @pytest.mark.parametrize("id_", METHODS)
    def test_a_page_shows_the_method_at_work(self, id_):
        blocks = list(page(f"methods/{id_}").blocks())
        assert any(block.file and f"method: {id_}" in block.text for block in blocks)
        assert any(f" {id_}: " in block.text for block in blocks if block.language == "console")

    @pytest.mark.parametrize("id_", METHODS)
    def test_a_page_lists_the_parameters(self, id_):
        assert f"parameters {id_}" in page(f"methods/{id_}").part_names()


class TestRankings:
    def test_each_has_a_page_and_no_page_is_left_over(self):
        pages = {path.stem for path in (ROOT / "docs/rankings").glob("*.md")} - {"README"}
        assert pages == set(RANKINGS)

    @pytest.mark.parametrize("id_", RANKINGS)
    def test_a_page_has_its_sections_and_shows_the_ranking_at_work(self, id_):
        found = page(f"rankings/{id_}")
        blocks = list(found.blocks())
        assert headings(found.text) == [f"`{id_}`", "Order", "Settings", *SECTIONS[2:]]
        assert any(block.file == "criteria/method.yaml" and id_ in block.text for block in blocks)
        assert any("explain" in block.text for block in blocks if block.language == "console")


class TestLowPriceRules:
    def test_each_has_a_section_that_shows_it_at_work(self):
        found = page("how-to/low-prices")
        files = [block.text for block in found.blocks() if block.file]
        for id_ in RULES:
            assert f"`{id_}`" in headings(found.text)
            assert any(f"rule: {id_}," in text for text in files)


class TestPresets:
    def test_each_has_a_page_and_no_page_is_left_over(self):
        pages = {path.stem for path in (ROOT / "docs/presets").glob("*.md")} - {"README"}
        assert pages == set(preset_ids())

    @pytest.mark.parametrize("id_", preset_ids())
    def test_a_page_says_what_the_preset_says_and_shows_it_at_work(self, id_):
        found = page(f"presets/{id_}")
        title = str(preset(id_).preset.title)
        assert headings(found.text)[:3] == [title, "Beware", "Example"]
        assert {f"preset {id_}", f"preset example {id_}"} <= set(found.part_names())
        shown = "".join(block.text for block in found.blocks() if block.language == "console")
        assert "$ tenderscore evaluate " in shown
        assert "$ tenderscore explain " in shown


class TestCommands:
    @pytest.mark.parametrize("name", COMMANDS)
    def test_each_has_a_section_with_its_help(self, name):
        text = page("reference/commands").text
        assert f"tenderscore {name}" in headings(text)
        assert f"\n$ tenderscore {name} --help\n" in text

    @pytest.mark.parametrize("name", COMMANDS)
    def test_each_option_is_described(self, run, name):
        options = set(re.findall(r"--[a-z]+", run(name, "--help").out))
        text = page("reference/commands").text
        prose = re.sub(r"^```console$.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
        assert {option for option in options if f"`{option}" not in prose} == set()

    def test_each_format_is_described(self):
        text = page("reference/commands").text
        rows = {
            id_: (f"`{form.suffix}`", "yes" if id_ in EXPLANATIONS else "")
            for id_, form in REPORTS.items()
        }
        table = re.findall(r"^\| `(\w+)` \| (`\.\w+`) \| .* \| (yes|) *\|$", text, re.MULTILINE)
        assert {id_: (suffix, explains) for id_, suffix, explains in table} == rows

    def test_each_exit_code_is_described(self):
        codes = {value for name, value in vars(exits).items() if name.isupper()}
        rows = re.findall(r"^\| (\d+) \|", page("reference/exit-codes").text, re.MULTILINE)
        assert {int(code) for code in rows} == codes


class TestReference:
    def test_each_key_of_each_file_and_result_is_listed(self):
        pages = "".join(Page.read(name).text for name in page_names())
        tables = {name: make() for name, make in parts().items()}
        assert [name for name, text in tables.items() if text not in pages] == []

    def test_each_kind_of_file_has_its_heading(self):
        found = set(headings(page("reference/files").text))
        assert {
            "tender.yaml",
            "bids/",
            "criteria/",
            "criteria/method.yaml",
            "scores/",
            "rates.yaml",
        } <= found

    def test_each_schema_is_named(self):
        text = page("how-to/editors").text
        assert {kind for kind in SCHEMAS if f"{kind}.schema.json" not in text} == set()

    @pytest.mark.parametrize("name", FUNCTION_NAMES)
    def test_each_function_of_expressions_is_described(self, name):
        assert f"`{name}(" in page("reference/expressions").text

    @pytest.mark.parametrize("name", tenderscore.__all__)
    def test_each_public_name_is_described(self, name):
        assert re.search(rf"\b{name}\b", page("reference/python").text)


@pytest.mark.parametrize(
    "name", ["README.md", "README.zh-Hans.md", "README.zh-Hant.md", "CONTRIBUTING.md"]
)
def test_the_make_targets_that_a_page_names_exist(name):
    shell = "".join(block.text for block in Page.read(name).blocks() if block.language == "sh")
    named = set(re.findall(r"^make (\w+)", shell, re.MULTILINE))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert named
    assert named <= set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
