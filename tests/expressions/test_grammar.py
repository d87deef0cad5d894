"""What is not an expression: every mistake has its column, all are found at once."""

from __future__ import annotations

import pytest

from tenderscore.expressions import ExpressionError, parse

from .facts import hint, mistakes


class TestNames:
    def test_an_unknown_name_is_an_error_with_a_suggestion(self):
        assert mistakes("1 + bidd.price") == [(5, "unknown name `bidd`")]
        assert hint("1 + bidd.price") == "did you mean `bid`?"
        assert hint("Bid.price") == "did you mean `bid`?"
        assert hint("ｂｉｄ.price") == "did you mean `bid`?"
        assert hint("price / 2") == "name a fact by its path: `bid.price`"
        assert hint("vendor.country == 'CN'") == "name a fact by its path: `bid.vendor`"

    def test_true_false_and_none_are_not_pythons(self):
        assert mistakes("bid.a == True") == [(10, "`True` is not part of expressions")]
        assert hint("bid.a == True") == "write `true`"
        assert hint("False") == "write `false`"
        assert hint("bid.a == None") == "ask whether a fact is there with `has(bid.fact)`"
        assert hint("bid.a == null") == "ask whether a fact is there with `has(bid.fact)`"

    def test_a_key_with_a_minus_needs_brackets(self):
        assert mistakes("bid.site-visit.done") == [(10, "unknown name `visit`")]
        assert hint("bid.site-visit.done") == (
            'a key with a minus in it is written in brackets: `["site-visit"]`'
        )

    def test_a_key_that_is_a_keyword_needs_brackets(self):
        assert mistakes("lot.in") == [(5, "`in` is a keyword and cannot follow a dot")]
        assert hint("bid.class") == 'write it in brackets: `["class"]`'

    def test_a_key_that_begins_with_a_digit_needs_brackets(self):
        assert mistakes("bid.2025") == [(4, "a key that begins with a digit cannot follow a dot")]
        assert hint("bid.x.5a") == 'write it in brackets: `["5a"]`'

    def test_a_root_by_itself_is_no_value(self):
        assert mistakes("bid") == [(1, "`bid` is no value without a path")]
        assert hint("lot > 3") == "name a fact in it: `lot.fact`"

    def test_an_unknown_function_is_an_error_with_a_suggestion(self):
        assert mistakes("summ(bid.a)") == [(1, "unknown function `summ`")]
        assert hint("summ(bid.a)") == "did you mean `sum`?"
        assert hint("lne(bid.a)") == "did you mean `len`?"
        assert hint("average(bid.a)") == "did you mean `mean`?"
        assert hint("count(bid.a)") == "did you mean `len`?"
        assert hint("__import__('os')") == (
            "there are `has`, `len`, `sum`, `min`, `max`, `mean`, `abs`, `round`"
        )

    def test_a_function_without_brackets_is_no_value(self):
        assert mistakes("len > 3") == [(1, "`len` is a function")]
        assert hint("len > 3") == "write `len(...)`"

    def test_only_paths_have_keys(self):
        assert mistakes("'a'.upper") == [(4, "only `bid`, `lot` and `tender` have keys")]
        assert mistakes("len(bid.a).real") == [(11, "only `bid`, `lot` and `tender` have keys")]
        assert mistakes("[1, 2][0]") == [(7, "only `bid`, `lot` and `tender` have keys")]
        assert mistakes("true.x") == [(5, "only `bid`, `lot` and `tender` have keys")]

    def test_only_functions_are_called(self):
        assert mistakes("bid.a(3)") == [(6, "only functions take values in round brackets")]
        assert mistakes("(1)(2)") == [(4, "only functions take values in round brackets")]
        assert mistakes("bid.__class__.__base__.__subclasses__()")[0][0] == 38

    @pytest.mark.parametrize("text", ["bid.a[0]", "bid[1]", "bid[bid.a]", "bid[-1]", "bid[true]"])
    def test_a_key_in_brackets_is_text(self, text):
        ((column, message),) = mistakes(text)
        assert column == text.index("[") + 2
        assert message == "a key in brackets is a text in quotes"

    def test_a_key_has_no_dot(self):
        assert mistakes("bid['a.b']") == [(5, "a key has no dot in it")]
        assert hint("bid['a.b']") == 'write each key by itself: `["a"]["b"]`'


