"""Tenders of Prozorro's published interface: the recorded winners, a weighted value to the cent."""

from __future__ import annotations

import io
import json
import os
import re
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from tenderscore.cli import main

ROOT = Path(__file__).parents[2]
FOLDER = "prozorro"
OTHERWISE = ("esco", "closeFrameworkAgreement")


def find() -> Path | None:
    """The tenders: in TENDERSCORE_DATA, else in a folder of data beside the project."""
    named = os.environ.get("TENDERSCORE_DATA")
    folders = [Path(named)] if named else [each / "shared" / "data" for each in ROOT.parents]
    return next((folder / FOLDER for folder in folders if (folder / FOLDER).is_dir()), None)


@pytest.fixture(scope="module")
def source() -> Path:
    folder = find()
    if folder is None:
        pytest.skip(f"{FOLDER} is not beside the project; TENDERSCORE_DATA names its folder")
    return folder


@pytest.fixture(scope="module")
def tenders(source) -> dict[str, Any]:
    """Every tender by its file's name."""
    read = {path: json.loads(path.read_bytes()) for path in sorted(source.glob("*/UA-*.json"))}
    return {path.name: made.get("data", made) for path, made in read.items()}


@pytest.fixture(scope="module")
def evaluated(source):
    """One tender evaluated: exit code and JSON, or what went wrong."""

    def run(name: str, *options: str) -> tuple[int, Any]:
        (path,) = source.glob(f"*/{name}")
        with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
            code = main(["evaluate", str(path), "--format", "json", *options])
        assert "Traceback" not in err.getvalue()
        return code, json.loads(out.getvalue())

    return run


def page() -> str:
    """What is said of them."""
    return (ROOT / "docs" / "examples" / "prozorro.md").read_text(encoding="utf-8")


def bids_in(tender: dict[str, Any], lot: str | None) -> dict[str, Any]:
    """The priced bids of a lot by id."""
    if lot is None:
        return {bid["id"]: bid for bid in tender["bids"] if "value" in bid}
    return {
        bid["id"]: bid
        for bid in tender["bids"]
        if any(value.get("relatedLot") == lot for value in bid.get("lotValues", ()))
    }


def checkable(tenders) -> dict[tuple[str, str], tuple[str, set[str]]]:
    """The lots with two bids or more and one active award: its bid, and how that may be called."""
    found = {}
    for name, tender in tenders.items():
        if str(tender.get("procurementMethodType")).startswith(OTHERWISE):
            continue
        for lot in [each["id"] for each in tender.get("lots", ())] or [None]:
            active = [
                award
                for award in tender.get("awards", ())
                if award.get("status") == "active" and award.get("lotID") == lot
            ]
            if len(active) == 1 and len(bids := bids_in(tender, lot)) >= 2:
                id_ = active[0]["bid_id"]
                registered = bids[id_]["tenderers"][0]["identifier"]["id"]
                found[name, lot or "all"] = (id_, {id_, registered})
    return found


def test_nine_lots_can_be_checked_and_the_page_lists_them(tenders):
    found = checkable(tenders)
    assert len(found) == 9
    rows = re.findall(r"^\| `(UA-\S+)` \|.* `(\w+)` \|.* `(\w+)` \|$", page(), re.MULTILINE)
    listed = [(Path(name).stem, lot[:8], id_[:8]) for (name, lot), (id_, _) in found.items()]
    assert sorted(rows) == sorted(listed)


def test_the_winner_of_each_is_the_recorded_one(tenders, evaluated):
    won = {}
    for name, lot in checkable(tenders):
        _, result = evaluated(name)
        won[name, lot] = next(each["winner"] for each in result["lots"] if each["id"] == lot)
    wanted = checkable(tenders)
    assert [key for key, winner in won.items() if winner not in wanted[key][1]] == []


def test_published_weighted_values_are_met_to_the_cent(tenders, evaluated):
    (name,) = (name for name in tenders if name.startswith("UA-2024-05-10-000100-a"))
    _, result = evaluated(name)
    (lot,) = result["lots"]
    rows = {row["vendor"]: row["evaluated_price"] for row in lot["rounds"][0]["bids"]}
    assert rows == {"12345677": 8936986.17, "23986506": 9309360.59}
    published = [
        value["weightedValue"]["amount"]
        for bid in tenders[name]["bids"]
        for value in bid["lotValues"]
    ]
    assert sorted(rows.values()) == sorted(published)


def test_the_refusal_that_the_record_holds_is_in_the_result(evaluated):
    _, result = evaluated("UA-2021-08-19-000108-d_59b7be5e.json")
    (lot,) = result["lots"]
    (row,) = (row for row in lot["rounds"][1]["bids"] if row["vendor"] == "12345677")
    (decision,) = row["decisions"]
    assert (row["outcome"], decision["date"]) == ("eliminated", "2021-08-25")
    assert decision["reason"].startswith("Не відповідає кваліфікаційним")


def test_all_other_tenders_are_evaluated_or_refused_with_a_reason(tenders, evaluated):
    codes = set()
    for name in tenders:
        code, result = evaluated(name)
        assert code in {0, 1, 3}
        codes |= {each["code"] for each in result.get("problems", ())}
    assert codes == {"prozorro-procedure", "prozorro-form"}
