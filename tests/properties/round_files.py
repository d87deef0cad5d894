"""Writes a `Folder` to disk in the file formats of a round.

A style says which of the equal forms to use: YAML or JSON bids or one CSV table, numbers plain,
with `_` or with an exponent, scores as a file an evaluator or as a table.
"""

import csv
import io
import json
import re
from dataclasses import dataclass
from decimal import Decimal

from .reference_facts import is_money, merge

PLAIN_TEXT = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
RESERVED = {"true", "false", "null"}
DATE = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?")


@dataclass(frozen=True)
class Style:
    bids: str = "yaml"  # yaml | json | csv | csv-lots, where the table says what the lots are
    numbers: str = "plain"  # plain | grouped | exponent
    scores: str = "yaml"  # yaml | csv


def write(folder, path, style):
    """The path to evaluate: the folder of bids, or the table."""
    for name, files in folder.criteria.items():
        write_criteria(path / name, files, style)
    table = as_table(folder) if style.bids.startswith("csv") else None
    tender = folder.tender
    if table and style.bids == "csv-lots" and can_say_lots(table, tender):
        table = with_lots(table, tender["lots"])
        tender = {key: value for key, value in tender.items() if key != "lots"}
    if tender:
        put(path / "tender.yaml", yaml_text(tender, style))
    if folder.rates:
        put(path / "rates.yaml", yaml_text(folder.rates, style))
    if folder.decisions:
        put(path / "decisions.yaml", yaml_text(folder.decisions, style))
    if folder.scores:
        write_scores(path / "scores", folder.scores, style)
    if table is not None:
        put(path / "bids.csv", csv_text(table))
        return path / "bids.csv"
    for stem, bid in folder.bids.items():
        if style.bids == "json":
            put(path / "bids" / f"{stem}.json", json_value(bid))
        else:
            put(path / "bids" / f"{stem}.yaml", yaml_text(bid, style))
    return path / "bids"


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_criteria(path, files, style):
    if files["method"] is not None:
        put(path / "method.yaml", yaml_text(files["method"], style))
    for group in files["groups"]:
        put(path / f"{group['id']}.yaml", yaml_text(group, style))


def write_scores(path, rows, style):
    if style.scores == "csv":
        columns = ("evaluator", "vendor", "criterion", "score", "lot")
        put(
            path / "panel.csv",
            csv_text([columns, *([cell(r.get(c)) for c in columns] for r in rows)]),
        )
        return
    for evaluator in sorted({row["evaluator"] for row in rows}):
        sheets = [{"evaluator": {"id": evaluator}, "scores": {}, "lots": {}}]
        for row in rows:
            if row["evaluator"] == evaluator and not entered(row, sheets[-1]):
                sheets.append({"evaluator": {"id": evaluator}, "scores": {}, "lots": {}})
                entered(row, sheets[-1])
        for place, sheet in enumerate(sheets):
            text = yaml_text({key: value for key, value in sheet.items() if value}, style)
            put(path / f"{evaluator}-{place}.yaml", text)


def entered(row, sheet):
    """Whether the row found a free cell; a sheet has one for each criterion of a vendor."""
    here = sheet["lots"].setdefault(row["lot"], {}) if "lot" in row else sheet["scores"]
    cells = here.setdefault(row["vendor"], {})
    free = row["criterion"] not in cells
    if free:
        cells[row["criterion"]] = row["score"]
    return free


def yaml_text(value, style):
    return "\n".join(block(value, style)) + "\n"


def block(value, style):
    """Block style down to lists and maps of plain values, which stand on one line."""
    if isinstance(value, dict) and value:
        lines = []
        for key, inner in value.items():
            head = f"{scalar(key, style)}:"
            if is_deep(inner):
                lines += [head, *("  " + line for line in block(inner, style))]
            else:
                lines.append(f"{head} {flow(inner, style)}")
        return lines
    if isinstance(value, list) and value and is_deep(value):
        lines = []
        for item in value:
            first, *rest = block(item, style)
            lines += ["- " + first, *("  " + line for line in rest)]
        return lines
    return [flow(value, style)]


def is_deep(value):
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, list):
        return any(isinstance(item, dict) for item in items)
    return any(isinstance(item, dict | list) for item in items) or len(items) > 2


def flow(value, style):
    if isinstance(value, dict):
        pairs = (f"{scalar(key, style)}: {flow(item, style)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item, style) for item in value) + "]"
    return scalar(value, style)


