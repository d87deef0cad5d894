"""Hostile YAML ends in a clean problem, in bounded time and memory."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sources.trees import found
from tenderscore.sources import _yaml_events, yaml_file

DEEP = 100_000
MEGABYTE = 2**20


def bomb(levels: int, aliases: int) -> str:
    lines = ["- &a0 [x]"]
    lines += [f"- &a{n} [{', '.join([f'*a{n - 1}'] * aliases)}]" for n in range(1, levels)]
    return "\n".join(lines)


def codes(text: str) -> list[str]:
    return [code for code, _ in found(yaml_file.read(text, "a.yaml"))]


@pytest.mark.parametrize(
    "text",
    [
        "[" * DEEP,
        "{a: " * DEEP,
        "[? " * DEEP,
        "- " * DEEP,
        "? " * DEEP,
        "- ? " * DEEP,
        "".join(" " * level + "a:\n" for level in range(1000)),
        "[" * 101 + "]" * 101,
        "{a: " * 101 + "}" * 101,
        "[" * 5000 + "]" * 5000,
    ],
    ids=lambda text: f"{text[:4]!r} {len(text)}",
)
def test_nesting_is_bounded(text):
    assert codes(text) == ["nesting"]


@pytest.mark.parametrize("closed", ["", "]" * 5000])
def test_the_bracket_that_goes_too_deep_is_shown(closed):
    document = yaml_file.read("# deep\n" + "[" * 5000 + closed, "a.yaml")
    assert found(document) == [("nesting", "a.yaml:2:101")]


def test_a_hundred_levels_are_read():
    assert codes("[" * 100 + "]" * 100) == []
    assert codes("- " * 99 + "{a: 1}") == []


def test_aliases_expand_within_bounds_and_always_alike():
    text = bomb(5, 10)
    first, second = (yaml_file.read(text, "a.yaml") for _ in range(2))
    assert first.problems == ()
    assert first.root.bare() == second.root.bare()
    assert codes(bomb(9, 10)) == ["alias-expansion"]


def test_long_text_counts_for_more_than_one_value():
    text = f"a: &a '{'x' * MEGABYTE}'\nb: [{', '.join(['*a'] * 1000)}]"
    assert codes(text) == ["alias-expansion"]


def test_aliases_add_to_the_depth():
    links = [f"- &a{n} [*a{n - 1}]" for n in range(1, 200)]
    assert codes("\n".join(["- &a0 []", *links])) == ["nesting"]


def test_an_anchor_too_large_to_repeat_is_an_error_where_it_is_repeated(monkeypatch):
    monkeypatch.setattr(_yaml_events, "MOST_REPEATED", 100)
    assert codes("- &a [" + "1," * 101 + "]") == []
    assert codes("- &a [" + "1," * 101 + "]\n- *a") == ["alias-expansion"]


def test_reading_ends_after_so_many_problems():
    document = yaml_file.read("- 1e99\n" * 5000, "a.yaml")
    assert [each.code for each in document.problems[-2:]] == ["number-range", "too-many-problems"]
    assert len(document.problems) == 1001
    assert document.root.value is None


HOSTILE = {
    "brackets": (f"'[' * {16 * MEGABYTE}", "nesting"),
    "dashes": (f"'- ' * {8 * MEGABYTE}", "nesting"),
    "an alias bomb": (repr(bomb(20, 20)), "alias-expansion"),
    "aliases of a long text": (
        f"'- &a ' + 'x' * {MEGABYTE} + '\\n- *a' * 100000",
        "alias-expansion",
    ),
    "empty lists": (f"'[' + '[],' * {5 * MEGABYTE} + ']'", "too-many-values"),
    "tag directives": (f"'%TAG !a! b\\n' * {MEGABYTE} + '---\\na: 1'", "tag"),
    "nested anchors over many values": (
        "''.join(f'&a{n} [' for n in range(90)) + 'x,' * 150000 + ']' * 90",
        "",
    ),
    "one number": (f"'- ' + '1' * {15 * MEGABYTE}", "number-range"),
    "comments": (f"'# x\\n' * {4 * MEGABYTE}", ""),
}
SCRIPT = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
from tenderscore.sources import yaml_file
document = yaml_file.read({text}, "a.yaml")
print(*(problem.code for problem in document.problems))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="bounds memory as Linux does")
@pytest.mark.parametrize(("text", "code"), HOSTILE.values(), ids=HOSTILE)
def test_a_gigabyte_and_half_a_minute_are_enough_for_any_file(text, code):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(text=text)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{code}\n", "")
