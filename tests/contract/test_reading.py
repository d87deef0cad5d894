"""YAML 1.2's spirit: what a scalar is, and what is refused."""

import pytest

GROUP = "id: g\nweight: 100\ncriteria:\n  - {id: x, weight: 100, fact: x, score: %s}\n"
POINTS = "{method: points}"


def files(x, score=POINTS):
    """One bid, acme, whose fact `x` stands in line 2, from column 4."""
    return {"criteria/g.yaml": GROUP % score, "bids/acme.yaml": f"vendor: {{id: acme}}\nx: {x}\n"}


@pytest.mark.parametrize(
    "text", ["NO", "no", "yes", "on", "off", "y", "n", "True", "FALSE", "60:30", "1:2:3"]
)
def test_words_that_yaml_1_1_takes_for_something_else_are_text(evaluate, text):
    score = f"{{method: lookup, points: {{'{text}': 70}}}}"
    result = evaluate(files(text, score))
    assert result.node("acme", "g.x")["value"] == text
    assert result.points("g.x") == {"acme": 70.0}


@pytest.mark.parametrize("key", ["NO", "on", "60:30"])
def test_keys_are_read_the_same_way(evaluate, key):
    score = f"{{method: lookup, points: {{{key}: 70}}}}"
    assert evaluate(files(f"'{key}'", score)).points("g.x") == {"acme": 70.0}


@pytest.mark.parametrize("text", ["010", "007"])
def test_a_leading_zero_makes_text_with_a_warning(evaluate, text):
    score = f"{{method: lookup, points: {{'{text}': 70}}}}"
    result = evaluate(files(text, score))
    assert result.points("g.x") == {"acme": 70.0}
    assert [(each["file"], each["line"]) for each in result["warnings"]] == [("bids/acme.yaml", 2)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("12.5", 12.5),
        ("0", 0),
        ("0.5", 0.5),
        ("+7", 7),
        ("1_0", 10),
        ("1_0.2_5", 10.25),
        ("1e1", 10),
        ("2.5E+1", 25),
        ("250e-1", 25),
    ],
)
def test_numbers_are_decimal_with_exponent_and_underscores(evaluate, text, value):
    assert evaluate(files(text)).points("g.x") == {"acme": value}


@pytest.mark.parametrize(
    "text", ["0x1F", "0o17", "0b1", ".inf", "-.inf", ".nan", "Infinity", "NaN", "'5'", '"5"', "5%"]
)
def test_anything_else_is_no_number(problems, text):
    found = problems(files(text))
    assert ("bids/acme.yaml", 2) in [(each["file"], each["line"]) for each in found]


@pytest.mark.parametrize("text", ["", "~", "null"])
def test_null_is_tilde_and_empty_is_missing(evaluate, text):
    assert evaluate(files(text)).node("acme", "g.x")["value"] is None


@pytest.mark.parametrize("text", ["'null'", '"~"', "''"])
def test_a_quoted_null_is_text(problems, text):
    assert problems(files(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("|\n  two\n  lines\n", "two\nlines\n"),
        (">-\n  two\n  lines\n", "two lines"),
        ('"tab\\there"', "tab\there"),
        ("'it''s'", "it's"),
    ],
)
def test_texts_in_every_style(evaluate, text, value):
    result = evaluate(files(text, "{method: lookup, points: {a: 1}, otherwise: 5}"))
    assert result.node("acme", "g.x")["value"] == value


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("bids/acme.yaml", "vendor: {id: acme}\nx: 1\nx: 2\n"),
        ("bids/acme.yaml", "vendor: {id: acme}\na: {b: {x: 1, x: 2}}\nx: 1\n"),
        ("bids/acme.yaml", 'vendor: {id: acme}\nx: 1\n"x": 2\n'),
        ("criteria/g.yaml", f"{GROUP % POINTS}weight: 100\n"),
        ("criteria/method.yaml", "minimum_bids: 1\nminimum_bids: 1\n"),
        ("tender.yaml", "id: T\nid: T\n"),
        ("scores/li.yaml", "evaluator: {id: li}\nscores: {acme: {}, acme: {}}\n"),
        ("rates.yaml", "- {date: 2026-01-01, from: A, from: B, to: C, rate: 1}\n"),
    ],
)
def test_duplicate_keys_are_refused(problems, path, content):
    assert path in [each["file"] for each in problems(files("1") | {path: content})]


def test_a_duplicate_key_is_named_at_its_second_place(problems, says):
    found = problems(files("1") | {"bids/acme.yaml": "vendor: {id: acme}\nx: 1\ny: 3\nx: 2\n"})
    assert says(found, "x")
    assert [(each["line"], each["column"]) for each in found] == [(4, 1)]


