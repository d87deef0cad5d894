"""Who may score what, and whether the method's rules for the panel are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tenderscore.checks.panel.members import Scene
from tenderscore.errors import Message, Place, Problem
from tenderscore.model.criteria_set import CriteriaSet, Group
from tenderscore.model.evaluators import EvaluationPanel, Evaluator
from tenderscore.model.panel import Out
from tenderscore.model.panel_rule import PanelRule, quorum_problem
from tenderscore.model.seats import GroupSeats, LotSeats, VendorSeats
from tenderscore.model.text import Title


def seats(panel: EvaluationPanel, scene: Scene) -> list[LotSeats]:
    """Every lot in which the panel scores something."""
    return [_lot(panel, scene, lot) for lot, criteria in scene.methods.items() if criteria]


def _lot(panel: EvaluationPanel, scene: Scene, lot: str) -> LotSeats:
    criteria = scene.sets[lot]
    groups = tuple(
        _group(panel, scene, lot, group)
        for group in criteria.groups
        if _is_scored(scene, lot, group)
    )
    ids = {id_ for group in groups for id_ in group.evaluators}
    members = [
        each
        for each in panel.evaluators.values()
        if each.id in ids and panel.out_of_lot(each.id, lot) is None
    ]
    return LotSeats(
        id=lot,
        title=scene.titles[lot],
        members=tuple(each.id for each in members),
        experts=sum(each.expert for each in members),
        quorum=criteria.method.panel.quorum,
        groups=groups,
    )


def _is_scored(scene: Scene, lot: str, group: Group) -> bool:
    return any(id_.partition(".")[0] == group.criterion.id for id_ in scene.methods[lot])


def _group(panel: EvaluationPanel, scene: Scene, lot: str, group: Group) -> GroupSeats:
    id_ = group.criterion.id
    scoring = panel.scoring(id_)
    vendors: Sequence[str | None] = list(scene.bidders[lot]) or [None]
    return GroupSeats(
        id=id_,
        title=group.criterion.title or Title(id_),
        evaluators=tuple(each.id for each in scoring),
        vendors=tuple(_vendor(panel, scoring, lot, vendor, scene) for vendor in vendors),
    )


def _vendor(
    panel: EvaluationPanel,
    scoring: Iterable[Evaluator],
    lot: str,
    vendor: str | None,
    scene: Scene,
) -> VendorSeats:
    left, out = [], []
    for each in scoring:
        interest = (
            panel.out_of_lot(each.id, lot)
            if vendor is None
            else panel.conflict(each.id, lot, vendor)
        )
        if interest is None:
            left.append(each.id)
        else:
            out.append(Out(each.id, interest.reason))
    name = "" if vendor is None else scene.vendors.get(vendor, vendor)
    return VendorSeats(vendor, name, tuple(left), tuple(out))


def quorum_problems(lots: Iterable[LotSeats], scene: Scene) -> Iterator[Problem]:
    """Where fewer than the quorum are left to score, before anybody has."""
    for lot in lots:
        criteria = scene.sets[lot.id]
        place = criteria.place("panel", "quorum")
        for group in lot.groups if lot.quorum is not None else ():
            for each in group.vendors:
                if lot.quorum is not None and len(each.left) < lot.quorum:
                    places = (place, _group_place(criteria, group.id))
                    yield quorum_problem(group.id, each.vendor, len(each.left), lot.quorum, places)


def _group_place(criteria: CriteriaSet, id_: str) -> Place:
    group = criteria.group(id_)
    return Place(criteria.folder) if group is None else group.document.place(group.document.root)


def composition_problems(
    panel: EvaluationPanel, lots: Iterable[LotSeats], scene: Scene
) -> Iterator[Problem]:
    """Where the members of a lot are too few, an even number, or too few of them experts."""
    for lot in lots:
        whole = len(lot.members) == len(panel.evaluators)
        who = Message("the panel") if whole else Message("the panel of lot {lot}", lot=lot.id)
        place = panel.document.place(panel.document.root.get("evaluators"))
        yield from _composition(scene.sets[lot.id], who, len(lot.members), lot.experts, place)


def scorers_problems(evaluators: Sequence[str], scene: Scene) -> Iterator[Problem]:
    """The same where no panel.yaml says who is on the panel: those who have scored are."""
    for lot, criteria in scene.methods.items():
        if criteria and evaluators:
            found = scene.sets[lot]
            who = Message("the panel")
            yield from _composition(found, who, len(evaluators), 0, None)


def _composition(
    criteria: CriteriaSet, who: Message, members: int, experts: int, place: Place | None
) -> Iterator[Problem]:
    rule: PanelRule = criteria.method.panel
    if rule.at_least is not None and members < rule.at_least:
        template = "{panel} counts {n}; the method asks for {least} at least"
        message = Message(template, panel=who, n=members, least=rule.at_least)
        yield _broken(message, place, criteria, "at_least")
    if rule.odd and members % 2 == 0:
        template = "{panel} counts {n}; the method asks for an odd number"
        yield _broken(Message(template, panel=who, n=members), place, criteria, "odd")
    if rule.experts is not None and experts < rule.experts * members:
        template = (
            "{panel} counts {n}, {experts} of them experts; the method asks for {share} at least"
        )
        message = Message(template, panel=who, experts=experts, n=members, share=rule.experts)
        yield _broken(message, place, criteria, "experts")


def _broken(message: Message, place: Place | None, criteria: CriteriaSet, key: str) -> Problem:
    where = criteria.place("panel", key)
    if place is None:
        help_ = Message("panel.yaml says who is on the panel, and who is an expert")
        return Problem("panel-composition", message, where, help_)
    also = ((Message("the rule stands here"), where),)
    return Problem("panel-composition", message, place, also=also)
