"""What ranks where points do not: pictures of prices per point, and of evaluated prices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from docs.generate.pictures import svg
from docs.generate.pictures.axis import Axis, axis, written
from docs.generate.pictures.chart import LEFT, RIGHT, WIDTH, Bid, Chart, Line, drawn
from docs.generate.pictures.curve import Points
from docs.generate.pictures.picture import Picture
from docs.generate.pictures.placing import width
from docs.generate.pictures.rule import Files, opened
from tenderscore.model.numerals import half_up
from tenderscore.model.result import BidResult

_TOP, _ROW = 700, 360


def price_per_point(title: str, files: Files) -> Picture:
    """Bids by price and points, each on the line of all offers that have its quotient."""
    bids = _ranked(files)
    up = axis([_points(bid) for bid in bids], 0, 1)
    chart = Chart(
        title=title,
        across=axis([_price(bid) for bid in bids], LEFT, RIGHT),
        across_title="price",
        lines=tuple(
            Line(f"{bid.name}: {_cents(_value(bid))} a point", _all_with(_value(bid), up))
            for bid in bids
        ),
        bids=tuple(Bid(bid.name, _price(bid), _points(bid)) for bid in bids),
        levels=(up.low, up.high, up.step),
    )
    told = (
        f"{bid.name} asks {_cents(_price(bid))} for {written(_points(bid))} points, "
        f"{_cents(_value(bid))} a point"
        for bid in bids
    )
    caption = "On each line every offer has the same price per point; the steepest line wins."
    return Picture(drawn(chart), f"Points against price: {'; '.join(told)}.", caption)


def evaluated_price(title: str, files: Files) -> Picture:
    """For each bid a ring at the price that was bid, and a dot at the one that is compared."""
    bids = _ranked(files)
    both = [price for bid in bids for price in (_price(bid), _value(bid))]
    across = axis(both, LEFT, RIGHT)
    height = _TOP + _ROW * len(bids)
    parts = [
        svg.text(160, 240, title, "text title"),
        *_head(),
        *_ruled(across, height),
        *(part for row, bid in enumerate(bids) for part in _row(across, row, bid)),
    ]
    told = (f"{bid.name} {_cents(_price(bid))}, compared {_cents(_value(bid))}" for bid in bids)
    return Picture(
        svg.document(WIDTH, height // 10 + 45, title, parts),
        f"Prices as bid and as they are compared: {'; '.join(told)}.",
        "A ring is the price as bid, a dot the evaluated price; the leftmost dot is first.",
    )


def _head() -> Iterator[str]:
    for x, css, words in ((200, "open", "price as bid"), (1700, "dot", "evaluated price")):
        yield svg.dot((x, 460), css)
        yield svg.text(x + 100, 500, words, "faint")


def _ruled(across: Axis, bottom: int) -> Iterator[str]:
    for tick in across.ticks():
        x, words = across.place(tick), written(tick)
        yield svg.line((x, _TOP - 60), (x, bottom), "grid")
        middle = min(x, 10 * WIDTH - 60 - width(words) // 2)
        yield svg.text(middle, bottom + 190, words, "faint", "middle")
    yield svg.text((across.start + across.end) // 2, bottom + 370, "price", "text", "middle")


def _row(across: Axis, row: int, bid: BidResult) -> Iterator[str]:
    y = _TOP + _ROW // 2 + row * _ROW
    as_bid, compared = across.place(_price(bid)), across.place(_value(bid))
    yield svg.text(across.start - 80, y + 40, bid.name, "text", "end")
    if as_bid != compared:
        yield svg.line((as_bid, y), (compared, y), "c0")
    yield svg.dot((as_bid, y), "open")
    yield svg.dot((compared, y))
    yield svg.text(compared, y - 90, _cents(_value(bid)), "text", "middle")


def _ranked(files: Files) -> list[BidResult]:
    """The bids that the last round of the first lot ranks, the best first."""
    evaluation = opened(files)[1]
    lot = next(iter(evaluation.lots.values()))
    return [bid for bid in lot.rounds[-1].bids if bid.rank is not None]


def _all_with(quotient: Fraction, up: Axis) -> Points:
    """The points of all offers with a quotient, as far as the axis goes."""

    def points(prices: Sequence[Fraction]) -> list[Fraction | None]:
        found = (price / quotient for price in prices)
        return [each if up.low <= each <= up.high else None for each in found]

    return points


def _price(bid: BidResult) -> Fraction:
    return bid.price or Fraction(0)


def _points(bid: BidResult) -> Fraction:
    return bid.total or Fraction(0)


def _value(bid: BidResult) -> Fraction:
    """What ranks a bid."""
    return (bid.standing.value if bid.standing is not None else None) or Fraction(0)


def _cents(number: Fraction) -> str:
    return written(half_up(number, 2))
