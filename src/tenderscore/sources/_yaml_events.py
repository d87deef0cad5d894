"""Anchors, aliases and tags, settled on the parser's events before anything is built of them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, NoReturn, cast

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    ScalarEvent,
)

from tenderscore.errors import Message, Problem
from tenderscore.model.scalars import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yaml.error import Mark

    from tenderscore.errors import Place
    from tenderscore.sources._reading import Reading

MOST_REPEATED = 100_000
# A long text costs as much as so many characters' worth of values.
_CHARACTERS_A_VALUE = 100


class _Span(NamedTuple):
    """What an anchor stands for: a stretch of a list of events."""

    events: list[Event]
    start: int
    end: int
    cost: int


class _Open(NamedTuple):
    """An anchored list or mapping that has not ended yet."""

    anchor: str
    depth: int
    start: int
    cost: int


def settled(events: Iterable[Event | None], reading: Reading) -> Iterator[Event | None]:
    """The events with every alias replaced by what it stands for, and tags reported."""
    return _Settling(reading).run(events)


def place_of(event: Event, reading: Reading) -> Place:
    """Where an event starts; every event of the parser has a mark."""
    mark = cast("Mark", event.start_mark)
    return reading.place(mark.line + 1, mark.column + 1)


def tag_problem(place: Place) -> Problem:
    """A tag is refused: tender files are data, and quotes already say that 12 is text."""
    message = Message("tags (!, !!str, !!python/...) are not read")
    return Problem(
        "tag", message, place, Message("leave the tag out; quotes make text of a number")
    )


class _Settling:
    """Remembers the events under each anchor, as long as they are few enough to be repeated."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.spans: dict[str, _Span | None] = {}
        self.open: list[_Open] = []
        self.recorded: list[Event] = []
        self.cost = 0
        self.depth = 0
        self.repeated = 0

    def run(self, events: Iterable[Event | None]) -> Iterator[Event | None]:
        for event in events:
            if isinstance(event, AliasEvent):
                for each in self.aliased(event):
                    self.record(each)
                    yield each
                continue
            if isinstance(event, ScalarEvent):
                self.scalar(event)
            elif isinstance(event, CollectionStartEvent):
                self.start(event)
            elif isinstance(event, CollectionEndEvent):
                self.end(event)
            yield event

    def scalar(self, event: ScalarEvent) -> None:
        """Check a scalar, and remember it where its anchor or one around it may repeat it."""
        if event.tag is not None:
            self.refuse_tag(event)
        if not event.value.isascii():
            place = place_of(event, self.reading)
            event.value = self.reading.without_surrogates(event.value, place)
        if event.anchor is not None:
            self.spans[event.anchor] = _Span([event], 0, 1, _cost(event))
        self.record(event)

    def start(self, event: CollectionStartEvent) -> None:
        """Begin a list or mapping, and its anchor's span."""
        if event.tag is not None:
            self.refuse_tag(event)
        if event.anchor is not None:
            self.open.append(_Open(event.anchor, self.depth, len(self.recorded), self.cost))
        self.depth += 1
        self.record(event)

    def end(self, event: CollectionEndEvent) -> None:
        """End a list or mapping, and its anchor's span if it has one."""
        self.depth -= 1
        self.record(event)
        if self.open and self.open[-1].depth == self.depth:
            anchor, _, start, cost = self.open.pop()
            events = self.recorded
            self.spans[anchor] = _Span(events, start, len(events), self.cost - cost)
            if not self.open:
                self.recorded = []

    def record(self, event: Event) -> None:
        """Remember an event while an anchor is open that it belongs to."""
        if not self.open:
            return
        self.recorded.append(event)
        self.cost += _cost(event)
        if len(self.recorded) > MOST_REPEATED:
            self.spans.update((each.anchor, None) for each in self.open)
            self.open, self.recorded = [], []

    def refuse_tag(self, event: Event) -> None:
        """Report a tag; what it stands before is read as if there were none."""
        self.reading.report(tag_problem(place_of(event, self.reading)))

    def aliased(self, alias: AliasEvent) -> Iterator[Event]:
        """What an alias stands for; empty text, and a problem, where it stands for nothing."""
        anchor = alias.anchor or ""
        if any(each.anchor == anchor for each in self.open):
            message = Message("*{name} stands inside of what it names", name=shortened(anchor))
            return self.nothing(alias, "alias-recursive", message)
        if anchor not in self.spans:
            message = Message("nothing above is named &{name}", name=shortened(anchor))
            return self.nothing(alias, "alias-unknown", message)
        span = self.spans[anchor]
        self.repeated += MOST_REPEATED + 1 if span is None else span.cost
        if span is None or self.repeated > MOST_REPEATED:
            self.refuse_expansion(place_of(alias, self.reading))
        return islice(span.events, span.start, span.end)

    def nothing(self, alias: AliasEvent, code: str, message: Message) -> Iterator[Event]:
        """Report an alias that cannot be followed, and read on with empty text in its place."""
        hint = Message("write the value out; or put it in quotes if it is text")
        self.reading.report(Problem(code, message, place_of(alias, self.reading), hint))
        marks = (alias.start_mark, alias.end_mark)
        return iter([ScalarEvent(None, None, (False, True), "", *marks, style='"')])

    def refuse_expansion(self, place: Place) -> NoReturn:
        """End the reading where aliases make much of little."""
        message = Message("aliases repeat more than {most} values", most=MOST_REPEATED)
        hint = Message("write out what differs instead")
        self.reading.stop(Problem("alias-expansion", message, place, hint))


def _cost(event: Event) -> int:
    return 1 + len(event.value) // _CHARACTERS_A_VALUE if isinstance(event, ScalarEvent) else 1
