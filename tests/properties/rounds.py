"""Strategies for whole procurement rounds, small and full of collisions.

Nearly all are valid by the contract; what is not is for the reference to notice.
"""

from decimal import Decimal

from hypothesis import strategies as st

from .reference_facts import Folder
from .round_criteria import (
    CERTIFICATES,
    GRADES,
    PLACES,
    POOLS,
    TIERS,
    CriteriaMaker,
    Dice,
    number,
)

VENDORS = ["acme", "bolt", "007", "Zeta", "Ünal & Co", "b-10", "b-2"]
LOTS = ["it-support", "marketing", "10"]
EVALUATORS = ["li", "wang", "zhao", "ann", "bo"]
DEADLINE = "2026-03-31T17:00:00+08:00"
DEADLINES = [
    DEADLINE,
    DEADLINE,
    "2026-03-31T09:00Z",
    "2026-03-31T23:00:00-10:00",  # its own date is the rates' date; in Greenwich it is April
    "2026-04-01T00:30:00+14:00",
]
ARRIVALS = [
    "2026-03-30T09:12:00+08:00",
    "2026-03-30T09:13:00+08:00",
    "2026-03-31T09:00:00Z",  # the deadline's very second
    "2026-03-31 17:00:00+08:00",  # and again
    *(LATE := ["2026-03-31T10:00:00.5+01:00", "2026-03-31T17:00:01+08:00"]),
]
RATES = [
    {"date": "2026-03-30", "from": "USD", "to": "CNY", "rate": Decimal("7.1234")},
    {"date": "2026-03-31", "from": "USD", "to": "CNY", "rate": Decimal("7.2")},
    {"date": "2026-04-01", "from": "USD", "to": "CNY", "rate": Decimal("9.9")},
    {"date": "2025-12-31", "from": "EUR", "to": "CNY", "rate": Decimal("8.000001")},
]


