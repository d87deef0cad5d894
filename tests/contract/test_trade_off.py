"""What each extra point costs, for each pair of leading bids, where people choose the winner."""

import json
from fractions import Fraction

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from contract.choosing import METHOD, choose, round_of
from tenderscore.cli.schemas import SCHEMAS

PRICED = {
    "criteria/method.yaml": "winner: decide\nrounds: [{id: award, criteria: [quality, price]}]\n",
    "criteria/quality.yaml": """
        id: quality
        weight: 60
        criteria: [{id: x, weight: 100, fact: x, score: {method: points}}]
        """,
    "criteria/price.yaml": """
        id: price
        weight: 40
        criteria:
          - {id: offer, weight: 100, fact: price, score: {method: ratio_to_best, better: low}}
        """,
}


@pytest.fixture
def pairs(evaluate):
    """The pairs of a round's only lot, as (better, other, points, price, per_point)."""

    def invoke(*args, **kwargs):
        lot = evaluate(*args, **kwargs).lot()
        keys = ("better", "other", "points", "price", "per_point")
        return [tuple(each[key] for key in keys) for each in lot["trade_off"]]

    return invoke


class TestPairs:
    def test_what_a_point_more_costs(self, pairs):
        # 90 - 86.8 = 3.2 points for 120,000: 37,500 each; 90 - 60 = 30 for 120,000: 4,000 each.
        assert pairs(round_of()) == [
            ("acme", "bolt", 3.2, 120000, 37500.0),
            ("acme", "cog", 30.0, 120000, 4000.0),
            ("bolt", "cog", 26.8, 0, None),
        ]

    def test_the_better_bid_is_that_with_more_points_whatever_its_rank(self, pairs):
        files = round_of({"acme": ("50", "100"), "bolt": ("60", "200")}) | PRICED
        # acme has 30 + 40 = 70 in total, bolt 36 + 20 = 56: acme leads, bolt is better without
        # the price.
        assert pairs(files) == [("bolt", "acme", 6.0, 100, pytest.approx(100 / 6))]

    def test_it_is_exact(self, pairs):
        ((_, _, points, price, per_point),) = pairs(
            round_of({"acme": ("50.1", "1000000000000.01"), "bolt": ("50", "0.03")})
        )
        assert points == 0.1
        assert price == float(Fraction("999999999999.98"))
        assert per_point == float(Fraction("9999999999999.8"))

    def test_better_and_cheaper(self, pairs):
        bids = {"acme": ("90", "80"), "bolt": ("80", "100")}
        assert pairs(round_of(bids)) == [("acme", "bolt", 10.0, -20, None)]

    def test_of_equally_good_bids_the_cheaper_is_better(self, pairs):
        bids = {"acme": ("80", "100"), "bolt": ("80", "90")}
        assert pairs(round_of(bids)) == [("bolt", "acme", 0.0, -10, None)]

    def test_equal_bids_stand_in_order(self, pairs):
        bids = {"acme": ("80", "90"), "bolt": ("80", "90")}
        assert pairs(round_of(bids)) == [("acme", "bolt", 0.0, 0, None)]

    def test_without_a_price_there_is_no_comparison(self, pairs):
        bids = {"acme": ("90", None), "bolt": ("80", "90")}
        assert pairs(round_of(bids)) == [("acme", "bolt", 10.0, None, None)]

    def test_who_is_not_on_the_shortlist_is_not_compared(self, pairs):
        method = METHOD.replace("[quality]", "[quality], advance: {at_most: 2}")
        assert [row[:2] for row in pairs(round_of(method=method))] == [("acme", "bolt")]

    def test_five_bids_are_ten_pairs_and_the_rest_is_counted(self, evaluate):
        bids = {f"v{n}": (str(90 - n), str(100 - n)) for n in range(8)}
        lot = evaluate(round_of(bids)).lot()
        assert len(lot["trade_off"]) == 10
        named = {row[key] for row in lot["trade_off"] for key in ("better", "other")}
        assert named == {"v0", "v1", "v2", "v3", "v4"}
        assert lot["trade_off_omitted"] == 3

    def test_the_choice_leaves_the_table_as_it_is(self, pairs):
        assert pairs(round_of(decisions=choose("cog"))) == pairs(round_of())

    def test_a_rate_that_lacks_is_an_error_for_prices_are_weighed(self, problems):
        files = round_of({"acme": ("90", "{amount: 5, currency: USD}"), "bolt": ("80", "9")})
        (found,) = problems(files | {"tender.yaml": "currency: EUR\n"})
        assert (found["code"], found["file"]) == ("missing-rate", "bids/acme.yaml")

    def test_the_last_round_with_points_gives_them_and_the_last_round_the_order(self, evaluate):
        method = """
            winner: decide
            rounds:
              - {id: first, criteria: [quality]}
              - {id: last, rank_by: evaluated_price}
            """
        bids = {f"v{n}": (str(90 - n), str(100 - n)) for n in range(6)}
        lot = evaluate(round_of(bids, method)).lot()
        assert lot["shortlist"][0] == "v5"
        named = {row[key] for row in lot["trade_off"] for key in ("better", "other")}
        assert named == {"v1", "v2", "v3", "v4", "v5"}

    def test_a_last_round_that_ranks_nobody_leaves_the_order_of_that_before(self, evaluate):
        method = """
            winner: decide
            requirements: {ok: {fact: x, at_least: 1}}
            rounds:
              - {id: first, criteria: [quality]}
              - {id: last, requirements: [ok]}
            """
        bids = {f"v{n}": (str(50 + n), "100") for n in range(6)}
        lot = evaluate(round_of(bids, method)).lot()
        named = {row[key] for row in lot["trade_off"] for key in ("better", "other")}
        assert named == {"v1", "v2", "v3", "v4", "v5"}

    def test_after_until_there_is_none(self, evaluate):
        assert evaluate(round_of(), "--until", "award").lot()["trade_off"] == []

    def test_a_round_without_points_has_none(self, pairs):
        method = (
            "winner: decide\nrequirements: {ok: {fact: x, at_least: 70}}\n"
            "rounds: [{id: award, requirements: [ok]}]\n"
        )
        assert pairs(round_of(method=method)) == []