def test_a_byte_order_mark_is_allowed(evaluate):
    text = "\ufeffvendor: {id: acme}\nx: 5\n".encode()
    assert evaluate(files("1") | {"bids/acme.yaml": text}).points("g.x") == {"acme": 5.0}


@pytest.mark.parametrize(
    "content",
    [
        b"vendor: {id: acme, name: \xff\xfe}\nx: 5\n",
        "vendor: {id: acme}\nx: 5\n".encode("utf-16"),
        "vendor: {id: acme, name: Société}\nx: 5\n".encode("latin-1"),
        b"vendor: {id: acme}\nx: 5\x00\n",
        b"vendor: {id: acme, name: \xed\xa0\x80}\nx: 5\n",
    ],
    ids=["bytes", "utf-16", "latin-1", "NUL", "a lone surrogate"],
)
@pytest.mark.parametrize("path", ["bids/acme.yaml", "bids/acme.json"])
def test_what_is_not_utf_8_is_an_error(problems, path, content):
    given = files("1")
    del given["bids/acme.yaml"]
    assert problems(given | {path: content})[0]["file"] == path


@pytest.mark.parametrize(
    "text", ["vendor: {id: acme\n", "vendor: [\n", "\tx: 1\n", "a: b: c\n", "x: 'open\n", "%bad\n"]
)
def test_broken_yaml_is_an_error_with_its_line(problems, text):
    found = problems(files("1") | {"bids/acme.yaml": text})
    assert found[0]["file"] == "bids/acme.yaml"
    assert found[0]["line"] >= 1


@pytest.mark.parametrize(
    "text",
    [
        '{"vendor": {"id": "acme"}, "x": NaN}',
        '{"vendor": {"id": "acme"}, "x": Infinity}',
        '{"vendor": {"id": "acme"}, "x": 1, "x": 2}',
        '{"vendor": {"id": "acme"}, "x": 1',
        '{"vendor": {"id": "acme"}, "x": "5"}',
        '[{"vendor": {"id": "acme"}, "x": 1}]',
        "",
    ],
)
def test_a_json_file_that_is_wrong_is_an_error(problems, text):
    found = problems({"criteria/g.yaml": GROUP % POINTS, "bids/acme.json": text})
    assert found[0]["file"] == "bids/acme.json"


def test_a_json_number_is_exactly_its_text(evaluate):
    given = {
        "criteria/g.yaml": GROUP % POINTS,
        "criteria/method.yaml": (
            "requirements: {r: {fact: x, at_most: 0.1000000000000000000000000001}}\n"
        ),
        "bids/acme.json": '{"vendor": {"id": "acme"}, "x": 0.1000000000000000000000000001}',
        "bids/bolt.json": '{"vendor": {"id": "bolt"}, "x": 0.1000000000000000000000000002}',
    }
    assert evaluate(given).column("outcome") == {"acme": "advanced", "bolt": "eliminated"}


def test_anchors_and_aliases_are_allowed(evaluate):
    given = files("1", "{method: per_item, each: 10}")
    given["bids/acme.yaml"] = "vendor: {id: acme}\ny: &list [a, b, c]\nx: *list\n"
    assert evaluate(given).points("g.x") == {"acme": 30.0}


def test_an_alias_without_an_anchor_is_an_error(problems):
    assert problems(files("*nothing"))[0]["file"] == "bids/acme.yaml"


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.mkdir [made]", "!!python/name:os.mkdir"])
def test_no_tag_constructs_anything(round_files, run, tag):
    folder = round_files(files(tag))
    done = run("evaluate", "bids")
    assert done.code in {0, 1}
    assert "Traceback" not in done.err
    assert not (folder / "made").exists()


@pytest.mark.parametrize(
    ("path", "text", "right"),
    [
        ("criteria/g.yaml", GROUP % "{method: points, out_off: 5}", "out_of"),
        ("criteria/g.yaml", GROUP % POINTS + "wieght: 5\n", "weight"),
        ("criteria/method.yaml", "minimun_bids: 3\n", "minimum_bids"),
        ("criteria/method.yaml", "rounding: {totl: 2}\n", "total"),
        ("criteria/method.yaml", "requirements: {r: {fct: x, is: 1}}\n", "fact"),
        ("rates.yaml", "- {dat: 2026-01-01, from: A, to: B, rate: 1}\n", "date"),
        ("scores/li.yaml", "evaluator: {id: li}\nscors: {}\n", "scores"),
        ("tender.yaml", "bugdet: 5\n", "budget"),
        ("tender.yaml", "buyer: {nmae: A}\n", "name"),
    ],
)
def test_unknown_keys_are_errors_with_a_suggestion(problems, says, path, text, right):
    found = [each for each in problems(files("1") | {path: text}) if each["file"] == path]
    assert says(found, right)
