"""Money in other currencies, at dated rates (docs/reference/files.md)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from pydantic import Field

from tenderscore.errors import Message
from tenderscore.model.fields import FileModel, PlainDate, Positive, Text
from tenderscore.model.values import Fault, Number, Value, is_money, is_number


class Rate(FileModel):
    """One unit of ``source`` is worth ``rate`` units of ``target`` from ``date`` on."""

    date: PlainDate
    source: Text = Field(alias="from")
    target: Text = Field(alias="to")
    rate: Positive


class Exchange:
    """Turns money into the tender's currency, exactly.

    The rate is the latest one dated on or before ``day`` (the deadline's own date; without one
    the latest of all), from the one currency to the other: never an inverse, never a third
    currency.
    """

    def __init__(
        self, currency: str | None, rates: Sequence[Rate] = (), day: date | None = None
    ) -> None:
        self.currency = currency
        self.day = day
        self._rates: dict[tuple[str, str], Rate] = {}
        for rate in sorted(rates, key=lambda rate: rate.date):
            if day is None or rate.date <= day:
                self._rates[rate.source, rate.target] = rate

    def amount(self, money: dict[str, Value]) -> Number | Fault | dict[str, Value]:
        """The amount in the tender's currency; a ``Fault`` where no rate leads there.

        A mapping whose amount is no number, or whose currency is no text, is not money and comes
        back as it is.
        """
        amount, currency = money["amount"], money["currency"]
        if isinstance(amount, bool) or not isinstance(amount, (int, Fraction)):
            return money
        if not isinstance(currency, str):
            return money
        if currency == self.currency:
            return amount
        if self.currency is None:
            template = "an amount in {currency} needs the tender's currency in tender.yaml"
            return Fault("missing-rate", Message(template, currency=currency))
        rate = self._rates.get((currency, self.currency))
        return self._no_rate(currency) if rate is None else amount * Fraction(rate.rate)

    def _no_rate(self, currency: str) -> Fault:
        names = {"source": currency, "target": self.currency}
        if self.day is None:
            return Fault("missing-rate", Message("no rate from {source} to {target}", **names))
        template = "no rate from {source} to {target} on or before {day}"
        return Fault("missing-rate", Message(template, **names, day=self.day.isoformat()))

    def settled(self, value: Value) -> Value:
        """The value with every money in it as its amount in the tender's currency."""
        if isinstance(value, dict):
            if is_money(value):
                return self.amount(value)
            return {key: self.settled(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.settled(item) for item in value]
        return value


def positive_price(value: Value) -> Message | None:
    """What is wrong with a price: it is a number above 0, or money with such an amount."""
    amount = value["amount"] if isinstance(value, dict) and is_money(value) else value
    if not is_number(amount):
        return Message("a price is a number, or an amount with its currency")
    if amount <= 0:  # type: ignore[operator] # is_number has just said so
        return Message("a price is above 0")
    return None
