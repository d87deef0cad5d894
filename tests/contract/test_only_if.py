"""Section 1.4: `only_if`."""

import re

import openpyxl
import pytest

LINEAR = "score: {method: linear, worst: 0, best: 10}"


def group(text, **bids):
    files = {"criteria/g.yaml": text}
    return files | {f"bids/{vendor}.yaml": facts for vendor, facts in bids.items()}


def bid(vendor, facts=""):
    return f"vendor: {{id: {vendor}}}\n{facts}"


class TestOnlyIf:
    def test_where_it_does_not_hold_the_node_has_0_points_and_no_value(self, evaluate):
        files = group(
            f"""
            id: g
            weight: 100
            criteria:
              - id: x
                weight: 100
                fact: x
                only_if: {{fact: certified, is: true}}
                {LINEAR}
            """,
            acme=bid("acme", "x: 8\ncertified: true\n"),
            bolt=bid("bolt", "x: 8\ncertified: false\n"),
            core=bid("core", "x: 8\n"),
        )
        result = evaluate(files)
        assert result.points("g.x") == {"acme": 80.0, "bolt": 0.0, "core": 0.0}
        assert [result.node(v, "g.x")["value"] for v in ("acme", "bolt", "core")] == [8, None, None]

    def test_it_takes_an_expr_too(self, evaluate):
        files = group(
            f"""
            id: g
            weight: 100
            criteria:
              - {{id: x, weight: 100, fact: x, only_if: {{expr: "bid.y > 1"}}, {LINEAR}}}
            """,
            acme=bid("acme", "x: 8\ny: 2\n"),
            bolt=bid("bolt", "x: 8\ny: 1\n"),
        )
        assert evaluate(files).points("g.x") == {"acme": 80.0, "bolt": 0.0}

    def test_it_may_ask_for_absence(self, evaluate):
        files = group(
            f"""
            id: g
            weight: 100
            criteria:
              - {{id: x, weight: 100, fact: x, only_if: {{fact: y, present: false}}, {LINEAR}}}
            """,
            acme=bid("acme", "x: 8\n"),
            bolt=bid("bolt", "x: 8\ny: 1\n"),
        )
        assert evaluate(files).points("g.x") == {"acme": 80.0, "bolt": 0.0}

    def test_neither_missing_nor_minimum_of_what_is_under_it_applies(self, evaluate):
        files = group(
            f"""
            id: g
            weight: 100
            criteria:
              - id: local
                weight: 50
                minimum: 10
                only_if: {{fact: local, is: true}}
                criteria:
                  - {{id: a, weight: 50, fact: a, missing: eliminate, {LINEAR}}}
                  - {{id: b, weight: 25, fact: b, missing: error, {LINEAR}}}
                  - {{id: c, weight: 25, fact: c, minimum: 50, {LINEAR}}}
              - {{id: x, weight: 50, fact: x, {LINEAR}}}
            """,
            acme=bid("acme", "local: false\nx: 8\nc: 1\n"),
        )
        result = evaluate(files)
        assert result.column("outcome") == {"acme": "advanced"}
        assert result.column("total") == {"acme": 40.0}
        assert result.bids()["acme"]["reasons"] == []
        assert "missing-fact" not in result.codes

    def test_the_bid_is_out_of_the_references_under_it(self, evaluate):
        files = group(
            """
            id: g
            weight: 100
            criteria:
              - id: x
                weight: 100
                fact: x
                only_if: {fact: certified, is: true}
                score: {method: ratio_to_best, better: low}
            """,
            acme=bid("acme", "x: 20\ncertified: true\n"),
            bolt=bid("bolt", "x: 40\ncertified: true\n"),
            core=bid("core", "x: 10\ncertified: false\n"),
        )
        assert evaluate(files).points("g.x") == {"acme": 100.0, "bolt": 50.0, "core": 0.0}

    def test_it_may_stand_on_the_group(self, evaluate):
        files = group(
            f"""
            id: g
            weight: 100
            only_if: {{fact: certified, is: true}}
            criteria:
              - {{id: x, weight: 100, fact: x, {LINEAR}}}
            """,
            acme=bid("acme", "x: 8\ncertified: true\n"),
            bolt=bid("bolt", "x: 8\n"),
        )
        assert evaluate(files).column("total") == {"acme": 80.0, "bolt": 0.0}

    def test_explain_says_why_the_points_are_0(self, round_files, run):
        round_files(
            group(
                f"""
                id: g
                weight: 100
                criteria:
                  - id: x
                    weight: 100
                    fact: x
                    only_if: {{fact: certified, is: true}}
                    {LINEAR}
                """,
                acme=bid("acme", "x: 8\ncertified: false\n"),
            )
        )
        assert "certified" in run("explain", "bids", "acme").out

    def test_what_it_needs_it_needs(self, problems):
        """Rule 6: a missing rate is an error where the points of a bid need it."""
        files = group(
            f"""
            id: g
            weight: 100
            criteria:
              - {{id: x, weight: 100, fact: x, only_if: {{expr: "bid.price < 9"}}, {LINEAR}}}
            """,
            acme=bid("acme", "x: 8\nprice: {amount: 5, currency: GBP}\n"),
        )
        files["tender.yaml"] = "currency: CNY\n"
        (found,) = problems(files)
        assert (found["code"], found["file"]) == ("missing-rate", "bids/acme.yaml")

    def test_what_stands_under_a_node_left_out_needs_nothing(self, evaluate):
        files = group(
            f"""
            id: g
            weight: 100
            criteria:
              - id: a
                weight: 100
                only_if: {{fact: y, present: true}}
                criteria:
                  - {{id: x, weight: 100, fact: x, only_if: {{expr: "bid.price < 9"}}, {LINEAR}}}
            """,
            acme=bid("acme", "x: 8\nprice: {amount: 5, currency: GBP}\n"),
        )
        files["tender.yaml"] = "currency: CNY\n"
        assert evaluate(files).points("g.a.x") == {"acme": 0.0}

    def test_a_round_that_waits_needs_to_know_whom_it_waits_for(self, problems):
        files = group(
            """
            id: g
            weight: 100
            criteria:
              - {id: x, weight: 100, only_if: {expr: "bid.price < 9"}, score: {method: panel}}
            """,
            acme=bid("acme", "price: {amount: 5, currency: GBP}\n"),
            bolt=bid("bolt", "price: 5\n"),
        )
        files["tender.yaml"] = "currency: CNY\n"
        assert [(each["code"], each["file"]) for each in problems(files)] == [
            ("missing-rate", "bids/acme.yaml")
        ]

    def test_what_the_lot_does_not_say_needs_no_fact(self, evaluate):
        files = group(
            f"""
            id: g
            weight: 100
            criteria:
              - id: x
                weight: 100
                fact: x
                only_if: {{fact: price, at_most: lot.budget}}
                {LINEAR}
            """,
            acme=bid("acme", "x: 8\nprice: {amount: 5, currency: GBP}\n"),
        )
        files["tender.yaml"] = "currency: CNY\n"
        assert evaluate(files).points("g.x") == {"acme": 0.0}


