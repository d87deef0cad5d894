"""Random criteria sets: leaves of every method, trees, requirements, rounds.

Every criterion reads the few facts of `FACTS`, and all its numbers come from one pool, so
that values meet thresholds, each other and rounding halves far more often than by chance.
"""

from decimal import Decimal

POOLS = {
    "thirds": [1, 2, 3, 6, 7, 9, 11],
    "tenths": ["0.1", "0.2", "0.3", "0.4", "0.7", "0.8", "1.1"],
    "eighths": ["0.125", "0.25", "0.375", "0.5", "0.625", "0.875", 1],
    "halves": ["12.345", "33.335", "50.005", "50.015", "66.665", "66.675", 100],
    "close": [f"999999999999.{cents}" for cents in ("00", "01", "25", "50", "98", "99")],
    "long": [f"1234567890.12345678901234567890123{digit}" for digit in range(1, 10, 2)],
    "tiny": ["1e-30", "2e-30", "3e-30", "1e-15", "0.5"],
    "huge": ["999999999999999999999999999999", "5e29", "1e29", "123456789012345678901234567890"],
    "equal": [5, "5.0", "5.00"],
    "zero": [1, 0, 2, 4],
    "below": [1, "0.5", 0, "-0.5", -1, -3, "2.25"],
    # What a machine word holds, and a little more.
    "words": [2**31, 3_037_000_500, 2**53 + 1, 2**62 - 1, 2**62, 2**63, "46116860184273879.04"],
    "mixed": [1, "0.001", "1000000.5", 3, "1e12", "1e-12", "33.333333333333333333"],
    "money": [1_000_000, 1_100_000, 1_200_000, "1099999.99", 950_000],
}

NUMBER_FACTS = ["a", "b", "finances.revenue", "odd-key", "price"]
YES_FACTS = ["licence", "checks.iso"]
GRADES = ["AA", "A", "NO", "B"]
CERTIFICATES = ["ISO9001", "ISO27001", "SOC2", "ISO14001"]
TIERS = ["provincial", "city"]
PLACES = [
    ["22.54", "114.06"],
    ["23.13", "113.26"],
    [0, 0],
    [0, 180],
    ["-33.9", "18.4"],
    ["23.13", "113.2601"],
]
SHARES = [50, 0, "12.5", 20, "33.33", 60, "66.67", "87.5", "99.99", 100]
LOW_BARS = [0, "0.01", 10, "12.5", 20, "33.33", 50, 60]
SPLITS = {
    1: [["100"], ["100.0"]],
    2: [["50", "50"], ["40", "60"], ["33.33", "66.67"], ["12.5", "87.5"], ["0", "100"]],
    3: [["30", "30", "40"], ["33.33", "33.33", "33.34"], ["99.98", "0.01", "0.01"]],
}
LOOSE_WEIGHTS = [1, 2, 3, 7, "0.1", 100]


def number(value):
    """A number as the files have it: an integer, or exact decimal text."""
    return value if isinstance(value, int) else Decimal(value)


class Dice:
    """Random choices; Hypothesis makes them, and shrinks towards the first of each."""

    def __init__(self, random):
        self.random = random

    def one(self, options):
        return options[self.random.randint(0, len(options) - 1)]

    def whole(self, low, high):
        return self.random.randint(low, high)

    def chance(self, of_ten):
        """True `of_ten` times in ten; the simpler outcome is False."""
        return self.random.randint(1, 10) > 10 - of_ten

    def some(self, options, least=0, most=None):
        """Several of the options in a random order, none twice."""
        left = list(options)
        count = self.whole(least, len(left) if most is None else min(most, len(left)))
        return [left.pop(self.whole(0, len(left) - 1)) for _ in range(count)]

    def number_of(self, texts):
        return number(self.one(texts))

    def maybe(self, of_ten, **options):
        """Each option `of_ten` times in ten; a callable is drawn only then."""
        return {key: value() for key, value in options.items() if self.chance(of_ten)}


