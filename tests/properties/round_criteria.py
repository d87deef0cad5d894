"""Strategies for criteria sets: leaves of every method, trees, requirements, rounds.

Every criterion reads the few facts of `FACTS`, and all its numbers come from one pool, so
that values meet thresholds, each other and rounding halves far more often than by chance.
"""

from decimal import Decimal

from hypothesis import strategies as st

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
    "zero": [0, 1, 2, 4],
    "money": [1_000_000, 1_100_000, 1_200_000, "1099999.99", 950_000],
}

FACTS = {
    "number": ["a", "b", "finances.revenue", "odd-key"],
    "boolean": ["licence", "checks.iso"],
    "text": ["grade"],
}
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
SHARES = [0, "0.01", "12.5", 20, "33.33", 50, 60, "66.67", "87.5", "99.99", 100]
SPLITS = {
    1: [["100"], ["100.0"]],
    2: [["50", "50"], ["40", "60"], ["33.33", "66.67"], ["12.5", "87.5"], ["0", "100"]],
    3: [["30", "30", "40"], ["33.33", "33.33", "33.34"], ["99.98", "0.01", "0.01"]],
}
LOOSE_WEIGHTS = [1, 2, 3, 7, "0.1", 100]


def number(value):
    """A number as the files have it: an integer, or exact decimal text."""
    return value if isinstance(value, int) else Decimal(value)


def numbers(pool):
    return st.sampled_from([number(value) for value in POOLS[pool]])


def percents():
    return st.sampled_from([number(value) for value in SHARES])


def places():
    return st.sampled_from([[number(x) for x in place] for place in PLACES])


def maybe(strategy, chance=3):
    """The strategy's value, or None `chance` times as often."""
    return st.integers(0, chance).flatmap(lambda n: strategy if n == chance else st.none())


def with_options(required, **optional):
    """A mapping with some of the optional keys."""
    return st.fixed_dictionaries(required, optional=optional)


class Language:
    """Random expressions over the facts, as text."""

    def __init__(self, pool, *, lot_need):
        paths = [
            'bid["odd-key"]' if path == "odd-key" else f"bid.{path}" for path in FACTS["number"]
        ]
        lot_paths = ["lot.need"] if lot_need else []
        literals = numbers(pool).map(lambda value: format(Decimal(value), "f"))
        self.paths = st.sampled_from([*paths, *lot_paths, "bid.price"])
        self.simple = st.one_of(self.paths, self.paths, literals)
        self.yes_facts = st.sampled_from([f"bid.{path}" for path in FACTS["boolean"]])
        self.lists = st.sampled_from(["bid.audits", "[]", "[bid.a, bid.b]", "[0.1, 0.2, bid.a]"])

    def number(self, depth=2):
        if depth == 0:
            return self.simple
        one = self.number(depth - 1)
        return st.one_of(
            one,
            st.builds("({} {} {})".format, one, st.sampled_from("+-*//"), one),
            st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), one, one),
            st.builds("{}({})".format, st.sampled_from(["sum", "mean", "min", "len"]), self.lists),
            st.builds("round({}, {})".format, one, st.integers(0, 3)),
            st.builds("abs({} - {})".format, one, one),
            st.builds("({} if {} else {})".format, one, self.yes(depth - 1), one),
        )

    def yes(self, depth=2):
        simple = st.one_of(
            self.yes_facts,
            st.builds("has({})".format, st.sampled_from(["bid.a", "bid.grade", "bid.gone.far"])),
            st.builds("bid.grade {} ['AA', 'NO']".format, st.sampled_from(["in", "not in"])),
            st.builds("bid.grade {} 'A'".format, st.sampled_from(["==", "!="])),
            st.sampled_from(["true", "false", "bid.valid_until >= '2026-05-01'"]),
            self.compared(0),
        )
        if depth == 0:
            return simple
        one = self.yes(depth - 1)
        return st.one_of(
            simple,
            self.compared(depth - 1),
            st.builds("({} {} {})".format, one, st.sampled_from(["and", "or"]), one),
            st.builds("not ({})".format, one),
        )

    def compared(self, depth):
        sign = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
        one = self.number(depth)
        return st.one_of(
            st.builds("{} {} {}".format, one, sign, one),
            st.builds("{} {} {} {} {}".format, one, sign, self.simple, sign, one),
        )


