"""Turn the published table of Tsuchiura's auctions into one table of bids.

Each row of the source is a bid, each auction (``pid``) a lot. What becomes of a row::

    bidder                     vendor.id           "(2)", "(3)" where an auction names it again
    pid                        lot
    bid                        price               empty where the source has none
    minprice, reserveprice     lot.minprice, lot.reserveprice
    bidresult is 3             drawn               the draw among equal bids that the city held
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COLUMNS = ("vendor.id", "lot", "price", "lot.minprice", "lot.reserveprice", "drawn")
WON_BY_LOTTERY = "3"


def offers(auctions: Iterable[dict[str, str]]) -> Iterator[tuple[str, ...]]:
    """One offer for every row of the source, in its order."""
    seen: Counter[tuple[str, str]] = Counter()
    for row in auctions:
        lot, bidder = row["pid"], row["bidder"]
        seen[lot, bidder] += 1
        time = seen[lot, bidder]
        vendor = bidder if time == 1 else f"{bidder} ({time})"
        drawn = "true" if row["bidresult"] == WON_BY_LOTTERY else "false"
        yield vendor, lot, row["bid"], row["minprice"], row["reserveprice"], drawn


def convert(source: Path, target: Path) -> int:
    """Write ``target`` from ``source``; return the number of offers."""
    with source.open(encoding="utf-8", newline="") as table:
        rows = list(offers(csv.DictReader(table)))
    with target.open("w", encoding="utf-8", newline="") as table:
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    return len(rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Tsuchiura's auctions as one table of bids.")
    parser.add_argument("source", type=Path, help="tsuchiura_data.csv")
    parser.add_argument("target", type=Path, help="the table to write, say bids.csv")
    arguments = parser.parse_args()
    print(f"{convert(arguments.source, arguments.target)} offers")
