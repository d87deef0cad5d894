"""One evaluator's score file as it is kept: written from sheets, with what each mark was before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from tenderscore.model.numerals import decimal_places, fixed_text
from tenderscore.model.panel import ABSTAIN, EarlierMark, Score
from tenderscore.model.records import record
from tenderscore.model.values import Number
from tenderscore.sheets.returned import Where, where_of
from tenderscore.sheets.yaml_text import scalar

_NOT_IN_NAMES = re.compile(r"[^\w.-]")
_HEAD = (
    "# Read from score sheets. `tenderscore sheets read` writes this file: a mark that changes",
    "# keeps what it was, and why it changed.",
)


@record
class ScoreFile:
    """What a score file says; ``criteria`` and ``order`` (of the vendors on the sheet) by round."""

    evaluator: str
    name: str
    criteria: Mapping[str, str]
    order: Mapping[str, Sequence[str]]
    scores: Sequence[Score]

    def content(self, criteria: Sequence[str], lots: Sequence[str]) -> bytes:
        """The file; lots and criteria in the order given, vendors by id."""
        rank = {id_: position for position, id_ in enumerate(criteria)}
        ordered = sorted(
            self.scores, key=lambda each: (each.vendor, rank.get(each.criterion, len(rank)))
        )
        lines = [*_HEAD, *self._head()]
        general = [each for each in ordered if each.lot is None]
        if general:
            lines += ["scores:", *_vendors(general, 2)]
        named = [lot for lot in lots if any(each.lot == lot for each in ordered)]
        if named:
            lines.append("lots:")
        for lot in named:
            own = [each for each in ordered if each.lot == lot]
            lines += [f"  {scalar(lot)}:", *_vendors(own, 4)]
        return ("\n".join(lines) + "\n").encode()

    def _head(self) -> Iterator[str]:
        yield f"evaluator: {{id: {scalar(self.evaluator)}, name: {scalar(self.name)}}}"
        yield "sheet:"
        criteria = (f"{scalar(id_)}: {scalar(each)}" for id_, each in self.criteria.items())
        yield f"  criteria: {{{', '.join(criteria)}}}"
        orders = (f"{scalar(id_)}: {_listed(order)}" for id_, order in self.order.items())
        yield f"  order: {{{', '.join(orders)}}}"


def file_stem(evaluator: str) -> str:
    """A file's name for an evaluator's id, whatever characters that has.

    >>> file_stem("li"), file_stem("../x y"), file_stem("李伟")
    ('li', '_.._x_y', '李伟')
    """
    stem = _NOT_IN_NAMES.sub("_", evaluator)
    return f"_{stem}" if stem.startswith(".") or not stem else stem


def by_place(scores: Iterable[Score]) -> dict[Where, Score]:
    """Scores by what they are of."""
    return {where_of(score): score for score in scores}


def _listed(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(scalar, texts))}]"


def _vendors(scores: Iterable[Score], indent: int) -> Iterator[str]:
    vendor = None
    for each in scores:
        if each.vendor != vendor:
            vendor = each.vendor
            yield f"{' ' * indent}{scalar(vendor)}:"
        yield f"{' ' * (indent + 2)}{scalar(each.criterion)}: {_mark(each)}"


def _mark(score: Score) -> str:
    if score.comment is None and score.reason is None and not score.was:
        return _number(score.score)
    pairs = list(_pairs(score.score, score.comment, score.reason))
    if score.was:
        pairs.append(f"was: [{', '.join(map(_earlier, score.was))}]")
    return f"{{{', '.join(pairs)}}}"


def _earlier(mark: EarlierMark) -> str:
    return f"{{{', '.join(_pairs(mark.score, mark.comment, mark.reason))}}}"


def _pairs(score: Number | None, comment: str | None, reason: str | None) -> Iterator[str]:
    yield f"score: {_number(score)}"
    if comment is not None:
        yield f"comment: {scalar(comment)}"
    if reason is not None:
        yield f"reason: {scalar(reason)}"


def _number(score: Number | None) -> str:
    """A score as it was written, with all its decimals."""
    if score is None:
        return ABSTAIN
    value = Fraction(score)
    return fixed_text(value, decimal_places(value) or 0)
