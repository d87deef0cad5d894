"""Section 1.3: one CSV or XLSX table with a row an offer."""

import datetime as dt
from io import BytesIO

import pytest
import xlsxwriter

GROUP = """
id: g
weight: 100
criteria:
  - {id: x, weight: 100, fact: x, score: {method: linear, worst: 0, best: 10}}
"""


def criteria(leaf):
    return f"id: g\nweight: 100\ncriteria:\n  - {{id: x, weight: 100, {leaf}}}\n"


def table(text, leaf=None, **others):
    return {"bids.csv": text, "criteria/g.yaml": criteria(leaf) if leaf else GROUP, **others}


def workbook(*rows):
    """An XLSX file of one sheet, Sheet1; a `datetime.date` is written as a date."""
    book = BytesIO()
    with xlsxwriter.Workbook(book, {"in_memory": True}) as out:
        sheet = out.add_worksheet("Sheet1")
        date = out.add_format({"num_format": "yyyy-mm-dd"})
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(y, x, dt.datetime.combine(cell, dt.time()), date)
                elif isinstance(cell, tuple):
                    sheet.write_formula(y, x, cell[0], None, cell[1])
                else:
                    sheet.write(y, x, cell)
    return book.getvalue()


def test_columns_are_dotted_fact_paths(evaluate):
    result = evaluate(
        table(
            "vendor.id,vendor.name,a.b.c\nacme,Acme Services,7\nbolt,,3\n",
            "fact: a.b.c, score: {method: linear, worst: 0, best: 10}",
        )
    )
    assert result.points("g.x") == {"acme": 70.0, "bolt": 30.0}
    assert result.column("name") == {"acme": "Acme Services", "bolt": "bolt"}


def test_a_table_is_its_yaml_twin(evaluate):
    rows = evaluate(
        table("vendor.id,vendor.name,lot,x\nacme,Acme,web,7\nacme,Acme,app,2\nbolt,Bolt,web,3\n")
    )
    files = evaluate(
        {
            "criteria/g.yaml": GROUP,
            "bids/acme.yaml": """
                vendor: {id: acme, name: Acme}
                offers: {web: {x: 7}, app: {x: 2}}
                """,
            "bids/bolt.yaml": "vendor: {id: bolt, name: Bolt}\noffers: {web: {x: 3}}\n",
        }
    )
    assert rows["lots"] == files["lots"]


def test_vendor_id_is_needed(problems):
    assert problems(table("vendor,x\nacme,7\n"))[0]["file"] == "bids.csv"


def test_a_row_without_a_vendor_id_is_an_error(problems):
    assert problems(table("vendor.id,x\nacme,7\n,3\n"))[0]["file"] == "bids.csv"


@pytest.mark.parametrize("cell", ["true", "TRUE", "True", "tRuE"])
def test_a_cells_booleans_stand_in_any_case(evaluate, cell):
    leaf = "fact: x, score: {method: yes_no}"
    assert evaluate(table(f"vendor.id,x\nacme,{cell}\n", leaf)).points("g.x") == {"acme": 100.0}


def test_a_cells_no_is_text(evaluate):
    leaf = "fact: x, score: {method: lookup, points: {NO: 60, yes: 70}}"
    result = evaluate(table("vendor.id,x\nacme,NO\nbolt,yes\n", leaf))
    assert result.points("g.x") == {"acme": 60.0, "bolt": 70.0}


def test_an_empty_cell_is_an_absent_fact(evaluate):
    result = evaluate(table("vendor.id,x\nacme,7\nbolt,\n"))
    assert result.node("bolt", "g.x")["value"] is None
    assert result.points("g.x") == {"acme": 70.0, "bolt": 0.0}
    assert "missing-fact" in result.codes


@pytest.mark.parametrize(
    ("cell", "points"), [("1_0", 10.0), ("1e1", 10.0), ("+10", 10.0), ("12.5", 12.5)]
)
def test_a_cell_reads_as_an_unquoted_yaml_scalar(evaluate, cell, points):
    result = evaluate(table(f"vendor.id,x\nacme,{cell}\n", "fact: x, score: {method: points}"))
    assert result.points("g.x") == {"acme": points}