class TestPoints:
    """Points are the total as it would be if what reads the price added nothing."""

    def test_the_points_of_the_price_are_left_out(self, pairs):
        bids = {"acme": ("90", "120"), "bolt": ("80", "100")}
        # 60 % of 90 and of 80; the price's 33.33 and 40 play no part.
        assert pairs(round_of(bids) | PRICED) == [("acme", "bolt", 6.0, 20, pytest.approx(20 / 6))]

    def test_so_are_those_of_an_expression_that_reads_it(self, pairs):
        bids = {"acme": ("90", "50"), "bolt": ("80", "40")}
        price = PRICED["criteria/price.yaml"].replace("fact: price", "expr: bid.price / 2")
        files = round_of(bids) | PRICED | {"criteria/price.yaml": price}
        assert [row[2] for row in pairs(files)] == [6.0]

    def test_carried_totals_count_without_the_points_of_their_prices(self, pairs):
        method = """
            winner: decide
            rounds:
              - {id: first, criteria: [quality, price]}
              - {id: last, criteria: [team], carry_over: {first: 50}}
            """
        team = """
            id: team
            weight: 100
            criteria: [{id: y, weight: 100, expr: bid.x / 2, score: {method: points}}]
            """
        bids = {"acme": ("90", "120"), "bolt": ("80", "100")}
        files = round_of(bids) | PRICED
        files |= {"criteria/method.yaml": method, "criteria/team.yaml": team}
        # 45 x 50% + 54 x 50% = 49.5 and 40 x 50% + 48 x 50% = 44.
        assert [row[2] for row in pairs(files)] == [5.5]

    def test_they_are_rounded_as_a_total_is(self, pairs):
        thirds = "criteria: [{id: x, weight: 100, expr: bid.x / 3, score: {method: points}}]"
        quality = f"id: quality\nweight: 100\n{thirds}\n"
        rounding = "rounding: {criterion: none, total: 1}\n"
        bids = {"acme": ("200", "2"), "bolt": ("100", "1")}
        files = round_of(bids, METHOD + rounding) | {"criteria/quality.yaml": quality}
        # 66.7 - 33.3, as published.
        assert [row[2] for row in pairs(files)] == [33.4]

    def test_evaluated_prices_are_compared_where_the_method_has_them(self, pairs):
        adjusted = METHOD + (
            "evaluated_price:\n  - {id: small, if: {fact: small, is: true}, deduct: 10}\n"
        )
        files = round_of({"acme": ("90", "100"), "bolt": ("80", "80")}, adjusted)
        files["bids/acme.yaml"] += "small: true\n"
        assert pairs(files) == [("acme", "bolt", 10.0, 10, 1.0)]


