"""Section 5: commands, options, exit codes, formats, outputs."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

COMMAND = str(Path(sys.executable).with_name("tenderscore"))

FORMATS = ["table", "json", "csv", "markdown"]

GROUP = """
id: g
title: Quality
weight: 100
criteria:
  - {id: x, title: Speed, weight: 100, fact: x, score: {method: points}}
"""

ACME = "vendor: {id: acme, name: Acme Services}\nx: 60\n"

BOLT = "vendor: {id: bolt, name: Bolt Works}\nx: 50\n"

GOOD = {"criteria/g.yaml": GROUP, "bids/acme.yaml": ACME, "bids/bolt.yaml": BOLT}

AT_MOST_1 = "rounds: [{id: r, criteria: [g], advance: {at_most: 1}}]\n"

TIED = {**GOOD, "bids/bolt.yaml": BOLT.replace("50", "60")}

INVALID = {**GOOD, "bids/bolt.yaml": BOLT.replace("50", "many")}

EMPTY = {**GOOD, "criteria/method.yaml": "requirements: {r: {fact: ok, is: true}}\n"}

NEVER_MET = AT_MOST_1.replace("at_most: 1", "minimum: 99")

OUTCOMES = {
    "a shortlist": (GOOD, 0),
    "a tie where all advance": (TIED, 0),
    "a tie at at_most 2": (
        {**TIED, "criteria/method.yaml": AT_MOST_1.replace("most: 1", "most: 2")},
        0,
    ),
    "invalid": (INVALID, 1),
    "no bids": ({"criteria/g.yaml": GROUP, "bids/notes.txt": "none"}, 1),
    "all eliminated": (EMPTY, 3),
    "none advanced": ({**GOOD, "criteria/method.yaml": NEVER_MET}, 3),
    "a tie at at_most 1": ({**TIED, "criteria/method.yaml": AT_MOST_1}, 3),
    "one lot empty": (
        {
            **GOOD,
            "tender.yaml": "lots: {web: {floor: 1}, app: {floor: 99}}\n",
            "criteria/method.yaml": "requirements: {r: {fact: x, at_least: lot.floor}}\n",
        },
        3,
    ),
}


def columns(text):
    """How many columns of a terminal a text takes: East Asian characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


