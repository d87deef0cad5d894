"""A tender of Prozorro is evaluated from its own JSON."""

import json

import pytest

import tenderscore as ts
from contract.prozorro import single, tender, text

EARLY, LATE = "2026-02-02T09:00:00+02:00", "2026-02-02T08:00:00+00:00"


@pytest.fixture
def judged(round_files, run):
    """The exit code and what is printed of a tender, evaluated as it stands."""

    def invoke(made, *options, command=("evaluate", "tender.json"), beside=None):
        content = made if isinstance(made, str) else text(made)
        round_files({"tender.json": content} | (beside or {}))
        return run(*command, *options)

    return invoke


@pytest.fixture
def evaluated(judged):
    """A tender's evaluation as JSON."""

    def invoke(made, *options, beside=None):
        found = judged(made, "--format", "json", *options, beside=beside)
        assert found.code in {0, 3}, found.err
        return found.json

    return invoke


@pytest.fixture
def told(judged):
    """The problems of a tender that is invalid."""

    def invoke(made, *options, beside=None):
        found = judged(made, "--format", "json", *options, beside=beside)
        assert found.code == 1, found.out
        return found.json["problems"]

    return invoke


def rows(evaluation, round_, lot=0):
    (found,) = (each for each in evaluation["lots"][lot]["rounds"] if each["id"] == round_)
    return {row["vendor"]: row for row in found["bids"]}


def order(evaluation, round_="comparison", lot=0):
    return {vendor: row["evaluated_price"] for vendor, row in rows(evaluation, round_, lot).items()}


class TestComparison:
    def test_the_weighted_value_is_rounded_to_cents_and_the_earlier_bid_is_first(self, evaluated):
        # 1000 / (1 + 0.2 / (1 - 0.3)) = 777.777...; its last offer came in after the other bid.
        assert order(evaluated(tender())) == {"00000022": 777.78, "00000011": 777.78}
        paper = rows(evaluated(tender()), "comparison")
        assert [row["rank"] for row in paper.values()] == [1, 2]

    def test_features_are_those_of_the_lot_its_items_and_the_tenderer(self, evaluated):
        # Envelopes: only f1 counts: 300 / (1 + 0.1 / (1 - 0.1)) = 270.
        assert order(evaluated(tender()), lot=1) == {"00000011": 270, "00000022": 290}

    def test_a_feature_of_a_lot_counts_there_alone(self, evaluated):
        def moved(made):
            made["features"][1] |= {"featureOf": "lot", "relatedItem": "envelopes"}

        made = evaluated(tender(moved))
        assert order(made)["00000011"] == 900
        assert order(made, lot=1)["00000011"] == 233.33

    def test_without_features_the_price_decides_and_equal_prices_the_time(self, evaluated):
        made = single(("late", 90, LATE), ("early", 90, EARLY), ("dear", 90.01, EARLY))
        result = evaluated(made)
        assert result["lots"][0]["id"] == "all"
        assert list(order(result)) == ["early", "late", "dear"]
        assert result["lots"][0]["winner"] == "early"

    def test_costs_over_the_life_of_the_goods_are_added(self, evaluated):
        def costly(made):
            kinds = {"use": None, "waste": "paper", "noise": "envelopes"}
            made["awardCriteria"] = "lifeCycleCost"
            made["criteria"] = [
                {
                    "classification": {"id": "CRITERION.OTHER.LIFE_CYCLE_COST.COST_OF_USE"},
                    "relatesTo": "lot" if lot else "tender",
                    "relatedItem": lot,
                    "requirementGroups": [{"requirements": [{"id": id_}]}],
                }
                for id_, lot in kinds.items()
            ]
            made["criteria"].append({"requirementGroups": [{"requirements": [{"id": "other"}]}]})
            answers = {"use": 10, "waste": "0.105", "noise": 1000, "other": 7}
            made["bids"][0]["requirementResponses"] = [
                {"requirement": {"id": id_}, "value": value} for id_, value in answers.items()
            ]

        result = evaluated(tender(costly))
        # 777.777... + 10 + 0.105
        assert order(result) == {"00000022": 777.78, "00000011": 787.88}
        assert order(result, lot=1) == {"00000022": 290, "00000011": 1280}

    def test_wrapped_in_data_it_is_the_same(self, evaluated):
        wrapped, bare = evaluated({"data": tender(), "access": {}}), evaluated(tender())
        assert order(wrapped) == order(bare)
        assert [lot["winner"] for lot in wrapped["lots"]] == [lot["winner"] for lot in bare["lots"]]

    def test_what_the_tender_says_stands_in_the_result(self, evaluated):
        result = evaluated(tender())
        assert result["tender"]["id"] == "UA-2026-01-15-000001-a"
        assert result["tender"]["title"] == "Paper and envelopes"
        assert result["tender"]["currency"] == "UAH"
        assert [lot["id"] for lot in result["lots"]] == ["paper", "envelopes"]
        assert [lot["title"] for lot in result["lots"]] == ["Папір", "Конверти"]


