"""What the command loads: a round in YAML waits for no library that it has no use for."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "outsourcing" / "bids"
HEAVY = {
    "pandas",
    "scipy",
    "duckdb",
    "pyarrow",
    "openpyxl",
    "python_calamine",
    "xlsxwriter",
    "jinja2",
    "typst",
    "highspy",
    "numpy.ma",
    "numpy.random",
}
ROUND = """
    --- criteria/g.yaml
    id: g
    weight: 100
    criteria:
      - {id: x, title: Speed, weight: 100, fact: x, score: {method: points}}
    --- bids/acme.yaml
    vendor: {id: acme}
    x: 60
    """
EXTENDING = """
    --- criteria/method.yaml
    extends: world-bank-qbs
    rounds: [{id: all, criteria: [g]}]
    """
DUE = """
    --- tender.yaml
    deadline: 2026-03-31T17:00:00+08:00
    """
PATTERN = """
    --- criteria/method.yaml
    requirements: {named: {fact: vendor.id, matches: "[a-z]+"}}
    """
RANKED = """
    --- criteria/method.yaml
    rounds: [{id: all, criteria: [g], rank_by: price_per_point}]
    """
DOUBTED = """
    --- criteria/method.yaml
    low_price: [{id: x, under: 50, of: mean}]
    """
RULED = """
    --- criteria/method.yaml
    low_price: [{id: x, rule: spain-85, of: 9}]
    """
MEMBERS = """
    --- panel.yaml
    evaluators: [{id: li}]
    """
JUDGED = {
    "criteria/g.yaml": (
        "id: g\nweight: 100\ncriteria: [{id: x, weight: 100, score: {method: panel, spread: 1}}]\n"
    ),
    "bids/acme.yaml": "vendor: {id: acme}\n",
    "scores/li.yaml": "evaluator: {id: li}\nscores: {acme: {g.x: 3}}\n",
}
AWARD = """
    --- tender.yaml
    lots: {web: {}, app: {}}
    award: {lots_per_vendor: 1}
    """
DECIDED = """
    --- decisions.yaml
    - {decide: accept, vendor: acme, matter: low-price, by: TC, date: 2026-04-02, reason: Fine}
    """
CHOOSING = """
    --- criteria/method.yaml
    winner: decide
    """
OTHER = """
    --- bids/bolt.yaml
    vendor: {id: bolt}
    x: 50
    """
TABLE = {"bids.csv": "vendor.id,x\nacme,60\n"}
PLATFORM = {"tender.json": '{"tenderID": "UA-1", "bids": [{"id": "a", "value": {"amount": 5}}]}'}
# What some rounds need: a round that does, and how it is run.
AT_NEED = {
    "re2": (ROUND + PATTERN, "evaluate bids"),
    "highspy": (ROUND + AWARD, "evaluate bids"),
    "tenderscore.award": (ROUND + AWARD, "evaluate bids"),
    "tenderscore.api.awards": (ROUND + AWARD, "evaluate bids"),
    "tenderscore.sources.presets": (ROUND + EXTENDING, "evaluate bids"),
    "tenderscore.pipeline.rule_checks": (ROUND + EXTENDING, "evaluate bids"),
    "tenderscore.model.preset": (ROUND + EXTENDING, "evaluate bids"),
    "tenderscore.checks.validity": (ROUND + EXTENDING + DUE, "evaluate bids"),
    "difflib": (ROUND, "evaluate bids --lot al"),
    "tenderscore.sources.csv_table": (TABLE, "evaluate bids.csv"),
    "tenderscore.sources.table_bids": (TABLE, "evaluate bids.csv"),
    "tenderscore.sources.round_files": (PLATFORM, "evaluate tender.json"),
    "tenderscore.sources.prozorro": (PLATFORM, "evaluate tender.json"),
    "tenderscore.sources.xlsx_table": ({"bids.xlsx": b""}, "evaluate bids.xlsx"),
    "tenderscore.sources._yaml_errors": ({"bids/acme.yaml": "[1"}, "evaluate bids"),
    "tenderscore.pipeline.rankings": (ROUND + RANKED, "evaluate bids"),
    "tenderscore.pipeline.price_tests": (ROUND + DOUBTED, "evaluate bids"),
    "tenderscore.pipeline.low_prices": (ROUND + DOUBTED, "evaluate bids"),
    "tenderscore.pipeline.low_price_rules": (ROUND + RULED, "evaluate bids"),
    "tenderscore.model.evaluators": (ROUND + MEMBERS, "evaluate bids"),
    "tenderscore.checks.panel": (ROUND + MEMBERS, "evaluate bids"),
    "tenderscore.pipeline.moderation": (JUDGED, "evaluate bids"),
    "tenderscore.model.decisions": (ROUND + DECIDED, "evaluate bids"),
    "tenderscore.pipeline.decisions": (ROUND + DECIDED, "evaluate bids"),
    "tenderscore.api.deciding": (ROUND + DECIDED, "evaluate bids"),
    "tenderscore.pipeline.choosing": (ROUND + CHOOSING, "evaluate bids"),
    "tenderscore.model.choice": (ROUND + CHOOSING, "evaluate bids"),
    "tenderscore.reports._trade_off": (ROUND + CHOOSING + OTHER, "evaluate bids"),
    "tenderscore.pipeline.explaining": (ROUND, "explain bids acme"),
    "tenderscore.analysis.prices": (ROUND, "prices bids"),
    "tenderscore.model.price_analysis": (ROUND, "prices bids"),
    "tenderscore.model.cost_tree": (ROUND, "prices bids"),
    "tenderscore.reports.prices.terminal": (ROUND, "prices bids"),
    "tenderscore.reports.json_document": (ROUND, "evaluate bids --format json"),
}


def at_exit(expression, *argv):
    """What an expression is when the command's process ends."""
    code = (
        "import atexit, os, sys;"
        f"atexit.register(lambda: print({expression}, file=sys.stderr));"
        "from tenderscore.cli import run;"
        "run()"
    )
    command = [sys.executable, "-c", code, *argv]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    return done.stderr.splitlines()[-1]


def loaded(*argv):
    """The modules that the command has loaded when it ends."""
    return set(at_exit("*sys.modules", *argv).split())


def test_the_example_loads_nothing_heavy():
    modules = loaded("evaluate", str(EXAMPLE))
    assert "tenderscore.reports.terminal" in modules
    assert not HEAVY & modules


def test_a_round_in_yaml_loads_what_it_needs(round_files):
    round_files(ROUND)
    modules = loaded("evaluate", "bids")
    assert "tenderscore.reports.terminal" in modules
    assert not (HEAVY | AT_NEED.keys()) & modules


@pytest.mark.parametrize("module", AT_NEED)
def test_a_round_that_needs_more_loads_more(round_files, module):
    files, command = AT_NEED[module]
    round_files(files)
    assert module in loaded(*command.split())


def test_nobody_looks_for_installed_packages(round_files):
    round_files(ROUND)
    assert not {"email.message", "zipfile"} & loaded("evaluate", "bids")


def test_help_loads_no_more_than_the_command_line():
    modules = loaded("--help")
    assert "tenderscore.cli.evaluate" in modules
    assert not {"numpy", "pydantic", "yaml", "rich", "tenderscore.api"} & modules


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="no list of threads to count")
def test_no_library_starts_threads(round_files):
    round_files(ROUND)
    assert at_exit("len(os.listdir('/proc/self/task'))", "evaluate", "bids") == "1"
