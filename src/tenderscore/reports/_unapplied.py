"""The groups and criteria that do not apply to some bids: a sentence each, and their cells."""

from __future__ import annotations

from tenderscore.errors import Message
from tenderscore.model.result import BidResult, RoundResult, Unapplied
from tenderscore.reports._words import Words


def unapplied_sentences(round_: RoundResult, top: int, words: Words) -> tuple[str, ...]:
    """What does not apply to whom, and when it would."""
    return tuple(_sentence(each, top, words) for each in round_.unapplied)


def unapplied(bid: BidResult, words: Words) -> str:
    """Why some groups and criteria do not apply to a bid; what is under them is not told again."""
    without = {result.id for result in bid.criteria if not result.applies}
    whys = [
        words.maybe(result.why) or ""
        for result in bid.criteria
        if not result.applies and result.id.rpartition(".")[0] not in without
    ]
    return words.translate("; ").join(whys)


def _sentence(found: Unapplied, top: int, words: Words) -> str:
    names = [words.named(vendor, name) for vendor, name in found.bids[:top]]
    more = [words.more(found.count - len(names))] if found.count > len(names) else []
    return words.say(
        Message(
            "Does not apply: {criterion} to {bids}: {rule}",
            criterion=_name(found, words),
            bids=words.joined([*names, *more]),
            rule=found.rule,
        )
    )


def _name(found: Unapplied, words: Words) -> str:
    """A group by its title, a criterion also by its id, for titles come again in other groups."""
    title, id_ = words.title(found.node.title), words.name(found.node.id)
    if found.node.depth == 0:
        return title
    return id_ if title == found.node.id.rpartition(".")[2] else words.named(id_, title)