class TestFunctionCalls:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("has()", "`has` takes one path, not 0 values"),
            ("has(bid.a, bid.b)", "`has` takes one path, not 2 values"),
            ("len()", "`len` takes one list, not 0 values"),
            ("abs(1, 2)", "`abs` takes one number, not 2 values"),
            ("round()", "`round` takes a number and its decimals, not 0 values"),
            ("round(1, 2, 3)", "`round` takes a number and its decimals, not 3 values"),
            ("sum()", "`sum` takes a list or several numbers, not 0 values"),
            ("min()", "`min` takes a list or several numbers, not 0 values"),
        ],
    )
    def test_the_number_of_values_is_checked(self, text, message):
        assert mistakes(text) == [(1, message)]

    @pytest.mark.parametrize("text", ["has(3)", "has(bid)", "has(len(bid.a))", "has(bid.a + 1)"])
    def test_has_takes_a_path(self, text):
        assert mistakes(text) == [(5, "`has` takes a path such as `bid.price`")]


class TestKindsKnownBeforeAnyBid:
    @pytest.mark.parametrize(
        ("text", "column", "message"),
        [
            ("'a' + 1", 5, "a text and a number cannot be added"),
            ("bid.a + 'x'", 7, "a number is needed to add, not a text"),
            ("true - bid.a", 6, "a number is needed to subtract, not a boolean"),
            ("bid.a * (bid.b > 1)", 7, "a number is needed to multiply, not a boolean"),
            ("[1] / bid.a", 5, "a number is needed to divide, not a list"),
            ("-'x'", 2, "a sign needs a number, not a text"),
            ("len(3)", 5, "`len` needs a list, not a number"),
            ("len('abc')", 5, "`len` needs a list, not a text"),
            ("not 5", 5, "`not` needs true or false, not a number"),
            ("bid.x and 3", 11, "`and` needs true or false, not a number"),
            ("'x' or bid.x", 1, "`or` needs true or false, not a text"),
            ("1 if 2 else 3", 6, "`if` needs true or false, not a number"),
            ("true < 2", 6, "a boolean and a number cannot be compared"),
            ("bid.a < true", 7, "a boolean has no order"),
            ("'AA' < bid.a", 6, "a text has no order"),
            ("1 == '1'", 3, "a number and a text cannot be compared"),
            ("1 < bid.a == 'x' < 3", 18, "a text and a number cannot be compared"),
            ("bid.a in 'text'", 7, "`in` looks in a list, not in a text"),
            ("bid.a in 3", 7, "`in` looks in a list, not in a number"),
            ("1 in ['a', 'b']", 3, "a number and a text cannot be compared"),
            ("sum('text')", 5, "`sum` needs a list, not a text"),
            ("sum(3)", 5, "`sum` needs a list, not a number"),
            ("sum(1, 'x')", 8, "`sum` needs numbers, not a text"),
            ("sum(1, [3])", 8, "`sum` needs numbers, not a list"),
            ("sum([1, bid.a, 'x'])", 16, "`sum` needs numbers, not a text"),
            ("max(bid.a, [1])", 12, "`max` needs numbers or dates, not a list"),
            ("max(1, 'x')", 8, "`max` needs numbers or dates, not a text"),
            ("abs('x')", 5, "`abs` needs a number, not a text"),
            ("round('x')", 7, "`round` needs a number, not a text"),
            ("round(bid.a, 'x')", 14, "`round` needs a number, not a text"),
            (
                "round(bid.a, 31)",
                14,
                "`round` takes from -30 to 30 decimals, not 31",
            ),
            (
                "round(bid.a, 1 / 2)",
                14,
                "`round` takes from -30 to 30 decimals, not 1/2",
            ),
        ],
    )
    def test_a_clash_is_found_when_the_text_is_read(self, text, column, message):
        assert mistakes(text) == [(column, message)]

    def test_a_clash_under_a_condition_that_never_holds_is_found_too(self):
        assert mistakes("false and 1 + 'x' > 2") == [(13, "a number and a text cannot be added")]


