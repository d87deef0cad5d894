"""Section 2, rules 1 and 2: exact sums and where they are rounded."""

import re

import pytest

NINES = "9" * 34
NONE = "rounding: {criterion: none, total: none}\n"
CUT_AT_90 = NONE + "rounds: [{id: r, criteria: [g], advance: {minimum: 90}}]\n"
SHOWN_AS_90 = re.compile(r"(?<![\d.])90\.00(?!\d)")


def bid(vendor, **facts):
    lines = "".join(f"{name}: {value}\n" for name, value in facts.items())
    return {f"bids/{vendor}.yaml": f"vendor: {{id: {vendor}}}\n{lines}"}


def one(score, leaf="", method=""):
    """One criterion `g.x`."""
    extra = f", {leaf}" if leaf else ""
    files = {
        "criteria/g.yaml": (
            "id: g\nweight: 100\ncriteria:\n"
            f"  - {{id: x, weight: 100, fact: x, score: {score}{extra}}}\n"
        )
    }
    return files | ({"criteria/method.yaml": method} if method else {})


def halves(method=""):
    """Two criteria, `g.x` and `g.y`, of equal weight."""
    files = {
        "criteria/g.yaml": """
            id: g
            weight: 100
            criteria:
              - {id: x, weight: 50, fact: x, score: {method: points}}
              - {id: y, weight: 50, fact: y, score: {method: points}}
            """
    }
    return files | ({"criteria/method.yaml": method} if method else {})


class TestRule1Exact:
    @pytest.mark.parametrize(
        ("x", "y", "total"),
        [
            ("33.35", "33.36", 33.36),  # 33.355
            ("1.00", "1.01", 1.01),  # 1.005, which a float holds as 1.00499...
            ("2.67", "2.68", 2.68),  # 2.675, which a float holds as 2.67499...
            ("0.01", "0.00", 0.01),  # 0.005
            ("64.11", "64.10", 64.11),  # 64.105
            ("8.57", "8.58", 8.58),  # 8.575
            ("0.14", "0.15", 0.15),  # 0.145
        ],
    )
    def test_a_total_of_half_a_cent_is_rounded_up(self, evaluate, x, y, total):
        assert evaluate(halves() | bid("acme", x=x, y=y)).column("total") == {"acme": total}

    def test_points_of_half_a_cent_are_rounded_up(self, evaluate):
        files = one("{method: linear, worst: 0, best: 100}") | bid("acme", x="1.005")
        assert evaluate(files).points("g.x") == {"acme": 1.01}

    def test_five_weights_of_tenths_lose_nothing(self, evaluate):
        leaves = "".join(
            f"  - {{id: {name}, weight: {weight}, fact: {name}, score: {{method: points}}}}\n"
            for name, weight in zip("abcde", ("10.1", "20.2", "30.3", "20.2", "19.2"), strict=True)
        )
        files = {"criteria/g.yaml": f"id: g\nweight: 100\ncriteria:\n{leaves}"}
        result = evaluate(files | bid("acme", a=70.07, b=80.08, c=90.09, d=60.06, e=50.05))
        # 7.07707 + 16.17616 + 27.29727 + 12.13212 + 9.6096 = 72.29222
        assert result.column("total") == {"acme": 72.29}

    def test_a_sum_of_tenths_meets_its_threshold(self, evaluate):
        files = halves("rounds: [{id: one, criteria: [g], advance: {minimum: 0.15}}]\n")
        result = evaluate(files | bid("acme", x="0.1", y="0.2"))
        assert result.lot()["shortlist"] == ["acme"]

    def test_large_numbers_close_together_keep_their_digits(self, evaluate):
        files = one("{method: min_max, better: low}", method="rounding: {criterion: 4}\n")
        files |= bid("acme", x="999999999999.00") | bid("bolt", x="999999999999.99")
        files |= bid("core", x="999999999999.33")
        # (0.99 - 0.33) / 0.99 = 2/3
        assert evaluate(files).points("g.x") == {"acme": 100.0, "bolt": 0.0, "core": 66.6667}

    def test_numbers_that_a_float_cannot_tell_apart_are_ranked(self, evaluate):
        files = one(
            "{method: ratio_to_best, better: low}",
            method="rounding: {criterion: none, total: none}",
        )
        files |= bid("acme", x="10000000000000000000000001") | bid("bolt", x="1e25")
        result = evaluate(files)
        assert result.column("rank") == {"bolt": 1, "acme": 2}
        assert result.lot()["winner"] == "bolt"

    def test_totals_that_a_float_cannot_tell_apart_are_ranked(self, evaluate):
        files = halves(NONE)
        files |= bid("acme", x="50.0000000000000000000000000001", y="50") | bid("bolt", x=50, y=50)
        result = evaluate(files)
        assert result.column("rank") == {"acme": 1, "bolt": 2}
        assert result.lot()["tie"] == []

    def test_thirds_that_add_up_tie(self, evaluate):
        files = {
            "criteria/method.yaml": "rounding: {criterion: none, total: none}\nweights: relative\n",
            "criteria/g.yaml": """
                id: g
                weight: 1
                criteria:
                  - {id: x, weight: 1, fact: x, score: {method: points, out_of: 7}}
                  - {id: y, weight: 1, fact: y, score: {method: points, out_of: 7}}
                  - {id: z, weight: 1, fact: z, score: {method: points, out_of: 7}}
                """,
        }
        files |= (
            bid("acme", x=1, y=2, z=4) | bid("bolt", x=4, y=1, z=2) | bid("core", x=2, y=2, z=3)
        )
        result = evaluate(files)
        assert set(result.column("rank").values()) == {1}
        assert set(result.column("total").values()) == {100 / 3}

    @pytest.mark.parametrize(
        "x", ["0." + "3" * 30, NINES[:30], "1e29", NINES[:29] + ".99999", "1e-30"]
    )
    def test_numbers_count_to_34_digits_under_1e30_with_30_decimals(self, evaluate, x):
        files = one("{method: linear, worst: 0, best: 1e29}") | bid("acme", x=x)
        assert "acme" in evaluate(files).points("g.x")

    @pytest.mark.parametrize(
        "x",
        [
            "1e30",
            "-1e30",
            "1" + "0" * 30,
            "0." + "1" * 31,
            "1e-31",
            "9." + "1" * 34,
            "1e999999999",
            "1e-999999999",
            "1" * 40,
        ],
    )
    def test_a_number_beyond_is_an_error(self, problems, x):
        files = one("{method: linear, worst: 0, best: 1e29}") | bid("acme", x=x)
        found = problems(files)
        assert ("bids/acme.yaml", 2) in [(each["file"], each["line"]) for each in found]


