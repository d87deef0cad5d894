"""The winners of 1,565 real auctions are those that the city recorded, but for fourteen."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import runpy
from collections import Counter, defaultdict
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from tenderscore.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
CITY = "tsuchiura-jp/tsuchiura_data.csv"


def find() -> Path | None:
    """The city's table: in TENDERSCORE_DATA, else in a folder of data beside the project."""
    named = os.environ.get("TENDERSCORE_DATA")
    folders = [Path(named)] if named else [each / "shared" / "data" for each in ROOT.parents]
    return next((folder / CITY for folder in folders if (folder / CITY).is_file()), None)


@pytest.fixture(scope="module")
def source() -> Path:
    table = find()
    if table is None:
        pytest.skip(f"{CITY} is not beside the project; TENDERSCORE_DATA names its folder")
    return table


@pytest.fixture(scope="module")
def evaluated(source, tmp_path_factory):
    """One run over all auctions: exit code, and result by lot."""
    table = tmp_path_factory.mktemp("tsuchiura") / "bids.csv"
    convert = runpy.run_path(str(EXAMPLES / "tsuchiura" / "convert.py"))["convert"]
    assert convert(source, table) == 6013
    criteria = EXAMPLES / "tsuchiura" / "criteria"
    with redirect_stdout(io.StringIO()) as out:
        code = main(["evaluate", str(table), "--criteria", str(criteria), "--format", "json"])
    return code, {lot["id"]: lot for lot in json.loads(out.getvalue())["lots"]}


@pytest.fixture(scope="module")
def recorded(source):
    """The one winner of every auction with two priced bids or more, as `convert` names it."""
    bids = defaultdict(list)
    named: Counter[tuple[str, str]] = Counter()
    with source.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            named[row["pid"], row["bidder"]] += 1
            time = named[row["pid"], row["bidder"]]
            vendor = row["bidder"] if time == 1 else f"{row['bidder']} ({time})"
            bids[row["pid"]].append((vendor, row["bid"], row["winner"] == "1", row["bidresult"]))
    return {
        lot: next(bid for bid in rows if bid[2])
        for lot, rows in bids.items()
        if sum(price != "" for _, price, _, _ in rows) > 1
        and sum(won for _, _, won, _ in rows) == 1
    }


def test_every_auction_is_a_lot_of_one_run(evaluated):
    code, lots = evaluated
    assert len(lots) == 1565
    assert code == 3
    assert {name: lot["tie"] for name, lot in lots.items() if lot["tie"]} == {
        "246": ["nakagawa risui construction", "saito construction", "zhongshan equipment industry"]
    }


def test_1452_of_1466_winners_are_the_recorded_ones(evaluated, recorded):
    _, lots = evaluated
    same = [lot for lot, (vendor, *_) in recorded.items() if lots[lot]["winner"] == vendor]
    assert (len(same), len(recorded)) == (1452, 1466)


def test_nine_of_them_are_equal_in_price_and_were_drawn_by_lot(evaluated, recorded):
    _, lots = evaluated
    drawn = [lot for lot, (*_, result) in recorded.items() if result == "3"]
    assert len(drawn) == 9
    for lot in drawn:
        (opening,) = lots[lot]["rounds"]
        totals = [row["total"] for row in opening["bids"] if row["total"] is not None]
        assert totals.count(max(totals)) > 1


def test_the_fourteen_that_differ_are_the_listed_ones(evaluated, recorded):
    _, lots = evaluated
    other = {lot for lot, (vendor, *_) in recorded.items() if lots[lot]["winner"] != vendor}
    page = (ROOT / "docs" / "examples" / "tsuchiura.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| (\d+) \| \d{4}-", page, flags=re.MULTILINE)) == other
