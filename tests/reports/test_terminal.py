"""What ``evaluate`` prints, for people in a terminal and for logs."""

import re
from fractions import Fraction
from textwrap import dedent

import pytest
from rich.cells import cell_len

from reports.hostile import NAMES
from reports.rounds import a_bid, a_lot, a_round, a_warning, an_evaluation, two_rounds
from tenderscore.errors import Message
from tenderscore.model.records import replace
from tenderscore.model.result import CriterionResult, NodeInfo
from tenderscore.model.text import Title
from tenderscore.reports import Style
from tenderscore.reports.terminal import Terminal

ANSI = re.compile(r"\x1b\[[\d;]*m")


def printed(*lots, warnings=(), until=None, currency="CNY", **style):
    evaluation = an_evaluation(*lots, warnings=warnings, until=until, currency=currency)
    return Terminal().render(evaluation, Style(**style)).decode()


def test_the_outcome_comes_first_then_the_rounds_the_warnings_and_what_was_read():
    assert printed(two_rounds(), warnings=[a_warning()]) == dedent("""\
        Outsourcing (T-1)

        IT support (it-support)
        -----------------------
        Winner: Bolt (bolt), 90.40 points, 0.07 ahead of Acme (acme)
        Shortlist:
           1  Bolt (bolt), 90.40 points

        Screening
        4 bids: + 2 advanced, - 1 not advanced, x 1 eliminated (at most 2 to advance)
          + advanced: Acme (acme), Bolt (bolt)
          - Core (core), not advanced: rank 3, and at most 2 advance
          x Dusk (dusk), eliminated: received 41 seconds after the deadline

                                                       Experience   Price      Price
            # Vendor       Total                              60%     40%      (CNY)
          + 1 Acme (acme)  85.41 #################          82.35   90.00  3,450,000
          + 2 Bolt (bolt)  83.20 #################          80.00   88.00  3,520,000
          - 3 Core (core)  58.00 ############               50.00   70.00  3,980,500

        Final
        2 bids: + 1 advanced, - 1 not advanced (at most 1 to advance)
          + advanced: Bolt (bolt)
          - Acme (acme), not advanced: rank 2, and at most 1 advances

                                             Screening  Experience   Price      Price
            # Vendor       Total                   40%         36%     24%      (CNY)
          + 1 Bolt (bolt)  90.40 #########       83.20       95.00   98.00  3,520,000
          - 2 Acme (acme)  90.33 #########       85.41       90.00  100.00  3,450,000

        Set aside
          acme-1, Acme (acme): replaced by acme-2

        Warnings
          bids/bolt.yaml:7:14: experience.years is missing [missing-fact]

        4 bids, 2 criteria, 0 scores
        """)


def the_headline(lot, **more):
    return printed(lot, **more).splitlines()[4]


def test_a_tie_names_all_that_share_the_first_rank():
    lot = a_lot(a_round(a_bid("a", total=80, rank=1), a_bid("b", total=80, rank=1)))
    assert the_headline(lot) == "Tie: A (a), B (b), 80.00 points each"


def test_a_tie_break_is_a_margin_of_nothing():
    lot = a_lot(
        a_round(
            a_bid("a", total=80, rank=1),
            a_bid("b", total=80, rank=2, outcome="not_advanced"),
        )
    )
    assert the_headline(lot) == "Winner: A (a), 80.00 points, before B (b) by tie-break"


def test_the_only_bid_wins_without_a_margin():
    lot = a_lot(a_round(a_bid("a", total=80, rank=1)))
    assert the_headline(lot) == "Winner: A (a), 80.00 points, the only bid left"


def test_a_pending_round_says_what_it_waits_for():
    reason = Message("no score is in for {criterion}", criterion="risk.continuity")
    lot = a_lot(
        a_round(a_bid("a", total=80, rank=1)),
        pending=("final",),
        pending_reason=reason,
        winner=None,
    )
    assert the_headline(lot) == ("No winner yet: final pending; no score is in for risk.continuity")


