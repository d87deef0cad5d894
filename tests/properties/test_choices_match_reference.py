"""Where people choose, the engine and the reference agree on who won and what a point costs."""

from copy import deepcopy

from hypothesis import assume, given
from hypothesis import strategies as st

from .choosing import choosable, left_to_people
from .comparison import EXACT_KEYS
from .profile import searching
from .reference import ContractError, evaluate
from .round_files import Style
from .rounds import folders
from .test_engine_matches_reference import engine

SIGNED = {"by": "Tender committee", "date": "2026-04-02", "reason": "As minuted"}


def deciding(folder, chosen):
    """The same round with `winner: decide` in every method, and what was chosen."""
    made = deepcopy(folder)
    for files in made.criteria.values():
        files["method"] = {**(files["method"] or {}), "winner": "decide"}
    made.decisions = [
        {"decide": "choose", "vendor": vendor, "lot": lot, **SIGNED}
        for lot, vendor in chosen.items()
    ]
    return made


@searching(0.4)
@given(folders(), st.lists(st.integers(0, 9), max_size=4))
def test_people_choose_and_pay_for_points_as_exact_arithmetic_says(folder, picks):
    try:
        expected = evaluate(folder)
        lists = choosable(folder, expected)
        chosen = {
            lot: names[pick % len(names)]
            for (lot, names), pick in zip(lists.items(), picks, strict=False)
        }
        lots = left_to_people(folder, expected, chosen)
    except ContractError:
        assume(False)
    code, found = engine(deciding(folder, chosen), Style())
    assert "lots" in found, f"{code}: {found}"
    assert code == (0 if all(lot["shortlist"] for lot in lots) else 3)
    for lot, other in zip(lots, found["lots"], strict=True):
        assert {key: lot[key] for key in EXACT_KEYS} == {key: other[key] for key in EXACT_KEYS}
        assert lot["trade_off"] == other["trade_off"]
        choice = other["choice"]
        assert (choice and choice["vendor"]) == chosen.get(lot["id"])
