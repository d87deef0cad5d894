"""Problems read as a compiler's do: place, code, sentence, the line with carets, and help."""

from textwrap import dedent

import pytest
from rich.cells import cell_len

from tenderscore.errors import Message, Place, Problem
from tenderscore.reports import Style
from tenderscore.reports._quote import quoted
from tenderscore.reports.diagnostics import render_problems


def shown(*problems, lines=None, prefix="", **style):
    lines = lines or {}
    quote = lambda place: lines.get((place.file, place.line))  # noqa: E731
    return render_problems(problems, quote, Style(**style), prefix)


def a_problem(message="bad", place=None, **more):
    return Problem(more.pop("code", "weight-sum"), Message(message), place, **more)


def test_a_problem_has_the_documented_form():
    text = shown(
        Problem(
            "weight-sum",
            Message("criteria add up to {n}, not 100", n=95),
            Place("bids/bolt.yaml", 7, 11),
            Message("write 40"),
        ),
        lines={("bids/bolt.yaml", 7): "  weight: 35"},
    )
    assert text == dedent("""\
        bids/bolt.yaml:7:11: error[weight-sum]: criteria add up to 95, not 100
          7 |   weight: 35
            |           ^^
          help: write 40
        1 error
        """)


def test_a_second_place_is_shown_likewise():
    problem = a_problem(
        place=Place("bids/a.yaml", 2, 6),
        also=((Message("the rule"), Place("criteria/m.yaml", 9, 3)),),
    )
    lines = {("bids/a.yaml", 2): "age: 中文", ("criteria/m.yaml", 9): "  at_most: 3"}
    assert shown(problem, lines=lines, prefix="round") == dedent("""\
        round/bids/a.yaml:2:6: error[weight-sum]: bad
          2 | age: 中文
            |      ^^^^
          round/criteria/m.yaml:9:3: note: the rule
            9 |   at_most: 3
              |   ^^^^^^^
        1 error
        """)


def test_a_line_is_not_quoted_twice():
    here = Place("g.yaml", 2, 9)
    problem = a_problem(place=here, also=((Message("g weighs 90"), here),))
    assert shown(problem, lines={("g.yaml", 2): "weight: 90"}) == dedent("""\
        g.yaml:2:9: error[weight-sum]: bad
          2 | weight: 90
            |         ^^
          g.yaml:2:9: note: g weighs 90
        1 error
        """)


def test_errors_come_before_warnings_each_in_reading_order():
    text = shown(
        a_problem("third", Place("a.yaml", 1), severity="warning"),
        a_problem("second", Place("b.yaml", 9)),
        a_problem("first", Place("b.yaml", 2)),
        a_problem("no place at all", severity="warning"),
    )
    assert text.splitlines() == [
        "b.yaml:2: error[weight-sum]: first",
        "b.yaml:9: error[weight-sum]: second",
        "warning[weight-sum]: no place at all",
        "a.yaml:1: warning[weight-sum]: third",
        "2 errors, 2 warnings",
    ]


def test_the_first_twenty_are_in_full_and_the_rest_have_a_line_each():
    problems = [a_problem(f"p{n}", Place("a.yaml", n + 1, 1)) for n in range(25)]
    lines = {("a.yaml", n + 1): "x" for n in range(25)}
    found = shown(*problems, lines=lines).splitlines()
    assert len(found) == 20 * 3 + 5 + 1
    assert found[-2:] == ["a.yaml:25:1: error[weight-sum]: p24", "25 errors"]


def test_places_in_tables_have_names_for_columns():
    text = shown(
        a_problem(place=Place("bids.csv", 17, "price")),
        a_problem(place=Place("bids.xlsx", 17, "F", "Sheet1")),
        lines={("bids.csv", 17): "acme,12,-3"},
    )
    assert text.splitlines()[:3] == [
        "bids.csv:17:price: error[weight-sum]: bad",
        "  17 | acme,12,-3",
        "bids.xlsx:Sheet1!F17: error[weight-sum]: bad",
    ]


def test_an_absolute_file_keeps_its_name():
    assert shown(a_problem(place=Place("/etc/a.yaml")), prefix="round").startswith("/etc/a.yaml: ")


def test_nothing_wrong_is_nothing_said():
    assert shown() == ""


def test_hostile_text_and_file_names_are_shown_escaped():
    text = shown(
        Problem("x", Message("{name!r}", name="a\x1b[31m"), Place("b\x1b[2J\n.yaml", 1, 1)),
        lines={("b\x1b[2J\n.yaml", 1): "a\x1b]0;x\x07b"},
    )
    assert text.splitlines() == [
        r"b\x1b[2J\n.yaml:1:1: error[x]: 'a\x1b[31m'",
        r"  1 | a\x1b]0;x\x07b",
        "    | ^^^^^",
        "1 error",
    ]


def test_colour_says_nothing_that_words_do_not():
    problem = a_problem(place=Place("a.yaml", 1, 1))
    coloured = shown(problem, lines={("a.yaml", 1): "x"}, colour=True)
    plain = shown(problem, lines={("a.yaml", 1): "x"})
    assert "\x1b[1;31merror[weight-sum]\x1b[0m" in coloured
    assert coloured.replace("\x1b[0m", "").count("\x1b") == 5
    assert "\x1b" not in plain


@pytest.mark.parametrize(
    ("line", "column", "marked"),
    [
        ("weight: 35  # share", 9, "35"),
        ("weight: 35", 1, "weight"),
        ('name: "Acme, Ltd"', 7, '"Acme, Ltd"'),
        ("at: {a: 1, b: 22}", 15, "22"),
        ("received: 2026-03-30T09:12:00Z", 11, "2026-03-30T09:12:00Z"),
        ("\tx: 1", 5, "1"),
        ("x:", 3, ""),
    ],
)
def test_the_carets_are_as_long_as_what_they_mark(line, column, marked):
    text, before, carets = quoted(line, column, 80)
    assert text[before : before + carets] == marked
    assert carets == max(len(marked), 1)


@pytest.mark.parametrize("column", [1, 10, 500, 4000])
def test_a_long_line_is_clipped_around_the_place(column):
    line = "".join(f"{n:04} " for n in range(900))
    text, before, carets = quoted(line, column, 60)
    assert cell_len(text) <= 60
    assert before + carets <= 60
    assert text[before] == line[column - 1]


def test_carets_stand_under_wide_characters():
    text, before, carets = quoted("名称: 粤心客服, x: 1", 5, 80)
    assert (text, before, carets) == ("名称: 粤心客服, x: 1", 6, 8)
