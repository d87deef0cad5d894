"""From bids to a winner over sheets that are made, filled and read, or lie in `scores`."""

import shutil

import pytest
from tests.sheets.filling import ROUND, fill, lines

# What each evaluator thinks of acme and bolt: premises, team, answers.
THOUGHTS = {
    "li": {"Acme Guards": [4, 3.5, 80]},
    "wang": {"Acme Guards": [3, 4, 60], "Bolt & Sons": [4, 4.5, 90]},
    "osei": {"Acme Guards": [70], "Bolt & Sons": [50]},
}


@pytest.fixture
def filled(round_files, run):
    """A round whose sheets were made and filled, vendor by vendor, in `out`."""

    def invoke(*options):
        folder = round_files(ROUND)
        args = ("sheets", "make", "bids", "--round", "visits", "--output", "out")
        assert run(*args, *options).code == 0
        for evaluator, thoughts in THOUGHTS.items():
            path = folder / f"out/{evaluator}.xlsx"
            given = {vendor: iter(scores) for vendor, scores in thoughts.items()}
            fill(path, {row: next(given[line[0]]) for row, line in enumerate(lines(path))})
        return folder

    return invoke


def standing(run, *options):
    done = run("evaluate", "bids", "--format", "json", *options)
    assert done.code == 0, done.err
    (lot,) = done.json["lots"]
    return {bid["vendor"]: bid["total"] for bid in lot["rounds"][-1]["bids"]}, lot["winner"]


def test_sheets_are_read_and_the_round_is_decided(filled, run):
    filled()
    assert run("sheets", "read", "out", "--into", "scores").code == 0
    # acme: premises 3.5 of 5, team 3.75 of 5, answers 70: 0.6 x 72.5 + 0.4 x 70.
    # bolt: premises 4 of 5, team 4.5 of 5, answers 70: 0.6 x 85 + 0.4 x 70.
    assert standing(run) == ({"bolt": 79.0, "acme": 71.5}, "bolt")


def test_workbooks_in_the_folder_of_scores_count_as_they_are(filled, run):
    folder = filled()
    shutil.move(folder / "out", folder / "scores")
    assert standing(run) == ({"bolt": 79.0, "acme": 71.5}, "bolt")


def test_so_do_sheets_in_yaml_and_csv(round_files, run):
    folder = round_files(ROUND)
    for form in ("yaml", "csv"):
        args = ("--round", "visits", "--output", "scores", "--format", form)
        assert run("sheets", "make", "bids", "--evaluator", "osei", *args).code == 0
        done = run("evaluate", "bids", "--format", "json")
        assert done.json["lots"][0]["pending"] == ["visits"]
        (folder / f"scores/osei.{form}").unlink()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ({0: 9}, "scores/li.xlsx:Scoring!D6: error[off-scale]"),
        ({1: "much"}, "scores/li.xlsx:Scoring!D7: error[score-form]"),
    ],
)
def test_problems_of_workbooks_name_the_cell(filled, run, damage, said):
    folder = filled()
    shutil.move(folder / "out", folder / "scores")
    fill(folder / "scores/li.xlsx", damage)
    done = run("evaluate", "bids")
    assert (done.code, said in done.err) == (1, True)


def test_a_sheet_beside_the_score_file_that_was_read_from_it(filled, run):
    folder = filled()
    assert run("sheets", "read", "out", "--into", "scores").code == 0
    shutil.copy(folder / "out/li.xlsx", folder / "scores/li.xlsx")
    done = run("evaluate", "bids")
    assert (done.code, "error[sheet-twice]" in done.err) == (1, True)
    assert "repeated-score" not in done.err


def test_a_score_file_read_from_sheets_for_other_criteria(filled, run):
    folder = filled()
    assert run("sheets", "read", "out", "--into", "scores").code == 0
    path = folder / "criteria/talk.yaml"
    path.write_text(path.read_text().replace("[0, 100]", "[0, 200]"))
    done = run("evaluate", "bids")
    assert (done.code, done.err.count("error[sheet-criteria]")) == (1, 3)


def test_a_blind_sheet_in_the_folder_of_scores_asks_for_its_key(run, round_files):
    folder = round_files(ROUND)
    args = ("sheets", "make", "bids", "--round", "visits", "--output", "scores")
    assert run(*args, "--blind", "--key", "key.yaml").code == 0
    done = run("evaluate", "bids")
    assert (done.code, "error[sheet-key]" in done.err) == (1, True)
    assert (folder / "scores").is_dir()


def test_marks_of_one_lot_go_before_those_of_all(round_files, run):
    files = ROUND | {"tender.yaml": "id: T-1\nlots: {north: {}, south: {}}\n"}
    folder = round_files(files)
    args = ("sheets", "make", "bids", "--round", "visits", "--output", "out", "--once", "visit")
    assert run(*args, "--format", "yaml").code == 0
    for path in (folder / "out").iterdir():
        text = path.read_text(encoding="utf-8").replace("score: ,", "score: 4,")
        path.write_text(text, encoding="utf-8")
    assert run("sheets", "read", "out", "--into", "scores").code == 0
    done = run("evaluate", "bids", "--format", "json")
    assert [lot["winner"] or lot["tie"] for lot in done.json["lots"]] == [["acme", "bolt"]] * 2
