"""Section 2, rule 7: where a date is needed, text in that form is one."""

import json

import pytest

DAY = "2026-03-31"
SECOND = "2026-03-31T17:00:00+08:00"

GROUP = """
id: g
weight: 100
criteria: [{id: c, weight: 100, expr: "1", score: {method: points, out_of: 1}}]
"""


def in_json(x, vendor="acme"):
    return {f"bids/{vendor}.json": json.dumps({"vendor": {"id": vendor}, "x": x})}


def in_yaml(x, vendor="acme"):
    return {f"bids/{vendor}.yaml": f"vendor: {{id: {vendor}}}\nx: {x}\n"}


def required(rule, bids, tender=""):
    files = {
        "criteria/method.yaml": f"requirements: {{r: {{fact: x, {rule}}}}}\n",
        "criteria/g.yaml": GROUP,
    }
    return files | bids | ({"tender.yaml": tender} if tender else {})


def scored(score, bids, tender=""):
    group = f"id: g\nweight: 100\ncriteria:\n  - {{id: x, weight: 100, fact: x, score: {score}}}\n"
    return {"criteria/g.yaml": group} | bids | ({"tender.yaml": tender} if tender else {})


class TestFilesOfTheBuyer:
    def test_a_deadline_may_stand_in_quotes(self, evaluate):
        plain, quoted = (
            evaluate(
                {
                    "tender.yaml": f"deadline: {deadline}\n",
                    "criteria/method.yaml": "requirements: "
                    "{on-time: {fact: received, at_most: tender.deadline}}\n",
                    "criteria/g.yaml": GROUP,
                    "bids/acme.yaml": f"vendor: {{id: acme}}\nreceived: {SECOND}\n",
                    "bids/late.yaml": "vendor: {id: late}\nreceived: 2026-03-31T17:00:01+08:00\n",
                }
            )
            for deadline in (SECOND, f'"{SECOND}"')
        )
        assert quoted["lots"] == plain["lots"]
        assert quoted.column("outcome") == {"acme": "advanced", "late": "eliminated"}

    @pytest.mark.parametrize("deadline", [DAY, "2026-03-31T17:00:00", "soon"])
    def test_a_text_that_is_no_time_of_day_with_a_zone_is_no_deadline(self, problems, deadline):
        files = {"tender.yaml": f'deadline: "{deadline}"\n'} | scored(
            "{method: points}", in_json(5)
        )
        assert [each["file"] for each in problems(files)] == ["tender.yaml"]

    def test_a_rates_date_may_stand_in_quotes(self, evaluate):
        files = scored("{method: points}", in_yaml("{amount: 5, currency: USD}"), "currency: CNY\n")
        files["rates.yaml"] = f'- {{date: "{DAY}", from: USD, to: CNY, rate: 7}}\n'
        assert evaluate(files).points("g.x") == {"acme": 35.0}

    def test_a_quoted_deadline_picks_the_rate(self, evaluate):
        files = scored("{method: points}", in_yaml("{amount: 5, currency: USD}"))
        files["tender.yaml"] = f'currency: CNY\ndeadline: "{SECOND}"\n'
        files["rates.yaml"] = (
            f"- {{date: {DAY}, from: USD, to: CNY, rate: 7}}\n"
            "- {date: 2026-04-01, from: USD, to: CNY, rate: 8}\n"
        )
        assert evaluate(files).points("g.x") == {"acme": 35.0}

    @pytest.mark.parametrize("date", ["soon", "2026-02-30", SECOND])
    def test_a_text_that_is_no_date_is_no_rates_date(self, problems, date):
        files = scored("{method: points}", in_yaml("5"), "currency: CNY\n")
        files["rates.yaml"] = f'- {{date: "{date}", from: USD, to: CNY, rate: 7}}\n'
        assert [each["file"] for each in problems(files)] == ["rates.yaml"]


