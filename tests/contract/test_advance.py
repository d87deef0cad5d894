"""Section 1.8: who goes on: advance, minimum_bids, tie-breaks."""

import pytest


def group(name, fact, weight=100, score="{method: points}"):
    return (
        f"id: {name}\nweight: {weight}\ncriteria:\n"
        f"  - {{id: {fact}, weight: 100, fact: {fact}, score: {score}}}\n"
    )


def bids(**facts):
    """Bids from one line each: `acme="x: 5, y: 3"`."""
    return {
        f"bids/{vendor}.yaml": f"vendor: {{id: {vendor}}}\n" + text.replace(", ", "\n") + "\n"
        for vendor, text in facts.items()
    }


FACTS = {"acme": "x: 90", "bolt": "x: 80", "core": "x: 70", "dart": "x: 60"}


class TestAdvance:
    def files(self, advance, method="", **facts):
        return {
            "criteria/method.yaml": (
                f"{method}rounds: [{{id: one, criteria: [g], advance: {advance}}}]\n"
            ),
            "criteria/g.yaml": group("g", "x"),
        } | bids(**facts)

    @pytest.mark.parametrize(
        ("advance", "shortlist"),
        [
            ("{at_most: 2}", ["acme", "bolt"]),
            ("{minimum: 70}", ["acme", "bolt", "core"]),
            ("{at_most: 2, minimum: 85}", ["acme"]),
            ("{at_most: 3, minimum: 80}", ["acme", "bolt"]),
            ("{at_most: 9}", ["acme", "bolt", "core", "dart"]),
            ("{minimum: 95}", []),
            ("{}", ["acme", "bolt", "core", "dart"]),
        ],
    )
    def test_those_of_a_total_and_a_rank_go_on(self, evaluate, advance, shortlist):
        result = evaluate(self.files(advance, **FACTS))
        assert result.lot()["shortlist"] == shortlist

    def test_the_rest_are_not_advanced_keep_their_rank_and_name_the_rule(self, evaluate):
        result = evaluate(self.files("{at_most: 2}", **FACTS))
        assert result.column("outcome")["core"] == "not_advanced"
        assert result.column("rank")["core"] == 3
        assert result.reasons("core") == ["rule advance"]
        assert result.reasons("acme") == []

    def test_the_minimum_compares_the_published_total(self, evaluate):
        files = self.files(
            "{minimum: 90}", "rounding: {criterion: none}\n", acme="x: 89.995", bolt="x: 89.994"
        )
        result = evaluate(files)
        assert result.lot()["shortlist"] == ["acme"]
        assert result.column("total") == {"acme": 90.0, "bolt": 89.99}

    def test_with_none_the_minimum_compares_the_exact_total(self, evaluate):
        files = self.files(
            "{minimum: 90}",
            "rounding: {criterion: none, total: none}\n",
            acme="x: 90",
            bolt="x: 89.9999999999999999999999",
        )
        assert evaluate(files).lot()["shortlist"] == ["acme"]

    def test_all_that_tie_at_the_cut_advance_and_it_is_reported(self, evaluate):
        files = self.files("{at_most: 2}", acme="x: 90", bolt="x: 80", core="x: 80", dart="x: 70")
        result = evaluate(files)
        assert result.lot()["shortlist"] == ["acme", "bolt", "core"]
        assert result.column("rank") == {"acme": 1, "bolt": 2, "core": 2, "dart": 4}
        assert "tie-at-cut" in result.codes

    def test_a_tie_within_the_cut_is_no_tie_at_the_cut(self, evaluate):
        files = self.files("{at_most: 2}", acme="x: 90", bolt="x: 90", core="x: 80")
        result = evaluate(files)
        assert result.lot()["shortlist"] == ["acme", "bolt"]
        assert "tie-at-cut" not in result.codes

    def test_a_tie_over_the_whole_cut_advances_whole(self, evaluate):
        files = self.files("{at_most: 1}", acme="x: 90", bolt="x: 90", core="x: 90")
        result = evaluate(files)
        assert result.lot()["shortlist"] == ["acme", "bolt", "core"]
        assert "tie-at-cut" in result.codes


