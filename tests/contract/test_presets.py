"""A method may extend a published rule; what that insists on holds, or is waived with a reason."""

import json

import pytest
import yaml
from jsonschema import Draft202012Validator

import tenderscore as ts
from tenderscore.cli.schemas import SCHEMAS

PRICE = "id: price\nweight: {weight}\nextends: {preset}#price\n"
QUALITY = (
    "id: quality\nweight: {weight}\n"
    "criteria: [{{id: mark, weight: 100, fact: quality, score: {{method: points}}}}]\n"
)
SERVICES = "china-order-87-services"


def files(method, preset, weight=40, **more):
    return {
        "criteria/method.yaml": method,
        "criteria/quality.yaml": QUALITY.format(weight=100 - weight),
        "criteria/price.yaml": more.pop("price", PRICE.format(weight=weight, preset=preset)),
        "bids.csv": more.pop("bids", "vendor.id,quality,price\na,78,100\nb,85,115\nc,50,120\n"),
        **more,
    }


def uk(more="", **options):
    return files(f"extends: uk-relative-to-lowest\n{more}", "uk-relative-to-lowest", **options)


def services(more="", weight=40):
    rounds = "rounds: [{id: all, criteria: [quality, price]}]\n"
    return files(f"extends: {SERVICES}\n{rounds}{more}", SERVICES, weight)


def codes(result):
    return [each["code"] for each in result["warnings"]]


class TestExtends:
    def test_a_method_takes_over_what_the_preset_says(self, evaluate):
        result = evaluate(uk())
        assert result.round()["id"] == "award"
        assert result.column("total") == {"a": 86.8, "b": 85.78, "c": 63.33}

    def test_its_own_keys_merge_at_any_depth(self, evaluate):
        result = evaluate(uk("rounding: {total: 0}\n"))
        assert result.column("total") == {"a": 87, "b": 86, "c": 63}
        assert result.node("b", "price")["points"] == pytest.approx(100 / 1.15)

    def test_its_own_lists_replace(self, evaluate):
        more = "rounds: [{id: only, criteria: [price, quality], advance: {at_most: 2}}]\n"
        result = evaluate(uk(more))
        assert result.round()["id"] == "only"
        assert result.lot()["shortlist"] == ["a", "b"]

    def test_a_criterion_of_a_group_takes_over_another(self, evaluate):
        price = (
            "id: price\nweight: 40\ncriteria:\n"
            "  - {id: offer, weight: 100, extends: uk-relative-to-lowest#price, missing: zero}\n"
        )
        result = evaluate(uk(price=price))
        assert result.column("total") == {"a": 86.8, "b": 85.78, "c": 63.33}

    def test_its_weakness_is_a_warning(self, evaluate):
        result = evaluate(uk())
        (warning,) = result["warnings"]
        assert warning["code"] == "known-weakness"
        assert (warning["file"], warning["line"]) == ("criteria/method.yaml", 1)
        assert "UK: price relative to the lowest" in warning["message"]

    def test_an_unknown_preset_is_an_error_with_a_suggestion(self, problems):
        (found,) = problems(uk() | {"criteria/method.yaml": "extends: uk-liner\nrounds: []\n"})
        assert (found["code"], found["line"], found["column"]) == ("unknown-preset", 1, 10)
        assert "uk-linear" in found["help"]

    @pytest.mark.parametrize("name", ["uk-linear#prize", "uk-liner#price", "uk-linear", "#"])
    def test_so_is_an_unknown_criterion(self, problems, name):
        price = f"id: price\nweight: 40\nextends: {name}\nfact: price\n"
        found = problems(uk(price=price))
        assert "unknown-preset" in {each["code"] for each in found}

    def test_what_is_wrong_with_what_was_taken_over_stands_where_it_was_named(self, problems):
        price = "id: price\nweight: 40\nextends: uk-linear#price\nscore: {better: hihg}\n"
        (found,) = problems(uk(price=price))
        assert (found["file"], found["line"]) == ("criteria/price.yaml", 4)


