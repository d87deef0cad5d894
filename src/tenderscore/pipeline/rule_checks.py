"""What the preset of a method insists on, tested on the method itself.

A method's facts are what its file says (``rounding.total``, ``panel.at_least``), with the rounds by
their ids (``rounds.technical.advance.minimum``), and what follows from it and its criteria:

- ``weights.price``: the percent of the last scored round's total that prices decide, with what
  earlier rounds contribute to it
- ``price.method`` and the other settings of the method that scores the price; ``price.reads`` is
  the fact that it scores (``price`` or ``evaluated_price``)
- ``award.rank_by``: what ranks the bids of the last round
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from tenderscore.errors import Message, Place, Problem
from tenderscore.expressions import Expression
from tenderscore.model.columns import column_of
from tenderscore.model.method import BY_TOTAL, RoundRule
from tenderscore.model.preset import PresetFile, RuleCheck
from tenderscore.model.records import replace
from tenderscore.model.suggestions import did_you_mean
from tenderscore.model.values import Path, Value, is_number
from tenderscore.model.waiver import Waiver
from tenderscore.pipeline.compiling import Compiled, read_requirement
from tenderscore.pipeline.plan import EVALUATED, PRICE, Leaf, PlanNode
from tenderscore.pipeline.requirements import Requirement


def rule_problems(made: Compiled) -> Iterator[Problem]:
    """What a method does not keep of its preset, what it waives, and the rule's weakness."""
    waivers = made.criteria_set.method.waive
    preset = made.criteria_set.preset
    if preset is None:
        yield from _unknown_checks(made, waivers, ())
        return
    yield from _unknown_checks(made, waivers, [check.id for check in preset.preset.checks])
    reasons = {waiver.check: (index, waiver) for index, waiver in enumerate(waivers)}
    for index, check in enumerate(preset.preset.checks):
        failure = _failure(made, preset, index, check)
        if failure is not None and check.id in reasons:
            yield _waived(made, check, failure, *reasons[check.id])
        elif failure is not None:
            yield _broken(made, check, failure)
    if preset.preset.weakness is not None:
        yield _weak(made, preset)


def _unknown_checks(
    made: Compiled, waivers: list[Waiver], known: list[str] | tuple[()]
) -> Iterator[Problem]:
    for index, waiver in enumerate(waivers):
        if waiver.check not in known:
            message = Message("the preset has no check {id!r}", id=waiver.check)
            place = made.criteria_set.place("waive", index, "check")
            yield Problem("unknown-check", message, place, did_you_mean(waiver.check, known))


def _failure(made: Compiled, preset: PresetFile, index: int, check: RuleCheck) -> Message | None:
    """Why a check does not hold, None where it does."""
    requirement = _requirement(preset, index, check)
    value = method_fact(made, requirement.source)
    if requirement.wrong_type(value) is None and requirement.mask(column_of([value])).all():
        return None
    return requirement.failure(value)


def _requirement(preset: PresetFile, index: int, check: RuleCheck) -> Requirement:
    checks = preset.document.root.get("checks")
    nodes = checks.value if checks is not None and isinstance(checks.value, list) else []
    node = nodes[index].get("that") or nodes[index]
    problems: list[Problem] = []
    made = read_requirement(check.id, check.that, preset.document, node, problems)
    if made is None:
        raise ValueError("; ".join(map(str, problems)))
    return replace(made, title=check.title)


def _broken(made: Compiled, check: RuleCheck, failure: Message) -> Problem:
    message = Message("{article}: {failure}", article=check.article, failure=failure)
    help_ = Message(
        "keep to the rule, or say in method.yaml why not: waive: [{{check: {id}, reason: ...}}]",
        id=check.id,
    )
    return Problem("against-the-rule", message, _place(made, check), help_)


def _waived(
    made: Compiled, check: RuleCheck, failure: Message, index: int, waiver: Waiver
) -> Problem:
    message = Message(
        "{article} is waived ({failure}); the reason: {reason}",
        article=check.article,
        failure=failure,
        reason=waiver.reason,
    )
    place = made.criteria_set.place("waive", index)
    return Problem("waived-rule", message, place, severity="warning")


def _weak(made: Compiled, preset: PresetFile) -> Problem:
    message = Message(
        "{title}: {weakness}", title=preset.preset.title, weakness=preset.preset.weakness
    )
    place = made.criteria_set.place("extends")
    return Problem("known-weakness", message, place, severity="warning")


def _place(made: Compiled, check: RuleCheck) -> Place:
    """Where the method says what a check is about."""
    path = check.that.fact or ()
    if path[:1] in {("weights",), PRICE}:
        leaves = list(_price_leaves(made, _awarding(made)))
        if leaves:
            return leaves[0].place if path[:1] == ("weights",) else _score_place(leaves[0])
    if path[:1] == ("rounds",) and len(path) > 1:
        index = _round_index(made, path[1])
        if index is not None:
            return made.criteria_set.place("rounds", index, *path[2:])
    return made.criteria_set.place(*path)