def test_a_cell_with_a_leading_zero_is_text_with_a_warning(evaluate):
    leaf = "fact: x, score: {method: lookup, points: {'010': 30, 10: 90, 8: 50}}"
    result = evaluate(table("vendor.id,x\nacme,010\n", leaf))
    assert result.points("g.x") == {"acme": 30.0}
    assert [each["file"] for each in result["warnings"]] == ["bids.csv"]


def test_a_cells_date_is_a_date(evaluate):
    files = table("vendor.id,d,x\nacme,2026-03-01,1\nbolt,2026-03-02,1\n")
    files["criteria/method.yaml"] = "requirements: {r: {fact: d, at_most: 2026-03-01}}\n"
    outcomes = evaluate(files).column("outcome")
    assert outcomes == {"acme": "advanced", "bolt": "eliminated"}


def test_a_column_with_brackets_is_a_list_split_at_semicolons(evaluate):
    leaf = "fact: c, score: {method: coverage, of: [a, b, c, d]}"
    result = evaluate(table("vendor.id,c[]\nacme,a;b;c\nbolt,a\ncore,\n", leaf))
    assert result.points("g.x") == {"acme": 75.0, "bolt": 25.0, "core": 0.0}


@pytest.mark.parametrize("vendor", ["007", "NO", "1_000", "true", "1.50"])
def test_ids_and_lots_in_a_table_are_text(evaluate, vendor):
    result = evaluate(table(f"vendor.id,lot,x\n{vendor},{vendor},7\n"))
    assert list(result.bids(lot=vendor)) == [vendor]


def test_a_vendors_name_in_a_table_is_text(evaluate):
    result = evaluate(table("vendor.id,vendor.name,x\nacme,1_000,7\n"))
    assert result.column("name") == {"acme": "1_000"}


def test_money_is_a_plain_column_or_amount_with_currency(evaluate):
    files = table(
        "vendor.id,price.amount,price.currency\nacme,10,USD\nbolt,71,CNY\n",
        "fact: price, score: {method: linear, worst: 142, best: 0}",
        **{"tender.yaml": "currency: CNY\n"},
        **{"rates.yaml": "- {date: 2026-01-01, from: USD, to: CNY, rate: 7.1}\n"},
    )
    result = evaluate(files)
    assert result.points("g.x") == {"acme": 50.0, "bolt": 50.0}
    assert result.node("acme", "g.x")["value"] == 71


@pytest.mark.parametrize("cells", [("1", "2"), ("1;5", "2"), ("1", ""), ("2026-01-05", "x")])
def test_a_list_of_one_number_is_a_list(cells, evaluate):
    files = table(
        "".join(["vendor.id,x,years[]\n", *(f"v{n},1,{c}\n" for n, c in enumerate(cells))])
    )
    files["criteria/g.yaml"] = criteria("expr: len(bid.years), score: {method: points, out_of: 2}")
    points = [50.0 * len(cell.split(";")) if cell else 0.0 for cell in cells]
    assert list(evaluate(files).points("g.x").values()) == sorted(points, reverse=True)


def test_a_lots_facts_may_be_columns(evaluate):
    files = table("vendor.id,lot,lot.budget,price\nacme,web,10,9\nbolt,web,10,11\nacme,app,5,6\n")
    files["criteria/g.yaml"] = criteria(
        "fact: price, score: {method: linear, worst: lot.budget, best: 0}"
    )
    files["criteria/method.yaml"] = "requirements: {r: {fact: price, at_most: lot.budget}}\n"
    result = evaluate(files)
    assert result.column("outcome", lot="web") == {"acme": "advanced", "bolt": "eliminated"}
    assert result.column("outcome", lot="app") == {"acme": "eliminated"}
    assert result.points("g.x", lot="web") == {"acme": 10.0}


