"""The whole evaluation, a second time: plain Python on `fractions.Fraction`.

`evaluate` gives the JSON result of section 4 with every number as a fraction, reasons as
(kind, id) and set_aside as (vendor, bid, rule). It is written to be read beside the contract.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from .reference_criteria import check_leaf_type, check_test_type, grow, meets, scoring
from .reference_decisions import Rulings, check_decisions, check_idle
from .reference_facts import (
    ContractError,
    Facts,
    exact,
    lots_of,
    offer_for,
    sort_bids,
    withdrawn_from,
)
from .reference_points import aggregate, check_score
from .reference_sheet import Sheet


def evaluate(folder, until=None):
    """The result of a folder, or `ContractError` where the contract says error."""
    for bid in folder.bids.values():
        exact(bid)  # every number and every time of day is checked, read or not
    live, aside = sort_bids(folder)
    lots = lots_of(folder)
    sets = {lot: facts.get("criteria", "criteria") for lot, facts in lots.items()}
    plans = {name: Plan.of(folder.criteria[name]) for name in sets.values()}
    contests = [
        Contest.of(folder, lot, facts, plans[sets[lot]], live) for lot, facts in lots.items()
    ]
    if not folder.bids:
        raise ContractError("no-bids")
    check_prices(folder)
    vendors = {bid["vendor"]["id"] for bid in folder.bids.values()}
    check_scores(folder.scores, contests, vendors)
    check_decisions(folder.decisions, contests, vendors)
    for contest in contests:
        contest.check_scoring()
        contest.check_types()
    head = {key: folder.tender.get(key) for key in ("id", "title", "currency")}
    results = [contest.result(aside, until) for contest in contests]
    check_idle(folder.decisions, contests)
    warnings = {code for contest in contests for code in contest.warnings}
    return {"tender": head, "lots": results, "warnings": warnings}


def exit_code(result, folder):
    """0, or 3 where a shortlist is empty or a lot that has one place ends in a tie (section 5)."""
    return 3 if any(is_open(lot, folder) for lot in result["lots"]) else 0


def is_open(lot, folder):
    facts = (folder.tender.get("lots") or {}).get(lot["id"]) or {}
    plan = Plan.of(folder.criteria[facts.get("criteria", "criteria")])
    places = (plan.rounds[-1].get("advance") or {}).get("at_most")
    return not lot["shortlist"] or (bool(lot["tie"]) and places == 1)


def check_prices(folder):
    """Prices are positive, overridden or not (rule 5)."""
    said = [bid.get("price") for bid in folder.bids.values()]
    offers = [offer for bid in folder.bids.values() for offer in (bid.get("offers") or {}).values()]
    for price in [*said, *(offer.get("price") for offer in offers)]:
        check_price(price)


def check_price(price):
    amount = price["amount"] if isinstance(price, dict) else price
    if amount is not None and (isinstance(amount, str) or amount <= 0):
        raise ContractError(f"price: {amount}")


def check_scores(rows, contests, vendors):
    """Off the scale, repeated, or for an unknown vendor or criterion: an error (1.6)."""
    keys = [(r["evaluator"], r["vendor"], r["criterion"], r.get("lot")) for r in rows]
    if len(set(keys)) < len(keys):
        raise ContractError("score: repeated")
    for row in rows:
        scales = [
            scoring(leaf.spec, contest.any_facts())["scale"]
            for contest in contests
            if row.get("lot") in (None, contest.lot)
            for leaf in contest.plan.panel_leaves(row["criterion"])
        ]
        if row["vendor"] not in vendors or not scales:
            raise ContractError("score: unknown vendor or criterion")
        if any(not low <= Fraction(row["score"]) <= high for low, high in scales):
            raise ContractError("score: off the scale")


@dataclass(frozen=True)
class Plan:
    """A criteria folder: method.yaml with its defaults filled in (1.8)."""

    requirements: dict
    rounds: tuple
    trees: dict  # round id -> its groups as nodes
    minimum_bids: int
    digits: dict

    @classmethod
    def of(cls, files):
        method, groups = files.get("method") or {}, files["groups"]
        requirements = method.get("requirements") or {}
        everything = {"id": "all", "requirements": [*requirements]}
        everything["criteria"] = [group["id"] for group in groups]
        rounds = method.get("rounds") or [everything]
        defaults = {"criterion": 2, "total": 2, "contribution": "none"}
        digits = {**defaults, **(method.get("rounding") or {})}
        by_id = {group["id"]: group for group in groups}
        ties = method.get("tie_break") or []
        relative = method.get("weights") == "relative"
        trees = {
            r["id"]: grow([by_id[id_] for id_ in ids], relative)
            if (ids := r.get("criteria"))
            else ()
            for r in rounds
        }
        rounds = tuple({"tie_break": ties, **r} for r in rounds)
        return cls(requirements, rounds, trees, method.get("minimum_bids", 1), digits)

    def round(self, number, what):
        """Half up to the declared decimals; `none` keeps all (rule 2)."""
        digits = self.digits[what]
        if digits == "none":
            return number
        return Fraction((2 * number * 10**digits + 1) // 2, 10**digits)

    def leaves(self, round_):
        return [leaf for group in self.trees[round_["id"]] for leaf in group.leaves()]

    def panel_leaves(self, criterion):
        every = [leaf for round_ in self.rounds for leaf in self.leaves(round_)]
        return [leaf for leaf in every if leaf.panel and leaf.id == criterion]


@dataclass
class Contest:
    """One lot: its offers, its scores, and what the rounds so far have made of them."""

    lot: str
    plan: Plan
    offers: dict  # vendor -> Facts
    names: dict
    scores: dict  # (vendor, criterion) -> the evaluators' scores
    facts: dict
    tender: dict
    withdrawn: list
    rates: list
    places: dict = field(default_factory=dict)  # node id -> vendor -> rounded points, latest round
    totals: dict = field(default_factory=dict)  # round id -> vendor -> published total
    rulings: Rulings = None
    price_is_open: bool = False
    waiting: set = field(default_factory=set)
    warnings: set = field(default_factory=set)

    @classmethod
    def of(cls, folder, lot, facts, plan, live):
        tender, rates = exact(folder.tender), exact(folder.rates)
        offers, withdrawn, rulings = {}, [], Rulings(folder.decisions, lot)
        for vendor, bid in live.items():
            offer = offer_for(bid, lot)
            if offer is not None and withdrawn_from(bid, lot):
                withdrawn.append((vendor, bid_id(folder, bid), "withdrawn"))
            elif offer is not None:
                corrected = rulings.corrected(vendor, offer)
                check_price(corrected.get("price"))
                offers[vendor] = Facts(corrected, facts, tender, rates)
        names = {vendor: bid["vendor"].get("name") or vendor for vendor, bid in live.items()}
        scores = scores_for(folder.scores, lot)
        told = (lot, plan, offers, names, scores, facts, tender, withdrawn, rates)
        return cls(*told, rulings=rulings)

    def any_facts(self):
        return Facts({}, self.facts, self.tender, self.rates)

    def check_scoring(self):
        """Parameters are in order, whatever the bids say (1.5)."""
        for round_ in self.plan.rounds:
            for leaf in self.plan.leaves(round_):
                check_score(scoring(leaf.spec, self.any_facts()))

    def check_types(self):
        for vendor, facts in self.offers.items():
            for id_, test in self.plan.requirements.items():
                if not self.always_waived(id_, vendor):
                    check_test_type(test, facts)
            for round_ in self.plan.rounds:
                for leaf in self.plan.leaves(round_):
                    check_leaf_type(leaf, facts)
                    for spec in leaf.above:
                        check_test_type(spec.get("only_if", {"expr": "true"}), facts)

    def always_waived(self, id_, vendor):
        rounds = [r for r in self.plan.rounds if id_ in (r.get("requirements") or [])]
        return bool(rounds) and all(self.rulings.waives(vendor, id_, r) for r in rounds)

    def result(self, aside, until):
        """Section 2's order, round by round, with the bids that reached each."""
        rounds, pending, reached = [], [], sorted(self.offers)
        for number, round_ in enumerate(self.plan.rounds):
            self.rulings.begin(round_, reached)
            failed = {vendor: self.failures(round_, vendor, number == 0) for vendor in reached}
            met = [vendor for vendor in reached if not failed[vendor]]
            if number == 0 and len(met) < self.plan.minimum_bids:
                rounds.append(self.listed(round_, failed, self.too_few(met)))
                self.wait(met, 1)
                reached = []
                break
            if self.waits(round_, met):
                pending = [later["id"] for later in self.plan.rounds[number:]]
                self.wait(reached, number)
                reached = reached if number else []
                break
            rows = self.score(round_, met)
            rounds.append(self.listed(round_, failed, rows))
            reached = [v for v in met if rows[v]["outcome"] == "advanced"]
            if len(reached) > (round_.get("advance") or {}).get("at_most", len(reached)):
                self.warnings.add("tie-at-cut")
            if round_["id"] == until:
                self.wait(reached, number + 1)
                break
        ended = not pending and not until and len(rounds) == len(self.plan.rounds)
        return self.outcome(rounds, reached, pending, aside, ended)

    def outcome(self, rounds, shortlist, pending, aside, ended):
        """Shortlist in rank order; the winner or the tie only where the last round has run."""
        rows = {row["vendor"]: row for row in rounds[-1]["bids"]} if rounds else {}
        shortlist = sorted(shortlist, key=lambda v: (rows[v]["rank"] or 0, v))
        first = [v for v in shortlist if rows[v]["rank"] == 1] if ended else []
        named = [
            (bid["vendor"]["id"], id_, rule)
            for id_, bid, rule in aside
            if not bid.get("offers") or self.lot in bid["offers"]
        ]
        return {
            "id": self.lot,
            "rounds": rounds,
            "shortlist": shortlist,
            "pending": pending,
            "winner": first[0] if len(first) == 1 else None,
            "tie": first if len(first) > 1 else [],
            "set_aside": sorted([*named, *self.withdrawn]),
        }

    def wait(self, alive, number):
        """The lot ends before its rounds do: what is decided on those may still act."""
        left = self.plan.rounds[number:]
        for decision in self.rulings.rows:
            if self.rulings.may_act(decision, alive, left, self):
                self.waiting.add(decision["reason"])

    def failures(self, round_, vendor, first):
        """Every requirement of the round that the bid does not meet, and who decided so."""
        listed = dict.fromkeys(round_.get("requirements") or [])
        failed = [("requirement", id_) for id_ in listed if not self.met(id_, vendor, round_)]
        if self.rulings.eliminates(vendor, round_, first=first):
            failed.append(("rule", "eliminate"))
        return failed

    def met(self, id_, vendor, round_):
        """Whether the bid meets a requirement; one that is waived is not looked at."""
        test, facts = self.plan.requirements[id_], self.offers[vendor]
        waiver = self.rulings.waives(vendor, id_, round_)
        if waiver is None:
            return meets(test, facts)
        if not quietly_meets(test, facts):
            self.rulings.note(waiver, round_, vendor)
        return True

    def too_few(self, met):
        return {v: row("not_advanced", [("rule", "minimum_bids")]) for v in met}

    def listed(self, round_, failed, rows):
        """The round's rows by rank, then by vendor id, the unranked last."""
        out = {vendor: row("eliminated", reasons) for vendor, reasons in failed.items() if reasons}
        touched = self.rulings.touched
        named = [
            {
                "vendor": v,
                "name": self.names[v],
                "decisions": touched.get((round_["id"], v), []),
                **r,
            }
            for v, r in {**out, **rows}.items()
        ]
        named.sort(key=lambda r: (r["rank"] is None, r["rank"] or 0, r["vendor"]))
        return {"id": round_["id"], "bids": named}

    def waits(self, round_, met):
        """Whether the round is pending (1.6): scores are due where a leaf's `only_if` holds."""
        panel = [leaf for leaf in self.plan.leaves(round_) if leaf.panel]
        due = [(leaf, v) for leaf in panel for v in met if leaf.applies(self.offers[v])]
        lacking = [leaf for leaf, v in due if not self.is_scored(v, leaf)]
        none_at_all = bool(due) and len(lacking) == len(due)
        return none_at_all or any("missing" not in leaf.spec for leaf in lacking)

    def is_scored(self, vendor, leaf):
        return self.panel_value(vendor, leaf) is not None

    def panel_value(self, vendor, leaf):
        """What the panel agreed on, else what its scores come to."""
        agreed = self.rulings.consensus(vendor, leaf.id)
        scores = self.scores.get((vendor, leaf.id))
        if agreed is not None or not scores:
            return agreed
        return aggregate(scores, scoring(leaf.spec, self.offers[vendor]))

    def score(self, round_, met):
        """The round's rows of the bids that meet its requirements."""
        if not round_.get("criteria"):
            return {v: row("advanced", []) for v in met}
        sheet = Sheet(self, round_, met)
        self.rulings.agreed(round_, sheet)
        self.remember(round_, sheet)
        ranks = self.ranks(round_, [v for v in met if not sheet.out[v]])
        return {v: self.scored_row(round_, sheet, v, ranks.get(v)) for v in met}

    def remember(self, round_, sheet):
        """What later rounds carry and what ties are broken by."""
        for node in sheet.nodes:
            self.places[node.id] = {v: sheet.shown(node, v) for v in sheet.met}
        leaves = self.plan.leaves(round_)
        self.price_is_open |= any(leaf.spec.get("fact") == "price" for leaf in leaves)
        self.totals[round_["id"]] = {v: self.total(round_, sheet, v) for v in sheet.met}

    def total(self, round_, sheet, vendor):
        """Own total x (100 - c) / 100 + earlier published totals x percent / 100 (rule 2)."""
        own = sum((sheet.contribution(node, vendor) for node in sheet.groups), Fraction(0))
        carry = {id_: Fraction(p) for id_, p in (round_.get("carry_over") or {}).items()}
        carried = sum((self.totals[id_][vendor] * p for id_, p in carry.items()), Fraction(0))
        return self.plan.round((own * (100 - sum(carry.values())) + carried) / 100, "total")

    def ranks(self, round_, standing):
        """Standard competition ranks after tie-breaks: 1, 2, 2, 4 (rule 4)."""
        keys = {v: self.standing_key(round_, v) for v in standing}
        ranks = {v: 1 + sum(other < keys[v] for other in keys.values()) for v in standing}
        return self.rulings.break_ties(round_, ranks)

    def standing_key(self, round_, vendor):
        key = [-self.totals[round_["id"]][vendor]]
        for entry in round_["tie_break"]:
            if entry == "price" and self.price_is_open:
                price = self.offers[vendor].value("bid", "price")
                key += [price is None, price or 0]
            elif entry != "price" and entry in self.places:
                key.append(-self.places[entry][vendor])
        return key

    def scored_row(self, round_, sheet, vendor, rank):
        total = self.totals[round_["id"]][vendor]
        carried = {id_: self.totals[id_][vendor] for id_ in round_.get("carry_over") or {}}
        found = row("eliminated", [("criterion", id_) for id_ in sheet.out[vendor]])
        if rank is not None:
            advance = round_.get("advance") or {}
            minimum, places = Fraction(advance.get("minimum", 0)), advance.get("at_most", rank)
            goes_on = total >= minimum and rank <= places
            found = row("advanced", []) if goes_on else row("not_advanced", [("rule", "advance")])
        criteria = [sheet.entry(node, vendor) for node in sheet.nodes]
        return {**found, "total": total, "rank": rank, "carried": carried, "criteria": criteria}


def quietly_meets(test, facts):
    """Whether a waived requirement would be met; a fact that it cannot judge does not meet it."""
    try:
        check_test_type(test, facts)
        return meets(test, facts)
    except (ContractError, TypeError):
        return False


def row(outcome, reasons):
    empty = {"total": None, "rank": None, "carried": {}, "criteria": []}
    return {"outcome": outcome, "reasons": reasons, **empty}


def bid_id(folder, bid):
    return next(b.get("id", stem) for stem, b in folder.bids.items() if b is bid)


def scores_for(rows, lot):
    """(vendor, criterion) -> scores; a lot's own replace an evaluator's general one (1.6)."""
    latest = {}
    for row_ in sorted(rows, key=lambda r: r.get("lot") is not None):
        if row_.get("lot") in (None, lot):
            latest[row_["vendor"], row_["criterion"], row_["evaluator"]] = Fraction(row_["score"])
    gathered = {}
    for (vendor, criterion, _), score in latest.items():
        gathered.setdefault((vendor, criterion), []).append(score)
    return gathered


__all__ = ["ContractError", "evaluate", "exit_code"]