class TestDecisions:
    def test_a_refused_award_is_a_decision_in_the_round_that_it_was_taken_in(self, evaluated):
        result = evaluated(tender())
        row = rows(result, "qualification")["00000022"]
        assert row["outcome"] == "eliminated"
        (decision,) = row["decisions"]
        assert decision["decide"] == "eliminate"
        assert (decision["by"], decision["date"]) == ("Міська бібліотека", "2026-01-22")
        assert decision["reason"] == "Ціна не обґрунтована: Пояснень не надано"
        lines = text(tender()).splitlines()
        assert decision["file"] == "tender.json"
        assert '"bid_id": "b2"' in lines[decision["line"]]
        assert [lot["winner"] for lot in result["lots"]] == ["00000011", "00000011"]

    def test_every_report_and_explain_tell_of_it(self, judged):
        for form in ("table", "csv", "markdown", "html"):
            assert "Ціна не обґрунтована" in judged(tender(), "--format", form).out
        command = ("explain", "tender.json", "00000022")
        assert "Ціна не обґрунтована" in judged(tender(), command=command).out

    def test_without_words_the_flags_of_the_record_are_the_reason(self, evaluated):
        awards = [{"bid_id": "bid-low", "status": "unsuccessful", "qualified": False, "date": LATE}]
        result = evaluated(single(("low", 5, EARLY), ("high", 6, EARLY), awards=awards))
        (decision,) = rows(result, "qualification")["low"]["decisions"]
        assert decision["reason"] == "status: unsuccessful, qualified: false"
        assert result["lots"][0]["winner"] == "high"

    def test_a_cancelled_award_decides_nothing(self, evaluated):
        awards = [
            {"bid_id": "bid-low", "status": "cancelled", "title": "Winner", "date": EARLY},
            {"bid_id": "bid-low", "status": "active", "date": LATE},
        ]
        result = evaluated(single(("low", 5, EARLY), ("high", 6, EARLY), awards=awards))
        assert (result["lots"][0]["winner"], result["warnings"]) == ("low", [])
        result = evaluated(single(("low", 5, EARLY), ("high", 6, EARLY), awards=awards[:1]))
        assert result["lots"][0]["winner"] == "low"
        assert [each["code"] for each in result["warnings"]] == ["prozorro-status"]

    def test_a_bid_disqualified_before_is_out_of_the_comparison(self, evaluated):
        def disqualified(made):
            made["bids"][0]["status"] = "unsuccessful"
            made["qualifications"] = [
                {
                    "bidID": "b1",
                    "lotID": lot,
                    "status": "unsuccessful",
                    "title": "Без ліцензії",
                    "date": "2026-01-20T17:00:00+02:00",
                }
                for lot in ("paper", "envelopes")
            ]

        result = evaluated(tender(disqualified))
        row = rows(result, "comparison", lot=1)["00000011"]
        assert (row["outcome"], row["decisions"][0]["reason"]) == ("eliminated", "Без ліцензії")
        assert result["lots"][1]["winner"] == "00000022"
        assert result["lots"][0]["winner"] is None

    def test_a_disqualification_without_its_record_is_one_by_its_status(self, evaluated):
        made = single(("low", 5, EARLY), ("high", 6, EARLY), dateModified=LATE)
        made["bids"][0]["status"] = "unsuccessful"
        (decision,) = rows(evaluated(made), "comparison")["low"]["decisions"]
        assert (decision["reason"], decision["date"]) == ("status: unsuccessful", "2026-02-02")

    def test_the_buyer_adds_decisions_in_a_file_beside(self, evaluated):
        beside = {
            "decisions.yaml": "- {decide: eliminate, vendor: '00000022', lot: envelopes,"
            " by: Me, date: 2026-01-24, reason: Late}\n"
        }
        result = evaluated(tender(), beside=beside)
        assert rows(result, "comparison", lot=1)["00000022"]["outcome"] == "eliminated"
        assert rows(result, "qualification")["00000022"]["outcome"] == "eliminated"

    def test_one_that_touches_nothing_under_another_method_is_a_warning(self, evaluated):
        beside = {
            "own/method.yaml": "requirements: {cheap: {fact: price, at_most: 5}}\n"
            "rounds: [{id: a, requirements: [cheap]}, {id: b, criteria: [g]}]\n",
            "own/g.yaml": "id: g\nweight: 100\n"
            "criteria: [{id: p, weight: 100, fact: price, score: {method: ratio_to_best,"
            " better: low}}]\n",
        }
        awards = [{"bid_id": "bid-high", "status": "unsuccessful", "date": LATE}]
        made = single(("low", 5, EARLY), ("high", 6, EARLY), awards=awards)
        result = evaluated(made, "--criteria", "own", beside=beside)
        assert result["lots"][0]["winner"] == "low"
        assert [each["code"] for each in result["warnings"]] == ["idle-decision"]


