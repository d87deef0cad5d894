"""Section 1.2: a bid, its offers, ids and versions."""

import json

import pytest

GROUP = """
id: g
weight: 100
criteria:
  - {id: x, weight: 100, fact: x, score: {method: linear, worst: 0, best: 10}}
"""


def bids(**contents):
    files = {"criteria/g.yaml": GROUP}
    files |= {f"bids/{name.replace('_', '-')}.yaml": text for name, text in contents.items()}
    return files


def deep(expr, **contents):
    """A round whose one criterion is a share that an expression gives."""
    files = bids(**contents)
    files["criteria/g.yaml"] = (
        "id: g\nweight: 100\ncriteria:\n"
        f"  - {{id: x, weight: 100, expr: '{expr}', score: {{method: points}}}}\n"
    )
    return files


def test_facts_are_addressed_by_their_dotted_path(evaluate):
    files = deep("bid.a.b.c", acme="vendor: {id: acme}\na: {b: {c: 40}}\n")
    assert evaluate(files).points("g.x") == {"acme": 40.0}


@pytest.mark.parametrize("word", ["id", "received", "withdrawn", "supersedes", "evidence"])
def test_tenderscores_own_words_are_no_unknown_keys(evaluate, word):
    values = {
        "id": "acme-1",
        "received": "2026-03-30T09:12:00+08:00",
        "withdrawn": "false",
        "supersedes": "acme-0",
        "evidence": "{x: certificate.pdf}",
    }
    files = bids(acme=f"vendor: {{id: acme}}\nx: 5\n{word}: {values[word]}\n")
    if word == "supersedes":
        files["bids/acme-0.yaml"] = "vendor: {id: acme}\nx: 1\n"
    assert evaluate(files).points("g.x") == {"acme": 50.0}


def test_a_key_has_no_dot_in_it(problems):
    found = problems(bids(acme="vendor: {id: acme}\nx: 1\nfinances.revenue: 3\n"))
    assert (found[0]["file"], found[0]["line"]) == ("bids/acme.yaml", 3)


@pytest.mark.parametrize(
    "text",
    ["x: 5\n", "vendor: {name: Acme}\nx: 5\n", "- vendor: {id: acme}\n", "", "acme\n"],
    ids=["no vendor", "no vendor.id", "a list", "empty", "text"],
)
def test_a_bid_file_is_one_mapping_with_a_vendor_id(problems, text):
    assert problems(bids(acme=text))[0]["file"] == "bids/acme.yaml"


def test_a_bid_file_of_two_documents_is_an_error(problems):
    found = problems(bids(acme="vendor: {id: acme}\nx: 1\n---\nvendor: {id: bolt}\nx: 2\n"))
    assert found[0]["file"] == "bids/acme.yaml"


def test_the_vendors_name_is_text(problems):
    assert problems(bids(acme="vendor: {id: acme, name: [Acme]}\nx: 5\n"))


@pytest.mark.parametrize("received", ["2026-03-30", "2026-03-30T09:12:00", "yesterday", "5"])
def test_received_is_a_time_of_day_with_a_zone(problems, received):
    found = problems(bids(acme=f"vendor: {{id: acme}}\nx: 5\nreceived: {received}\n"))
    assert (found[0]["file"], found[0]["line"]) == ("bids/acme.yaml", 3)


def test_withdrawn_is_a_boolean(problems):
    found = problems(bids(acme="vendor: {id: acme}\nx: 5\nwithdrawn: yes\n"))
    assert (found[0]["file"], found[0]["line"]) == ("bids/acme.yaml", 3)


def test_a_json_bid_is_its_yaml_twin(evaluate):
    facts = {"vendor": {"id": "acme", "name": "Acme"}, "x": 2.5, "offers": {"web": {"x": 7}}}
    twin = bids(acme="vendor: {id: acme, name: Acme}\nx: 2.5\noffers: {web: {x: 7}}\n")
    files = {"criteria/g.yaml": GROUP, "bids/acme.json": json.dumps(facts)}
    assert evaluate(files)["lots"] == evaluate(twin)["lots"]


