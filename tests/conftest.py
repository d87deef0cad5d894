"""A round is written as text in the test; these fixtures make its folder and run the command on it.

A round is a mapping of paths to contents, or one text in which `--- path` lines divide the files::

    --- tender.yaml
    id: T-1
    --- bids/acme.yaml
    vendor: {id: acme}

Every call makes a new folder and steps into it, so that places read `bids/acme.yaml`.
"""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tenderscore.cli import main

if TYPE_CHECKING:
    from pathlib import Path

Files = str | Mapping[str, str | bytes]

# Whoever runs the tests in the background may have told them, and so the commands that they
# start, to ignore interruptions.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine is slow, not wrong.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@dataclass(frozen=True)
class Run:
    """What one run of the command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Result(dict[str, Any]):
    """An evaluation's JSON, with short ways to its parts; a round is the last unless named."""

    def lot(self, lot: str | None = None) -> dict[str, Any]:
        if lot is None:
            (only,) = self["lots"]
            return dict(only)
        (found,) = (each for each in self["lots"] if each["id"] == lot)
        return dict(found)

    def round(self, name: str | None = None, lot: str | None = None) -> dict[str, Any]:
        rounds = self.lot(lot)["rounds"]
        if name is None:
            return dict(rounds[-1])
        (found,) = (each for each in rounds if each["id"] == name)
        return dict(found)

    def bids(self, name: str | None = None, lot: str | None = None) -> dict[str, dict[str, Any]]:
        """The rows of a round by vendor, in their order."""
        return {each["vendor"]: each for each in self.round(name, lot)["bids"]}

    def column(self, key: str, name: str | None = None, lot: str | None = None) -> dict[str, Any]:
        """One key (`total`, `rank`, `outcome`) of every bid of a round."""
        return {vendor: row[key] for vendor, row in self.bids(name, lot).items()}

    def node(
        self, vendor: str, criterion: str, name: str | None = None, lot: str | None = None
    ) -> dict[str, Any]:
        rows = self.bids(name, lot)[vendor]["criteria"]
        (found,) = (each for each in rows if each["id"] == criterion)
        return dict(found)

    def points(
        self, criterion: str, name: str | None = None, lot: str | None = None
    ) -> dict[str, float]:
        """The points of one criterion by vendor, for the bids that have a row for it."""
        rows = self.bids(name, lot).items()
        return {
            vendor: node["points"]
            for vendor, row in rows
            for node in row["criteria"]
            if node["id"] == criterion
        }

    def reasons(self, vendor: str, name: str | None = None, lot: str | None = None) -> list[str]:
        """Every reason of a bid as `requirement licence`, in order."""
        kinds = ("requirement", "criterion", "rule")
        rows = self.bids(name, lot)[vendor]["reasons"]
        return [f"{kind} {row[kind]}" for row in rows for kind in kinds if kind in row]

    @property
    def codes(self) -> list[str]:
        """The codes of the warnings."""
        return [each["code"] for each in self["warnings"]]


def divide(files: Files) -> Mapping[str, str | bytes]:
    """A text with `--- path` lines as a mapping of paths to contents."""
    if not isinstance(files, str):
        return {path: dedent(c) if isinstance(c, str) else c for path, c in files.items()}
    _, *parts = re.split(r"^--- (\S+)\n", dedent(files).lstrip("\n"), flags=re.MULTILINE)
    return {path: dedent(text) for path, text in zip(parts[::2], parts[1::2], strict=True)}


@pytest.fixture
def round_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Files], Path]:
    """Write a round's files to a new folder, step into it and return it."""

    def write(files: Files) -> Path:
        folder = tmp_path / f"round-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        for path, content in divide(files).items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)
        monkeypatch.chdir(folder)
        return folder

    return write


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Run the command in this process: `run("evaluate", "bids", "--format", "json")`."""

    def invoke(*argv: str | Path) -> Run:
        capsys.readouterr()
        code = main([str(each) for each in argv])
        captured = capsys.readouterr()
        return Run(code, captured.out, captured.err)

    return invoke


def bids_of(folder: Path) -> str:
    """The round's folder or table of bids, as one would type it inside the folder."""
    return next(name for name in ("bids", "bids.csv", "bids.xlsx") if (folder / name).exists())


@pytest.fixture
def evaluate(
    round_files: Callable[[Files], Path], run: Callable[..., Run]
) -> Callable[..., Result]:
    """Evaluate a round that is valid and return its JSON."""

    def invoke(files: Files, *options: str) -> Result:
        done = run("evaluate", bids_of(round_files(files)), "--format", "json", *options)
        assert done.code in {0, 3}, done.err or done.out
        result = Result(done.json)
        assert result["schema"] == "tenderscore/evaluation/1"
        return result

    return invoke


@pytest.fixture
def problems(
    round_files: Callable[[Files], Path], run: Callable[..., Run]
) -> Callable[..., list[dict[str, Any]]]:
    """Evaluate a round that is invalid and return its errors as the JSON lists them."""

    def invoke(files: Files, *options: str) -> list[dict[str, Any]]:
        done = run("evaluate", bids_of(round_files(files)), "--format", "json", *options)
        assert done.code == 1, done.err or done.out
        document = done.json
        assert document["schema"] == "tenderscore/problems/1"
        errors = [each for each in document["problems"] if each["severity"] == "error"]
        assert errors, "an invalid round has an error"
        return errors

    return invoke
