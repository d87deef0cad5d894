"""Every preset's own example comes to what its source says."""

import pytest

from tenderscore.model.method import Method
from tenderscore.model.text import LANGUAGES
from tenderscore.sources.presets import preset, preset_ids

PRESETS = preset_ids()


def example(id_):
    return preset(id_).document.root.get("example")


def told(value):
    """What an example expects, as plain numbers and texts."""
    if isinstance(value, dict):
        return {key: told(each) for key, each in value.items()}
    if isinstance(value, list):
        return [told(each) for each in value]
    return value if value is None or isinstance(value, str) else float(value)


def figures(result, key, wanted):
    """What a result says in the places of what is expected."""
    match key:
        case "winner" | "tie" | "shortlist" | "trade_off":
            return result.lot()[key]
        case "points" | "contribution":
            rows = result.bids()
            return {
                criterion: {
                    vendor: {node["id"]: node for node in rows[vendor]["criteria"]}[criterion][key]
                    for vendor in by_vendor
                }
                for criterion, by_vendor in wanted.items()
            }
    found = {}
    for each in result.lot()["rounds"]:
        found |= {row["vendor"]: row.get(key) for row in each["bids"]}
    return {vendor: found[vendor] for vendor in wanted}


@pytest.mark.parametrize("id_", PRESETS)
def test_an_example_comes_to_its_figures(id_, evaluate):
    files = {path: str(node.value) for path, node in example(id_).get("files").items()}
    result = evaluate(files)
    expect = told(example(id_).get("expect").bare())
    assert {key: figures(result, key, wanted) for key, wanted in expect.items()} == expect


@pytest.mark.parametrize("id_", PRESETS)
def test_a_preset_is_whole(id_):
    found = preset(id_).preset
    assert Method.model_validate(found.method)
    texts = [found.title, *(check.title for check in found.checks)]
    texts += [found.weakness] if found.weakness else []
    assert all(set(text._texts) == set(LANGUAGES) for text in texts)
    ids = [check.id for check in found.checks]
    assert ids
    assert len(set(ids)) == len(ids)
