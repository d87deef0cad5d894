"""Section 6: the same from Python."""

import importlib.resources
import json

import pytest

import tenderscore as ts

ROUND = """
--- tender.yaml
id: T
lots: {it-support: {title: IT support}, app: {}}
--- criteria/g.yaml
id: g
weight: 100
criteria: [{id: x, weight: 100, fact: x, score: {method: points}}]
--- bids/acme.yaml
vendor: {id: acme, name: Acme}
x: 60
--- bids/bolt.yaml
vendor: {id: bolt}
offers: {it-support: {x: 70}}
"""


@pytest.fixture
def evaluation(round_files):
    return ts.evaluate(str(round_files(ROUND) / "bids"))


def test_a_lots_shortlist(evaluation):
    assert list(evaluation.lots) == ["it-support", "app"]
    assert list(evaluation.lots["it-support"].shortlist) == ["bolt", "acme"]
    assert list(evaluation.lots["app"].shortlist) == ["acme"]


def test_a_path_may_be_a_path(round_files):
    assert ts.evaluate(round_files(ROUND) / "bids").lots["app"].winner == "acme"


def test_the_evaluation_is_immutable(evaluation):
    with pytest.raises((AttributeError, TypeError, ValueError)):
        evaluation.lots = {}
    with pytest.raises((AttributeError, TypeError, ValueError)):
        evaluation.lots["app"].winner = "bolt"
    with pytest.raises(TypeError):
        evaluation.lots["app"] = None


def test_a_frame_has_every_bid_of_every_lot(evaluation):
    frame = evaluation.to_frame()
    assert type(frame).__module__.split(".")[0] == "pandas"
    cells = {str(cell) for column in frame.reset_index() for cell in frame.reset_index()[column]}
    assert {"it-support", "app", "acme", "bolt"} <= cells


class TestRecords:
    def rows(self, evaluation, *columns):
        return [tuple(record[column] for column in columns) for record in evaluation.records()]

    def test_without_rules_a_lot_is_awarded_to_its_winner(self, evaluation):
        assert self.rows(evaluation, "lot", "vendor", "awarded", "awarded_price") == [
            ("it-support", "bolt", True, None),
            ("it-support", "acme", False, None),
            ("app", "acme", True, None),
        ]

    def test_an_award_may_go_elsewhere_and_at_a_discount(self, round_files):
        package = "{vendor: bolt, lots: [it-support], discount: 10}"
        rules = f"\naward: {{lots_per_vendor: 1, packages: [{package}]}}"
        text = ROUND.replace("app: {}}", "app: {}}" + rules).replace("x: 70", "x: 70, price: 50")
        assert self.rows(
            ts.evaluate(round_files(text) / "bids"), "lot", "vendor", "awarded", "awarded_price"
        ) == [
            ("it-support", "bolt", True, 45.0),
            ("it-support", "acme", False, None),
            ("app", "acme", True, None),
        ]

    def test_evaluated_prices_stand_beside_where_they_decide(self, round_files):
        rules = "\naward: {objective: evaluated_price}"
        text = ROUND.replace("app: {}}", "app: {}}" + rules).replace("x: 70", "x: 70, price: 50")
        text += "--- criteria/method.yaml\nevaluated_price: [{id: small, deduct: 10}]\n"
        evaluation = ts.evaluate(round_files(text) / "bids")
        assert self.rows(evaluation, "vendor", "awarded_price", "awarded_evaluated_price")[0] == (
            ("bolt", 50.0, 45.0)
        )

    def test_decisions_and_flags_are_text(self, round_files):
        text = ROUND.replace("x: 70", "x: 70, price: 50").replace("x: 60", "x: 60\nprice: 100")
        text += (
            "--- criteria/method.yaml\n"
            "low_price: [{id: half, under: 80, of: mean, then: flag}]\n"
            "--- decisions.yaml\n"
            "- {decide: correct, vendor: acme, fact: x, was: 60, value: 65,"
            " by: Board, date: 2026-03-01, reason: A slip}\n"
        )
        evaluation = ts.evaluate(round_files(text) / "bids")
        bolt, acme, _ = evaluation.records()
        assert (bolt["decisions"], acme["flags"]) == ("", "")
        assert "A slip" in acme["decisions"]
        assert bolt["flags"].startswith("half: ")


def test_a_criterion_named_as_a_column_takes_no_column_away(round_files):
    leaf = "{id: c, weight: 100, fact: x, score: {method: points}}"
    round_files(
        f"""
--- criteria/price.yaml
id: price
weight: 50
criteria: [{leaf}]
--- criteria/rank.yaml
id: rank
weight: 50
criteria: [{leaf}]
--- bids/acme.yaml
vendor: {{id: acme}}
x: 60
price: 900
"""
    )
    row = ts.evaluate("bids").to_frame().iloc[0]
    assert (row["price"], row["rank"], row["points:price"], row["points:rank.c"]) == (
        900,
        1,
        60,
        60,
    )


def test_explain_tells_where_the_points_come_from(evaluation):
    said = str(evaluation.explain("acme"))
    assert "60" in said
    assert "g.x" in said or "g" in said


def test_an_invalid_round_raises_and_names_the_place(round_files):
    folder = round_files(ROUND.replace("x: 60", "x: many"))
    with pytest.raises(Exception, match=r"bids/acme\.yaml:2") as raised:
        ts.evaluate(folder / "bids")
    assert type(raised.value).__module__.startswith("tenderscore")


def test_the_public_names_are_sorted_and_exist():
    assert list(ts.__all__) == sorted(ts.__all__)
    assert all(hasattr(ts, name) for name in ts.__all__)
    assert {"evaluate", "Award", "LotAward"} <= set(ts.__all__)


def test_the_package_is_typed():
    assert (importlib.resources.files("tenderscore") / "py.typed").is_file()


def test_nothing_is_printed(round_files, capsys):
    ts.evaluate(round_files(ROUND) / "bids").explain("acme")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_the_command_says_the_same(round_files, run):
    folder = round_files(ROUND)
    document = json.loads(run("evaluate", "bids", "--format", "json").out)
    evaluation = ts.evaluate(folder / "bids")
    assert [lot["shortlist"] for lot in document["lots"]] == [
        list(lot.shortlist) for lot in evaluation.lots.values()
    ]
