"""The engine and the reference agree on every number, rank, outcome, reason and error."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, note
from hypothesis import strategies as st

from .breakages import broken_folders
from .comparison import differences, run
from .profile import searching
from .reference import ContractError, evaluate, exit_code
from .round_files import Style, write
from .rounds import folders

STYLES = st.builds(
    Style,
    bids=st.sampled_from(["yaml", "json", "csv", "csv-lots"]),
    numbers=st.sampled_from(["plain", "grouped", "exponent"]),
    scores=st.sampled_from(["yaml", "csv"]),
)


def engine(folder, style, *options):
    """What the engine makes of the folder, written to files first."""
    with TemporaryDirectory() as place:
        target = write(folder, Path(place), style)
        for path in sorted(p for p in Path(place).rglob("*") if p.is_file()):
            note(f"--- {path.relative_to(place)}\n{path.read_text(encoding='utf-8')}")
        return run(target, *options)


def reference(folder, until):
    """The reference's result, or None where it finds the input invalid."""
    try:
        return evaluate(folder, until)
    except ContractError as error:
        note(f"the reference says: {error}")
        return None


def compare(folder, style, until=None):
    code, found = engine(folder, style, *(["--until", until] if until else []))
    expected = reference(folder, until)
    if expected is None:
        assert code == 1
        return
    assert "lots" in found, f"{code}: {found}"
    assert differences(expected, found) == []
    assert code == exit_code(expected, folder)


@searching()
@given(folders(), STYLES)
def test_every_round_comes_out_as_exact_arithmetic_says(folder, style):
    compare(folder, style)


@searching(0.3)
@given(broken_folders(), STYLES)
def test_what_the_contract_calls_an_error_is_one(folder, style):
    compare(folder, style)


@searching(0.1)
@given(folders(), st.integers(0, 2))
def test_a_stopped_evaluation_has_a_shortlist_and_no_winner(folder, place):
    """`--until` names a round that every lot's method has."""
    methods = [files["method"] or {} for files in folder.criteria.values()]
    named = [{r["id"] for r in method.get("rounds", [{"id": "all"}])} for method in methods]
    known = sorted(set.intersection(*named))
    if known:
        compare(folder, Style(), until=known[place % len(known)])
