"""One round of one lot: leaves, references, minimums, nodes."""

from fractions import Fraction
from functools import partial

from .reference_criteria import scoring
from .reference_expressions import run
from .reference_facts import ContractError
from .reference_points import ABSOLUTE, is_relative, relative_points


class Sheet:
    """The points of one round in one lot, in the order that section 2 sets."""

    def __init__(self, contest, round_, met):
        self.contest, self.plan, self.met = contest, contest.plan, met
        self.groups = contest.plan.trees[round_["id"]]
        self.nodes = [node for group in self.groups for node in group.whole()]
        self.leaves = [node for node in self.nodes if not node.children]
        self.on = {
            (node.id, v): node.applies(contest.offers[v]) for node in self.nodes for v in met
        }
        self.values = {(leaf.id, v): self.value(leaf, v) for leaf in self.leaves for v in met}
        self.leaf_points = {}
        self.out = {v: [] for v in met}
        self.score_absolute()
        self.score_relative()

    def value(self, leaf, vendor):
        """The fact as used, None where it is missing or `only_if` does not hold."""
        if not self.on[leaf.id, vendor]:
            return None
        facts = self.contest.offers[vendor]
        if "fact" in leaf.spec:
            found = facts.value("bid", leaf.spec["fact"])
        elif "expr" in leaf.spec:
            found = run(leaf.spec["expr"], facts)
        else:
            found = self.contest.panel_value(vendor, leaf)
        if found is None and leaf.spec.get("missing") == "error":
            raise ContractError(f"missing-fact: {leaf.id} of {vendor}")
        return found

    def score_absolute(self):
        """Absolute leaves; then `missing: eliminate` and wholly absolute minimums put out."""
        for leaf in self.leaves:
            if not is_relative(leaf.spec["score"]):
                for vendor in self.met:
                    self.set_points(leaf, vendor, self.absolute)
        for vendor in self.met:
            lacking = [leaf for leaf in self.leaves if self.lacks(leaf, vendor)]
            self.out[vendor] += [leaf.id for leaf in lacking]
            self.out[vendor] += self.under(vendor, relative=False)

    def score_relative(self):
        """References from the bids that are left; points also for those just put out."""
        left = [vendor for vendor in self.met if not self.out[vendor]]
        for leaf in self.leaves:
            if is_relative(leaf.spec["score"]):
                held = [self.values[leaf.id, v] for v in left]
                admitted = [value for value in held if value is not None]
                against = partial(relative_points, admitted)
                for vendor in self.met:
                    self.set_points(leaf, vendor, against)
        for vendor in self.met:
            self.out[vendor] += self.under(vendor, relative=True)

    def lacks(self, leaf, vendor):
        missing = self.on[leaf.id, vendor] and self.values[leaf.id, vendor] is None
        return missing and leaf.spec.get("missing") == "eliminate"

    def under(self, vendor, *, relative):
        """The nodes whose `minimum` the bid does not reach, by its published points."""
        return [
            node.id
            for node in self.nodes
            if "minimum" in node.spec
            and node.relative is relative
            and self.on[node.id, vendor]
            and self.shown(node, vendor) < Fraction(node.spec["minimum"])
        ]

    def absolute(self, x, score):
        return ABSOLUTE[score["method"]](x, score)

    def set_points(self, leaf, vendor, method):
        """Leaf points are rounded as `criterion` says; a missing fact has 0 points."""
        x = self.values[leaf.id, vendor]
        points = Fraction(0)
        if x is not None:
            points = method(x, scoring(leaf.spec, self.contest.offers[vendor]))
        self.leaf_points[leaf.id, vendor] = self.plan.round(points, "criterion")

    def points(self, node, vendor):
        """A leaf's points; a node's are the weighted mean of its children's (1.4)."""
        if not self.on[node.id, vendor]:
            return Fraction(0)
        if not node.children:
            return self.leaf_points[node.id, vendor]
        weights = [Fraction(child.spec["weight"]) for child in node.children]
        parts = [self.points(child, vendor) for child in node.children]
        return sum(w * p for w, p in zip(weights, parts, strict=True)) / sum(weights)

    def shown(self, node, vendor):
        """Points as minimums and tie-breaks compare them: rounded as a criterion's are."""
        return self.plan.round(self.points(node, vendor), "criterion")

    def contribution(self, node, vendor):
        """What the node adds to the round's own total; the leaves' add up to it."""
        parts = [
            self.plan.round(self.points(leaf, vendor) * leaf.share, "contribution")
            for leaf in node.leaves()
        ]
        return sum(parts, Fraction(0))

    def entry(self, node, vendor):
        return {
            "id": node.id,
            "value": None if node.children else self.values[node.id, vendor],
            "points": self.points(node, vendor),
            "weight": Fraction(node.spec["weight"]),
            "contribution": self.contribution(node, vendor),
        }