REPORTED = {
    "criteria/quality.yaml": f"""
        id: quality
        weight: 50
        criteria:
          - {{id: x, weight: 60, fact: x, {LINEAR}}}
          - id: audit
            title: Audits
            weight: 40
            fact: x
            only_if: {{fact: y, is: lot.y}}
            {LINEAR}
        """,
    "criteria/interviews.yaml": f"""
        id: interviews
        title: Interviews
        weight: 50
        only_if: {{expr: "bid.x > 3"}}
        criteria:
          - {{id: x, weight: 50, fact: x, {LINEAR}}}
          - {{id: z, weight: 50, fact: x, only_if: {{fact: z, present: true}}, {LINEAR}}}
        """,
    "tender.yaml": "lots: {one: {y: k}, two: {}}\n",
    "bids/acme.yaml": bid("acme", "x: 8\ny: k\nz: 1\n"),
    "bids/bolt.yaml": "vendor: {id: bolt, name: =Bolt <b>}\nx: 0\ny: m\n",
}


class TestReports:
    """Where a node does not apply, the report says why."""

    def test_json_says_what_does_not_apply_and_why_and_nothing_where_it_applies(self, evaluate):
        result = evaluate(REPORTED)
        said = {
            (vendor, node["id"]): (node["applies"], node["why"])
            for vendor, row in result.bids(lot="one").items()
            for node in row["criteria"]
            if "applies" in node or "why" in node
        }
        assert said == {
            ("bolt", "quality.audit"): (False, "quality.audit: y is m, not k"),
            ("bolt", "interviews"): (False, "interviews: bid.x > 3 does not hold"),
            ("bolt", "interviews.x"): (False, "interviews: bid.x > 3 does not hold"),
            ("bolt", "interviews.z"): (False, "interviews.z: z is missing"),
        }

    def test_json_says_where_the_lot_lacks_what_is_asked_for(self, evaluate):
        node = evaluate(REPORTED).node("acme", "quality.audit", lot="two")
        assert (node["applies"], node["value"]) == (False, None)
        assert node["why"] == "quality.audit: lot.y is absent in this lot"

    def test_the_table_has_a_line_a_node_and_a_dash_for_its_points(self, round_files, run):
        round_files(REPORTED)
        told = run("evaluate", "bids", "--lot", "one").out
        bolt = "=Bolt <b> (bolt)"
        lines = [" ".join(line.split()) for line in re.split(r"\n\n|\n  (?! )", told)]
        assert [line for line in lines if line.startswith("Does not apply")] == [
            f"Does not apply: Interviews to {bolt}: it counts only if bid.x > 3",
            f"Does not apply: Audits (quality.audit) to {bolt}: it counts only if y is k",
        ]
        cells = [line.split()[-2:] for line in told.splitlines() if "##" in line or bolt in line]
        assert cells[-2:] == [["80.00", "80.00"], ["-", "0.00"]]

    def test_a_line_says_that_the_lot_lacks_what_is_asked_for(self, round_files, run):
        round_files(REPORTED)
        told = " ".join(run("evaluate", "bids", "--lot", "two").out.split())
        said = "it counts only if y is lot.y, which is absent in this lot"
        assert f"Audits (quality.audit) to acme, =Bolt <b> (bolt): {said}" in told

    def test_markdown_and_html_say_it_escaped(self, round_files, run):
        round_files(REPORTED)
        told = run("evaluate", "bids", "--format", "markdown").out
        assert "- Does not apply: Interviews to =Bolt &lt;b&gt; (bolt): it counts only if" in told
        page = run("evaluate", "bids", "--format", "html").out
        assert "Does not apply: Interviews to =Bolt &lt;b&gt; (bolt): it counts only if" in page
        assert '<td class="n">-</td>' in page

    def test_a_workbook_shows_a_dash_and_says_why_in_a_column(self, round_files, run):
        round_files(REPORTED)
        run("evaluate", "bids", "--lot", "one", "--output", "r.xlsx")
        sheet = openpyxl.load_workbook("r.xlsx")["one"]
        heads = {cell.value: cell.column for cell in sheet[1]}
        rows = {sheet.cell(row, heads["Vendor"]).value: row for row in (4, 5)}
        why = {v: sheet.cell(row, heads["Does not apply"]).value for v, row in rows.items()}
        assert why == {
            "acme": None,
            "bolt": "interviews: bid.x > 3 does not hold; quality.audit: y is m, not k",
        }
        cells = {v: sheet.cell(row, heads["Interviews"]) for v, row in rows.items()}
        assert cells["bolt"].value == 0
        assert {v: cell.number_format for v, cell in cells.items()} == {
            "acme": "#,##0.00",
            "bolt": '"-"',
        }

    def test_a_round_in_which_everything_applies_says_nothing(self, round_files, run):
        round_files(REPORTED | {"bids/bolt.yaml": bid("bolt", "x: 7\ny: k\nz: 1\n")})
        for form in ("table", "json", "html"):
            told = run("evaluate", "bids", "--lot", "one", "--format", form).out
            assert "apply" not in told.replace("applied", "")
            assert '"why"' not in told


