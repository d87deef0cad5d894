"""The numbers and names of one lot as people read them, alike wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tenderscore.errors import Message
from tenderscore.model.price_analysis import LotPrices, Side, Spread
from tenderscore.reports._decimals import money_decimals
from tenderscore.reports._words import Shown, Words, fixed

_STANDS_APART = "*"
_NOTHING = "-"


class Figures:
    """Amounts with as many decimals as the lot's need; ``bids`` are those that are shown."""

    def __init__(self, lot: LotPrices, currency: str | None, words: Words, top: int) -> None:
        self._words = words
        self._top = top
        self._currency = currency
        self._names = {bid.vendor: bid.name for bid in lot.bids}
        self.bids = lot.bids[:top]
        self._decimals = money_decimals(_amounts(lot, {bid.vendor for bid in self.bids}))

    @property
    def head(self) -> str:
        """The head of a column of prices."""
        return self._in_currency(Message("Price"))

    def amounts_of(self, what: Message) -> str:
        """A heading of amounts, with their currency."""
        return self._in_currency(what)

    def amount(self, amount: Fraction | None) -> Shown:
        """An amount, rounded half up."""
        return Shown(_NOTHING if amount is None else fixed(amount, self._decimals))

    def priced(self, amount: Fraction) -> Shown:
        """An amount with its currency."""
        shown = self.amount(amount)
        return Shown(f"{self._words.name(self._currency)} {shown}") if self._currency else shown

    def marked(self, amount: Fraction | None, side: Side | None) -> str:
        """An amount, with a sign before it where it stands apart."""
        return f"{'' if side is None else _STANDS_APART}{self.amount(amount)}"

    def percent(self, percent: Fraction | None) -> str:
        """How far over something is, with its sign."""
        if percent is None:
            return _NOTHING
        return f"{'+' if percent > 0 else ''}{fixed(percent, 2)}"

    def share(self, percent: Fraction | None) -> Shown:
        """A part in percent."""
        return Shown(_NOTHING if percent is None else fixed(percent, 2))

    def exactly(self, *amounts: Fraction) -> list[Shown]:
        """Amounts with the decimals that tell them apart."""
        decimals = max(self._decimals, money_decimals(amounts))
        return [Shown(fixed(amount, decimals)) for amount in amounts]

    def names(self, vendors: Sequence[str]) -> Shown:
        """Vendors by name, the first of many."""
        shown = [self.name(vendor) for vendor in vendors[: self._top]]
        more = len(vendors) - len(shown)
        return self._words.joined([*shown, *([self._words.more(more)] if more else [])])

    def name(self, vendor: str) -> Shown:
        """A vendor's name."""
        return self._words.name(self._names[vendor])

    def _in_currency(self, what: Message) -> str:
        said = self._words.say(what)
        return said if self._currency is None else f"{said} ({self._words.name(self._currency)})"


def _amounts(lot: LotPrices, vendors: set[str]) -> Iterator[Fraction]:
    """Every amount that tables show."""
    yield from (each for each in (lot.budget, lot.estimate) if each is not None)
    yield from (bid.price for bid in lot.bids if bid.vendor in vendors and bid.price is not None)
    spreads = [lot.spread, *(item.spread for item in lot.items)]
    for spread in spreads:
        yield from () if spread is None else _ends(spread)
    for item in lot.items:
        yield from () if item.estimate is None else (item.estimate,)
        yield from (cost.amount for cost in item.costs if cost.vendor in vendors)


def _ends(spread: Spread) -> tuple[Fraction, ...]:
    return (spread.lowest, spread.median, spread.highest)