def tests(pool, language):
    """One requirement: every kind of test, on a fact of the right type."""
    number_fact = st.sampled_from([*FACTS["number"], "price"])
    edge = st.sampled_from(["at_least", "at_most"])
    day = st.sampled_from(["2026-05-01", "2026-05-02"])
    return st.one_of(
        st.builds(lambda f, v: {"fact": f, "is": v}, st.sampled_from(FACTS["boolean"]), st.booleans()),
        st.builds(lambda f, v: {"fact": f, "is": v}, number_fact, numbers(pool)),
        st.builds(lambda e, f, v: {"fact": f, e: v}, edge, number_fact, numbers(pool)),
        st.builds(lambda e: {"fact": "price", e: "lot.budget"}, edge),
        st.builds(lambda e, f: {"fact": f, e: "lot.need"}, edge, number_fact),
        st.just({"fact": "received", "at_most": "tender.deadline"}),
        st.builds(lambda e, v: {"fact": "valid_until", e: v}, edge, day),
        st.just({"fact": "grade", "one_of": ["AA", "NO"]}),
        st.sampled_from(["A+", "[AB]*", "(?:AA|NO)", "A"]).map(
            lambda p: {"fact": "grade", "matches": p}
        ),
        st.sampled_from([[], ["SOC2"], ["ISO9001", "SOC2"], "lot.services"]).map(
            lambda v: {"fact": "certificates", "includes": v}
        ),
        st.builds(
            lambda f, v: {"fact": f, "present": v}, st.sampled_from(["a", "grade"]), st.booleans()
        ),
        language.yes().map(lambda text: {"expr": text}),
    )


def conditions(pool, language):
    """What `only_if` takes: a requirement that names no value a lot may lack."""
    return tests(pool, language).filter(
        lambda test: not any(str(v).startswith(("lot.", "tender.")) for v in test.values())
    )


def number_scores(pool):
    """Every method that takes a number, with options from the pool."""
    values = [number(v) for v in POOLS[pool]]
    distinct = sorted({Decimal(v): v for v in [*values, 0, 100]}.values(), key=Decimal)
    two = st.lists(st.sampled_from(distinct), min_size=2, max_size=2, unique_by=Decimal)
    rising = st.lists(st.sampled_from(distinct), min_size=2, max_size=4, unique_by=Decimal)
    edge = st.sampled_from(["at_least", "at_most"])
    band = st.builds(lambda e, v, p: {e: v, "points": p}, edge, st.sampled_from(values), percents())
    better = st.sampled_from(["low", "high"])
    return st.one_of(
        two.map(lambda pair: {"method": "linear", "worst": pair[0], "best": pair[1]}),
        rising.flatmap(
            lambda xs: st.lists(percents(), min_size=len(xs), max_size=len(xs)).map(
                lambda ps: {
                    "method": "interpolate",
                    "through": [list(pair) for pair in zip(sorted(xs, key=Decimal), ps, strict=True)],
                }
            )
        ),
        with_options(
            {"method": st.just("bands"), "bands": st.lists(band, min_size=1, max_size=3)},
            otherwise=percents(),
        ),
        st.fixed_dictionaries(
            {
                "method": st.just("lookup"),
                "points": st.dictionaries(st.sampled_from(values), percents(), min_size=1),
                "otherwise": percents(),
            }
        ),
        relative_scores(better),
        relative_scores(better),
        st.fixed_dictionaries(
            {
                "method": st.just("deviation"),
                "from": numbers(pool).filter(lambda value: value > 0),
                "above": st.sampled_from([1, Decimal("0.3"), 2]),
            }
        ),
    )


def relative_scores(better):
    rates = st.sampled_from([1, 2, Decimal("0.5"), Decimal("0.3")])
    return st.one_of(
        better.map(lambda b: {"method": "ratio_to_best", "better": b}),
        better.map(lambda b: {"method": "min_max", "better": b}),
        with_options({"method": st.just("excess_over_best")}, slope=rates),
        with_options(
            {
                "method": st.just("deviation"),
                "from": st.sampled_from(["mean", "median", "lowest"]),
            },
            above=rates,
            below=rates,
            drop_extremes=st.integers(0, 2),
        ),
    )