class TestExitCodes:
    @pytest.mark.parametrize("form", FORMATS)
    @pytest.mark.parametrize("outcome", OUTCOMES)
    def test_evaluate_by_outcome_and_format(self, round_files, run, outcome, form):
        files, code = OUTCOMES[outcome]
        round_files(files)
        done = run("evaluate", "bids", "--format", form)
        assert done.code == code
        assert (done.out != "") == (code != 1 or form == "json")

    @pytest.mark.parametrize(
        "options",
        [
            ["nowhere"],
            ["bids", "--tender", "nowhere.yaml"],
            ["bids", "--criteria", "nowhere"],
            ["bids", "--scores", "nowhere"],
            ["bids", "--rates", "nowhere.yaml"],
            ["bids", "--lot", "nowhere"],
            ["bids", "--until", "nowhen"],
            ["bids", "--format", "tea"],
            ["bids", "--lang", "tlh"],
            ["bids", "--output", "result.tea"],
            ["bids", "--output", "result"],
            ["bids", "--unheard-of"],
            ["bids", "bids"],
            [],
        ],
        ids=" ".join,
    )
    @pytest.mark.parametrize("form", ["table", "json"])
    def test_a_wrong_command_line_is_2(self, round_files, run, options, form):
        round_files(GOOD)
        given = options if "--format" in options else [*options, "--format", form]
        done = run("evaluate", *given)
        assert done.code == 2
        assert done.out == ""
        assert done.err
        assert "Traceback" not in done.err

    @pytest.mark.parametrize(
        ("files", "code"), [(GOOD, 0), (TIED, 0), (EMPTY, 0), (INVALID, 1)], ids="gtei"
    )
    @pytest.mark.parametrize("form", ["table", "json"])
    def test_check_validates_everything_and_scores_nothing(
        self, round_files, run, files, code, form
    ):
        round_files(files)
        assert run("check", "bids", "--format", form).code == code

    def test_check_of_a_path_that_does_not_exist_is_2(self, round_files, run):
        round_files(GOOD)
        assert run("check", "nowhere").code == 2

    def test_check_of_a_folder_without_bids_is_1(self, round_files, run):
        round_files({"criteria/g.yaml": GROUP, "bids/notes.txt": "none"})
        assert run("check", "bids").code == 1

    @pytest.mark.parametrize("command", ["check", "evaluate"])
    @pytest.mark.parametrize("name", ["acme.yaml.txt", "bids.csv", "bids.xlsx"])
    def test_a_folder_with_a_file_that_only_looks_like_a_bid_has_no_bids(
        self, round_files, run, command, name
    ):
        round_files({"criteria/g.yaml": GROUP, f"bids/{name}": "vendor.id\nacme\n"})
        output = ["--output", "result.md"] if command == "evaluate" else []
        done = run(command, "bids", "--format", "json", *output)
        (error,) = (each for each in done.json["problems"] if each["severity"] == "error")
        assert (done.code, error["code"], error["file"]) == (1, "no-bids", "bids")
        assert f"bids/{name}" in error["help"]
        assert not Path("result.md").exists()

    def test_explain_of_a_vendor_is_0(self, round_files, run):
        round_files(GOOD)
        assert run("explain", "bids", "acme").code == 0

    @pytest.mark.parametrize(
        "arguments", [["bids", "nobody"], ["nowhere", "acme"], ["bids"]], ids=" ".join
    )
    def test_explain_of_nobody_is_2(self, round_files, run, arguments):
        round_files(GOOD)
        done = run("explain", *arguments)
        assert (done.code, done.out) == (2, "")

    def test_explain_of_a_vendor_that_withdrew_is_0(self, round_files, run):
        round_files({**GOOD, "bids/bolt.yaml": BOLT + "withdrawn: true\n"})
        done = run("explain", "bids", "bolt")
        assert done.code == 0
        assert "withdrawn" in done.out

    def test_explain_of_an_invalid_round_is_1(self, round_files, run):
        round_files(INVALID)
        assert run("explain", "bids", "acme").code == 1

    @pytest.mark.parametrize("arguments", [["unheard-of"], ["explain-code", "unheard-of"], ["-x"]])
    def test_an_unknown_command_or_code_is_2(self, run, arguments):
        assert run(*arguments).code == 2

    @pytest.mark.parametrize(
        "command", ["", "evaluate", "check", "explain", "init", "schema", "explain-code"]
    )
    def test_help_is_0(self, run, command):
        done = run(*command.split(), "--help")
        assert done.code == 0
        assert done.out

    @pytest.mark.parametrize("outcome", ["a shortlist", "invalid", "a tie at at_most 1"])
    def test_the_installed_command_exits_the_same(self, round_files, outcome):
        files, code = OUTCOMES[outcome]
        folder = round_files(files)
        done = subprocess.run(
            [COMMAND, "evaluate", "bids"], cwd=folder, capture_output=True, check=False
        )
        assert done.returncode == code

    def test_the_module_is_the_command(self, round_files):
        folder = round_files(GOOD)
        argv = ["evaluate", "bids", "--format", "json"]
        runs = [
            subprocess.run([*start, *argv], cwd=folder, capture_output=True, check=True).stdout
            for start in ([COMMAND], [sys.executable, "-m", "tenderscore"])
        ]
        assert runs[0] == runs[1]


