"""Score sheets read back: whole or not at all, each problem with its cell, no mark lost."""

import shutil

import pytest
import yaml
from tests.sheets.filling import ROUND, change, damage, fill

# Li's sheet has three lines, all about acme: premises, team, answers.
GOOD = {0: 3, 1: 2.5, 2: 70}
KEPT = {"visit.premises": 3, "visit.team": 2.5, "talk.answers": 70}


@pytest.fixture
def made(round_files, run):
    """A round whose sheets have been made; `made({...})` changes its files first."""

    def invoke(changes=None, *options):
        folder = round_files(ROUND | (changes or {}))
        done = run("sheets", "make", "bids", "--round", "visits", "--output", "out", *options)
        assert done.code == 0, done.err
        return folder

    return invoke


@pytest.fixture
def read(run):
    """Read sheets into `scores`; what is said of them, by default without an error."""

    def invoke(*argv, code=0):
        done = run("sheets", "read", *(argv or ("out/li.xlsx",)), "--into", "scores")
        assert done.code == code, done.err
        return done.out if code == 0 else done.err

    invoke.run = run
    return invoke


def kept(folder, evaluator="li"):
    """The marks of a score file as another program reads them."""
    path = folder / "scores" / f"{evaluator}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


class TestReading:
    def test_marks_become_a_score_file(self, made, read):
        folder = made()
        fill(folder / "out/li.xlsx", {0: 3, 1: (2.5, "Two of four know the keys"), 2: 70})
        assert read() == "scores/li.yaml: 3 new, 0 changed, 0 as before\n"
        file = kept(folder)
        assert file["evaluator"] == {"id": "li", "name": "Li Wei"}
        marks = KEPT | {"visit.team": {"score": 2.5, "comment": "Two of four know the keys"}}
        assert file["scores"] == {"acme": marks}

    def test_the_order_of_the_vendors_is_on_record(self, made, read):
        folder = made()
        read("out/wang.xlsx")
        assert sorted(kept(folder, "wang")["sheet"]["order"]["visits"]) == ["acme", "bolt"]

    @pytest.mark.parametrize("word", ["abstain", " Abstain", "弃权", "棄權"])
    def test_an_abstention_is_neither_0_nor_missing(self, made, read, word):
        folder = made()
        fill(folder / "out/li.xlsx", GOOD | {1: word})
        assert "3 new" in read()
        assert kept(folder)["scores"]["acme"]["visit.team"] == "abstain"

    def test_numbers_typed_as_text_are_numbers(self, made, read):
        folder = made()
        fill(folder / "out/li.xlsx", GOOD | {0: "3 ", 1: "２.５"})
        read()
        assert kept(folder)["scores"] == {"acme": KEPT}

    def test_a_comment_is_kept_whatever_it_looks_like(self, made, read):
        comment = 'NO: "=1+1" #\n - {a: b}\t\u202e \\ 007'
        folder = made()
        fill(folder / "out/li.xlsx", GOOD | {0: (3, comment)})
        read()
        assert kept(folder)["scores"]["acme"]["visit.premises"]["comment"] == comment

    def test_a_sheet_that_is_not_full_is_a_warning(self, made, run):
        folder = made()
        fill(folder / "out/li.xlsx", {0: 3})
        done = run("sheets", "read", "out/li.xlsx", "--into", "scores")
        assert done.code == 0
        place = "out/li.xlsx:Scoring!D7: warning[sheet-incomplete]"
        assert f"{place}: li has not scored everything: scores lacking: 2" in done.err

    def test_or_an_error_where_it_is_to_be_complete(self, made, read):
        folder = made()
        fill(folder / "out/li.xlsx", {0: 3})
        assert "error[sheet-incomplete]" in read("out/li.xlsx", "--complete", code=1)
        assert not (folder / "scores").exists()

    def test_a_folder_of_sheets(self, made, read):
        folder = made()
        for name in ("li", "wang", "osei"):
            fill(folder / f"out/{name}.xlsx", {})
        assert len(read("out").splitlines()) == 3

    def test_another_place_for_the_score_files_needs_the_bids(self, made, run):
        folder = made()
        fill(folder / "out/li.xlsx", GOOD)
        args = ("sheets", "read", "out/li.xlsx", "--into", "else/where")
        assert "name them with --bids" in run(*args).err
        assert run(*args, "--bids", "bids").code == 0
        assert (folder / "else/where/li.yaml").exists()


