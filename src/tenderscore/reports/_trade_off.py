"""The trade-off between leading bids as people read it: what each extra point costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tenderscore.errors import Message
from tenderscore.model.choice import Pair, TradeOff
from tenderscore.model.records import record
from tenderscore.model.result import Evaluation, LotResult
from tenderscore.reports._decimals import fewest
from tenderscore.reports._headline import vendor_name
from tenderscore.reports._rows import Figure, figures, prices
from tenderscore.reports._words import Words, fixed, grouped

_FEWEST, _MOST = 2, 6


@record
class PairRow:
    """Two bids, what the better one has more, and what each of these points costs.

    Bids go by name and id, in ``ids`` by their ids alone. ``words`` say why nothing is to be paid.
    """

    better: str
    other: str
    ids: tuple[str, str]
    points: Figure
    price: Figure
    per_point: Figure
    words: str

    @property
    def cost(self) -> str:
        """What a point costs, in figures or in words."""
        return self.words or self.per_point.text


@record
class TradeOffRows:
    """The table: its title, what is compared with what, the heads and the rows."""

    title: str
    notes: tuple[str, ...]
    heads: tuple[str, ...]
    pairs: tuple[PairRow, ...]


def trade_off_rows(
    lot: LotResult, trade_off: TradeOff, evaluation: Evaluation, words: Words
) -> TradeOffRows:
    """What a report shows of the pairs of a lot."""
    heads = (
        *(Message("Better"), Message("Other"), Message("Points more")),
        *(Message("Price more"), Message("Per point")),
    )
    return TradeOffRows(
        title=words.say(Message("Trade-off")),
        notes=tuple(map(words.say, _notes(trade_off, evaluation, words))),
        heads=tuple(map(words.say, heads)),
        pairs=tuple(_rows(lot, trade_off, words)),
    )


def _notes(trade_off: TradeOff, evaluation: Evaluation, words: Words) -> Iterator[Message]:
    compared = Message("evaluated prices") if trade_off.evaluated else Message("prices as bid")
    if evaluation.tender.currency is not None:
        currency = words.name(evaluation.tender.currency)
        compared = Message("{prices} ({currency})", prices=compared, currency=currency)
    template = "What each extra point costs: points without the price's, {prices}"
    yield Message(template, prices=compared)
    if trade_off.of > trade_off.compared:
        template = "The first {n} of {of} bids in rank order are compared"
        yield Message(template, n=trade_off.compared, of=grouped(str(trade_off.of)))


def _rows(lot: LotResult, trade_off: TradeOff, words: Words) -> Iterator[PairRow]:
    pairs = trade_off.pairs
    points = figures([pair.points for pair in pairs], trade_off.decimals)
    amounts = prices([pair.price for pair in pairs])
    costs = _costs([pair.per_point for pair in pairs])
    for pair, more, price, cost in zip(pairs, points, amounts, costs, strict=True):
        yield PairRow(
            better=vendor_name(lot, pair.better, words),
            other=vendor_name(lot, pair.other, words),
            ids=(words.name(pair.better), words.name(pair.other)),
            points=more,
            price=price,
            per_point=cost,
            words="" if pair.per_point is not None else words.say(_nothing_to_pay(pair)),
        )


def _costs(values: Sequence[Fraction | None]) -> list[Figure]:
    """Prices of a point, half up to two decimals, or to as many as tell them from nothing."""
    known = {value for value in values if value is not None}
    decimals = fewest({Fraction(0), *known}, _FEWEST, _MOST)
    return [
        Figure() if value is None else Figure(fixed(value, decimals), value, decimals)
        for value in values
    ]


def _nothing_to_pay(pair: Pair) -> Message:
    if pair.price is None:
        return Message("no price to compare")
    if pair.points:
        if pair.price:
            return Message("better and cheaper: nothing to pay")
        return Message("better at the same price: nothing to pay")
    return Message("as good and cheaper") if pair.price else Message("as good at the same price")
