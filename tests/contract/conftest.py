"""Rounds of one criterion `g.x`, reading the fact `x`: all that a scoring method needs."""

import pytest


def one_criterion(score, values, *, leaf="", method="", tender=""):
    """Files with a vendor per value (None: a bid that says nothing of `x`)."""
    extra = f", {leaf}" if leaf else ""
    files = {
        "criteria/g.yaml": (
            "id: g\nweight: 100\ncriteria:\n"
            f"  - {{id: x, weight: 100, fact: x, score: {score}{extra}}}\n"
        )
    }
    for vendor, value in values.items():
        fact = "" if value is None else f"x: {value}\n"
        files[f"bids/{vendor}.yaml"] = f"vendor: {{id: {vendor}}}\n{fact}"
    if method:
        files["criteria/method.yaml"] = method
    if tender:
        files["tender.yaml"] = tender
    return files


def one_requirement(rule, values, *, tender=""):
    """Files of a round of one requirement `r` and one criterion that is the same for everybody."""
    files = {
        "criteria/method.yaml": f"requirements:\n  r: {{{rule}}}\n",
        "criteria/g.yaml": (
            "id: g\nweight: 100\ncriteria:\n"
            "  - {id: c, weight: 100, expr: '1', score: {method: points, out_of: 1}}\n"
        ),
    }
    for vendor, value in values.items():
        fact = "" if value is None else f"x: {value}\n"
        files[f"bids/{vendor}.yaml"] = f"vendor: {{id: {vendor}}}\n{fact}"
    if tender:
        files["tender.yaml"] = tender
    return files


@pytest.fixture
def points(evaluate):
    """The points of `g.x` by vendor: `points("{method: linear, ...}", acme="5")`."""

    def invoke(score, *, leaf="", method="", tender="", **values):
        files = one_criterion(score, values, leaf=leaf, method=method, tender=tender)
        return evaluate(files).points("g.x")

    return invoke


@pytest.fixture
def scored(evaluate):
    """The same round's whole result."""

    def invoke(score, *, leaf="", method="", tender="", **values):
        return evaluate(one_criterion(score, values, leaf=leaf, method=method, tender=tender))

    return invoke


@pytest.fixture
def score_problems(problems):
    """The same round's errors, where it is invalid."""

    def invoke(score, *, leaf="", method="", tender="", **values):
        return problems(one_criterion(score, values, leaf=leaf, method=method, tender=tender))

    return invoke


@pytest.fixture
def requirement(evaluate):
    """Who meets one requirement: `requirement("fact: x, is: true", acme="true")` by vendor."""

    def invoke(rule, *, tender="", **values):
        files = one_requirement(rule, values, tender=tender)
        outcomes = evaluate(files).column("outcome")
        assert set(outcomes.values()) <= {"advanced", "eliminated"}
        return {vendor: outcome == "advanced" for vendor, outcome in sorted(outcomes.items())}

    return invoke


@pytest.fixture
def requirement_problems(problems):
    """The errors of a round with one requirement."""

    def invoke(rule, *, tender="", **values):
        files = one_requirement(rule, values, tender=tender)
        return problems(files)

    return invoke


@pytest.fixture
def says():
    """Whether all the words stand in what some problem says (message, help or both)."""

    def invoke(found, *words):
        texts = [f"{each['message']} {each.get('help') or ''}" for each in found]
        return any(all(word in text for word in words) for text in texts)

    return invoke