class TestReports:
    def test_the_terminal_shows_the_table_in_80_columns(self, round_files, run):
        round_files(round_of())
        out = run("evaluate", "bids").out
        assert all(len(line) <= 80 for line in out.splitlines())
        row = next(line.split() for line in out.splitlines() if "37,500" in line)
        assert row == ["acme", "bolt", "3.20", "120,000", "37,500.00"]

    @pytest.mark.parametrize(("lang", "head"), [("zh-Hans", "多付价款"), ("zh-Hant", "多付價款")])
    def test_chinese_heads_stand_in_one_line(self, round_files, run, lang, head):
        round_files(round_of())
        assert head in run("evaluate", "bids", "--lang", lang).out

    def test_words_stand_where_nothing_is_to_be_paid(self, round_files, run):
        bids = {
            "acme": ("90", "100"),
            "bolt": ("80", "100"),
            "cog": ("80", "110"),
            "dyn": ("80", "110"),
            "eco": ("70", None),
        }
        round_files(round_of(bids))
        out = " ".join(run("evaluate", "bids", "--format", "markdown").out.split())
        for words in (
            "| acme | bolt | 10.00 | 0 | better at the same price: nothing to pay |",
            "| acme | cog | 10.00 | -10 | better and cheaper: nothing to pay |",
            "| bolt | cog | 0.00 | -10 | as good and cheaper |",
            "| cog | dyn | 0.00 | 0 | as good at the same price |",
            "| acme | eco | 20.00 | | no price to compare |",
        ):
            assert words in out

    @pytest.mark.parametrize("form", ["table", "markdown", "html"])
    @pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
    def test_every_report_for_people_has_it(self, round_files, run, form, lang):
        round_files(round_of())
        assert "37,500.00" in run("evaluate", "bids", "--format", form, "--lang", lang).out

    def test_csv_has_it_not(self, round_files, run):
        round_files(round_of())
        assert "37" not in run("evaluate", "bids", "--format", "csv").out

    def test_a_workbook_has_a_sheet_of_it(self, round_files, run):
        folder = round_files(round_of())
        assert run("evaluate", "bids", "--output", "result.xlsx").code == 0
        book = openpyxl.load_workbook(folder / "result.xlsx")
        rows = list(book["Trade-off"].iter_rows(values_only=True))
        assert any(row[1:6] == ("acme", "bolt", 3.2, 120000, 37500) for row in rows)

    def test_a_pdf_is_made(self, round_files, run):
        pytest.importorskip("typst", reason="the extra tenderscore[pdf] is not installed")
        folder = round_files(round_of())
        assert run("evaluate", "bids", "--output", "result.pdf").code == 0
        assert (folder / "result.pdf").read_bytes().startswith(b"%PDF")

    def test_where_it_is_cut_every_report_says_so(self, round_files, run):
        round_files(round_of({f"v{n}": (str(90 - n), "100") for n in range(8)}))
        for form in ("table", "markdown", "html"):
            out = " ".join(run("evaluate", "bids", "--format", form).out.split())
            assert "he first 5 of 8 bids in rank order are compared" in out

    def test_what_a_price_is_is_said(self, round_files, run):
        round_files(round_of(tender="currency: EUR\n"))
        out = " ".join(run("evaluate", "bids").out.split())
        assert "prices as bid (EUR)" in out

    @pytest.mark.parametrize(
        ("form", "never"), [("html", "<b>"), ("markdown", "[l](http"), ("table", "\u202e")]
    )
    def test_names_are_text(self, round_files, run, form, never):
        files = round_of()
        name = "name: '<b>x [l](http://x)\u202e'"
        files["bids/acme.yaml"] = f"vendor: {{id: acme, {name}}}\nx: 90\nprice: 5\n"
        round_files(files)
        assert never not in run("evaluate", "bids", "--format", form).out

    @pytest.mark.parametrize("decisions", ["", choose("bolt")])
    def test_the_json_is_as_its_schema_says(self, round_files, run, decisions):
        round_files(round_of(decisions=decisions))
        result = json.loads(run("evaluate", "bids", "--format", "json").out)
        schema = SCHEMAS["evaluation"].document()
        Draft202012Validator(schema).validate(result)
        known = set(schema["$defs"]["lot"]["properties"])
        assert set(result["lots"][0]) <= known

    def test_a_round_that_the_rank_decides_has_none_of_it(self, round_files, run):
        round_files(round_of(method=METHOD.replace("decide", "rank")))
        assert "rade-off" not in run("evaluate", "bids").out