def _score_place(node: PlanNode) -> Place:
    return node.place if node.leaf is None else node.leaf.score_place


def method_fact(made: Compiled, source: Path | Expression) -> Value:
    """A fact of a method, None where it has none."""
    if isinstance(source, Expression):
        return source.evaluate(lambda _, path: method_fact(made, path))
    match source:
        case ("weights", "price"):
            return price_weight(made)
        case ("price", name):
            return _price_setting(made, name)
        case ("panel", "experts"):
            return made.criteria_set.method.panel.experts
        case ("award", "rank_by"):
            rule = made.criteria_set.rounds()[-1]
            return str((rule.rank_by or {}).get("method", BY_TOTAL))
    return _said(made, source)


def _said(made: Compiled, path: Path) -> Value:
    """What the method's file says at a path; rounds go by their ids there."""
    steps: tuple[str | int | None, ...] = path
    if path[:1] == ("rounds",) and len(path) > 1:
        steps = ("rounds", _round_index(made, path[1]), *path[2:])
    value: object = made.criteria_set.method_document.root.bare()
    for step in steps:
        if isinstance(value, list) and isinstance(step, int):
            value = value[step]
        elif isinstance(value, Mapping):
            value = value.get(step)
        else:
            return None
    return value  # type: ignore[return-value] # what a file says is a value


def _round_index(made: Compiled, id_: str) -> int | None:
    rounds = made.criteria_set.method.rounds
    return next((index for index, rule in enumerate(rounds) if rule.id == id_), None)


def _awarding(made: Compiled) -> RoundRule | None:
    """The last round that scores something."""
    scored = [rule for rule in made.criteria_set.rounds() if rule.criteria]
    return scored[-1] if scored else None


def price_weight(made: Compiled) -> Fraction | None:
    """The percent of the last scored round's total that prices decide; None without one."""
    rule = _awarding(made)
    return None if rule is None else 100 * _share(made, rule)


def _share(made: Compiled, rule: RoundRule) -> Fraction:
    rounds = {each.id: each for each in made.criteria_set.rounds()}
    carried = Fraction(0)
    rest = Fraction(1)
    for id_, percent in rule.carry_over.items():
        carried += _share(made, rounds[id_]) * Fraction(percent) / 100
        rest -= Fraction(percent) / 100
    return carried + rest * _own_share(made, rule)


def _own_share(made: Compiled, rule: RoundRule) -> Fraction:
    groups = [made.groups[id_] for id_ in rule.criteria or ()]
    whole = sum((nodes[0].weight for nodes in groups), Fraction(0))
    priced = (
        nodes[0].weight * _down(nodes, node)
        for nodes in groups
        for node in nodes
        if _reads_price(node.leaf)
    )
    return sum(priced, Fraction(0)) / whole if whole else Fraction(0)


def _down(nodes: tuple[PlanNode, ...], node: PlanNode) -> Fraction:
    """A node's share of its group."""
    if node.parent is None:
        return Fraction(1)
    return node.fraction * _down(nodes, nodes[node.parent])


def _price_leaves(made: Compiled, rule: RoundRule | None) -> Iterator[PlanNode]:
    for id_ in (rule.criteria or ()) if rule is not None else ():
        yield from (node for node in made.groups[id_] if _reads_price(node.leaf))


def _reads_price(leaf: Leaf | None) -> bool:
    return bool(_price_reads(leaf))


def _price_reads(leaf: Leaf | None) -> list[str]:
    if leaf is None or leaf.source is None:
        return []
    if isinstance(leaf.source, Expression):
        paths = [path for root, path in leaf.source.reads if root == "bid"]
    else:
        paths = [leaf.source]
    return [path[0] for path in paths if path[:1] in {PRICE, EVALUATED}]


def _price_setting(made: Compiled, name: str) -> Value:
    """A setting of what scores the price; the settings in a text where several differ."""
    found = [_setting(node.leaf, name) for node in _price_leaves(made, _awarding(made))]
    if not found:
        return None
    return found[0] if all(each == found[0] for each in found) else ", ".join(map(str, found))


def _setting(leaf: Leaf | None, name: str) -> Value:
    if leaf is None:
        return None
    if name == "reads":
        return ", ".join(dict.fromkeys(_price_reads(leaf)))
    field = next(
        (key for key, each in type(leaf.method).model_fields.items() if name in {key, each.alias}),
        None,
    )
    value = None if field is None else getattr(leaf.method, field)
    return value if is_number(value) or isinstance(value, (str, bool)) else None
