"""What people decided (1.10), for the second implementation: one lot's decisions at work."""

from fractions import Fraction

from .reference_criteria import applies, scoring
from .reference_facts import ContractError, exact, is_money, kind, step_down


class Rulings:
    """The decisions on one lot, and which of them have touched whom in which round."""

    def __init__(self, rows, lot):
        self.rows = [row for row in rows if row.get("lot") in (None, lot)]
        self.touched = {}  # (round id, vendor) -> reasons, which are each decision's name here
        self.acted = set()

    def of(self, kind_, round_=None):
        return [
            row
            for row in self.rows
            if row["decide"] == kind_ and (round_ is None or for_round(row, round_))
        ]

    def note(self, row, round_, vendor):
        self.acted.add(row["reason"])
        noted = self.touched.setdefault((round_["id"], vendor), [])
        if row["reason"] not in noted:
            noted.append(row["reason"])

    def corrected(self, vendor, offer):
        """The offer with its facts corrected, one after the other; `was` is what it says."""
        for row in self.of("correct"):
            if row["vendor"] == vendor:
                path = row["fact"].split(".")
                if not says(step_down(offer, path), exact(row["was"])):
                    raise ContractError(f"other-value: {row}")
                offer = laid(offer, path, exact(row["value"]))
                self.acted.add(row["reason"])
        return offer

    def waives(self, vendor, requirement, round_):
        """The decision by which a requirement need not be met, if there is one."""
        key = (vendor, requirement)
        found = [r for r in self.of("waive", round_) if (r["vendor"], r["requirement"]) == key]
        return found[0] if found else None

    def consensus(self, vendor, criterion):
        key = (vendor, criterion)
        found = [r for r in self.of("consensus") if (r["vendor"], r["criterion"]) == key]
        return Fraction(found[-1]["score"]) if found else None

    def begin(self, round_, reached):
        """What is accepted shows in every round that the bid reaches."""
        for row in self.of("accept", round_):
            if row["vendor"] in reached:
                self.note(row, round_, row["vendor"])

    def eliminates(self, vendor, round_, *, first):
        """Whether a decision puts a bid out; a second one has nothing left to do."""
        rows = [r for r in self.of("eliminate", round_) if r["vendor"] == vendor]
        rows = [r for r in rows if first or "round" in r]
        if rows:
            self.note(rows[0], round_, vendor)
        return bool(rows)

    def agreed(self, round_, sheet):
        for row in self.of("consensus", round_):
            for leaf in sheet.leaves:
                if leaf.id == row["criterion"] and sheet.on.get((leaf.id, row["vendor"])):
                    self.note(row, round_, row["vendor"])

    def break_ties(self, round_, ranks):
        """Bids that all tie with one another, and with no other, rank in the order given."""
        for row in self.of("break_tie", round_):
            shared = {ranks.get(vendor) for vendor in row["order"]}
            tied = {vendor for vendor, rank in ranks.items() if rank in shared}
            if len(shared) == 1 and tied == set(row["order"]):
                for place, vendor in enumerate(row["order"]):
                    ranks[vendor] += place
                    self.note(row, round_, vendor)
        return ranks

    def may_act(self, row, alive, left, contest):
        """Whether a decision may still touch a bid in a round that is to come."""
        named = row.get("order") or [row["vendor"]]
        return bool(set(named) & set(alive)) and any(has_work(row, r, contest) for r in left)


def for_round(row, round_):
    return row.get("round") in (None, round_["id"])


def has_work(row, round_, contest):
    plan = contest.plan
    if not for_round(row, round_):
        return False
    if row["decide"] == "eliminate" and "round" not in row:
        return round_ is plan.rounds[0]
    if row["decide"] == "waive":
        test = plan.requirements.get(row["requirement"])
        listed = row["requirement"] in (round_.get("requirements") or [])
        return listed and applies(test, contest.any_facts())
    if row["decide"] == "consensus":
        return row["criterion"] in [leaf.id for leaf in plan.leaves(round_)]
    return True


def says(said, was):
    """Type and exact value; a mapping key by key."""
    if is_money(said) or is_money(was) or isinstance(said, dict):
        return said == was
    return said is was if said is None or was is None else (kind(said), said) == (kind(was), was)


def laid(mapping, path, value):
    if not path:
        return value
    held = mapping if isinstance(mapping, dict) else {}
    return {**held, path[0]: laid(held.get(path[0]), path[1:], value)}


def check_decisions(rows, contests, vendors):
    """What decisions name is there, and in the lots that they are for (1.10)."""
    for row in rows:
        contests_for = [c for c in contests if row.get("lot") in (None, c.lot)]
        named = row.get("order") or [row["vendor"]]
        if not contests_for or not set(named) <= vendors:
            raise ContractError(f"unknown lot or vendor: {row}")
        if not all(any(v in c.offers for c in contests_for) for v in named):
            raise ContractError(f"idle-decision: no bid: {row}")
        rounds = [r for c in contests_for for r in c.plan.rounds if for_round(row, r)]
        if not rounds:
            raise ContractError(f"unknown-round: {row}")
        check_subject(row, contests_for, rounds)


def check_subject(row, contests, rounds):
    if row["decide"] == "waive":
        listed = {id_ for round_ in rounds for id_ in round_.get("requirements") or []}
        if row["requirement"] not in listed:
            raise ContractError(f"unknown-requirement: {row}")
    if row["decide"] == "correct" and says(exact(row["was"]), exact(row["value"])):
        raise ContractError(f"idle-decision: {row}")
    if row["decide"] == "consensus":
        leaves = [(leaf, c) for c in contests for leaf in c.plan.panel_leaves(row["criterion"])]
        if not leaves:
            raise ContractError(f"unknown-criterion: {row}")
        for leaf, contest in leaves:
            low, high = scoring(leaf.spec, contest.any_facts())["scale"]
            if not low <= Fraction(row["score"]) <= high:
                raise ContractError(f"off-scale: {row}")


def check_idle(rows, contests):
    """A decision that touches nothing, and never will, is an error."""
    useful = {name for contest in contests for name in contest.rulings.acted | contest.waiting}
    for row in rows:
        if row["reason"] not in useful:
            raise ContractError(f"idle-decision: {row}")