def test_nobody_is_said_in_words():
    out = a_bid("a", reasons=[("requirement", "licence", Message("no licence"))])
    assert the_headline(a_lot(a_round(out))) == "No winner: nobody advanced"
    assert the_headline(a_lot(a_round())) == "No winner: there are no bids"
    lot = a_lot(a_round(a_bid("a", total=80, rank=1)), winner=None)
    assert the_headline(lot, until="all") == "No winner: stopped after all"


def test_as_many_decimals_as_tell_apart_what_was_decided_differently():
    failed = ("criterion", "experience", Message("under the minimum"))
    lot = a_lot(
        a_round(
            a_bid("a", {"experience": 95}, total="90.0004", rank=1),
            a_bid(
                "b",
                {"experience": 95},
                total="89.996",
                rank=2,
                outcome="not_advanced",
                reasons=[failed],
            ),
            decimals=None,
            minimum=90,
        )
    )
    text = printed(lot)
    assert "89.996" in text
    assert "90.000" in text
    assert "90.00 " not in text


def test_a_round_of_requirements_alone_lists_names():
    lot = a_lot(a_round(a_bid("a", outcome="advanced"), nodes=(), decimals=None))
    assert "  + advanced: A (a)\n" in printed(lot)


@pytest.mark.parametrize("width", [80, 100, 120, 140])
@pytest.mark.parametrize("groups", [2, 5, 7, 12])
def test_no_line_is_wider_than_the_screen(width, groups):
    lot = many_groups(groups)
    for line in printed(lot, width=width).splitlines():
        assert cell_len(line) <= width, line


def many_groups(count):
    share = Fraction(100, count)
    nodes = tuple(
        NodeInfo(f"g{n}", Title(f"Criteria group number {n}"), 0, share, share, None)
        for n in range(count)
    )
    results = tuple(CriterionResult(node, None, Fraction(100), share) for node in nodes)
    bids = [
        a_bid(f"vendor-{n}", total=100, rank=1, name=f"粤心客服有限公司 Services {n}", price=10**9)
        for n in range(3)
    ]
    return a_lot(a_round(*(replace(bid, criteria=results) for bid in bids), nodes=nodes))


@pytest.mark.parametrize("width", [20, 40, 60])
def test_a_narrow_screen_loses_nothing(width):
    text = printed(many_groups(9), width=width)
    assert text.count("I 100.00") == 3
    assert text.count("1,000,000,000") == 3


def test_columns_of_chinese_names_are_aligned():
    bids = [
        a_bid("a", {"price": 50}, name="粤心客服", total=50, rank=1),
        a_bid("b", {"price": 50}, name="Acme", total=50, rank=1),
    ]
    rows = [line for line in printed(a_lot(a_round(*bids))).splitlines() if "##" in line]
    starts = {cell_len(row[: row.index("#")]) for row in rows}
    assert len(rows) == 2
    assert len(starts) == 1


def test_a_large_round_is_cut_to_the_top_and_says_so():
    ranked = [
        a_bid(
            f"v{n:03}",
            {"price": 90},
            total=90,
            rank=n + 1,
            outcome="advanced" if n < 3 else "not_advanced",
            reasons=[] if n < 3 else [("rule", "advance", Message("too low"))],
        )
        for n in range(200)
    ]
    out = [a_bid(f"x{n:03}", reasons=[("requirement", "r", Message("no"))]) for n in range(50)]
    lines = printed(a_lot(a_round(*ranked, *out))).splitlines()
    assert sum("(v" in line and "90.00" in line and "###" in line for line in lines) == 20
    assert [line.strip() for line in lines if "more" in line] == ["and 180 more"]
    assert sum("eliminated: no" in line for line in lines) == 20


def a_crowd(count, out):
    ranked = [
        a_bid(f"v{n:04}", {"price": 90}, total=90, rank=n + 1, outcome="not_advanced")
        for n in range(count)
    ]
    return a_lot(a_round(*ranked, *(a_bid(f"x{n:04}") for n in range(out))))


