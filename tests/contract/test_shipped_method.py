"""Section 3: the criteria and the two rounds that ship."""

import shutil
from pathlib import Path

import pytest
import yaml

REPOSITORY = Path(__file__).parents[2]
SHIPPED = REPOSITORY / "criteria"
GROUPS = ["experience", "finances", "reputation", "location", "innovation", "price"]
SECOND = ["site-visit", "references", "risk", "strategic-fit"]


def shipped_groups():
    """The shipped groups by id, as any YAML reader sees them."""
    files = [path for path in sorted(SHIPPED.glob("*.yaml")) if path.name != "method.yaml"]
    groups = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in files]
    return {group["id"]: group for group in groups}


def nodes(node):
    yield node
    for child in node.get("criteria", []):
        yield from nodes(child)


def leaves(node):
    return [each for each in nodes(node) if "criteria" not in each]


def method():
    return yaml.safe_load((SHIPPED / "method.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("group", GROUPS + SECOND)
def test_the_set_has_a_group(group):
    assert group in shipped_groups()


@pytest.mark.parametrize("group", GROUPS + SECOND)
@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
def test_everything_is_titled_in_three_languages(group, lang):
    assert all(node["title"][lang] for node in nodes(shipped_groups()[group]))


def test_two_rounds_are_the_default():
    assert len(method()["rounds"]) == 2


def test_the_second_round_lists_no_requirement():
    assert not method()["rounds"][1].get("requirements")


def test_the_second_round_is_scored_by_the_panel_and_by_price():
    groups = shipped_groups()
    scored = [leaf for name in method()["rounds"][1]["criteria"] for leaf in leaves(groups[name])]
    by_price = [leaf for leaf in scored if leaf.get("fact") == "price"]
    assert by_price
    assert all(leaf["score"]["method"] == "panel" for leaf in scored if leaf not in by_price)


def test_every_group_that_ships_is_used_in_a_round():
    named = [name for each in method()["rounds"] for name in each["criteria"]]
    assert sorted(named) == sorted(shipped_groups())


def test_without_criteria_the_shipped_set_is_used(evaluate):
    result = evaluate({"bids/acme.yaml": "vendor: {id: acme}\n"})
    assert result.lot()["rounds"][0]["id"] == method()["rounds"][0]["id"]


def test_the_second_round_is_pending_until_the_panel_has_scored(tmp_path, run, monkeypatch):
    example = REPOSITORY / "examples" / "outsourcing"
    for part in ("bids", "tender.yaml", "rates.yaml", "decisions.yaml"):
        source = example / part
        if source.is_dir():
            shutil.copytree(source, tmp_path / part)
        elif source.exists():
            shutil.copy(source, tmp_path / part)
    monkeypatch.chdir(tmp_path)
    lots = run("evaluate", "bids", "--format", "json").json["lots"]
    reached = [lot for lot in lots if lot["shortlist"]]
    assert reached
    first, second = (each["id"] for each in method()["rounds"])
    assert [lot["pending"] for lot in reached] == [[second]] * len(reached)
    assert [[each["id"] for each in lot["rounds"]] for lot in reached] == [[first]] * len(reached)
    assert [lot["winner"] for lot in reached] == [None] * len(reached)
