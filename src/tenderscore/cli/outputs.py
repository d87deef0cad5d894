"""Where a result goes: one format to standard output, and any number of files."""

from __future__ import annotations

import os
import sys
from codecs import BOM_UTF8
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from tenderscore.cli.console import Console, is_terminal
from tenderscore.errors import Message, UsageError
from tenderscore.model.records import record
from tenderscore.model.suggestions import did_you_mean
from tenderscore.reports import REPORTS, Format, Style, formats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tenderscore.model.result import Evaluation

_NOT_FOR_SCREENS = frozenset({".xlsx", ".pdf"})
_READ_FROM_FOLDERS = frozenset({".csv", ".json", ".xlsx"})
_FILE_WIDTH = 120


class Form(Protocol):
    """A format that a kind of result can take; ``suffix`` is that of its files."""

    @property
    def suffix(self) -> str:
        """Such as ``.json``."""


F = TypeVar("F", bound=Form)


@record
class Outputs(Generic[F]):
    """What was asked for: the format of standard output, and files with theirs."""

    shown: F
    files: Mapping[Path, F]

    @classmethod
    def asked(cls, name: str, paths: Sequence[Path], known: Mapping[str, F]) -> Outputs[F]:
        """The outputs for ``--format`` and each ``--output``.

        Raises:
            UsageError: there is no such format, or a file cannot be meant.
        """
        shown = known.get(name)
        if shown is None:
            message = Message("there is no format {name!r} here", name=name)
            raise UsageError(message, did_you_mean(name, known))
        if shown.suffix in _NOT_FOR_SCREENS and is_terminal(sys.stdout):
            message = Message("{name} is not for a screen", name=name)
            help_ = Message("write it with --output result{suffix}", suffix=shown.suffix)
            raise UsageError(message, help_)
        files = {path: _form(path, known) for path in paths}
        if len({os.path.realpath(path) for path in paths}) < len(paths):
            raise UsageError(Message("two --output name one file"))
        return cls(shown, files)

    def keep_off(self, inputs: Iterable[Path], folders: Iterable[Path]) -> None:
        """Make sure that no file is one that was read, or would be read the next time.

        Raises:
            UsageError: one is.
        """
        read = {os.path.realpath(path) for path in inputs}
        watched = {os.path.realpath(folder) for folder in folders}
        for path in self.files:
            target = Path(os.path.realpath(path))
            if str(target) in read:
                raise UsageError(Message("{file} is part of the round", file=str(path)))
            if str(target.parent) in watched and target.suffix.lower() in _READ_FROM_FOLDERS:
                template = "{file} would be read as part of the round the next time"
                raise UsageError(Message(template, file=str(path)))

    def deliver(self, console: Console, render: Callable[[F, Style], bytes]) -> None:
        """Render everything, then write the files, then standard output.

        Raises:
            OutputError: something could not be written.
        """
        shown = render(self.shown, console.style(sys.stdout))
        style = Style(language=console.language, width=_FILE_WIDTH)
        if self.files:
            from tenderscore.cli.files import write_together  # noqa: PLC0415 - not always needed

            write_together({path: render(form, style) for path, form in self.files.items()})
        # The mark that a spreadsheet wants at the head of a file is in the way of a pipe.
        console.show(shown.removeprefix(BOM_UTF8))
        for path in self.files:
            console.note(Message("wrote {file}", file=str(path)))


def report_formats(name: str, paths: Sequence[Path]) -> Mapping[str, Format[Evaluation]]:
    """The reports that ship; those of other packages, too, where one of them is meant."""
    suffixes = {report.suffix for report in REPORTS.values()}
    if name in REPORTS and all(path.suffix.lower() in suffixes for path in paths):
        return REPORTS
    return formats()


def _form(path: Path, known: Mapping[str, F]) -> F:
    suffix = path.suffix.lower()
    found = next((form for form in known.values() if form.suffix == suffix), None)
    if found is None:
        message = Message("{file} has the extension of no format", file=str(path))
        suffixes = ", ".join(form.suffix for form in known.values())
        raise UsageError(message, Message("known: {words}", words=suffixes))
    if path.is_dir():
        raise UsageError(Message("{file} is a folder", file=str(path)))
    if not path.parent.is_dir():
        raise UsageError(Message("there is no folder {folder}", folder=str(path.parent)))
    return found
