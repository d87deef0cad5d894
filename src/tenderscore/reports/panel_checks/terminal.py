"""What ``panel check`` prints: the members, and for each lot who scores what and who is out."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from tenderscore.errors import Message
from tenderscore.model.evaluators import Evaluator
from tenderscore.model.numerals import exact_text
from tenderscore.model.records import record
from tenderscore.model.seats import GroupSeats, LotSeats, PanelCheck, VendorSeats
from tenderscore.reports._ink import inked
from tenderscore.reports._layout import Cell, Column, grid, held, paragraph
from tenderscore.reports._style import Style
from tenderscore.reports._words import Words

_STEP = "  "


@record
class Terminal:
    """``panel check``: the text that people read in a terminal, a log or a mail."""

    def render(self, checked: PanelCheck, style: Style) -> bytes:
        """The whole text."""
        page = _Page(style, Words.people(style.language))
        return "\n".join([*page.lines(checked), ""]).encode()


@record
class _Page:
    style: Style
    words: Words

    def lines(self, checked: PanelCheck) -> Iterator[str]:
        say = self.words.say
        valid = "the panel may score" if checked.is_valid else "the panel may not score"
        yield from self._strong(self.words.headed(say(Message("Panel")), say(Message(valid))))
        yield ""
        yield from self._members(checked)
        for lot in checked.lots:
            yield from self._lot(lot)

    def _members(self, checked: PanelCheck) -> Iterator[str]:
        heads = [Message("Evaluator"), Message("Role"), Message("Expert"), Message("Weight")]
        who, role, expert, weight = map(self.words.say, heads)
        scores = self.words.say(Message("Scores"))
        columns = [
            Column(who, narrowest=16),
            Column(role, least=cell_len(role), narrowest=12, gap=2),
            Column(expert, least=cell_len(expert), gap=2),
            Column(weight, right=True, least=cell_len(weight), gap=2),
            Column(scores, least=cell_len(scores), narrowest=12, gap=2),
        ]
        rows = [[Cell(text) for text in self._member(each)] for each in checked.evaluators]
        for lines in grid(columns, rows, self.style.width - 2, colour=self.style.colour):
            yield from (_STEP + line for line in lines)

    def _member(self, evaluator: Evaluator) -> list[str]:
        words = self.words
        groups = evaluator.groups
        everything = words.say(Message("everything"))
        return [
            held(words.named(evaluator.id, evaluator.title)),
            words.name(evaluator.role or ""),
            words.say(Message("yes")) if evaluator.expert else "",
            exact_text(evaluator.weight),
            everything if groups is None else words.joined(map(words.name, groups)),
        ]

    def _lot(self, lot: LotSeats) -> Iterator[str]:
        template = "members {n}, experts {experts}"
        if lot.quorum is not None:
            template = "members {n}, experts {experts}, quorum {quorum}"
        numbers = {"n": len(lot.members), "experts": lot.experts, "quorum": lot.quorum}
        said = self.words.say(Message(template, **numbers))
        yield ""
        yield from self._strong(self.words.headed(self.words.title(lot.title), said))
        for group in lot.groups:
            yield from self._group(group)

    def _group(self, group: GroupSeats) -> Iterator[str]:
        title, scoring = self.words.title(group.title), self._names(group.evaluators)
        yield from self._indented(self.words.headed(title, scoring), 1)
        for each in group.vendors:
            for out in each.out:
                template = "{vendor}: {evaluator} is out ({reason}); left: {n}"
                whole = "{evaluator} is out ({reason}); left: {n}"
                message = Message(
                    whole if each.vendor is None else template,
                    vendor=self._vendor(each),
                    evaluator=out.evaluator,
                    reason=out.reason,
                    n=len(each.left),
                )
                yield from self._indented(self.words.say(message), 2)

    def _vendor(self, seats: VendorSeats) -> str:
        return "" if seats.vendor is None else self.words.named(seats.vendor, seats.name)

    def _names(self, ids: tuple[str, ...]) -> str:
        return self.words.joined(map(self.words.name, ids)) or "-"

    def _indented(self, text: str, depth: int) -> Iterator[str]:
        yield from paragraph(text, self.style.width, _STEP * depth, _STEP * (depth + 1))

    def _strong(self, text: str) -> Iterator[str]:
        for line in paragraph(text, self.style.width):
            yield inked(line, "strong", colour=self.style.colour)