class TestOffers:
    def test_a_bid_without_offers_bids_for_every_lot(self, evaluate):
        files = bids(
            acme="vendor: {id: acme}\nx: 1\n",
            bolt="vendor: {id: bolt}\nx: 1\noffers: {web: {}}\n",
        )
        files["tender.yaml"] = "lots: {web: {}, app: {}}\n"
        result = evaluate(files)
        assert list(result.bids(lot="web")) == ["acme", "bolt"]
        assert list(result.bids(lot="app")) == ["acme"]

    def test_an_offer_overrides_the_bids_facts(self, evaluate):
        result = evaluate(bids(acme="vendor: {id: acme}\nx: 1\noffers: {web: {x: 7}, app: {}}\n"))
        assert result.points("g.x", lot="web") == {"acme": 70.0}
        assert result.points("g.x", lot="app") == {"acme": 10.0}

    def test_an_offer_merges_key_by_key_at_any_depth(self, evaluate):
        files = deep(
            "bid.a.b.c + bid.a.b.d + bid.a.e",
            acme="""
            vendor: {id: acme}
            a: {b: {c: 1, d: 2}, e: 4}
            offers: {web: {a: {b: {d: 16}}}}
            """,
        )
        assert evaluate(files).points("g.x", lot="web") == {"acme": 21.0}

    def test_lists_replace_whole(self, evaluate):
        files = deep(
            "len(bid.a)", acme="vendor: {id: acme}\na: [p, q, r]\noffers: {web: {a: [s]}}\n"
        )
        assert evaluate(files).points("g.x", lot="web") == {"acme": 1.0}

    def test_money_replaces_whole(self, evaluate):
        files = deep(
            "bid.fee if not has(bid.fee.breakdown) else 99",
            acme="""
            vendor: {id: acme}
            fee: {amount: 7, currency: CNY, breakdown: {labour: 7}}
            offers: {web: {fee: {amount: 5, currency: CNY}}}
            """,
        )
        files["tender.yaml"] = "currency: CNY\n"
        assert evaluate(files).points("g.x", lot="web") == {"acme": 5.0}

    def test_withdrawn_in_an_offer_withdraws_it_for_that_lot(self, evaluate):
        result = evaluate(
            bids(acme="vendor: {id: acme}\nx: 1\noffers: {web: {withdrawn: true}, app: {}}\n")
        )
        assert list(result.bids(lot="app")) == ["acme"]
        assert result.lot("web")["shortlist"] == []
        assert [(e["vendor"], e["rule"]) for e in result.lot("web")["set_aside"]] == [
            ("acme", "withdrawn")
        ]
        assert result.lot("app")["set_aside"] == []


class TestIds:
    def test_a_bids_id_is_its_files_name_or_its_id(self, evaluate):
        files = bids(
            acme="vendor: {id: acme}\nx: 1\nwithdrawn: true\n",
            bolt="id: b-7\nvendor: {id: bolt}\nx: 1\nwithdrawn: true\n",
            core="vendor: {id: core}\nx: 1\n",
        )
        aside = evaluate(files).lot()["set_aside"]
        assert [(each["vendor"], each["bid"]) for each in aside] == [
            ("acme", "acme"),
            ("bolt", "b-7"),
        ]

    @pytest.mark.parametrize("vendor", ["007", "NO", "1_000", "true", "1.50", "2026-01-01", "null"])
    def test_a_vendor_id_is_text_exactly_as_written(self, evaluate, vendor):
        result = evaluate(bids(acme=f"vendor: {{id: {vendor}}}\nx: 1\n"))
        assert list(result.bids()) == [vendor]

    def test_a_lot_id_is_text_exactly_as_written(self, evaluate):
        files = bids(acme="vendor: {id: acme}\nx: 1\noffers: {007: {}, 1.0: {}}\n")
        files["tender.yaml"] = "lots: {007: {}, 1.0: {}}\n"
        assert [lot["id"] for lot in evaluate(files)["lots"]] == ["007", "1.0"]

    def test_a_bid_id_is_text_exactly_as_written(self, evaluate):
        files = bids(
            first="id: 010\nvendor: {id: acme}\nx: 1\n",
            second="vendor: {id: acme}\nx: 2\nsupersedes: 010\n",
        )
        assert evaluate(files).lot()["set_aside"][0]["bid"] == "010"

    def test_a_name_falls_back_to_the_id(self, evaluate):
        result = evaluate(bids(acme="vendor: {id: acme}\nx: 1\n"))
        assert result.bids()["acme"]["name"] == "acme"

    @pytest.mark.parametrize("bad", ["'a.b'", "a b", "a/b", "''"])
    def test_ids_of_criteria_are_letters_digits_hyphen_and_underscore(self, problems, bad):
        files = bids(acme="vendor: {id: acme}\nx: 1\n")
        files["criteria/g.yaml"] = GROUP.replace("id: x", f"id: {bad}")
        assert problems(files)[0]["file"] == "criteria/g.yaml"

    def test_ids_of_criteria_may_use_all_of_these(self, evaluate):
        files = bids(acme="vendor: {id: acme}\nx: 1\n")
        files["criteria/g.yaml"] = GROUP.replace("id: x", "id: Site-visit_2")
        assert evaluate(files).points("g.Site-visit_2") == {"acme": 10.0}

    def test_ids_are_unique_among_siblings(self, problems, says):
        files = bids(acme="vendor: {id: acme}\nx: 1\n")
        files["criteria/g.yaml"] = """
            id: g
            weight: 100
            criteria:
              - {id: twin, weight: 50, fact: x, score: {method: linear, worst: 0, best: 10}}
              - {id: twin, weight: 50, fact: x, score: {method: linear, worst: 0, best: 10}}
            """
        assert says(problems(files), "twin")

    def test_two_groups_of_one_id_are_an_error(self, problems):
        files = bids(acme="vendor: {id: acme}\nx: 1\n")
        files["criteria/g.yaml"] = files["criteria/h.yaml"] = GROUP.replace("100", "50", 1)
        assert problems(files)

    def test_children_of_different_parents_may_share_an_id(self, evaluate):
        files = bids(acme="vendor: {id: acme}\nx: 1\n")
        files["criteria/g.yaml"] = GROUP.replace("100", "50", 1)
        files["criteria/h.yaml"] = files["criteria/g.yaml"].replace("id: g", "id: h")
        result = evaluate(files)
        assert result.points("g.x") == result.points("h.x") == {"acme": 10.0}


