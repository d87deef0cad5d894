"""`tenderscore schema`: what it says of every kind of file, and that the real files agree."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from tenderscore.cli.schemas import INPUTS, OUTPUTS, SCHEMAS
from tenderscore.cli.schemas._descriptions import DESCRIPTIONS
from tenderscore.model.text import LANGUAGES
from tenderscore.scoring import METHODS

REPOSITORY = Path(__file__).parents[2]
FOLDERS = {"bids": "bid", "criteria": "criteria", "scores": "scores"}
NAMES = {kind: kind for kind in ("tender", "method", "rates", "panel", "decisions")}
SCORES = {
    "linear": {"worst": 0, "best": "lot.services"},
    "interpolate": {"through": [[0, 0], [10, 100]]},
    "bands": {"bands": [{"at_least": 3, "points": 100}], "otherwise": 20},
    "lookup": {"points": {"AA": 90}},
    "yes_no": {"yes": 80},
    "points": {"out_of": 60},
    "per_item": {"each": 15},
    "coverage": {"of": "lot.services"},
    "distance": {"from": "tender.buyer.location", "best": 0, "worst": 500},
    "panel": {"scale": [1, 7], "aggregate": "trimmed_mean", "drop": 1},
    "ratio_to_best": {"better": "low"},
    "min_max": {"better": "high"},
    "excess_over_best": {"slope": 2},
    "deviation": {"from": "median", "above": "1_000"},
    "relative_to_mean": {"at_mean": 50},
    "bilinear": {"at_mean": 85},
}


class EditorLoader(yaml.SafeLoader):
    """Reads as editors do, by YAML 1.2: `12_000` and dates are text, `NO` is no boolean."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - PyYAML wants one for each class


for tag, pattern, first in (
    ("bool", r"(true|false)\Z", "tf"),
    ("null", r"(null|~|)\Z", ["n", "~", ""]),
    ("int", r"-?(0|[1-9]\d*)\Z", "-0123456789"),
    ("float", r"-?\d+\.\d+\Z", "-0123456789"),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


def kind_of(path):
    """Which schema a file of a round has, None where it is no part of one."""
    return NAMES.get(path.stem) or FOLDERS.get(path.parent.name)


def files():
    """Every file of the examples, of what `init` writes and of the criteria that ship."""
    places = ("examples", "criteria", "src/tenderscore/starter")
    found = [path for place in places for path in (REPOSITORY / place).rglob("*.*")]
    return sorted(path for path in found if path.suffix in {".yaml", ".json"} and kind_of(path))


def errors(kind, content):
    """What the schema of a kind finds, each as its path and message."""
    found = validator(kind).iter_errors(content)
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message}" for error in found]


@cache
def validator(kind):
    return Draft202012Validator(SCHEMAS[kind].document())