def scalar(value, style):
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        plain = PLAIN_TEXT.fullmatch(value) and value not in RESERVED
        return value if plain or DATE.fullmatch(value) else json.dumps(value, ensure_ascii=False)
    return numeral(value, style.numbers)


def numeral(value, style):
    number = Decimal(value)
    if style == "grouped":
        return f"{number:,f}".replace(",", "_")
    return f"{number:E}" if style == "exponent" else f"{number:f}"


def json_value(value):
    """JSON with numbers as exact as they are; dates can only be text there."""
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)}: {json_value(item)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(json_value, value)) + "]"
    plain = value is None or isinstance(value, bool | str)
    return json.dumps(value) if plain else numeral(value, "plain")


def csv_text(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


class NotATableError(Exception):
    """The bids say something that a table has no form for."""


def as_table(folder):
    """Head and rows with a row an offer, or None where a table cannot say it (1.3)."""
    bids = folder.bids.items()
    try:
        records = [row for stem, bid in bids for row in rows_of(stem, bid)]
    except NotATableError:
        return None
    if len({"lot" in record for record in records}) > 1:
        return None  # rows with and without a lot do not mix
    records = [one_form_of_money(record, records) for record in records]
    columns = list(dict.fromkeys(column for record in records for column in record))
    if any(f"{column}[]" in columns for column in columns):
        return None  # a list in one row, and not in another
    return [columns, *([record.get(column, "") for column in columns] for record in records)]


def can_say_lots(table, tender):
    """Whether every lot has a row, and they stand in the order of their ids anyway."""
    lots = tender.get("lots") or {}
    if not lots or "lot" not in table[0] or [*lots] != sorted(lots):
        return False
    named = {row[table[0].index("lot")] for row in table[1:]}
    return named == set(lots) and not any("criteria" in facts for facts in lots.values())


def with_lots(table, lots):
    """The table with columns `lot.x`, which every row of a lot repeats."""
    said = {lot: dict(cells(facts, "lot.")) for lot, facts in lots.items()}
    said = {lot: one_form_of_money(record, said.values()) for lot, record in said.items()}
    columns = list(dict.fromkeys(column for record in said.values() for column in record))
    place = table[0].index("lot")
    rows = [[*row, *(said[row[place]].get(c, "") for c in columns)] for row in table[1:]]
    return [[*table[0], *columns], *rows]


def rows_of(stem, bid):
    """A row an offer, each with the bid's own facts merged in."""
    own = {key: value for key, value in bid.items() if key not in ("offers", "withdrawn")}
    versioned = "id" in bid or "supersedes" in bid or stem != bid["vendor"]["id"]
    ids = {"id": bid.get("id", stem)} if versioned else {}
    for lot, offer in (bid.get("offers") or {None: {}}).items():
        if "price" in offer and own.get("price") is not None:
            hidden = own["price"]
            amount = hidden["amount"] if is_money(hidden) else hidden
            if isinstance(amount, str) or amount <= 0:
                raise NotATableError  # an overridden price is checked too, and has no cell
        whole = {**ids, **merge(own, offer)}
        if bid.get("withdrawn"):
            whole["withdrawn"] = True
        record = {"lot": lot} if lot is not None else {}
        yield {**record, **dict(cells(whole))}


def one_form_of_money(record, records):
    """A column is money for every row or for none: plain numbers get the tender's currency."""
    money = {column[: -len(".amount")] for r in records for column in r if ".amount" in column}
    changed = {}
    for column, value in record.items():
        if column in money:
            changed |= {f"{column}.amount": value, f"{column}.currency": "CNY"}
        else:
            changed[column] = value
    return changed


def cells(mapping, prefix=""):
    for key, value in mapping.items():
        path = prefix + key
        if is_money(value):
            yield f"{path}.amount", cell(value["amount"])
            yield f"{path}.currency", value["currency"]
        elif isinstance(value, dict):
            yield from cells(value, path + ".")
        elif isinstance(value, list):
            yield f"{path}[]", list_cell(value)
        elif value is not None:
            yield path, cell(value)


def list_cell(items):
    """Items between `;`; an empty cell is absent, so that an empty list has no form."""
    if not items:
        raise NotATableError
    return ";".join(map(cell, items))


def cell(value):
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value) if isinstance(value, bool) else numeral(value, "plain")
