"""Small results made by hand: what the reports' tests render."""

from fractions import Fraction

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.explanation import (
    Explanation,
    LotExplanation,
    NodeExplanation,
    RequirementExplanation,
    RoundExplanation,
    Step,
)
from tenderscore.model.result import (
    BidResult,
    BidRows,
    Counts,
    CriterionResult,
    Evaluation,
    LotResult,
    NodeInfo,
    Reason,
    RoundResult,
    SetAside,
    TenderInfo,
)
from tenderscore.model.text import Title
from tenderscore.pipeline.awarding import to_winners

GROUPS = {"experience": ("Experience", 60, "years"), "price": ("Price", 40, "offer")}


def a_bid(vendor, points=None, *, name=None, total=None, rank=None, price=100, **more):
    """A bid with its points by group: `a_bid("acme", {"experience": 80}, total=80, rank=1)`."""
    outcome = more.pop("outcome", "advanced" if rank else "eliminated")
    reasons = tuple(Reason(kind, id_, text) for kind, id_, text in more.pop("reasons", ()))
    carried = {key: Fraction(value) for key, value in more.pop("carried", {}).items()}
    return BidResult(
        vendor=vendor,
        name=name or vendor.title(),
        bid=more.pop("bid", vendor),
        outcome=outcome,
        reasons=reasons,
        total=None if total is None else Fraction(total),
        rank=rank,
        carried=carried,
        criteria=tuple(_results(points or {}, price)),
        price=None if price is None else Fraction(price),
        **more,
    )


def nodes(groups=GROUPS):
    """A group and its only criterion, by group."""
    made = []
    for id_, (title, weight, leaf) in groups.items():
        share = Fraction(weight)
        made.append(NodeInfo(id_, Title(title), 0, share, share, None))
        made.append(
            NodeInfo(f"{id_}.{leaf}", Title(leaf.title()), 1, Fraction(100), share, "linear")
        )
    return tuple(made)


def _results(points, price):
    for node in nodes():
        got = points.get(node.id.split(".")[0])
        if got is None:
            continue
        got = Fraction(got)
        value = None if node.depth == 0 else (12 if "years" in node.id else price)
        yield CriterionResult(node, value, got, got * node.share / 100)


def a_round(*bids, id_="all", title="All bids", **more):
    """A round with these bids, in this order."""
    counts = {"advanced": 0, "not_advanced": 0, "eliminated": 0}
    for bid in bids:
        counts[bid.outcome] += 1
    minimum = more.pop("minimum", None)
    return RoundResult(
        id=id_,
        title=Title(title),
        bids=BidRows(len(bids), bids.__getitem__),
        nodes=more.pop("nodes", nodes()),
        counts=counts,
        minimum=None if minimum is None else Fraction(minimum),
        at_most=more.pop("at_most", None),
        decimals=more.pop("decimals", 2),
        criterion_decimals=more.pop("criterion_decimals", 2),
        carry_over={key: Fraction(value) for key, value in more.pop("carry_over", {}).items()},
    )


def a_lot(*rounds, id_="all", title=None, **more):
    """A lot; the shortlist, the winner and the tie follow from its last round."""
    last = rounds[-1].bids if rounds else ()
    first = [bid.vendor for bid in last if bid.outcome == "advanced" and bid.rank == 1]
    decided = not more.get("pending")
    names = {bid.vendor: bid.name for round_ in rounds for bid in round_.bids}
    settings = {
        "shortlist": tuple(bid.vendor for bid in last if bid.outcome == "advanced"),
        "pending": (),
        "pending_reason": None,
        "winner": first[0] if decided and len(first) == 1 else None,
        "tie": tuple(first) if decided and len(first) > 1 else (),
        "set_aside": (),
        "budget": None,
        "last_at_most": 1,
    }
    return LotResult(
        id=id_, title=Title(title or id_), rounds=tuple(rounds), names=names, **settings | more
    )


