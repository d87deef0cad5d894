"""The rows that the formats for people share: a round's ranked bids, and who is out and why.

Texts here are in the report's language, visible and cut, but not yet escaped for HTML, Markdown or
what else a format is made of. Numbers stand beside their text for formats that have numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

from tenderscore.errors import Message
from tenderscore.model.numerals import decimal_places, exact_text
from tenderscore.model.records import record
from tenderscore.model.result import BidResult, CriterionResult, NodeInfo, Outcome, RoundResult
from tenderscore.reports._decimals import (
    decimals_for,
    limits_of,
    money_decimals,
    total_decimals,
)
from tenderscore.reports._unapplied import unapplied_sentences
from tenderscore.reports._words import Words, fixed, grouped

if TYPE_CHECKING:
    from tenderscore.model.flags import Flagged

OUTCOMES: Mapping[Outcome, Message] = {
    "advanced": Message("advanced"),
    "not_advanced": Message("not advanced"),
    "eliminated": Message("eliminated"),
}
RULES: Mapping[str, Message] = {
    "superseded": Message("superseded"),
    "withdrawn": Message("withdrawn"),
    "late": Message("late"),
}

OUT: tuple[Outcome, ...] = ("not_advanced", "eliminated")

# So many bids of a round are named at least, each with its outcome, however few are ranked.
MOST_NAMED = 1000
_SLACK = 5


@record
class Figure:
    """A number and its text; without either where there is none.

    Points of what does not apply are a dash, which nobody takes for a plain 0.
    """

    text: str = ""
    number: Fraction | None = None
    decimals: int = 0


DASH = Figure("-", Fraction(0))


@record
class Head:
    """A column of points: what they are of, and the percent of the round's total that they are."""

    title: str
    percent: str
    share: Fraction


@record
class RankedRow:
    """A bid that has points: its rank, total, points by column and price.

    ``label`` is the vendor's name with its id. ``standing`` is what ranked it where that is not the
    total, ``ranks`` its ranks in the evaluators' sheets.
    """

    vendor: str
    name: str
    label: str
    outcome: Outcome
    rank: int | None
    total: Figure
    points: tuple[Figure, ...]
    price: Figure
    standing: Figure = Figure()
    ranks: tuple[str, ...] = ()


@record
class BidRow:
    """A bid by name, and a sentence with its outcome and why it did not advance."""

    label: str
    outcome: Outcome
    sentence: str


@record
class RoundRows:
    """A round as people read it; the ``more_`` fields count what a large round leaves out.

    ``bids``, ``counts`` and ``rules`` say how many bids there were, what became of them, by what.
    Points times percent, added up over the columns that ``heads`` names, are the total. ``measure``
    names what ranks the bids where that is not the total, ``evaluators`` those whose ranks it adds.
    ``flagged`` say whose price is doubted, ``decisions`` what people decided, ``unapplied`` what
    does not apply to whom. ``rest`` names the bids that have no row of their own.
    """

    id: str
    title: str
    bids: str
    counts: Mapping[Outcome, str]
    rules: str
    heads: tuple[Head, ...]
    ranked: tuple[RankedRow, ...]
    more_ranked: int
    advanced: tuple[BidRow, ...]
    more_advanced: int
    out: tuple[BidRow, ...]
    more_out: int
    measure: str = ""
    evaluators: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    more_decisions: int = 0
    flagged: tuple[str, ...] = ()
    more_flagged: int = 0
    unapplied: tuple[str, ...] = ()
    rest: tuple[BidRow, ...] = ()

    @property
    def has_totals(self) -> bool:
        """Whether some bid has one: without criteria there are none."""
        return any(row.total.number is not None for row in self.ranked)


def round_rows(
    round_: RoundResult, earlier: Mapping[str, RoundResult], top: int, words: Words
) -> RoundRows:
    """The rows of a round, of a large one the first ``top`` of each kind."""
    bids = scored(round_, top)
    ranked = sum(bid.rank is not None for bid in bids)
    counts = round_.counts
    ahead = _bids(round_, "advanced", limited(counts["advanced"], max(top, MOST_NAMED)))
    out = [bid for outcome in OUT for bid in _bids(round_, outcome, limited(counts[outcome], top))]
    rest = _rest(round_, top, MOST_NAMED - len(ahead) - len(out))
    left = counts["not_advanced"] + counts["eliminated"] - len(out)
    flagged = round_.flagged[: limited(len(round_.flagged), top)]
    decided = round_.decisions[: limited(len(round_.decisions), top)]
    return RoundRows(
        id=words.name(round_.id),
        title=words.title(round_.title),
        bids=words.count(len(round_.bids), Message("1 bid"), Message("{n} bids")),
        counts={
            outcome: f"{counts[outcome]:,} {words.say(word)}"
            for outcome, word in OUTCOMES.items()
            if counts[outcome]
        },
        rules=words.joined(words.say(rule) for rule in _rules(round_)),
        heads=tuple(_heads(round_, earlier, words)),
        ranked=tuple(_ranked(bids, round_, earlier, words)),
        more_ranked=counts["advanced"] + counts["not_advanced"] - ranked if bids else 0,
        advanced=tuple(_bid_row(bid, words) for bid in ahead),
        more_advanced=counts["advanced"] - len(ahead),
        out=tuple(_bid_row(bid, words) for bid in out),
        more_out=left - sum(map(len, rest.values())),
        measure="" if round_.measure is None else words.say(round_.measure.title),
        evaluators=tuple(map(words.name, round_.measure.evaluators)) if round_.measure else (),
        decisions=tuple(words.say(decision.message) for decision in decided),
        more_decisions=len(round_.decisions) - len(decided),
        flagged=tuple(low_price(each, words) for each in flagged),
        more_flagged=len(round_.flagged) - len(flagged),
        unapplied=unapplied_sentences(round_, top, words),
        rest=tuple(_by_name(bids, outcome, words) for outcome, bids in rest.items() if bids),
    )


