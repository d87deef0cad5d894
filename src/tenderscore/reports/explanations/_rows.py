"""The rows that explanations for people share: requirements, and criteria with their working."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from tenderscore.errors import Message, Place
from tenderscore.model.explanation import (
    Explanation,
    LotExplanation,
    NodeExplanation,
    RequirementExplanation,
    RoundExplanation,
)
from tenderscore.model.numerals import decimal_places, exact_text
from tenderscore.model.records import record
from tenderscore.model.result import Outcome
from tenderscore.reports._decimals import decimals_for
from tenderscore.reports._headline import pending
from tenderscore.reports._rows import OUTCOMES
from tenderscore.reports._words import Words, fixed, grouped

_FEWEST, _MOST = 2, 12
_STATES: dict[str, tuple[Message, Outcome]] = {
    "passed": (Message("passed"), "advanced"),
    "failed": (Message("failed"), "eliminated"),
    "waived": (Message("waived"), "advanced"),
    "not_applied": (Message("not applied"), "not_advanced"),
}


@record
class RequirementRow:
    """A requirement: its test, what it met, and whether that was enough."""

    title: str
    test: str
    fact: str
    value: str
    state: str
    outcome: Outcome
    fact_place: str
    rule_place: str
    notes: tuple[str, ...]


@record
class NodeRow:
    """A group or criterion: fact, working, points, weight as written, contribution."""

    id: str
    depth: int
    title: str
    weight: str
    points: str
    contribution: str
    fact: str
    fact_place: str
    inputs: str
    formula: str
    rule_place: str
    notes: tuple[str, ...]


def verdict(lot: LotExplanation, words: Words) -> str:
    """What became of the vendor in a lot."""
    if lot.winner:
        return words.say(Message("winner"))
    if lot.shortlisted:
        return words.say(Message("on the shortlist"))
    return words.say(Message("not on the shortlist"))


def lot_heading(lot: LotExplanation, words: Words) -> str:
    """A lot by title and id."""
    title = words.title(lot.title)
    return title if title == lot.id else f"{title} ({words.name(lot.id)})"


def nowhere(explanation: Explanation, words: Words) -> Iterator[str]:
    """That the vendor made no offer for any of the lots looked at."""
    if not explanation.lots:
        lots = words.joined(map(words.name, explanation.without))
        yield words.say(Message("No offer for {lots}", lots=lots))


def waiting(lot: LotExplanation, words: Words) -> Iterator[str]:
    """What the lot waits for, where it waits."""
    if lot.pending:
        rounds = words.joined(map(words.name, lot.pending))
        yield words.say(pending(rounds, lot.pending_reason))


def award(lot: LotExplanation, words: Words) -> Iterator[str]:
    """What the award over lots made of the vendor's bid, where there is one."""
    if lot.award is not None:
        yield words.headed(words.say(Message("Award")), words.say(lot.award))


def choice(lot: LotExplanation, words: Words) -> Iterator[str]:
    """What stands of the vendor's bid where people choose the winner."""
    if lot.choice is not None:
        yield words.headed(words.say(Message("Choice")), words.say(lot.choice))


def set_aside(lot: LotExplanation, words: Words) -> Iterator[str]:
    """The vendor's bids that took no part in a lot."""
    for bid in lot.set_aside:
        yield words.headed(words.name(bid.bid), words.say(bid.message))


def endings(round_: RoundExplanation, words: Words) -> Iterator[str]:
    """The total as a sum, what ranked the bid instead, what it would have taken to go on."""
    if round_.total_formula is not None:
        yield words.say(Message("Total: {formula}", formula=round_.total_formula))
    yield from map(words.say, round_.standing)
    if round_.needed is not None:
        yield words.say(Message("To be shortlisted: {needed}", needed=round_.needed))


def reasons(round_: RoundExplanation, words: Words) -> Iterator[str]:
    """Why the bid did not advance, what is doubted of its price and what was decided on it."""
    bid = round_.bid
    yield from (words.say(reason.message) for reason in bid.reasons)
    # What a test has put out has its finding as the reason.
    told = (flag for flag in bid.flags if flag.then != "eliminate" or not flag.out)
    yield from (words.say(flag.finding) for flag in told)
    for decision in bid.decisions:
        yield with_place(words.say(decision.message), words.place(decision.place))