class TestVersions:
    def test_the_last_of_a_chain_is_the_bid(self, evaluate):
        result = evaluate(
            bids(
                a1="vendor: {id: acme}\nx: 1\n",
                a2="vendor: {id: acme}\nx: 2\nsupersedes: a1\n",
                a3="vendor: {id: acme}\nx: 3\nsupersedes: a2\n",
            )
        )
        assert result.points("g.x") == {"acme": 30.0}
        assert sorted((e["bid"], e["rule"]) for e in result.lot()["set_aside"]) == [
            ("a1", "superseded"),
            ("a2", "superseded"),
        ]

    @pytest.mark.parametrize(
        "supersedes", ["nothing", "bolt", "acme"], ids=["unknown", "foreign", "itself"]
    )
    def test_superseding_no_earlier_bid_of_the_vendor_is_an_error(self, problems, supersedes):
        found = problems(
            bids(
                acme=f"vendor: {{id: acme}}\nx: 1\nsupersedes: {supersedes}\n",
                bolt="vendor: {id: bolt}\nx: 1\n",
            )
        )
        assert (found[0]["file"], found[0]["line"]) == ("bids/acme.yaml", 3)

    def test_a_cycle_is_an_error(self, problems):
        assert problems(
            bids(
                a1="vendor: {id: acme}\nx: 1\nsupersedes: a3\n",
                a2="vendor: {id: acme}\nx: 2\nsupersedes: a1\n",
                a3="vendor: {id: acme}\nx: 3\nsupersedes: a2\n",
            )
        )

    def test_two_live_bids_of_one_vendor_are_an_error(self, problems, says):
        found = problems(
            bids(a1="vendor: {id: acme}\nx: 1\n", a2="vendor: {id: acme}\nx: 2\n"),
        )
        assert says(found, "acme")

    def test_two_replacements_of_one_bid_are_two_live_bids(self, problems):
        assert problems(
            bids(
                a1="vendor: {id: acme}\nx: 1\n",
                a2="vendor: {id: acme}\nx: 2\nsupersedes: a1\n",
                a3="vendor: {id: acme}\nx: 2\nsupersedes: a1\n",
            )
        )

    def test_two_bids_of_one_id_are_an_error(self, problems):
        assert problems(
            bids(
                acme="id: same\nvendor: {id: acme}\nx: 1\n",
                bolt="id: same\nvendor: {id: bolt}\nx: 1\n",
            )
        )

    def test_withdrawing_a_bid_revives_none(self, evaluate):
        result = evaluate(
            bids(
                a1="vendor: {id: acme}\nx: 1\n",
                a2="vendor: {id: acme}\nx: 2\nsupersedes: a1\nwithdrawn: true\n",
                bolt="vendor: {id: bolt}\nx: 1\n",
            )
        )
        assert list(result.bids()) == ["bolt"]
        assert sorted((e["bid"], e["rule"]) for e in result.lot()["set_aside"]) == [
            ("a1", "superseded"),
            ("a2", "withdrawn"),
        ]

    def test_a_withdrawn_bid_has_no_row_and_stands_set_aside(self, evaluate):
        result = evaluate(
            bids(
                acme="vendor: {id: acme}\nx: 1\nwithdrawn: true\n",
                bolt="vendor: {id: bolt}\nx: 1\n",
            )
        )
        assert list(result.bids()) == ["bolt"]
        (aside,) = result.lot()["set_aside"]
        assert (aside["vendor"], aside["bid"], aside["rule"]) == ("acme", "acme", "withdrawn")
        assert aside["message"]

    def late(self, received):
        files = bids(
            a1="vendor: {id: acme}\nx: 1\nreceived: 2026-03-30T09:00:00+08:00\n",
            a2=f"vendor: {{id: acme}}\nx: 2\nsupersedes: a1\n{received}\n",
        )
        files["tender.yaml"] = "deadline: 2026-03-31T17:00:00+08:00\n"
        return files

    def test_a_late_replacement_is_set_aside_with_a_warning_and_the_earlier_stands(self, evaluate):
        result = evaluate(self.late("received: 2026-03-31T17:00:01+08:00"))
        assert result.points("g.x") == {"acme": 10.0}
        assert [(e["bid"], e["rule"]) for e in result.lot()["set_aside"]] == [("a2", "late")]
        assert any(each["file"] == "bids/a2.yaml" for each in result["warnings"])

    @pytest.mark.parametrize(
        "received",
        [
            "received: 2026-03-31T17:00:00+08:00",
            "received: 2026-03-31T09:00:00Z",
            "received: 2026-03-31T04:00:00-05:00",
            "",
        ],
        ids=["the very second", "in UTC", "in New York", "says nothing"],
    )
    def test_a_replacement_in_time_or_of_no_time_replaces(self, evaluate, received):
        result = evaluate(self.late(received))
        assert result.points("g.x") == {"acme": 20.0}
        assert [(e["bid"], e["rule"]) for e in result.lot()["set_aside"]] == [("a1", "superseded")]

    def test_a_late_link_of_a_chain_leaves_the_bid_before_it(self, evaluate):
        files = self.late("received: 2026-03-30T12:00:00+08:00")
        files["bids/a3.yaml"] = (
            "vendor: {id: acme}\nx: 3\nsupersedes: a2\nreceived: 2026-04-01T00:00:00+08:00\n"
        )
        result = evaluate(files)
        assert result.points("g.x") == {"acme": 20.0}
        assert sorted((e["bid"], e["rule"]) for e in result.lot()["set_aside"]) == [
            ("a1", "superseded"),
            ("a3", "late"),
        ]

    def test_a_replacement_of_a_late_one_that_is_not_late_stands(self, evaluate):
        files = self.late("received: 2026-04-01T00:00:00+08:00")
        files["bids/a3.yaml"] = "vendor: {id: acme}\nx: 3\nsupersedes: a2\n"
        assert evaluate(files).points("g.x") == {"acme": 30.0}

    def test_set_aside_stands_in_the_lots_that_the_bid_names(self, evaluate):
        files = bids(
            a1="vendor: {id: acme}\nx: 1\noffers: {web: {}}\n",
            a2="vendor: {id: acme}\nx: 2\nsupersedes: a1\noffers: {app: {}}\n",
        )
        files["tender.yaml"] = "lots: {web: {}, app: {}}\n"
        result = evaluate(files)
        assert [e["bid"] for e in result.lot("web")["set_aside"]] == ["a1"]
        assert result.lot("app")["set_aside"] == []
        assert list(result.bids(lot="app")) == ["acme"]
        assert result.lot("web")["shortlist"] == []


