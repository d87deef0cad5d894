"""Section 1.10: decisions that say too little, name what there is not, or touch nothing."""

import pytest

from contract.decided import BIDS, CRITERIA, LOTS, decided, entry, panel

OUT = "decide: eliminate, vendor: bolt"


@pytest.fixture
def wrong(problems):
    """The only problem of a round with one decision: its code, line, column and words."""

    def invoke(text, files=None, **signed):
        rows = entry(text, **signed) if text else ""
        found = problems((files or CRITERIA | BIDS) | {"decisions.yaml": rows})
        assert len(found) == 1, found
        return found[0]

    return invoke


def at(problem):
    return problem["code"], problem["file"], problem["line"]


class TestForm:
    @pytest.mark.parametrize("key", ["by", "date", "reason"])
    def test_who_when_and_why_are_needed(self, wrong, key):
        signed = {"by": "TC", "date": "2026-04-02", "reason": "x"}
        del signed[key]
        found = wrong(OUT, signed=", ".join(f"{k}: {v}" for k, v in signed.items()))
        assert at(found) == ("missing-key", "decisions.yaml", 1)
        assert key in found["message"]

    @pytest.mark.parametrize("key", ["by", "reason"])
    def test_a_blank_one_is_none(self, wrong, key):
        signed = {"by": "TC", "date": "2026-04-02", "reason": "x"} | {key: "'  '"}
        found = wrong(OUT, signed=", ".join(f"{k}: {v}" for k, v in signed.items()))
        assert at(found) == ("blank-text", "decisions.yaml", 1)

    def test_the_date_is_a_plain_date(self, wrong):
        found = wrong(OUT, signed="by: TC, date: last week, reason: x")
        assert found["code"] == "wrong-type"

    def test_the_kind_is_one_of_six(self, wrong):
        found = wrong("decide: eliminat, vendor: bolt")
        assert at(found) == ("unknown-value", "decisions.yaml", 1)
        assert found["column"] == len("- {decide: ") + 1
        assert "eliminate" in found["help"]

    def test_a_misspelt_kind_hides_nothing_of_the_one_that_was_meant(self, problems):
        rows = "- {decide: eliminat, vendor: bolt, by: ' ', date: soon, rond: final}\n"
        found = problems(CRITERIA | BIDS | {"decisions.yaml": rows})
        codes = sorted(each["code"] for each in found)
        assert codes == ["blank-text", "missing-key", "unknown-key", "unknown-value", "wrong-type"]

    def test_a_decision_needs_its_kind(self, wrong):
        assert wrong("vendor: bolt")["code"] == "missing-key"

    def test_unknown_keys_are_told_at_the_key(self, wrong):
        found = wrong("decide: eliminate, vendor: bolt, rond: final")
        assert (found["code"], found["help"]) == ("unknown-key", "did you mean `round`?")
        assert found["column"] == len("- {decide: eliminate, vendor: bolt, ") + 1

    def test_keys_of_another_kind_are_unknown(self, wrong):
        assert wrong(f"{OUT}, score: 4")["code"] == "unknown-key"

    def test_the_file_is_a_list(self, problems):
        found = problems(CRITERIA | BIDS | {"decisions.yaml": "decide: eliminate\n"})
        assert [each["code"] for each in found] == ["decisions-form"]

    def test_an_order_names_two_vendors_or_more_once(self, wrong):
        assert wrong("decide: break_tie, order: [bolt]")["code"] == "decision-form"
        assert wrong("decide: break_tie, order: [bolt, bolt]")["code"] == "decision-form"

    def test_tenderscores_own_words_are_no_facts(self, wrong):
        text = "decide: correct, vendor: bolt, fact: supersedes, was: null, value: x"
        assert wrong(text)["code"] == "decision-form"

    def test_check_tells_as_well(self, round_files, run):
        round_files(decided("decide: eliminate, vendor: bort"))
        done = run("check", "bids")
        assert done.code == 1
        assert "decisions.yaml:1:31: error[unknown-vendor]" in done.err


class TestNames:
    @pytest.mark.parametrize(
        ("text", "code", "help_"),
        [
            ("decide: eliminate, vendor: bort", "unknown-vendor", "bolt"),
            (f"{OUT}, lot: wset", "unknown-lot", "west"),
            (f"{OUT}, round: finale", "unknown-round", "final"),
            ("decide: waive, vendor: cog, requirement: audit", "unknown-requirement", "audited"),
            ("decide: consensus, vendor: bolt, criterion: x, score: 1", "unknown-criterion", None),
            ("decide: break_tie, order: [bolt, acmee]", "unknown-vendor", "acme"),
        ],
    )
    def test_what_there_is_not_is_told_with_what_there_is(self, wrong, text, code, help_):
        found = wrong(text, CRITERIA | BIDS | LOTS)
        assert at(found) == (code, "decisions.yaml", 1)
        assert help_ is None or help_ in found["help"]

    def test_a_criterion_that_the_panel_does_not_score_has_no_consensus(self, wrong):
        text = "decide: consensus, vendor: bolt, criterion: quality.x, score: 1"
        assert wrong(text)["code"] == "unknown-criterion"

    def test_a_requirement_of_another_round_is_unknown_in_this(self, wrong):
        text = "decide: waive, vendor: cog, requirement: audited, round: final"
        assert wrong(text)["code"] == "unknown-requirement"

    def test_a_consensus_is_on_the_scale(self, wrong):
        text = "decide: consensus, vendor: acme, criterion: panel.x, score: 6"
        found = wrong(text, panel())
        assert at(found) == ("off-scale", "decisions.yaml", 1)
        assert found["column"] == entry(text).index("6") + 1


