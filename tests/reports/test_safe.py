"""Text from outside is shown so that every character can be seen, and no two texts look alike."""

import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderscore.reports._safe import digest, json_escaped, visible

SHOWN_FORMATS = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Acme\x1b[31m", r"Acme\x1b[31m"),
        ("a\nb\tc\r", r"a\nb\tc\r"),
        ("\u202egro.emca", r"\u202egro.emca"),
        ("A\U000e0041", r"A\U000e0041"),
        ("Acme\u00a0Services", r"Acme\xa0Services"),
        ("a\ud800", r"a\ud800"),
        (r"C:\work\d", r"C:\work\d"),
        (r"a\x1b", r"a\\x1b"),
        ("a\\\x1b", r"a\\\x1b"),
        ("粤心　客服 Ünal", "粤心　客服 Ünal"),
    ],
)
def test_what_cannot_be_seen_is_escaped_and_the_rest_stays(text, shown):
    assert visible(text) == shown


def test_every_control_format_separator_and_private_character_of_unicode_is_escaped():
    hidden = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Zs"}
    passed = {
        code
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in hidden and visible(chr(code)) == chr(code)
    }
    assert passed == {ord(" "), ord("\u3000"), *SHOWN_FORMATS}


ALPHABET = st.sampled_from(["\\", "\x1b", "\n", "n", "x", "1", "b", "u", "2", "0", "e", "\u202e"])


@given(st.text(ALPHABET, max_size=9), st.text(ALPHABET, max_size=9))
def test_different_texts_never_look_alike(one, other):
    assert (visible(one) == visible(other)) == (one == other)


def test_a_million_backslashes_take_no_time():
    start = time.process_time()
    visible("\\" * 1_000_000)
    assert time.process_time() - start < 2


def test_a_digest_tells_texts_apart_that_differ_in_the_end():
    assert digest("A" * 10_000 + "B") != digest("A" * 10_000 + "C")


def test_json_holds_the_same_text_with_nothing_hidden_in_it():
    assert json_escaped('"a\u202e\U000e0041\ud800\x9b粤"') == (
        '"a\\u202e\\udb40\\udc41\\ud800\\u009b粤"'.encode()
    )