def other_scores(language, *, services):
    """(what the leaf reads, its score) for the methods that take no plain number."""
    wanted = st.lists(st.sampled_from(CERTIFICATES), min_size=1, max_size=4)
    shares = st.dictionaries(st.sampled_from(CERTIFICATES), st.integers(1, 3), min_size=1)
    of = st.one_of(wanted, shares, *([st.just("lot.services")] if services else []))
    grades = st.fixed_dictionaries({grade: percents() for grade in GRADES})
    each = st.sampled_from([15, Decimal("33.33"), 100])
    return st.one_of(
        st.tuples(
            st.sampled_from(FACTS["boolean"]).map(lambda f: {"fact": f})
            | language.yes().map(lambda text: {"expr": text}),
            with_options({"method": st.just("yes_no")}, yes=percents(), no=percents()),
        ),
        st.tuples(
            st.just({"fact": "grade"}),
            st.fixed_dictionaries({"method": st.just("lookup"), "points": grades}),
        ),
        st.tuples(
            st.just({"fact": "licence"}),
            percents().map(lambda p: {"method": "lookup", "points": {True: p}, "otherwise": 7}),
        ),
        st.tuples(
            st.just({"fact": "marks"}),
            st.sampled_from([3, 7, 8, 10]).map(lambda top: {"method": "points", "out_of": top}),
        ),
        st.tuples(
            st.sampled_from([{"fact": "certificates"}, {"fact": "years"}]),
            with_options({"method": st.just("per_item"), "each": each}, most=percents()),
        ),
        st.tuples(
            st.just({"fact": "awards"}),
            st.fixed_dictionaries(
                {
                    "method": st.just("per_item"),
                    "tiers": st.fixed_dictionaries(dict.fromkeys(TIERS, percents())),
                }
            ),
        ),
        st.tuples(
            st.just({"fact": "certificates"}),
            of.map(lambda items: {"method": "coverage", "of": items}),
        ),
        st.tuples(
            st.sampled_from([{"fact": "site"}, {"fact": "vendor.location"}]),
            st.builds(
                lambda place, best: {"method": "distance", "from": place, "best": best, "worst": 3000},
                st.one_of(places(), st.just("tender.buyer.location")),
                st.sampled_from([0, 10, Decimal("0.0005")]),
            ),
        ),
    )


PANEL = st.builds(
    lambda scale, how: {"method": "panel", "scale": scale, **how},
    st.sampled_from([[0, 5], [1, 4], [0, 3]]),
    st.sampled_from(
        [
            {},
            {"aggregate": "mean"},
            {"aggregate": "median"},
            {"aggregate": "trimmed_mean"},
            {"aggregate": "trimmed_mean", "drop": 2},
        ]
    ),
)


@st.composite
def leaves(draw, pool, language, *, panel, services):
    """What a leaf reads and how it is scored."""
    kinds = ["number", "number", "expr", "other", *(["panel"] if panel else [])]
    chosen = draw(st.sampled_from(kinds))
    if chosen == "panel":
        return {"score": draw(PANEL)}
    if chosen == "other":
        reads, score = draw(other_scores(language, services=services))
        return {**reads, "score": score}
    if chosen == "expr":
        return {"expr": draw(language.number()), "score": draw(number_scores(pool))}
    fact = draw(st.sampled_from([*FACTS["number"], "price", "price"]))
    return {"fact": fact, "score": draw(number_scores(pool))}


@st.composite
def trees(draw, prefix, depth, leaf, condition, *, loose):
    """Sibling criteria with weights, minimums, conditions and missing rules."""
    count = draw(st.integers(1, 3))
    weights = draw(
        st.lists(st.sampled_from(LOOSE_WEIGHTS), min_size=count, max_size=count)
        if loose
        else st.sampled_from(SPLITS[count])
    )
    return [
        draw(branches(f"{prefix}{place}", number(weight), depth, leaf, condition, loose=loose))
        for place, weight in enumerate(weights)
    ]


