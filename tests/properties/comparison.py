"""The engine run in process on a folder, and its JSON held against the reference's result."""

import json
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from fractions import Fraction
from io import StringIO

from tenderscore.cli import main

EXACT_KEYS = ("shortlist", "pending", "winner", "tie")


def run(target, *options):
    """(exit code, the JSON that the command prints)."""
    out = StringIO()
    with redirect_stdout(out), redirect_stderr(StringIO()):
        code = main(["evaluate", str(target), "--format", "json", *options])
    return code, json.loads(out.getvalue()) if out.getvalue() else None


def published(value):
    """A value as JSON carries it: numbers the nearest float64, dates as ISO text."""
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [published(item) for item in value]
    return value


def same(expected, found):
    """Equal as published, a boolean never a number."""
    expected = published(expected)
    if isinstance(expected, list):
        return (
            isinstance(found, list)
            and len(expected) == len(found)
            and all(map(same, expected, found))
        )
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    if isinstance(expected, float):
        return isinstance(found, int | float) and expected == float(found)
    return expected == found


def differences(expected, found):
    """Everything in which the engine's JSON is not the reference's result."""
    out = [
        f"tender.{key}: {value!r}, not {found['tender'].get(key)!r}"
        for key, value in expected["tender"].items()
        if found["tender"].get(key) != value
    ]
    codes = {warning["code"] for warning in found["warnings"]}
    if expected["warnings"] != codes & {"tie-at-cut"}:
        out.append(f"warnings: {expected['warnings']}, not {codes}")
    lots = [lot["id"] for lot in expected["lots"]], [lot["id"] for lot in found["lots"]]
    if lots[0] != lots[1]:
        return [*out, f"lots: {lots[0]}, not {lots[1]}"]
    for lot, other in zip(expected["lots"], found["lots"], strict=True):
        out += [f"{lot['id']}: {text}" for text in lot_differences(lot, other)]
    return out


def lot_differences(lot, other):
    for key in EXACT_KEYS:
        if lot[key] != other[key]:
            yield f"{key}: {lot[key]}, not {other[key]}"
    aside = sorted((row["vendor"], row["bid"], row["rule"]) for row in other["set_aside"])
    if lot["set_aside"] != aside:
        yield f"set_aside: {lot['set_aside']}, not {aside}"
    rounds = [r["id"] for r in lot["rounds"]], [r["id"] for r in other["rounds"]]
    if rounds[0] != rounds[1]:
        yield f"rounds: {rounds[0]}, not {rounds[1]}"
        return
    for round_, twin in zip(lot["rounds"], other["rounds"], strict=True):
        for text in round_differences(round_, twin):
            yield f"{round_['id']}: {text}"


def round_differences(round_, other):
    vendors = [row["vendor"] for row in round_["bids"]], [row["vendor"] for row in other["bids"]]
    if vendors[0] != vendors[1]:
        yield f"bids: {vendors[0]}, not {vendors[1]}"
    rows = {row["vendor"]: row for row in other["bids"]}
    for row in round_["bids"]:
        if row["vendor"] in rows:
            for text in row_differences(row, rows[row["vendor"]]):
                yield f"{row['vendor']}: {text}"


def row_differences(row, other):
    for key in ("name", "outcome", "rank", "total"):
        if not same(row[key], other[key]):
            yield f"{key}: {published(row[key])!r}, not {other[key]!r}"
    reasons = {reason_of(reason) for reason in other["reasons"]}
    if set(row["reasons"]) != reasons:
        yield f"reasons: {sorted(row['reasons'])}, not {sorted(reasons)}"
    if row["total"] is not None and not same_map(row["carried"], other["carried"]):
        yield f"carried: {row['carried']}, not {other['carried']}"
    decided = [each["reason"] for each in other["decisions"] if each["decide"] != "correct"]
    if sorted(row["decisions"]) != sorted(decided):
        yield f"decisions: {row['decisions']}, not {decided}"
    yield from node_differences(row["criteria"], other["criteria"])


def same_map(expected, found):
    return list(expected) == list(found) and all(same(expected[key], found[key]) for key in found)


def reason_of(reason):
    """(requirement | criterion | rule, its id)."""
    return next((key, reason[key]) for key in ("requirement", "criterion", "rule") if key in reason)


def node_differences(nodes, others):
    """Every node's numbers, and parents before children."""
    found = {node["id"]: node for node in others}
    if len(found) < len(others) or set(found) != {node["id"] for node in nodes}:
        yield f"criteria: {[node['id'] for node in nodes]}, not {[*found]}"
        return
    places = {id_: place for place, id_ in enumerate(found)}
    for node in nodes:
        above = node["id"].rpartition(".")[0]
        if above and places[above] > places[node["id"]]:
            yield f"criteria: {node['id']} stands before {above}"
        for key in ("value", "points", "weight", "contribution"):
            if not same(node[key], found[node["id"]][key]):
                twin = found[node["id"]][key]
                yield f"{node['id']}.{key}: {published(node[key])!r}, not {twin!r}"