def scored(round_: RoundResult, top: int) -> list[BidResult]:
    """The bids with points that are shown, best first; all that advanced where they are few."""
    few = round_.counts["advanced"] if round_.counts["advanced"] <= 2 * top else 0
    shown = max(limited(len(round_.bids), top), few)
    return [bid for bid in round_.bids[:shown] if bid.criteria or bid.standing is not None]


def summary(rows: RoundRows, marks: Mapping[Outcome, str], words: Words) -> str:
    """How many bids a round had and what became of them, each outcome with its mark."""
    counts = words.joined(f"{marks[outcome]} {text}" for outcome, text in rows.counts.items())
    rules = f" ({rows.rules})" if rows.rules else ""
    return (words.headed(rows.bids, counts) if counts else rows.bids) + rules


def advanced(rows: RoundRows, words: Words) -> str:
    """The bids that advanced, in one sentence."""
    names = [row.label for row in rows.advanced]
    more = [words.more(rows.more_advanced)] if rows.more_advanced else []
    return words.headed(words.say(OUTCOMES["advanced"]), words.joined([*names, *more]))


def unnamed(rows: RoundRows, words: Words) -> str:
    """How many bids a large round does not name, and what lists them; nothing where it names all.

    The table of HTML and PDF is long enough for these.
    """
    one = Message("1 more bid is not named here: --format csv lists all")
    many = Message("{n} more bids are not named here: --format csv lists all")
    count = rows.more_advanced + rows.more_out
    return words.count(count, one, many) if count else ""


def reasons(bid: BidResult, words: Words) -> str:
    """Why a bid did not advance."""
    return words.translate("; ").join(words.say(reason.message) for reason in bid.reasons)


def standing_heads(rows: RoundRows, words: Words) -> list[str]:
    """The heads of the columns on what ranks the bids instead of the total: none, one or two."""
    heads = [rows.measure] if rows.measure else []
    if rows.evaluators:
        names = words.joined(rows.evaluators)
        heads.append(words.say(Message("Ranks by {evaluators}", evaluators=names)))
    return heads


def standing_cells(row: RankedRow, rows: RoundRows) -> list[str]:
    """A bid's cells under these heads."""
    cells = [row.standing.text] if rows.measure else []
    return [*cells, ", ".join(row.ranks)] if rows.evaluators else cells


def decisions(bid: BidResult, words: Words) -> str:
    """What was decided on a bid."""
    return words.translate("; ").join(words.say(each.message) for each in bid.decisions)


def low_price(flagged: Flagged, words: Words) -> str:
    """What a test for low prices found on a bid."""
    return words.say(Message("Low price: {finding}", finding=flagged.sentence))


def flags(bid: BidResult, words: Words) -> str:
    """What tests for low prices found on a bid, without its name."""
    return words.translate("; ").join(words.say(flag.finding) for flag in bid.flags)


def limited(count: int, top: int) -> int:
    """How many rows are shown of so many: a few over the limit are no reason to cut."""
    return count if count <= top + _SLACK else top


def prices(amounts: Sequence[Fraction | None]) -> list[Figure]:
    """Amounts of money with the same decimals, none where all are whole."""
    decimals = money_decimals(amount for amount in amounts if amount is not None)
    return [_figure(amount, decimals) for amount in amounts]


def groups(round_: RoundResult) -> list[NodeInfo]:
    """The groups of a round, without what is under them."""
    return [node for node in round_.nodes if node.depth == 0]


def figures(
    values: Sequence[Fraction | None], declared: int | None, *limits: Fraction | None
) -> list[Figure]:
    """Numbers with the same decimals: the declared ones, else as many as tell them apart."""
    known = [value for value in values if value is not None]
    decimals = decimals_for(known, declared, *limits)
    return [_figure(value, decimals) for value in values]


