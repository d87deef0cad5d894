"""Every choice there is, one by one: what the award has to agree with.

Written from the contract alone; nothing of the package's search is used.
"""

from fractions import Fraction
from itertools import product
from math import floor


def discounted(bids, choice, packages):
    """The awarded price by lot: the largest discount that holds counts."""
    prices = {}
    for lot, vendor in choice.items():
        if vendor is None:
            continue
        held = [
            discount
            for owner, lots, discount in packages
            if owner == vendor and lot in lots and all(choice.get(each) == owner for each in lots)
        ]
        prices[lot] = bids[lot][vendor]["price"] * (100 - max(held, default=0)) / 100
    return prices


def rounded(value, decimals):
    """Half up; exact without decimals."""
    if decimals is None:
        return value
    return Fraction(floor(value * 10**decimals + Fraction(1, 2)), 10**decimals)


def compared(bid, price):
    """The evaluated price of a price: a share of it and what is added, rounded."""
    return rounded(bid["added"] + bid["share"] * price, bid["cents"])


def gain(bids, choice, prices, objective, decimals):
    """What is made as great as can be."""
    total = Fraction(0)
    for lot, price in prices.items():
        points = bids[lot][choice[lot]]["total"]
        lowest = min(bid["price"] for bid in bids[lot].values())
        evaluated = compared(bids[lot][choice[lot]], price)
        match objective:
            case "points":
                total += points
            case "price":
                total -= price
            case "evaluated_price":
                total -= evaluated
            case (of_points, of_price, of_evaluated):
                total += (
                    of_points * points + of_price * rounded(100 * lowest / price, decimals)
                ) / Fraction(100)
                if of_evaluated:
                    lowest = min(compared(bid, bid["price"]) for bid in bids[lot].values())
                    total += (
                        of_evaluated * rounded(100 * lowest / evaluated, decimals) / Fraction(100)
                    )
    return total


def keeps(rules, choice, prices):
    """Whether a choice keeps to the rules that are given."""
    counts, values = {}, {}
    for lot, price in prices.items():
        vendor = choice[lot]
        counts[vendor] = counts.get(vendor, 0) + 1
        values[vendor] = values.get(vendor, 0) + price
    incumbents = rules.get("incumbents", ())
    together = sum(counts.get(vendor, 0) for vendor in incumbents)
    checks = {
        "lots_per_vendor": lambda most: max(counts.values(), default=0) <= most,
        "value_per_vendor": lambda most: all(values[v] <= most.get(v, 0) for v in values),
        "budget": lambda most: sum(prices.values()) <= most,
        "vendors.at_least": lambda least: len(counts) >= least,
        "vendors.at_most": lambda most: len(counts) <= most,
        "incumbents.lots_per_vendor": lambda most: all(
            counts.get(v, 0) <= most for v in incumbents
        ),
        "incumbents.at_most": lambda most: together <= most,
    }
    return all(checks[rule](given) for rule, given in rules.items() if rule != "incumbents")


def place(bids, lot, vendor):
    """Where a vendor stands in a lot, nobody last."""
    if vendor is None:
        return (2, 0, "")
    rank = bids[lot][vendor]["rank"]
    return (0, rank, vendor) if rank is not None else (1, 0, vendor)


def best(bids, objective, rules, packages=(), decimals=None):
    """The vendor of each lot, how many lots that awards, and the gain; None where nothing does."""
    found = None
    for vendors in product(*([*offers, None] for offers in bids.values())):
        choice = dict(zip(bids, vendors, strict=True))
        prices = discounted(bids, choice, packages)
        if not keeps(rules, choice, prices):
            continue
        worth = gain(bids, choice, prices, objective, decimals)
        key = (-len(prices), -worth, [place(bids, lot, choice[lot]) for lot in bids])
        if found is None or key < found[0]:
            found = (key, choice, len(prices), worth)
    return None if found is None else found[1:]