class Language:
    """Random expressions over the facts, as text."""

    def __init__(self, dice, pool):
        self.dice, self.pool = dice, POOLS[pool]
        self.paths = ['bid["odd-key"]' if f == "odd-key" else f"bid.{f}" for f in NUMBER_FACTS]
        self.paths += ["lot.need"]

    def simple(self):
        if self.dice.chance(3):
            return f"{Decimal(self.dice.number_of(self.pool)):f}"
        return self.dice.one(self.paths)

    def number(self, depth=2):
        if depth == 0:
            return self.simple()
        one, two = self.number(depth - 1), self.number(depth - 1)
        forms = [
            lambda: one,
            lambda: f"({one} {self.dice.one('+-*/')} {two})",
            lambda: f"({one} {self.dice.one('/-')} {two})",
            lambda: f"{self.dice.one(['min', 'max'])}({one}, {two})",
            lambda: self.over_a_list(one, two),
            lambda: f"round({one}, {self.dice.whole(0, 3)})",
            lambda: f"abs({one} - {two})",
            lambda: f"({one} if {self.yes(depth - 1)} else {two})",
        ]
        return self.dice.one(forms)()

    def over_a_list(self, one, two):
        listed = self.dice.one(["bid.audits", "[]", f"[{one}, 0.1, 0.2]", f"[{one}, {two}]"])
        return f"{self.dice.one(['sum', 'mean', 'min', 'len', 'max'])}({listed})"

    def yes(self, depth=2):
        shape = self.dice.whole(0, 6) if depth else 0
        if shape <= 1:
            return self.simple_yes()
        if shape <= 3:
            return self.compared(depth - 1)
        if shape == 4:
            return f"not ({self.yes(depth - 1)})"
        return f"({self.yes(depth - 1)} {self.dice.one(['and', 'or'])} {self.yes(depth - 1)})"

    def simple_yes(self):
        simple = ["true", *(f"bid.{fact}" for fact in YES_FACTS), "has(bid.a)", "has(bid.gone.far)"]
        simple += ["bid.grade in ['AA', 'NO']", "bid.grade not in ['A']", "bid.grade != 'A'"]
        simple += [
            "bid.valid_until >= '2026-05-01'",
            "0.1 + 0.2 <= 0.3",
            "'SOC2' in bid.certificates",
        ]
        return self.dice.one(simple)

    def compared(self, depth):
        signs = ["<=", "<", ">", ">=", "==", "!="]
        chain = f"{self.number(depth)} {self.dice.one(signs)} {self.number(depth)}"
        return f"{chain} {self.dice.one(signs)} {self.simple()}" if self.dice.chance(2) else chain