class FolderMaker:
    """Draws one round, part by part."""

    def __init__(self, random):
        self.dice = Dice(random)
        self.pool = self.dice.one([*POOLS])
        self.lots = self.dice.one([[], LOTS[:1], LOTS[:2], LOTS[1:]])
        self.listed = bool(self.lots) and self.dice.chance(5)
        self.need = self.listed and self.dice.chance(5)
        self.gaps = self.dice.one([0, 0, 1, 3])
        self.tabular = self.dice.chance(3)  # only what a CSV table can say, too

    def make(self):
        folder = Folder(tender=self.tender(), rates=RATES)
        folder.criteria["criteria"] = self.criteria("")
        if self.listed and self.dice.chance(3):
            folder.tender["lots"][self.lots[-1]]["criteria"] = "criteria-own"
            folder.criteria["criteria-own"] = self.criteria("own-")
        for vendor in self.dice.some(VENDORS, 1, 5):
            twins = [bid for bid in folder.bids.values() if "supersedes" not in bid]
            if twins and self.dice.chance(3):
                folder.bids[vendor] = self.twin(vendor, self.dice.one(twins))
            else:
                folder.bids.update(self.versions(vendor))
        folder.scores = self.scores(folder)
        return folder

    def criteria(self, mark):
        return CriteriaMaker(self.dice, self.pool, lot_need=self.need, mark=mark).make()

    def value(self):
        return self.dice.number_of(POOLS[self.pool])

    def place(self):
        return [number(x) for x in self.dice.one(PLACES)]

    def tender(self):
        tender = {"id": "T-1", "currency": "CNY", "budget": self.price()}
        tender["buyer"] = {"name": "Example", "location": self.place()}
        tender |= self.dice.maybe(7, deadline=lambda: self.dice.one(DEADLINES))
        tender |= self.dice.maybe(3, title=lambda: "Outsourced operations")
        if self.listed:
            tender["lots"] = {lot: self.lot() for lot in self.lots}
        return tender

    def lot(self):
        said = self.dice.maybe(7, budget=self.price)
        if self.need:
            said |= {"need": self.value(), "services": self.dice.some(CERTIFICATES, 1, 3)}
        return said

    def price(self):
        """Positive: a plain number, or money in one of three currencies."""
        amount = self.value()
        amount = amount if amount > 0 else Decimal("0.01")
        if self.dice.chance(7):
            return amount
        return {"amount": amount, "currency": self.dice.one(["CNY", "USD", "EUR"])}

    def revenue(self):
        return self.price() if self.dice.chance(3) else self.value()

    def facts(self, gaps):
        """What a bid or an offer says; of ten facts, `gaps` are left out, and a few null."""
        dice, value, few = self.dice, self.value, int(self.tabular)
        drawn = {
            "a": value,
            "b": value,
            "odd-key": value,
            "finances": lambda: {"revenue": self.revenue()},
            "licence": lambda: not dice.chance(2),
            "checks": lambda: {"iso": dice.chance(6), **dice.maybe(1, other=value)},
            "grade": lambda: dice.one(GRADES),
            "marks": lambda: dice.one([0, 1, 2, Decimal("2.5"), 3]),
            "years": lambda: dice.whole(0, 8),
            "certificates": lambda: [*dice.some(CERTIFICATES, few), *dice.some(CERTIFICATES[:1])],
            "awards": lambda: [dice.one(TIERS) for _ in range(dice.whole(few, 3))],
            "audits": lambda: [value() for _ in range(dice.whole(few, 3))],
            "site": self.place,
            "valid_until": lambda: dice.one(["2026-05-02", "2026-05-01", "2026-04-30"]),
            "price": self.price,
        }
        said = dice.maybe(10 - gaps, **drawn) if gaps else {k: draw() for k, draw in drawn.items()}
        return {k: None if gaps > 1 and dice.chance(1) else v for k, v in said.items()}

    def bid(self, vendor):
        """One vendor's bid, sometimes with offers for some of the lots."""
        about = {"id": vendor, **self.dice.maybe(5, location=self.place)}
        if self.dice.chance(5):
            about["name"] = self.dice.one(["Acme Services", "=cmd()", "[bold]x", "有限公司"])
        bid = {"vendor": about, **self.facts(self.gaps)}
        bid |= self.dice.maybe(8, received=lambda: self.dice.one(ARRIVALS))
        if self.lots and (self.tabular or self.dice.chance(6)):
            chosen = self.dice.some(self.lots, 1)
            bid["offers"] = {lot: self.facts(7) for lot in chosen}
            if self.dice.chance(1):
                bid["offers"][chosen[0]]["withdrawn"] = True
        return bid

    def twin(self, vendor, bid):
        """Another vendor's bid with the same facts, or with another price: a tie to break."""
        said = {key: value for key, value in bid.items() if key != "id"}
        price = self.dice.maybe(3, price=self.price)
        return {**said, **price, "vendor": {**bid["vendor"], "id": vendor}}

    def versions(self, vendor):
        """The vendor's bids by file name: sometimes withdrawn, sometimes replaced (1.2)."""
        bid, luck = self.bid(vendor), self.dice.whole(0, 11)
        if luck == 11:
            return {vendor: {**bid, "withdrawn": True}}
        if luck < 9:
            return {vendor: bid}
        return self.chain(vendor, bid, self.dice.one([2, 2, 3]))

    def chain(self, vendor, bid, length):
        """Versions received one after another; the last may be withdrawn, which revives none."""
        bids = {f"old-{vendor}": {**bid, "id": f"{vendor}-1"}}
        when = ARRIVALS.index(bid.get("received", ARRIVALS[0]))
        for place in range(2, length + 1):
            when = self.dice.whole(when, len(ARRIVALS) - 1)
            ids = {"id": f"{vendor}-{place}", "supersedes": f"{vendor}-{place - 1}"}
            later = {**self.bid(vendor), "vendor": bid["vendor"], **ids}
            bids[f"v{place}-{vendor}"] = {**later, "received": ARRIVALS[when]}
        last = next(reversed(bids.values()))
        if self.dice.chance(3):
            last.pop("id")  # its file's name then
        if ARRIVALS[when] not in LATE and self.dice.chance(2):
            last["withdrawn"] = True
        elif self.dice.chance(1):
            last.pop("received")
        return bids

    def scores(self, folder):
        """A panel's scores: mostly whole, sometimes with gaps, sometimes other in one lot."""
        rows = []
        panel = self.dice.some(EVALUATORS, 1, 3)
        vendors = sorted({bid["vendor"]["id"] for bid in folder.bids.values()})
        gaps = self.dice.one([0, 0, 0, 0, 1, 3])
        for files in folder.criteria.values():
            for id_, scale in panel_ids(files["groups"]):
                cells = [(vendor, evaluator) for vendor in vendors for evaluator in panel]
                rows += [
                    score_row(evaluator, vendor, id_, self.score(scale))
                    for vendor, evaluator in cells
                    if not self.dice.chance(gaps)
                ]
        lots = [] if "criteria-own" in folder.criteria else self.lots
        if self.listed and lots and rows and self.dice.chance(4):
            rows.append({**self.dice.one(rows), "lot": self.dice.one(lots)})
        return rows

    def score(self, scale):
        low, high = scale
        return self.dice.one([high, low, Decimal(low) + Decimal("0.5"), (low + high) // 2])


def score_row(evaluator, vendor, criterion, score):
    return {"evaluator": evaluator, "vendor": vendor, "criterion": criterion, "score": score}


def panel_ids(groups, prefix=""):
    for spec in groups:
        dotted = prefix + spec["id"]
        if "criteria" in spec:
            yield from panel_ids(spec["criteria"], dotted + ".")
        elif spec["score"]["method"] == "panel":
            yield dotted, spec["score"]["scale"]


def folders():
    """Whole rounds."""
    return st.randoms(use_true_random=False).map(lambda random: FolderMaker(random).make())
