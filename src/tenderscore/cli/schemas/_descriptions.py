"""What each key means, as an editor shows it; keyed by model and key."""

from __future__ import annotations

_REFERENCE = "A number, or lot.<path> or tender.<path>."

_SIGNED = {
    "by": "Who took the decision.",
    "date": "When: a plain date.",
    "reason": "Why.",
    "lot": "The lot that it is for; without it all in which it has something to act on.",
}

DESCRIPTIONS: dict[str, dict[str, str]] = {
    "TenderFile": {
        "id": "The tender's reference number.",
        "title": "What is being bought: text, or a text for each language.",
        "buyer": "Who buys: name, location ([latitude, longitude]) and any other facts.",
        "currency": "The currency that prices and plain numbers are in, such as CNY.",
        "deadline": "When bids have to be in: a time of day with its zone.",
        "budget": "The budget of the one lot that there is where no lots are named.",
        "lots": "The lots by id; without them the lots are those that the offers name.",
        "award": "How lots are awarded; changes no ranking, shortlist or winner.",
    },
    "Buyer": {
        "id": "The buyer's id.",
        "name": "The buyer's name.",
        "country": "Where the buyer is, such as CN.",
        "location": "[latitude, longitude], for the method distance.",
    },
    "AwardFile": {
        "lots_per_vendor": "The most lots that one vendor gets.",
        "value_per_vendor": (
            "The most that one vendor's awarded prices add up to: an amount, or the fact of "
            "the bid that has it."
        ),
        "budget": "The most that all awarded prices add up to.",
        "vendors": "How many vendors the lots go to.",
        "incumbents": "What the vendors that hold the contracts now may win.",
        "packages": "Discounts for lots that one vendor gets together.",
        "objective": (
            "points: the greatest sum of totals; price: the least sum of prices; or the percent "
            "that each is of a mix."
        ),
        "spend": "optimum; or in_rank_order: the best totals first, what does not fit is skipped.",
    },
    "VendorLimits": {
        "at_least": "The fewest vendors that the lots go to.",
        "at_most": "The most vendors that the lots go to.",
    },
    "IncumbentLimits": {
        "vendors": "The ids of the vendors that hold the contracts now.",
        "lots_per_vendor": "The most lots that each of them gets.",
        "at_most": "The most lots that all of them get together.",
    },
    "PackageFile": {
        "vendor": "The id of the vendor that gives the discount.",
        "lots": "The lots that it has to get for it.",
        "discount": "Percent off its prices for these lots.",
    },
    "LotFile": {
        "title": "The lot's title.",
        "budget": "The lot's budget: lot.budget in criteria and requirements.",
        "criteria": "A criteria folder for this lot alone, beside tender.yaml.",
    },
    "Criterion": {
        "id": "Letters, digits, - and _; unique among its siblings.",
        "extends": "A criterion of a preset, whose keys this one takes over: preset#name.",
        "title": "Text, or a text for each language.",
        "description": "More words for readers.",
        "guidance": "What to look at, for those who score; it changes no points.",
        "weight": "Percent of the parent (a group: of its round); siblings add up to 100.",
        "criteria": "Criteria under this one; its points are their weighted mean.",
        "fact": "The dotted path of the fact that is scored, such as experience.years.",
        "expr": "A formula instead of a fact: bid.finances.liabilities / bid.finances.assets.",
        "score": "How the fact becomes 0 to 100 points.",
        "rubric": "What the panel's scores mean: {0: text, 1: text}; it changes no points.",
        "objective": "The panel's scores are to be the same: tenderscore panel tells who differs.",
        "minimum": "Points under which the bid is eliminated.",
        "missing": "A bid without the fact: zero points (unless said), or out, or an error.",
        "only_if": "A test; where it does not hold, this and all under it have 0 points.",
    },
    "Test": {
        "title": "Text, or a text for each language.",
        "fact": "The dotted path of the fact that is tested.",
        "expr": "A formula that is true or false, instead of a fact with a condition.",
        "is": "The fact is this.",
        "one_of": "The fact is one of these.",
        "at_least": "The fact is this or more; tender.<path> and lot.<path> stand for values.",
        "at_most": "The fact is this or less; tender.<path> and lot.<path> stand for values.",
        "matches": "The whole text matches this RE2 expression.",
        "includes": "The list holds all of these.",
        "present": "Whether the fact has to be there.",
    },
    "Method": {
        "extends": "The id of a preset, whose keys this file takes over and may replace.",
        "waive": "Checks of the preset that need not hold, each with the reason.",
        "title": "Text, or a text for each language.",
        "description": "More words for readers.",
        "rounding": "The decimals that are published, half up.",
        "weights": "exact: siblings add up to 100; relative: any sum will do.",
        "tie_break": "Dotted ids of criteria, or price (lower first); then the tie stands.",
        "requirements": "Pass or fail, by id; checked in the round that lists them.",
        "minimum_bids": "Bids that must meet the first round's requirements; else the lot ends.",
        "rounds": "The rounds in order; without them one round of everything.",
        "evaluated_price": "Steps from the price as bid to the price that bids are compared by.",
        "panel": "Who has to be on the panel, and when a score needs a comment.",
    },
    "Waiver": {
        "check": "The id of a check of the preset.",
        "reason": "Why it need not hold; every report shows it.",
    },
    "PanelRule": {
        "quorum": "The evaluators that must be left on every panel criterion of every bid.",
        "at_least": "How many members the panel has at least.",
        "odd": "Whether the number of its members has to be odd.",
        "experts": "The share of experts among them, at least: 2/3, or a number of percent.",
        "comment": "Which scores need a comment: all, the scale's lowest and highest, or none.",
    },
    "PanelFile": {
        "evaluators": "The members of the panel.",
    },
    "Evaluator": {
        "id": "The evaluator's id, the same as in the score files.",
        "name": "The evaluator's name.",
        "role": "What the evaluator does, in a few words.",
        "expert": "Whether the evaluator counts as an expert.",
        "weight": "What the evaluator's scores count in a weighted_mean.",
        "groups": "The ids of the criteria groups that this one scores; without it all.",
        "language": "The language of the evaluator's score sheet.",
        "interests": "What the evaluator has declared: conflicts, and interests that are none.",
    },
    "Interest": {
        "vendor": "The vendor that the interest is in.",
        "lot": "The lot that it is about; without it every lot (of the vendor).",
        "conflict": "Whether it keeps the evaluator out; false: declared, and found harmless.",
        "reason": "What the interest is.",
    },
    "Rounding": {
        "criterion": "Decimals of each criterion's points; none keeps all.",
        "contribution": "Decimals of each criterion's points times its share; none keeps all.",
        "total": "Decimals of a round's total; none keeps all.",
        "evaluated_price": "Decimals of evaluated prices; none keeps all.",
    },
    "RoundRule": {
        "id": "Letters, digits, - and _.",
        "title": "Text, or a text for each language.",
        "requirements": "The ids of the requirements that are checked in this round.",
        "criteria": "The ids of the groups that are scored; without them nothing is.",
        "carry_over": "Percent of this round's total that an earlier round's total is.",
        "advance": "Who goes on; everyone unless said.",
        "tie_break": "Instead of the method's tie_break.",
        "rank_by": "What ranks the bids: the total (unless said), or a ranking with its settings.",
    },
    "Advance": {
        "at_most": "How many go on; bids that tie at the cut all do.",
        "minimum": "The total that it takes.",
    },
    "RankSum": {
        "method": "Each evaluator's totals become ranks; the least sum of ranks is first.",
        "ties": "Equal totals in one sheet: 1, 1, 3 or 1, 1, 2 (dense) or 1.5, 1.5, 3 (mid).",
        "tie_break": "Equal sums, in order; then the round's tie_break.",
        "pass": "What it takes to pass; a bid that does not is eliminated.",
        "rerank_after_fail": "Whether ranks are given without the bids that are out.",
    },
    "PassMark": {
        "mean": "The mean of the evaluators' totals that it takes.",
        "majority": "The total that more than half of the evaluators have to give.",
    },
    "ByEvaluatedPrice": {
        "method": "The price with the adjustments of evaluated_price; the lowest is first.",
    },
    "Adjustment": {
        "id": "Letters, digits, - and _; each once.",
        "title": "Text, or a text for each language.",
        "if": "A test; the step applies to the bids that meet it.",
        "deduct": "Percent of the base that are taken off.",
        "increase": "Percent of the base that are added.",
        "add": "An amount of money that is added.",
        "coefficient": "What the base is divided by.",
        "of": "The base: the price as bid, or what the steps before have left.",
        "years": "With add: how many years the amount is due, at the end of each.",
        "discount": "With years: the percent a year at which later amounts are worth less now.",
    },
    "PricePerPoint": {
        "method": "The price over the total, in which the price has no part; the lowest is first.",
    },
    "Rate": {
        "date": "The day from which the rate holds.",
        "from": "The currency of the amounts, such as USD.",
        "to": "The tender's currency.",
        "rate": "What one unit of `from` is worth in `to`.",
    },
    "Eliminate": {
        **_SIGNED,
        "decide": "Puts a bid out of a round.",
        "vendor": "The vendor's id.",
        "round": "The round; without it the first.",
    },
    "Waive": {
        **_SIGNED,
        "decide": "A requirement counts as met.",
        "vendor": "The vendor's id.",
        "requirement": "The requirement's id.",
        "round": "The round; without it every one that tests it.",
    },
    "Correct": {
        **_SIGNED,
        "decide": "A fact is another than the bid says.",
        "vendor": "The vendor's id.",
        "fact": "The dotted path of the fact; price is one.",
        "was": "What the bid says; null where it says nothing.",
        "value": "What counts instead.",
    },
    "Consensus": {
        **_SIGNED,
        "decide": "The score that the panel agreed on.",
        "vendor": "The vendor's id.",
        "criterion": "The criterion's dotted id.",
        "score": "The score, on the criterion's scale.",
        "round": "The round; without it every one that scores the criterion.",
    },
    "BreakTie": {
        **_SIGNED,
        "decide": "The order of bids that tie, drawn by lots say.",
        "order": "All vendors that tie, first to last.",
        "round": "The round; without it every one in which they tie.",
    },
    "Accept": {
        **_SIGNED,
        "decide": "What a bidder explained is accepted.",
        "vendor": "The vendor's id.",
        "matter": "What was explained, such as low-price.",
        "round": "The round; without it every one that the bid reaches.",
    },
    "Linear": {
        "method": "Points in proportion between the worst and the best value.",
        "worst": f"The value with 0 points. {_REFERENCE}",
        "best": f"The value with 100 points. {_REFERENCE}",
    },
    "Interpolate": {
        "method": "Straight lines between given pairs of value and points.",
        "through": "[[x, points], ...], x ascending; flat outside.",
    },
    "Bands": {
        "method": "The points of the first band that holds.",
        "bands": "In order, each with at_least or at_most, and points.",
        "otherwise": "The points where no band holds.",
    },
    "Band": {
        "at_least": f"The band holds from here up. {_REFERENCE}",
        "at_most": f"The band holds up to here. {_REFERENCE}",
        "points": "0 to 100.",
    },
    "Lookup": {
        "method": "The points given for the value.",
        "points": "A mapping of values to points.",
        "otherwise": "The points of any other value; without it another value is an error.",
    },
    "YesNo": {
        "method": "Points for true and for false.",
        "yes": "The points for true.",
        "no": "The points for false.",
    },
    "Points": {
        "method": "A mark on a scale that begins at 0.",
        "out_of": f"The top of the scale. {_REFERENCE}",
    },
    "PerItem": {
        "method": "Points for every item of a list, or for a whole number.",
        "each": "Points for every distinct item.",
        "tiers": "Points by item; an item that is not listed is an error.",
        "most": "The points that no sum exceeds.",
    },
    "Coverage": {
        "method": "The share of the wanted items that the list holds.",
        "of": "The wanted items, a mapping of items to shares, or lot.<path>.",
    },
    "Distance": {
        "method": "Points by the distance from a place.",
        "from": "[latitude, longitude], or tender.buyer.location.",
        "best": "The distance in km with 100 points.",
        "worst": "The distance in km with 0 points.",
    },
    "Panel": {
        "method": "What the evaluators scored, brought together.",
        "scale": "[lowest, highest] score.",
        "aggregate": "How scores are brought together.",
        "drop": "trimmed_mean: how many of the lowest and of the highest are left out.",
        "step": "Scores are the lowest one and a whole number of these; else any on the scale.",
        "spread": "Scores that differ by more need a score that the panel agreed on.",
    },
    "RatioToBest": {
        "method": "The best admitted value over this one, or the reverse where high is better.",
        "better": "Whether the lowest or the highest value is best.",
    },
    "MinMax": {
        "method": "Points in proportion between the worst and the best admitted value.",
        "better": "Whether the lowest or the highest value is best.",
    },
    "ExcessOverBest": {
        "method": "100 points less what the value is above the lowest, in percent.",
        "slope": f"Points lost for each percent. {_REFERENCE}",
    },
    "Deviation": {
        "method": "Points lost for every percent away from a reference.",
        "from": "mean, median or lowest of the admitted, or a number.",
        "above": f"Points lost for each percent above the reference. {_REFERENCE}",
        "below": f"Points lost for each percent below it. {_REFERENCE}",
        "drop_extremes": "How many of the lowest and of the highest the reference leaves out.",
    },
    "RelativeToMean": {
        "method": "So many points at the mean of the admitted, less above it and more below.",
        "at_mean": f"Points of a value that is the mean. {_REFERENCE}",
        "slope": f"Points lost (gained) for each percent above (below) it. {_REFERENCE}",
    },
    "Bilinear": {
        "method": "In proportion up to the mean of the admitted, then to 100 for the highest.",
        "at_mean": f"Points of a value that is the mean. {_REFERENCE}",
    },
}
