"""What a workbook of scores knows of itself: a sheet that people do not see.

One row a thing, the first cell saying which: ``question`` (its set, id and what the cell beside the
score shows) and ``block`` (worksheet, lot, vendor, what the cell of the vendor shows, the set of
its questions, its first row); the others are a word and its value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tenderscore.model.records import record

HIDDEN = "_tenderscore"
_MOST_LINES = 2**20


@record
class AskedBlock:
    """One bid as it was asked about: where it stands, and the ids and texts of its criteria."""

    worksheet: str
    lot: str | None
    vendor: str
    label: str
    first_row: int
    questions: tuple[tuple[str, str], ...]


@record
class Asked:
    """What was asked: ``words`` has format, version, tender, round, evaluator, name, criteria."""

    words: Mapping[str, str]
    blocks: tuple[AskedBlock, ...]

    @property
    def is_blind(self) -> bool:
        """Whether vendors stand under codes."""
        return self.words.get("blind") == "yes"

    def rows(self) -> Iterator[list[str]]:
        """The rows of the sheet that people do not see."""
        yield from ([word, value] for word, value in self.words.items())
        sets = list(dict.fromkeys(block.questions for block in self.blocks))
        for number, questions in enumerate(sets):
            yield from (["question", str(number), *question] for question in questions)
        for block in self.blocks:
            number = sets.index(block.questions)
            where = [block.worksheet, block.lot or "", block.vendor, block.label]
            yield ["block", *where, str(number), str(block.first_row)]


def asked_of(rows: Iterable[Sequence[str]]) -> Asked:
    """What the rows say.

    Raises:
        ValueError: they are not as ``Asked.rows`` makes them.
    """
    words: dict[str, str] = {}
    sets: dict[str, list[tuple[str, str]]] = {}
    blocks: list[tuple[str, ...]] = []
    for row in rows:
        match row:
            case ["question", number, id_, label]:
                sets.setdefault(number, []).append((id_, label))
            case ["block", *rest]:
                blocks.append(tuple(rest))
            case [word, value]:
                words[word] = value
            case _:
                raise ValueError(row)
    made = tuple(_block(row, sets) for row in blocks)
    if sum(len(block.questions) for block in made) > _MOST_LINES:
        raise ValueError(len(made))
    return Asked(words, made)


def _block(row: tuple[str, ...], sets: Mapping[str, Sequence[tuple[str, str]]]) -> AskedBlock:
    worksheet, lot, vendor, label, number, first_row = row
    if number not in sets:
        raise ValueError(row)
    return AskedBlock(worksheet, lot or None, vendor, label, int(first_row), tuple(sets[number]))