class TestMinimumBids:
    FILES = {
        "criteria/method.yaml": """
            requirements: {licence: {fact: licence, is: true}}
            minimum_bids: 3
            rounds:
              - {id: one, criteria: [g], requirements: [licence]}
              - {id: two, criteria: [h]}
            """,
        "criteria/g.yaml": group("g", "x"),
        "criteria/h.yaml": group("h", "x"),
    } | bids(acme="x: 1, licence: true", bolt="x: 2, licence: true", core="x: 3, licence: false")

    def test_fewer_that_meet_the_first_rounds_requirements_are_not_evaluated(self, evaluate):
        result = evaluate(self.FILES)
        assert [each["id"] for each in result.lot()["rounds"]] == ["one"]
        assert result.column("outcome") == {
            "acme": "not_advanced",
            "bolt": "not_advanced",
            "core": "eliminated",
        }
        assert result.column("total") == {"acme": None, "bolt": None, "core": None}
        assert result.column("rank") == {"acme": None, "bolt": None, "core": None}
        assert result.reasons("acme") == ["rule minimum_bids"]
        assert result.reasons("core") == ["requirement licence"]
        lot = result.lot()
        assert (lot["shortlist"], lot["winner"], lot["tie"]) == ([], None, [])

    def test_as_many_are_evaluated(self, evaluate):
        files = self.FILES | bids(core="x: 3, licence: true")
        assert evaluate(files).lot()["winner"] == "core"

    def test_they_are_counted_in_each_lot(self, evaluate):
        files = self.FILES | bids(
            core="x: 3, licence: true, offers: {web: {}}",
            dart="x: 4, licence: true, offers: {app: {}}",
        )
        files["bids/acme.yaml"] += "offers: {web: {}, app: {}}\n"
        files["bids/bolt.yaml"] += "offers: {web: {}}\n"
        result = evaluate(files)
        assert result.lot("web")["winner"] == "core"
        assert result.lot("app")["winner"] is None
        assert result.reasons("dart", lot="app") == ["rule minimum_bids"]


