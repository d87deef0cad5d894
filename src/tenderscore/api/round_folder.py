"""Where a round's files are: beside the bids, or where the caller says."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TypeAlias

from tenderscore.errors import Message, UsageError
from tenderscore.model.records import record, replace

AnyPath: TypeAlias = str | os.PathLike[str]

_TABLES = (".csv", ".xlsx")
_TEXTS = (".yaml", ".yml", ".json")
_BIDS = ("bids", "bids.csv", "bids.xlsx")
SHIPPED = "tenderscore:criteria"


@record
class RoundFolder:
    """The paths of a round; None for what there is not. ``criteria`` None: the shipped set.

    ``root`` is the folder that holds the bids: names of files are relative to it. ``prefix``
    leads from where the caller stands to the root. ``kind`` says which of ``ROUND_SOURCES`` reads
    the bids, where their file holds the whole round.
    """

    root: Path
    prefix: str
    bids: Path
    tender: Path | None
    criteria: Path | None
    scores: Path | None
    rates: Path | None
    decisions: Path | None
    panel: Path | None = None
    kind: str | None = None

    def name(self, path: Path) -> str:
        """A file's name as people see it: relative to the root, with forward slashes."""
        shipped = shipped_criteria()
        if path.is_relative_to(shipped) and not path.is_relative_to(self.root):
            return f"{SHIPPED}/{path.relative_to(shipped).as_posix()}"
        return Path(os.path.relpath(path, self.root)).as_posix()


def find_round(  # noqa: PLR0913, PLR0917 - the command's options
    bids: AnyPath,
    tender: AnyPath | None = None,
    criteria: AnyPath | None = None,
    scores: AnyPath | None = None,
    rates: AnyPath | None = None,
    panel: AnyPath | None = None,
    decisions: AnyPath | None = None,
) -> RoundFolder:
    """The paths of a round.

    Raises:
        UsageError: a path that was named does not exist or is of the wrong kind.
    """
    typed = os.fspath(bids)
    at = _existing(typed)
    kind = None
    if not at.is_dir() and at.suffix.lower() not in _TABLES:
        kind = _kind_of_round(at)
        if kind is None:
            message = Message(
                "{path} is neither a folder of bids nor a .csv or .xlsx table", path=typed
            )
            raise UsageError(message, Message("a .json file may be a tender of Prozorro"))
    return _paths(at.parent, typed, at, tender, criteria, scores, rates, panel, decisions, kind)


def find_panel_round(
    place: AnyPath,
    tender: AnyPath | None = None,
    criteria: AnyPath | None = None,
    panel: AnyPath | None = None,
) -> RoundFolder:
    """The paths of a round that needs no bids yet, by its folder or by its bids; without scores.

    Raises:
        UsageError: a path that was named does not exist or is of the wrong kind.
    """
    typed = os.fspath(place)
    root = _round_root(Path(os.path.abspath(typed)))  # noqa: PTH100 - links stay as they are
    if root is None:
        found = find_round(place, tender, criteria, panel=panel)
    else:
        bids = next((root / name for name in _BIDS if (root / name).exists()), root / _BIDS[0])
        found = _paths(root, typed, bids, tender, criteria, panel=panel)
    return replace(found, scores=None, decisions=None)


def _paths(  # noqa: PLR0913, PLR0917 - the command's options
    root: Path,
    typed: str,
    bids: Path,
    tender: AnyPath | None = None,
    criteria: AnyPath | None = None,
    scores: AnyPath | None = None,
    rates: AnyPath | None = None,
    panel: AnyPath | None = None,
    decisions: AnyPath | None = None,
    kind: str | None = None,
) -> RoundFolder:
    """What was named, and what lies beside the bids.

    A file that holds the whole round is of a ``kind``: of what lies beside it only decisions
    belong to it.
    """
    file, folder = (_beside, _folder) if kind is None else (_nothing, _nothing)
    return RoundFolder(
        root=root,
        prefix=_prefix(root, typed),
        bids=bids,
        tender=_named(tender, "file") or file(root, "tender"),
        criteria=_named(criteria, "folder") or folder(root, "criteria"),
        scores=_named(scores, "any") or folder(root, "scores"),
        rates=_named(rates, "file") or file(root, "rates"),
        panel=_named(panel, "file") or file(root, "panel"),
        decisions=_named(decisions, "file") or _beside(root, "decisions"),
        kind=kind,
    )


def _kind_of_round(at: Path) -> str | None:
    """Which kind of file holds the whole round, if it is one that does."""
    if at.suffix.lower() != ".json":
        return None
    from tenderscore.sources import read_document  # noqa: PLC0415 - few rounds are one file
    from tenderscore.sources.round_files import kind_of_round  # noqa: PLC0415 - likewise

    return kind_of_round(read_document(at, at.name))


def _round_root(at: Path) -> Path | None:
    """The folder of a round that was named itself, or by bids that are not there yet."""
    names = [f"{stem}{suffix}" for stem in ("tender", "panel") for suffix in _TEXTS]
    root = at if at.exists() or at.name not in _BIDS else at.parent
    begun = any((root / name).exists() for name in ("criteria", *names, *_BIDS))
    return root if begun else None


def _existing(typed: str) -> Path:
    at = Path(os.path.abspath(typed))  # noqa: PTH100 - links stay as they are
    if not at.exists():
        raise UsageError(Message("{path} does not exist", path=typed))
    return at


def _prefix(root: Path, typed: str) -> str:
    prefix = str(root) if Path(typed).is_absolute() else os.path.relpath(root)
    return "" if prefix == "." else f"{prefix}/"


def _named(path: AnyPath | None, kind: str) -> Path | None:
    if path is None:
        return None
    found = Path(os.path.abspath(path))  # noqa: PTH100 - links stay as they are
    if not found.exists():
        raise UsageError(Message("{path} does not exist", path=os.fspath(path)))
    if kind == "folder" and not found.is_dir():
        raise UsageError(Message("{path} is no folder", path=os.fspath(path)))
    if kind == "file" and found.is_dir():
        raise UsageError(Message("{path} is a folder, not a file", path=os.fspath(path)))
    return found


def _beside(root: Path, stem: str) -> Path | None:
    return next(
        (
            root / f"{stem}{suffix}"
            for suffix in _TEXTS
            if os.path.lexists(root / f"{stem}{suffix}")
        ),
        None,
    )


def _folder(root: Path, name: str) -> Path | None:
    path = root / name
    return path if path.is_dir() else None


def _nothing(root: Path, name: str) -> None:
    """What is not looked for."""


@cache
def shipped_criteria() -> Path:
    """The criteria that ship: inside the installed package, or the repository's own folder."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "criteria"
    return inside if inside.is_dir() else package.parent.parent / "criteria"