class TestStatuses:
    def test_a_deleted_bid_is_withdrawn(self, evaluated):
        made = single(("low", 5, EARLY), ("high", 6, EARLY))
        made["bids"][0]["status"] = "deleted"
        result = evaluated(made)
        assert [each["vendor"] for each in result["lots"][0]["set_aside"]] == ["low"]
        assert result["lots"][0]["winner"] == "high"

    def test_one_whose_lots_are_no_longer_known_is_so_in_all(self, evaluated):
        for lot in evaluated(tender())["lots"]:
            assert [each["vendor"] for each in lot["set_aside"]] == ["00000033"]

    @pytest.mark.parametrize("status", ["draft", "invalid", "invalid.pre-qualification", "\u202e"])
    def test_a_bid_that_never_stood_takes_no_part(self, evaluated, status):
        made = single(("low", 5, EARLY), ("high", 6, EARLY))
        made["bids"][0]["status"] = status
        result = evaluated(made)
        assert (result["lots"][0]["winner"], list(order(result))) == ("high", ["high"])
        assert [each["code"] for each in result["warnings"]] == ["prozorro-status"]

    def test_an_offer_that_lapsed_takes_no_part_in_its_lot(self, evaluated):
        def lapsed(made):
            made["bids"][0]["lotValues"][1]["status"] = "invalid"

        result = evaluated(tender(lapsed))
        assert list(order(result, lot=1)) == ["00000022"]
        assert list(order(result)) == ["00000022", "00000011"]

    def test_a_cancelled_lot_is_shown_without_bids_and_with_the_reason(self, evaluated):
        def cancelled(made):
            made["lots"][0]["status"] = "cancelled"
            made["cancellations"] = [
                {"status": "active", "relatedLot": "paper", "reason": "Немає коштів"}
            ]

        result = evaluated(tender(cancelled))
        assert (result["lots"][0]["shortlist"], order(result)) == ([], {})
        (warning,) = result["warnings"]
        assert warning["code"] == "prozorro-status"
        assert "cancelled" in text(tender(cancelled)).splitlines()[warning["line"] - 1]
        assert "Немає коштів" in warning["help"]

    def test_a_cancelled_tender_likewise(self, judged):
        made = single(("low", 5, EARLY), status="cancelled")
        found = judged(made, "--format", "json")
        assert (found.code, found.json["lots"][0]["shortlist"]) == (3, [])

    def test_two_bids_under_one_registration_go_by_their_own_ids(self, evaluated):
        made = single(("same", 5, EARLY), ("same", 6, EARLY), ("other", 7, EARLY))
        made["bids"][1]["id"] = "second"
        assert list(order(evaluated(made))) == ["bid-same", "second", "other"]

    def test_a_new_bid_after_a_deleted_one_goes_by_the_registration(self, evaluated):
        made = single(("same", 5, EARLY), ("same", 6, EARLY))
        made["bids"][0] |= {"status": "deleted", "id": "first"}
        result = evaluated(made)
        assert result["lots"][0]["winner"] == "same"
        assert [each["bid"] for each in result["lots"][0]["set_aside"]] == ["first"]

    def test_value_added_tax_in_one_and_not_in_the_other_is_told(self, evaluated):
        def untaxed(made):
            made["bids"][0]["lotValues"][1]["value"]["valueAddedTaxIncluded"] = False

        result = evaluated(tender(untaxed))
        assert [each["code"] for each in result["warnings"]] == ["prozorro-tax"]
        assert order(result, lot=1)["00000011"] == 270