class TestFormats:
    def test_the_table_names_every_bid(self, round_files, run):
        round_files(
            {**GOOD, "bids/core.yaml": "vendor: {id: core, name: Core}\nx: 5\n"}
            | {"criteria/method.yaml": "requirements: {r: {fact: x, at_least: 10}}\n"}
        )
        out = run("evaluate", "bids").out
        assert all(name in out for name in ("Acme Services", "Bolt Works", "Core"))
        assert "60" in out

    def test_the_table_without_a_terminal_is_plain(self, round_files, run):
        round_files(GOOD)
        out = run("evaluate", "bids").out
        assert "\x1b" not in out
        assert not re.search("[\u2500-\u257f]", out), "box art breaks in logs"

    def test_the_table_ends_with_what_was_read(self, round_files, run):
        round_files({**GOOD, "criteria/g.yaml": GROUP})
        last = run("evaluate", "bids").out.rstrip("\n").splitlines()[-1]
        assert last == "2 bids, 1 criterion, 0 scores"

    def test_chinese_names_keep_the_tables_columns(self, round_files, run):
        round_files({**GOOD, "bids/bolt.yaml": "vendor: {id: bolt, name: 甲公司}\nx: 50\n"})
        rows = [line for line in run("evaluate", "bids").out.splitlines() if "#" in line]
        ends = {
            columns(line[: line.index(total)])
            for line in rows
            for total in ("60.00", "50.00")
            if total in line
        }
        assert len(ends) == 1

    @pytest.mark.parametrize("width", [80, 140])
    def test_the_table_keeps_to_the_width(self, round_files, width):
        files = {**GOOD, "bids/bolt.yaml": f"vendor: {{id: bolt, name: {'甲乙 ' * 60}}}\nx: 50\n"}
        folder = round_files(files)
        done = subprocess.run(
            [COMMAND, "evaluate", "bids"],
            cwd=folder,
            capture_output=True,
            check=True,
            env=os.environ | {"COLUMNS": str(width)},
        )
        assert max(map(columns, done.stdout.decode().splitlines())) <= width

    def test_csv_is_a_table_of_every_bid(self, round_files, run):
        round_files(GOOD)
        rows = list(csv.reader(io.StringIO(run("evaluate", "bids", "--format", "csv").out)))
        assert len({len(row) for row in rows}) == 1
        assert {cell for row in rows for cell in row} >= {"acme", "bolt"}

    def test_markdown_has_a_table_with_every_bid(self, round_files, run):
        round_files(GOOD)
        out = run("evaluate", "bids", "--format", "markdown").out
        assert re.search(r"^\|.*Acme Services.*\|", out, re.MULTILINE)
        assert re.search(r"^\|.*Bolt Works.*\|", out, re.MULTILINE)
        assert re.search(r"^\|[ :|-]+\|$", out, re.MULTILINE)

    @pytest.mark.parametrize("form", FORMATS)
    def test_the_same_input_gives_the_same_bytes(self, round_files, form):
        folder = round_files({**GOOD, "tender.yaml": "deadline: 2026-03-31T17:00:00Z\n"})
        argv = [COMMAND, "evaluate", "bids", "--format", form]
        runs = {
            subprocess.run(
                argv,
                cwd=folder,
                capture_output=True,
                check=True,
                env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "COLUMNS": "100"},
            ).stdout
            for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
        }
        assert len(runs) == 1

    @pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant"])
    @pytest.mark.parametrize("form", FORMATS)
    def test_every_format_speaks_chinese_in_any_locale(self, round_files, lang, form):
        folder = round_files({**GOOD, "bids/bolt.yaml": "vendor: {id: bolt, name: 甲公司}\nx: 1\n"})
        done = subprocess.run(
            [COMMAND, "evaluate", "bids", "--format", form, "--lang", lang],
            cwd=folder,
            capture_output=True,
            check=True,
            env=os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": ""},
        )
        assert "甲公司" in done.stdout.decode("utf-8")