class TestCorrect:
    TEXT = "decide: correct, vendor: acme, fact: price, was: {was}, value: {value}"

    @pytest.mark.parametrize("was", ["99", "'100'", "null", "{amount: 100, currency: CNY}"])
    def test_was_is_what_the_bid_says(self, wrong, was):
        text = self.TEXT.format(was=was, value=90)
        found = wrong(text)
        assert at(found) == ("other-value", "decisions.yaml", 1)
        assert found["column"] == entry(text).index("was: ") + 6
        assert "100" in found["message"]

    def test_was_is_what_the_bid_says_in_every_lot(self, wrong):
        bid = BIDS["bids/acme.yaml"] + "offers: {east: {}, west: {price: 120}}\n"
        found = wrong(
            self.TEXT.format(was=100, value=90), CRITERIA | BIDS | LOTS | {"bids/acme.yaml": bid}
        )
        assert found["code"] == "other-value"
        assert "west" in found["message"]

    @pytest.mark.parametrize("value", ["0", "-1", "cheap"])
    def test_a_price_stays_positive(self, wrong, value):
        assert wrong(self.TEXT.format(was=100, value=value))["code"] == "price"

    def test_a_value_of_the_wrong_type_is_told_where_it_stands(self, wrong):
        found = wrong("decide: correct, vendor: acme, fact: x, was: 60, value: many")
        assert at(found) == ("fact-type", "decisions.yaml", 1)


class TestIdle:
    @pytest.mark.parametrize(
        "text",
        [
            "decide: waive, vendor: acme, requirement: audited",
            "decide: eliminate, vendor: cog, round: final",
            "decide: correct, vendor: acme, fact: x, was: 60, value: 60",
            "decide: break_tie, order: [bolt, acme]",
            "decide: accept, vendor: cog, matter: low-price, round: final",
        ],
    )
    def test_a_decision_that_touches_nothing_is_an_error(self, wrong, text):
        assert at(wrong(text)) == ("idle-decision", "decisions.yaml", 1)

    def test_a_bid_that_is_out_needs_no_second_decision(self, problems):
        found = problems(decided(OUT, OUT))
        assert [(each["code"], each["line"]) for each in found] == [("idle-decision", 2)]

    def test_a_vendor_has_a_bid_in_the_lot(self, wrong):
        bid = BIDS["bids/bolt.yaml"] + "offers: {east: {}}\n"
        files = CRITERIA | BIDS | LOTS | {"bids/bolt.yaml": bid}
        assert wrong(f"{OUT}, lot: west", files)["code"] == "idle-decision"

    def test_a_tie_is_broken_whole(self, wrong):
        files = CRITERIA | {
            f"bids/{v}.yaml": BIDS["bids/bolt.yaml"].replace("bolt", v)
            for v in ("acme", "bolt", "cog")
        }
        found = wrong("decide: break_tie, order: [bolt, acme], round: final", files)
        assert found["code"] == "idle-decision"
        assert "cog" in found["help"]

    def test_consensus_on_a_bid_that_is_not_scored(self, wrong):
        text = "decide: consensus, vendor: cog, criterion: panel.x, score: 4"
        assert wrong(text, panel())["code"] == "idle-decision"

    def test_what_may_act_later_is_not_idle(self, evaluate):
        out = entry("decide: eliminate, vendor: bolt, round: final")
        files = panel(scores={}) | {"decisions.yaml": out}
        assert evaluate(files).lot()["pending"] == ["final"]
        files = decided("decide: eliminate, vendor: bolt, round: final")
        assert evaluate(files, "--until", "screening")["until"] == "screening"

    def test_what_can_never_act_is_idle_before_the_last_round_too(self, wrong):
        text = "decide: eliminate, vendor: cog, round: final"
        assert wrong(text, panel(scores={}))["code"] == "idle-decision"

    def test_a_decision_on_a_lot_that_is_left_out_is_not_idle(self, evaluate):
        files = decided(f"{OUT}, lot: west") | LOTS
        assert evaluate(files, "--lot", "east").lot()["winner"] == "bolt"