def outcome(round_: RoundExplanation, words: Words) -> str:
    """``advanced, rank 1, 82.35 points``."""
    bid = round_.bid
    parts = [words.say(OUTCOMES[bid.outcome])]
    if bid.rank is not None:
        parts.append(words.say(Message("rank {rank}", rank=bid.rank)))
    if bid.standing is not None and bid.standing.value is not None:
        parts.append(words.say(bid.standing.measure.saying(exact_text(bid.standing.value))))
    if bid.total is not None:
        total = fixed(bid.total, decimals_for([bid.total], round_.decimals))
        parts.append(words.say(Message("{total} points", total=total)))
    return words.joined(parts)


def requirement_rows(
    requirements: Iterable[RequirementExplanation], words: Words
) -> Iterator[RequirementRow]:
    """Every requirement that was tested."""
    for tested in requirements:
        state, sign = _STATES[tested.state]
        yield RequirementRow(
            title=words.title(tested.title),
            test=words.say(tested.test),
            fact=words.show(tested.fact),
            value=words.value(tested.value),
            state=words.say(state),
            outcome=sign,
            fact_place=_at(tested.fact_place, words),
            rule_place=_at(tested.rule_place, words),
            notes=tuple(map(words.say, tested.notes)),
        )


def node_rows(nodes: Sequence[NodeExplanation], words: Words) -> Iterator[NodeRow]:
    """Every group and criterion, parents before children."""
    leaves = [node for node in nodes if node.node.method is not None]
    points = _decimals([node.points for node in leaves])
    contributions = _decimals([node.contribution for node in leaves])
    told = _told_apart(nodes)
    for node in nodes:
        yield NodeRow(
            id=words.name(node.node.id),
            depth=node.node.depth,
            title=words.title(node.node.title),
            weight=grouped(exact_text(node.node.weight)),
            points=fixed(node.points, max(points, told.get(node.points, 0))),
            contribution=fixed(node.contribution, contributions),
            fact=_fact(node, words),
            fact_place=_at(node.fact_place, words),
            inputs=inputs(node, words),
            formula=formula(node, words),
            rule_place=_at(node.rule_place, words),
            notes=tuple(notes(node, words)),
        )


def _told_apart(nodes: Sequence[NodeExplanation]) -> dict[Fraction, int]:
    """The decimals that tell points from the minimum of a node; the same points look the same."""
    least: dict[Fraction, int] = {}
    for node in nodes:
        if node.node.minimum is not None:
            decimals = decimals_for([node.points], None, node.node.minimum)
            least[node.points] = max(decimals, least.get(node.points, 0))
    return least


def with_place(text: str, place: str) -> str:
    """A text with the place that it came from, as far as there are any."""
    return " ".join(filter(None, [text, place and f"({place})"]))


def inputs(node: NodeExplanation, words: Words) -> str:
    """The numbers that the formula takes besides the fact: marks, the lowest price."""
    named = () if node.step is None else node.step.inputs
    return words.joined(words.headed(words.say(name), words.value(value)) for name, value in named)


def formula(node: NodeExplanation, words: Words) -> str:
    """How the fact became points."""
    return "" if node.step is None else words.headed(node.step.method, words.say(node.step.formula))


def notes(node: NodeExplanation, words: Words) -> Iterator[str]:
    """What else is to be said of the points."""
    if node.step is not None and node.exact is not None and node.exact != node.points:
        exact, rounded = exact_text(node.exact), exact_text(node.points)
        yield words.say(Message("{exact}, rounded to {rounded}", exact=exact, rounded=rounded))
    yield from map(words.say, node.notes)


def _fact(node: NodeExplanation, words: Words) -> str:
    if not node.source:
        return ""
    filled = [words.show(node.filled)] if node.filled else []
    return " = ".join([words.show(node.source), *filled, words.value(node.value)])


def _at(place: Place | None, words: Words) -> str:
    return "" if place is None else words.place(place)


def _decimals(values: Sequence[Fraction]) -> int:
    """All decimals of the values that end soon, at least two."""
    places = [decimal_places(value) for value in values]
    return max([_FEWEST, *(each for each in places if each is not None and each <= _MOST)])