def test_a_lots_money_may_stand_in_two_columns(evaluate):
    files = table(
        "vendor.id,lot,lot.budget.amount,lot.budget.currency,price\n"
        "acme,web,10,USD,71\nbolt,web,10,USD,72\nacme,app,50,CNY,50\n",
        **{"rates.yaml": "- {date: 2026-01-01, from: USD, to: CNY, rate: 7.1}\n"},
    )
    files["tender.yaml"] = "currency: CNY\nlots: {web: {budget: null}, app: {title: App}}\n"
    files["criteria/g.yaml"] = criteria(
        "fact: price, score: {method: linear, worst: lot.budget, best: 0}"
    )
    files["criteria/method.yaml"] = "requirements: {r: {fact: price, at_most: lot.budget}}\n"
    result = evaluate(files)
    assert result.column("outcome", lot="web") == {"acme": "advanced", "bolt": "eliminated"}
    assert result.column("outcome", lot="app") == {"acme": "advanced"}


@pytest.mark.parametrize("budget", ["11", "{amount: 10, currency: USD}"])
def test_a_table_and_the_tender_agree_on_a_lots_facts(budget, problems):
    files = table("vendor.id,lot,lot.budget.amount,lot.budget.currency,x\nacme,web,10,CNY,9\n")
    files["tender.yaml"] = f"currency: CNY\nlots: {{web: {{budget: {budget}}}}}\n"
    found = {(each["code"], each["file"], each["line"]) for each in problems(files)}
    assert found == {("lot-facts", "bids.csv", 2)}


def test_rows_agree_on_a_lots_facts(problems):
    found = problems(table("vendor.id,lot,lot.budget,x\nacme,web,10,9\nbolt,web,11,9\n"))
    assert found[0]["file"] == "bids.csv"


def test_a_vendors_rows_agree_on_the_vendor(problems):
    found = problems(table("vendor.id,vendor.country,lot,x\nacme,CN,web,9\nacme,SG,app,9\n"))
    assert found[0]["file"] == "bids.csv"


def test_an_absent_cell_agrees_with_what_another_row_says_of_the_vendor(evaluate):
    rows = "vendor.id,lot,x,vendor.name,vendor.country\na,A,1,,\na,B,2,Acme,CN\na,C,3,,\n"
    tie = "{method: lookup, points: {CN: 100}}"
    result = evaluate(table(rows, f"fact: vendor.country, score: {tie}"))
    assert [result.bids(lot=lot)["a"]["name"] for lot in "ABC"] == ["Acme"] * 3
    assert [result.points("g.x", lot=lot) for lot in "ABC"] == [{"a": 100.0}] * 3


def test_an_absent_cell_between_rows_that_differ_hides_nothing(problems):
    rows = "vendor.id,lot,x,vendor.country\na,A,1,CN\na,B,2,\na,C,3,DE\n"
    (found,) = problems(table(rows))
    assert (found["code"], found["line"], found["also"][0]["line"]) == ("vendor-rows", 4, 2)


def test_an_absent_cell_agrees_with_what_another_row_says_of_the_lot(evaluate):
    rows = "vendor.id,lot,x,lot.most\na,A,5,\nb,A,5,20\n"
    score = "{method: linear, worst: 0, best: lot.most}"
    result = evaluate(table(rows, f"fact: x, score: {score}"))
    assert result.points("g.x") == {"a": 25.0, "b": 25.0}


def test_a_table_has_no_column_of_offers(problems):
    (found,) = problems(table("vendor.id,offers.A.x,x\na,1,2\n"))
    assert (found["code"], found["line"], found["column"]) == ("offers-form", 1, "offers.A.x")
    assert "`lot`" in found["help"]


@pytest.mark.parametrize(
    "rows", ["vendor.id,x,id\na,1,k\nb,2,k\n", "vendor.id,x,id\na,1,b\nb,2,\n"]
)
def test_two_vendors_with_one_bid_id_are_told_of_that_alone(rows, problems):
    (found,) = problems(table(rows))
    assert found["code"] == "duplicate-bid"