class TestRequirements:
    @pytest.mark.parametrize("bids", [in_json, in_yaml])
    @pytest.mark.parametrize(
        ("rule", "tender"),
        [
            (f"at_most: {DAY}", ""),
            (f'at_most: "{DAY}"', ""),
            ("at_most: lot.d", f"lots: {{all: {{d: {DAY}}}}}\n"),
            ("at_most: lot.d", f'lots: {{all: {{d: "{DAY}"}}}}\n'),
        ],
    )
    def test_an_order_needs_dates(self, evaluate, bids, rule, tender):
        files = required(rule, bids(DAY, "acme") | bids("2026-04-01", "late"), tender)
        assert evaluate(files).column("outcome") == {"acme": "advanced", "late": "eliminated"}

    @pytest.mark.parametrize("quoted", [f'"{SECOND}"', '"2026-03-31 09:00Z"'])
    def test_an_order_of_instants_too(self, evaluate, quoted):
        bids = in_json(SECOND) | in_json("2026-03-31T17:00:01+08:00", "late")
        outcomes = evaluate(required(f"at_most: {quoted}", bids)).column("outcome")
        assert outcomes == {"acme": "advanced", "late": "eliminated"}

    def test_a_text_that_is_no_date_has_no_order(self, problems):
        found = problems(required("at_most: soon", in_json(DAY)))
        assert [each["file"] for each in found] == ["criteria/method.yaml"]
        found = problems(required("at_most: lot.d", in_json(DAY), "lots: {all: {d: soon}}\n"))
        assert [each["file"] for each in found] == ["criteria/method.yaml"]

    @pytest.mark.parametrize("fact", [in_json(DAY), in_yaml(DAY), in_yaml(f"'{DAY}'")])
    @pytest.mark.parametrize(
        "rule",
        [
            f"is: {DAY}",
            f'is: "{DAY}"',
            f"one_of: [2026-01-01, {DAY}]",
            f'one_of: ["2026-01-01", "{DAY}"]',
            f"one_of: [none, {DAY}]",
        ],
    )
    def test_a_date_and_its_text_are_the_same(self, evaluate, rule, fact):
        assert evaluate(required(rule, fact)).column("outcome") == {"acme": "advanced"}

    @pytest.mark.parametrize(
        "fact", [in_json([DAY, "b"]), in_yaml(f"[{DAY}, b]"), in_yaml(f"['{DAY}', b]")]
    )
    @pytest.mark.parametrize(
        "rule", [f"includes: [{DAY}]", f'includes: ["{DAY}"]', f"includes: {DAY}"]
    )
    def test_so_they_are_in_lists(self, evaluate, rule, fact):
        assert evaluate(required(rule, fact)).column("outcome") == {"acme": "advanced"}

    def test_a_list_is_a_lists_of_them(self, evaluate):
        files = required(f"is: [{DAY}, b]", in_json([DAY, "b"]))
        assert evaluate(files).column("outcome") == {"acme": "advanced"}

    @pytest.mark.parametrize(
        "rule", ['is: "2026-03-31T09:00:00Z"', 'one_of: ["2026-03-31 09:00Z"]']
    )
    def test_text_against_text_stays_text(self, evaluate, rule):
        assert evaluate(required(rule, in_json(SECOND))).column("outcome") == {"acme": "eliminated"}

    def test_what_is_no_date_is_still_of_the_wrong_type(self, problems):
        for x in ("soon", 5, SECOND):
            found = problems(required(f"is: {DAY}", in_json(x)))
            assert [each["code"] for each in found] == ["fact-type"]


class TestMethods:
    @pytest.mark.parametrize(
        "fact", [in_json([DAY, "b"]), in_yaml(f"[{DAY}, b]"), in_yaml(f"['{DAY}', b]")]
    )
    @pytest.mark.parametrize(
        ("score", "expected"),
        [
            (f"{{method: coverage, of: [{DAY}, c]}}", 50.0),
            (f'{{method: coverage, of: ["{DAY}", c]}}', 50.0),
            (f"{{method: coverage, of: {{{DAY}: 3, c: 1}}}}", 75.0),
            (f"{{method: per_item, tiers: {{{DAY}: 30, b: 5}}}}", 35.0),
            (f'{{method: per_item, tiers: {{"{DAY}": 30, b: 5}}}}', 35.0),
        ],
    )
    def test_items_of_lists(self, evaluate, score, expected, fact):
        assert evaluate(scored(score, fact)).points("g.x") == {"acme": expected}

    @pytest.mark.parametrize("fact", [in_json(DAY), in_yaml(DAY), in_yaml(f"'{DAY}'")])
    @pytest.mark.parametrize("key", [DAY, f'"{DAY}"'])
    def test_a_lookup(self, evaluate, key, fact):
        score = f"{{method: lookup, points: {{{key}: 70, none: 5}}}}"
        assert evaluate(scored(score, fact)).points("g.x") == {"acme": 70.0}

    def test_explain_lists_what_is_lacking_and_not_what_is_held(self, run, round_files):
        score = f"{{method: coverage, of: [{DAY}, 2026-04-01]}}"
        root = round_files(scored(score, in_json([DAY])))
        told = run("explain", f"{root}/bids", "acme").out
        assert "2026-04-01" in told.partition("lacking")[2].splitlines()[0]
        assert DAY not in told.partition("lacking")[2].splitlines()[0]
