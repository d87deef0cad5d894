"""Pictures of points against price: current, small, well-formed, and true to the evaluations."""

import re
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest
from docs.generate.pages import ROOT, Page
from docs.generate.pictures import of_pages
from docs.generate.pictures.axis import axis
from docs.generate.pictures.of_pages import pictures
from docs.generate.pictures.rule import reads_price, rule_of, scored_by

from tenderscore.scoring import METHODS
from tenderscore.sources.presets import preset, preset_ids

PICTURES = pictures()
FOLDER = ROOT / "docs" / "pictures"
SVG = "{http://www.w3.org/2000/svg}"
HINT = "python -m docs.generate draws pictures again"
RULES = {
    **{f"methods/{id_}": scored_by(id_) for id_ in of_pages.METHODS},
    **{f"presets/{id_}": reads_price for id_ in of_pages.SCORING_PRESETS},
}


def texts(svg):
    return [each.text for each in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 - ours


@pytest.mark.parametrize("name", PICTURES)
class TestPicture:
    def test_it_is_what_the_evaluation_gives_now(self, name):
        assert (FOLDER / f"{name}.svg").read_text(encoding="utf-8") == PICTURES[name]().svg, HINT

    def test_it_is_well_formed_small_and_needs_nothing_from_elsewhere(self, name):
        svg = PICTURES[name]().svg
        root = ET.fromstring(svg)  # noqa: S314 - ours
        assert root.tag == f"{SVG}svg"
        assert root.findtext(f"{SVG}title")
        assert len(svg.encode()) < 6_000
        assert not re.search(r"href|url\(|<script|@import", svg)

    def test_its_page_shows_it_with_its_numbers_in_words(self, name):
        picture = PICTURES[name]()
        images = re.findall(r"^!\[(.*)\]\((.*)\)$", Page.read(f"docs/{name}.md").text, re.MULTILINE)
        assert images == [(picture.words, f"../pictures/{name}.svg")]

    def test_every_number_lies_inside(self, name):
        svg = PICTURES[name]().svg
        width, height = map(int, re.search(r'viewBox="0 0 (\d+) (\d+)"', svg).groups())
        for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", svg):
            assert 0 <= float(x) <= width
            assert 0 <= float(y) <= height


@pytest.mark.parametrize("name", RULES)
class TestRule:
    def test_bids_lie_on_the_line(self, name):
        rule = rule_of(of_pages.example(name), RULES[name])
        exact = rule.points([bid.offers for bid in rule.bids])
        assert len(rule.bids) > 1
        for bid, points in zip(rule.bids, exact, strict=True):
            assert abs(points - bid.points) <= Fraction(1, 200)

    def test_bids_and_references_are_named(self, name):
        rule = rule_of(of_pages.example(name), RULES[name])
        shown = texts(PICTURES[name]().svg)
        for bid in rule.bids:
            assert any(each.startswith(f"{bid.name} ") for each in shown)
        for reference in rule.references:
            assert any(each.startswith(f"{reference.name} ") for each in shown)

    def test_a_relative_rule_has_its_reference(self, name):
        rule = rule_of(of_pages.example(name), RULES[name])
        assert bool(rule.references) is METHODS[rule.method].relative


def test_no_picture_is_left_over():
    found = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.svg")}
    assert found == set(PICTURES)


def test_every_preset_that_scores_a_price_has_one():
    def scores(id_):
        try:
            return bool(rule_of(of_pages.example(f"presets/{id_}"), reads_price))
        except LookupError:
            return False

    assert {id_ for id_ in preset_ids() if scores(id_)} == set(of_pages.SCORING_PRESETS)


@pytest.mark.parametrize("id_", preset_ids())
def test_every_preset_is_worked_by_hand_as_its_example_expects(id_):
    text = Page.read(f"docs/presets/{id_}.md").text
    assert f"by hand presets/{id_}" in text
    expect = preset(id_).document.root.get("example", "expect").bare()
    rows = dict(re.findall(r"^\| (\S+) \|(.*)\|$", text, re.MULTILINE))
    for vendor, total in expect.get("total", {}).items():
        assert re.search(rf"\b{float(total):g}\b", rows[vendor])
    for vendor, rank in expect.get("rank", {}).items():
        assert rows[vendor].rstrip().endswith(f" {rank}")


@pytest.mark.parametrize("values", [[100, 115], [5], [0], [-3, 3], [8000, 12_000_000], ["0.4"]])
def test_an_axis_has_room_and_a_few_round_numbers(values):
    made = axis(map(Fraction, values), 0, 1000)
    assert all(made.low <= Fraction(value) <= made.high for value in values)
    assert 3 <= len(made.ticks()) <= 9
    assert f"{float(made.step):e}"[0] in "125"
