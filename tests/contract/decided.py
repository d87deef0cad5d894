"""A round to decide about: acme and bolt meet the requirement `audited`, cog does not.

In the final, quality and price count half each: acme has 60 points and asks 100, bolt has 80 and
asks 80, cog has 100 and asks 50.
"""

SIGNED = "by: Tender committee, date: 2026-04-02, reason: As minuted"
METHOD = """
    requirements: {audited: {fact: audited, is: true}}
    rounds:
      - {id: screening, requirements: [audited]}
      - {id: final, criteria: [quality, price], advance: {at_most: 1}}
    """
CRITERIA = {
    "criteria/method.yaml": METHOD,
    "criteria/quality.yaml": """
        id: quality
        weight: 50
        criteria: [{id: x, weight: 100, fact: x, score: {method: points}}]
        """,
    "criteria/price.yaml": """
        id: price
        weight: 50
        criteria:
          - {id: offer, weight: 100, fact: price, score: {method: ratio_to_best, better: low}}
        """,
}
BIDS = {
    "bids/acme.yaml": "vendor: {id: acme}\naudited: true\nx: 60\nprice: 100\n",
    "bids/bolt.yaml": "vendor: {id: bolt}\naudited: true\nx: 80\nprice: 80\n",
    "bids/cog.yaml": "vendor: {id: cog}\naudited: false\nx: 100\nprice: 50\n",
}
LOTS = {"tender.yaml": "lots: {east: {}, west: {}}\n"}


def entry(text, signed=SIGNED):
    """One decision: `entry("decide: waive, vendor: cog, requirement: audited")`."""
    return f"- {{{text}, {signed}}}\n"


def decided(*entries, **files):
    """The round's files with decisions; `bids_acme` stands for `bids/acme.yaml`."""
    named = {f"{name.replace('_', '/')}.yaml": text for name, text in files.items()}
    rows = "".join(entry(each) for each in entries)
    return CRITERIA | BIDS | {"decisions.yaml": rows} | named


def panel(aggregate="mean", leaf="", scores=None):
    """The same bids, judged by the panel criterion `panel.x` alone, on a scale of 0 to 5."""
    method = f"{{method: panel, scale: [0, 5], aggregate: {aggregate}}}"
    extra = f", {leaf}" if leaf else ""
    marks = (
        {"li": {"acme": 2, "bolt": 4}, "wu": {"acme": 4, "bolt": 4}} if scores is None else scores
    )
    files = BIDS | {
        "criteria/panel.yaml": (
            f"id: panel\nweight: 100\ncriteria: [{{id: x, weight: 100, score: {method}{extra}}}]\n"
        ),
        "criteria/method.yaml": METHOD.replace("quality, price", "panel"),
    }
    for evaluator, given in marks.items():
        rows = "".join(f"  {vendor}: {{panel.x: {mark}}}\n" for vendor, mark in given.items())
        files[f"scores/{evaluator}.yaml"] = f"evaluator: {{id: {evaluator}}}\nscores:\n{rows}"
    return files


def kinds(row):
    """The kinds of the decisions that a bid's row lists."""
    return [each["decide"] for each in row["decisions"]]
