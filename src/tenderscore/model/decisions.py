"""decisions.yaml: what people decided, by whom, when and why (docs/reference/files.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Literal, TypeAlias

from tenderscore.errors import Message, Place, Problem, Severity
from tenderscore.model.fields import (
    KIND_NAMES,
    AnyValue,
    ExactNumber,
    FileModel,
    PlainDate,
    ReadBy,
    Text,
    fact_path,
    problem,
    wrong_type,
)
from tenderscore.model.numerals import grouped_text
from tenderscore.model.records import record
from tenderscore.model.values import Path, Value
from tenderscore.model.written import told


def _stated(value: object) -> str:
    if not isinstance(value, str):
        raise wrong_type(KIND_NAMES["text"], value)
    if not value.strip():
        raise problem("blank-text", Message("a decision says who took it, and why"))
    return value


def _correctable(value: object) -> Path:
    path = fact_path(value)
    if path[0] in _OWN_WORDS or path == ("vendor", "id"):
        message = Message("{fact} is no fact that a decision corrects", fact=".".join(path))
        raise problem("decision-form", message, Message("mend the bid's file itself"))
    return path


def _order(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise wrong_type(Message("a list of vendors"), value)
    if len(value) < 2 or len(set(value)) < len(value):
        raise problem("decision-form", Message("an order names two vendors or more, each once"))
    return value


_OWN_WORDS = frozenset({"id", "offers", "evidence", "withdrawn", "supersedes"})
Stated = Annotated[str, ReadBy(_stated, {"type": "string", "pattern": r"\S"})]
CorrectedFact = Annotated[Path, ReadBy(_correctable, {"type": "string", "minLength": 1})]
Order = Annotated[
    list[str],
    ReadBy(
        _order,
        {
            "type": "array",
            "items": {"type": ["string", "number"]},
            "minItems": 2,
            "uniqueItems": True,
        },
    ),
]


class _Signed(FileModel):
    """What every decision says: who took it, when, why, and for which lot (without one: all)."""

    by: Stated
    date: PlainDate
    reason: Stated
    lot: Text | None = None


class Eliminate(_Signed):
    """Puts a bid out of a round, of the first one where none is named."""

    decide: Literal["eliminate"]
    vendor: Text
    round: Text | None = None

    def sentence(self) -> Message:
        """What was decided."""
        return Message("{vendor} is eliminated", vendor=self.vendor)


class Waive(_Signed):
    """A requirement counts as met by a bid."""

    decide: Literal["waive"]
    vendor: Text
    requirement: Text
    round: Text | None = None

    def sentence(self) -> Message:
        """What was decided."""
        template = "{vendor} need not meet {requirement}"
        return Message(template, vendor=self.vendor, requirement=self.requirement)


class Correct(_Signed):
    """A fact is another than the bid says; ``was`` is what the bid says."""

    decide: Literal["correct"]
    vendor: Text
    fact: CorrectedFact
    was: AnyValue
    value: AnyValue

    @property
    def name(self) -> str:
        """The fact's dotted path."""
        return ".".join(self.fact)

    def sentence(self) -> Message:
        """What was decided."""
        template = "{fact} of {vendor} is {value}, where the bid says {was}"
        names = {"fact": self.name, "vendor": self.vendor}
        return Message(template, **names, value=told(self.value), was=told(self.was))


class Consensus(_Signed):
    """The score that the panel agreed on, instead of what its scores come to."""

    decide: Literal["consensus"]
    vendor: Text
    criterion: Text
    score: ExactNumber
    round: Text | None = None

    def sentence(self) -> Message:
        """What was decided."""
        template = "the panel agrees on {score} for {criterion} of {vendor}"
        names = {"criterion": self.criterion, "vendor": self.vendor}
        return Message(template, score=grouped_text(self.score), **names)


class BreakTie(_Signed):
    """The order of bids that tie: who was drawn first, say."""

    decide: Literal["break_tie"]
    order: Order
    round: Text | None = None

    def sentence(self) -> Message:
        """What was decided."""
        return Message("the tie is broken in the order {vendors}", vendors=list(self.order))


