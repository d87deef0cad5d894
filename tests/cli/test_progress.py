"""A line that says what takes long, on a terminal and no longer than it takes."""

import time

import pytest

from tenderscore.cli import progress
from tenderscore.cli.console import Console
from tenderscore.errors import Message


@pytest.fixture(autouse=True)
def _watched(monkeypatch):
    """Standard error is a terminal whose reader is impatient."""
    monkeypatch.setattr(progress, "is_terminal", lambda _: True)
    monkeypatch.setattr(progress, "_PATIENCE", 0.05)


def work(seconds, console=None):
    with progress.working(console or Console(), Message("evaluating")):
        time.sleep(seconds)


def work_then_fail(seconds):
    with progress.working(Console(), Message("evaluating")):
        time.sleep(seconds)
        time.sleep(-1)


def test_long_work_is_told_and_the_line_is_taken_away_again(capsys):
    work(0.3)
    err = capsys.readouterr().err
    assert "evaluating 0 s" in err
    assert err.endswith("\r\x1b[2K")


def test_short_work_is_not_told(capsys):
    work(0)
    assert capsys.readouterr().err == ""


def test_nothing_is_told_to_a_file_or_to_who_wants_quiet(capsys, monkeypatch):
    quiet = Console()
    quiet.speak("en", quiet=True)
    work(0.2, quiet)
    monkeypatch.setattr(progress, "is_terminal", lambda _: False)
    work(0.2)
    assert capsys.readouterr().err == ""


def test_the_line_goes_also_when_the_work_fails(capsys):
    with pytest.raises(ValueError, match="sleep length"):
        work_then_fail(0.3)
    assert capsys.readouterr().err.endswith("\r\x1b[2K")
