"""Section 1 and 1.1: a round on disk, tender.yaml."""

import pytest

QUALITY = """
id: quality
weight: 100
criteria:
  - {id: years, weight: 100, fact: years, score: {method: linear, worst: 0, best: 10}}
"""
ACME = "vendor: {id: acme}\nyears: 5\n"


def test_a_newcomer_needs_only_bids(evaluate):
    result = evaluate({"bids/acme.yaml": "vendor: {id: acme}\n"})
    assert list(result.bids(result.lot()["rounds"][0]["id"])) == ["acme"]


def test_absent_tender_fields_are_null(evaluate):
    result = evaluate({"criteria/quality.yaml": QUALITY, "bids/acme.yaml": ACME})
    assert {key: result["tender"][key] for key in ("id", "title", "currency")} == {
        "id": None,
        "title": None,
        "currency": None,
    }


def test_the_tender_is_named_in_the_result(evaluate):
    result = evaluate(
        {
            "tender.yaml": "id: ECOM-2026-01\ntitle: Outsourced operations\ncurrency: CNY\n",
            "criteria/quality.yaml": QUALITY,
            "bids/acme.yaml": ACME,
        }
    )
    assert {key: result["tender"][key] for key in ("id", "title", "currency")} == {
        "id": "ECOM-2026-01",
        "title": "Outsourced operations",
        "currency": "CNY",
    }


@pytest.mark.parametrize(
    ("lang", "title"),
    [("en", "Outsourced operations"), ("zh-Hans", "外包服务"), ("zh-Hant", "外包服務")],
)
def test_a_title_by_language_follows_lang(evaluate, lang, title):
    files = {
        "tender.yaml": (
            "title: {en: Outsourced operations, zh-Hans: 外包服务, zh-Hant: 外包服務}\n"
        ),
        "criteria/quality.yaml": QUALITY,
        "bids/acme.yaml": ACME,
    }
    assert evaluate(files, "--lang", lang)["tender"]["title"] == title


def test_without_lots_anywhere_there_is_one_lot_all_with_the_tenders_budget(evaluate):
    result = evaluate("""
        --- tender.yaml
        budget: 100
        --- criteria/method.yaml
        requirements:
          in-budget: {fact: price, at_most: lot.budget}
        --- criteria/g.yaml
        id: g
        weight: 100
        criteria: [{id: p, weight: 100, fact: price, score: {method: ratio_to_best, better: low}}]
        --- bids/acme.yaml
        vendor: {id: acme}
        price: 100
        --- bids/bolt.yaml
        vendor: {id: bolt}
        price: 101
    """)
    assert [lot["id"] for lot in result["lots"]] == ["all"]
    assert result.column("outcome") == {"acme": "advanced", "bolt": "eliminated"}


def test_without_lots_in_the_tender_offers_name_them_and_they_stand_by_id(evaluate):
    result = evaluate(
        {
            "criteria/quality.yaml": QUALITY,
            "bids/acme.yaml": ACME + "offers: {web: {}, app: {}}\n",
            "bids/bolt.yaml": "vendor: {id: bolt}\nyears: 3\noffers: {data: {years: 4}}\n",
        }
    )
    assert [lot["id"] for lot in result["lots"]] == ["app", "data", "web"]


def test_lots_that_offers_name_do_not_inherit_the_tenders_budget(evaluate):
    result = evaluate("""
        --- tender.yaml
        budget: 100
        --- criteria/method.yaml
        requirements:
          in-budget: {fact: price, at_most: lot.budget}
        --- criteria/g.yaml
        id: g
        weight: 100
        criteria: [{id: p, weight: 100, fact: price, score: {method: ratio_to_best, better: low}}]
        --- bids/acme.yaml
        vendor: {id: acme}
        offers: {web: {price: 5000}}
    """)
    assert result.column("outcome", lot="web") == {"acme": "advanced"}
    assert result["warnings"], "the requirement that was not applied is a warning"


def test_every_listed_lot_is_in_the_result_in_the_tenders_order_also_without_bids(evaluate):
    result = evaluate(
        {
            "tender.yaml": "lots: {web: {title: Web}, app: {title: App}, data: {title: Data}}\n",
            "criteria/quality.yaml": QUALITY,
            "bids/acme.yaml": ACME + "offers: {app: {}, web: {}}\n",
        }
    )
    assert [(lot["id"], lot["shortlist"]) for lot in result["lots"]] == [
        ("web", ["acme"]),
        ("app", ["acme"]),
        ("data", []),
    ]


def test_an_offer_for_a_lot_that_the_tender_does_not_list_is_an_error(problems, says):
    found = problems(
        {
            "tender.yaml": "lots: {support: {title: Support}}\n",
            "criteria/quality.yaml": QUALITY,
            "bids/acme.yaml": ACME + "offers: {suport: {}}\n",
        }
    )
    assert says(found, "suport")
    assert found[0]["file"] == "bids/acme.yaml"
    assert found[0]["line"] == 3


def test_lots_carry_any_facts(points):
    assert points(
        "{method: coverage, of: lot.services}",
        tender="lots: {web: {services: [monitoring, upgrades]}}\n",
        acme="[monitoring]",
    ) == {"acme": 50.0}