def test_every_bid_of_a_large_round_is_named_with_its_outcome():
    text = printed(a_crowd(60, 33), width=100)
    rest = text[text.index("  - not advanced:") : text.index("  # Vendor")]
    names = {"-": [], "x": []}
    for entry in re.split(r"^  (?=[-x] )", rest, flags=re.MULTILINE)[1:]:
        names[entry[0]] += re.findall(r"\((\w+)\)", entry)
    assert names == {
        "-": [f"v{n:04}" for n in range(20, 60)],
        "x": [f"x{n:04}" for n in range(20, 33)],
    }
    assert "not named" not in text


def test_beyond_a_thousand_bids_a_line_says_how_many_are_not_named_and_what_lists_them():
    text = printed(a_crowd(1500, 300), width=100)
    named = set(re.findall(r"\(([vx]\d{4})\)", text))
    assert len(named) == 1000
    assert "  800 more bids are not named here: --format csv lists all" in text


def test_all_that_advanced_are_named_up_to_a_thousand():
    bids = [a_bid(f"v{n:04}", {"price": 90}, total=90, rank=1) for n in range(1006)]
    text = printed(a_lot(a_round(*bids)), width=100)
    (sentence,) = re.findall(r"  \+ advanced: (.*?)\n  \S", text, flags=re.DOTALL)
    assert len(re.findall(r"\(v\d{4}\)", sentence)) == 1000
    assert sentence.endswith("and 6 more")
    assert "  6 more bids are not named here: --format csv lists all" in text


def test_all_that_advanced_are_shown_where_they_are_few():
    bids = [
        a_bid(
            f"v{n:03}",
            {"price": 90},
            total=90,
            rank=1,
            outcome="advanced" if n < 30 else "not_advanced",
        )
        for n in range(100)
    ]
    lines = printed(a_lot(a_round(*bids))).splitlines()
    assert sum("90.00 ###" in line for line in lines) == 30


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_hostile_name_does_no_harm(name):
    lot = a_lot(a_round(a_bid("acme", {"price": 50}, name=name, total=50, rank=1)))
    for style in ({}, {"terminal": True, "colour": True}):
        text = ANSI.sub("", printed(lot, **style))
        assert all(line.isprintable() for line in text.split("\n"))
        assert len(text) < 5000


def test_long_names_that_differ_in_the_end_stay_different():
    lots = [
        a_lot(a_round(a_bid("x", {"price": 50}, name=NAMES[key], total=50, rank=1)))
        for key in ("long", "longer")
    ]
    one, other = map(printed, lots)
    assert one != other
    assert "(10,001 characters, #" in " ".join(one.split())


def test_plain_text_has_no_colour_and_no_drawn_lines():
    text = printed(two_rounds(), warnings=[a_warning()])
    assert text.isascii()
    assert "\x1b" not in text


def test_a_terminal_has_marks_bars_and_where_wanted_colour():
    text = printed(two_rounds(), terminal=True, colour=True)
    assert "\x1b[32m✓\x1b[0m" in text
    assert "█▏" in text
    without = printed(two_rounds(), terminal=True)
    assert ANSI.sub("", text) == without


def test_amounts_have_a_currency_where_there_is_one():
    budget = a_lot(a_round(), budget=Fraction(4_000_000))
    assert printed(budget).splitlines()[2] == "all, budget CNY 4,000,000"
    assert printed(budget, currency=None).splitlines()[2] == "all, budget 4,000,000"


def test_prices_with_cents_have_two_decimals():
    bids = [
        a_bid("a", {"price": 50}, total=50, rank=1, price=Fraction("3647180.8")),
        a_bid("b", {"price": 50}, total=50, rank=1, price=3_000_000),
    ]
    text = printed(a_lot(a_round(*bids)))
    assert "3,647,180.80" in text
    assert "3,000,000.00" in text


def test_the_last_line_counts_what_was_read():
    assert printed(two_rounds()).splitlines()[-1] == "4 bids, 2 criteria, 0 scores"
    lots = [a_lot(a_round(a_bid("a", total=1, rank=1)), id_=id_) for id_ in "xy"]
    assert printed(*lots).splitlines()[-1] == "1 bid, 2 criteria, 0 scores in 2 lots"
