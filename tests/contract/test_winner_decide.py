"""A method that says `winner: decide` has no winner until a decision names one."""

import json

import openpyxl
import pytest

import tenderscore as ts
from contract.choosing import BIDS, METHOD, SIGNED, TWO_LOTS, choose, round_of

FORMS = ("table", "markdown", "html", "json", "csv")

RATED = {
    "criteria/method.yaml": "extends: us-trade-off\n",
    "criteria/technical.yaml": """
        id: technical
        weight: 50
        criteria: [{id: x, weight: 100, fact: rating, extends: us-trade-off#rating}]
        """,
    "criteria/record.yaml": """
        id: record
        weight: 50
        criteria: [{id: x, weight: 100, fact: record, extends: us-trade-off#past-performance}]
        """,
    "bids.csv": (
        "vendor.id,rating,record,price\n"
        "acme,outstanding,no confidence,120\n"
        "bolt,marginal,neutral confidence,100\n"
        "cog,unacceptable,substantial confidence,50\n"
    ),
}


class TestUndecided:
    def test_there_is_no_winner_and_no_tie_while_the_shortlist_stands(self, evaluate):
        lot = evaluate(round_of()).lot()
        assert (lot["winner"], lot["tie"], lot["margin"]) == (None, [], None)
        assert lot["shortlist"] == ["acme", "bolt", "cog"]
        assert lot["choice"] is None

    def test_ranks_and_totals_are_what_they_are(self, evaluate):
        found = evaluate(round_of())
        assert found.column("rank") == {"acme": 1, "bolt": 2, "cog": 3}
        assert found.column("total") == {"acme": 90.0, "bolt": 86.8, "cog": 60.0}

    def test_a_shortlist_was_made_the_exit_code_is_0(self, round_files, run):
        round_files(round_of())
        assert run("evaluate", "bids").code == 0

    def test_equal_bids_are_no_tie(self, round_files, run):
        method = METHOD.replace("[quality]", "[quality], advance: {at_most: 1}")
        round_files(round_of({"acme": ("80", "1"), "bolt": ("80", "1")}, method))
        done = run("evaluate", "bids", "--format", "json")
        (lot,) = json.loads(done.out)["lots"]
        assert (done.code, lot["winner"], lot["tie"]) == (0, None, [])
        assert lot["shortlist"] == ["acme", "bolt"]

    def test_an_empty_shortlist_is_still_exit_code_3(self, round_files, run):
        method = METHOD.replace("[quality]", "[quality], advance: {minimum: 95}")
        round_files(round_of(method=method))
        done = run("evaluate", "bids")
        assert done.code == 3
        assert "No winner: nobody advanced" in done.out

    @pytest.mark.parametrize("form", ["table", "markdown", "html"])
    def test_the_headline_says_so(self, round_files, run, form):
        round_files(round_of())
        out = " ".join(run("evaluate", "bids", "--format", form).out.split())
        assert "No winner yet: the method leaves the choice to people; 3 bids to choose from" in out
        assert "Winner: " not in out

    def test_one_bid_is_one_bid_to_choose_from(self, round_files, run):
        round_files(round_of({"acme": ("90", "5")}))
        assert "people; 1 bid to choose from" in " ".join(run("evaluate", "bids").out.split())

    def test_the_award_gives_such_a_lot_to_nobody(self, evaluate):
        assert evaluate(round_of())["award"]["lots"] == {"all": None}

    def test_candidates_of_an_award_that_is_asked_for_are_the_shortlist(self, evaluate):
        tender = "lots: {east: {}, west: {}}\naward: {lots_per_vendor: 1}\n"
        found = evaluate(round_of(tender=tender))
        assert found["award"]["lots"] == {"east": "acme", "west": "bolt"}
        assert [lot["winner"] for lot in found["lots"]] == [None, None]

    @pytest.mark.parametrize("word", ["rank", None])
    def test_elsewhere_the_rank_decides(self, evaluate, word):
        method = METHOD.replace("winner: decide\n", f"winner: {word}\n" if word else "")
        lot = evaluate(round_of(method=method)).lot()
        assert lot["winner"] == "acme"
        assert not {"choice", "trade_off"} & set(lot)

    def test_another_word_is_an_error(self, problems):
        (found,) = problems(round_of(method=METHOD.replace("decide", "decides")))
        assert (found["file"], found["line"]) == ("criteria/method.yaml", 1)
        assert "decide" in found["help"] or "decide" in found["message"]


