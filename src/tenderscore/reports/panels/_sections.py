"""What the reports for people say of a panel: sections of sentences, tables and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from tenderscore.errors import Message, Place
from tenderscore.model.numerals import exact_text
from tenderscore.model.panel_analysis import (
    Agreement,
    Case,
    CheckId,
    Ending,
    EvaluatorView,
    Finding,
    LotView,
    PanelAnalysis,
    Swing,
    Tally,
)
from tenderscore.model.text import Title
from tenderscore.reports._blocks import Block, Grid, Item, Items, Section, Text
from tenderscore.reports._words import Shown, Words, fixed, grouped

_MOST_SIDE_BY_SIDE = 48
_MOST_PLACES = 3
_MOST_SWINGS = 5
_CHECKS: dict[CheckId, Message] = {
    "sums": Message("Sums"),
    "scale": Message("Off the scale"),
    "objective": Message("Different on an objective criterion"),
    "striking": Message("Strikingly high or low"),
}


_COUNTS = (Message("Given"), Message("Due"), Message("Abstained"), Message("Out"))
_OF_EVALUATORS = (Message("Evaluator"), *_COUNTS, Message("Severity"), Message("Agrees"))
_OF_CRITERIA = (Message("Criterion"), *_COUNTS, Message("Alpha"))
_OF_CASES = (Message("Criterion"), Message("Vendor"))


class PanelSections:
    """The sections, in the words of a language; lists are cut after ``top``."""

    def __init__(self, analysis: PanelAnalysis, words: Words, top: int) -> None:
        self._analysis = analysis
        self._words = words
        self._top = top
        self._lots_of: dict[str, set[str]] = {}
        for case in analysis.cases:
            self._lots_of.setdefault(case.vendor, set()).update(case.lots)

    def title(self) -> str:
        """The heading of the whole."""
        return self._say(Message("How the panel scored"))

    def sections(self) -> Iterator[Section]:
        """All of them."""
        if not self._analysis.cases:
            text = Text(self._say(Message("The panel scores nothing in this round.")))
            yield Section(self._say(Message("Marks")), (text,))
            return
        yield self._evaluators()
        yield self._criteria()
        yield self._cases()
        yield self._swings()
        yield self._signs()
        yield self._checks()

    def _evaluators(self) -> Section:
        heads = self._heads(_OF_EVALUATORS)
        rows = tuple(self._evaluator(each) for each in self._analysis.evaluators)
        notes = (
            Message(
                "Severity: the mean of their marks less the mean of the others' on the same, "
                "in percent of the scale; under 0 is more severe."
            ),
            Message(
                "Agrees: the correlation of their marks with the mean of the others', from -1 to 1."
            ),
        )
        return Section(
            self._say(Message("Evaluators")),
            (_numbers(heads, rows, 1), *(Text(self._say(note)) for note in notes)),
        )

    def _evaluator(self, view: EvaluatorView) -> tuple[str, ...]:
        severity = "-" if view.severity is None else _signed(view.severity)
        agrees = "-" if view.consistency is None else fixed(Fraction(view.consistency), 2)
        named = self._words.named(view.id, view.name)
        return (named, *_tally(view.tally), severity, agrees)

    def _criteria(self) -> Section:
        heads = self._heads(_OF_CRITERIA)
        rows = tuple(
            (
                self._words.named(view.id, self._title(view.title)),
                *_tally(view.tally),
                _decimal(view.alpha),
            )
            for view in self._analysis.criteria
        )
        text = Text(self._agreement(self._analysis.agreement))
        return Section(self._say(Message("Criteria")), (_numbers(heads, rows, 1), text))

    def _agreement(self, found: Agreement) -> str:
        if found.alpha is None or found.low is None or found.high is None:
            return self._say(
                Message("Krippendorff's alpha: there are no different marks to compare.")
            )
        return self._say(
            Message(
                "Krippendorff's alpha over all: {alpha}, where 1 is agreement and 0 is chance; "
                "{low} to {high} in 95 % of {samples} resamples of {units} (seed {seed}).",
                alpha=_decimal(found.alpha),
                low=_decimal(found.low),
                high=_decimal(found.high),
                samples=grouped(str(found.samples)),
                units=self._words.count(
                    found.units,
                    Message("1 vendor on a criterion"),
                    Message("{n} vendors on a criterion"),
                ),
                seed=found.seed,
            )
        )

    def _cases(self) -> Section:
        cases = self._analysis.cases[: self._top]
        figures = _figures(cases)
        ids = [view.id for view in self._analysis.evaluators]
        side_by_side = sum(len(each) + 2 for each in ids) <= _MOST_SIDE_BY_SIDE
        marks = ids if side_by_side else [self._say(Message("Marks"))]
        heads = (
            *self._heads(_OF_CASES),
            *(self._words.name(each) for each in marks),
            *self._heads([head for head, _ in figures]),
        )
        rows = tuple(
            (
                *self._case(case, ids, side_by_side=side_by_side),
                *(text(case) for _, text in figures),
            )
            for case in cases
        )
        right = (False, False, *[side_by_side] * len(marks), *[True] * len(figures))
        grid = Grid(heads, right, rows)
        more = len(self._analysis.cases) - len(cases)
        absent = any(case.lacking or case.abstained or case.out for case in cases)
        note = Text(self._say(Message("-: no mark; a: abstains; x: out for a conflict")))
        blocks: list[Block] = [
            grid,
            *([Text(self._words.more(more))] if more else []),
            *([note] if absent else []),
        ]
        return Section(self._say(Message("Most disagreement first")), tuple(blocks))

    def _case(self, case: Case, ids: Sequence[str], *, side_by_side: bool) -> tuple[str, ...]:
        found = {mark.evaluator: exact_text(mark.score) for mark in case.marks}
        found |= dict.fromkeys(case.abstained, "a") | dict.fromkeys(case.out, "x")
        found |= dict.fromkeys(case.lacking, "-")
        marks = [found.get(each, "") for each in ids]
        if not side_by_side:
            named = (f"{self._words.name(each)} {found[each]}" for each in ids if each in found)
            marks = [self._words.joined(named)]
        return (self._title(case.title), self._vendor(case), *marks)

    def _vendor(self, case: Case) -> str:
        """The vendor, with the lots where the marks do not count in all."""
        vendor = self._words.name(case.vendor)
        if set(case.lots) == self._lots_of[case.vendor]:
            return vendor
        return f"{vendor} ({self._words.joined(map(self._words.name, case.lots))})"

    def _swings(self) -> Section:
        items = [item for lot in self._analysis.lots for item in self._lot(lot)]
        return Section(self._say(Message("Who swings the result")), (Items(tuple(items)),))

    def _lot(self, lot: LotView) -> Iterator[Item]:
        title = self._words.title(lot.title)
        head = title if title == lot.id else f"{title} ({self._words.name(lot.id)})"
        yield Item(self._words.headed(head, self._ending(lot.ending)))
        others = [each for each in lot.without if each.ending != lot.ending]
        for each in others:
            evaluator = self._words.name(each.evaluator)
            text = self._say(Message("without {evaluator}", evaluator=evaluator))
            yield Item(self._words.headed(text, self._ending(each.ending)), depth=1)
        if lot.without and not others:
            yield Item(self._say(Message("the same without any one evaluator")), depth=1)
        yield from self._steps(lot)

    def _ending(self, ending: Ending) -> str:
        """Who is first, who is shortlisted, what waits."""
        parts = [self._first(ending)]
        if ending.shortlist:
            names = self._words.joined(map(self._words.name, ending.shortlist))
            parts.append(self._say(Message("shortlist {vendors}", vendors=names)))
        if ending.pending:
            waiting = self._words.name(ending.pending[0])
            parts.append(self._say(Message("round {round} waits for scores", round=waiting)))
        return self._words.joined(parts)

    def _first(self, ending: Ending) -> Shown:
        if ending.winner is not None:
            winner = self._words.name(ending.winner)
            return self._say(Message("winner {vendor}", vendor=winner))
        if ending.tie:
            tied = self._words.joined(map(self._words.name, ending.tie))
            return self._say(Message("{vendors} tie", vendors=tied))
        return self._say(Message("no winner"))

    def _steps(self, lot: LotView) -> Iterator[Item]:
        """The single steps of marks, those that change who is first in full."""
        if not lot.ending.first:
            return
        changing = sum(len(swing.marks) for swing in lot.swings)
        message = Message(
            "{n} of {tried} single steps of a mark change who is first",
            n=grouped(str(changing)),
            tried=grouped(str(lot.tried)),
        )
        yield Item(self._say(message), depth=1)
        for swing in lot.swings[:_MOST_SWINGS]:
            yield self._swing(swing)
        if len(lot.swings) > _MOST_SWINGS:
            yield Item(self._words.more(len(lot.swings) - _MOST_SWINGS), depth=2)

    def _swing(self, swing: Swing) -> Item:
        message = Message(
            "{criterion} of {vendor}, {step} by one of {evaluators}: {first}",
            criterion=self._words.name(swing.criterion),
            vendor=self._words.name(swing.vendor),
            step=_signed(swing.step, exact_text(abs(swing.step))),
            evaluators=self._words.joined(self._words.name(m.evaluator) for m in swing.marks),
            first=self._first(swing.ending),
        )
        return Item(self._say(message), self._places([m.place for m in swing.marks]), depth=2)

    def _signs(self) -> Section:
        found = [sign.finding for sign in self._analysis.signs]
        said = Message("Signs of a score made to order; each may have any cause")
        if not found:
            return Section(self._say(said), (Text(self._say(Message("None was seen."))),))
        return Section(self._say(said), (Items(tuple(self._findings(found, 0))),))

    def _checks(self) -> Section:
        items: list[Item] = []
        for check in self._analysis.checks:
            head = self._say(_CHECKS[check.id])
            items.append(Item(self._words.headed(head, self._say(check.looked_at))))
            if check.findings:
                items += self._findings(check.findings, 1)
            elif check.applies:
                items.append(Item(self._say(Message("nothing found")), depth=1))
        title = Message("The four checks of Order 87, article 64 (China)")
        return Section(self._say(title), (Items(tuple(items)),))

    def _findings(self, findings: Sequence[Finding], depth: int) -> Iterator[Item]:
        for finding in findings[: self._top]:
            yield Item(self._say(finding.message), self._places(finding.places), depth)
        if len(findings) > self._top:
            yield Item(self._words.more(len(findings) - self._top), depth=depth)

    def _places(self, places: Sequence[Place]) -> str:
        shown = [self._words.place(place) for place in places[:_MOST_PLACES]]
        more = len(places) - len(shown)
        return self._words.joined([*shown, *([self._words.more(more)] if more else [])])

    def _heads(self, heads: Sequence[Message]) -> tuple[str, ...]:
        return tuple(map(self._say, heads))

    def _title(self, title: Title) -> Shown:
        return self._words.name(title.text(self._words.language))

    def _say(self, message: Message) -> Shown:
        return Shown(self._words.say(message))


def _numbers(heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...], texts: int) -> Grid:
    """A table of numbers but for the first columns."""
    return Grid(heads, tuple(at >= texts for at in range(len(heads))), rows)


def _figures(cases: Sequence[Case]) -> list[tuple[Message, Callable[[Case], str]]]:
    """The heads and figures of cases; what was agreed on just where something was."""
    figures: list[tuple[Message, Callable[[Case], str]]] = [
        (Message("Mean"), lambda case: _decimal(case.mean)),
        (Message("Median"), lambda case: _decimal(case.median)),
        (Message("Spread"), lambda case: _decimal(case.spread)),
    ]
    if any(case.agreed is not None for case in cases):
        figures.append(
            (Message("Agreed"), lambda case: "" if case.agreed is None else _decimal(case.agreed))
        )
    return figures


def _tally(tally: Tally) -> tuple[str, ...]:
    counts = (tally.given, tally.due, tally.abstained, tally.out)
    return tuple(grouped(str(count)) for count in counts)


def _decimal(number: Fraction | None) -> str:
    return "-" if number is None else fixed(number, 2)


def _signed(number: Fraction, text: str | None = None) -> str:
    shown = fixed(abs(number), 2) if text is None else text
    sign = "+" if number > 0 else "-" if number < 0 else ""
    return f"{sign}{shown}"
