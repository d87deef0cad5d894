"""Strategies for rounds with decisions, nearly all of which have something to act on."""

from hypothesis import strategies as st

from .reference import ContractError, evaluate
from .reference_facts import OWN_WORDS, merge, sort_bids, step_down, vendor_of
from .round_criteria import GRADES
from .rounds import FolderMaker, panel_ids

FACTS = ["price", "a", "b", "odd-key", "finances.revenue", "licence", "grade", "marks", "years"]
SIGNED = {"by": "Tender committee", "date": "2026-04-02"}
KINDS = ["correct", "eliminate", "waive", "consensus", "break_tie", "accept"]
FEWEST, MOST = 1, 5


class DecisionMaker:
    """Adds decisions to a round, one after the other, each with a name as its reason."""

    def __init__(self, random):
        self.rounds = FolderMaker(random)
        self.dice = self.rounds.dice
        self.folder = self.rounds.make()
        self.result = self.evaluated()

    def make(self):
        for number in range(self.dice.whole(FEWEST, MOST)):
            entry = getattr(self, self.dice.one(KINDS))()
            if entry is not None:
                self.add({**entry, **SIGNED, "reason": f"decision {number}"})
        return self.folder

    def evaluated(self):
        try:
            return evaluate(self.folder)
        except ContractError:
            return None

    def add(self, entry):
        """Most decisions that the contract calls wrong are taken back."""
        self.folder.decisions.append(entry)
        found = self.evaluated()
        if found is None and self.result is not None and not self.dice.chance(1):
            self.folder.decisions.pop()
        else:
            self.result = found

    def vendor(self):
        return self.dice.one(sorted({vendor_of(bid) for bid in self.folder.bids.values()}))

    def scope(self, of_ten=4):
        lots = self.lots()
        return self.dice.maybe(of_ten, lot=lambda: self.dice.one(lots)) if lots else {}

    def lots(self):
        return [lot["id"] for lot in self.result["lots"]] if self.result else []

    def methods(self):
        return [files["method"] or {} for files in self.folder.criteria.values()]

    def round(self, of_ten=5):
        known = [r["id"] for method in self.methods() for r in method.get("rounds") or []]
        return self.dice.maybe(of_ten, round=lambda: self.dice.one(known)) if known else {}

    def eliminate(self):
        return {"decide": "eliminate", "vendor": self.vendor(), **self.scope(), **self.round()}

    def accept(self):
        about = {"vendor": self.vendor(), "matter": "low-price"}
        return {"decide": "accept", **about, **self.scope(), **self.round()}

    def waive(self):
        known = [id_ for method in self.methods() for id_ in method.get("requirements") or {}]
        if not known:
            return None
        about = {"vendor": self.vendor(), "requirement": self.dice.one(known)}
        return {"decide": "waive", **about, **self.scope(), **self.round(2)}

    def consensus(self):
        panel = [pair for f in self.folder.criteria.values() for pair in panel_ids(f["groups"])]
        if not panel:
            return None
        criterion, scale = self.dice.one(panel)
        about = {"vendor": self.vendor(), "criterion": criterion}
        return {"decide": "consensus", **about, "score": self.rounds.score(scale), **self.scope()}

    def break_tie(self):
        tied = list(self.ties())
        if not tied:
            return None
        lot, round_, vendors = self.dice.one(tied)
        order = vendors[::-1] if self.dice.chance(5) else vendors
        named = self.dice.maybe(6, lot=lambda: lot, round=lambda: round_)
        return {"decide": "break_tie", "order": order, **named}

    def ties(self):
        """Every group of bids with one rank: lot, round, vendors."""
        for lot in self.result["lots"] if self.result else ():
            for round_ in lot["rounds"]:
                ranks = [row["rank"] for row in round_["bids"] if row["rank"]]
                for rank in sorted({rank for rank in ranks if ranks.count(rank) > 1}):
                    vendors = [row["vendor"] for row in round_["bids"] if row["rank"] == rank]
                    yield lot["id"], round_["id"], vendors

    def correct(self):
        """Another value for a fact, of the kind that it has or that another vendor's has."""
        vendor, fact, scope = self.vendor(), self.dice.one(FACTS), self.scope(7)
        lot = scope.get("lot") or next(iter(self.lots()), None)
        was = self.stated(vendor, fact, lot)
        value = self.stated(self.vendor(), fact, lot)
        if value is None or value == was:
            value = self.drawn(fact)
        about = {"vendor": vendor, "fact": fact, "was": was, "value": value}
        return {"decide": "correct", **about, **scope}

    def drawn(self, fact):
        """A new value of the kind that the fact has."""
        kinds = {"price": self.rounds.price, "licence": lambda: not self.dice.chance(5)}
        kinds["grade"] = lambda: self.dice.one(GRADES)
        return kinds.get(fact, self.rounds.value)()

    def stated(self, vendor, fact, lot):
        """What a bid says, or an earlier decision has made of it."""
        for row in reversed(self.folder.decisions):
            if (row["decide"], row.get("vendor"), row.get("fact")) == ("correct", vendor, fact):
                return row["value"]
        try:
            bid = sort_bids(self.folder)[0].get(vendor, {})
        except ContractError:
            bid = {}
        offer = (bid.get("offers") or {}).get(lot) or {}
        said = [{k: v for k, v in part.items() if k not in OWN_WORDS} for part in (bid, offer)]
        return step_down(merge(*said), fact)


def decided_folders():
    """Rounds with decisions."""
    return st.randoms(use_true_random=False).map(lambda random: DecisionMaker(random).make())