class TestChosen:
    def test_the_named_bid_is_the_winner(self, evaluate):
        found = evaluate(round_of(decisions=choose("bolt")))
        lot = found.lot()
        assert (lot["winner"], lot["tie"], lot["margin"]) == ("bolt", [], None)
        assert found.column("rank") == {"acme": 1, "bolt": 2, "cog": 3}
        assert found["award"]["lots"] == {"all": "bolt"}
        assert found["award"]["objective"] == 86.8

    def test_the_result_says_by_whom_when_and_why(self, evaluate):
        found = evaluate(round_of(decisions=choose("bolt")))
        choice = found.lot()["choice"]
        wanted = {
            "decide": "choose",
            "vendor": "bolt",
            "by": "Tender committee",
            "date": "2026-04-02",
            "reason": "Worth its price",
        }
        assert {key: choice[key] for key in wanted} == wanted
        rows = found.bids()
        assert [each["decide"] for each in rows["bolt"]["decisions"]] == ["choose"]
        assert rows["acme"]["decisions"] == []

    @pytest.mark.parametrize("form", FORMS)
    @pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
    def test_every_format_says_it(self, round_files, run, form, lang):
        round_files(round_of(decisions=choose("bolt")))
        out = " ".join(run("evaluate", "bids", "--format", form, "--lang", lang).out.split())
        for words in ("Tender committee", "2026-04-02", "Worth its price"):
            assert words in out

    def test_the_headline_names_winner_and_choosers(self, round_files, run):
        round_files(round_of(decisions=choose("bolt")))
        out = " ".join(run("evaluate", "bids").out.split())
        assert "Winner: bolt, chosen by Tender committee on 2026-04-02: Worth its price" in out

    def test_lot_by_lot(self, evaluate):
        files = round_of(decisions=choose("bolt", ", lot: west")) | TWO_LOTS
        assert [lot["winner"] for lot in evaluate(files)["lots"]] == [None, "bolt"]

    def test_without_a_lot_it_is_for_all(self, evaluate):
        files = round_of(decisions=choose("bolt")) | TWO_LOTS
        assert [lot["winner"] for lot in evaluate(files)["lots"]] == ["bolt", "bolt"]

    def test_the_row_of_a_frame_says_who_won(self, round_files):
        round_files(round_of(decisions=choose("bolt")))
        frame = ts.evaluate("bids").to_frame()
        assert list(frame[frame["winner"]]["vendor"]) == ["bolt"]

    def test_a_bid_that_was_not_first_has_its_own_total_in_a_workbook(self, round_files, run):
        folder = round_files(round_of(decisions=choose("bolt")))
        assert run("evaluate", "bids", "--output", "result.xlsx").code == 0
        row = openpyxl.load_workbook(folder / "result.xlsx")["Summary"][5]
        assert [row[3].value, row[4].value, row[5].value] == ["bolt", 86.8, None]


class TestMistakes:
    CUT = METHOD.replace("[quality]", "[quality], advance: {at_most: 2}")

    def test_whom_nobody_shortlisted_nobody_chooses(self, problems):
        (found,) = problems(round_of(method=self.CUT, decisions=choose("cog")))
        assert found["code"] == "idle-decision"
        assert "acme, bolt" in found["help"]

    def test_where_the_rank_decides_nobody_chooses(self, problems):
        method = METHOD.replace("winner: decide\n", "")
        (found,) = problems(round_of(method=method, decisions=choose("bolt")))
        assert (found["code"], found["file"], found["line"]) == (
            "idle-decision",
            "decisions.yaml",
            1,
        )
        assert "winner: decide" in found["help"]

    def test_check_says_so_too(self, round_files, run):
        round_files(round_of(method=METHOD.replace("decide", "rank"), decisions=choose("bolt")))
        done = run("check", "bids")
        assert done.code == 1
        assert "winner: decide" in done.err

    @pytest.mark.parametrize("second", ["acme", "bolt"])
    def test_once_per_lot(self, problems, second):
        rows = choose("bolt") + choose(second)
        (found,) = problems(round_of(decisions=rows))
        assert (found["code"], found["line"]) == ("decision-form", 2)
        assert found["also"][0]["line"] == 1

    def test_once_per_lot_where_lots_are_named(self, problems, evaluate):
        both = choose("bolt", ", lot: east") + choose("acme", ", lot: west")
        lots = evaluate(round_of(decisions=both) | TWO_LOTS)["lots"]
        assert [lot["winner"] for lot in lots] == ["bolt", "acme"]
        (found,) = problems(
            round_of(decisions=choose("bolt") + choose("acme", ", lot: west")) | TWO_LOTS
        )
        assert found["code"] == "decision-form"
        assert "west" in found["message"]

    def test_unknown_vendors_and_keys(self, problems):
        codes = [
            each["code"]
            for each in problems(round_of(decisions=choose("bold") + choose("acme", ", round: x")))
        ]
        assert sorted(codes) == ["unknown-key", "unknown-vendor"]

    def test_it_is_signed(self, problems):
        rows = choose("bolt").replace(SIGNED, "by: TC, date: 2026-04-02, reason: ' '")
        (found,) = problems(round_of(decisions=rows))
        assert found["code"] == "blank-text"

    def test_what_may_still_be_chosen_is_not_idle(self, round_files, run):
        method = """
            winner: decide
            rounds: [{id: first, criteria: [quality]}, {id: last, criteria: [quality]}]
            """
        round_files(round_of(method=method, decisions=choose("bolt")))
        for until in ("first", "last"):
            done = run("evaluate", "bids", "--until", until, "--format", "json")
            (lot,) = json.loads(done.out)["lots"]
            assert (done.code, lot["winner"], lot["choice"]) == (0, None, None)

    def test_a_lot_with_too_few_bids_has_nobody_to_choose_from(self, problems):
        method = METHOD + "minimum_bids: 5\n"
        (found,) = problems(round_of(method=method, decisions=choose("bolt")))
        assert found["code"] == "idle-decision"

    def test_lots_that_the_command_leaves_out_are_left_alone(self, round_files, run):
        round_files(round_of(decisions=choose("bolt", ", lot: west")) | TWO_LOTS)
        assert run("evaluate", "bids", "--lot", "east").code == 0


