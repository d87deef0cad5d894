"""The table command x outcome x format: the exit code is the same for every format."""

import pytest

from tenderscore.cli import main
from tenderscore.reports import EXPLANATIONS, PRICES, REPORTS

QUALITY = """
id: quality
weight: 100
criteria:
  - {id: speed, weight: 100, fact: speed, score: {method: points}}
"""
ONE_WINNER = "rounds: [{id: only, criteria: [quality], advance: {at_most: 1}}]\n"
BIDS = {
    "bids/acme.yaml": "vendor: {id: acme}\nspeed: 60\n",
    "bids/bolt.yaml": "vendor: {id: bolt}\nspeed: 50\n",
}
SHORTLISTED = {"criteria/quality.yaml": QUALITY, "criteria/method.yaml": ONE_WINNER, **BIDS}

OUTCOMES = {
    "a shortlist": SHORTLISTED,
    "a warning": {**SHORTLISTED, "bids/bolt.yaml": "vendor: {id: bolt}\n"},
    "a tie for the only place": {
        **SHORTLISTED,
        "bids/bolt.yaml": "vendor: {id: bolt}\nspeed: 60\n",
    },
    "nobody is good enough": {
        **SHORTLISTED,
        "criteria/method.yaml": ONE_WINNER.replace("at_most: 1", "minimum: 90"),
    },
    "invalid": {**SHORTLISTED, "bids/bolt.yaml": "vendor: {id: bolt}\nspeed: fast\n"},
    "no bids": {"criteria/quality.yaml": QUALITY, "bids/README.md": "none yet"},
    "no such path": {"criteria/quality.yaml": QUALITY},
}
CODES = {
    "a shortlist": {"evaluate": 0, "check": 0, "explain": 0, "prices": 0},
    "a warning": {"evaluate": 0, "check": 0, "explain": 0, "prices": 0},
    "a tie for the only place": {"evaluate": 3, "check": 0, "explain": 0, "prices": 0},
    "nobody is good enough": {"evaluate": 3, "check": 0, "explain": 0, "prices": 0},
    "invalid": {"evaluate": 1, "check": 1, "explain": 1, "prices": 1},
    "no bids": {"evaluate": 1, "check": 1, "explain": 1, "prices": 1},
    "no such path": {"evaluate": 2, "check": 2, "explain": 2, "prices": 2},
}
FORMATS = {"explain": EXPLANATIONS, "prices": PRICES}
ROWS = [
    (command, outcome, form)
    for outcome, codes in CODES.items()
    for command in codes
    for form in REPORTS
]


@pytest.mark.parametrize(("command", "outcome", "form"), ROWS)
def test_the_exit_code_follows_from_command_and_outcome(
    round_files, capsysbinary, command, outcome, form
):
    round_files(OUTCOMES[outcome])
    vendor = ["acme"] if command == "explain" else []
    expected = CODES[outcome][command]
    if form not in FORMATS.get(command, REPORTS):
        expected = 2
    assert main([command, "bids", *vendor, "--format", form]) == expected
    assert bool(capsysbinary.readouterr().out) == is_shown(command, form, expected)


def is_shown(command, form, code):
    """Whether standard output gets something: a result, or problems as JSON."""
    if code in {1, 2}:
        return code == 1 and form == "json"
    return command != "check" or form in {"table", "json"}


@pytest.mark.parametrize("form", REPORTS)
def test_the_files_of_every_format_are_written_in_full(round_files, run, form):
    folder = round_files(OUTCOMES["a tie for the only place"])
    done = run("evaluate", "bids", "--output", f"result{REPORTS[form].suffix}")
    assert done.code == 3
    assert (folder / f"result{REPORTS[form].suffix}").stat().st_size > 100


def test_only_the_lots_that_are_evaluated_count(round_files, run):
    """`web` has a shortlist; nobody bids for `app`."""
    round_files(
        {
            **SHORTLISTED,
            "tender.yaml": "lots: {web: {}, app: {}}\n",
            "bids/acme.yaml": "vendor: {id: acme}\nspeed: 60\noffers: {web: {}}\n",
            "bids/bolt.yaml": "vendor: {id: bolt}\nspeed: 50\noffers: {web: {}}\n",
        }
    )
    codes = [
        run("evaluate", "bids", *options).code
        for options in ((), ("--lot", "web"), ("--lot", "app"))
    ]
    assert codes == [3, 0, 3]