def test_two_rows_of_a_vendor_and_lot_are_an_error(problems, says):
    assert says(problems(table("vendor.id,lot,x\nacme,web,9\nacme,web,8\n")), "acme")


def test_two_rows_of_a_vendor_without_lots_are_an_error(problems):
    assert problems(table("vendor.id,x\nacme,9\nacme,8\n"))


def test_rows_with_ids_and_supersedes_are_versions(evaluate):
    result = evaluate(table("vendor.id,id,supersedes,x\nacme,a1,,9\nacme,a2,a1,8\n"))
    assert result.points("g.x") == {"acme": 80.0}
    assert [(e["bid"], e["rule"]) for e in result.lot()["set_aside"]] == [("a1", "superseded")]


def test_a_rows_bid_id_is_the_vendors_unless_given(evaluate):
    result = evaluate(table("vendor.id,x,withdrawn\nacme,9,true\nbolt,1,\n"))
    assert [(e["vendor"], e["bid"]) for e in result.lot()["set_aside"]] == [("acme", "acme")]


def test_withdrawn_is_a_rows(evaluate):
    result = evaluate(table("vendor.id,lot,x,withdrawn\nacme,web,9,true\nacme,app,8,\n"))
    assert result.lot("web")["shortlist"] == []
    assert result.lot("app")["shortlist"] == ["acme"]
    assert [e["rule"] for e in result.lot("web")["set_aside"]] == ["withdrawn"]


def test_rows_with_and_without_a_lot_do_not_mix(problems):
    assert problems(table("vendor.id,lot,x\nacme,web,9\nacme,,8\n"))[0]["file"] == "bids.csv"


def test_received_is_the_latest_of_a_vendors_rows(evaluate):
    files = table("""\
        vendor.id,lot,x,received
        acme,web,9,2026-03-01T10:00:00Z
        acme,app,8,2026-03-03T10:00:00Z
        bolt,web,7,2026-03-01T10:00:00Z
        """)
    files["tender.yaml"] = "deadline: 2026-03-02T10:00:00Z\n"
    files["criteria/method.yaml"] = (
        "requirements: {on-time: {fact: received, at_most: tender.deadline}}\n"
    )
    result = evaluate(files)
    assert result.column("outcome", lot="web") == {"acme": "eliminated", "bolt": "advanced"}
    assert result.column("outcome", lot="app") == {"acme": "eliminated"}


def test_the_order_of_rows_changes_nothing(evaluate):
    rows = ["acme,web,7", "bolt,web,7", "acme,app,2", "core,app,9"]
    head = "vendor.id,lot,x\n"
    there = evaluate(table(head + "\n".join(rows) + "\n"))
    back = evaluate(table(head + "\n".join(reversed(rows)) + "\n"))
    assert there["lots"] == back["lots"]


def test_a_csv_may_begin_with_a_byte_order_mark_and_quote_its_cells(evaluate):
    text = '\ufeffvendor.id,vendor.name,x\r\nacme,"Acme, ""Best""\r\nServices",7\r\n'
    result = evaluate({"bids.csv": text.encode(), "criteria/g.yaml": GROUP})
    assert result.column("name") == {"acme": 'Acme, "Best"\r\nServices'}


def test_a_problem_in_a_csv_names_row_and_column(round_files, run):
    round_files(table("vendor.id,price,x\nacme,5,1\nbolt,-3,1\n"))
    done = run("evaluate", "bids.csv")
    assert done.code == 1
    assert "bids.csv:3:price: error[" in done.err


def test_a_table_without_rows_is_a_folder_without_bids(problems):
    assert problems(table("vendor.id,x\n"))


