"""The ranked table of a round, as wide as the screen allows.

The widest form that fits is taken: columns with their titles; columns A, B, C with a legend; ids
instead of names; no bars; at last two lines a bid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from tenderscore.errors import Message
from tenderscore.model.records import record
from tenderscore.reports._ink import Meaning
from tenderscore.reports._layout import HELD, Cell, Column, fits, grid, paragraph
from tenderscore.reports._marks import MEANINGS, Marks
from tenderscore.reports._rows import RankedRow, RoundRows
from tenderscore.reports._style import Style
from tenderscore.reports._words import Words

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_INDENT = "  "
_FULL_MARK = len("100.00")
_FOUR_WIDE = 8
_MOST_SHEETS = 9


@record
class _Form:
    """Whether columns have titles, how narrow the names may become (0: ids), how long bars are."""

    titles: bool
    names: int
    bar: int


_FORMS = (
    _Form(titles=True, names=24, bar=20),
    _Form(titles=True, names=20, bar=10),
    _Form(titles=False, names=24, bar=10),
    _Form(titles=False, names=0, bar=8),
    _Form(titles=False, names=0, bar=0),
)


def ranking(round_: RoundRows, price: str, style: Style, words: Words) -> Iterator[str]:
    """The lines of the table, with a legend where the columns have letters for heads."""
    page = _Page(round_, price, style, words)
    form = next((form for form in _FORMS if page.has_room_for(form)), None)
    lines = page.two_lines_a_bid() if form is None else page.one_line_a_bid(form)
    yield from (_INDENT + line for line in lines)
    if form is None or not form.titles:
        yield from page.legend()
    if round_.evaluators:
        yield from page.evaluators()


class _Page:
    def __init__(self, round_: RoundRows, price: str, style: Style, words: Words) -> None:
        self._round = round_
        self._width = style.width - len(_INDENT)
        self._style = style
        self._words = words
        self._marks = Marks.of(style)
        self._letters = [_letter(number) for number in range(len(round_.heads))]
        # A column without a single price says nothing.
        self._priced = any(row.price.text for row in round_.ranked)
        self._price = price

    def has_room_for(self, form: _Form) -> bool:
        """Whether the screen is wide enough for a form."""
        return fits(self._columns(form), self._rows(form), self._width)

    def one_line_a_bid(self, form: _Form) -> Iterator[str]:
        """Name or id, total, points and price."""
        blocks = self._grid(self._columns(form), self._rows(form))
        return (line for lines in blocks for line in lines)

    def two_lines_a_bid(self) -> Iterator[str]:
        """Name, total and price; under them the points, each after its column's letter."""
        form = _Form(titles=False, names=12, bar=10)
        columns = [*self._first_columns(form), *self._price_columns()]
        rows = [
            [*self._first_cells(row, form), *self._price_cells(row)] for row in self._round.ranked
        ]
        head, *blocks = self._grid(columns, rows)
        yield from head
        for lines, row in zip(blocks, self._round.ranked, strict=True):
            yield from lines
            texts = (
                f"{letter} {figure.text:>{_FULL_MARK}}"
                for letter, figure in zip(self._letters, row.points, strict=True)
            )
            yield from paragraph("  ".join(texts), self._width, "    ", "    ")

    def legend(self) -> Iterator[str]:
        """What the letters stand for, and how much each counts."""
        parts = (
            f"{letter}{HELD}{head.title}{HELD}{head.percent}"
            for letter, head in zip(self._letters, self._round.heads, strict=True)
        )
        yield from paragraph(self._words.joined(parts), self._style.width, _INDENT, _INDENT)

    def evaluators(self) -> Iterator[str]:
        """Whose ranks they are, in their order; of many evaluators the ranks besides."""
        names = self._words.joined(self._round.evaluators)
        text = self._words.say(Message("Ranks by {evaluators}", evaluators=names))
        yield from paragraph(text, self._style.width, _INDENT, _INDENT)
        for row in () if self._has_ranks_column() else self._round.ranked:
            text = self._words.headed(row.vendor, " ".join(row.ranks))
            yield from paragraph(text, self._style.width, _INDENT, _INDENT * 2)

    def _has_ranks_column(self) -> bool:
        return 0 < len(self._round.evaluators) <= _MOST_SHEETS

    def _grid(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
        return grid(columns, rows, self._width, colour=self._style.colour)

    def _columns(self, form: _Form) -> list[Column]:
        points = self._points_columns(form)
        return [*self._first_columns(form), *points, *self._price_columns()]

    def _rows(self, form: _Form) -> list[list[Cell]]:
        return [
            [*self._first_cells(row, form), *self._points_cells(row), *self._price_cells(row)]
            for row in self._round.ranked
        ]

    def _first_columns(self, form: _Form) -> list[Column]:
        columns = [
            Column(""),
            Column("#", right=True),
            Column(self._words.say(Message("Vendor")), narrowest=form.names),
            *self._standing_columns(),
        ]
        return [*columns, *self._total_columns(form)]

    def _first_cells(self, row: RankedRow, form: _Form) -> list[Cell]:
        whole: Meaning = "faint" if row.outcome == "eliminated" else "plain"
        total: Meaning = "strong" if row.outcome == "advanced" else whole
        cells = [
            Cell(self._marks.outcomes[row.outcome], MEANINGS[row.outcome]),
            Cell("" if row.rank is None else str(row.rank), whole),
            Cell(row.label if form.names else row.vendor, whole),
            *self._standing_cells(row, total),
        ]
        return [*cells, *self._total_cells(row, whole if self._round.measure else total, form)]

    def _total_columns(self, form: _Form) -> Iterator[Column]:
        if self._round.has_totals:
            yield Column(self._words.say(Message("Total")), right=True, gap=2)
            yield from [Column("", least=form.bar)] if form.bar else []

    def _total_cells(self, row: RankedRow, meaning: Meaning, form: _Form) -> Iterator[Cell]:
        if self._round.has_totals:
            yield Cell(row.total.text, meaning)
            bar = self._marks.bar(row.total.number, form.bar)
            yield from [Cell(bar, MEANINGS[row.outcome])] if form.bar else []

    def _standing_columns(self) -> Iterator[Column]:
        if self._round.measure:
            yield Column(self._round.measure, right=True, gap=2)
        if self._has_ranks_column():
            yield Column(self._words.say(Message("Ranks")), gap=2)

    def _standing_cells(self, row: RankedRow, meaning: Meaning) -> Iterator[Cell]:
        if self._round.measure:
            yield Cell(row.standing.text, meaning)
        if self._has_ranks_column():
            yield Cell(HELD.join(row.ranks), "faint" if meaning == "faint" else "plain")

    def _points_columns(self, form: _Form) -> Iterator[Column]:
        for letter, head in zip(self._letters, self._round.heads, strict=True):
            if not form.titles:
                yield Column(letter, right=True, least=_FULL_MARK)
                continue
            wide = cell_len(head.title) > len(head.title)
            least = _FOUR_WIDE if wide else _FULL_MARK
            yield Column(f"{head.title} {head.percent}", right=True, gap=2, least=least)

    def _points_cells(self, row: RankedRow) -> Iterator[Cell]:
        meaning: Meaning = "faint" if row.outcome == "eliminated" else "plain"
        return (Cell(figure.text, meaning) for figure in row.points)

    def _price_columns(self) -> list[Column]:
        return [Column(self._price, right=True, gap=2)] if self._priced else []

    def _price_cells(self, row: RankedRow) -> list[Cell]:
        whole: Meaning = "faint" if row.outcome == "eliminated" else "plain"
        return [Cell(row.price.text, whole)] if self._priced else []


def _letter(number: int) -> str:
    """A, B, ... Z, AA, AB, ..."""
    before, at = divmod(number, len(_LETTERS))
    return (_letter(before - 1) if before else "") + _LETTERS[at]
