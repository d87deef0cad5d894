"""The engine and the reference agree on what decisions do, and which of them do nothing."""

from hypothesis import given
from hypothesis import strategies as st

from .deciding import decided_folders
from .profile import searching
from .round_files import Style
from .test_engine_matches_reference import compare

STYLES = st.builds(Style, bids=st.sampled_from(["yaml", "json"]))


@searching(0.5)
@given(decided_folders(), STYLES)
def test_every_decision_does_what_the_contract_says(folder, style):
    compare(folder, style)


@searching(0.1)
@given(decided_folders(), st.integers(0, 2))
def test_decisions_on_rounds_to_come_wait(folder, place):
    methods = [files["method"] or {} for files in folder.criteria.values()]
    named = [{r["id"] for r in method.get("rounds", [{"id": "all"}])} for method in methods]
    known = sorted(set.intersection(*named))
    if known:
        compare(folder, Style(), until=known[place % len(known)])
