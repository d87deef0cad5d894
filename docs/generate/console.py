"""Runs a page as its reader would: files are written, commands typed, Python pasted."""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docs.generate.eliding import ELLIPSIS, agrees, elided_again
from docs.generate.pages import ROOT, Block, Command, commands

_SEPARATOR = "\x1e"
_PATIENCE = 300
_COPIED = ("CONTRIBUTING.md", "README.md", "criteria", "docs", "pyproject.toml", "src", "tests")
_LEFT = shutil.ignore_patterns("__pycache__", ".*", "*.pyc")


@dataclass(frozen=True, slots=True)
class Difference:
    """A block that did not do what the page says; ``mended`` is how it could say what is so."""

    block: Block
    expected: str
    actual: str
    mended: str | None = None


class Reader:
    """Somebody who follows a page, block by block, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[str, Any] = {"__name__": "__page__"}

    def follow(self, block: Block) -> Difference | None:
        """Do what a block says; the difference where something else came out."""
        match block.language:
            case "console":
                return self._type(block)
            case "python" if block.file is None:
                return self._paste(block)
            case "diff" if block.file is not None:
                return self._edit(block, block.file)
            case _ if block.file is not None:
                target = self._folder / block.file
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(block.text, encoding="utf-8")
        return None

    def _type(self, block: Block) -> Difference | None:
        typed = commands(block)
        printed = self._run([command.line for command in typed])
        pairs = list(zip(typed, printed, strict=True))
        if all(agrees(command.said, out) for command, out in pairs):
            return None
        actual = "".join(shown(command.line, out) for command, out in pairs)
        return Difference(block, block.text, actual, _mended(pairs))

    def _run(self, lines: list[str]) -> list[str]:
        """What each command prints on either stream; ``$?`` is that of the one before it."""
        script = "".join(
            f'{line}\ncode=$?; printf "\\036"; (exit $code)\n' for line in ("exec 2>&1", *lines)
        )
        done = subprocess.run(  # noqa: S603 - the pages are ours
            ["bash", "-c", script],  # noqa: S607 - the reader's own shell
            cwd=self._folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            timeout=_PATIENCE,
            check=False,
        )
        return [tidy(part) for part in done.stdout.decode().split(_SEPARATOR)[1:-1]]

    def _environment(self) -> dict[str, str]:
        scripts = str(Path(sys.executable).parent)
        path = os.pathsep.join([scripts, os.environ.get("PATH", os.defpath)])
        own = self._folder / "src"
        sources = str(own) if own.is_dir() else os.environ.get("PYTHONPATH", "")
        return {
            "PATH": path,
            "HOME": str(self._folder),
            "LANG": "C.UTF-8",
            "COLUMNS": "80",
            "PYTHONPATH": sources,
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def _paste(self, block: Block) -> Difference | None:
        printed = io.StringIO()
        with _inside(self._folder), contextlib.redirect_stdout(printed):
            if ">>>" not in block.text:
                exec(compile(block.text, f"line {block.line}", "exec"), self._names)  # noqa: S102
                return None
            self._doctest(block)
        actual = printed.getvalue()
        return Difference(block, block.text, actual) if actual else None

    def _doctest(self, block: Block) -> None:
        parser = doctest.DocTestParser()
        test = parser.get_doctest(block.text, self._names, f"line {block.line}", None, block.line)
        runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
        runner.run(test, clear_globs=False)
        self._names.update(test.globs)

    def _edit(self, block: Block, file: str) -> Difference | None:
        target = self._folder / file
        text = target.read_text(encoding="utf-8")
        old, new = (
            "".join(line[1:] for line in block.text.splitlines(keepends=True) if line[0] in marks)
            for marks in (" -", " +")
        )
        if text.count(old) != 1:
            return Difference(block, old, f"{file} has this {text.count(old)} times\n")
        target.write_text(text.replace(old, new), encoding="utf-8")
        return None


def furnish(folder: Path, page: str) -> None:
    """What a reader has at hand: the examples; for CONTRIBUTING a copy of the repository."""
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=_LEFT)
    if page == "CONTRIBUTING.md":
        for name in _COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, folder / name, ignore=_LEFT)
            else:
                shutil.copy(ROOT / name, folder / name)


def tidy(text: str) -> str:
    """Lines without the blanks at their ends, and a line break after the last."""
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def shown(line: str, printed: str) -> str:
    """A command and its output as a page has them."""
    return f"$ {line}\n{printed}"


def _mended(pairs: list[tuple[Command, str]]) -> str | None:
    parts = []
    for command, printed in pairs:
        kept: str | None = printed
        if agrees(command.said, printed):
            kept = command.said
        elif ELLIPSIS in command.said:
            kept = elided_again(command.said, printed)
        if kept is None:
            return None
        parts.append(shown(command.line, kept))
    return "".join(parts)


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
