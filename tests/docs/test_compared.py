"""The page that compares price rules: its tables against formulas written out here."""

import re
from fractions import Fraction

import pytest
from docs.generate.pages import Page

PAGE = Page.read("docs/how-to/choose-a-price-rule.md")
TABLE = next(block.text for block in PAGE.blocks() if block.file == "bids.csv")
BIDS = {
    name: (Fraction(quality), Fraction(price))
    for name, quality, price in (line.split(",") for line in TABLE.splitlines()[1:])
}
PRICES = [price for _, price in BIDS.values()]
LOW, HIGH, MEAN = min(PRICES), max(PRICES), sum(PRICES) / len(PRICES)
BASE = 200
GREATEST, USUAL = BASE - LOW, BASE - MEAN
ROWS = {
    name: [cell.strip().strip("*") for cell in cells.split("|")]
    for name, cells in re.findall(r"^\| \[([^]]+)\]\(\S+\) \|(.*)\|$", PAGE.text, re.MULTILINE)
}


def bend(x):
    return 100 - (x - 80) * 20 / 40 if x <= 120 else 80 - (x - 120) * 80 / 50


def nearest(x):
    away = abs(x - MEAN) / MEAN * 100
    return 100 - (away if x >= MEAN else away / 2)


def bilinear(x):
    off = BASE - x
    if off <= USUAL:
        return 85 * off / USUAL
    return 85 + 15 * (off - USUAL) / (GREATEST - USUAL)


SCORINGS = {
    "between 180 and 60": lambda x: (180 - x) / 120 * 100,
    "a line with a bend": bend,
    "bands": lambda x: next((p for top, p in ((90, 100), (120, 70), (150, 40)) if x <= top), 0),
    "relative to the lowest": lambda x: LOW / x * 100,
    "excess over the lowest": lambda x: 100 * (1 - (x - LOW) / LOW),
    "lowest to highest": lambda x: (HIGH - x) / (HIGH - LOW) * 100,
    "against the mean": lambda x: 50 - (x - MEAN) / MEAN * 100,
    "nearest to the mean": nearest,
    "discount from 200": lambda x: (BASE - x) / GREATEST * 100,
    "discount, bilinear": bilinear,
}
RANKINGS = {
    "price per point": lambda quality, price: price / quality,
    "evaluated price: 2 for each point under 100": lambda quality, price: (
        price + 2 * (100 - quality)
    ),
    "lowest price of those with 80 points": lambda quality, price: price if quality >= 80 else None,
    "best quality for 120 at most": lambda quality, price: quality if price <= 120 else None,
}


def cents(value):
    """Half up, as the files say nothing else."""
    return Fraction(int(value * 100 + Fraction(1, 2)), 100)


def figures(cell):
    return [Fraction(each) for each in re.findall(r"[\d.]+", cell)]


def only(values, best):
    """Who alone has the best value."""
    found = [name for name, value in values.items() if value == best(values.values())]
    return found[0] if len(found) == 1 else "nobody"


def test_every_rule_is_in_a_table_once():
    assert list(ROWS) == [*SCORINGS, *RANKINGS]
    assert len(BIDS) == 5


@pytest.mark.parametrize("name", SCORINGS)
def test_points_totals_and_the_winner_under_a_rule_that_scores_the_price(name):
    points = {
        bid: cents(min(max(SCORINGS[name](price), 0), 100)) for bid, (_, price) in BIDS.items()
    }
    totals = {bid: cents(BIDS[bid][0] * 60 / 100 + points[bid] * 40 / 100) for bid in BIDS}
    *cells, winner = ROWS[name]
    assert [figures(cell) for cell in cells] == [[points[bid], totals[bid]] for bid in BIDS]
    assert winner == only(totals, max)


@pytest.mark.parametrize("name", RANKINGS)
def test_what_ranks_and_the_winner_under_a_rule_without_points_for_the_price(name):
    values = {bid: RANKINGS[name](*offer) for bid, offer in BIDS.items()}
    *cells, winner = ROWS[name]
    assert [figures(cell) for cell in cells] == [
        [] if value is None else [cents(value)] for value in values.values()
    ]
    left = {bid: value for bid, value in values.items() if value is not None}
    assert winner == only(left, max if name.startswith("best") else min)