def objects(schema):
    """Every schema of a mapping in a schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
            yield schema
        schema = list(schema.values())
    for inner in schema if isinstance(schema, list) else ():
        yield from objects(inner)


def criterion(score):
    return {"id": "x", "weight": 100, "fact": "x", "score": score}


def doubt(**form):
    return {"id": "x", "of": "lot.budget", **form}


class TestSchemas:
    @pytest.mark.parametrize("kind", SCHEMAS)
    def test_every_schema_is_a_schema(self, kind):
        Draft202012Validator.check_schema(SCHEMAS[kind].document())

    @pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(REPOSITORY)))
    def test_the_real_files_are_valid_to_an_editor(self, path):
        content = yaml.load(path.read_text(encoding="utf-8"), EditorLoader)  # noqa: S506
        assert errors(kind_of(path), content) == []

    @pytest.mark.parametrize("kind", SCHEMAS)
    def test_every_key_is_described(self, kind):
        keys = [
            (key, about)
            for schema in objects(SCHEMAS[kind].document())
            for key, about in schema["properties"].items()
            if key not in LANGUAGES and about is not False
        ]
        assert keys
        assert [key for key, about in keys if not {"description", "$ref"} & set(about)] == []

    @pytest.mark.parametrize("method", METHODS)
    def test_a_criterion_may_use_every_method(self, method):
        score = {"method": method, **SCORES[method]}
        assert errors("criteria", criterion(score)) == []

    @pytest.mark.parametrize("method", METHODS)
    def test_a_method_takes_no_other_methods_parameters(self, method):
        score = {"method": method, **SCORES[method], "worts": 1}
        assert any(
            "'worts' was unexpected" in error for error in errors("criteria", criterion(score))
        )

    @pytest.mark.parametrize(
        ("kind", "content"),
        [
            ("tender", {"curency": "CNY"}),
            ("tender", {"title": {"fr": "Appel"}}),
            ("bid", {"price": 3}),
            ("bid", {"vendor": {"id": "acme"}, "price": -1}),
            ("bid", {"vendor": {"id": "acme"}, "withdrawn": "yes"}),
            ("bid", {"vendor": {"id": "acme"}, "offers": {"web": {"vendor": {"id": "bolt"}}}}),
            ("criteria", criterion({"method": "liner", "worst": 0, "best": 1})),
            ("criteria", criterion({"method": "linear", "worst": 0})),
            ("criteria", criterion({"method": "per_item", "each": 5, "tiers": {"a": 1}})),
            ("criteria", {"id": "x", "weight": 100}),
            ("criteria", {"id": "x y", "weight": 100, "criteria": []}),
            ("method", {"rounds": [{"id": "r", "advance": {"at_most": 0}}]}),
            ("method", {"requirements": {"r": {"fact": "x"}}}),
            ("method", {"requirements": {"r": {"fact": "x", "is": 1, "at_most": 2}}}),
            ("method", {"requirements": {"r": {"expr": "bid.x > 1", "is": True}}}),
            ("method", {"low_price": [doubt(under=50, rule="spain-85")]}),
            ("method", {"low_price": [doubt(rule="spain-58")]}),
            ("method", {"low_price": [doubt(rule={"method": "italy-97", "units": "base"})]}),
            ("scores", {"scores": {"acme": {"a.b": 3}}}),
            ("scores", {"evaluator": {"id": "li"}, "scores": {"acme": {"a.b": "good"}}}),
            ("panel", {"evaluators": []}),
            ("panel", {"evaluators": [{"name": "Li Wei"}]}),
            ("panel", {"evaluators": [{"id": "li", "interests": [{"vendor": "acme"}]}]}),
            ("rates", [{"date": "2026-03-30", "from": "USD", "to": "CNY", "rate": 0}]),
        ],
    )
    def test_what_the_program_refuses_is_invalid_to_an_editor(self, kind, content):
        assert errors(kind, content) != []

    @pytest.mark.parametrize("rule", ["italy-97", {"method": "italy-97", "decimals": 3}])
    def test_a_rule_for_low_prices_is_named_alone_or_with_its_settings(self, rule):
        assert errors("method", {"low_price": [doubt(rule=rule)]}) == []

    def test_text_that_looks_like_a_number_may_be_an_id(self):
        assert errors("bid", {"id": 7, "vendor": {"id": 12}}) == []

    def test_exact_defaults_are_numbers(self):
        definitions = SCHEMAS["criteria"].document()["$defs"]
        assert definitions["deviation"]["properties"]["below"]["default"] == 0.5

    def test_every_description_is_of_a_model_that_is_read(self):
        shown = json.dumps([SCHEMAS[each.kind].document() for each in INPUTS])
        for keys in DESCRIPTIONS.values():
            assert all(text in shown for text in keys.values())


class TestCommand:
    def test_all_schemas_are_one_json_object_by_kind(self, run):
        printed = run("schema").json
        assert list(printed) == [each.kind for each in (*INPUTS, *OUTPUTS)]
        assert printed["bid"] == SCHEMAS["bid"].document()

    def test_one_schema_is_printed_alone(self, run):
        assert run("schema", "method").json == SCHEMAS["method"].document()

    def test_an_unknown_kind_has_a_suggestion(self, run):
        done = run("schema", "bids")
        assert (done.code, done.out) == (2, "")
        assert "did you mean `bid`?" in done.err

    def test_files_are_written_and_written_again(self, run, tmp_path):
        for _ in range(2):
            assert run("schema", "--write", tmp_path / "deep" / "schemas").code == 0
        written = {path.name for path in (tmp_path / "deep" / "schemas").iterdir()}
        assert written == {f"{kind}.schema.json" for kind in SCHEMAS}

    def test_a_file_is_no_folder(self, run, tmp_path):
        (tmp_path / "x").write_text("mine")
        done = run("schema", "--write", tmp_path / "x")
        assert (done.code, (tmp_path / "x").read_text()) == (2, "mine")
