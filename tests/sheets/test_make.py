"""Score sheets as they are made: who is asked what, and what a cell takes."""

import openpyxl
import pytest
from tests.sheets.filling import ROUND, lines, worksheets

LOTS = {
    "tender.yaml": """
        id: T-1
        lots: {north: {title: The north}, south: {title: The south}}
        """
}


@pytest.fixture
def make(round_files, run):
    """Make the sheets of a round; the folder that they lie in."""

    def invoke(changes=None, *options, code=0, round_="visits"):
        folder = round_files(ROUND | (changes or {}))
        done = run("sheets", "make", "bids", "--round", round_, "--output", "out", *options)
        assert done.code == code, done.err
        return folder / "out" if code == 0 else done.err

    return invoke


def sheet_of(path):
    return worksheets(openpyxl.load_workbook(path))[0]


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_each_evaluator_gets_a_workbook(make):
    assert names(make()) == ["li.xlsx", "osei.xlsx", "wang.xlsx"]


def test_a_later_round_asks_about_those_who_advanced(make):
    vendors = {line[0] for line in lines(make() / "wang.xlsx")}
    assert vendors == {"Acme Guards", "Bolt & Sons"}


def test_a_first_round_asks_about_all_bidders(make):
    method = "rounds: [{id: visits, criteria: [visit, talk]}, {id: papers, criteria: [papers]}]"
    vendors = {line[0] for line in lines(make({"criteria/method.yaml": method}) / "osei.xlsx")}
    assert vendors == {"Acme Guards", "Bolt & Sons", "Cog"}


def test_nobody_is_asked_about_a_vendor_with_whom_there_is_a_conflict(make):
    assert {line[0] for line in lines(make() / "li.xlsx")} == {"Acme Guards"}


def test_an_evaluator_is_asked_about_their_own_groups(make):
    assert [line[1] for line in lines(make() / "osei.xlsx")] == ["talk\nAnswers"] * 2


def test_nobody_is_asked_what_does_not_apply_to_a_vendor(make):
    talk = ROUND["criteria/talk.yaml"].replace(
        "weight: 40", "weight: 40\n        only_if: {fact: years, at_least: 9}"
    )
    folder = make({"criteria/talk.yaml": talk})
    asked = [(line[0], line[1].splitlines()[-1]) for line in lines(folder / "wang.xlsx")]
    assert ("Acme Guards", "Answers") in asked
    assert ("Bolt & Sons", "Answers") not in asked
    assert len(asked) == 5


def test_guidance_and_the_meaning_of_scores_stand_beside_the_cells(make):
    line = lines(make() / "li.xlsx")[0]
    assert line[1] == "Site visit\nPremises\nDoors, alarms: who watches them?"
    rules, *meanings = line[2].splitlines()
    assert rules == "0 to 5, whole numbers. 0 and 5 need a comment."
    assert meanings == ["5  Day and night", "3  By day", "0  Nobody watches"]


def test_it_is_in_the_evaluators_language(make):
    sheet = sheet_of(make() / "wang.xlsx")
    assert sheet["A1"].value == "保安服务：考察"
    assert sheet["B6"].value.startswith("实地考察\n")
    assert "全天" in sheet["C6"].value
    assert sheet["D5"].value == "评分"


def test_no_price_stands_on_a_sheet(make):
    book = openpyxl.load_workbook(make() / "wang.xlsx")
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if "123456" in cell or "123,456" in cell]


class TestCells:
    def test_scores_and_comments_alone_can_be_typed(self, make):
        sheet = sheet_of(make() / "li.xlsx")
        unlocked = {
            cell.coordinate
            for row in sheet.iter_rows()
            for cell in row
            if not cell.protection.locked
        }
        assert sheet.protection.sheet
        assert unlocked == {f"{column}{row}" for column in "DE" for row in (6, 7, 8)}

    def test_a_cell_offers_the_scores_of_its_scale_and_the_word_for_abstaining(self, make):
        book = openpyxl.load_workbook(make() / "li.xlsx")
        rules = {str(each.sqref): each for each in sheet_rules(book)}
        assert rules["D6"].type == "list"
        assert offered(book, rules["D6"]) == [0, 1, 2, 3, 4, 5, "abstain"]
        assert offered(book, rules["D7"]) == [n / 2 for n in range(11)] + ["abstain"]

    def test_where_any_number_fits_a_formula_keeps_it_on_the_scale(self, make):
        book = openpyxl.load_workbook(make() / "li.xlsx")
        (rule,) = (each for each in sheet_rules(book) if str(each.sqref) == "D8")
        assert rule.type == "custom"
        assert rule.formula1 == 'IF(D8="abstain",TRUE,IF(ISNUMBER(D8),AND(D8>=0,D8<=100),FALSE))'

    def test_progress_is_counted(self, make):
        sheet = sheet_of(make() / "li.xlsx")
        assert sheet["D2"].value == '=COUNTA($D$6:$D$8)&" of 3 scored"'

    def test_the_heads_stay_in_sight_and_on_every_page(self, make):
        sheet = sheet_of(make() / "li.xlsx")
        assert sheet.freeze_panes == "A6"
        assert sheet.print_title_rows == "$5:$5"
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)

    def test_text_from_a_bid_is_no_formula(self, make):
        bid = 'vendor: {id: acme, name: "=HYPERLINK(1)"}\nyears: 9\n'
        sheet = sheet_of(make({"bids/acme.yaml": bid}) / "li.xlsx")
        assert (sheet["A6"].value, sheet["A6"].data_type) == ("=HYPERLINK(1)", "s")