class TestProblems:
    @pytest.mark.parametrize(
        ("mark", "said"),
        [
            ({0: 6}, "D6: error[off-scale]: 6 is off the scale of visit.premises, 0 to 5"),
            ({0: 2.5}, "D6: error[off-step]"),
            ({2: -1}, "D8: error[off-scale]"),
            ({1: "good"}, "D7: error[score-form]"),
            ({1: True}, "D7: error[score-form]"),
        ],
    )
    def test_a_score_that_the_scale_does_not_have(self, made, read, mark, said):
        folder = made()
        fill(folder / "out/li.xlsx", GOOD | mark)
        assert f"out/li.xlsx:Scoring!{said}" in read(code=1)

    def test_all_problems_of_all_sheets_are_told_and_nothing_is_written(self, made, read):
        folder = made()
        fill(folder / "out/li.xlsx", GOOD | {0: 9})
        fill(folder / "out/wang.xlsx", {0: 3, 1: 77})
        fill(folder / "out/osei.xlsx", {0: 50, 1: 50})
        said = read("out", code=1)
        assert "out/li.xlsx:Scoring!D6" in said
        assert "out/wang.xlsx:评分!D7" in said
        assert not (folder / "scores").exists()

    @pytest.mark.parametrize("cell", ["A6", "B6"])
    def test_a_vendor_or_criterion_that_was_changed(self, made, read, cell):
        folder = made()
        fill(folder / "out/li.xlsx", GOOD)
        change(folder / "out/li.xlsx", cell, "Bolt & Sons")
        assert f"out/li.xlsx:Scoring!{cell}: error[sheet-changed]" in read(code=1)

    def test_lines_that_were_moved(self, made, read):
        folder = made()
        fill(folder / "out/wang.xlsx", dict.fromkeys(range(6), 3))
        change(folder / "out/wang.xlsx", "A9", None)
        assert "out/wang.xlsx:评分!A9: error[sheet-changed]" in read("out/wang.xlsx", code=1)

    def test_a_sheet_for_other_criteria(self, made, read):
        folder = made()
        fill(folder / "out/li.xlsx", GOOD)
        path = folder / "criteria/visit.yaml"
        path.write_text(path.read_text().replace("3: By day", "3: By night"))
        assert "out/li.xlsx: error[sheet-criteria]" in read(code=1)

    def test_the_same_sheet_twice(self, made, read):
        folder = made()
        fill(folder / "out/li.xlsx", GOOD)
        shutil.copy(folder / "out/li.xlsx", folder / "out/li-2.xlsx")
        said = read("out/li.xlsx", "out/li-2.xlsx", code=1)
        assert "out/li-2.xlsx: error[sheet-twice]: li has the same sheet twice" in said
        assert "repeated-score" not in said

    def test_a_sheet_of_somebody_who_is_not_on_the_panel(self, made, read):
        folder = made()
        fill(folder / "out/li.xlsx", GOOD)
        (folder / "panel.yaml").write_text("evaluators: [{id: wang}]\n")
        assert "out/li.xlsx:Scoring!D6: error[unknown-evaluator]" in read(code=1)

    def test_a_comment_without_a_score(self, made, run):
        folder = made()
        fill(folder / "out/li.xlsx", GOOD | {1: (None, "Not there yet")})
        done = run("sheets", "read", "out/li.xlsx", "--into", "scores")
        assert "out/li.xlsx:Scoring!E7: warning[comment-alone]" in done.err

    def test_a_workbook_that_is_no_sheet(self, made, read):
        folder = made()
        (folder / "out/li.xlsx").write_bytes(b"PK\x03\x04 no workbook at all")
        assert "error[broken-workbook]" in read(code=1)

    def test_a_sheet_that_has_lost_what_is_behind_it(self, made, read):
        folder = made()
        change(folder / "out/li.xlsx", "A1", "x")
        damage(folder / "out/li.xlsx")
        assert "out/li.xlsx: error[sheet-form]" in read(code=1)

    def test_what_is_no_file_at_all(self, made, run):
        made()
        done = run("sheets", "read", "out/lee.xlsx", "--into", "scores")
        assert (done.code, "out/lee.xlsx does not exist" in done.err) == (2, True)