class TestOutput:
    def test_several_outputs_follow_their_extensions(self, round_files, run):
        folder = round_files(GOOD)
        names = ("a.json", "b.csv", "c.md")
        outputs = [part for name in names for part in ("--output", name)]
        assert run("evaluate", "bids", *outputs).code == 0
        assert json.loads((folder / "a.json").read_text())["schema"] == "tenderscore/evaluation/1"
        assert len((folder / "b.csv").read_text().splitlines()) == 3
        assert "|" in (folder / "c.md").read_text()

    def test_an_output_file_is_what_stdout_would_be(self, round_files, run):
        folder = round_files(GOOD)
        out = run("evaluate", "bids", "--format", "json").out
        run("evaluate", "bids", "--output", "a.json")
        assert (folder / "a.json").read_text(encoding="utf-8") == out

    def test_nothing_is_written_when_the_input_is_invalid(self, round_files, run):
        folder = round_files(INVALID)
        (folder / "a.json").write_text("as it was")
        done = run("evaluate", "bids", "--output", "a.json", "--output", "b.csv")
        assert done.code == 1
        assert (folder / "a.json").read_text() == "as it was"
        assert not (folder / "b.csv").exists()

    @pytest.mark.parametrize("outcome", ["all eliminated", "a tie at at_most 1"])
    def test_an_exit_of_3_is_written_in_full(self, round_files, run, outcome):
        folder = round_files(OUTCOMES[outcome][0])
        assert run("evaluate", "bids", "--output", "a.json").code == 3
        rounds = json.loads((folder / "a.json").read_text())["lots"][0]["rounds"]
        assert {row["vendor"] for row in rounds[0]["bids"]} == {"acme", "bolt"}

    def test_an_output_that_cannot_be_written_leaves_no_other_half_done(self, round_files, run):
        folder = round_files(GOOD)
        done = run("evaluate", "bids", "--output", "nowhere/a.json")
        assert done.code != 0
        assert "Traceback" not in done.err
        assert not (folder / "nowhere").exists()

    def test_an_output_leaves_no_other_files_behind(self, round_files, run):
        folder = round_files(GOOD)
        before = {path.name for path in folder.iterdir()}
        run("evaluate", "bids", "--output", "a.json")
        assert {path.name for path in folder.iterdir()} == before | {"a.json"}


class TestInit:
    def test_it_writes_a_round_that_evaluates_as_it_stands(self, tmp_path, run, monkeypatch):
        monkeypatch.chdir(tmp_path)
        assert run("init", "my-round").code == 0
        assert (tmp_path / "my-round" / "bids").is_dir()
        done = run("evaluate", "my-round/bids", "--format", "json")
        assert done.code == 0
        assert done.json["lots"][0]["shortlist"]

    def test_it_is_commented(self, tmp_path, run):
        run("init", tmp_path / "r")
        texts = [path.read_text(encoding="utf-8") for path in (tmp_path / "r").rglob("*.yaml")]
        assert texts
        assert any(line.lstrip().startswith("#") for text in texts for line in text.splitlines())

    def test_it_overwrites_nothing(self, tmp_path, run):
        run("init", tmp_path / "r")
        tender = tmp_path / "r" / "tender.yaml"
        tender.write_text("id: MINE\n")
        done = run("init", tmp_path / "r")
        assert done.code != 0
        assert tender.read_text() == "id: MINE\n"


class TestSchema:
    def test_it_prints_json(self, run):
        done = run("schema")
        assert done.code == 0
        assert json.loads(done.out)

    def test_it_writes_a_schema_for_every_kind_of_file(self, tmp_path, run):
        assert run("schema", "--write", tmp_path / "schemas").code == 0
        schemas = {path.name: json.loads(path.read_text()) for path in tmp_path.rglob("*.json")}
        assert len(schemas) >= 6
        assert all("$schema" in each for each in schemas.values())
        for kind in ("tender", "bid", "method", "score", "rates", "evaluation"):
            assert any(kind in name for name in schemas), kind


class TestStart:
    def test_evaluating_yaml_loads_no_heavy_library(self, round_files):
        folder = round_files(GOOD)
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "tenderscore", "evaluate", "bids"],
            cwd=folder,
            capture_output=True,
            check=True,
            text=True,
        )
        imported = set(re.findall(r"\|\s+([\w.]+)$", done.stderr, re.MULTILINE))
        heavy = {"pandas", "openpyxl", "jinja2", "scipy", "duckdb", "xlsxwriter"}
        assert "tenderscore" in imported
        assert not imported & heavy
