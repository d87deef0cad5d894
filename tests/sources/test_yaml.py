"""YAML text becomes located nodes, by YAML 1.2's rules."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from fractions import Fraction
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.trees import found, knowledge
from tenderscore.sources import yaml_file


def read(text: str):
    return yaml_file.read(dedent(text), "a.yaml")


def bare(text: str):
    document = read(text)
    assert document.problems == ()
    return document.root.bare()


def problems(text: str) -> list[tuple[str, str]]:
    return found(read(text))


def test_values_are_scalars_lists_and_mappings():
    assert bare("""
        vendor: {id: acme, country: NO}
        received: 2026-03-30
        experience:
          years: 12
          certificates: [ISO27001, "9001"]
        price: 3_450_000.50
        note: |
          12
    """) == {
        "vendor": {"id": "acme", "country": "NO"},
        "received": date(2026, 3, 30),
        "experience": {"years": 12, "certificates": ["ISO27001", "9001"]},
        "price": Fraction(6_900_001, 2),
        "note": "12\n",
    }


@pytest.mark.parametrize("text", ["'12'", '"12"', "|-\n  12", ">-\n  12", '"true"', "'~'", '""'])
def test_what_is_quoted_or_in_a_block_is_text(text):
    node = read(f"a: {text}").root.get("a")
    assert node is not None
    assert isinstance(node.value, str)
    assert not node.plain


def test_a_scalar_keeps_its_text():
    root = read("a: 3_450_000\nb: '007'\nc: 007\nd: 1.50").root
    assert [(child.text, child.plain) for _, child in root.items()] == [
        ("3_450_000", True),
        ("007", False),
        ("007", True),
        ("1.50", True),
    ]


def test_lines_and_columns_count_characters_from_1():
    root = read("外包:\n  - 服务\n  - {\"𠀀𠀀\": '𠀀', b: 2}\n").root
    services = root.get("外包")
    assert services is not None
    assert (services.key_line, services.key_column, services.line, services.column) == (1, 1, 2, 3)
    first, second = services.value
    assert (first.line, first.column) == (2, 5)
    assert (second.line, second.column) == (3, 5)
    assert [(child.key_column, child.column) for _, child in second.items()] == [(6, 12), (17, 20)]


@pytest.mark.parametrize(
    "text", ["a: 1\nb: 2\n", "\ufeffa: 1\nb: 2\n", "a: 1\r\nb: 2\r\n", "a: 1\rb: 2"]
)
def test_byte_order_marks_and_line_breaks_change_no_place(text):
    document = yaml_file.read(text, "a.yaml")
    node = document.root.get("b")
    assert node is not None
    assert (node.value, node.line, node.column, document.line(2)) == (2, 2, 4, "b: 2")


def test_a_line_is_quoted_by_the_number_that_its_nodes_have():
    document = yaml_file.read('a: "x\u2028y"\nb: c\x85d: 2\n', "a.yaml")
    node = document.root.get("d")
    assert node is not None
    assert document.line(node.line) == "d: 2"


def test_keys_are_texts_that_know_what_they_are_as_scalars():
    root = read("1: a\n'1.0': b\ntrue: c\n2026-03-30: d\n010: e\n~: f").root
    assert [(key, child.key) for key, child in root.items()] == [
        ("1", 1),
        ("1.0", "1.0"),
        ("true", True),
        ("2026-03-30", date(2026, 3, 30)),
        ("010", "010"),
        ("~", None),
    ]


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "\n\n", "null"])
def test_a_file_that_says_nothing_is_none(text):
    assert bare(text) is None


@pytest.mark.parametrize("text", ["%YAML 1.2\n---\na: 1", "--- # one\na: 1\n...\n", "{a: 1}"])
def test_one_document_may_be_marked_as_such(text):
    assert bare(text) == {"a": 1}


def test_a_key_that_stands_twice_is_an_error_that_shows_the_first():
    document = read("a: 1\nb:\n  x: 1\n  'x': 2\n  x: 3\na: 2")
    assert found(document) == [
        ("duplicate-key", "a.yaml:4:3"),
        ("duplicate-key", "a.yaml:5:3"),
        ("duplicate-key", "a.yaml:6:1"),
    ]
    assert [str(place) for each in document.problems for _, place in each.also] == [
        "a.yaml:3:3",
        "a.yaml:3:3",
        "a.yaml:1:1",
    ]


def test_a_number_and_a_text_that_look_alike_are_two_keys():
    root = read("1: a\n'1': b").root
    assert [(child.key, child.value) for _, child in root.items()] == [(1, "a"), ("1", "b")]
    assert problems("1: a\n'1': b\n1: c\n\"1\": d") == [
        ("duplicate-key", "a.yaml:3:1"),
        ("duplicate-key", "a.yaml:4:1"),
    ]


def test_scalars_in_error_become_text_and_reading_goes_on():
    document = read("""\
        a: 2026-02-30
        b: {c: .nan, 1e99: 2026-03-30 09:00}
        d: [0.1234567890123456789012345678901234567]
    """)
    assert found(document) == [
        ("date-invalid", "a.yaml:1:4"),
        ("not-finite", "a.yaml:2:8"),
        ("number-range", "a.yaml:2:14"),
        ("time-without-zone", "a.yaml:2:20"),
        ("number-precision", "a.yaml:3:5"),
    ]
    assert document.root.bare() == {
        "a": "2026-02-30",
        "b": {"c": ".nan", "1e99": "2026-03-30 09:00"},
        "d": ["0.1234567890123456789012345678901234567"],
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("? [a, b]\n: 1\nc: 2", [("key-not-scalar", "a.yaml:1:3")]),
        ("{a: 1}: [.inf]", [("key-not-scalar", "a.yaml:1:1"), ("not-finite", "a.yaml:1:10")]),
        ("a:\n  <<: {b: 1}", [("merge-key", "a.yaml:2:3")]),
        ("a: !!python/object:os.system {}", [("tag", "a.yaml:1:4")]),
        ("a: !!str 1\nb: ! 2\nc: !x [1]", [("tag", f"a.yaml:{line}:4") for line in (1, 2, 3)]),
        ("%TAG ! tag:x,2000:\n---\na: 1", [("tag", "a.yaml:1:1")]),
        ("a: 1\n---\nb: 2", [("several-documents", "a.yaml:2:1")]),
        ("a: 1\n---\n", [("several-documents", "a.yaml:2:1")]),
        ("a: b\x01", [("control-character", "a.yaml:1:5")]),
        ("a: 1\nb: \x7f", [("control-character", "a.yaml:2:4")]),
        ("a: \ud800", [("control-character", "a.yaml:1:4")]),
    ],
)
def test_what_tender_files_have_no_use_for_is_refused(text, expected):
    assert problems(text) == expected


def test_quoted_signs_are_text():
    assert bare("a: '<<'\n'<<': '!x'\nb: '*c'\nd: R&D!") == {
        "a": "<<",
        "<<": "!x",
        "b": "*c",
        "d": "R&D!",
    }


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: 1\nb: c: d", "a.yaml:2:5", "quotes"),
        ("a:\n\t- b", "a.yaml:2:1", "spaces"),
        ("a: [1, 2", "a.yaml:1:9", "closed"),
        ("a: 'b\n\n", "a.yaml:1:6", "closed"),
        ("a: @b", "a.yaml:1:4", "quotes"),
        ("a: *", "a.yaml:1:5", "begins with * in quotes"),
        ("a: > b", "a.yaml:1:6", "begins with > in quotes"),
        ('a: "b\\c"', "a.yaml:1:6", "backslash"),
        ("a: 'it's'", "a.yaml:1:8", "twice"),
        ("a: - b", "a.yaml:1:4", "line of its own"),
        ("a: b\n c: d\n", "a.yaml:2:3", "indentation"),
        ("a: 1\n- b", "a.yaml:2:1", "indented"),
        ('a: "\\ud800"', "a.yaml:1:7", ""),
    ],
)
def test_a_syntax_error_has_a_place_and_a_way_out(text, place, words):
    (problem,) = read(text).problems
    assert (problem.code, str(problem.place)) == ("yaml-syntax", place)
    assert words in str(problem.help)


def test_what_is_not_closed_is_shown_where_it_begins():
    (problem,) = read("a: 1\nb: [1,\n  2").problems
    assert [str(place) for _, place in problem.also] == ["a.yaml:2:4"]


def test_an_alias_stands_for_what_its_anchor_marks():
    document = read("""\
        base: &base {years: 12, of: [a, &b b]}
        one: *base
        two: {three: *base, *b : *b}
    """)
    base = {"years": 12, "of": ["a", "b"]}
    assert document.problems == ()
    assert document.root.bare() == {"base": base, "one": base, "two": {"three": base, "b": "b"}}


def test_what_an_alias_repeats_is_placed_where_it_is_written():
    root = read("a: &x\n  b: 1\nc: *x\n").root
    assert [(child.key_line, child.line) for _, child in root.items()] == [(1, 1), (3, 1)]
    inner = root.get("c", "b")
    assert inner is not None
    assert (inner.line, inner.column) == (2, 6)


def test_an_anchor_may_be_set_again():
    assert bare("- &a 1\n- *a\n- &a 2\n- *a") == [1, 1, 2, 2]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: *b\nb: &b 1", "alias-unknown"),
        ("a: &a [*a]", "alias-recursive"),
        ("a: &a {b: {c: *a}}", "alias-recursive"),
    ],
)
def test_an_alias_that_cannot_be_followed_is_an_error_and_reading_goes_on(text, code):
    assert [each for each, _ in problems(text + "\nd: .nan")] == [code, "not-finite"]


def test_a_problem_under_an_anchor_is_reported_once():
    assert problems("a: &a .nan\nb: [*a, *a]") == [("not-finite", "a.yaml:1:4")]


plain_texts = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\x85\u2028\u2029\ufeff"
    ),
    max_size=8,
)
scalars = st.one_of(
    plain_texts.map(lambda text: "'" + text.replace("'", "''") + "'"),
    st.sampled_from(
        ["NO", "12", "-0.5", "true", "2026-03-30", "~", "", ".nan", "1e99", "<<", "外包"]
    ),
)
keys = st.text("abc外", min_size=1, max_size=2)


def flow(children):
    lists = st.lists(children, max_size=3).map(lambda each: "[" + ", ".join(each) + "]")
    pairs = st.lists(st.tuples(keys, children), max_size=3)
    return lists | pairs.map(lambda each: "{" + ", ".join(f"{k}: {v}" for k, v in each) + "}")


trees = st.recursive(scalars, flow, max_leaves=12)
files = st.lists(st.tuples(keys, trees), max_size=4).map(
    lambda each: "".join(f"{key}: {value}\n" for key, value in each)
)


@given(files)
def test_a_file_is_read_the_same_whether_or_not_it_may_have_aliases(text):
    plain = yaml_file.read(text, "a.yaml")
    wary = yaml_file.read(text + "# & * !\n", "a.yaml")
    assert knowledge(wary.root) == knowledge(plain.root)
    assert wary.problems == plain.problems


@given(files)
def test_a_file_is_read_the_same_whether_it_is_short_or_long(text):
    short = yaml_file.read(text, "a.yaml")
    long = yaml_file.read(text + "#" * 2**16, "a.yaml")
    assert knowledge(long.root) == knowledge(short.root)
    assert long.problems == short.problems


CORPUS = [
    "a: 1\nb: [x, '𠀀y', \"z\\u5916\"]\nc: {d: 2026-03-30, e: .nan}\n",
    "a: &a [1, 2]\nb: *a\nc: !x y\n",
    "a: 'b",
    "a: 1\n---\nb: 2\n",
    "[" * 500,
    "- " * 500,
    "a: |\n  x\n\n  y\n",
    "",
    "a: b\x01",
    "a: \u2028b\n",
]
PURE = """
import sys
sys.modules["yaml._yaml"] = None
import yaml
assert not yaml.__with_libyaml__
sys.path.insert(0, {tests!r})
from sources.trees import found, knowledge
from tenderscore.sources import yaml_file
for text in {corpus!r}:
    document = yaml_file.read(text, "a.yaml")
    print(ascii((knowledge(document.root), [code for code, _ in found(document)])))
"""


def test_without_its_c_part_the_parser_gives_the_same(request):
    script = PURE.format(corpus=CORPUS, tests=str(request.config.rootpath / "tests"))
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    documents = [yaml_file.read(text, "a.yaml") for text in CORPUS]
    assert done.stdout.splitlines() == [
        ascii((knowledge(each.root), [code for code, _ in found(each)])) for each in documents
    ]
