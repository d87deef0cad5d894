"""What is said: each fault once, at its place and in its words; what waits or lacks is told."""

import pytest

import tenderscore as ts

LEAF = "{id: x, weight: 100, fact: x, score: {method: points}}"


def group(leaf=LEAF, id_="g"):
    return f"id: {id_}\nweight: 100\ncriteria:\n  - {leaf}\n"


def bids(**facts):
    """Bids from one line each: `a="x: 5, y: 3"`."""
    return {
        f"bids/{vendor}.yaml": f"vendor: {{id: {vendor}}}\n" + text.replace(", ", "\n") + "\n"
        for vendor, text in facts.items()
    }


PANEL = "{id: x, weight: 100, score: {method: panel, scale: [0, 5]}}"

WAITING = {
    "criteria/method.yaml": "rounds: [{id: s, criteria: [g]}, {id: f, criteria: [p]}, {id: h}]\n",
    "criteria/g.yaml": group(),
    "criteria/p.yaml": group(PANEL, "p"),
} | bids(a="x: 5", b="x: 6")


class TestExplain:
    @pytest.mark.parametrize("form", ["table", "markdown"])
    def test_it_says_that_a_lot_waits(self, round_files, run, form):
        round_files(WAITING)
        told = run("explain", "bids", "a", "--format", form).out
        assert "No winner yet: f, h pending; no score is in for round f" in told

    def test_json_says_what_is_pending(self, round_files, run):
        round_files(WAITING)
        (lot,) = run("explain", "bids", "a", "--format", "json").json["lots"]
        assert (lot["pending"], lot["pending_reason"]) == (
            ["f", "h"],
            "no score is in for round f",
        )

    @pytest.mark.parametrize("form", ["table", "markdown"])
    def test_it_says_that_a_vendor_made_no_offer(self, round_files, run, form):
        files = {"criteria/g.yaml": group(), "tender.yaml": "lots: {L1: {}, L2: {}}\n"}
        round_files(files | bids(a="x: 5, offers: {L1: {}}", b="x: 6"))
        told = run("explain", "bids", "a", "--lot", "L2", "--format", form).out
        assert "No offer for L2" in told

    def test_a_group_shows_the_same_points_as_its_only_child(self, round_files, run):
        leaf = "score: {method: linear, worst: 0, best: 100}}"
        files = {
            "criteria/method.yaml": "rounding: {criterion: none, total: none}\n",
            "criteria/g.yaml": group(
                "{id: n, weight: 100, minimum: 60, criteria: ["
                f"{{id: a, weight: 50, fact: x, {leaf}, {{id: b, weight: 50, fact: y, {leaf}]}}"
            ),
        }
        round_files(files | bids(a="x: 59.9999999, y: 60"))
        lines = [line.split() for line in run("explain", "bids", "a").out.splitlines()]
        points = {line[0]: line[2] for line in lines if line and line[0] in {"g", "n"}}
        assert points == {"g": "59.99999995", "n": "59.99999995"}

    def test_in_python_it_shows_itself_in_a_line_and_says_what_the_command_prints(
        self, round_files, run
    ):
        round_files({"criteria/g.yaml": group()} | bids(a="x: 5"))
        explanation = ts.evaluate("bids").explain("a")
        assert repr(explanation) == "<explanation of a in all>"
        assert f"{explanation}\n" == run("explain", "bids", "a").out


