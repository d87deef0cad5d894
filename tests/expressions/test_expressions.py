"""What expressions mean: exact numbers, missing facts, comparisons, functions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

import pytest

from tenderscore.errors import Message
from tenderscore.expressions import ExpressionError, parse
from tenderscore.model.values import Fault

from .facts import clash, facts, value

NO_RATE = Fault("missing-rate", Message("no rate from USD to CNY"))


class TestNumbers:
    def test_a_decimal_is_exactly_its_text(self):
        assert value("0.1") == Fraction(1, 10)
        assert value("0.1 + 0.2 <= 0.3") is True

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("12_000_000", 12_000_000),
            ("1.50", Fraction(3, 2)),
            (".5", Fraction(1, 2)),
            ("5.", 5),
            ("2.5e3", 2500),
            ("25E-1", Fraction(5, 2)),
            ("1e+2", 100),
            ("0e999999999", 0),
            ("9_007_199_254_740_993", 9_007_199_254_740_993),
            ("0.000000000000000000000000000007", Fraction(7, 10**30)),
            ("-5", -5),
            ("+5", 5),
        ],
    )
    def test_numbers_read_as_in_files(self, text, expected):
        assert value(text) == expected

    def test_the_four_operations_are_exact(self):
        assert value("bid.a / bid.b", a=24_000_000, b=60_000_000) == Fraction(2, 5)
        assert value("1 / 3 + 1 / 6") == Fraction(1, 2)
        assert value("bid.a * 3 - 1", a=Fraction(1, 3)) == 0

    def test_operations_group_as_in_arithmetic(self):
        assert value("2 + 3 * 4") == 14
        assert value("(2 + 3) * 4") == 20
        assert value("20 - 5 - 3") == 12
        assert value("100 / 5 / 2") == 10
        assert value("-bid.a - -1", a=3) == -2

    def test_a_whole_result_of_whole_numbers_is_a_number_of_that_value(self):
        assert value("bid.a / 2", a=4) == 2

    def test_lines_and_wide_spaces_may_part_an_expression(self):
        assert value("\n  1 +\n\t2\u3000+\u00a03\r\n") == 6


class TestMissing:
    def test_a_missing_fact_makes_the_value_missing(self):
        assert value("bid.a + 1") is None
        assert value("bid.a.b == 1", a=3) is None
        assert value("bid.a", a=None) is None
        assert value("not bid.a") is None
        assert value("[1, bid.a]") is None
        assert value("len([1, bid.a])") is None
        assert value("1 in [1, bid.a]") is None

    def test_a_zero_divisor_makes_the_value_missing(self):
        assert value("1 / bid.a", a=0) is None
        assert value("1 / 0") is None
        assert value("1 / (bid.a - bid.a) > 3", a=Fraction(1, 3)) is None

    def test_the_least_greatest_and_mean_of_nothing_are_missing(self):
        assert value("min(bid.a)", a=[]) is None
        assert value("max([])") is None
        assert value("mean(bid.a) > 3", a=[]) is None

    def test_length_and_sum_of_nothing_are_zero(self):
        assert value("len(bid.a)", a=[]) == 0
        assert value("sum([])") == 0

    def test_and_stops_at_the_first_false(self):
        assert value("false and bid.missing") is False
        assert value("bid.yes and bid.no and bid.missing", yes=True, no=False) is False

    def test_or_stops_at_the_first_true(self):
        assert value("true or bid.missing") is True
        assert value("bid.no or bid.yes or bid.missing", yes=True, no=False) is True

    def test_what_comes_first_is_looked_at_first(self):
        assert value("bid.missing and false") is None
        assert value("bid.missing or true") is None
        assert value("true and bid.missing") is None

    def test_a_choice_never_looks_at_the_other_side(self):
        assert value("bid.missing if false else 2") == 2
        assert value("1 if true else bid.missing") == 1
        assert value("1 if bid.missing else 2") is None

    def test_a_chain_of_comparisons_stops_where_it_fails(self):
        assert value("3 < 2 < bid.missing") is False
        assert value("1 < 2 < bid.missing") is None
        assert value("bid.missing < 2 < 1") is None

    def test_a_type_that_is_never_reached_does_no_harm(self):
        assert value("bid.no and bid.text", no=False, text="x") is False
        assert value("3 < 2 < bid.text", text="x") is False

    def test_has_tells_whether_a_fact_is_there(self):
        assert value("has(bid.a)", a=0) is True
        assert value("has(bid.a)", a=None) is False
        assert value("has(bid.a.b)", a={"b": False}) is True
        assert value("has(bid.a) and bid.a > 1") is False
        assert value("bid.a if has(bid.a) else 7") == 7
        assert value("has(lot.budget)", lot={"budget": 4}) is True

    def test_a_missing_item_makes_a_sum_missing_but_counts(self):
        assert value("sum(bid.a)", a=[1, None]) is None
        assert value("max(bid.a)", a=[1, None]) is None
        assert value("len(bid.a)", a=[1, None]) == 2
        assert value("1 in bid.a", a=[None, 1]) is True
        assert value("2 in bid.a", a=[None, 1]) is False
        assert value("2 in bid.a", a=[None]) is False


class TestFaults:
    def test_a_fault_that_is_needed_is_the_result(self):
        assert value("bid.price / 2", price=NO_RATE) == NO_RATE
        assert value("bid.price < 5 and bid.missing", price=NO_RATE) == NO_RATE
        assert value("bid.price", price=NO_RATE) == NO_RATE
        assert value("sum(bid.a)", a=[1, NO_RATE]) == NO_RATE
        assert value("2 in bid.a", a=[1, NO_RATE]) == NO_RATE
        assert value("[1] == bid.a", a=[NO_RATE]) == NO_RATE

    def test_a_fault_that_is_not_needed_does_no_harm(self):
        assert value("true or bid.price > 5", price=NO_RATE) is True
        assert value("1 in bid.a", a=[1, NO_RATE]) is True
        assert value("len(bid.a)", a=[1, NO_RATE]) == 2

    def test_of_a_fault_and_a_missing_fact_the_first_decides(self):
        assert value("bid.price + bid.missing", price=NO_RATE) == NO_RATE
        assert value("bid.missing + bid.price", price=NO_RATE) is None

    def test_a_fault_is_not_missing(self):
        assert value("has(bid.price)", price=NO_RATE) is True


class TestComparisons:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("bid.a == 1.0", True),
            ("bid.a != 2", True),
            ("0 < bid.a <= 1", True),
            ("0 < bid.a < 1", False),
            ("3 > bid.a >= 2", False),
            ("bid.t == 'AA'", True),
            ("bid.t == 'aa'", False),
            ("bid.y == true", True),
            ("bid.y != false", True),
            ("bid.l == [1, 'x']", True),
            ("bid.l == ['x', 1]", False),
            ("bid.l == [1, '1']", False),
            ("bid.l == [1]", False),
        ],
    )
    def test_values_of_one_kind_compare_exactly(self, text, expected):
        assert value(text, a=1, t="AA", y=True, l=[1, "x"]) is expected

    def test_an_operand_of_a_chain_is_looked_up_once(self):
        seen = []

        def lookup(root, path):
            seen.append((root, path))
            return 2

        assert parse("1 < bid.a < 3").evaluate(lookup) is True
        assert seen == [("bid", ("a",))]

    def test_dates_compare_with_dates_and_instants_with_instants(self):
        assert value("bid.a < bid.b", a=date(2026, 3, 30), b=date(2026, 3, 31)) is True
        east = timezone(timedelta(hours=8))
        noon, late = datetime(2026, 3, 31, 4, tzinfo=UTC), datetime(2026, 3, 31, 12, tzinfo=east)
        assert value("bid.a == bid.b", a=noon, b=late) is True
        assert value("bid.a <= bid.b", a=noon, b=late) is True

    def test_text_in_the_form_of_a_date_is_one_where_a_date_is_needed(self):
        day = date(2026, 3, 30)
        for fact in (day, "2026-03-30"):
            assert value("bid.a < '2026-03-31'", a=fact) is True
            assert value("bid.a == '2026-03-30'", a=fact) is True
            assert value("bid.a in ['2026-03-30', '2026-04-02']", a=fact) is True
            assert value("max(bid.a, '2026-03-29')", a=fact) == day

    def test_text_in_the_form_of_a_time_is_an_instant_where_one_is_needed(self):
        at = datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
        for fact in (at, "2026-03-31T09:00:00Z", "2026-03-31 17:00+08:00"):
            assert value("bid.a <= '2026-03-31T17:00:00+08:00'", a=fact) is True
            assert value("bid.a == '2026-03-31T17:00:00+08:00'", a=fact) is True
            assert value("bid.a < '2026-03-31T17:00:00+08:00'", a=fact) is False

    def test_other_text_has_no_order(self):
        assert clash("bid.a < bid.b", a="AA", b="AAA") == (
            7,
            "a text and a text have no order",
        )
        assert clash("bid.a < bid.b", a="2026-02-30", b=date(2026, 3, 31))[1] == (
            "a text and a date cannot be compared"
        )

    def test_a_date_and_a_time_of_day_do_not_compare(self):
        at = datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
        assert clash("bid.a <= bid.b", a=date(2026, 3, 31), b=at) == (
            7,
            "a date and a time of day cannot be compared",
        )
        assert clash("bid.a == '2026-03-31'", a=at)[0] == 7

    def test_in_finds_an_equal_item(self):
        assert value("bid.c in ['CN', 'VN']", c="CN") is True
        assert value("bid.c not in ['CN', 'VN']", c="CN") is False
        assert value("'ISO9001' in bid.certificates", certificates=["ISO27001"]) is False
        assert value("1.0 in bid.l", l=["1", True, 1]) is True
        assert value("1 in bid.l", l=["1", True, 2]) is False
        assert value("1 in []") is False
        assert value("[1] in [[1], [2]]") is True

    def test_different_kinds_are_a_clash_and_not_merely_unequal(self):
        """`licence: yes` is text; a silent `false` would put the bid out."""
        assert clash("bid.licence == true", licence="yes") == (
            13,
            "a text and a boolean cannot be compared",
        )
        assert clash("bid.a != 1", a="1") == (7, "a text and a number cannot be compared")
        assert clash("bid.a in ['A', 'B']", a=1) == (7, "a number and a text cannot be compared")
        assert clash("'A' not in bid.l", l=[1, 2]) == (5, "a text and a number cannot be compared")

    def test_a_mapping_equals_one_of_the_same_content(self):
        assert value("bid.a == bid.b", a={"x": 1}, b={"x": Fraction(1)}) is True
        assert value("bid.a == bid.b", a={"x": 1}, b={"x": True}) is False


class TestFunctions:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("len(bid.l)", 3),
            ("len([1, 'x', [2]])", 3),
            ("sum(bid.l)", Fraction(13, 2)),
            ("sum(1, 2, bid.n)", -1),
            ("min(bid.l)", 1),
            ("max(bid.l)", Fraction(7, 2)),
            ("min(bid.n, 0)", -4),
            ("max(bid.n, 0)", 0),
            ("mean(bid.l)", Fraction(13, 6)),
            ("mean(1, 2)", Fraction(3, 2)),
            ("mean([bid.n])", -4),
            ("abs(bid.n)", 4),
            ("abs(-0.5)", Fraction(1, 2)),
        ],
    )
    def test_each_gives_its_sum(self, text, expected):
        assert value(text, l=[1, 2, Fraction(7, 2)], n=-4) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("round(2.5)", 3),
            ("round(-2.5)", -3),
            ("round(0.125, 2)", Fraction(13, 100)),
            ("round(-0.125, 2)", Fraction(-13, 100)),
            ("round(0.124999, 2)", Fraction(3, 25)),
            ("round(2.675, 2)", Fraction(67, 25)),
            ("round(1250, -2)", 1300),
            ("round(-1250, -2)", -1300),
            ("round(1249.99, -2)", 1200),
            ("round(1 / 3, 4)", Fraction(3333, 10000)),
            ("round(5, 30)", 5),
            ("round(5, bid.n)", 10),
            ("round(bid.x, 2.0)", Fraction(1, 100)),
        ],
    )
    def test_round_goes_half_away_from_zero(self, text, expected):
        assert value(text, n=-1, x=Fraction("0.005")) == expected

    def test_the_least_and_greatest_of_dates_and_times(self):
        days = [date(2026, 1, 2), date(2025, 12, 31)]
        assert value("min(bid.l)", l=days) == days[1]
        assert value("max(bid.l) < '2026-02-01'", l=days) is True
        assert value("max(bid.l)", l=["2026-01-02", "2026-01-03"]) == date(2026, 1, 3)

    def test_what_a_function_cannot_take_is_an_error_at_its_argument(self):
        assert clash("1 + len(bid.a)", a="abc") == (9, "`len` needs a list, not a text")
        assert clash("abs(bid.a)", a=True) == (5, "`abs` needs a number, not a boolean")
        assert clash("sum(bid.a)", a=3) == (5, "`sum` needs a list, not a number")
        assert clash("sum(bid.a)", a=[1, "2"]) == (5, "`sum` needs numbers; item 2 is a text")
        assert clash("mean(1, bid.a)", a="2") == (9, "`mean` needs numbers; item 2 is a text")
        assert clash("max(bid.a)", a=["x"]) == (
            5,
            "`max` needs numbers or dates; item 1 is a text",
        )
        assert clash("max(bid.a, 1)", a=date(2026, 1, 1)) == (
            5,
            "a date and a number cannot be compared",
        )
        assert clash("round(1, bid.n)", n=31) == (
            10,
            "`round` takes from -30 to 30 decimals, not 31",
        )
        assert clash("round(1, bid.n)", n=Fraction(1, 2))[0] == 10


class TestClashes:
    @pytest.mark.parametrize(
        ("text", "column", "message"),
        [
            ("bid.n + bid.t", 7, "a number and a text cannot be added"),
            ("bid.n - bid.y", 7, "a number and a boolean cannot be subtracted"),
            ("bid.l * bid.n", 7, "a list and a number cannot be multiplied"),
            ("bid.m / bid.n", 7, "a mapping and a number cannot be divided"),
            ("1 + 2 + (bid.n + bid.t)", 16, "a number and a text cannot be added"),
            ("1 + bid.n - bid.t", 11, "a number and a text cannot be subtracted"),
            ("-bid.t", 2, "a sign needs a number, not a text"),
            ("+bid.y", 2, "a sign needs a number, not a boolean"),
            ("bid.n < bid.t", 7, "a number and a text cannot be compared"),
            ("bid.y < bid.y", 7, "a boolean and a boolean have no order"),
            ("bid.l < bid.l", 7, "a list and a list have no order"),
            ("bid.n == bid.t", 7, "a number and a text cannot be compared"),
            ("not bid.n", 5, "`not` needs true or false, not a number"),
            ("bid.y and bid.n", 11, "`and` needs true or false, not a number"),
            ("bid.t or bid.y", 1, "`or` needs true or false, not a text"),
            ("1 if bid.n else 2", 6, "`if` needs true or false, not a number"),
            ("'x' in bid.t", 5, "`in` looks in a list, not in a text"),
            ("'x' not in bid.m", 5, "`in` looks in a list, not in a mapping"),
        ],
    )
    def test_a_clash_of_kinds_names_both_and_the_column(self, text, column, message):
        given = {"n": 1, "t": "x", "y": True, "l": [1], "m": {"k": 1}}
        assert clash(text, **given) == (column, message)

    def test_yes_and_no_are_told_from_true_and_false(self):
        for text in ("bid.licence and true", "not bid.licence", "bid.licence == true"):
            with pytest.raises(ExpressionError) as caught:
                parse(text).evaluate(facts(bid={"licence": "yes"}))
            assert str(caught.value.help) == "write `true` or `false`, without quotes, not `yes`"

    def test_a_number_in_quotes_is_told_from_a_number(self):
        for text in ("bid.a < 13", "13 == bid.a", "bid.a + 1", "bid.a in [1, 2]"):
            with pytest.raises(ExpressionError) as caught:
                parse(text).evaluate(facts(bid={"a": "12.5"}))
            assert str(caught.value.help) == "write the number without quotes: `12.5`"

    def test_a_number_that_grows_past_all_bounds_is_refused(self):
        text = " * ".join(["bid.a"] * 120)
        assert clash(text, a=10**30 - 1)[1] == "the number has grown past 10,000 bits"
        assert clash(text.replace("*", "/"), a=Fraction(1, 10**30 - 1))[1].startswith("the number")
        assert value(" * ".join(["bid.a"] * 90), a=10**30) == 10**2700


class TestReading:
    def test_paths_are_listed_once_in_order_of_appearance(self):
        expression = parse("bid.b + lot.a if has(bid.c) and bid.b > 1 else tender['x'].y + bid.c")
        assert expression.reads == (
            ("bid", ("b",)),
            ("lot", ("a",)),
            ("bid", ("c",)),
            ("tender", ("x", "y")),
        )

    def test_paths_that_only_has_asks_for_are_known_apart(self):
        expression = parse("has(lot.budget) and bid.price <= lot.cap or has(bid.price)")
        assert expression.reads_outside_has == (("bid", ("price",)), ("lot", ("cap",)))
        assert len(expression.reads) == 3

    @pytest.mark.parametrize(
        ("text", "path"),
        [
            ('bid["site-visit"].done', ("site-visit", "done")),
            ("bid['class']", ("class",)),
            ("bid . a\n .b", ("a", "b")),
            ("(bid).a", ("a",)),
            ("(bid.a)['b']", ("a", "b")),
            ("bid.价格.总价", ("价格", "总价")),
            ("bid.ﬁnances", ("ﬁnances",)),
            ('bid["a\\"b\\\\c"]', ('a"b\\c',)),
            ("bid.len.true.bid", ("len", "true", "bid")),
            ("bid['1e5']", ("1e5",)),
        ],
    )
    def test_keys_are_taken_as_they_are_written(self, text, path):
        assert parse(text).reads == (("bid", path),)

    def test_text_keeps_every_character(self):
        assert value("'a\u3000b  #{x} \x00 \U0001f600'") == "a\u3000b  #{x} \x00 \U0001f600"
        assert value(r"""'it\'s a \\ and a \"'""") == "it's a \\ and a \""

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("bid.a", None),
            ("bid.a / bid.b", "number"),
            ("-bid.a", "number"),
            ("bid.a < 3", "boolean"),
            ("bid.a in bid.b", "boolean"),
            ("not bid.a", "boolean"),
            ("bid.a or bid.b", "boolean"),
            ("has(bid.a)", "boolean"),
            ("'x'", "text"),
            ("true", "boolean"),
            ("1.5", "number"),
            ("[bid.a]", "list"),
            ("len(bid.a)", "number"),
            ("mean(bid.a)", "number"),
            ("round(bid.a, 1)", "number"),
            ("min(bid.a)", None),
            ("min(bid.a, 3)", "number"),
            ("max(2, 3)", "number"),
            ("1 if bid.a else 2", "number"),
            ("1 if bid.a else 'x'", None),
            ("1 if bid.a else bid.b", None),
        ],
    )
    def test_the_kind_of_the_result_is_known_before_any_bid(self, text, kind):
        assert parse(text).result_kind == kind

    def test_equal_texts_are_equal_expressions(self):
        assert parse("bid.a + 1") == parse("bid.a + 1")
        assert hash(parse("bid.a + 1")) == hash(parse("bid.a + 1"))
        assert parse("bid.a + 1") != parse("bid.a + 2")


class TestFilled:
    def test_values_stand_in_for_paths(self):
        expression = parse("bid.finances.liabilities / bid.finances.assets")
        lookup = facts(bid={"finances": {"liabilities": 24_000_000, "assets": 60_000_000}})
        assert expression.filled(lookup, str) == "24000000 / 60000000"

    def test_text_and_brackets_stay_and_lines_are_joined(self):
        expression = parse("  (bid.a  +\n   2) * 3\n if bid.t == 'bid.a'\n else lot['x y'].z\n")
        lookup = facts(bid={"a": 1, "t": "T"}, lot={"x y": {"z": Fraction(1, 2)}})
        shown = expression.filled(lookup, lambda v: f"<{v}>")
        assert shown == "(<1>  + 2) * 3 if <T> == 'bid.a' else <1/2>"

    def test_a_missing_fact_is_shown_as_one(self):
        shown = parse("has(bid.a) and bid.a > 1").filled(
            facts(bid={}), lambda v: "missing" if v is None else str(v)
        )
        assert shown == "has(missing) and missing > 1"
