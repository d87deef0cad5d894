"""All that is wrong in the buyer's files comes in one run, whatever else is wrong beside it."""

from itertools import combinations

import pytest

GROUP = {
    "an unknown key": ("colour: red", "unknown-key"),
    "a weight below 0": (
        "{id: w, weight: -3, fact: x, score: {method: points}}",
        "negative-number",
    ),
    "no weight": ("{id: n, fact: x, score: {method: points}}", "missing-key"),
    "no id": ("{weight: 5, fact: x, score: {method: points}}", "missing-key"),
    "no mapping": ("just text", "wrong-type"),
    "a bad minimum": (
        "{id: m, weight: 5, minimum: 120, fact: x, score: {method: points}}",
        "points-range",
    ),
    "two sources": (
        "{id: s, weight: 5, fact: x, expr: bid.x, score: {method: points}}",
        "criterion-form",
    ),
    "a panel with a fact": (
        "{id: p, weight: 5, fact: x, score: {method: panel}}",
        "criterion-form",
    ),
    "an empty group": ("{id: e, weight: 5, criteria: []}", "criterion-form"),
    "an unknown method": (
        "{id: u, weight: 5, fact: x, score: {method: magic}}",
        "unknown-method",
    ),
    "equal ends": (
        "{id: q, weight: 5, fact: x, score: {method: linear, worst: 1, best: 1, bst: 2}}",
        "same-worst-and-best",
    ),
    "a broken expression": (
        "{id: b, weight: 5, expr: 'bid.x +', score: {method: points}}",
        "expression",
    ),
    "a bad only_if": (
        "{id: o, weight: 5, fact: x, score: {method: points}, only_if: {fact: x, at_most: true}}",
        "requirement-value",
    ),
}
METHOD = {
    "an unknown key": ("roundng: 3", "unknown-key"),
    "an unknown group": ("rounds: [{id: a, criteria: [g, zz]}]", "unknown-group"),
    "a twofold round": ("rounds: [{id: a, criteria: [g]}, {id: a}]", "duplicate-id"),
    "too much carried": (
        "rounds: [{id: a, criteria: [g]}, {id: b, criteria: [g], carry_over: {a: 60, c: 70}}]",
        "carry-over",
    ),
    "two conditions": ("requirements: {r: {fact: x, is: 1, at_most: 2}}", "requirement-form"),
    "a broken pattern": ("requirements: {r: {fact: x, matches: '('}}", "requirement-value"),
    "an unknown tie-break": ("tie_break: [zz]", "unknown-criterion"),
    "no place to advance to": ("rounds: [{id: a, advance: {at_most: 0}}]", "number-too-small"),
}


def group(*entries):
    lines = ["id: g", "weight: 100"]
    lines += [entry for entry in entries if entry.startswith("colour")]
    lines += ["criteria:", "  - {id: x, weight: 100, fact: x, score: {method: points}}"]
    lines += [f"  - {entry}" for entry in entries if not entry.startswith("colour")]
    return "\n".join([*lines, ""])


def round_with(g, method=""):
    return {
        "criteria/g.yaml": g,
        "criteria/method.yaml": method,
        "bids/acme.yaml": "vendor: {id: acme}\nx: 50\n",
    }


def codes(found):
    return {problem["code"] for problem in found}


@pytest.mark.parametrize(("first", "second"), list(combinations(GROUP, 2)))
def test_two_mistakes_in_a_group(first, second, problems):
    entries = [GROUP[first][0], GROUP[second][0]]
    assert codes(problems(round_with(group(*entries)))) >= {GROUP[first][1], GROUP[second][1]}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pair
        for pair in combinations(METHOD, 2)
        if len({METHOD[m][0].split(":")[0] for m in pair}) > 1
    ],
)
def test_two_mistakes_in_the_method(first, second, problems):
    texts = [METHOD[first][0], METHOD[second][0]]
    found = codes(problems(round_with(group(), "\n".join(texts))))
    assert found >= {METHOD[first][1], METHOD[second][1]}


@pytest.mark.parametrize("mistake", GROUP)
def test_a_mistake_in_a_group_hides_none_of_the_method(mistake, problems):
    found = problems(round_with(group(GROUP[mistake][0]), "requirements: {r: {fact: x}}\n"))
    assert codes(found) >= {GROUP[mistake][1], "requirement-form"}


def test_mending_leaves_no_sum_of_weights_unsaid(problems):
    wrong = group("{id: y, weight: 5, fact: y, scor: {method: points}}")
    assert codes(problems(round_with(wrong))) >= {"unknown-key", "weight-sum"}


@pytest.mark.parametrize(
    ("files", "only"),
    [
        # What could not be read is not called absent besides.
        (
            round_with(
                "id: g!\nweight: 100\ncriteria: [{id: x, weight: 100, fact: x, "
                "score: {method: points}}]\n",
                "rounds: [{id: a, criteria: [g]}]\n",
            ),
            {"bad-id"},
        ),
        (
            round_with(
                group(), "requirements: []\nrounds: [{id: a, requirements: [r], criteria: [g]}]\n"
            ),
            {"wrong-type"},
        ),
        (
            round_with(
                group(),
                "rounds: [{id: a, criteria: g}, {id: b, criteria: [g], carry_over: {a: 50}}]\n",
            ),
            {"wrong-type"},
        ),
        (round_with(group("{id: y, weight: x, fact: y, score: {method: points}}")), {"wrong-type"}),
        (round_with(group(), "requirements: {r: {fact: x, at_leest: 1}}\n"), {"unknown-key"}),
        (
            round_with(group(), "weights: any\n")
            | {
                "criteria/h.yaml": "id: h\nweight: 10\n"
                "criteria: [{id: x, weight: 100, fact: x, score: {method: points}}]\n"
            },
            {"unknown-value"},
        ),
    ],
)
def test_no_mistake_is_told_twice(files, only, problems):
    assert codes(problems(files)) == only
