"""How one fact becomes 0 to 100 points, in exact fractions.

Every function takes the fact and the leaf's `score` with its places already resolved.
"""

from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

from .reference_facts import ContractError, kind

HUNDRED = Fraction(100)


def within(points):
    """Kept within 0 and 100."""
    return max(Fraction(0), min(HUNDRED, points))


def check_score(score):
    """`worst` differs from `best`; points that a file names lie in 0 to 100 (1.5)."""
    if "worst" in score and score["worst"] == score["best"]:
        raise ContractError("score: worst and best do not differ")
    named = [band["points"] for band in score.get("bands", ())]
    if any(not 0 <= points <= 100 for points in named):
        raise ContractError("score: points outside 0 to 100")


def linear(x, score):
    worst, best = score["worst"], score["best"]
    return within((x - worst) / (best - worst) * 100)


def interpolate(x, score):
    """Straight lines between the pairs, flat outside."""
    pairs = score["through"]
    if x <= pairs[0][0]:
        return pairs[0][1]
    for (x0, y0), (x1, y1) in pairwise(pairs):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return pairs[-1][1]


def bands(x, score):
    """The points of the first band that holds."""
    for band in score["bands"]:
        if x >= band["at_least"] if "at_least" in band else x <= band["at_most"]:
            return band["points"]
    return score.get("otherwise", Fraction(0))


def lookup(x, score):
    """Compared by type and exact value: 1 is 1.0, but neither `true` nor `"1"`."""
    for value, points in score["points"].items():
        key = Fraction(value) if isinstance(value, Decimal) else value
        key = Fraction(key) if isinstance(key, int) and not isinstance(key, bool) else key
        if kind(key) == kind(x) and key == x:
            return points
    if "otherwise" not in score:
        raise ContractError(f"lookup: {x} is not listed")
    return score["otherwise"]


def yes_no(x, score):
    return score.get("yes", HUNDRED) if x else score.get("no", Fraction(0))


def points(x, score):
    out_of = score.get("out_of", HUNDRED)
    if not 0 <= x <= out_of:
        raise ContractError(f"points: {x} is outside 0 to {out_of}")
    return x / out_of * 100


def per_item(x, score):
    """`each` counts distinct items (or the whole number), `tiers` every item."""
    most = score.get("most", HUNDRED)
    if "each" in score:
        count = len(distinct(x)) if isinstance(x, list) else x
        if count < 0 or Fraction(count).denominator > 1:
            raise ContractError(f"per_item: {count} items")
        return min(most, count * score["each"])
    unlisted = [item for item in x if item not in score["tiers"]]
    if unlisted:
        raise ContractError(f"per_item: {unlisted} are not tiers")
    return min(most, sum((score["tiers"][item] for item in x), Fraction(0)))


def distinct(items):
    return list(dict.fromkeys((kind(item), item) for item in items))


def coverage(x, score):
    """The share of the wanted items that x holds; shares are relative, repeats count once."""
    wanted = score["of"]
    shares = wanted if isinstance(wanted, dict) else dict.fromkeys(wanted, Fraction(1))
    held = sum((share for item, share in shares.items() if item in x), Fraction(0))
    return held / sum(shares.values()) * 100


def distance(x, score):
    return linear(Fraction(metres_between(x, score["from"]), 1000), score)


def panel(x, score):
    low, high = score["scale"]
    return (x - low) / (high - low) * 100


def deviation_from(x, reference, score):
    """100 less `above` (`below`) points for every percent over (under), not under 0."""
    percent = (x - reference) / reference * 100
    if percent >= 0:
        return within(100 - score.get("above", Fraction(1)) * percent)
    return within(100 + score.get("below", Fraction(1, 2)) * percent)


def deviation(x, score):
    """From a number: an absolute method."""
    if x < 0 or score["from"] <= 0:
        raise ContractError("deviation: needs facts of 0 or more and a reference above 0")
    return deviation_from(x, score["from"], score)


def bilinear(x, average, highest, at_mean):
    """Two lines that meet at the mean; no points where the mean is 0."""
    if average == 0:
        return Fraction(0)
    if x <= average:
        return within(at_mean * x / average)
    if highest == average:
        return HUNDRED
    return within(at_mean + (100 - at_mean) * (x - average) / (highest - average))


ABSOLUTE = {
    method.__name__: method
    for method in (
        linear, interpolate, bands, lookup, yes_no, points,
        per_item, coverage, distance, panel, deviation,
    )
}  # fmt: skip