class TestOutsideTheLanguage:
    @pytest.mark.parametrize(
        ("text", "column", "sign", "help_"),
        [
            ("bid.a ** 2", 7, "**", "write the product: `x * x`"),
            ("bid.a // 2", 7, "//", "round a quotient with `round(x / y)`"),
            ("bid.a % 2", 7, "%", "write percent as hundredths: `5 / 100`"),
            ("bid.a & bid.b", 7, "&", "write `and`"),
            ("bid.a && bid.b", 7, "&&", "write `and`"),
            ("bid.a || bid.b", 7, "||", "write `or`"),
            ("!bid.a", 1, "!", "write `not`"),
            ("bid.a = 3", 7, "=", "write `==` to compare"),
            ("bid.a => 3", 7, "=>", "write `>=`"),
            ("bid.a <> 3", 7, "<>", "write `!=`"),
            ("bid.a ≤ 3", 7, "≤", "write `<=`"),
            ("（bid.a)", 1, "（", "write `(`"),
            ("bid.a × 3", 7, "×", "write `*`"),
            ("“a” == bid.a", 1, "“", 'write `"`'),
        ],
    )
    def test_a_sign_that_is_not_in_the_language_names_the_one_that_is(
        self, text, column, sign, help_
    ):
        assert mistakes(text)[0] == (column, f"`{sign}` is not part of expressions")
        assert hint(text) == help_

    @pytest.mark.parametrize(
        ("text", "column"),
        [
            ("bid.a is true", 7),
            ("lambda: 3", 1),
            ("[x for x in bid.a]", 4),
            ("sum(x for x in bid.a)", 7),
            ("(x := 3)", 4),
            ("{1: 2}", 1),
            ("{1, 2}", 1),
            ("bid.a << 1", 7),
            ("~bid.a", 1),
            ("bid.a ^ 1", 7),
            ("bid.a @ 1", 7),
            ("bid.a[1:2]", 8),
            ("round(1, n=2)", 11),
            ("len(*bid.a)", 5),
            ("[*bid.a]", 2),
            ("await bid.a", 1),
            ("yield", 1),
            ("import os", 1),
            ("1; 2", 2),
            ("1 # one", 3),
            ("1 \\\n + 2", 3),
            ("1 \x00 + 2", 3),
            ("1 +\u200b2", 4),
            ("bid.a\x0c", 6),
            ("...", 1),
            ("1, 2", 2),
            ("(1, 2)", 3),
            ("()", 1),
            ("bid.a, ", 7),
            ("$a", 1),
            ("`a`", 1),
            ("bid?.a", 4),
        ],
    )
    def test_everything_else_of_python_is_refused_at_its_column(self, text, column):
        assert mistakes(text)[0][0] == column

    @pytest.mark.parametrize(
        ("text", "column"),
        [
            ('f"{bid.a}"', 1),
            ("b'a'", 1),
            ("r'a'", 1),
            ("u'a'", 1),
            ("1 + t'a'", 5),
        ],
    )
    def test_text_has_no_prefix(self, text, column):
        assert mistakes(text) == [(column, "a text has no letters before its quotes")]

    @pytest.mark.parametrize(
        ("text", "column", "message"),
        [
            ("'abc", 1, "the text is not closed"),
            ('1 + "abc\ndef"', 5, "the text is not closed"),
            ("'a' 'b'", 5, "an operator is missing before `'b'`"),
            ('"""a"""', 3, 'an operator is missing before `"a"`'),
            (r"'a\nb'", 3, r"`\n` has no meaning in a text"),
            (r"'\x41'", 2, r"`\x` has no meaning in a text"),
        ],
    )
    def test_text_is_one_piece_in_one_line(self, text, column, message):
        assert mistakes(text)[0] == (column, message)

    @pytest.mark.parametrize(
        "number",
        ["0x10", "0o7", "0b1", "1j", "010", "00", "1__0", "1_", "1.5.2", "1e", "2nd", "1if"],
    )
    def test_numbers_are_decimal(self, number):
        assert mistakes(f"1 + {number}")[0] == (5, f"`{number}` is not a decimal number")

    @pytest.mark.parametrize(
        ("number", "message"),
        [
            ("1e30", "1e30 is not under 1e30, as numbers must be"),
            ("1e999999999", "1e999999999 is not under 1e30, as numbers must be"),
            ("1e-31", "1e-31 has more than 34 digits or more than 30 decimals"),
            ("1e-999999999", "1e-999999999 has more than 34 digits or more than 30 decimals"),
            ("1." + "2" * 34, f"1.{'2' * 34} has more than 34 digits or more than 30 decimals"),
        ],
    )
    def test_numbers_keep_the_limits_of_files(self, number, message):
        assert mistakes(number) == [(1, message)]