def sheet_rules(book):
    return worksheets(book)[0].data_validations.dataValidation


def offered(book, rule):
    name, _, cells = rule.formula1.rpartition("!")
    return [row[0].value for row in book[name.strip("'")][cells.replace("$", "")]]


MANY = {f"bids/v{n}.yaml": f"vendor: {{id: v{n}}}\nyears: 9\n" for n in range(9)} | {
    "criteria/method.yaml": "rounds: [{id: visits, criteria: [visit, talk]}]"
}


class TestOrder:
    def vendors(self, path):
        return list(dict.fromkeys(line[0] for line in lines(path)))

    def test_it_differs_from_evaluator_to_evaluator(self, make):
        folder = make(MANY)
        wang, osei = (self.vendors(folder / f"{name}.xlsx") for name in ("wang", "osei"))
        assert wang != osei
        assert sorted(wang) == sorted(osei)

    def test_the_same_round_makes_the_same_bytes(self, make):
        first, second = (make(MANY) for _ in range(2))
        for name in names(first):
            assert (first / name).read_bytes() == (second / name).read_bytes()


class TestLots:
    def test_each_lot_has_a_worksheet(self, make):
        book = openpyxl.load_workbook(make(LOTS) / "wang.xlsx")
        assert [sheet.title for sheet in worksheets(book)] == ["The north", "The south"]
        # Two vendors in each lot, three criteria each.
        assert worksheets(book)[0]["D2"].value == '="已评 "&COUNTA($D$6:$D$11)&" / 6 项"'
        assert worksheets(book)[0]["D1"].value.endswith('" / 12 项"')

    def test_one_lot_alone(self, make):
        book = openpyxl.load_workbook(make(LOTS, "--lot", "south") / "wang.xlsx")
        assert [sheet.title for sheet in worksheets(book)] == ["The south"]

    def test_what_is_the_same_in_all_lots_is_asked_once(self, make):
        book = openpyxl.load_workbook(make(LOTS, "--once", "visit") / "wang.xlsx")
        sheets = {sheet.title: sheet.max_row - 5 for sheet in worksheets(book)}
        assert sheets == {"全部标段": 4, "The north": 2, "The south": 2}

    def test_a_group_that_is_not_scored_cannot_be_asked_once(self, make):
        assert "did you mean `visit`?" in make(LOTS, "--once", "visits", code=2)


class TestBlind:
    def test_vendors_stand_under_codes(self, make):
        folder = make({}, "--blind", "--key", "key.yaml")
        key = (folder.parent / "key.yaml").read_text()
        book = openpyxl.load_workbook(folder / "osei.xlsx")
        cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
        assert "acme: " not in key
        assert ": acme  # Acme Guards" in key
        assert not [cell for cell in cells if "acme" in cell.lower() or "bolt" in cell.lower()]

    def test_a_key_that_is_there_gives_the_same_codes(self, make, run):
        folder = make({}, "--blind", "--key", "key.yaml")
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        key = (folder.parent / "key.yaml").read_bytes()
        args = ("sheets", "make", "bids", "--round", "visits", "--output", "out")
        assert run(*args, "--blind", "--key", "key.yaml").code == 0
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
        assert (folder.parent / "key.yaml").read_bytes() == key

    def test_codes_do_not_follow_from_the_vendors_alone(self, make):
        keys = [
            (make({}, "--blind", "--key", "key.yaml").parent / "key.yaml").read_text()
            for _ in range(2)
        ]
        assert keys[0] != keys[1]

    def test_the_key_does_not_lie_beside_the_sheets(self, make):
        said = make({}, "--blind", "--key", "out/key.yaml", code=2)
        assert "keep the key in another folder" in said

    def test_codes_without_a_file_for_the_key_are_refused(self, make):
        assert "--blind and --key FILE belong together" in make({}, "--blind", code=2)


class TestRefused:
    def test_without_a_panel_nobody_is_asked(self, round_files, run):
        files = {path: text for path, text in ROUND.items() if path != "panel.yaml"}
        round_files(files)
        done = run("sheets", "make", "bids", "--round", "visits", "--output", "out")
        assert (done.code, "there is no panel.yaml" in done.err) == (2, True)

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (("--evaluator", "lee"), "no evaluator 'lee'"),
            (("--lot", "al"), "no lot 'al'"),
            (("--format", "xls"), "there is no format 'xls' here"),
        ],
    )
    def test_what_does_not_exist(self, make, options, said):
        assert said in make({}, *options, code=2)

    def test_a_round_that_does_not_exist(self, make):
        assert "did you mean `visits`?" in make({}, code=2, round_="visit")

    def test_a_round_without_panel_criteria(self, make):
        assert "error[nothing-to-score]" in make({}, code=1, round_="papers")

    def test_a_lot_whose_earlier_round_waits_has_no_sheets_yet(self, make):
        method = """
            weights: relative
            rounds:
              - {id: papers, criteria: [papers]}
              - {id: talks, criteria: [talk]}
              - {id: visits, criteria: [visit]}
            """
        said = make({"criteria/method.yaml": method}, code=1)
        assert "lot all has no sheets: its round talks waits for scores" in said

    def test_nothing_is_written_where_the_round_is_invalid(self, make, tmp_path):
        make({"bids/acme.yaml": "vendor: {id: acme}\nyears: many\n"}, code=1)
        assert not list(tmp_path.glob("*/out"))