class TestNearMisses:
    def test_a_fact_that_is_not_read_but_close_to_one_that_is_gets_a_warning(self, evaluate):
        files = deep(
            "1 if has(bid.experience.years) else 0",
            acme="vendor: {id: acme}\nexperience: {yaers: 12}\n",
        )
        near = [each for each in evaluate(files)["warnings"] if "yaers" in each["message"]]
        assert [(each["file"], each["line"]) for each in near] == [("bids/acme.yaml", 2)]
        assert "years" in near[0]["message"] or "years" in (near[0].get("help") or "")

    def test_a_fact_of_an_altogether_other_name_gets_none(self, evaluate):
        files = bids(acme="vendor: {id: acme}\nx: 3\nheadquarters: Shenzhen\n")
        assert evaluate(files)["warnings"] == []


class TestPrices:
    @pytest.mark.parametrize("price", ["0", "-1", "-0.01", ".inf", ".nan", "free", "true", "[1]"])
    def test_a_price_is_positive_and_finite(self, problems, price):
        found = problems(bids(acme=f"vendor: {{id: acme}}\nx: 5\nprice: {price}\n"))
        assert (found[0]["file"], found[0]["line"]) == ("bids/acme.yaml", 3)

    def test_a_price_of_money_is_positive_too(self, problems):
        files = bids(acme="vendor: {id: acme}\nx: 5\nprice: {amount: 0, currency: CNY}\n")
        files["tender.yaml"] = "currency: CNY\n"
        assert problems(files)

    def test_a_price_in_an_offer_is_positive(self, problems):
        assert problems(bids(acme="vendor: {id: acme}\nx: 5\noffers: {web: {price: -3}}\n"))

    def test_a_price_that_every_offer_overrides_is_positive(self, problems):
        found = problems(
            bids(acme="vendor: {id: acme}\nx: 5\nprice: 0\noffers: {web: {price: 3}}\n")
        )
        assert (found[0]["file"], found[0]["line"]) == ("bids/acme.yaml", 3)