class TestFaults:
    def test_a_key_of_a_lot_has_no_dot(self, problems):
        files = {"criteria/g.yaml": group(), "tender.yaml": "lots: {A: {x: {y.z: 3}}}\n"}
        (found,) = problems(files | bids(a="x: 5"))
        assert (found["code"], found["file"], found["column"]) == ("dotted-key", "tender.yaml", 16)

    def test_an_agreed_score_that_lacks_is_named_so(self, evaluate):
        leaf = PANEL.replace("]}", "], aggregate: consensus}")
        files = {
            "criteria/g.yaml": group(leaf),
            "scores/li.yaml": "evaluator: {id: li}\nscores: {a: {g.x: 3}, b: {g.x: 4}}\n",
        }
        assert evaluate(files | bids(a="y: 1", b="y: 2")).lot()["pending_reason"] == (
            "g.x has no agreed score for a, b: "
            "an entry `decide: consensus` in decisions.yaml gives it"
        )

    def test_what_is_carried_over_is_a_percentage(self, problems):
        method = "rounds: [{id: r, criteria: [g]}, {id: s, criteria: [g], carry_over: {r: 101}}]\n"
        files = {"criteria/method.yaml": method, "criteria/g.yaml": group()}
        (found,) = problems(files | bids(a="x: 5"))
        assert found["message"] == "a percentage lies between 0 and 100"

    def test_shares_that_are_all_0_are_told_so(self, problems):
        leaf = "{id: x, weight: 100, fact: x, score: {method: coverage, of: {a: 0, b: 0}}}"
        (found,) = problems({"criteria/g.yaml": group(leaf)} | bids(a="x: [a]"))
        assert found["message"] == "expected an item with a share above 0"

    @pytest.mark.parametrize("price", ["{amount: 1}", "{amount: x, currency: CNY}", "[3]"])
    def test_a_price_that_is_none_is_told_once(self, problems, price):
        leaf = "{id: x, weight: 100, fact: price, score: {method: ratio_to_best, better: low}}"
        files = {"criteria/g.yaml": group(leaf), "tender.yaml": "currency: CNY\n"}
        (found,) = problems(files | bids(a=f"x: 1\nprice: {price}".replace(", ", ",")))
        assert found["code"] == "price"

    def test_a_table_of_scores_that_lacks_its_columns_is_told_once(self, problems):
        files = {"criteria/g.yaml": group(PANEL), "scores/s.csv": "vendor,note\na,1\n"}
        found = problems(files | bids(a="y: 1"))
        said = [each["message"] for each in found if each["code"] == "score-form"]
        assert said == ["the table has no column evaluator, criterion, score"]

    def test_an_empty_table_of_scores_is_told_once(self, problems):
        files = {"criteria/g.yaml": group(PANEL), "scores/s.csv": ""}
        assert len(problems(files | bids(a="y: 1"))) == 1

    def test_an_unknown_lot_is_shown_where_it_is_named(self, problems):
        table = "evaluator,vendor,criterion,score,lot\nli,a,g.x,3,zz\n"
        sheet = "evaluator: {id: wu}\nlots:\n  zz: {a: {g.x: 3}}\n"
        files = {"criteria/g.yaml": group(PANEL), "scores/s.csv": table, "scores/wu.yaml": sheet}
        found = problems(files | bids(a="y: 1"))
        assert [(e["code"], e["file"], e["line"], e["column"]) for e in found] == [
            ("unknown-lot", "scores/s.csv", 2, "lot"),
            ("unknown-lot", "scores/wu.yaml", 3, 3),
        ]

    def test_a_reference_of_0_is_told_with_its_lot_and_the_bid_that_makes_it(self, problems):
        leaf = "{id: x, weight: 100, fact: x, score: {method: ratio_to_best, better: low}}"
        files = {"criteria/g.yaml": group(leaf), "tender.yaml": "lots: {one: {}, two: {}}\n"}
        found = problems(files | bids(a="x: 0", b="x: 5, offers: {one: {}}"))
        assert [each["message"] for each in found] == [
            f"g.x in lot {lot}: ratio_to_best needs a reference above 0; it is 0"
            for lot in ("one", "two")
        ]
        also = found[0]["also"]
        assert [(e["message"], e["file"], e["line"]) for e in also] == [
            ("what a gives", "bids/a.yaml", 2)
        ]

    def test_known_rounds_are_listed_in_their_order(self, round_files, run):
        method = "rounds: [{id: zeta, criteria: [g]}, {id: alpha, criteria: [g]}]\n"
        round_files({"criteria/method.yaml": method, "criteria/g.yaml": group()} | bids(a="x: 1"))
        assert "known: zeta, alpha" in run("evaluate", "bids", "--until", "q").err

    def test_ties_at_the_cut_are_told_in_the_order_of_rounds(self, evaluate):
        method = (
            "rounds: [{id: s, criteria: [g], advance: {at_most: 1}},"
            " {id: f, criteria: [g], advance: {at_most: 1}}]\n"
        )
        files = {"criteria/method.yaml": method, "criteria/g.yaml": group()}
        said = evaluate(files | bids(a="x: 1", b="x: 1"))["warnings"]
        assert ["round s" in each["message"] for each in said] == [True, False]

    def test_a_price_that_never_breaks_a_tie_is_a_warning(self, evaluate):
        leaf = "{id: x, weight: 100, expr: bid.price, score: {method: linear, worst: 9, best: 1}}"
        files = {"criteria/method.yaml": "tie_break: [x, price]\n".replace("x, ", "g.x, ")}
        result = evaluate(files | {"criteria/g.yaml": group(leaf)} | bids(a="price: 3"))
        (found,) = result["warnings"]
        assert (found["code"], found["line"], found["column"]) == ("idle-tie-break", 1, 18)
        files["criteria/g.yaml"] = group(leaf.replace("expr: bid.price", "fact: price"))
        assert evaluate(files | bids(a="price: 3"))["warnings"] == []

    def test_a_rounds_own_tie_break_waits_for_the_price_too(self, evaluate):
        method = (
            "rounds: [{id: s, criteria: [g], tie_break: [price]},"
            " {id: f, criteria: [p], tie_break: [price]}]\n"
        )
        price = "{id: o, weight: 100, fact: price, score: {method: ratio_to_best, better: low}}"
        files = {
            "criteria/method.yaml": method,
            "criteria/g.yaml": group(),
            "criteria/p.yaml": group(price, "p"),
        }
        (found,) = evaluate(files | bids(a="x: 1, price: 3"))["warnings"]
        assert (found["code"], found["column"]) == ("idle-tie-break", 45)


class TestNames:
    def test_the_winner_line_names_the_second_as_the_rest_does(self, round_files, run):
        files = {
            "criteria/method.yaml": "rounds: [{id: r, criteria: [g], advance: {at_most: 1}}]\n",
            "criteria/g.yaml": group(),
            "bids/acme.yaml": "vendor: {id: acme, name: Acme}\nx: 9\n",
            "bids/birch.yaml": "vendor: {id: birch, name: Birch & Partners}\nx: 8\n",
        }
        round_files(files)
        assert "1.00 ahead of Birch & Partners (birch)" in run("evaluate", "bids").out

    def test_an_examples_code_stands_set_in_without_fences(self, run):
        told = run("explain-code", "unread-file").out
        assert "```" not in told
        assert "\n    vendor: {id: acme}\n" in told

    def test_names_in_a_table_of_evaluators_are_not_broken_within_a_word(self, round_files, run):
        names = ["陈玉兰", "林志强", "欧阳文"]
        role = "Independent technical expert of the second chamber"
        people = "".join(
            f"  - {{id: p{number}, name: Professor Alexandrina {name}, role: {role}}}\n"
            for number, name in enumerate(names)
        )
        files = {"criteria/g.yaml": group(PANEL), "panel.yaml": f"evaluators:\n{people}"}
        round_files(files | bids(a="x: 1"))
        told = run("panel", "check", "bids").out
        assert [name in told for name in names] == [True, True, True]
