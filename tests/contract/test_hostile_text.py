"""Text from bids is data in every format: markup, escapes, formulas, directions, length."""

import csv
import io
import json

import pytest

GROUP = (
    "id: g\nweight: 100\ncriteria:\n  - {id: x, weight: 100, fact: x, score: {method: points}}\n"
)

FORMATS = ["table", "json", "csv", "markdown"]

NAMES = {
    "Rich markup": "[bold red]Acme[/bold red] [link=http://x]y[/link]",
    "a closing tag alone": "[/]",
    "an emoji code": ":smile: Acme",
    "ANSI": "Ac\x1b[31mme\x1b[0m",
    "a bell and backspaces": "Acme\x07\x08\x08\x08",
    "a C1 escape": "Ac\x9b31mme",
    "HTML": "<script>alert('Acme')</script>",
    "a formula": "=cmd|' /C calc'!A0",
    "another formula": "+1+2",
    "an at sign": "@SUM(A1)",
    "right to left": "Acme\u202egnp.exe",
    "an isolate": "Acme\u2066x\u2069",
    "an apostrophe": "O'Neill's",
    "quotes": 'The "Best", Ltd',
    "a pipe": "Acme | Bolt | 100.00",
    "a newline": "Acme\nBolt 100.00",
    "Markdown": "**Acme** [x](http://y) `z` <b>",
    "Chinese": "甲乙丙丁科技有限公司",
    "an accent apart": "Acme\u0301",
    "ten thousand characters": "A" * 10_000,
}

UNSAFE = [chr(n) for n in (*range(9), 11, 12, *range(14, 32), *range(127, 160))] + list(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
)


def named(name):
    return {
        "criteria/g.yaml": GROUP,
        "bids/acme.yaml": f"vendor: {{id: acme, name: {json.dumps(name)}}}\nx: 60\n",
        "bids/bolt.yaml": "vendor: {id: bolt, name: Bolt}\nx: 50\n",
    }


class TestNames:
    @pytest.mark.parametrize("form", FORMATS)
    @pytest.mark.parametrize("kind", NAMES)
    def test_a_name_is_data_in_every_format(self, round_files, run, kind, form):
        round_files(named(NAMES[kind]))
        done = run("evaluate", "bids", "--format", form)
        assert done.code == 0
        assert not [char for char in UNSAFE if char in done.out]
        assert "Bolt" in done.out

    @pytest.mark.parametrize("kind", NAMES)
    def test_a_name_is_data_in_explain(self, round_files, run, kind):
        round_files(named(NAMES[kind]))
        done = run("explain", "bids", "acme")
        assert done.code == 0
        assert not [char for char in UNSAFE if char in done.out]

    @pytest.mark.parametrize("kind", NAMES)
    def test_json_says_the_name_itself(self, evaluate, kind):
        assert evaluate(named(NAMES[kind])).column("name")["acme"] == NAMES[kind]

    @pytest.mark.parametrize("kind", ["Rich markup", "a closing tag alone", "an emoji code"])
    def test_markup_is_shown_as_it_is_written(self, round_files, run, kind):
        round_files(named(NAMES[kind]))
        assert NAMES[kind].split()[0] in run("evaluate", "bids").out

    @pytest.mark.parametrize("kind", ["a formula", "another formula", "an at sign"])
    def test_no_csv_cell_is_a_formula(self, round_files, run, kind):
        round_files(named(NAMES[kind]))
        out = run("evaluate", "bids", "--format", "csv").out
        cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
        assert any(NAMES[kind][1:] in cell for cell in cells)

    @pytest.mark.parametrize("kind", ["a pipe", "a newline"])
    def test_no_name_breaks_out_of_its_markdown_row(self, round_files, run, kind):
        rows = []
        for name in (NAMES[kind], "Acme"):
            round_files(named(name))
            out = run("evaluate", "bids", "--format", "markdown").out.replace("\\|", "")
            rows.append([line.count("|") for line in out.splitlines() if line.startswith("|")])
        assert rows[0] == rows[1]

    def test_markdown_holds_no_html_of_a_bids(self, round_files, run):
        round_files(named(NAMES["HTML"]))
        assert "<script" not in run("evaluate", "bids", "--format", "markdown").out

    def test_the_table_keeps_a_newline_within_its_row(self, round_files, run):
        round_files(named(NAMES["a newline"]))
        lines = run("evaluate", "bids").out.splitlines()
        assert not [line for line in lines if line.lstrip().startswith("Bolt 100.00")]

    @pytest.mark.parametrize("form", ["table", "markdown"])
    def test_a_name_of_ten_thousand_characters_leaves_the_rest_readable(
        self, round_files, run, form
    ):
        round_files(named(NAMES["ten thousand characters"]))
        out = run("evaluate", "bids", "--format", form).out
        assert out.count("A" * 5_000) <= 4

    @pytest.mark.parametrize("key", ["[red]x", "a\x1b[31mb", "a\u202eb"])
    def test_diagnostics_show_a_key_harmlessly(self, round_files, run, key):
        round_files(
            {
                "criteria/g.yaml": GROUP,
                "bids/acme.yaml": f'vendor: {{id: acme, {json.dumps(key)}: 1}}\nx: "\\e[2J"\n',
            }
        )
        done = run("evaluate", "bids")
        assert done.code == 1
        assert not [char for char in UNSAFE if char in done.err]

    def test_diagnostics_quote_a_line_harmlessly(self, round_files, run):
        round_files(
            {
                "criteria/g.yaml": GROUP,
                "bids/acme.yaml": "vendor: {id: acme}\nx: many # \u202e [bold]\n",
            }
        )
        done = run("evaluate", "bids")
        assert "\u202e" not in done.err
        assert "[bold]" in done.err

    def test_a_vendor_id_is_no_path(self, round_files, run):
        folder = round_files(
            {"criteria/g.yaml": GROUP, "bids/a.yaml": "vendor: {id: ../../up}\nx: 6\n"}
        )
        assert run("evaluate", "bids", "--output", "r.json").code == 0
        assert sorted(path.name for path in folder.iterdir()) == ["bids", "criteria", "r.json"]