class TestXlsx:
    def test_a_workbook_is_its_csv_twin(self, evaluate):
        book = workbook(
            ["vendor.id", "vendor.name", "lot", "x"],
            ["acme", "Acme", "web", 7],
            ["bolt", None, "web", 2.5],
        )
        text = "vendor.id,vendor.name,lot,x\nacme,Acme,web,7\nbolt,,web,2.5\n"
        there = evaluate({"bids.xlsx": book, "criteria/g.yaml": GROUP})
        assert there["lots"] == evaluate(table(text))["lots"]

    def test_numbers_count_at_fifteen_significant_digits(self, evaluate):
        book = workbook(["vendor.id", "x"], ["acme", 0.1 + 0.2], ["bolt", 0.31])
        files = {
            "bids.xlsx": book,
            "criteria/g.yaml": GROUP,
            "criteria/method.yaml": "requirements: {r: {fact: x, at_most: 0.3}}\n",
        }
        outcomes = evaluate(files).column("outcome")
        assert outcomes == {"acme": "advanced", "bolt": "eliminated"}

    def test_dates_are_plain_dates(self, evaluate):
        book = workbook(
            ["vendor.id", "x", "d"],
            ["acme", 1, dt.date(2026, 3, 1)],
            ["bolt", 1, dt.date(2026, 3, 2)],
        )
        files = {
            "bids.xlsx": book,
            "criteria/g.yaml": GROUP,
            "criteria/method.yaml": "requirements: {r: {fact: d, at_most: 2026-03-01}}\n",
        }
        outcomes = evaluate(files).column("outcome")
        assert outcomes == {"acme": "advanced", "bolt": "eliminated"}

    def test_a_formula_of_text_is_text(self, evaluate):
        book = workbook(["vendor.id", "x"], ["acme", ('="12"', "12")], ["bolt", ('="NO"', "NO")])
        leaf = "fact: x, score: {method: lookup, points: {'12': 30, NO: 50}}"
        result = evaluate({"bids.xlsx": book, "criteria/g.yaml": criteria(leaf)})
        assert result.points("g.x") == {"acme": 30.0, "bolt": 50.0}

    def test_a_numeric_id_is_text(self, evaluate):
        book = workbook(["vendor.id", "lot", "x"], [1001, 7, 5], ["bolt", 7, 4])
        result = evaluate({"bids.xlsx": book, "criteria/g.yaml": GROUP})
        assert list(result.bids(lot="7")) == ["1001", "bolt"]

    def test_an_empty_cell_is_an_absent_fact(self, evaluate):
        book = workbook(["vendor.id", "x"], ["acme", 5], ["bolt", ""])
        result = evaluate({"bids.xlsx": book, "criteria/g.yaml": GROUP})
        assert result.node("bolt", "g.x")["value"] is None

    def test_a_list_is_split_at_semicolons(self, evaluate):
        book = workbook(["vendor.id", "c[]"], ["acme", "a;b;c"])
        leaf = "fact: c, score: {method: coverage, of: [a, b, c, d]}"
        result = evaluate({"bids.xlsx": book, "criteria/g.yaml": criteria(leaf)})
        assert result.points("g.x") == {"acme": 75.0}

    def test_booleans_are_booleans(self, evaluate):
        book = workbook(["vendor.id", "x"], ["acme", True], ["bolt", False])
        leaf = "fact: x, score: {method: yes_no}"
        result = evaluate({"bids.xlsx": book, "criteria/g.yaml": criteria(leaf)})
        assert result.points("g.x") == {"acme": 100.0, "bolt": 0.0}

    def test_a_problem_names_sheet_and_cell(self, round_files, run):
        book = workbook(["vendor.id", "x", "price"], ["acme", 1, 5], ["bolt", 1, -3])
        round_files({"bids.xlsx": book, "criteria/g.yaml": GROUP})
        done = run("evaluate", "bids.xlsx")
        assert done.code == 1
        assert "bids.xlsx:Sheet1!C3: error[" in done.err

    def test_a_file_that_is_no_workbook_is_an_error(self, problems):
        files = {"bids.xlsx": b"PK\x03\x04 nonsense", "criteria/g.yaml": GROUP}
        assert problems(files)[0]["file"] == "bids.xlsx"