class TestRefused:
    @pytest.mark.parametrize(
        "procedure",
        [
            "esco",
            "closeFrameworkAgreementUA",
            "closeFrameworkAgreementSelectionUA",
            "competitiveDialogueEU",
            "negotiation",
            "reporting",
            "complexAsset.arma",
            "<b>bold</b>",
        ],
    )
    def test_a_procedure_that_is_judged_otherwise(self, told, procedure):
        (problem,) = told(single(("low", 5, EARLY), procurementMethodType=procedure))
        assert (problem["code"], problem["line"]) == ("prozorro-procedure", 3)
        assert procedure in problem["message"]
        assert "belowThreshold" in problem["help"]

    @pytest.mark.parametrize("by", ["ratedCriteria", "bestProposal"])
    def test_award_criteria_that_are_judged_otherwise(self, told, by):
        (problem,) = told(single(("low", 5, EARLY), awardCriteria=by))
        assert problem["code"] == "prozorro-procedure"

    def test_a_tender_without_bids(self, told):
        (problem,) = told({"tenderID": "UA-1", "status": "active.tendering"})
        assert problem["code"] == "no-bids"
        assert "active.tendering" in problem["message"]

    def test_features_that_do_not_fit(self, told):
        def misfit(made):
            made["bids"][0]["parameters"] = [
                {"code": "f1", "value": 0.15},
                {"code": "f9", "value": 0.1},
                {"code": "f2", "value": 0},
                {"code": "f2", "value": 0},
            ]

        found = told(tender(misfit))
        assert {each["code"] for each in found} == {"prozorro-features"}
        assert sorted({each["message"] for each in found}) == [
            "0.15 is no step of the feature f1: 0.1, 0",
            "the feature f2 is given twice",
            "the tender has no feature f9",
        ]

    def test_a_feature_that_a_bid_is_silent_on_counts_nothing(self, evaluated):
        def silent(made):
            made["bids"][0]["parameters"] = []

        result = evaluated(tender(silent))
        assert order(result)["00000011"] == 1000
        assert {each["code"] for each in result["warnings"]} == {"prozorro-features"}

    def test_features_that_leave_no_price(self, told):
        def too_much(made):
            made["features"][1]["enum"][0]["value"] = 0.9

        (problem,) = told(tender(too_much))
        assert problem["code"] == "prozorro-features"
        assert "1, not to less than 1" in problem["message"]

    @pytest.mark.parametrize(
        ("key", "value"),
        [
            ("bids", {"id": "b"}),
            ("bids", ["b1"]),
            ("bids", [{"status": "active"}]),
            ("bids", [{"id": {"x": 1}}]),
            ("lots", "many"),
            ("lots", [{"title": "x"}]),
            ("lots", [{"id": "a"}, {"id": "a"}]),
            ("features", [{"code": "f", "enum": [{"value": "much"}]}]),
            ("features", [{"code": "f", "enum": [{"value": -0.1}]}]),
            ("features", [{"enum": []}]),
            ("criteria", [{"classification": {"id": "CRITERION.OTHER.LIFE_CYCLE_COST.X"}}]),
            ("criteria", {"classification": 3}),
            ("awards", 7),
            ("qualifications", [None]),
            ("title", {"uk": "x"}),
            ("title", ["x"]),
            ("tenderPeriod", {"endDate": "soon"}),
            ("value", {"amount": 100, "currency": 7}),
        ],
    )
    def test_a_form_that_is_amiss_is_told_at_its_place(self, judged, key, value):
        found = judged(single(("low", 5, EARLY)) | {key: value}, "--format", "json")
        assert "Traceback" not in found.err
        assert found.code in {0, 1, 3}
        for each in found.json.get("problems", []):
            assert each["file"] == "tender.json"
            assert each["line"]

    def test_a_price_of_nothing_is_an_error_at_its_place(self, told):
        (problem,) = told(single(("low", 0, EARLY), ("high", 6, EARLY)))
        assert (problem["code"], problem["line"]) == ("price", 21)

    def test_a_tender_cut_short_is_told_as_broken_json(self, told):
        (problem,) = told(text(tender())[:700])
        assert problem["code"] == "json-syntax"

    def test_another_lone_json_file_is_no_round(self, judged):
        found = judged('{"vendor": {"id": "acme"}, "price": 5}')
        assert (found.code, found.out) == (2, "")
        assert "neither a folder of bids nor a .csv or .xlsx table" in found.err
        assert "Prozorro" in found.err

    @pytest.mark.parametrize("content", ["", "[]", "7", "{", '{"data": [1]}', "\0"])
    def test_whatever_is_in_it(self, judged, content):
        assert judged(content).code == 2

    def test_nesting_and_size_are_bounded(self, judged):
        deep = '{"tenderID": "UA-1", "x": ' + "[" * 100_000
        assert judged(deep).code == 1