class TestTieBreaks:
    def files(self, method, **facts):
        return {
            "criteria/method.yaml": method,
            "criteria/g.yaml": """
                id: g
                weight: 100
                criteria:
                  - {id: x, weight: 50, fact: x, score: {method: points}}
                  - {id: y, weight: 50, fact: y, score: {method: points}}
                """,
        } | bids(**facts)

    def test_higher_points_win(self, evaluate):
        files = self.files("tie_break: [g.y]\n", acme="x: 60, y: 40", bolt="x: 40, y: 60")
        result = evaluate(files)
        assert result.column("rank") == {"bolt": 1, "acme": 2}
        assert result.lot()["winner"] == "bolt"

    def test_entries_are_taken_in_order_and_then_the_tie_stands(self, evaluate):
        files = self.files(
            "tie_break: [g, g.x, g.y]\n",
            acme="x: 60, y: 40",
            bolt="x: 40, y: 60",
            core="x: 60, y: 40",
        )
        result = evaluate(files)
        assert result.column("rank") == {"acme": 1, "core": 1, "bolt": 3}
        assert result.lot()["tie"] == ["acme", "core"]
        assert result.lot()["winner"] is None

    def test_points_are_rounded_as_a_criterions_are(self, evaluate):
        files = self.files(
            "rounding: {criterion: 0}\ntie_break: [g.y, g.x]\n",
            acme="x: 50.4, y: 49.6",
            bolt="x: 49.6, y: 50.4",
        )
        assert evaluate(files).column("rank") == {"acme": 1, "bolt": 1}

    def test_price_is_the_offered_price_lower_first(self, evaluate):
        files = self.files(
            "tie_break: [price]\n",
            acme="x: 60, y: 40, price: 20",
            bolt="x: 40, y: 60, price: 19.99",
        )
        files["criteria/g.yaml"] = """
            id: g
            weight: 100
            criteria:
              - {id: x, weight: 50, fact: x, score: {method: points}}
              - {id: y, weight: 50, fact: y, score: {method: points}}
              - {id: p, weight: 0, fact: price, score: {method: ratio_to_best, better: low}}
            """
        assert evaluate(files).column("rank") == {"bolt": 1, "acme": 2}

    def test_price_counts_from_the_first_round_on_that_has_a_leaf_of_it(self, evaluate):
        files = {
            "criteria/method.yaml": """
                tie_break: [price]
                rounds:
                  - {id: one, criteria: [g]}
                  - {id: two, criteria: [price]}
                  - {id: three, criteria: [h]}
                """,
            "criteria/g.yaml": group("g", "x"),
            "criteria/price.yaml": group(
                "price", "price", score="{method: linear, worst: 50, best: 40}"
            ),
            "criteria/h.yaml": group("h", "x"),
        } | bids(acme="x: 60, price: 20", bolt="x: 60, price: 19")
        result = evaluate(files)
        assert result.column("rank", "one") == {"acme": 1, "bolt": 1}
        assert result.column("rank", "two") == {"bolt": 1, "acme": 2}
        assert result.column("rank", "three") == {"bolt": 1, "acme": 2}

    def test_received_is_the_earlier_bid_in_whatever_zone(self, evaluate):
        files = self.files(
            "tie_break: [received]\n",
            acme="x: 60, y: 40, received: '2026-03-30T09:00:00+00:00'",
            bolt="x: 40, y: 60, received: 2026-03-30T10:59:59.9+02:00",
            core="x: 50, y: 50",
            dart="x: 45, y: 55, received: 2026-03-30T09:00:00Z",
            echo="x: 46, y: 54, received: null",
        )
        assert evaluate(files).column("rank") == {
            "bolt": 1, "acme": 2, "dart": 2, "core": 4, "echo": 4,
        }  # fmt: skip

    def test_received_may_differ_by_lot(self, evaluate):
        files = self.files(
            "tie_break: [received]\n",
            acme="received: 2026-03-30T09:00:00Z, x: 60, y: 40,"
            " offers: {web: {received: 2026-03-30T11:00:00Z},app: {}}",
            bolt="received: 2026-03-30T10:00:00Z, x: 40, y: 60",
        )
        result = evaluate(files)
        assert result.column("rank", lot="web") == {"bolt": 1, "acme": 2}
        assert result.column("rank", lot="app") == {"acme": 1, "bolt": 2}

    def test_received_breaks_no_tie_where_no_bid_has_it(self, evaluate):
        files = self.files("tie_break: [received]\n", acme="x: 60, y: 40", bolt="x: 40, y: 60")
        assert evaluate(files).lot()["tie"] == ["acme", "bolt"]

    def test_a_group_by_the_name_of_received_is_a_group(self, evaluate):
        files = self.files("tie_break: [received.y]\n", acme="x: 60, y: 40", bolt="x: 40, y: 60")
        files["criteria/g.yaml"] = files["criteria/g.yaml"].replace("id: g", "id: received")
        assert evaluate(files).column("rank") == {"bolt": 1, "acme": 2}

    def test_points_are_from_the_latest_round_so_far_and_passed_over_where_none_has(self, evaluate):
        files = {
            "criteria/method.yaml": """
                tie_break: [h, g.y]
                rounds:
                  - {id: one, criteria: [g]}
                  - {id: two, criteria: [h]}
                """,
            "criteria/g.yaml": """
                id: g
                weight: 100
                criteria:
                  - {id: x, weight: 50, fact: x, score: {method: points}}
                  - {id: y, weight: 50, fact: y, score: {method: points}}
                """,
            "criteria/h.yaml": group("h", "z"),
        } | bids(acme="x: 60, y: 40, z: 5", bolt="x: 40, y: 60, z: 5")
        result = evaluate(files)
        assert result.column("rank", "one") == {"bolt": 1, "acme": 2}
        assert result.column("rank", "two") == {"bolt": 1, "acme": 2}

    def test_a_round_may_name_its_own(self, evaluate):
        files = self.files(
            """
            tie_break: [g.x]
            rounds:
              - {id: one, criteria: [g]}
              - {id: two, criteria: [g], tie_break: [g.y]}
            """,
            acme="x: 60, y: 40",
            bolt="x: 40, y: 60",
        )
        result = evaluate(files)
        assert result.column("rank", "one") == {"acme": 1, "bolt": 2}
        assert result.column("rank", "two") == {"bolt": 1, "acme": 2}

    def test_ranks_for_advance_are_those_after_tie_breaks(self, evaluate):
        files = self.files(
            """
            tie_break: [g.y]
            rounds: [{id: one, criteria: [g], advance: {at_most: 1}}]
            """,
            acme="x: 60, y: 40",
            bolt="x: 40, y: 60",
        )
        result = evaluate(files)
        assert result.lot()["shortlist"] == ["bolt"]
        assert "tie-at-cut" not in result.codes