class TestChecks:
    def test_a_method_that_keeps_the_rule_has_no_problem(self, evaluate):
        assert codes(evaluate(services())) == ["known-weakness"]

    @pytest.mark.parametrize(
        ("preset", "weight"), [(SERVICES, "9.99"), ("china-order-87-goods", "29.99")]
    )
    def test_the_floor_of_the_price_weight_is_exact(self, evaluate, problems, preset, weight):
        rounds = f"extends: {preset}\nrounds: [{{id: all, criteria: [quality, price]}}]\n"
        least = files(rounds, preset, int(float(weight)) + 1)
        assert codes(evaluate(least)) == ["known-weakness"]
        under = least | {
            "criteria/price.yaml": PRICE.format(weight=weight, preset=preset),
            "criteria/quality.yaml": QUALITY.format(weight=str(100 - float(weight))[:5]),
        }
        (found,) = problems(under)
        assert found["code"] == "against-the-rule"
        assert "第五十五条" in found["message"]
        assert f"weights.price is {weight}" in found["message"]
        assert found["file"] == "criteria/price.yaml"

    def test_the_price_weight_counts_what_is_carried_over(self, evaluate, problems):
        preset = "un-70-30"
        two = (
            "rounds:\n  - {{id: technical, criteria: [quality], advance: {{minimum: 70}}}}\n"
            "  - {{id: combined, criteria: [price], carry_over: {{technical: {carried}}}}}\n"
        )
        method = f"extends: {preset}\n" + two
        made = files(method.format(carried=70), preset, 100)
        made["criteria/quality.yaml"] = QUALITY.format(weight=100)
        assert codes(evaluate(made)) == ["known-weakness"]
        (found,) = problems(made | {"criteria/method.yaml": method.format(carried=60)})
        assert "weights.price is 40, not 30" in found["message"]

    @pytest.mark.parametrize(
        ("change", "says", "line"),
        [
            ("minimum_bids: 2\n", "第四十三条", 3),
            ("panel: {at_least: 3}\n", "第四十七条", 3),
            ("panel: {odd: false}\n", "panel.odd is false, not true", 3),
            ("panel: {experts: 65}\n", "第四十七条", 3),
            ("tie_break: []\n", "第五十七条", 3),
        ],
    )
    def test_what_a_method_changes_against_the_rule_is_named_where_it_stands(
        self, problems, change, says, line
    ):
        (found,) = problems(services(change))
        assert (found["code"], found["file"]) == ("against-the-rule", "criteria/method.yaml")
        assert found["line"] == line
        assert says in found["message"]

    def test_more_experts_than_needed_will_do(self, evaluate):
        assert codes(evaluate(services("panel: {experts: 75}\n"))) == ["known-weakness"]

    def test_another_formula_is_against_the_rule(self, problems):
        made = services()
        made["criteria/price.yaml"] += "score: {method: min_max}\n"
        (found,) = problems(made)
        assert found["code"] == "against-the-rule"
        assert "price.method is min_max, not ratio_to_best" in found["message"]

    def test_another_ranking_is_against_the_rule(self, problems):
        method = (
            "extends: us-lpta\nrounds: [{id: award, requirements: [acceptable], criteria: [q]}]\n"
        )
        q = "id: q\nweight: 100\ncriteria: [{id: m, weight: 100, fact: q, score: {method: points}}]"
        bids = "vendor.id,acceptable,price,q\na,true,5,6\n"
        (found,) = problems(
            {"criteria/method.yaml": method, "criteria/q.yaml": q, "bids.csv": bids}
        )
        assert "award.rank_by is total, not evaluated_price" in found["message"]


