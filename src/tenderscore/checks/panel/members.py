"""Sense of panel.yaml beside the round: known groups, lots and vendors; scores by its members."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from tenderscore.errors import Message, Place, Problem, Severity
from tenderscore.model.criteria_set import CriteriaSet
from tenderscore.model.evaluators import EvaluationPanel, Interest
from tenderscore.model.panel import Score
from tenderscore.model.records import record
from tenderscore.model.scores import Scores, firsts
from tenderscore.model.suggestions import did_you_mean, nearest
from tenderscore.model.text import Title
from tenderscore.scoring.panel import Panel


@record
class Scene:
    """What panel.yaml is held against: what the panel scores and who bids, by lot.

    ``sets`` has each lot's criteria, ``methods`` how its panel criteria are scored by their ids,
    ``bidders`` its vendors; ``vendors`` are the names of all (none before there are bids).
    """

    titles: Mapping[str, Title]
    sets: Mapping[str, CriteriaSet]
    methods: Mapping[str, Mapping[str, Panel | None]]
    bidders: Mapping[str, Sequence[str]]
    vendors: Mapping[str, str]


def panel_problems(panel: EvaluationPanel, scene: Scene) -> Iterator[Problem]:
    """Names in panel.yaml that lead nowhere."""
    groups = {id_.partition(".")[0] for ids in scene.methods.values() for id_ in ids}
    for id_, evaluator in panel.evaluators.items():
        for index, group in enumerate(evaluator.groups or ()):
            if group not in groups:
                message = Message("{group!r} is no group that the panel scores", group=group)
                place = panel.place(id_, "groups", index)
                yield Problem("unknown-group", message, place, did_you_mean(group, groups))
        for index, interest in enumerate(evaluator.interests):
            yield from _unknown_lot(interest, scene, panel.place(id_, "interests", index, "lot"))
            place = panel.place(id_, "interests", index, "vendor")
            yield from _unknown_vendor(interest, scene, place)


def _unknown_lot(interest: Interest, scene: Scene, place: Place) -> Iterator[Problem]:
    lot = interest.lot
    if lot is not None and lot not in scene.methods:
        message = Message("no lot {id!r}", id=lot)
        yield Problem("unknown-lot", message, place, did_you_mean(lot, scene.methods))


def _unknown_vendor(interest: Interest, scene: Scene, place: Place) -> Iterator[Problem]:
    """An interest in somebody who does not bid is harmless, unless a bidder is meant."""
    vendor = interest.vendor
    if vendor is None or not scene.vendors or vendor in scene.vendors:
        return
    message = Message("no bid is of vendor {id!r}", id=vendor)
    meant = nearest(vendor, scene.vendors)
    help_ = None if meant is None else Message("did you mean `{word}`?", word=meant)
    severity: Severity = "warning" if meant is None else "error"
    yield Problem("unknown-vendor", message, place, help_, severity)


def member_problems(panel: EvaluationPanel, scores: Scores) -> Iterator[Problem]:
    """Scores by somebody who is not on the panel, or for a group that is another's."""
    told: set[tuple[str, ...]] = set()
    for row in _by_file_and_criterion(scores):
        score = scores.score(row)
        member = panel.evaluators.get(score.evaluator)
        group = score.criterion.partition(".")[0]
        key = (score.place.file, score.evaluator, "" if member is None else group)
        if key in told or (member is not None and member.scores_group(group)):
            continue
        told.add(key)
        if member is None:
            yield _not_a_member(panel, score)
        else:
            yield _not_their_group(panel, score, group)


def _by_file_and_criterion(scores: Scores) -> list[int]:
    """The first score of each evaluator on each criterion in each file, in their order."""
    if not scores.count:
        return []
    evaluators, criteria = scores.evaluators, scores.criteria
    files = np.searchsorted(scores.starts, np.arange(scores.count), side="right")
    pairs = evaluators.codes * len(criteria.ids) + criteria.codes
    keys = files * (len(evaluators.ids) * len(criteria.ids)) + pairs
    return sorted(firsts(keys)[0].tolist())


def _not_a_member(panel: EvaluationPanel, score: Score) -> Problem:
    template = "{evaluator!r} scores and is not in {file}"
    message = Message(template, evaluator=score.evaluator, file=panel.document.file)
    help_ = did_you_mean(score.evaluator, panel.evaluators)
    return Problem("unknown-evaluator", message, score.place, help_)


def _not_their_group(panel: EvaluationPanel, score: Score, group: str) -> Problem:
    template = "{evaluator} scores {criterion}; the group {group} is not theirs"
    message = Message(template, evaluator=score.evaluator, criterion=score.criterion, group=group)
    where = panel.place(score.evaluator, "groups")
    also = ((Message("the rule stands here"), where),)
    return Problem("not-their-group", message, score.place, also=also)


def conflict_warnings(panel: EvaluationPanel, scene: Scene, scores: Scores) -> Iterator[Problem]:
    """Who takes no part where, and that scores which they gave all the same do not count."""
    for id_, evaluator in panel.evaluators.items():
        for index, interest in enumerate(evaluator.interests):
            if interest.conflict and _acts(interest, scene):
                void = _void(id_, interest, scores)
                place = panel.place(id_, "interests", index)
                yield _conflict(id_, interest, place, void)


def _void(evaluator: str, interest: Interest, scores: Scores) -> Place | None:
    """Where the first score stands that an evaluator gave in spite of a conflict."""
    void = scores.evaluators.has(evaluator)
    if interest.vendor is not None:
        void &= scores.vendors.has(interest.vendor)
    if interest.lot is not None:
        void &= scores.lots.has(interest.lot) | (scores.lots.codes < 0)
    rows = np.flatnonzero(void)
    return scores.place(int(rows[0])) if len(rows) else None


def _acts(interest: Interest, scene: Scene) -> bool:
    """Whether an interest is about somebody who bids, where the panel scores."""
    return any(
        interest.concerns(lot, vendor)
        for lot, vendors in scene.bidders.items()
        if scene.methods.get(lot)
        for vendor in vendors
    )


def _conflict(evaluator: str, interest: Interest, place: Place, void: Place | None) -> Problem:
    where = _where(interest)
    template = "{evaluator} is out for {where}: {reason}"
    if void is not None:
        template = "{evaluator} is out for {where}: {reason}; scores given there do not count"
    message = Message(template, evaluator=evaluator, where=where, reason=interest.reason)
    also = () if void is None else ((Message("this score does not count"), void),)
    return Problem("conflict", message, place, severity="warning", also=also)


def _where(interest: Interest) -> Message:
    if interest.vendor is None:
        return Message("lot {lot}", lot=interest.lot)
    if interest.lot is None:
        return Message("{vendor}", vendor=interest.vendor)
    return Message("{vendor} in lot {lot}", vendor=interest.vendor, lot=interest.lot)
