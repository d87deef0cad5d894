"""JSON text becomes located nodes, exact and with nothing that JSON has not."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from fractions import Fraction
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.trees import found
from tenderscore.model.scalars import read_date
from tenderscore.sources import json_file, yaml_file

DEEP = 100_000


def read(text: str):
    return json_file.read(dedent(text), "a.json")


def problems(text: str) -> list[tuple[str, str]]:
    return found(read(text))


def test_values_are_exact_and_texts_stay_texts():
    document = read("""\
        {"vendor": {"id": "007", "name": "A\\u5916\\ud83d\\ude00\\/B"},
         "price": 3450000.10, "years": 1e1, "note": "12", "licence": true, "audits": [null, -0],
         "received": "2026-03-30T01:12:00Z"}
    """)
    assert document.problems == ()
    assert document.root.bare() == {
        "vendor": {"id": "007", "name": "A外😀/B"},
        "price": Fraction(34_500_001, 10),
        "years": 10,
        "note": "12",
        "licence": True,
        "audits": [None, 0],
        "received": "2026-03-30T01:12:00Z",
    }


def test_text_in_the_form_of_a_date_can_be_read_as_one():
    node = read('{"received": "2026-03-30T01:12:00Z"}').root.get("received")
    assert node is not None
    assert read_date(node.text) == datetime(2026, 3, 30, 1, 12, tzinfo=UTC)


def test_lines_and_columns_count_characters_from_1():
    root = read('{"外包": [\n  1.50,\n "𠀀", {"a" : true}]}').root
    items = root.get("外包")
    assert items is not None
    assert (items.key_line, items.key_column, items.line, items.column) == (1, 2, 1, 8)
    number, text, mapping = items.value
    assert (number.line, number.column, number.text, number.plain) == (2, 3, "1.50", True)
    assert (text.line, text.column, text.text, text.plain) == (3, 2, "𠀀", False)
    inner = mapping.get("a")
    assert (inner.key, inner.key_column, inner.column) == ("a", 8, 14)


@pytest.mark.parametrize("text", ['\ufeff{\r\n"a": 1}', '{\r"a": 1}'])
def test_byte_order_marks_and_line_breaks_change_no_place(text):
    document = json_file.read(text, "a.json")
    node = document.root.get("a")
    assert node is not None
    assert (node.line, node.column, document.line(2)) == (2, 6, '"a": 1}')


def test_a_key_is_text_whatever_it_looks_like():
    root = read('{"1": 2, "": 3, "true": 4}').root
    assert [(key, child.key) for key, child in root.items()] == [
        ("1", "1"),
        ("", ""),
        ("true", "true"),
    ]


def test_values_in_error_become_text_and_reading_goes_on():
    document = read("""\
        {"a": NaN, "b": [-Infinity, 1e999999999, 1e-31],
         "a": 1, "c": "x\\ud800y", "c": 2}
    """)
    assert found(document) == [
        ("not-finite", "a.json:1:7"),
        ("not-finite", "a.json:1:18"),
        ("number-range", "a.json:1:29"),
        ("number-precision", "a.json:1:42"),
        ("duplicate-key", "a.json:2:2"),
        ("lone-surrogate", "a.json:2:15"),
        ("duplicate-key", "a.json:2:27"),
    ]
    assert document.root.bare() == {
        "a": "NaN",
        "b": ["-Infinity", "1e999999999", "1e-31"],
        "c": "x\ufffdy",
    }


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", "a.json:1:1", "a value belongs here"),
        ("{} {}", "a.json:1:4", "goes on"),
        ('{"a": 1', "a.json:1:8", "a comma or } belongs here"),
        ('["a" "b"]', "a.json:1:6", "a comma or ] belongs here"),
        ('{"a": 1,}', "a.json:1:9", "a key in double quotes"),
        ("[1,\n]", "a.json:2:1", "a value belongs here"),
        ("{a: 1}", "a.json:1:2", "a key in double quotes"),
        ('{"a" 1}', "a.json:1:6", "a colon"),
        ("{'a': 1}", "a.json:1:2", "a key in double quotes"),
        ("{\"a\": 'b'}", "a.json:1:7", "'b' is no JSON value"),
        ("[True]", "a.json:1:2", "True is no JSON value"),
        ("[010]", "a.json:1:2", "010 is no JSON value"),
        ("[+1]", "a.json:1:2", "+1 is no JSON value"),
        ("[1_000]", "a.json:1:2", "1_000 is no JSON value"),
        ("[.5]", "a.json:1:2", ".5 is no JSON value"),
        ("[2026-03-30]", "a.json:1:2", "2026-03-30 is no JSON value"),
        ("// one\n{}", "a.json:1:1", "// is no JSON value"),
        ('["a', "a.json:1:2", "no closing quote"),
        ('["a\nb"]', "a.json:1:4", "U+000A"),
        ('["\\x"]', "a.json:1:3", "no such escape"),
        ("[\u00a01]", "a.json:1:2", "a value belongs here"),
    ],
)
def test_what_is_not_json_is_an_error_at_its_place(text, place, words):
    (problem,) = json_file.read(text, "a.json").problems
    assert (problem.code, str(problem.place)) == ("json-syntax", place)
    assert words in str(problem.message)


@pytest.mark.parametrize("text", ["[" * DEEP, '{"a":' * DEEP, "[" * 101 + "]" * 101])
def test_nesting_is_bounded(text):
    assert [code for code, _ in problems(text)] == ["nesting"]


def test_a_hundred_levels_are_read():
    assert problems("[" * 100 + "]" * 100) == []


def test_a_file_has_so_many_values(monkeypatch):
    monkeypatch.setattr(json_file, "MOST_VALUES", 1000)
    assert problems("[" + "1," * 998 + "1]") == []
    assert problems("[" + "1," * 999 + "1]") == [("too-many-values", "a.json")]


def test_reading_ends_after_so_many_problems():
    document = read("[" + "NaN," * 5000 + "1]")
    assert [each.code for each in document.problems[-2:]] == ["not-finite", "too-many-problems"]
    assert len(document.problems) == 1001


@pytest.mark.parametrize(
    "text", ["1" * 2**22, '"' + "x" * 2**22, "\n" * 2**22, '["\\ud800",' * 2**18]
)
def test_megabytes_of_one_thing_take_little_time(text):
    start = time.process_time()
    assert problems(text)
    assert time.process_time() - start < 10


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
numbers = st.integers(-(10**29), 10**29)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda children: st.lists(children, max_size=4) | st.dictionaries(texts, children, max_size=4),
    max_leaves=20,
)
layouts = st.sampled_from([None, 0, 2])


@given(values, layouts, st.booleans())
def test_what_python_writes_is_read_back(value, indent, ascii_only):
    document = read(json.dumps(value, indent=indent, ensure_ascii=ascii_only))
    assert document.problems == ()
    assert document.root.bare() == value


simple = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=8)


@given(st.recursive(numbers | simple, lambda each: st.lists(each) | st.dictionaries(simple, each)))
def test_json_is_read_the_same_in_a_yaml_file(value):
    text = json.dumps(value, ensure_ascii=False)
    assert yaml_file.read(text, "a").root.bare() == json_file.read(text, "a").root.bare()


@given(st.text('[]{}:,"\\ \n\t01-.eEtrufalsn/ud8'))
def test_what_python_refuses_is_refused_and_what_it_reads_is_read(text):
    try:
        json.loads(text)
    except ValueError:
        expected = False
    else:
        expected = True
    syntax = {"json-syntax", "nesting"}
    assert any(code in syntax for code, _ in found(json_file.read(text, "a.json"))) is not expected