def an_evaluation(*lots, warnings=(), currency="CNY", title="Outsourcing", until=None, award=None):
    """A result with these lots."""
    bids = len({bid.bid for lot in lots for round_ in lot.rounds for bid in round_.bids})
    return Evaluation(
        tender=TenderInfo(
            "T-1", None if title is None else Title(title), currency, "Example", "2026-03-31"
        ),
        lots={lot.id: lot for lot in lots},
        warnings=tuple(warnings),
        counts=Counts(bids, 2, 0, len(lots)),
        until=until,
        award=award or to_winners({lot.id: lot for lot in lots}),
        explainer=an_explanation,
    )


def a_warning(text="experience.years is missing", **more):
    """A warning with a place."""
    place = more.pop("place", Place("bids/bolt.yaml", 7, 14))
    return Problem("missing-fact", Message("{text}", text=text), place, severity="warning", **more)


def two_rounds():
    """One lot, five bids, two rounds: somebody fails, somebody is cut, somebody is set aside."""
    late = ("requirement", "on-time", Message("received 41 seconds after the deadline"))
    low = ("rule", "advance", Message("rank 3, and at most 2 advance"))
    screening = a_round(
        a_bid(
            "acme", {"experience": "82.345", "price": 90}, total="85.41", rank=1, price=3_450_000
        ),
        a_bid("bolt", {"experience": 80, "price": 88}, total="83.2", rank=2, price=3_520_000),
        a_bid(
            "core",
            {"experience": 50, "price": 70},
            total=58,
            rank=3,
            outcome="not_advanced",
            reasons=[low],
            price=3_980_500,
        ),
        a_bid("dusk", reasons=[late], price=3_000_000),
        id_="screening",
        title="Screening",
        at_most=2,
    )
    final = a_round(
        a_bid(
            "bolt",
            {"experience": 95, "price": 98},
            total="90.40",
            rank=1,
            price=3_520_000,
            carried={"screening": "83.2"},
        ),
        a_bid(
            "acme",
            {"experience": 90, "price": 100},
            total="90.33",
            rank=2,
            price=3_450_000,
            outcome="not_advanced",
            reasons=[("rule", "advance", Message("rank 2, and at most 1 advances"))],
            carried={"screening": "85.41"},
        ),
        id_="final",
        title="Final",
        at_most=1,
        carry_over={"screening": 40},
    )
    aside = SetAside("acme", "Acme", "acme-1", "superseded", Message("replaced by acme-2"))
    return a_lot(screening, final, id_="it-support", title="IT support", set_aside=(aside,))


def an_explanation(vendor="acme", name="Acme"):
    """One lot, one round: a requirement, a group and two criteria with their working."""
    group, leaf, *_ = nodes()
    bid = a_bid(vendor, {"experience": 80}, name=name, total=80, rank=2, outcome="not_advanced")
    requirement = RequirementExplanation(
        id="licence",
        title=Title("Business licence"),
        test=Message("is true"),
        value=True,
        fact="qualifications.business_licence",
        fact_place=Place("bids/acme.yaml", 4, 38),
        rule_place=Place("criteria/method.yaml", 6, 3),
        state="passed",
    )
    working = (
        NodeExplanation(
            node=group,
            source="",
            filled="",
            value=None,
            fact_place=None,
            rule_place=Place("criteria/experience.yaml", 1, 1),
            step=None,
            exact=Fraction(80),
            points=Fraction(80),
            contribution=Fraction(48),
        ),
        NodeExplanation(
            node=leaf,
            source="experience.years",
            filled="",
            value=8,
            fact_place=Place("bids/acme.yaml", 5, 20),
            rule_place=Place("criteria/experience.yaml", 5, 5),
            step=Step("linear", Message("{formula}", formula="(8 - 0) / (10 - 0) x 100 = 80")),
            exact=Fraction(80),
            points=Fraction(80),
            contribution=Fraction(48),
            notes=(Message("at least 20 points are needed: met"),),
        ),
    )
    round_ = RoundExplanation(
        id="all",
        title=Title("All bids"),
        bid=bid,
        requirements=(requirement,),
        nodes=working,
        own_total=Fraction(80),
        total_formula=Message("80 = 80"),
        needed=Message("3.21 points more: 83.21 was the lowest total that advanced"),
        decimals=2,
    )
    lot = LotExplanation("all", Title("all"), (round_,), (), shortlisted=False, winner=False)
    return Explanation(vendor, name, "CNY", (lot,))