class CriteriaMaker:
    """Draws the parts of one criteria folder."""

    def __init__(self, dice, pool, *, lot_need, mark):
        self.dice, self.lot_need, self.mark = dice, lot_need, mark
        self.pool = POOLS[pool]
        self.language = Language(dice, pool)
        self.loose = dice.chance(2)
        self.panel = False

    def value(self):
        return self.dice.number_of(self.pool)

    def share(self):
        return self.dice.number_of(SHARES)

    def test(self):
        """One requirement, on a fact of the right type and rather met than not."""
        dice, fact = self.dice, self.dice.one(NUMBER_FACTS)
        tests = [
            lambda: {"fact": dice.one(YES_FACTS), "is": dice.chance(8)},
            lambda: {"fact": fact, "is": self.value()},
            lambda: {"fact": fact, "at_least": self.value()},
            lambda: {"fact": fact, "at_most": self.value()},
            lambda: {"fact": "price", "at_most": "lot.budget"},
            lambda: {"fact": fact, dice.one(["at_least", "at_most"]): "lot.need"},
            lambda: {"fact": "received", "at_most": "tender.deadline"},
            lambda: {"fact": "valid_until", "at_least": dice.one(["2026-05-01", "2026-05-02"])},
            lambda: {"fact": "grade", "one_of": ["AA", "NO"]},
            lambda: {"fact": "grade", "matches": dice.one(["[A-Z]*", "A+", "(?:AA|NO)", "A"])},
            lambda: {"fact": "certificates", "includes": dice.one([["SOC2"], "lot.services"])},
            lambda: {"fact": dice.one(["a", "grade"]), "present": dice.chance(7)},
            lambda: {"expr": self.language.yes()},
            lambda: {"expr": "bid.price <= lot.budget"},
        ]
        return dice.one(tests)()

    def leaf(self):
        """What a leaf reads and how it is scored."""
        shape = self.dice.whole(0, 8)
        if self.panel and shape <= 2:
            how = [{}, {"aggregate": "median"}, {"aggregate": "trimmed_mean"}]
            how += [{"aggregate": "trimmed_mean", "drop": n} for n in (2, 0)]
            scale = self.dice.one([[0, 5], [1, 4], [0, 3]])
            return {"score": {"method": "panel", "scale": scale, **self.dice.one(how)}}
        if shape <= 4:
            return {"fact": self.dice.one(NUMBER_FACTS), "score": self.number_score()}
        if shape == 5:
            return {"expr": self.language.number(), "score": self.number_score()}
        return self.other_leaf()

    def number_score(self):
        """A method that takes a number, with options from the pool."""
        methods = [self.linear, self.interpolate, self.bands, self.lookup, self.ratio]
        methods += [self.min_max, self.excess, self.deviation, self.ratio, self.deviation_from]
        methods += [self.relative_to_mean, self.bilinear]
        return self.dice.one(methods)()

    def distinct(self, least, most):
        found = self.dice.some([*self.pool, 0, 100], least + 1, most + 1)
        return list({Decimal(value): number(value) for value in found}.values())

    def linear(self):
        worst, best, *_ = [*self.distinct(1, 1), 101, 102]
        if self.lot_need and self.dice.chance(1):
            return {"method": "linear", "worst": Decimal("101.5"), "best": "lot.need"}
        return {"method": "linear", "worst": worst, "best": best}

    def interpolate(self):
        rising = sorted(self.distinct(1, 3))
        return {"method": "interpolate", "through": [[x, self.share()] for x in rising]}

    def bands(self):
        edges = ["at_least", "at_most"]
        bands = [
            {self.dice.one(edges): self.value(), "points": self.share()}
            for _ in range(self.dice.whole(1, 3))
        ]
        return {"method": "bands", "bands": bands, **self.dice.maybe(5, otherwise=self.share)}

    def lookup(self):
        points = {value: self.share() for value in self.distinct(1, 3)}
        return {"method": "lookup", "points": points, "otherwise": self.share()}

    def better(self):
        return self.dice.one(["low", "high"])

    def ratio(self):
        return {"method": "ratio_to_best", "better": self.better()}

    def min_max(self):
        return {"method": "min_max", "better": self.better()}

    def rate(self):
        return self.dice.one([1, 2, Decimal("0.5"), Decimal("0.3")])

    def excess(self):
        return {"method": "excess_over_best", **self.dice.maybe(5, slope=self.rate)}

    def relative_to_mean(self):
        options = self.dice.maybe(5, slope=self.rate, at_mean=self.share)
        return {"method": "relative_to_mean", **options}

    def bilinear(self):
        return {"method": "bilinear", "at_mean": self.share()}

    def deviation(self):
        source = self.dice.one(["mean", "median", "lowest"])
        drop = self.dice.maybe(3, drop_extremes=lambda: self.dice.whole(0, 2))
        rates = self.dice.maybe(5, above=self.rate, below=self.rate)
        return {"method": "deviation", "from": source, **rates, **drop}

    def deviation_from(self):
        return {
            "method": "deviation",
            "from": max(self.value(), Decimal("0.5")),
            **self.dice.maybe(5, above=self.rate),
        }

    def other_leaf(self):
        """The methods that take no plain number."""
        dice = self.dice
        shapes = [self.yes_no, self.grades, self.marks, self.per_item, self.tiers]
        shapes += [self.coverage, self.coverage, self.distance, self.yes_lookup]
        return dice.one(shapes)()

    def yes_no(self):
        score = {"method": "yes_no", **self.dice.maybe(3, yes=self.share, no=self.share)}
        if self.dice.chance(5):
            return {"expr": self.language.yes(), "score": score}
        return {"fact": self.dice.one(YES_FACTS), "score": score}

    def grades(self):
        points = {grade: self.share() for grade in GRADES}
        return {"fact": "grade", "score": {"method": "lookup", "points": points}}

    def yes_lookup(self):
        score = {"method": "lookup", "points": {True: self.share()}, "otherwise": self.share()}
        return {"fact": "licence", "score": score}

    def marks(self):
        return {
            "fact": "marks",
            "score": {"method": "points", "out_of": self.dice.one([10, 3, 7, 8])},
        }

    def per_item(self):
        score = {"method": "per_item", "each": self.dice.one([15, Decimal("33.33"), 100])}
        score |= self.dice.maybe(3, most=self.share)
        return {"fact": self.dice.one(["certificates", "years"]), "score": score}

    def tiers(self):
        tiers = {tier: self.share() for tier in TIERS}
        return {"fact": "awards", "score": {"method": "per_item", "tiers": tiers}}

    def coverage(self):
        wanted = self.dice.some(CERTIFICATES, 1)
        forms = [wanted, [*wanted, wanted[0]], {item: self.dice.whole(1, 3) for item in wanted}]
        of = self.dice.one([*forms, *(["lot.services"] if self.lot_need else [])])
        return {"fact": "certificates", "score": {"method": "coverage", "of": of}}

    def distance(self):
        place = [number(x) for x in self.dice.one(PLACES)]
        score = {
            "method": "distance",
            "from": self.dice.one([place, "tender.buyer.location"]),
            "best": self.dice.one([0, 10, Decimal("0.0005")]),
            "worst": self.dice.one([3000, 12, Decimal("20015.114")]),
        }
        return {"fact": self.dice.one(["site", "vendor.location"]), "score": score}

    def tree(self, prefix, depth):
        """Sibling criteria with weights, minimums, conditions and missing rules."""
        count = self.dice.one([1, 2, 2, 3])
        weights = [self.dice.one(LOOSE_WEIGHTS) for _ in range(count)]
        weights = weights if self.loose else self.dice.one(SPLITS[count])
        return [
            self.branch({"id": f"{prefix}{place}", "weight": number(weight)}, depth)
            for place, weight in enumerate(weights)
        ]

    def branch(self, spec, depth):
        if self.dice.chance(1):
            spec["minimum"] = self.dice.number_of(LOW_BARS)
        if self.dice.chance(1):
            spec["only_if"] = self.test()
        if depth == 2 or (depth == 1 and self.dice.chance(3)):
            return {**spec, "criteria": self.tree("c", depth - 1)}
        rules = {"missing": self.dice.one(["zero", "zero", "eliminate", "eliminate", "error"])}
        return {**spec, **self.leaf(), **(rules if self.dice.chance(3) else {})}

    def make(self):
        """The folder's groups and its method."""
        count = self.dice.one([1, 1, 2, 2, 3])
        asked = {f"q{n}": self.test() for n in range(self.dice.one([0, 0, 0, 1, 1, 2, 3]))}
        groups, rounds = [], []
        for place in range(count):
            self.panel = place > 0 or self.dice.chance(2)
            own = self.tree(f"{self.mark}g{place}-", 2)
            groups += own
            rounds.append({"id": f"r{place}", "criteria": [group["id"] for group in own]})
        for place in range(count):
            self.round_rules(place, rounds, list(asked), groups)
        used = {id_ for round_ in rounds for id_ in round_.get("criteria", [])}
        groups = [group for group in groups if group["id"] in used]
        keeps_rounds = count > 1 or "criteria" not in rounds[0] or self.dice.chance(7)
        method = self.method(asked, groups, rounds if keeps_rounds else [])
        return {"method": method or None, "groups": groups}

    def method(self, asked, groups, rounds):
        def digits():
            return self.dice.one([2, 0, 1, 3, "none"])

        rounding = self.dice.maybe(4, criterion=digits, total=digits, contribution=digits)
        fewest = self.dice.maybe(1, minimum_bids=lambda: self.dice.whole(1, 3))
        method = {
            "weights": "relative" if self.loose else None,
            "rounding": rounding,
            "tie_break": self.tie_break(groups) if self.dice.chance(6) else [],
            "requirements": asked,
            **fewest,
            "rounds": rounds,
        }
        return {key: value for key, value in method.items() if value}

    def tie_break(self, groups):
        return self.dice.some(["price", *ids_under(groups)], 0, 2)

    def round_rules(self, place, rounds, asked, groups):
        """Fills in what a round asks, carries and lets go on."""
        round_, dice = rounds[place], self.dice
        if mine := [id_ for n, id_ in enumerate(asked) if n % len(rounds) == place]:
            round_["requirements"] = mine
            if dice.chance(1):
                del round_["criteria"]
                return
        if place and dice.chance(2):
            round_["criteria"] = list(rounds[place - 1].get("criteria", round_["criteria"]))
        scored = [earlier["id"] for earlier in rounds[:place] if "criteria" in earlier]
        shares = dice.one([[], [60], [100], ["33.33", 20], [0, 50]])
        if carried := dict(zip(scored, map(number, shares), strict=False)):
            round_["carry_over"] = carried
        places = dice.maybe(4, at_most=lambda: dice.whole(1, 3))
        if advance := {**places, **dice.maybe(2, minimum=lambda: dice.number_of(LOW_BARS))}:
            round_["advance"] = advance
        if dice.chance(2):
            known = {id_ for r in rounds[: place + 1] for id_ in r.get("criteria", [])}
            round_["tie_break"] = self.tie_break([g for g in groups if g["id"] in known])


def ids_under(groups, prefix=""):
    """Every dotted id of some groups."""
    for spec in groups:
        yield prefix + spec["id"]
        yield from ids_under(spec.get("criteria", []), f"{prefix}{spec['id']}.")