class TestWhatTheLotDoesNotSay:
    RULE = "{fact: x, at_most: lot.cap}"

    def files(self, rule=RULE, lots="{web: {cap: 9}, app: {}, ops: }"):
        return {
            "tender.yaml": f"lots: {lots}\n",
            "criteria/g.yaml": (
                "id: g\nweight: 100\ncriteria:\n  - {id: x, weight: 100, fact: x, "
                f"score: {{method: points, out_of: 10}}, only_if: {rule}}}\n"
            ),
            "bids/acme.yaml": "vendor: {id: acme}\nx: 9\n",
        }

    @pytest.mark.parametrize(
        "rule",
        [
            "{fact: x, at_most: lot.cap}",
            "{fact: x, one_of: [9, lot.cap]}",
            "{expr: bid.x <= lot.cap}",
            "{expr: has(bid.x) and bid.x <= lot.cap}",
        ],
    )
    def test_holds_for_nobody_and_a_warning_says_so(self, evaluate, rule):
        result = evaluate(self.files(rule))
        assert result.points("g.x", lot="web") == {"acme": 90.0}
        assert result.points("g.x", lot="app") == {"acme": 0.0}
        warned = [each for each in result["warnings"] if each["code"] == "not-applied"]
        assert warned
        told = " ".join(each["message"] for each in warned)
        assert all(word in told for word in ("lot.cap", "app", "ops", "g.x"))
        assert "web" not in told
        assert {each["file"] for each in warned} == {"criteria/g.yaml"}

    def test_what_an_expression_does_not_come_to_is_not_missed(self, evaluate):
        result = evaluate(self.files("{expr: not has(lot.cap) or bid.x <= lot.cap}"))
        assert result.points("g.x", lot="app") == {"acme": 90.0}
        assert result["warnings"] == []

    @pytest.mark.parametrize("rule", [RULE, "{expr: bid.x <= lot.cap}"])
    def test_explain_says_what_is_absent(self, run, round_files, rule):
        root = round_files(self.files(rule))
        told = run("explain", f"{root}/bids", "acme", "--lot", "app").out
        assert "lot.cap is absent in this lot" in told
        assert "None" not in told