def test_a_lot_with_criteria_of_its_own_replaces_the_set_whole(evaluate):
    files = {
        "tender.yaml": """
            lots:
              web: {title: Web}
              app: {title: App, criteria: criteria-app}
            """,
        "criteria/quality.yaml": QUALITY,
        "criteria/method.yaml": """
            requirements: {senior: {fact: years, at_least: 9}}
            rounding: {criterion: 0}
            """,
        "criteria-app/speed.yaml": """
            id: speed
            weight: 100
            criteria:
              - {id: hours, weight: 100, fact: hours, score: {method: linear, worst: 9, best: 0}}
            """,
        "bids/acme.yaml": ACME + "hours: 6\n",
    }
    result = evaluate(files)
    assert result.column("outcome", lot="web") == {"acme": "eliminated"}
    app = result.bids(lot="app")["acme"]
    assert app["outcome"] == "advanced"
    assert [node["id"] for node in app["criteria"]] == ["speed", "speed.hours"]
    assert app["criteria"][1]["points"] == 33.33, "method.yaml's rounding is of the other set"


def test_award_changes_no_ranking_shortlist_or_winner(evaluate):
    files = {
        "tender.yaml": "lots: {web: {}, app: {}}\naward: {lots_per_vendor: 1}\n",
        "criteria/quality.yaml": QUALITY,
        "bids/acme.yaml": ACME,
        "bids/bolt.yaml": "vendor: {id: bolt}\nyears: 4\n",
    }
    result = evaluate(files)
    assert [(lot["winner"], lot["shortlist"]) for lot in result["lots"]] == [
        ("acme", ["acme", "bolt"])
    ] * 2


@pytest.mark.parametrize(
    "deadline", ["2026-03-31T17:00:00", "2026-03-31 17:00", "2026-03-31", "soon"]
)
def test_a_deadline_is_a_time_of_day_with_a_zone(problems, deadline):
    found = problems(
        {
            "tender.yaml": f"id: T\ndeadline: {deadline}\n",
            "criteria/quality.yaml": QUALITY,
            "bids/acme.yaml": ACME,
        }
    )
    assert (found[0]["file"], found[0]["line"]) == ("tender.yaml", 2)


def test_an_unknown_key_of_the_tender_is_an_error_with_a_suggestion(problems, says):
    found = problems(
        {
            "tender.yaml": "id: T\ncurency: CNY\n",
            "criteria/quality.yaml": QUALITY,
            "bids/acme.yaml": ACME,
        }
    )
    assert says(found, "curency", "currency")
    assert (found[0]["file"], found[0]["line"], found[0]["column"]) == ("tender.yaml", 2, 1)


def test_only_yaml_and_json_directly_in_the_folder_are_read(evaluate):
    result = evaluate(
        {
            "criteria/quality.yaml": QUALITY,
            "criteria/README.md": "# not a group\n",
            "bids/acme.yaml": ACME,
            "bids/bolt.yml": "vendor: {id: bolt}\nyears: 4\n",
            "bids/core.json": '{"vendor": {"id": "core"}, "years": 3}',
            "bids/notes.txt": "not a bid\n",
            "bids/old/dart.yaml": "vendor: {id: dart}\n",
        }
    )
    assert result.lot()["shortlist"] == ["acme", "bolt", "core"]


def test_options_name_other_places(evaluate):
    result = evaluate(
        {
            "elsewhere/t.yaml": "id: OTHER\ncurrency: CNY\n",
            "tender.yaml": "id: NEAR\n",
            "c2/q.yaml": """
                id: q
                weight: 100
                criteria:
                  - {id: panel, weight: 50, score: {method: panel, scale: [0, 5]}}
                  - {id: cost, weight: 50, fact: cost, score: {method: linear, worst: 142, best: 0}}
                """,
            "s2/li.yaml": "evaluator: {id: li}\nscores: {acme: {q.panel: 4}}\n",
            "r2.yaml": "- {date: 2026-01-01, from: USD, to: CNY, rate: 7.1}\n",
            "bids/acme.yaml": "vendor: {id: acme}\ncost: {amount: 10, currency: USD}\n",
        },
        *("--tender", "elsewhere/t.yaml", "--criteria", "c2"),
        *("--scores", "s2", "--rates", "r2.yaml"),
    )
    assert result["tender"]["id"] == "OTHER"
    assert result.points("q.panel") == {"acme": 80.0}
    assert result.points("q.cost") == {"acme": 50.0}


def test_a_criteria_folder_replaces_the_shipped_set_whole(evaluate):
    result = evaluate({"criteria/quality.yaml": QUALITY, "bids/acme.yaml": ACME})
    assert [each["id"] for each in result.lot()["rounds"]] == ["all"]
    assert [node["id"] for node in result.bids()["acme"]["criteria"]] == [
        "quality",
        "quality.years",
    ]


def test_a_deadline_in_json_is_one_too(evaluate):
    result = evaluate(
        {
            "tender.json": '{"deadline": "2026-03-31T17:00:00+08:00"}',
            "criteria/method.yaml": "requirements: {t: {fact: received, at_most: tender.deadline}}",
            "criteria/g.yaml": "id: g\nweight: 100\n"
            "criteria: [{id: x, weight: 100, expr: '1', score: {method: points}}]\n",
            "bids/acme.json": '{"vendor": {"id": "acme"}, "received": "2026-03-31T09:00:00Z"}',
            "bids/bolt.json": '{"vendor": {"id": "bolt"}, "received": "2026-03-31T09:00:01Z"}',
        }
    )
    assert result.column("outcome") == {"acme": "advanced", "bolt": "eliminated"}