class TestChanges:
    @pytest.fixture
    def twice(self, made, read):
        """A round whose sheet was read once; then a mark was changed."""
        folder = made()
        fill(folder / "out/li.xlsx", GOOD | {0: (3, "By day")})
        read()
        fill(folder / "out/li.xlsx", {0: (4, "Evenings too")})
        return folder

    def test_the_same_sheet_again_changes_nothing(self, made, read):
        folder = made()
        fill(folder / "out/li.xlsx", GOOD)
        read()
        before = (folder / "scores/li.yaml").read_bytes()
        assert read() == "scores/li.yaml: 0 new, 0 changed, 3 as before\n"
        assert (folder / "scores/li.yaml").read_bytes() == before

    def test_a_changed_mark_is_shown_and_not_taken(self, twice, read):
        before = (twice / "scores/li.yaml").read_bytes()
        said = read(code=1)
        place = "out/li.xlsx:Scoring!D6: error[mark-changed]"
        assert f"{place}: visit.premises of acme was 3 when it was last read, and is 4" in said
        assert "scores/li.yaml:9:29: note: what was read" in said
        assert (twice / "scores/li.yaml").read_bytes() == before

    def test_with_a_reason_it_is_taken_and_the_file_keeps_what_it_was(self, twice, read):
        said = read("out/li.xlsx", "--reason", "Went there again")
        assert "0 new, 1 changed, 2 as before\n  visit.premises of acme: 3 -> 4" in said
        assert kept(twice)["scores"]["acme"]["visit.premises"] == {
            "score": 4,
            "comment": "Evenings too",
            "reason": "Went there again",
            "was": [{"score": 3, "comment": "By day"}],
        }

    def test_every_change_stays_on_record(self, twice, read):
        read("out/li.xlsx", "--reason", "Went there again")
        fill(twice / "out/li.xlsx", {0: "abstain"})
        read("out/li.xlsx", "--reason", "Now employed there")
        assert kept(twice)["scores"]["acme"]["visit.premises"]["was"] == [
            {"score": 4, "comment": "Evenings too", "reason": "Went there again"},
            {"score": 3, "comment": "By day"},
        ]

    def test_a_changed_comment_is_a_change(self, made, read):
        folder = made()
        fill(folder / "out/li.xlsx", GOOD | {0: (3, "By day")})
        read()
        fill(folder / "out/li.xlsx", {0: (3, "By night")})
        assert "the comment on visit.premises of acme is not what it was" in read(code=1)

    def test_a_mark_that_was_emptied_stands(self, twice, run):
        fill(twice / "out/li.xlsx", {0: None})
        done = run("sheets", "read", "out/li.xlsx", "--into", "scores")
        assert done.code == 0
        assert "D6: warning[mark-kept]" in done.err
        assert kept(twice)["scores"]["acme"]["visit.premises"]["score"] == 3

    def test_a_later_sheet_adds_what_is_new(self, made, read):
        folder = made()
        fill(folder / "out/li.xlsx", {0: 3})
        read()
        fill(folder / "out/li.xlsx", GOOD)
        assert read() == "scores/li.yaml: 2 new, 0 changed, 1 as before\n"

    def test_a_score_file_written_by_hand_is_left_alone(self, made, read):
        folder = made({"scores/li.yaml": "evaluator: {id: li}\n# mine\nscores: {}\n"})
        fill(folder / "out/li.xlsx", GOOD)
        assert "scores/li.yaml: error[score-file]" in read(code=1)
        assert "# mine" in (folder / "scores/li.yaml").read_text()


