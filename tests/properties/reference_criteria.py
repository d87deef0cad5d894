"""Criteria trees, requirement tests, and what type a fact must have."""

import re
from dataclasses import dataclass
from fractions import Fraction

from .reference_expressions import absent_places, run
from .reference_facts import ContractError, exact, kind
from .reference_points import is_relative

TESTS = ("is", "one_of", "at_least", "at_most", "matches", "includes", "present")


def resolve(value, facts):
    """A text that begins with `lot.` or `tender.` stands for that value (None: absent)."""
    if isinstance(value, str) and value.startswith(("lot.", "tender.")):
        root, path = value.split(".", 1)
        return facts.value(root, path)
    if isinstance(value, list):
        return [resolve(item, facts) for item in value]
    if isinstance(value, dict):
        return {key: resolve(item, facts) for key, item in value.items()}
    return exact(value)


def scoring(spec, facts):
    """A leaf's `score` with its places filled in; an absent one is an error (1.5)."""
    found = resolve(spec["score"], facts)
    if "null" in {kind(v) if v is not None else "null" for v in found.values()}:
        raise ContractError("score: a lot or tender value is absent")
    return found


def applies(test, facts):
    """A requirement whose `lot.` or `tender.` value is absent is not applied in that lot."""
    if "expr" in test:
        return not absent_places(test["expr"], facts)
    return resolve(test[test_name(test)], facts) is not None


def holds_as_condition(test, facts):
    """`only_if`: a missing value does not hold, a lot's no more than a bid's (1.4, 1.9)."""
    if "expr" in test:
        return truth(test["expr"], facts)
    return applies(test, facts) and meets(test, facts)


def truth(text, facts):
    found = run(text, facts)
    if found is not None and kind(found) != "boolean":
        raise ContractError("requirement: its expression is no yes or no")
    return found is True


def test_name(test):
    return next(name for name in TESTS if name in test)


def meets(test, facts):
    """Whether one offer passes; a missing fact fails all but `present: false` (rule 6)."""
    if not applies(test, facts):
        return True
    if "expr" in test:
        return truth(test["expr"], facts)
    name, x = test_name(test), facts.value("bid", test["fact"])
    if name == "present":
        return (x is not None) is test["present"]
    return x is not None and passes(name, x, resolve(test[name], facts))


def passes(name, x, wanted):
    if name == "at_least":
        return x >= wanted
    if name == "at_most":
        return x <= wanted
    if name == "matches":
        return re.fullmatch(wanted, x) is not None
    if name == "includes":
        return all(held(item, x) for item in wanted)
    return held(x, wanted if name == "one_of" else [wanted])


def held(value, items):
    """Type and exact value: 1 is 1.0, but neither `true` nor `"1"`."""
    return any(kind(item) == kind(value) and item == value for item in items)


def check_test_type(test, facts):
    """A fact of the wrong type for its test is an error in any live bid (rule 6)."""
    found = facts.raw("bid", test["fact"]) if "fact" in test else None
    if found is not None and kind(found) not in allowed_kinds(test, facts, kind(found)):
        raise ContractError(f"fact-type: {test['fact']} is a {kind(found)}")


def allowed_kinds(test, facts, otherwise):
    """The types that the test can judge; any, where what it compares with is absent."""
    name = test_name(test)
    wanted = resolve(test[name], facts)
    if name in ("matches", "includes"):
        return {"text" if name == "matches" else "list"}
    if name == "present" or wanted is None:
        return {otherwise}
    return {kind(item) for item in wanted} if name == "one_of" else {kind(wanted)}


@dataclass(frozen=True)
class Node:
    """A criterion of a round: its dotted id, its share of the round's own total, its kin."""

    id: str
    spec: dict
    share: Fraction
    above: tuple  # the specs of the nodes over it and its own, for `only_if`
    children: tuple

    def leaves(self):
        below = [leaf for child in self.children for leaf in child.leaves()]
        return below if self.children else [self]

    def whole(self):
        """The node and all under it, parents before children."""
        return [self, *(node for child in self.children for node in child.whole())]

    @property
    def relative(self):
        """Whether any leaf takes its points from other bids (rule 3)."""
        return any(is_relative(leaf.spec["score"]) for leaf in self.leaves())

    @property
    def panel(self):
        return not self.children and self.spec["score"]["method"] == "panel"

    def applies(self, facts):
        """`only_if` of the node and of all above it; what is missing does not hold (1.4)."""
        conditions = [spec["only_if"] for spec in self.above if "only_if" in spec]
        return all(holds_as_condition(test, facts) for test in conditions)


def grow(specs, relative_weights, share=Fraction(1), above=(), prefix=""):
    """Sibling weights add up to 100, unless the method says `weights: relative`."""
    whole = sum((Fraction(spec["weight"]) for spec in specs), Fraction(0))
    if whole != 100 and not relative_weights:
        raise ContractError(f"weight-sum: {whole}")
    if whole <= 0:
        raise ContractError("weight-sum: no weight at all")
    return tuple(
        node(spec, relative_weights, share * Fraction(spec["weight"]) / whole, above, prefix)
        for spec in specs
    )


def node(spec, relative_weights, share, above, prefix):
    dotted, above = prefix + spec["id"], (*above, spec)
    under = spec.get("criteria") or []
    children = grow(under, relative_weights, share, above, dotted + ".") if under else ()
    return Node(dotted, spec, share, above, children)


def check_leaf_type(leaf, facts):
    """A fact of the wrong type for its method is an error in any live bid (rule 6)."""
    if "fact" not in leaf.spec or (found := facts.raw("bid", leaf.spec["fact"])) is None:
        return
    if not fits(found, scoring(leaf.spec, facts)):
        raise ContractError(f"fact-type: {leaf.spec['fact']} for {leaf.id}")


def fits(found, score):
    method = score["method"]
    if method == "yes_no":
        return kind(found) == "boolean"
    if method == "lookup":
        keys = [key if isinstance(key, str | bool) else exact(key) for key in score["points"]]
        return kind(found) in {kind(key) for key in keys}
    if method == "per_item":
        return kind(found) == "list" or (kind(found) == "number" and "each" in score)
    if method in ("coverage", "distance"):
        return kind(found) == "list"
    return kind(found) == "number"
