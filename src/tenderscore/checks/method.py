"""Sense of method.yaml beside its groups: what rounds name, carry over and break ties by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.criteria_set import CriteriaSet, walk
from tenderscore.model.fields import UnreadText
from tenderscore.model.method import RoundRule
from tenderscore.model.suggestions import did_you_mean

_PRICES = (("price",), ("evaluated_price",))


def has_groups(criteria: CriteriaSet) -> Iterator[Problem]:
    """A criteria folder judges by something."""
    ranked = any(not rule.is_ranked_by_total for rule in criteria.method.rounds)
    known = criteria.groups or criteria.method.requirements or criteria.lost
    if not known and not ranked:
        message = Message("{folder} has neither criteria nor requirements", folder=criteria.folder)
        help_ = Message("add a file for each criteria group, or leave the folder out")
        yield Problem("no-criteria", message, Place(criteria.folder), help_)


def round_ids(criteria: CriteriaSet) -> Iterator[Problem]:
    """Rounds have ids of their own."""
    seen: dict[str, Place] = {}
    for index, rule in enumerate(criteria.method.rounds):
        place = criteria.place("rounds", index, "id")
        if rule.id in seen:
            message = Message("the id {id!r} is given twice", id=rule.id)
            also = ((Message("the first one"), seen[rule.id]),)
            yield Problem("duplicate-id", message, place, also=also)
        seen.setdefault(rule.id, place)


def named_in_rounds(criteria: CriteriaSet) -> Iterator[Problem]:
    """Groups and requirements that rounds name exist, each once in a round."""
    groups = [group.criterion.id for group in criteria.groups] if criteria.knows_groups else None
    requirements = list(criteria.method.requirements) if criteria.is_read("requirements") else None
    for index, rule in enumerate(criteria.method.rounds):
        for key, named, known in (
            ("criteria", rule.criteria or [], groups),
            ("requirements", rule.requirements, requirements),
        ):
            yield from _unknown(criteria, index, key, named, known)


def _unknown(
    criteria: CriteriaSet, index: int, key: str, named: list[str], known: list[str] | None
) -> Iterator[Problem]:
    for position, id_ in enumerate(named):
        place = criteria.place("rounds", index, key, position)
        if isinstance(id_, UnreadText):
            continue
        if known is not None and id_ not in known:
            template = "no criteria group {id!r}" if key == "criteria" else "no requirement {id!r}"
            code = "unknown-group" if key == "criteria" else "unknown-requirement"
            yield Problem(code, Message(template, id=id_), place, did_you_mean(id_, known))
        elif id_ in named[:position]:
            yield Problem("duplicate-id", Message("the id {id!r} is given twice", id=id_), place)


def carried_over(criteria: CriteriaSet) -> Iterator[Problem]:
    """A round carries over the totals of earlier rounds that have totals."""
    rounds = criteria.method.rounds
    for index, rule in enumerate(rounds):
        earlier = {one.id: one for one in rounds[:index]}
        for id_ in rule.carry_over:
            place = criteria.place("rounds", index, "carry_over", id_)
            if id_ not in earlier:
                message = Message("{id!r} is no earlier round", id=id_)
                yield Problem("carry-over", message, place, did_you_mean(id_, list(earlier)))
            elif not earlier[id_].criteria and criteria.is_read("rounds"):
                message = Message("round {id!r} has no criteria and so no total", id=id_)
                yield Problem("carry-over", message, place)
        if sum(rule.carry_over.values()) > 100:
            template = "round {round} carries over more than 100 percent of its total"
            place = criteria.place("rounds", index, "carry_over")
            yield Problem("carry-over", Message(template, round=rule.id), place)
        if not criteria.is_read("rounds", index):
            continue
        if not rule.criteria and (rule.carry_over or _without_effect(rule)):
            place = criteria.place("rounds", index)
            template = "round {id!r} has no criteria: all who meet its requirements advance"
            if not rule.is_ranked_by_total:
                template = "round {id!r} has no criteria and so no total"
            message = Message(template, id=rule.id)
            yield Problem("no-total", message, place, severity="warning")


def _without_effect(rule: RoundRule) -> bool:
    """Whether a round without criteria says who advances by what it does not have."""
    if rule.is_ranked_by_total:
        return bool(rule.advance.model_fields_set)
    return rule.advance.minimum is not None


def tie_breaks(criteria: CriteriaSet) -> Iterator[Problem]:
    """Ties are broken by the price or by criteria that exist."""
    if not criteria.knows_groups:
        return
    ids = {id_ for group in criteria.groups for id_, _, _ in walk(group)} | {"price", "received"}
    lists: list[tuple[tuple[str | int, ...], list[str]]] = [
        (("tie_break",), criteria.method.tie_break)
    ]
    for index, rule in enumerate(criteria.method.rounds):
        lists.append((("rounds", index, "tie_break"), rule.tie_break or []))
    for path, entries in lists:
        for position, id_ in enumerate(entries):
            if id_ not in ids and not isinstance(id_, UnreadText):
                message = Message("no criterion {id!r} to break ties by", id=id_)
                place = criteria.place(*path, position)
                yield Problem("unknown-criterion", message, place, did_you_mean(id_, ids))


def idle_prices(criteria: CriteriaSet) -> Iterator[Problem]:
    """The price breaks ties from the first round on that scores it."""
    if not (criteria.knows_groups and criteria.is_read("rounds")):
        return
    rounds = criteria.rounds()
    scored = [_scores_price(criteria, rule) for rule in rounds]
    if not any(scored):
        yield from _idle_price(criteria, ("tie_break",), criteria.method.tie_break)
    for index, rule in enumerate(criteria.method.rounds):
        if not any(scored[: index + 1]):
            yield from _idle_price(criteria, ("rounds", index, "tie_break"), rule.tie_break or [])


def _scores_price(criteria: CriteriaSet, rule: RoundRule) -> bool:
    """Whether a leaf reads the price as its fact; a ranking may know prices without one."""
    if not rule.is_ranked_by_total:
        return True
    groups = [group for group in criteria.groups if group.criterion.id in (rule.criteria or ())]
    return any(leaf.fact in _PRICES for group in groups for _, leaf, _ in walk(group))


def _idle_price(
    criteria: CriteriaSet, path: tuple[str | int, ...], entries: list[str]
) -> Iterator[Problem]:
    if "price" in entries:
        message = Message("no round so far has a criterion `fact: price`: the price breaks no tie")
        help_ = Message("score the price by `fact: price`, or leave `price` out here")
        place = criteria.place(*path, entries.index("price"))
        yield Problem("idle-tie-break", message, place, help_, "warning")


def unused(criteria: CriteriaSet) -> Iterator[Problem]:
    """Groups and requirements that no round names are probably forgotten."""
    if not (criteria.is_read("rounds") and criteria.knows_groups):
        return
    rounds = criteria.rounds()
    groups = {id_ for rule in rounds for id_ in rule.criteria or ()}
    for group in criteria.groups:
        if group.criterion.id not in groups:
            message = Message("no round names the group {id!r}", id=group.criterion.id)
            place = group.document.place(group.document.root.get("id"))
            yield Problem("unused-group", message, place, severity="warning")
    requirements = {id_ for rule in rounds for id_ in rule.requirements}
    for id_ in criteria.method.requirements:
        if id_ not in requirements:
            message = Message("no round names the requirement {id!r}", id=id_)
            place = criteria.place("requirements", id_)
            yield Problem("unused-requirement", message, place, severity="warning")


def reads_deadline(criteria: CriteriaSet) -> bool:
    """Whether a requirement that some round lists looks at the tender's deadline."""
    listed = {id_ for rule in criteria.rounds() for id_ in rule.requirements}
    tests = [test for id_, test in criteria.method.requirements.items() if id_ in listed]
    return any(_mentions_deadline((test.expr, *_operands(test))) for test in tests)


def _operands(test: object) -> Iterable[object]:
    return (getattr(test, name, None) for name in ("is_", "at_most", "at_least", "one_of"))


def _mentions_deadline(parts: Iterable[object]) -> bool:
    return any(isinstance(part, str) and "tender.deadline" in part for part in parts)