class TestBrokenText:
    @pytest.mark.parametrize(
        ("text", "column", "message"),
        [
            ("", 1, "the expression is empty"),
            (" \n ", 1, "the expression is empty"),
            ("1 +", 4, "the expression ends where a value is due"),
            ("1 + \n ", 4, "the expression ends where a value is due"),
            ("* 2", 1, "a value is missing before `*`"),
            ("1 + * 2", 5, "a value is missing before `*`"),
            ("1 < and 2", 5, "a value is missing before `and`"),
            ("(1 + )", 6, "a value is missing before `)`"),
            ("len(, 1)", 5, "a value is missing before `,`"),
            ("1 2", 3, "an operator is missing before `2`"),
            ("bid.a bid.b", 7, "an operator is missing before `bid`"),
            ("bid.a not 3", 7, "an operator is missing before `not`"),
            ("bid. ", 5, "a key is missing after the dot"),
            ("bid.(a)", 5, "a key is missing after the dot"),
            ("bid..a", 5, "a key is missing after the dot"),
            ("(1 + 2", 1, "`(` is not closed"),
            ("1 + 2)", 6, "`)` closes nothing"),
            ("[1, 2)", 6, "`)` does not close `[`"),
            ("bid['a'", 4, "`[` is not closed"),
        ],
    )
    def test_broken_text_says_where(self, text, column, message):
        assert mistakes(text) == [(column, message)]

    @pytest.mark.parametrize("text", ["1 if 2", "1 else 2", "if 1 else 2", "1 + not true"])
    def test_what_python_cannot_read_is_refused_too(self, text):
        ((column, _),) = mistakes(text)
        assert 1 <= column <= len(text) + 1

    def test_a_choice_without_its_other_side_says_how_to_write_it(self):
        assert hint("1 if bid.a") == "a choice is written `x if test else y`"

    def test_several_mistakes_are_reported_at_once(self):
        assert mistakes("bidd.a + lenn(bid.b) * 'x' / 2") == [
            (1, "unknown name `bidd`"),
            (10, "unknown function `lenn`"),
            (22, "a number is needed to multiply, not a text"),
        ]
        assert [column for column, _ in mistakes("bid.a % 2 ** 0x1")] == [7, 11, 14]

    def test_the_error_itself_is_the_first_of_its_errors(self):
        with pytest.raises(ExpressionError, match="column 1: unknown name `aa`") as caught:
            parse("aa + bb")
        assert caught.value.errors[0] is caught.value
        assert [each.column for each in caught.value.errors] == [1, 6]
