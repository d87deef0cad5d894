"""The program from outside: how it starts, ends, and fails."""

import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tenderscore.cli import main
from tenderscore.cli.options import EXPLAINED, FORMATS, LANGUAGES
from tenderscore.model import text
from tenderscore.reports import EXPLANATIONS, REPORTS

COMMAND = [sys.executable, "-m", "tenderscore"]
ROUND = """
    --- criteria/g.yaml
    id: g
    weight: 100
    criteria:
      - {id: x, title: Speed, weight: 100, fact: x, score: {method: points}}
    --- bids/acme.yaml
    vendor: {id: acme, name: Acmé 甲}
    x: 60
    --- bids/bolt.yaml
    vendor: {id: bolt}
    x: 50
    """


def start(*argv, **options):
    """The command in a process of its own."""
    return subprocess.Popen(
        [*COMMAND, *argv], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
    )


def finish(*argv, **options):
    done = subprocess.run(
        [*COMMAND, *argv], text=True, stderr=subprocess.PIPE, check=False, **options
    )
    return done.returncode, done.stderr


def on_a_terminal(*argv, **environment):
    """What the command writes to a terminal that is its standard output and error."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *argv],
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100", **environment},
    )
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    process.wait()
    return shown.decode(errors="replace")


class TestStart:
    @pytest.mark.parametrize("command", ["--help", "evaluate --help", "--version"])
    def test_help_loads_nothing_heavy(self, command):
        code = (
            "import sys, tenderscore.cli as cli; cli.main(sys.argv[1:]);"
            "print(*sys.modules, file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, *command.split()],
            capture_output=True,
            check=True,
            text=True,
        )
        heavy = {"numpy", "pydantic", "rich", "yaml", "jinja2", "tenderscore.api"}
        assert not heavy & set(done.stderr.split())

    def test_the_options_offer_what_there_is(self):
        assert tuple(REPORTS) == FORMATS
        assert tuple(EXPLANATIONS) == EXPLAINED
        assert text.LANGUAGES == LANGUAGES

    def test_every_line_of_help_fits_in_80_columns(self, run, monkeypatch):
        monkeypatch.setenv("COLUMNS", "80")
        for command in ("", "evaluate", "check", "explain", "init", "schema", "explain-code"):
            out = run(*command.split(), "--help").out
            assert max(map(len, out.split("\n"))) <= 80


class TestUsage:
    @pytest.mark.parametrize(
        ("argv", "words"),
        [
            (["evalute", "bids"], "evaluate"),
            (["evaluate", "bids", "--fromat", "json"], "--format"),
            (["evaluate", "bids", "--format", "jsn"], "did you mean `json`?"),
            (["evaluate", "bids", "--lang", "zh-hans"], "did you mean `zh-Hans`?"),
            (["evaluate", "bids", "--output", "r.xls"], ".xlsx"),
            (["evaluate", "bid"], "bid"),
            (["explain", "bids", "acme", "--format", "xlsx"], "csv"),
            (["explain", "bids", "akme"], "did you mean `acme`?"),
            (["explain-code", "weight-sums"], "did you mean `weight-sum`?"),
        ],
        ids=" ".join,
    )
    def test_what_was_probably_meant_is_said(self, round_files, run, argv, words):
        round_files(ROUND)
        done = run(*argv)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("error: ")
        assert words in done.err

    def test_a_mistake_is_told_in_the_language_that_was_asked_for(self, round_files, run):
        round_files(ROUND)
        english = run("explain", "bids", "akme").err
        chinese = run("explain", "bids", "akme", "--lang", "zh-Hans").err
        assert english != chinese
        assert "acme" in chinese

    def test_hostile_words_on_the_command_line_are_shown_harmlessly(self, run):
        err = run("evaluate", "no\x1b[31mwhere").err
        assert "\x1b" not in err
        assert r"\x1b" in err

    @pytest.mark.parametrize(
        "files",
        [
            ["a.json", "a.json"],
            ["a.json", "./a.json"],
            ["bids/acme.json"],
            ["criteria/g.json"],
            ["."],
        ],
        ids=" ".join,
    )
    def test_an_output_that_cannot_be_meant_is_refused(self, round_files, run, files):
        folder = round_files(ROUND)
        done = run("evaluate", "bids", *(part for file in files for part in ("--output", file)))
        assert (done.code, done.out) == (2, "")
        assert not list(folder.rglob("*.json"))

    def test_an_output_is_never_an_input(self, round_files, run):
        table = "vendor.id,x\nacme,60\n"
        folder = round_files({"criteria/g.yaml": ROUND.split("---")[1].split("\n", 1)[1]})
        (folder / "bids.csv").write_text(table)
        done = run("evaluate", "bids.csv", "--output", "bids.csv")
        assert (done.code, (folder / "bids.csv").read_text()) == (2, table)

    def test_a_workbook_is_not_for_a_screen(self, round_files):
        round_files(ROUND)
        shown = on_a_terminal("evaluate", "bids", "--format", "xlsx")
        assert "--output result.xlsx" in shown
        assert "PK" not in shown


class TestStandardOutput:
    def test_a_full_disk_is_74(self):
        with Path("/dev/full").open("w") as full:
            code, err = finish("schema", stdout=full)
        assert code == 74
        assert err == "error: cannot write to standard output: No space left on device\n"

    def test_a_reader_who_has_gone_is_141_and_quiet(self):
        reading, writing = os.pipe()
        os.close(reading)
        assert finish("schema", stdout=writing) == (141, "")
        os.close(writing)

    def test_a_closed_output_is_74(self):
        done = subprocess.run(
            ["/bin/sh", "-c", '"$@" >&-', "-", *COMMAND, "schema"],
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (74, "error: standard output is closed\n")

    def test_a_closed_error_output_changes_nothing(self, round_files):
        round_files(ROUND)
        done = subprocess.run(
            ["/bin/sh", "-c", '"$@" 2>&-', "-", *COMMAND, "evaluate", "nowhere"],
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (2, "")

    @pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
    def test_bytes_do_not_depend_on_the_locale(self, round_files, locale):
        round_files(ROUND)
        outputs = {
            subprocess.run(
                [*COMMAND, "evaluate", "bids"],
                stdout=subprocess.PIPE,
                check=True,
                env={**os.environ, "LC_ALL": each, "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
            ).stdout
            for each in (locale, "C.UTF-8")
        }
        assert len(outputs) == 1
        assert "Acmé 甲".encode() in outputs.pop()

    def test_a_terminal_that_knows_ascii_alone_gets_ascii(self, round_files):
        round_files(ROUND)
        shown = on_a_terminal("evaluate", "bids", PYTHONIOENCODING="ascii")
        assert shown.isascii()
        assert r"Acm\xe9 \u7532" in shown

    def test_a_terminal_gets_colour_unless_it_is_refused(self, round_files):
        round_files(ROUND)
        assert "\x1b[" in on_a_terminal("evaluate", "bids", NO_COLOR="")
        assert "\x1b[" not in on_a_terminal("evaluate", "bids", NO_COLOR="1")
        assert "\x1b[" not in on_a_terminal("evaluate", "bids", NO_COLOR="", TERM="dumb")

    def test_colour_can_be_had_without_a_terminal(self, round_files, run, monkeypatch):
        round_files(ROUND)
        monkeypatch.setenv("FORCE_COLOR", "1")
        assert "\x1b[" in run("evaluate", "bids").out
        monkeypatch.setenv("NO_COLOR", "1")
        assert "\x1b[" not in run("evaluate", "bids").out


class TestWarnings:
    WARNED = ROUND.replace("x: 50", "y: 50")

    def test_one_screen_shows_a_warning_once(self, round_files):
        round_files(self.WARNED)
        assert on_a_terminal("evaluate", "bids").count("missing-fact") == 1

    def test_two_streams_have_it_on_standard_error(self, round_files, run):
        round_files(self.WARNED)
        for form in ("table", "csv", "markdown"):
            assert "warning[missing-fact]" in run("evaluate", "bids", "--format", form).err

    def test_quiet_leaves_errors(self, round_files, run):
        round_files(self.WARNED.replace("x: 60", "x: many"))
        err = run("check", "bids", "--quiet").err
        assert "error[" in err
        assert "warning[" not in err

    def test_a_valid_round_is_said_to_be(self, round_files, run):
        round_files(ROUND)
        assert run("check", "bids").out == "bids is valid\n"
        assert run("check", "bids", "--format", "json").json == {
            "schema": "tenderscore/problems/1",
            "problems": [],
        }

    def test_what_was_written_is_said_and_kept_quiet(self, round_files, run):
        round_files(ROUND)
        assert run("evaluate", "bids", "--output", "r.json").err == "wrote r.json\n"
        assert run("evaluate", "bids", "--output", "r.json", "--quiet").err == ""


class TestEnds:
    def test_an_interruption_leaves_no_file_behind(self, round_files):
        """A pipe that nobody reads holds the command up when both files are ready."""
        folder = round_files(ROUND)
        os.mkfifo(folder / "pipe.csv")
        process = start("evaluate", "bids", "--output", "pipe.csv", "--output", "a.json")
        waited_until = time.monotonic() + 30
        while not list(folder.glob(".*.tmp")) and time.monotonic() < waited_until:
            time.sleep(0.01)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out) == (130, "")
        assert "interrupted" in err
        assert "Traceback" not in err
        assert {path.name for path in folder.iterdir()} == {"bids", "criteria", "pipe.csv"}

    def test_a_bug_owns_up_and_keeps_its_traceback_for_those_who_ask(self, monkeypatch, run):
        def broken(*_):
            raise ZeroDivisionError("seven")

        monkeypatch.setattr("tenderscore.cli.schema._chosen", broken)
        done = run("schema")
        assert done.code == 70
        assert "bug in tenderscore: ZeroDivisionError: seven" in done.err
        assert "Traceback" not in done.err
        monkeypatch.setenv("TENDERSCORE_TRACEBACK", "1")
        assert "Traceback" in run("schema").err

    def test_main_returns_and_run_exits(self):
        assert isinstance(main(["--help"]), int)
        assert finish("--nonsense", stdout=subprocess.DEVNULL)[0] == 2

    def test_the_first_of_two_words_tells_the_second(self, run):
        done = run("sheets", "--help")
        assert (done.code, done.err) == (0, "")
        assert re.findall(r"^  (sheets \w+)", done.out, re.MULTILINE) == [
            "sheets make",
            "sheets read",
        ]
        done = run("sheets")
        assert (done.code, done.out) == (2, "")
        assert "help: tenderscore sheets --help" in done.err

    def test_nothing_said_is_a_mistake(self, run):
        done = run()
        assert (done.code, done.out) == (2, "")
        assert re.search("^  help: tenderscore --help", done.err, re.MULTILINE)
