"""Whatever is lost or garbled anywhere in a round is an error with a place, never a bug."""

import re

import pytest

ROUND = {
    "tender.yaml": """\
title: {en: Support, zh-Hans: 支持}
buyer: {name: Example, location: [23.13, 113.26]}
currency: CNY
deadline: 2026-03-31T17:00:00+08:00
lots:
  web: {title: Web, budget: 4_000_000, services: [monitoring, upgrades]}
  app: {title: App}
""",
    "criteria/method.yaml": """\
rounding: {criterion: 2, total: 2, contribution: 3}
tie_break: [price, g.years]
minimum_bids: 1
requirements:
  licence: {title: Business licence, fact: licence, is: true}
  budget: {fact: price, at_most: lot.budget}
  on-time: {fact: received, at_most: tender.deadline}
  audited: {expr: "len(bid.audits) >= 1"}
  code: {fact: code, matches: "[A-Z]+[0-9]+"}
rounds:
  - id: one
    requirements: [licence, budget, on-time, audited, code]
    criteria: [g, price]
    advance: {at_most: 2, minimum: 1}
  - id: two
    criteria: [h]
    carry_over: {one: 60}
    advance: {at_most: 1}
""",
    "criteria/g.yaml": """\
id: g
weight: 50
criteria:
  - id: years
    weight: 25
    fact: experience.years
    score: {method: linear, worst: 0, best: 10}
    minimum: 1
  - id: debt
    weight: 25
    expr: bid.debt / 2
    score: {method: bands, bands: [{at_most: 4, points: 9}], otherwise: 1}
  - id: near
    weight: 25
    fact: vendor.location
    score: {method: distance, from: [1, 2], best: 0, worst: 9}
  - id: has
    weight: 25
    fact: certificates
    only_if: {fact: licence, is: true}
    score: {method: coverage, of: [a, b]}
""",
    "criteria/price.yaml": """\
id: price
weight: 50
criteria: [{id: price, weight: 100, fact: price, score: {method: ratio_to_best, better: low}}]
""",
    "criteria/h.yaml": """\
id: h
weight: 100
criteria:
  - {id: site, weight: 50, score: {method: panel, scale: [0, 5]}, missing: zero}
  - {id: risk, weight: 50, score: {method: panel, scale: [1, 5], aggregate: median}}
""",
    "bids/acme.yaml": """\
vendor: {id: acme, name: Acme, location: [22.54, 114.06]}
received: 2026-03-30T09:12:00+08:00
licence: true
code: AB12
experience: {years: 7}
debt: 3
certificates: [a, b]
audits: [2023, 2024]
price: {amount: 300_000, currency: USD}
offers:
  web: {debt: 4}
  app: {price: 2_000_000}
""",
    "bids/bolt.json": """\
{"vendor": {"id": "bolt"}, "licence": true, "code": "C9", "price": 2500000, "audits": [2024],
 "experience": {"years": 3}, "received": "2026-03-30T10:12:00+08:00", "supersedes": "bolt-1"}
""",
    "bids/bolt-1.yaml": "vendor: {id: bolt}\nprice: 1\n",
    "rates.yaml": "- {date: 2026-03-30, from: USD, to: CNY, rate: 7.1234}\n",
    "scores/li.yaml": """\
evaluator: {id: li, name: Li Wei}
scores:
  acme: {h.site: 4, h.risk: {score: 3, comment: ok}}
  bolt: {h.site: 2, h.risk: 5}
lots:
  web: {acme: {h.site: 5}}
""",
    "scores/wu.csv": "evaluator,vendor,criterion,score\nwu,acme,h.site,3\nwu,bolt,h.risk,2\n",
}
SCALAR = re.compile(r"(?<=: )[^,{}\[\]\n]+|(?<=\[)[^,\[\]{}\n]+|(?<=,)[^,:{}\[\]\n]+(?=[,\]\n])")


def changes(text, odd):
    """The text with each line lost, or with each value in turn replaced."""
    if odd is None:
        lines = text.splitlines(keepends=True)
        return ["".join(lines[:n] + lines[n + 1 :]) for n in range(len(lines))]
    return [text[: m.start()] + odd + text[m.end() :] for m in SCALAR.finditer(text)]


def test_the_round_as_it_stands_is_evaluated(evaluate):
    assert [lot["winner"] for lot in evaluate(ROUND)["lots"]] == ["acme", "acme"]


@pytest.mark.parametrize("odd", [None, "[]", "{a: 1}", "-1", "2026-01-01", "null", "lot.none"])
@pytest.mark.parametrize("path", ROUND)
def test_a_change_anywhere_is_no_bug(round_files, run, path, odd):
    folder = round_files(ROUND)
    for text in changes(ROUND[path], odd):
        (folder / path).write_text(text, encoding="utf-8")
        done = run("evaluate", "bids", "--format", "json")
        assert done.code in {0, 1, 3}, text
        for each in done.json.get("problems", []):
            assert each["file"], text
            assert each["message"], text