class TestWaivers:
    WAIVED = "waive: [{check: price-weight, reason: State-fixed part}]\n"

    def test_a_waived_check_is_a_warning_with_its_reason(self, evaluate):
        result = evaluate(services(self.WAIVED, weight=5))
        found = next(each for each in result["warnings"] if each["code"] == "waived-rule")
        assert "State-fixed part" in found["message"]
        assert "第五十五条" in found["message"]
        assert (found["file"], found["line"]) == ("criteria/method.yaml", 3)

    @pytest.mark.parametrize("form", ["table", "markdown", "html"])
    def test_every_report_for_people_shows_the_reason(self, run, round_files, form):
        round_files(services(self.WAIVED, weight=5))
        done = run("evaluate", "bids.csv", "--format", form)
        assert "State-fixed part" in done.out.replace("\n", " ")

    def test_one_waiver_lifts_one_check(self, problems):
        (found,) = problems(services(self.WAIVED + "minimum_bids: 1\n", weight=5))
        assert "第四十三条" in found["message"]

    def test_a_check_that_holds_needs_no_waiver(self, evaluate):
        assert codes(evaluate(services(self.WAIVED))) == ["known-weakness"]

    @pytest.mark.parametrize("reason", ["''", "'  '", "~"])
    def test_a_waiver_has_a_reason(self, problems, reason):
        waived = f"waive: [{{check: price-weight, reason: {reason}}}]\n"
        assert problems(services(waived, weight=5))

    def test_an_unknown_check_is_an_error(self, problems):
        (found,) = problems(services("waive: [{check: price-wait, reason: Because}]\n"))
        assert (found["code"], found["line"]) == ("unknown-check", 3)
        assert "price-weight" in found["help"]

    def test_without_a_preset_there_is_nothing_to_waive(self, problems):
        made = uk()
        method = made["criteria/method.yaml"].replace("extends: uk-relative-to-lowest", "")
        waived = method + "waive: [{check: formula, reason: Because}]\n"
        (found,) = problems(made | {"criteria/method.yaml": waived})
        assert found["code"] == "unknown-check"

    def test_the_reason_is_text_and_nothing_else(self, run, round_files):
        waived = self.WAIVED.replace("State-fixed part", '"[red]<b>x</b>\\e[31m"')
        round_files(services(waived, weight=5))
        out = run("evaluate", "bids.csv", "--format", "html").out
        assert "<b>x" not in out
        assert "\x1b" not in out


class TestValidity:
    """A tender is held against the dates of its rule by its deadline, never by a clock."""

    @staticmethod
    def goods(deadline):
        rounds = "rounds: [{id: all, criteria: [quality, price]}]\n"
        method = f"extends: china-order-87-goods\n{rounds}"
        return files(method, "china-order-87-goods", **{"tender.yaml": deadline})

    @staticmethod
    def regulations(deadline):
        preset = "south-africa-80-20"
        rounds = "rounds: [{id: all, criteria: [quality, price]}]\n"
        return files(f"extends: {preset}\n{rounds}", preset, 80, **{"tender.yaml": deadline})

    @pytest.mark.parametrize(
        ("deadline", "outside"),
        [("2017-09-30T23:59:59+08:00", True), ("2017-10-01T00:00:00+08:00", False)],
    )
    def test_a_deadline_before_the_rule_is_a_warning(self, evaluate, deadline, outside):
        result = evaluate(self.goods(f"deadline: {deadline}\n"))
        assert ("outside-validity" in codes(result)) is outside

    @pytest.mark.parametrize(
        ("deadline", "outside"),
        [("2023-01-15T23:00:00-05:00", False), ("2023-01-16T00:00:00+02:00", True)],
    )
    def test_so_is_one_after_it_by_its_own_date(self, evaluate, deadline, outside):
        result = evaluate(self.regulations(f"deadline: {deadline}\n"))
        assert ("outside-validity" in codes(result)) is outside

    def test_it_names_the_rule_its_dates_and_both_places(self, run, round_files):
        round_files(self.regulations("deadline: 2026-03-31T17:00:00+02:00\n"))
        done = run("check", "bids.csv")
        assert done.code == 0
        assert (
            "criteria/method.yaml:1:10: warning[outside-validity]: Preferential Procurement "
            "Regulations 2017: in force until 2023-01-15, and bids are due on 2026-03-31\n"
        ) in done.err + done.out
        assert "tender.yaml:1:11: note: the deadline" in done.err + done.out

    @pytest.mark.parametrize("tender", ["", "id: T\n"])
    def test_without_a_deadline_nothing_is_said(self, evaluate, tender):
        assert codes(evaluate(self.regulations(tender))) == ["known-weakness"]

    def test_a_rule_without_dates_is_in_force(self, evaluate):
        made = uk(**{"tender.yaml": "deadline: 1926-03-31T17:00:00+02:00\n"})
        assert "outside-validity" not in codes(evaluate(made))

    def test_a_lot_with_criteria_of_its_own_is_held_against_its_own_rule(self, evaluate):
        lots = "lots: {web: {}, app: {criteria: own}}\n"
        made = uk(**{"tender.yaml": f"deadline: 2016-03-31T17:00:00+02:00\n{lots}"})
        goods = self.goods("")
        for name in ("method", "quality", "price"):
            made[f"own/{name}.yaml"] = goods[f"criteria/{name}.yaml"]
        (found,) = [w for w in evaluate(made)["warnings"] if w["code"] == "outside-validity"]
        assert (found["file"], found["line"]) == ("own/method.yaml", 1)