def point_figures(
    results: Sequence[CriterionResult | None], declared: int | None, *limits: Fraction | None
) -> list[Figure]:
    """The points of one node by bid."""
    points = [None if result is None else result.points for result in results]
    made = figures(points, declared, *limits)
    pairs = zip(made, results, strict=True)
    return [figure if result is None or result.applies else DASH for figure, result in pairs]


def percent(value: Fraction) -> str:
    """A share as text, with at most two decimals."""
    places = decimal_places(value)
    return fixed(value, min(2 if places is None else places, 2)) + "%"


def _rules(round_: RoundResult) -> Iterator[Message]:
    if round_.at_most is not None:
        yield Message("at most {n} to advance", n=round_.at_most)
    if round_.minimum is not None:
        yield Message("at least {points} points", points=grouped(exact_text(round_.minimum)))


def _heads(round_: RoundResult, earlier: Mapping[str, RoundResult], words: Words) -> Iterator[Head]:
    for id_, share in round_.carry_over.items():
        yield Head(words.title(earlier[id_].title), percent(share), share)
    rest = 100 - sum(round_.carry_over.values())
    for node in groups(round_):
        share = node.share * rest / 100
        yield Head(words.title(node.title), percent(share), share)


def _ranked(
    bids: Sequence[BidResult],
    round_: RoundResult,
    earlier: Mapping[str, RoundResult],
    words: Words,
) -> Iterator[RankedRow]:
    totals = figures([bid.total for bid in bids], total_decimals(round_))
    columns = [*_carried(bids, round_, earlier), *_points(bids, round_)]
    offered = prices([bid.price for bid in bids])
    standing = prices([None if bid.standing is None else bid.standing.value for bid in bids])
    for row, bid in enumerate(bids):
        yield RankedRow(
            vendor=words.name(bid.vendor),
            name=words.name(bid.name),
            label=words.named(bid.vendor, bid.name),
            outcome=bid.outcome,
            rank=bid.rank,
            total=totals[row],
            points=tuple(column[row] for column in columns),
            price=offered[row],
            standing=standing[row],
            ranks=tuple(_ranks(bid)),
        )


def _ranks(bid: BidResult) -> Iterator[str]:
    """The bid's rank in each sheet of the round; a dash where it has none."""
    if bid.standing is not None:
        for evaluator in bid.standing.measure.evaluators:
            rank = bid.standing.ranks.get(evaluator)
            yield "-" if rank is None else exact_text(rank)


def _carried(
    bids: Sequence[BidResult], round_: RoundResult, earlier: Mapping[str, RoundResult]
) -> Iterator[list[Figure]]:
    for id_ in round_.carry_over:
        yield figures([bid.carried.get(id_) for bid in bids], total_decimals(earlier[id_]))


def _points(bids: Sequence[BidResult], round_: RoundResult) -> Iterator[list[Figure]]:
    by_bid = [{result.id: result for result in bid.criteria} for bid in bids]
    for node in groups(round_):
        results = [each.get(node.id) for each in by_bid]
        yield point_figures(results, round_.criterion_decimals, *limits_of(round_))


def _figure(value: Fraction | None, decimals: int) -> Figure:
    return Figure() if value is None else Figure(fixed(value, decimals), value, decimals)


def _bid_row(bid: BidResult, words: Words) -> BidRow:
    label = words.named(bid.vendor, bid.name)
    end = words.joined([label, words.say(OUTCOMES[bid.outcome])])
    sentence = words.headed(end, reasons(bid, words)) if bid.reasons else end
    return BidRow(label, bid.outcome, sentence)


def _by_name(bids: Sequence[BidResult], outcome: Outcome, words: Words) -> BidRow:
    """Several bids with the same outcome, by name alone."""
    labels = words.joined(words.named(bid.vendor, bid.name) for bid in bids)
    return BidRow(labels, outcome, words.headed(words.say(OUTCOMES[outcome]), labels))


def _rest(round_: RoundResult, top: int, room: int) -> dict[Outcome, Sequence[BidResult]]:
    """The bids that did not advance and have no row, as many as there is room for."""
    found: dict[Outcome, Sequence[BidResult]] = {}
    for outcome in OUT:
        shown = limited(round_.counts[outcome], top)
        count = max(min(round_.counts[outcome] - shown, room), 0)
        found[outcome] = _bids(round_, outcome, count, shown)
        room -= count
    return found


def _bids(
    round_: RoundResult, outcome: Outcome, count: int, skipped: int = 0
) -> Sequence[BidResult]:
    """Bids with an outcome: they stand together in ranked rounds, mixed in others."""
    if not count:
        return ()
    if round_.bids[0].rank is None:
        alike = (bid for bid in round_.bids if bid.outcome == outcome)
        return tuple(islice(alike, skipped, skipped + count))
    before = list(OUTCOMES)[: list(OUTCOMES).index(outcome)]
    start = sum(round_.counts[other] for other in before) + skipped
    return round_.bids[start : start + count]
