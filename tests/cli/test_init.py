"""`tenderscore init`: a round to start from."""

from pathlib import Path

import pytest
import yaml

from tenderscore.cli.schemas import INPUTS

STARTER = Path(__file__).parents[2] / "src" / "tenderscore" / "starter"
LANGUAGES = ("en", "zh-Hans", "zh-Hant")
TEXTS = {"title", "name", "comment", "currency", "from", "to", "amount", "rate", "budget", "price"}
TEXTS |= {"role", "reason", "language"}


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def skeleton(content):
    """What is the same in every language."""
    if isinstance(content, dict):
        return {
            key: key if key in TEXTS or key in {"deadline", "received"} else skeleton(value)
            for key, value in content.items()
        }
    return [skeleton(each) for each in content] if isinstance(content, list) else content


class TestInit:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_the_round_evaluates_as_it_stands(self, tmp_path, run, lang):
        assert run("init", tmp_path / "round", "--lang", lang).code == 0
        done = run("evaluate", tmp_path / "round" / "bids", "--format", "json")
        (lot,) = done.json["lots"]
        assert (done.code, done.json["warnings"]) == (0, [])
        assert (lot["winner"], lot["shortlist"]) == ("alder", ["alder"])
        outcomes = {row["vendor"]: row["outcome"] for row in lot["rounds"][0]["bids"]}
        assert outcomes == {"alder": "advanced", "birch": "advanced", "cedar": "eliminated"}

    @pytest.mark.parametrize("lang", LANGUAGES[1:])
    def test_the_languages_differ_in_words_and_money_alone(self, lang):
        assert files(STARTER / lang) == files(STARTER / "en")
        for name in files(STARTER / "en"):
            theirs, ours = (
                yaml.safe_load((STARTER / each / name).read_text(encoding="utf-8"))
                for each in (lang, "en")
            )
            assert skeleton(theirs) == skeleton(ours), name

    def test_every_file_names_its_schema_and_every_kind_is_explained(self, tmp_path, run):
        run("init", tmp_path)
        explained = set()
        for path in tmp_path.rglob("*.yaml"):
            first, *lines = path.read_text(encoding="utf-8").split("\n")
            schema = path.parent / first.removeprefix("# yaml-language-server: $schema=")
            assert schema.is_file(), path
            if any("# " in line for line in lines):
                explained.add(schema.name)
        assert explained == {each.file for each in INPUTS}

    def test_the_schemas_are_those_of_the_files_people_write(self, tmp_path, run):
        run("init", tmp_path)
        written = {path.name for path in (tmp_path / ".schemas").iterdir()}
        assert written == {each.file for each in INPUTS}

    def test_it_says_what_it_made_and_what_to_do_next(self, tmp_path, run, monkeypatch):
        monkeypatch.chdir(tmp_path)
        out = run("init", "my round").out
        assert "my round/" in out
        assert out.endswith("now try: tenderscore evaluate 'my round/bids'\n")

    @pytest.mark.parametrize(
        "name",
        ["tender.yaml", "criteria", "bids", "scores", "rates.yaml", "panel.yaml", "decisions.yaml"],
    )
    def test_a_folder_with_part_of_a_round_is_left_alone(self, tmp_path, run, name):
        (tmp_path / name).mkdir()
        done = run("init", tmp_path)
        assert (done.code, done.out) == (2, "")
        assert f"{tmp_path / name} is there already; nothing was written" in done.err
        assert [path.name for path in tmp_path.iterdir()] == [name]

    def test_a_folder_with_other_things_is_fine(self, tmp_path, run):
        (tmp_path / "README.md").write_text("mine")
        assert run("init", tmp_path).code == 0
        assert (tmp_path / "README.md").read_text() == "mine"

    def test_a_file_is_no_folder(self, tmp_path, run):
        (tmp_path / "x").write_text("mine")
        assert run("init", tmp_path / "x").code == 2
        assert run("init", tmp_path / "x" / "y").code == 74

    def test_a_second_time_is_refused(self, tmp_path, run):
        codes = [run("init", tmp_path / "round").code for _ in range(2)]
        assert codes == [0, 2]