class TestExplain:
    def test_a_bid_to_choose_from(self, round_files, run):
        round_files(round_of())
        out = " ".join(run("explain", "bids", "acme").out.split())
        assert "all: on the shortlist" in out
        assert "Choice: no rank wins" in out
        assert "nobody has been chosen yet" in out

    def test_the_chosen_bid(self, round_files, run):
        round_files(round_of(decisions=choose("bolt")))
        out = " ".join(run("explain", "bids", "bolt").out.split())
        assert "all: winner" in out
        assert "chosen by Tender committee on 2026-04-02: Worth its price" in out

    @pytest.mark.parametrize("form", ["table", "markdown", "json"])
    def test_the_bid_of_rank_1_that_was_not_chosen(self, round_files, run, form):
        round_files(round_of(decisions=choose("bolt")))
        out = " ".join(run("explain", "bids", "acme", "--format", form).out.split())
        assert "bolt was chosen by Tender committee on 2026-04-02" in out

    def test_elsewhere_nothing_is_said_of_a_choice(self, round_files, run):
        round_files(round_of(BIDS, METHOD.replace("decide", "rank")))
        out = run("explain", "bids", "acme").out
        assert "Choice" not in out


class TestPresetUsTradeOff:
    """FAR 15.101-1: the trade-off is a judgment, so that a rank may not decide."""

    def test_an_unacceptable_rating_puts_a_bid_out_and_a_neutral_record_is_in_the_middle(
        self, evaluate
    ):
        found = evaluate(RATED)
        assert found.lot()["shortlist"] == ["acme", "bolt"]
        assert found.column("total") == {"acme": 50.0, "bolt": 37.5, "cog": 50.0}
        assert found.reasons("cog") == ["criterion technical.x"]
        assert found.points("record.x")["bolt"] == 50.0

    def test_that_the_rank_decides_is_against_the_rule(self, problems):
        method = {"criteria/method.yaml": "extends: us-trade-off\nwinner: rank\n"}
        (found,) = problems(RATED | method)
        assert (found["code"], found["line"]) == ("against-the-rule", 2)
        assert "FAR 15.101-1(c)" in found["message"]

    def test_it_may_be_waived_for_a_reason(self, evaluate):
        method = (
            "extends: us-trade-off\nwinner: rank\n"
            "waive: [{check: people-choose, reason: An exercise}]\n"
        )
        found = evaluate(RATED | {"criteria/method.yaml": method})
        assert found.lot()["winner"] == "acme"
        assert "waived-rule" in found.codes

    def test_a_rating_that_lacks_is_the_buyers_omission(self, problems):
        bids = RATED["bids.csv"].replace("marginal", "")
        (found,) = problems(RATED | {"bids.csv": bids})
        assert found["code"] == "missing-fact"

    def test_a_rating_that_is_none_is_an_error(self, problems):
        bids = RATED["bids.csv"].replace("marginal", "Marginal")
        (found,) = problems(RATED | {"bids.csv": bids})
        assert (found["file"], found["line"]) == ("bids.csv", 3)