RELATIVE = (
    "ratio_to_best", "min_max", "excess_over_best", "deviation", "relative_to_mean", "bilinear"
)  # fmt: skip


def is_relative(score):
    """Whether the points depend on the other bids."""
    named = score["method"] != "deviation" or score["from"] in ("mean", "median", "lowest")
    return score["method"] in RELATIVE and named


def relative_points(admitted, x, score):
    """Points against the facts of the admitted bids; 0 where there is no reference (rule 3)."""
    method = score["method"]
    if method != "min_max" and min([x, *admitted]) < 0:
        raise ContractError(f"{method}: needs facts of 0 or more")
    reference = the_reference(admitted, score)
    if reference is None:
        return Fraction(0)
    if method == "min_max":
        return min_max(x, *reference)
    if method == "bilinear":
        return bilinear(x, *reference, score["at_mean"])
    return from_one_number(x, reference, score)


def from_one_number(x, reference, score):
    """Points against one number that the admitted bids set."""
    method = score["method"]
    if reference <= 0:
        raise ContractError(f"{method}: needs a reference above 0")
    if method == "deviation":
        return deviation_from(x, reference, score)
    if method == "relative_to_mean":
        percent = (x - reference) / reference * 100
        at_mean = score.get("at_mean", Fraction(50))
        return within(at_mean - score.get("slope", Fraction(1)) * percent)
    if method == "excess_over_best":
        return within(100 * (1 - score.get("slope", Fraction(1)) * (x - reference) / reference))
    if score["better"] == "high":
        return within(x / reference * 100)
    return within(reference / x * 100) if x else HUNDRED


def the_reference(admitted, score):
    """The value (for `min_max` the worst and the best) that points are taken from, or None."""
    left = sorted(admitted)
    drop = int(score.get("drop_extremes", 0))
    left = left[drop : len(left) - drop]
    if not left:
        return None
    high_is_better = score.get("better") == "high"
    if score["method"] == "min_max":
        return (left[0], left[-1]) if high_is_better else (left[-1], left[0])
    if score["method"] == "bilinear":
        return mean(left), left[-1]
    if score["method"] == "relative_to_mean":
        return mean(left)
    named = score.get("from", "highest" if high_is_better else "lowest")
    taken = {"mean": mean, "median": median, "lowest": min, "highest": max}
    return taken[named](left)


def min_max(x, worst, best):
    """Linear between the worst and the best admitted; all 100 when they are equal."""
    return HUNDRED if worst == best else within((x - worst) / (best - worst) * 100)


def mean(values):
    return sum(values, Fraction(0)) / len(values)


def median(values):
    """The median of an even count is the mean of the middle two."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def aggregate(scores, score):
    """What a panel's scores come to; `trimmed_mean` drops only where something is left."""
    named = score.get("aggregate", "mean")
    ordered = sorted(scores)
    if named == "median":
        return median(ordered)
    drop = int(score.get("drop", 1)) if named == "trimmed_mean" else 0
    return mean(ordered[drop : len(ordered) - drop] or ordered)


PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459")
RADIUS = Decimal("6371008.8")


def metres_between(here, there):
    """The haversine distance on the contract's sphere, half up to the metre, by 50 digits."""
    with localcontext() as context:
        context.prec = 50
        (lat1, lon1), (lat2, lon2) = (
            [Decimal(x.numerator) / x.denominator * PI / 180 for x in place]
            for place in (here, there)
        )
        half = sine((lat2 - lat1) / 2) ** 2
        half += sine(PI / 2 - lat1) * sine(PI / 2 - lat2) * sine((lon2 - lon1) / 2) ** 2
        return int(2 * RADIUS * arcsine(min(half, Decimal(1)).sqrt()) + Decimal("0.5"))


def sine(x):
    """Taylor's series, until a term no longer counts."""
    term = total = x
    n = 1
    while abs(term) > Decimal("1e-60"):
        term *= -x * x / ((n + 1) * (n + 2))
        total, n = total + term, n + 2
    return total


def arcsine(x):
    """Found by halving: sine rises all the way from 0 to a right angle."""
    low, high = Decimal(0), PI / 2
    while high - low > Decimal("1e-30"):
        middle = (low + high) / 2
        low, high = (middle, high) if sine(middle) < x else (low, middle)
    return (low + high) / 2