class TestBeside:
    def test_of_the_files_beside_only_decisions_count(self, evaluated):
        beside = {
            "tender.yaml": "lots: {other: {}}\n",
            "criteria/method.yaml": "rounds: {}\n",
            "scores/li.yaml": "nonsense\n",
            "rates.yaml": "nonsense\n",
            "panel.yaml": "nonsense\n",
        }
        assert evaluated(tender(), beside=beside)["lots"][0]["winner"] == "00000011"

    def test_criteria_of_ones_own_read_its_facts(self, evaluated):
        beside = {
            "own/method.yaml": "requirements:\n"
            "  budget: {fact: price, at_most: lot.budget}\n"
            "  time: {fact: received, at_most: tender.deadline}\n"
            "rounds: [{id: a, requirements: [budget, time], criteria: [g]}]\n",
            "own/g.yaml": "id: g\nweight: 100\n"
            "criteria: [{id: p, weight: 100, fact: price, score: {method: ratio_to_best,"
            " better: low}}]\n",
        }
        made = single(("low", 50, EARLY), ("late", 40, LATE), ("dear", 101, EARLY))
        made["tenderPeriod"] = {"endDate": "2026-02-02T09:30:00+02:00"}
        result = evaluated(made, "--criteria", "own", beside=beside)
        assert result["lots"][0]["winner"] == "low"

    def test_a_rate_for_a_bid_in_another_currency(self, told, evaluated):
        made = single(("low", 2, EARLY), ("high", 90, EARLY))
        made["bids"][0]["value"]["currency"] = "EUR"
        assert [each["code"] for each in told(made)] == ["missing-rate"]
        rates = {"r.yaml": "- {date: 2026-01-01, from: EUR, to: UAH, rate: 50}\n"}
        result = evaluated(made, "--rates", "r.yaml", beside=rates)
        assert order(result) == {"high": 90, "low": 100}


class TestCommands:
    def test_check_finds_nothing_wrong(self, judged):
        found = judged(tender(), command=("check", "tender.json"))
        assert (found.code, found.err) == (0, "")

    def test_explain_shows_the_coefficient(self, judged):
        found = judged(tender(), command=("explain", "tender.json", "00000011"))
        assert "1000 / 1.285714... - 1000 = -222.222222..." in found.out

    def test_python_takes_it_too(self, round_files):
        round_files({"tender.json": text(tender())})
        assert ts.evaluate("tender.json").lots["paper"].winner == "00000011"

    @pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
    def test_messages_are_in_chinese(self, judged, language):
        made = single(("low", 5, EARLY), procurementMethodType="esco")
        assert "esco" in judged(made, "--lang", language).err
        assert "is not one that" not in judged(made, "--lang", language).err

    def test_hostile_text_is_harmless(self, judged):
        evil = "\x1b[31m<script>\u202e=1+1[bold]"

        def hostile(made):
            made["title"] = made["title_en"] = made["lots"][0]["title"] = evil
            made["bids"][0]["tenderers"][0]["name"] = evil
            made["awards"][0]["title"] = made["procuringEntity"]["name"] = evil

        for form in ("table", "markdown", "html", "csv", "json"):
            out = judged(json.dumps(tender(hostile)), "--format", form).out
            assert "\x1b" not in out
            assert "<script>" not in out or form in {"table", "csv", "json"}
            assert "\u202e" not in out or form == "json"

    def test_the_order_of_bids_in_the_file_changes_nothing(self, evaluated):
        def turned(made):
            made["bids"].reverse()
            made["features"].reverse()

        one, other = evaluated(tender()), evaluated(tender(turned))
        assert order(one) == order(other)
        assert one["lots"][0]["winner"] == other["lots"][0]["winner"]
