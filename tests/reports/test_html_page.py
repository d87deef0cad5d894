"""One page that needs nothing else, in which what bids say is only text."""

from html.parser import HTMLParser

import pytest

from reports.hostile import NAMES
from reports.rounds import a_bid, a_lot, a_round, a_warning, an_evaluation, two_rounds
from tenderscore.reports import Style
from tenderscore.reports._safe import visible
from tenderscore.reports.html_page import HtmlPage


class Reader(HTMLParser):
    """What tags a page has, what text stands in its cells, and what it would fetch."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.texts, self.links = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for key, value in attrs if key in {"href", "src"}]

    def handle_data(self, data):
        self.texts.append(data)


def page(*lots, warnings=(), **style):
    return HtmlPage().render(an_evaluation(*lots, warnings=warnings), Style(**style)).decode()


def test_the_page_says_what_the_table_says():
    found = Reader(page(two_rounds(), warnings=[a_warning()]))
    text = " ".join(" ".join(found.texts).split())
    assert "Winner: Bolt (bolt), 90.40 points, 0.07 ahead of Acme (acme)" in text
    assert "Dusk (dusk), eliminated: received 41 seconds after the deadline" in text
    assert "bids/bolt.yaml:7:14 experience.years is missing" in text
    assert text.endswith("4 bids, 2 criteria, 0 scores")


def test_nothing_comes_from_elsewhere_and_no_script_runs():
    found = Reader(page(two_rounds(), a_lot(a_round(), id_="b")))
    assert found.links == ["#lot-1", "#lot-2"]
    assert not {"script", "link", "img", "iframe", "object"} & set(found.tags)
    assert "default-src 'none'" in page(two_rounds())
    assert "url(" not in page(two_rounds())


def test_tables_can_be_read_aloud():
    text = page(two_rounds())
    assert text.count("<table") == text.count("<caption>") == 5
    assert "<td>" not in text.split("<thead>")[1].split("</thead>")[0]
    assert '<html lang="en">' in text


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_hostile_name_is_text(name):
    bid = a_bid("acme", {"price": 50}, name=name, total=50, rank=1)
    plain = a_bid("acme", {"price": 50}, name="Plain", total=50, rank=1)
    hostile, tame = (Reader(page(a_lot(a_round(one), id_=name))) for one in (bid, plain))
    tags = [tag for tag in hostile.tags if tag != "small"]
    assert tags == [tag for tag in tame.tags if tag != "small"]
    if len(name) < 60:
        assert visible(name) in hostile.texts


def test_the_parts_of_a_bar_add_up_to_the_total():
    text = page(two_rounds())
    bars = text.split('class="bar"')[4]
    widths = [float(part.split("%")[0]) for part in bars.split("width:")[1:4]]
    assert sum(widths) == pytest.approx(0.4 * 83.2 + 0.36 * 95 + 0.24 * 98, abs=0.01)
