"""``--help``, and what is said of words that were typed wrongly, in the language of ``--lang``."""

import re
import subprocess
import sys
import unicodedata

import pytest

from tenderscore.cli.app import COMMANDS

CHINESE = ("zh-Hans", "zh-Hant")
HELPED = ("", "sheets", *COMMANDS)
_ENTRY = re.compile(r"  (?P<entry>(?:-h, )?\S+(?: [A-Z]+)*)(?: +(?P<text>.*))?")


def cells(text):
    """How wide a text is on a screen."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def is_chinese(text):
    return any("\u4e00" <= each <= "\u9fff" for each in text)


def entries(page):
    """The arguments, options and commands of a page of help, and where their texts begin."""
    found = {}
    entry = None
    for line in page.splitlines():
        if line.startswith("   ") and entry and not re.match(r"   ?[0-9 ]{2}  ", line):
            found[entry].append(line)
        elif match := _ENTRY.fullmatch(line):
            entry = match["entry"]
            found[entry] = [line]
        else:
            entry = None
    return found


@pytest.fixture(autouse=True)
def screen(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def helped(run):
    """The help of a command in a language."""

    def invoke(name, language):
        done = run(*name.split(), "--help", "--lang", language)
        assert (done.code, done.err) == (0, "")
        return done.out

    return invoke


class TestTranslated:
    @pytest.mark.parametrize("language", CHINESE)
    @pytest.mark.parametrize("name", HELPED)
    def test_every_paragraph_and_every_option_is(self, helped, name, language):
        page, english = helped(name, language), helped(name, "en")
        assert english.isascii()
        for paragraph in re.split(r"\n\n", page):
            assert is_chinese(paragraph), paragraph
        words = entries(page)
        assert words.keys() == entries(english).keys()
        untranslated = [entry for entry, lines in words.items() if not is_chinese("".join(lines))]
        assert untranslated == []

    @pytest.mark.parametrize("language", CHINESE)
    @pytest.mark.parametrize("name", HELPED)
    def test_it_is_as_wide_as_the_screen_at_most(self, helped, name, language):
        assert max(map(cells, helped(name, language).splitlines())) <= 80

    @pytest.mark.parametrize("language", ["en", *CHINESE])
    @pytest.mark.parametrize("name", COMMANDS)
    def test_its_texts_stand_in_one_column(self, helped, name, language):
        columns = set()
        for entry, (first, *rest) in entries(helped(name, language)).items():
            alone = first.strip() == entry
            if not alone:
                columns.add(len(first) - len(first[2 + len(entry) :].lstrip()))
            columns |= {len(line) - len(line.lstrip(" ")) for line in rest}
        assert len(columns) == 1

    def test_the_two_chinese_are_two(self, helped):
        assert all(helped(name, "zh-Hans") != helped(name, "zh-Hant") for name in HELPED)

    def test_a_narrow_screen_breaks_between_chinese_characters(self, helped, monkeypatch):
        monkeypatch.setenv("COLUMNS", "50")
        lines = helped("evaluate", "zh-Hans").splitlines()
        assert max(map(cells, lines)) <= 50
        assert len(lines) > len(helped("check", "zh-Hans").splitlines())


class TestLanguage:
    @pytest.mark.parametrize(
        "words",
        [
            "evaluate --help --lang zh-Hans",
            "evaluate --lang zh-Hans --help",
            "evaluate --lang=zh-Hans -h",
            "evaluate bids --output r.json --help --quiet --lang zh-Hans",
            "--lang zh-Hans evaluate --help",
            "--lang=zh-Hans evaluate --help",
            "evaluate --lang en --help --lang zh-Hans",
        ],
    )
    def test_it_may_stand_anywhere(self, helped, run, words):
        assert run(*words.split()).out == helped("evaluate", "zh-Hans")

    @pytest.mark.parametrize(
        "words", ["--help --lang zh-Hant", "--lang zh-Hant --help", "-h --lang=zh-Hant"]
    )
    def test_it_may_stand_without_a_command(self, helped, run, words):
        assert run(*words.split()).out == helped("", "zh-Hant")

    @pytest.mark.parametrize("words", ["--help --lang", "--help --lang fr", "--lang fr --help"])
    def test_one_that_is_unknown_is_english(self, run, words):
        assert run(*words.split()).out == run("--help").out
        assert run("check", *words.split()).out == run("check", "--help").out

    def test_it_may_stand_before_a_command_that_does_something(self, round_files, run):
        round_files({"bids/acme.yaml": "vendor: {id: acme}\n"})
        after = run("check", "bids", "--lang", "zh-Hans")
        assert run("--lang", "zh-Hans", "check", "bids") == after
        assert is_chinese(after.out + after.err)

    def test_what_editors_are_told_of_is_named_in_it(self, tmp_path, run):
        lines = run("schema", "--write", tmp_path, "--lang", "zh-Hans").out.splitlines()
        assert sum(map(is_chinese, lines)) >= 7

    def test_english_loads_no_catalogue_and_chinese_no_library_of_numbers(self):
        english, chinese = (
            _loaded("evaluate", "--help", *more) for more in ([], ["--lang=zh-Hans"])
        )
        assert not {"rich", "tenderscore.locale", "tenderscore.reports"} & english
        assert "tenderscore.locale" in chinese
        assert not {"numpy", "pydantic", "yaml", "tenderscore.api"} & chinese


def _loaded(*argv):
    code = (
        "import sys, tenderscore.cli as cli; cli.main(sys.argv[1:]);"
        "print(*sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, *argv]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    return set(done.stderr.split())


class TestObjections:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("evaluate", "BIDS must be given"),
            ("explain bids", "VENDOR must be given"),
            ("explain", "BIDS, VENDOR must be given"),
            ("sheets make bids --output s", "--round must be given"),
            ("evaluate bids --lot", "--lot lacks its value"),
            ("evaluate bids --lot --quiet", "--lot lacks its value"),
            ("evaluate bids --quiet=yes", "--quiet takes no value"),
            ("panel bids --high tall", "--high: 'tall' is no number of percent"),
            ("panel bids --striking 101", "--striking: '101' is no number of percent"),
            ("evaluate bids --fromat x", "there is no option --fromat"),
            ("check bids more", "unexpected argument 'more'"),
            ("evalute", "there is no command 'evalute'"),
        ],
    )
    def test_each_is_a_sentence_of_ours(self, run, words, said):
        done = run(*words.split())
        assert (done.code, done.out) == (2, "")
        assert done.err.splitlines()[0] == f"error: {said}"

    def test_letters_that_run_together(self, run):
        done = run("check", "bids", "-hx")
        # Which letter argparse finds fault with differs between versions of Python.
        said = {"error: -h takes no value", "error: there is no option -x"}
        assert (done.code, done.out) == (2, "")
        assert done.err.splitlines()[0] in said

    @pytest.mark.parametrize("language", CHINESE)
    @pytest.mark.parametrize(
        "words",
        [
            "evaluate",
            "sheets make bids --output s",
            "evaluate bids --lot",
            "evaluate bids --quiet=yes",
            "panel bids --high tall",
            "evaluate bids --fromat x",
            "check bids more",
            "explain-code no-such-code",
            "schema no-such-kind",
            "evalute",
            "",
        ],
    )
    def test_each_is_told_in_the_language(self, run, words, language):
        done = run("--lang", language, *words.split())
        assert done.code == 2
        assert all(map(is_chinese, done.err.splitlines()))

    def test_an_output_that_fails_is_told_in_the_language(self, round_files, run):
        round_files({"bids/acme.yaml": "vendor: {id: acme}\n"})
        done = run("init", "bids/acme.yaml/there", "--lang", "zh-Hans")
        assert done.code == 74
        assert is_chinese(done.err)
