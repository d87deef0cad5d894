"""What the reports for people say of prices: a section a lot, and how to read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from tenderscore.errors import Message
from tenderscore.model.numerals import exact_text
from tenderscore.model.price_analysis import LotPrices, OutlierRule, PriceAnalysis, PricedBid
from tenderscore.model.result import Outcome
from tenderscore.reports._blocks import Block, Caption, Grid, Item, Items, Section, Text
from tenderscore.reports._rows import OUTCOMES
from tenderscore.reports._words import Shown, Words, grouped
from tenderscore.reports.prices._costs import LotCosts
from tenderscore.reports.prices._figures import Figures

_WAITS = Message("not evaluated yet")
_HELD_AGAINST = {
    "lowest": Message("Lowest"),
    "mean": Message("Mean price"),
    "median": Message("Median"),
    "budget": Message("Budget"),
    "estimate": Message("Estimate"),
}
_NOTES = (
    Message(
        "Lowest, mean, median and quartiles are those of the bids that meet the requirements of "
        "the lot's first round, before anything else puts one out; all bids are held against them."
    ),
    Message(
        "The columns Lowest, Mean price, Median, Budget and Estimate say how far a price is over "
        "these, in percent; with a minus it is under them."
    ),
)


class PriceSections:
    """The sections, in the words of a language; long lists are cut after ``top``.

    ``marks`` are the signs of outcomes for reports that have them.
    """

    def __init__(
        self,
        analysis: PriceAnalysis,
        words: Words,
        top: int,
        marks: Mapping[Outcome, str] | None = None,
    ) -> None:
        self._analysis = analysis
        self._words = words
        self._top = top
        self._marks = marks

    def title(self) -> str:
        """The heading of the whole."""
        return self._say(Message("Prices compared"))

    def sections(self) -> Iterator[Section]:
        """A section for each lot, and what goes for all of them."""
        for lot in self._analysis.lots:
            figures = Figures(lot, self._analysis.tender.currency, self._words, self._top)
            yield Section(self._heading(lot), tuple(self._lot(lot, figures)))
        notes = [*map(self._say, _NOTES), *self._signs(), self._rule(self._analysis.rule)]
        notes.append(self._say(Message("Nothing here changes a point, a rank or an outcome.")))
        yield Section(self._say(Message("How to read this")), tuple(map(Text, notes)))

    def _heading(self, lot: LotPrices) -> str:
        title = self._words.title(lot.title)
        return title if title == lot.id else f"{title} ({self._words.name(lot.id)})"

    def _lot(self, lot: LotPrices, figures: Figures) -> Iterator[Block]:
        if not lot.bids:
            yield Text(self._say(Message("There are no bids.")))
            return
        yield from map(Text, self._expected(lot, figures))
        if any(bid.price is not None for bid in lot.bids):
            yield self._prices(lot, figures)
        yield from map(Text, self._about(lot, figures))
        costs = LotCosts(lot, self._analysis.rule, figures, self._words, self._top)
        yield from costs.blocks()
        yield from self._doubts(lot)

    def _expected(self, lot: LotPrices, figures: Figures) -> Iterator[str]:
        """The budget and the estimate, as far as there are any."""
        if lot.budget is not None:
            yield self._say(Message("Budget: {amount}", amount=figures.priced(lot.budget)))
        if lot.estimate is not None:
            amount = figures.priced(lot.estimate)
            yield self._say(Message("The buyer's own estimate: {amount}", amount=amount))

    def _prices(self, lot: LotPrices, figures: Figures) -> Grid:
        """Every price, the lowest first, with how far it is over what there is."""
        held = _held_against(lot)
        signs = 0 if self._marks is None else 1
        heads = ("",) * signs + (
            *map(self._say, (Message("Vendor"), Message("Outcome"))),
            figures.head,
            *(self._say(_HELD_AGAINST[name]) for name in held),
        )
        bids = [bid for bid in figures.bids if bid.price is not None]
        rows = tuple(tuple(self._row(bid, held, figures)) for bid in bids)
        right = tuple(at >= signs + 2 for at in range(len(heads)))
        return Grid(heads, right, rows, spare=signs + 1 if signs else None)

    def _row(self, bid: PricedBid, held: Sequence[str], figures: Figures) -> Iterator[str]:
        if self._marks is not None:
            yield "" if bid.outcome is None else self._marks[bid.outcome]
        yield self._words.name(bid.name)
        yield self._outcome(bid)
        yield figures.marked(bid.price, bid.side)
        yield from (figures.percent(getattr(bid.over, name)) for name in held)

    def _outcome(self, bid: PricedBid) -> str:
        if bid.outcome is None or bid.round is None:
            return self._say(_WAITS)
        return f"{self._say(OUTCOMES[bid.outcome])} ({self._words.name(bid.round)})"

    def _about(self, lot: LotPrices, figures: Figures) -> Iterator[str]:
        """What the prices are held against, who is not among these, who has no price."""
        more = sum(bid.price is not None for bid in lot.bids[self._top :])
        if more:
            yield self._words.more(more)
        if lot.spread is not None:
            yield self._say(_spread_of(lot, figures, self._words))
        priced = [bid for bid in lot.bids if bid.price is not None]
        outside = [bid.vendor for bid in priced if not bid.admitted]
        if outside and lot.spread is not None:
            yield self._say(Message("Not among these: {vendors}.", vendors=figures.names(outside)))
        if priced and lot.spread is None:
            yield self._say(Message("No bid meets the requirements of the first round."))
        without = [bid.vendor for bid in lot.bids if bid.price is None]
        if without:
            template = "No price in the tender's currency: {vendors}."
            yield self._say(Message(template, vendors=figures.names(without)))

    def _doubts(self, lot: LotPrices) -> Iterator[Block]:
        """What the method's tests for low prices found."""
        if not lot.tested:
            return
        yield Caption(self._say(Message("Prices that the method doubts")))
        found = [
            Message("{name}: {finding}", name=doubt.name, finding=doubt.flag.finding)
            for doubt in lot.doubts[: self._top]
        ]
        if not found:
            yield Text(self._say(Message("None was found.")))
            return
        items = [Item(self._say(message)) for message in found]
        if len(lot.doubts) > self._top:
            items.append(Item(self._words.more(len(lot.doubts) - self._top)))
        yield Items(tuple(items))

    def _signs(self) -> Iterator[str]:
        """What the signs of outcomes mean."""
        if self._marks is not None:
            meant = (f"{sign} {self._say(OUTCOMES[name])}" for name, sign in self._marks.items())
            yield self._words.joined(meant)

    def _rule(self, rule: OutlierRule) -> str:
        return self._say(
            Message(
                "* stands apart: more than {ranges} interquartile ranges under the first or over "
                "the third quartile, where these are of {least} bids or more. Quartiles are "
                "taken by linear interpolation (type 7 of Hyndman and Fan, QUARTILE.INC in "
                "spreadsheets).",
                ranges=exact_text(rule.ranges),
                least=rule.least,
            )
        )

    def _say(self, message: Message) -> Shown:
        return Shown(self._words.say(message))


def _held_against(lot: LotPrices) -> list[str]:
    """What there is to hold prices against."""
    spread = () if lot.spread is None else ("lowest", "mean", "median")
    known: dict[str, Fraction | None] = {"budget": lot.budget, "estimate": lot.estimate}
    return [*spread, *(name for name, each in known.items() if each is not None and each > 0)]


def _spread_of(lot: LotPrices, figures: Figures, words: Words) -> Message:
    spread = lot.spread
    assert spread is not None  # noqa: S101 - whoever asks has looked
    one = Message("1 bid that meets the requirements of {round}", round=lot.round)
    n = grouped(str(spread.count))
    many = Message("{n} bids that meet the requirements of {round}", n=n, round=lot.round)
    return Message(
        "{bids}: lowest {lowest}, mean {mean}, median {median}, highest {highest}.",
        bids=Shown(words.say(one if spread.count == 1 else many)),
        lowest=figures.amount(spread.lowest),
        mean=figures.amount(spread.mean),
        median=figures.amount(spread.median),
        highest=figures.amount(spread.highest),
    )