def test_two_evaluators_never_share_a_score_file(made, read):
    panel = "evaluators: [{id: a/b, groups: [talk]}, {id: a b, groups: [talk]}]\n"
    folder = made({"panel.yaml": panel}, "--format", "yaml", "--evaluator", "a/b")
    args = ("--round", "visits", "--output", "other", "--format", "yaml", "--evaluator", "a b")
    assert (folder / "out/a_b.yaml").exists()
    shutil.move(folder / "out", folder / "first")
    read.run("sheets", "make", "bids", *args)
    assert "is the score file of a/b, not of a b" in read("first", "other", code=1)


class TestBlind:
    def test_codes_become_vendors_again(self, made, read):
        folder = made({}, "--blind", "--key", "key.yaml")
        fill(folder / "out/li.xlsx", GOOD)
        read("out/li.xlsx", "--key", "key.yaml")
        assert kept(folder)["scores"] == {"acme": KEPT}

    def test_without_the_key_they_stay_unread(self, made, read):
        folder = made({}, "--blind", "--key", "key.yaml")
        fill(folder / "out/li.xlsx", GOOD)
        assert "error[sheet-key]" in read(code=1)

    def test_a_key_of_another_round_is_told_from_it(self, made, read):
        folder = made({}, "--blind", "--key", "key.yaml")
        fill(folder / "out/li.xlsx", GOOD)
        text = "secret: 0123456789abcdef\ncodes: {ABCD: acme}\n"
        (folder / "other.yaml").write_text(text)
        assert "the key has no code" in read("out/li.xlsx", "--key", "other.yaml", code=1)

    @pytest.mark.parametrize("text", ["", "[1]", "codes: {A: acme}", "secret: x\ncodes: {}"])
    def test_a_file_that_is_no_key(self, made, read, text):
        folder = made()
        (folder / "other.yaml").write_text(text)
        assert "other.yaml" in read("out/li.xlsx", "--key", "other.yaml", code=1)


@pytest.mark.parametrize("form", ["csv", "yaml"])
class TestText:
    """The same sheets for those who script."""

    def test_a_filled_one_reads_like_the_workbook(self, made, read, form):
        folder = made({}, "--format", form)
        fill_text(folder / f"out/li.{form}", [3, 2.5, 70])
        read(f"out/li.{form}")
        assert kept(folder)["scores"] == {"acme": KEPT}

    def test_an_empty_one_is_incomplete(self, made, run, form):
        made({}, "--format", form)
        done = run("sheets", "read", f"out/li.{form}", "--into", "scores")
        assert "scores lacking: 3" in done.err

    def test_it_is_made_for_its_criteria(self, made, read, form):
        folder = made({}, "--format", form)
        path = folder / "criteria/visit.yaml"
        path.write_text(path.read_text().replace("3: By day", "3: By night"))
        assert "error[sheet-criteria]" in read(f"out/li.{form}", code=1)

    def test_ids_that_look_like_formulas_stay_what_they_are(self, made, read, form):
        bid = {"bids/acme.yaml": 'vendor: {id: "=1+1", name: "@cmd"}\nyears: 9\n'}
        folder = made(bid, "--format", form)
        fill_text(folder / f"out/li.{form}", [3, 2.5, 70])
        read(f"out/li.{form}")
        assert kept(folder)["scores"] == {"=1+1": KEPT}

    def test_a_blind_one_needs_its_key(self, made, read, form):
        folder = made({}, "--format", form, "--blind", "--key", "key.yaml")
        fill_text(folder / f"out/li.{form}", [3, 2.5, 70])
        assert "error[sheet-key]" in read(f"out/li.{form}", code=1)
        read(f"out/li.{form}", "--key", "key.yaml")
        assert kept(folder)["scores"] == {"acme": KEPT}


def fill_text(path, scores):
    """Put scores into the blanks, in order."""
    text = path.read_bytes().decode()
    blank, filled = (",,,", ",{},,") if path.suffix == ".csv" else ("{score: ,", "{{score: {},")
    before, *rest = text.split(blank)
    parts = [filled.format(score) + each for score, each in zip(scores, rest, strict=True)]
    path.write_bytes((before + "".join(parts)).encode())