class Accept(_Signed):
    """What a bidder explained on some matter (an unusually low price) is accepted."""

    decide: Literal["accept"]
    vendor: Text
    matter: Stated
    round: Text | None = None

    def sentence(self) -> Message:
        """What was decided."""
        template = "the explanation of {vendor} is accepted: {matter}"
        return Message(template, vendor=self.vendor, matter=self.matter)


class Choose(_Signed):
    """The winner, where the method leaves the choice to people."""

    decide: Literal["choose"]
    vendor: Text

    def sentence(self) -> Message:
        """What was decided."""
        return Message("{vendor} is chosen as the winner", vendor=self.vendor)


Ruling: TypeAlias = Eliminate | Waive | Correct | Consensus | BreakTie | Accept | Choose
RULINGS: Mapping[str, type[Ruling]] = {
    "eliminate": Eliminate,
    "waive": Waive,
    "correct": Correct,
    "consensus": Consensus,
    "break_tie": BreakTie,
    "accept": Accept,
    "choose": Choose,
}


@record
class Decision:
    """One entry: what it rules, its keys as they are written, and where these and values stand.

    ``recorded`` tells that a platform put it on record, whatever comes of it here.
    """

    number: int
    ruling: Ruling
    entry: Mapping[str, Value]
    place: Place
    places: Mapping[str, Place]
    recorded: bool = False

    @property
    def vendors(self) -> tuple[str, ...]:
        """Whose bids it is about."""
        ruling = self.ruling
        return tuple(ruling.order) if isinstance(ruling, BreakTie) else (ruling.vendor,)

    @property
    def lot(self) -> str | None:
        """The lot that it is for, None for all."""
        return self.ruling.lot

    @property
    def round(self) -> str | None:
        """The round that it is for, where it names one."""
        return None if isinstance(self.ruling, (Correct, Choose)) else self.ruling.round

    def at(self, key: str) -> Place:
        """Where the value of a key stands."""
        return self.places.get(key, self.place)

    def is_for(self, lot: str) -> bool:
        """Whether it is for a lot."""
        return self.lot in {None, lot}

    @property
    def message(self) -> Message:
        """What was decided, by whom, when and why."""
        return Message("{what} ({signed})", what=self.ruling.sentence(), signed=self.signed)

    @property
    def signed(self) -> Message:
        """By whom, when and why."""
        template = "decided by {by} on {date}: {reason}"
        ruling = self.ruling
        names = {"by": ruling.by, "date": ruling.date.isoformat()}
        return Message(template, **names, reason=ruling.reason)


@record
class Decisions:
    """All decisions of a round, in their order; ``lots`` are all lots that there are."""

    entries: Sequence[Decision]
    lots: Sequence[str] = ()

    def accepted(self, vendor: str, lot: str, matter: str) -> Decision | None:
        """The decision that accepts what a vendor explained on a matter, None without one."""
        found = (
            decision
            for decision in self._of(Accept, lot)
            if decision.vendors == (vendor,) and decision.entry["matter"] == matter
        )
        return next(found, None)

    def consensus(self, vendor: str, lot: str, criterion: str) -> Decision | None:
        """The decision on a vendor's score on a criterion that counts: the latest one."""
        found = None
        for decision in self._of(Consensus, lot):
            if decision.vendors == (vendor,) and decision.entry["criterion"] == criterion:
                found = decision
        return found

    def _of(self, kind: type[Ruling], lot: str) -> Iterable[Decision]:
        return (each for each in self.entries if isinstance(each.ruling, kind) and each.is_for(lot))


def idle(decision: Decision, why: Message) -> Problem:
    """A decision that touches nothing."""
    message = Message("this decision touches nothing: {what}", what=decision.ruling.sentence())
    severity: Severity = "warning" if decision.recorded else "error"
    return Problem("idle-decision", message, decision.at("decide"), why, severity)