class TestRule2Rounding:
    def test_nodes_between_are_not_rounded(self, evaluate):
        files = {
            "criteria/method.yaml": "rounding: {criterion: 2, total: 2}\n",
            "criteria/g.yaml": """
                id: g
                weight: 50
                criteria:
                  - {id: x, weight: 50, fact: x, score: {method: points}}
                  - {id: y, weight: 50, fact: y, score: {method: points}}
                """,
            "criteria/h.yaml": """
                id: h
                weight: 50
                criteria:
                  - {id: x, weight: 50, fact: x, score: {method: points}}
                  - {id: y, weight: 50, fact: y, score: {method: points}}
                """,
        }
        result = evaluate(files | bid("acme", x="1.00", y="1.01"))
        # g and h are 1.005 each, and so is the total before it is rounded
        assert result.node("acme", "g")["points"] == 1.005
        assert result.node("acme", "g")["contribution"] == 0.5025
        assert result.column("total") == {"acme": 1.01}

    def test_rounding_happens_once_at_the_end(self, evaluate):
        files = {
            "criteria/g.yaml": """
                id: g
                weight: 50
                criteria:
                  - {id: x, weight: 50, fact: x, score: {method: points}}
                  - {id: y, weight: 50, fact: y, score: {method: points}}
                """,
            "criteria/h.yaml": """
                id: h
                weight: 50
                criteria: [{id: z, weight: 100, fact: z, score: {method: points}}]
                """,
        }
        result = evaluate(files | bid("acme", x="10.00", y="10.01", z="20.00"))
        # g is 10.005; (10.005 + 20) / 2 = 15.0025 -> 15.00; with g at 10.01 it were 15.01
        assert result.column("total") == {"acme": 15.0}

    def test_leaf_points_are_rounded_before_they_are_weighted(self, evaluate):
        files = {
            "criteria/method.yaml": "rounding: {criterion: 0, total: 2}\n",
            "criteria/g.yaml": """
                id: g
                weight: 100
                criteria:
                  - {id: x, weight: 50, fact: x, score: {method: points}}
                  - {id: y, weight: 50, fact: y, score: {method: points}}
                """,
        }
        result = evaluate(files | bid("acme", x="50.5", y="49.4"))
        assert result.points("g.x") == {"acme": 51.0}
        assert result.column("total") == {"acme": 50.0}

    def test_the_total_is_own_and_earlier_published_totals(self, evaluate):
        files = {
            "criteria/method.yaml": """
                rounding: {criterion: none, total: 1}
                rounds:
                  - {id: one, criteria: [g]}
                  - {id: two, criteria: [h], carry_over: {one: 50}}
                  - {id: three, criteria: [i], carry_over: {one: 25, two: 25}}
                """,
            "criteria/g.yaml": """
                id: g
                weight: 100
                criteria: [{id: x, weight: 100, fact: x, score: {method: points}}]
                """,
            "criteria/h.yaml": """
                id: h
                weight: 100
                criteria: [{id: y, weight: 100, fact: y, score: {method: points}}]
                """,
            "criteria/i.yaml": """
                id: i
                weight: 100
                criteria: [{id: z, weight: 100, fact: z, score: {method: points}}]
                """,
        }
        result = evaluate(files | bid("acme", x="10.04", y="20.04", z="30.04"))
        # one: 10.04 -> 10.0; two: 10.02 + 5 = 15.02 -> 15.0; three: 15.02 + 2.5 + 3.75 = 21.27
        assert result.column("total", "one") == {"acme": 10.0}
        assert result.column("total", "two") == {"acme": 15.0}
        assert result.column("total", "three") == {"acme": 21.3}

    def test_thresholds_compare_the_published_points(self, evaluate):
        files = one("{method: points}", leaf="minimum: 90") | bid("acme", x="89.996")
        result = evaluate(files)
        assert result.column("outcome") == {"acme": "advanced"}
        assert result.points("g.x") == {"acme": 90.0}

    def test_with_none_the_exact_points_fail(self, evaluate):
        files = one(
            "{method: points}",
            leaf="minimum: 90",
            method=NONE,
        )
        result = evaluate(files | bid("acme", x="89.996"))
        assert result.column("outcome") == {"acme": "eliminated"}
        assert result.points("g.x") == {"acme": 89.996}

    @pytest.mark.parametrize("form", ["table", "csv", "markdown"])
    def test_what_failed_by_a_hair_is_never_shown_as_the_threshold(self, round_files, run, form):
        files = one(
            "{method: points}",
            leaf="minimum: 90",
            method=NONE,
        )
        round_files(files | bid("acme", x="89.996"))
        out = run("evaluate", "bids", "--format", form).out
        assert "89.996" in out
        assert not SHOWN_AS_90.search(out)

    def test_nor_is_it_in_explain(self, round_files, run):
        files = one("{method: points}", method=CUT_AT_90)
        round_files(files | bid("acme", x="89.996"))
        out = run("explain", "bids", "acme").out
        assert "89.996" in out
        assert not SHOWN_AS_90.search(out)

    @pytest.mark.parametrize("form", ["table", "markdown"])
    def test_nor_is_a_total_beside_others(self, round_files, run, form):
        files = one("{method: points}", method=CUT_AT_90)
        round_files(files | bid("acme", x="89.996") | bid("bolt", x="95"))
        out = run("evaluate", "bids", "--format", form).out
        assert "89.996" in out
        assert not SHOWN_AS_90.search(out)

    def test_totals_that_differ_by_a_hair_are_shown_apart(self, round_files, run):
        files = one("{method: points}", method=NONE)
        round_files(files | bid("acme", x="89.99961") | bid("bolt", x="89.99962"))
        out = run("evaluate", "bids").out
        assert "89.99961" in out
        assert "89.99962" in out

    def test_ties_compare_the_published_totals(self, evaluate):
        files = one("{method: points}", method="rounding: {criterion: none, total: 1}\n")
        result = evaluate(files | bid("acme", x="50.04") | bid("bolt", x="49.95"))
        assert result.lot()["tie"] == ["acme", "bolt"]
