"""One set of bids under every price rule: what each gives, who wins, all lines in a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from operator import itemgetter

from docs.generate.examples import first_example
from docs.generate.markdown import table
from docs.generate.pictures.axis import axis, written
from docs.generate.pictures.chart import LEFT, RIGHT, Chart, Line, drawn
from docs.generate.pictures.picture import Picture
from docs.generate.pictures.rule import Files, Rule, opened, reads_price, rule_of
from tenderscore.model.numerals import fixed_text
from tenderscore.model.result import BidResult, RoundResult

NAME = "how-to/choose-a-price-rule"
PAGE = f"docs/{NAME}.md"
_TENDER = "lots: {all: {base: 200}}\n"
_CAPTION = (
    "The lines are what any price would have beside these bids: the lowest, the highest and the\n"
    "mean stay where they are."
)
_METHODS, _PRESETS, _RANKINGS = "../methods", "../presets", "../rankings"


@dataclass(frozen=True)
class Scoring:
    """A rule that gives the price points: what a criterion of the price says."""

    name: str
    page: str
    says: str

    def files(self, given: Files) -> Files:
        """The round, its price scored by the rule."""
        price = f"id: price\nweight: 40\ncriteria:\n  - {{id: offer, weight: 100, {self.says}}}\n"
        return {**given, "tender.yaml": _TENDER, "criteria/price.yaml": price}


@dataclass(frozen=True)
class Ranking:
    """A rule that ranks by something else than a total with the price in it."""

    name: str
    page: str
    says: str

    def files(self, given: Files) -> Files:
        """The round, its quality alone scored, ranked by the rule."""
        quality = given["criteria/quality.yaml"].replace("weight: 60", "weight: 100", 1)
        return {**given, "criteria/quality.yaml": quality, "criteria/method.yaml": self.says}


SCORINGS = (
    Scoring(
        "between 180 and 60",
        f"{_METHODS}/linear.md",
        "fact: price, score: {method: linear, worst: 180, best: 60}",
    ),
    Scoring(
        "a line with a bend",
        f"{_METHODS}/interpolate.md",
        "fact: price, score: {method: interpolate, through: [[80, 100], [120, 80], [170, 0]]}",
    ),
    Scoring(
        "bands",
        f"{_METHODS}/bands.md",
        "fact: price, score: {method: bands, bands: ["
        "{at_most: 90, points: 100}, {at_most: 120, points: 70}, {at_most: 150, points: 40}]}",
    ),
    Scoring(
        "relative to the lowest",
        f"{_METHODS}/ratio_to_best.md",
        "fact: price, score: {method: ratio_to_best, better: low}",
    ),
    Scoring(
        "excess over the lowest",
        f"{_METHODS}/excess_over_best.md",
        "fact: price, score: {method: excess_over_best}",
    ),
    Scoring(
        "lowest to highest",
        f"{_METHODS}/min_max.md",
        "fact: price, score: {method: min_max, better: low}",
    ),
    Scoring(
        "against the mean",
        f"{_METHODS}/relative_to_mean.md",
        "fact: price, score: {method: relative_to_mean, at_mean: 50}",
    ),
    Scoring(
        "nearest to the mean",
        f"{_METHODS}/deviation.md",
        "fact: price, score: {method: deviation, from: mean}",
    ),
    Scoring(
        "discount from 200",
        f"{_PRESETS}/italy-proportional.md",
        "extends: italy-proportional#price",
    ),
    Scoring(
        "discount, bilinear",
        f"{_METHODS}/bilinear.md",
        "extends: italy-bilinear#price",
    ),
)
RANKINGS = (
    Ranking(
        "price per point",
        f"{_RANKINGS}/price_per_point.md",
        "rounds: [{id: award, criteria: [quality], rank_by: price_per_point}]\n",
    ),
    Ranking(
        "evaluated price: 2 for each point under 100",
        f"{_RANKINGS}/evaluated_price.md",
        'evaluated_price: [{id: quality, add: {expr: "(100 - bid.quality) * 2"}}]\n'
        "rounds: [{id: award, criteria: [quality], rank_by: evaluated_price}]\n",
    ),
    Ranking(
        "lowest price of those with 80 points",
        f"{_PRESETS}/world-bank-least-cost.md",
        "rounds:\n  - {id: technical, criteria: [quality], advance: {minimum: 80}}\n"
        "  - {id: award, rank_by: evaluated_price}\n",
    ),
    Ranking(
        "best quality for 120 at most",
        f"{_PRESETS}/world-bank-fixed-budget.md",
        "requirements: {budget: {fact: price, at_most: 120}}\n"
        "rounds: [{id: award, requirements: [budget], criteria: [quality]}]\n",
    ),
)


@cache
def given() -> Files:
    """The bids of the page, and how their quality is judged."""
    return first_example(PAGE)


@cache
def compared() -> str:
    """The tables: points and totals under rules that score the price, and what else ranks."""
    return (
        "Points for the price, and in brackets the total, of which quality is 60 percent; the\n"
        f"winner's are bold:\n\n{_table(SCORINGS)}\n"
        "Rules that give the price no points, and what they rank by:\n\n"
        f"{_table(RANKINGS)}\n"
        f"{picture().on_page(NAME)}"
    )


def last_round(rule: Scoring | Ranking) -> tuple[RoundResult, str | None]:
    """The bids in the last round under a rule, and who wins."""
    lot = opened(rule.files(given()))[1].lots["all"]
    return lot.rounds[-1], lot.winner


def _table(rules: Sequence[Scoring | Ranking]) -> str:
    names = [name for name, _ in _prices()]
    head = ("rule", *(f"{name}, {written(price)}" for name, price in _prices()), "wins")
    return table(head, [_row(rule, names) for rule in rules])


def _row(rule: Scoring | Ranking, names: Sequence[str]) -> tuple[str, ...]:
    found, winner = last_round(rule)
    cells = {bid.vendor: _cell(bid) for bid in found.bids}
    shown = [f"**{cells[name]}**" if name == winner else cells.get(name, "out") for name in names]
    return (f"[{rule.name}]({rule.page})", *shown, winner or "nobody")


def _cell(bid: BidResult) -> str:
    """What a rule gives a bid: points and total, what ranks it, or that it is out."""
    if bid.outcome == "eliminated":
        return "out"
    if bid.standing is not None and bid.standing.value is not None:
        return fixed_text(bid.standing.value, 2)
    total = fixed_text(bid.total or Fraction(0), 2)
    points = [each.points for each in bid.criteria if each.id == "price.offer"]
    return f"{fixed_text(points[0], 2)} ({total})" if points else total


def _prices() -> list[tuple[str, Fraction]]:
    """The bids from cheap to dear."""
    found, _ = last_round(SCORINGS[0])
    return sorted(((bid.vendor, bid.price or Fraction(0)) for bid in found.bids), key=itemgetter(1))


@cache
def picture() -> Picture:
    """All rules that score the price, over each other."""
    rules = [(each, rule_of(each.files(given()), reads_price)) for each in SCORINGS]
    prices = _prices()
    turns = [turn for _, rule in rules for turn in rule.turns]
    bounds = axis([price for _, price in prices], LEFT, RIGHT)
    marks = [(f"{name} {written(price)}", price) for name, price in prices]
    title = "Points of a price under each rule, beside these five bids"
    made = [Line(each.name, rule.points, (*turns, *dict(prices).values())) for each, rule in rules]
    chart = Chart(title, bounds, "price", tuple(made), marks=tuple(marks), bottom=4400)
    words = "; ".join(_told(each, rule) for each, rule in rules)
    return Picture(drawn(chart), f"Points by price: {words}.", _CAPTION)


def _told(rule: Scoring, found: Rule) -> str:
    points = ", ".join(
        f"{fixed_text(bid.points, 2)} at {written(bid.offers)}" for bid in found.bids
    )
    return f"{rule.name}: {points}"