class TestPython:
    def test_all_rules_with_their_titles_sources_and_dates(self):
        rules = {rule.id: rule for rule in ts.presets()}
        assert list(rules) == sorted(rules)
        rule = rules[SERVICES]
        assert rule.title.text("zh-Hans") == "财政部令第87号：综合评分法（服务）"
        assert (rule.source.article, rule.source.mark) == ("第五十五条", "read")
        assert (str(rule.valid.from_), rule.valid.to) == ("2017-10-01", None)

    def test_they_are_those_of_the_command(self, run):
        rows = json.loads(run("presets", "--format", "json").out)["presets"]
        listed = [(rule.id, str(rule.title), rule.source.instrument) for rule in ts.presets()]
        assert listed == [(row["id"], row["title"], row["source"]["instrument"]) for row in rows]

    def test_a_rule_never_changes(self):
        with pytest.raises((AttributeError, TypeError, ValueError)):
            ts.presets()[0].id = "mine"


class TestCommand:
    def test_all_are_listed_with_their_titles(self, run):
        done = run("presets")
        assert done.code == 0
        lines = done.out.splitlines()
        assert any(
            line.startswith("south-africa-80-20 ") and line.endswith("South Africa 2017: 80/20")
            for line in lines
        )
        assert lines == sorted(lines)

    def test_titles_are_in_the_language(self, run):
        assert "南非 2017：80/20 制" in run("presets", "--lang", "zh-Hans").out

    def test_as_json_with_their_sources(self, run):
        document = json.loads(run("presets", "--format", "json").out)
        assert document["schema"] == "tenderscore/presets/1"
        Draft202012Validator(SCHEMAS["presets"].document()).validate(document)
        found = {each["id"]: each for each in document["presets"]}[SERVICES]
        assert found["source"]["article"] == "第五十五条"
        assert found["source"]["mark"] == "read"
        assert found["valid"] == {"from": "2017-10-01", "to": None}

    def test_one_is_shown_as_yaml_with_its_source(self, run):
        done = run("presets", "show", "un-70-30")
        assert done.code == 0
        content = yaml.safe_load(done.out)
        assert "UNDP" in content["source"]["instrument"]
        assert content["method"]["rounds"][0]["advance"] == {"minimum": 70}

    def test_or_as_json(self, run):
        content = json.loads(run("presets", "show", "un-70-30", "--format", "json").out)
        assert content["id"] == "un-70-30"
        assert content["method"]["rounds"][0]["advance"] == {"minimum": 70}

    @pytest.mark.parametrize(
        "words", [["show"], ["show", "un-70-3"], ["list"], ["show", "a", "b"], ["--format", "pdf"]]
    )
    def test_what_does_not_exist_is_a_usage_error(self, run, words):
        done = run("presets", *words)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("error: ")
