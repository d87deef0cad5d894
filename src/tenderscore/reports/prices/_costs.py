"""What the reports for people say of what prices are made of: items down, bids across."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from tenderscore.errors import Message
from tenderscore.model.numerals import exact_text
from tenderscore.model.price_analysis import Cost, CostItem, LotPrices, OutlierRule, Side, Spread
from tenderscore.reports._blocks import Block, Caption, Grid, Item, Items, Text
from tenderscore.reports._words import Shown, Words, grouped
from tenderscore.reports.prices._figures import Figures

_PRICE = Message("price")
_MOST_ITEMS = 100
_BEYOND: dict[Side, str] = {
    "low": "{vendor}: {item} {amount} is under {fence} = {first} - {ranges} x ({third} - {first}), "
    "from the quartiles of {n} bids",
    "high": "{vendor}: {item} {amount} is over {fence} = {third} + {ranges} x ({third} - {first}), "
    "from the quartiles of {n} bids",
}


class LotCosts:
    """The tables of a lot's items, and what is said of them."""

    def __init__(
        self, lot: LotPrices, rule: OutlierRule, figures: Figures, words: Words, top: int
    ) -> None:
        self._lot = lot
        self._ranges = rule.ranges
        self._figures = figures
        self._words = words
        self._top = top
        self._items = lot.items[:_MOST_ITEMS]
        self._bids = [bid for bid in figures.bids if bid.itemised]
        shown = {bid.vendor for bid in self._bids}
        self._costs = {
            (item.path, cost.vendor): cost
            for item in self._items
            for cost in item.costs
            if cost.vendor in shown
        }

    def blocks(self) -> Iterator[Block]:
        """Tables of amounts, shares and differences; what stands apart; what is not the same."""
        if self._lot.items:
            yield from self._tables()
        yield from self._list(Message("What stands apart"), self._apart())
        if self._lot.items:
            yield from self._list(Message("Items that not all bids have"), self._unlike())
        elif any(bid.price is not None for bid in self._lot.bids):
            yield Text(self._say(Message("No bid says what its price is made of.")))

    def _tables(self) -> Iterator[Block]:
        yield Caption(self._figures.amounts_of(Message("Amounts")))
        yield self._amounts()
        more = len(self._lot.items) - len(self._items)
        if more:
            yield Text(self._words.more(more))
        yield Caption(self._say(Message("Share of the bid's own price, in percent")))
        yield self._table(lambda cost: self._figures.share(cost.share))
        if any(item.estimate is not None for item in self._lot.items):
            yield Caption(self._say(Message("Over the estimate, in percent")))
            yield self._table(lambda cost: self._figures.percent(cost.over_estimate))

    def _amounts(self) -> Grid:
        figures, lot = self._figures, self._lot
        estimated = lot.estimate is not None
        ends = (Message("Estimate"),) if estimated else ()
        ends = (*ends, Message("Lowest"), Message("Median"), Message("Highest"))
        heads = (*map(self._say, (Message("Item"), *ends)), *self._heads())
        own = (figures.amount(lot.estimate),) if estimated else ()
        prices = (figures.marked(bid.price, bid.side) for bid in self._bids)
        rows = [(self._say(_PRICE), *own, *self._ends(lot.spread), *prices)]
        for item in self._items:
            own = (figures.amount(item.estimate),) if estimated else ()
            costs = (self._marked(cost) for cost in self._of(item))
            rows.append((self._words.name(item.id), *own, *self._ends(item.spread), *costs))
        return _across(heads, rows)

    def _table(self, figure: Callable[[Cost], str]) -> Grid:
        heads = (self._say(Message("Item")), *self._heads())
        rows = [
            (
                self._words.name(item.id),
                *("-" if cost is None else figure(cost) for cost in self._of(item)),
            )
            for item in self._items
        ]
        return _across(heads, rows)

    def _heads(self) -> Iterator[str]:
        return (self._figures.name(bid.vendor) for bid in self._bids)

    def _of(self, item: CostItem) -> list[Cost | None]:
        """What every bid asks for an item."""
        return [self._costs.get((item.path, bid.vendor)) for bid in self._bids]

    def _marked(self, cost: Cost | None) -> str:
        return "-" if cost is None else self._figures.marked(cost.amount, cost.side)

    def _ends(self, spread: Spread | None) -> tuple[str, ...]:
        if spread is None:
            return ("-", "-", "-")
        return tuple(map(self._figures.amount, (spread.lowest, spread.median, spread.highest)))

    def _list(self, about: Message, items: Iterator[Message]) -> Iterator[Block]:
        """A list under its caption, cut where it is long; nothing where it is empty."""
        said = [Item(self._say(message)) for message in items]
        if len(said) > self._top:
            said = [*said[: self._top], Item(self._words.more(len(said) - self._top))]
        if said:
            yield Caption(self._say(about))
            yield Items(tuple(said))

    def _apart(self) -> Iterator[Message]:
        """Every amount that stands apart, with the rule's numbers."""
        for bid in self._lot.bids:
            if bid.side is not None and bid.price is not None and self._lot.spread is not None:
                yield self._beyond(
                    bid.vendor, self._say(_PRICE), bid.price, bid.side, self._lot.spread
                )
        for item in self._lot.items:
            name = self._words.name(item.id)
            for cost in item.costs:
                if cost.side is not None and item.spread is not None:
                    yield self._beyond(cost.vendor, name, cost.amount, cost.side, item.spread)

    def _beyond(
        self, vendor: str, item: Shown, amount: Fraction, side: Side, spread: Spread
    ) -> Message:
        fence = spread.floor if side == "low" else spread.ceiling
        assert fence is not None  # noqa: S101 - what stands apart is beyond one
        shown = self._figures.exactly(amount, fence, spread.first, spread.third)
        return Message(
            _BEYOND[side],
            vendor=self._figures.name(vendor),
            item=item,
            n=grouped(str(spread.count)),
            ranges=exact_text(self._ranges),
            **dict(zip(("amount", "fence", "first", "third"), shown, strict=True)),
        )

    def _unlike(self) -> Iterator[Message]:
        """Items that just one has, that some leave out, that some do not divide."""
        for item in self._lot.items:
            yield from self._unlike_in(item)
        without = [b.vendor for b in self._lot.bids if b.price is not None and not b.itemised]
        if without:
            template = "No breakdown: {vendors}"
            yield Message(template, vendors=self._figures.names(without))

    def _unlike_in(self, item: CostItem) -> Iterator[Message]:
        figures, name = self._figures, self._words.name(item.id)
        if item.alone is not None:
            (cost,) = item.costs
            yield Message(
                "Only {vendor} has {item}: {amount}, {share} % of its price",
                vendor=figures.name(item.alone),
                item=name,
                amount=figures.amount(cost.amount),
                share=figures.share(cost.share),
            )
        elif not item.costs:
            yield Message("No bid has {item}, which the estimate has", item=name)
        elif item.lacking:
            names = figures.names(item.lacking)
            yield Message("No {item}: {vendors}", item=name, vendors=names)
        if item.whole:
            names = figures.names(item.whole)
            yield Message("{item} in one amount, not in parts: {vendors}", item=name, vendors=names)

    def _say(self, message: Message) -> Shown:
        return Shown(self._words.say(message))


def _across(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> Grid:
    """Items down, bids across: each table of a wide one begins with the items."""
    right = tuple(at > 0 for at in range(len(heads)))
    return Grid(heads, right, tuple(rows), kept=1)
