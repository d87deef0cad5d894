"""Markdown that GitHub renders, in which what bids say is only text."""

import html
import re

import pytest
from markdown_it import MarkdownIt

from reports.hostile import NAMES
from reports.rounds import a_bid, a_lot, a_round, a_warning, an_evaluation, two_rounds
from tenderscore.reports import Style
from tenderscore.reports._markup import literal
from tenderscore.reports._safe import visible
from tenderscore.reports.markdown import Markdown

PARSER = MarkdownIt("commonmark", {"linkify": False}).enable(["table", "strikethrough"])


def page(*lots, warnings=(), **style):
    evaluation = an_evaluation(*lots, warnings=warnings)
    return Markdown().render(evaluation, Style(**style)).decode()


def test_the_summary_has_a_heading_a_lot_and_a_table_a_round():
    text = page(two_rounds(), warnings=[a_warning()])
    assert text.startswith(
        "# Outsourcing (T-1)\n\n## IT support (it-support)\n\n"
        "**Winner: Bolt (bolt), 90.40 points, 0.07 ahead of Acme (acme)**\n\n"
        "| # | Shortlist | Total |\n| --: | :-- | --: |\n| 1 | Bolt (bolt) | 90.40 |\n\n"
        "### Screening\n\n"
    )
    assert (
        "|  | # | Vendor | Total |  | Experience<br>60% | Price<br>40% | Price (CNY) |\n"
        "| :-- | --: | :-- | --: | :-- | --: | --: | --: |\n"
        "| ✅ | 1 | Acme (acme) | **85.41** | ████████▌ | 82.35 | 90.00 | 3,450,000 |\n"
    ) in text
    assert "- ❌ Dusk (dusk), eliminated: received 41 seconds after the deadline\n" in text
    assert text.endswith(
        "<details><summary>1 warning</summary>\n\n"
        "- bids/bolt.yaml:<!-- -->7:<!-- -->14: experience.years is missing (`missing-fact`)\n\n"
        "</details>\n\n4 bids, 2 criteria, 0 scores\n"
    )


def test_it_parses_into_the_tables_and_lists_that_were_meant():
    shown = PARSER.render(page(two_rounds()))
    assert shown.count("<table>") == 3
    assert shown.count("<h3>") == 3
    assert "Bolt (bolt)" in shown


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_text_is_shown_exactly_as_it_is(name):
    text = visible(name)
    for source in (literal(text), f"x | x\n--|--\n{literal(text)} | x"):
        shown = re.sub(
            r"<!-- -->|</?(p|table|thead|tbody|tr|th|td|span)>", "", PARSER.render(source)
        )
        assert text.strip() in html.unescape(shown)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_hostile_name_adds_no_markup(name):
    bid = a_bid("acme", {"price": 50}, name=name, total=50, rank=1)
    plain = a_bid("acme", {"price": 50}, name="Plain", total=50, rank=1)
    tags = [
        re.findall(
            r"<[a-z][^>]*>",
            re.sub("<!-- -->|</?span>", "", PARSER.render(page(a_lot(a_round(one))))),
        )
        for one in (bid, plain)
    ]
    assert tags[0] == tags[1]


def test_nobody_is_mentioned_and_nothing_is_linked():
    shown = literal(NAMES["mention"])
    for word in ("@everyone", "#1", "www.", "https://", "a@example", ":tada:", " $x$"):
        assert word not in shown


def test_a_large_round_is_cut():
    bids = [
        a_bid(f"v{n}", {"price": 1}, total=1, rank=1, outcome="not_advanced") for n in range(60)
    ]
    text = page(a_lot(a_round(*bids)), top=20)
    assert text.count("| ➖ |") == 20
    assert "and 40 more" in text


def test_every_bid_of_a_large_round_is_named():
    bids = [
        a_bid(f"v{n:02}", {"price": 1}, total=1, rank=1, outcome="not_advanced") for n in range(60)
    ]
    text = page(a_lot(a_round(*bids)), top=20)
    (rest,) = (line for line in text.splitlines() if line.startswith("- ➖ not advanced: "))
    assert [name in rest for name in ("V19", "V20", "V59")] == [False, True, True]


def test_beyond_a_thousand_bids_a_line_says_where_the_rest_is():
    bids = [a_bid(f"v{n}") for n in range(1200)]
    text = page(a_lot(a_round(*bids)), top=20)
    assert "- 200 more bids are not named here: --format csv lists all" in text.replace("\\", "")
