"""Which single steps of a mark decide a lot: what is ruled out would change nothing.

Small rounds of every make are evaluated once for each step of each mark, and the result held
against the search, which rules out nearly all of them by the totals alone.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import tenderscore as ts
from properties.profile import searching
from tenderscore.model.records import replace
from tenderscore.model.scores import Scores
from tenderscore.pipeline import evaluated

VENDORS = ("acme", "bolt", "cog", "dell")
EVALUATORS = ("li", "wang", "zhao")
PANEL = ("p.x", "p.y", "q.z")
AGGREGATES = (
    "{method: panel}",
    "{method: panel, aggregate: median}",
    "{method: panel, aggregate: trimmed_mean}",
    "{method: panel, aggregate: weighted_mean}",
    "{method: panel, scale: [1, 4], step: 0.5}",
)


def optional(text):
    return st.sampled_from(["", text])


@st.composite
def rounds(draw):
    """Two rounds or one, of panel criteria beside a price, with minimums, cuts and tie-breaks."""
    score = {id_: draw(st.sampled_from(AGGREGATES)) for id_ in PANEL}
    minimum = {id_: draw(optional(", minimum: 40")) for id_ in PANEL}
    group = draw(optional("minimum: 45\n"))
    first, second, weight = (draw(st.integers(1, 3)) for _ in "abc")
    files = {
        "criteria/p.yaml": f"id: p\nweight: {weight}\n{group}criteria:\n"
        f"  - {{id: x, weight: {first}, score: {score['p.x']}{minimum['p.x']}}}\n"
        f"  - {{id: y, weight: {second}, score: {score['p.y']}{minimum['p.y']}}}\n",
        "criteria/q.yaml": "id: q\nweight: 2\ncriteria:\n"
        f"  - {{id: z, weight: 1, score: {score['q.z']}{minimum['q.z']}}}\n",
        "criteria/r.yaml": "id: r\nweight: 1\ncriteria:\n"
        "  - {id: price, weight: 1, fact: price, score: {method: ratio_to_best, better: low}}\n",
        "panel.yaml": "evaluators: [{id: li, weight: 3}, {id: wang}, {id: zhao, weight: 0.5}]\n",
    }
    files["criteria/method.yaml"] = draw(methods())
    vendors = VENDORS[: draw(st.integers(2, 4))]
    for vendor in vendors:
        price = draw(st.integers(1, 4))
        files[f"bids/{vendor}.yaml"] = f"vendor: {{id: {vendor}}}\nprice: {price}\n"
    for who in EVALUATORS[: draw(st.integers(1, 3))]:
        rows = "".join(
            f"  {vendor}: {{{', '.join(f'{id_}: {draw(st.integers(1, 4))}' for id_ in PANEL)}}}\n"
            for vendor in vendors
        )
        files[f"scores/{who}.yaml"] = f"evaluator: {{id: {who}}}\nscores:\n{rows}"
    return files


@st.composite
def methods(draw):
    decimals = st.sampled_from(["0", "1", "2", "none"])
    rounding = ", ".join(f"{of}: {draw(decimals)}" for of in ("criterion", "contribution", "total"))
    ties = draw(st.sampled_from(["", "tie_break: [price]\n", "tie_break: [p.x, q]\n"]))
    head = f"weights: relative\nrounding: {{{rounding}}}\n{ties}rounds:\n"
    cut = draw(
        st.sampled_from(["{}", "{at_most: 2}", "{minimum: 50}", "{at_most: 1, minimum: 40}"])
    )
    last = draw(st.sampled_from(["{}", "{at_most: 1}", "{minimum: 60}"]))
    if draw(st.booleans()):
        ranked, criteria = draw(rankings())
        return f"{head}  - {{id: one, criteria: {criteria}{ranked}, advance: {last}}}\n"
    carry = draw(st.sampled_from(["", ", carry_over: {one: 40}"]))
    return (
        f"{head}  - {{id: one, criteria: [p], advance: {cut}}}\n"
        f"  - {{id: two, criteria: [q, r]{carry}, advance: {last}}}\n"
    )


@st.composite
def rankings(draw):
    """What ranks a round, and the criteria that it can have then."""
    id_ = draw(st.sampled_from(["total", "rank_sum", "price_per_point"]))
    if id_ == "price_per_point":
        return ", rank_by: price_per_point", "[p, q]"
    if id_ == "total":
        return "", "[p, q, r]"
    ties = draw(st.sampled_from(["competition", "dense", "mid"]))
    breaks = draw(st.sampled_from(["[]", "[heaviest]", "[first_places]"]))
    passing = draw(st.sampled_from(["", ", pass: {mean: 50}", ", pass: {majority: 55}"]))
    again = draw(optional(", rerank_after_fail: true")) if passing else ""
    settings = f"method: rank_sum, ties: {ties}, tie_break: {breaks}{passing}{again}"
    return f", rank_by: {{{settings}}}", "[p, q, r]"


def opened(files, folder):
    for path, text in files.items():
        target = Path(folder) / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(text)
    return ts.open_round(Path(folder) / "bids")


def first(evaluation):
    lot = evaluation.lots["all"]
    return (lot.winner,) if lot.winner is not None else lot.tie


def brute_force(round_):
    """Every step of every mark, evaluated: who is first then, where it is somebody else."""
    given = round_._load().given
    (lot,) = given.lots
    scales = {
        node.id: (*node.leaf.method.scale, node.leaf.method.step or 1)
        for group in lot.compiled.groups.values()
        for node in group
        if node.leaf is not None and node.leaf.is_panel
    }
    before = first(evaluated(given))
    found = {}
    scores = list(given.scores)
    for at, score in enumerate(scores):
        low, high, step = scales[score.criterion]
        for signed in (step, -step):
            moved = score.score + signed
            if low <= moved <= high:
                others = [*scores[:at], replace(score, score=moved), *scores[at + 1 :]]
                after = first(evaluated(replace(given, scores=Scores(others))))
                if before and after != before:
                    found[score.criterion, score.vendor, score.evaluator, signed] = after
    return found


@given(rounds())
@searching(0.15)
def test_the_search_finds_what_trying_all_finds(files):
    with tempfile.TemporaryDirectory() as folder:
        round_ = opened(files, folder)
        (lot,) = round_.panel().lots
        found = {
            (swing.criterion, swing.vendor, mark.evaluator, swing.step): swing.ending.first
            for swing in lot.swings
            for mark in swing.marks
        }
        assert brute_force(round_) == found


@given(rounds())
@searching(0.15)
def test_without_an_evaluator_it_ends_as_if_they_had_not_scored(files):
    with tempfile.TemporaryDirectory() as folder:
        round_ = opened(files, folder)
        (lot,) = round_.panel().lots
        given_ = round_._load().given
        for each in lot.without:
            left = Scores(score for score in given_.scores if score.evaluator != each.evaluator)
            evaluation = evaluated(replace(given_, scores=left))
            expected = evaluation.lots["all"]
            assert each.ending.winner == expected.winner
            assert each.ending.tie == expected.tie
            assert each.ending.shortlist == expected.shortlist
            assert each.ending.pending == expected.pending


@given(rounds())
@searching(0.15)
def test_the_totals_added_up_again_are_those_published(files):
    with tempfile.TemporaryDirectory() as folder:
        sums = opened(files, folder).panel().checks[0]
        assert (sums.id, sums.findings) == ("sums", ())
