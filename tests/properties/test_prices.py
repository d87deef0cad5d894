"""Items of breakdowns against plain recursion over trees; it shares nothing with the columns."""

from fractions import Fraction
from statistics import median

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import tenderscore as ts

AMOUNTS = st.integers(min_value=1, max_value=10**6)
TREES = st.dictionaries(
    st.sampled_from("abc"),
    st.one_of(AMOUNTS, st.dictionaries(st.sampled_from("xyz"), AMOUNTS, min_size=1)),
    min_size=1,
)
BIDS = st.lists(TREES, min_size=1, max_size=6)


def levels(tree, above=()):
    """What every item at every level comes to, by dotted path."""
    for key, value in tree.items():
        path = (*above, key)
        yield ".".join(path), amount(value)
        if isinstance(value, dict):
            yield from levels(value, path)


def amount(value):
    return sum(map(amount, value.values())) if isinstance(value, dict) else value


def priced(trees, folder):
    """The only lot of a round with these breakdowns."""
    (folder / "criteria").mkdir(parents=True, exist_ok=True)
    (folder / "criteria/g.yaml").write_text(
        "id: g\nweight: 100\ncriteria: [{id: x, weight: 100, expr: '1', score: {method: points}}]\n"
    )
    (folder / "tender.yaml").write_text("currency: CNY\n")
    bids = folder / "bids"
    bids.mkdir(exist_ok=True)
    for left in bids.iterdir():
        left.unlink()
    for number, tree in enumerate(trees):
        price = {"amount": amount(tree), "currency": "CNY", "breakdown": tree}
        content = {"vendor": {"id": f"v{number}"}, "price": price}
        (bids / f"v{number}.yaml").write_text(yaml.safe_dump(content))
    (lot,) = ts.open_round(bids).prices().lots
    return lot


@given(trees=BIDS)
@settings(max_examples=30)
def test_every_item_of_every_bid_and_its_share(tmp_path_factory, trees):
    lot = priced(trees, tmp_path_factory.getbasetemp() / "prices")
    found = {(item.id, c.vendor): (c.amount, c.share) for item in lot.items for c in item.costs}
    assert found == {
        (path, f"v{number}"): (value, Fraction(value * 100, amount(tree)))
        for number, tree in enumerate(trees)
        for path, value in levels(tree)
    }


@given(trees=BIDS)
@settings(max_examples=30)
def test_what_lies_between_and_who_differs(tmp_path_factory, trees):
    lot = priced(trees, tmp_path_factory.getbasetemp() / "prices")
    flat = {f"v{number}": dict(levels(tree)) for number, tree in enumerate(trees)}
    for item in lot.items:
        own = {vendor: items[item.id] for vendor, items in flat.items() if item.id in items}
        spread = item.spread
        assert (spread.count, spread.lowest, spread.highest) == (
            len(own),
            min(own.values()),
            max(own.values()),
        )
        assert spread.median == median(map(Fraction, own.values()))
        lacking = {v for v, items in flat.items() if item.id not in items and _divides(items, item)}
        assert set(item.lacking) == (lacking if len(own) > 1 else set())
        assert item.alone == (next(iter(own)) if len(own) == 1 and lacking else None)


def _divides(items, item):
    """Whether a bid says what the item above is made of."""
    above = ".".join(item.path[:-1])
    return not above or any(path.startswith(f"{above}.") for path in items)