@st.composite
def branches(draw, id_, weight, depth, leaf, condition, *, loose):
    spec = {"id": id_, "weight": weight}
    if (minimum := draw(maybe(percents(), 4))) is not None:
        spec["minimum"] = minimum
    if (test := draw(maybe(condition, 6))) is not None:
        spec["only_if"] = test
    if depth and (depth == 2 or draw(st.booleans())):
        spec["criteria"] = draw(trees("c", depth - 1, leaf, condition, loose=loose))
        return spec
    spec.update(draw(leaf))
    rules = ["zero", "eliminate", "zero", "eliminate", "error"]
    if rule := draw(maybe(st.sampled_from(rules), 2)):
        spec["missing"] = rule
    return spec


def ids_under(groups, prefix=""):
    """Every dotted id of some groups."""
    for spec in groups:
        yield prefix + spec["id"]
        yield from ids_under(spec.get("criteria", []), f"{prefix}{spec['id']}.")


@st.composite
def criteria_sets(draw, pool, *, lot_need, services, mark=""):
    """A criteria folder: its groups and its method."""
    language = Language(pool, lot_need=lot_need)
    loose = draw(maybe(st.just(True), 3)) or False
    count = draw(st.sampled_from([1, 1, 2, 2, 3]))
    requirements = draw(st.lists(tests(pool, language), max_size=3))
    method = {"requirements": {f"q{n}": test for n, test in enumerate(requirements)}}
    rounds, groups = [], []
    for place in range(count):
        panel = place > 0 or draw(maybe(st.just(True), 4))
        leaf = leaves(pool, language, panel=bool(panel), services=services)
        prefix = f"{mark}g{place}-"
        own = draw(trees(prefix, 2, leaf, conditions(pool, language), loose=loose))
        groups += own
        rounds.append({"id": f"r{place}", "criteria": [group["id"] for group in own]})
    for place, round_ in enumerate(rounds):
        draw(round_rules(place, rounds, round_, method["requirements"], groups))
    if loose:
        method["weights"] = "relative"
    digits = st.sampled_from([0, 1, 2, 2, 3, "none"])
    rounding = draw(with_options({}, criterion=digits, total=digits, contribution=digits))
    method["rounding"] = rounding
    entries = draw(tie_breaks(groups))
    method["tie_break"] = entries
    if draw(maybe(st.just(True), 4)):
        method["minimum_bids"] = draw(st.integers(1, 3))
    if count > 1 or draw(st.booleans()):
        method["rounds"] = rounds
    plain = not method["requirements"] and not rounding and not entries and len(method) == 3
    return {"method": None if plain else {k: v for k, v in method.items() if v}, "groups": groups}


def tie_breaks(groups):
    return st.lists(st.sampled_from(["price", *ids_under(groups)]), max_size=2, unique=True)


@st.composite
def round_rules(draw, place, rounds, round_, requirements, groups):
    """Fills in what a round asks, carries and lets go on."""
    asked = [id_ for n, id_ in enumerate(requirements) if n % len(rounds) == place]
    if asked:
        round_["requirements"] = asked
    if place and draw(maybe(st.just(True), 5)):
        round_["criteria"] = list(rounds[place - 1].get("criteria", round_["criteria"]))
    if draw(maybe(st.just(True), 9)) and asked:
        del round_["criteria"]
        return
    scored = [earlier["id"] for earlier in rounds[:place] if "criteria" in earlier]
    shares = draw(st.sampled_from([[60], [100], ["33.33", 20], [0, 50], []]))
    if carried := dict(zip(scored, map(number, shares), strict=False)):
        round_["carry_over"] = carried
    advance = draw(with_options({}, at_most=st.integers(1, 3), minimum=percents()))
    if advance and draw(st.booleans()):
        round_["advance"] = advance
    if draw(maybe(st.just(True), 5)):
        known = {id_ for r in rounds[: place + 1] for id_ in r.get("criteria", [])}
        round_["tie_break"] = draw(tie_breaks([g for g in groups if g["id"] in known]))
