"""What a run talks to: results go to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

from tenderscore.cli.languages import LANGUAGES
from tenderscore.errors import Message, OutputError, UsageError
from tenderscore.model.refusals import reason_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tenderscore.reports import Style
    from tenderscore.reports._words import Words

_USUAL_WIDTH = 80


class PipeClosedError(OutputError):
    """Whoever read standard output has gone (``tenderscore ... | head``)."""


class Console:
    """The terminal, or the log, of one run."""

    def __init__(self) -> None:
        self.language = "en"
        self.quiet = False

    def speak(self, language: str, *, quiet: bool) -> None:
        """Speak a language from now on, and little where it is to be quiet.

        Raises:
            UsageError: it is none of the known languages.
        """
        if language not in LANGUAGES:
            from tenderscore.model.suggestions import did_you_mean  # noqa: PLC0415 - heavy

            message = Message("unknown language {language!r}", language=language)
            raise UsageError(message, did_you_mean(language, LANGUAGES))
        self.language = language
        self.quiet = quiet

    def width(self) -> int:
        """How wide a line on standard output may be."""
        return _width(sys.stdout)

    def style(self, stream: TextIO | None) -> Style:
        """How a report looks on a stream: its width, and whether it takes colours and lines."""
        from tenderscore.reports import Style  # noqa: PLC0415

        return Style(
            language=self.language,
            width=_width(stream),
            colour=_wants_colour(stream, os.environ),
            terminal=is_terminal(stream) and _is_unicode(stream),
        )

    def show(self, content: bytes) -> None:
        """Put a result on standard output, as UTF-8 wherever it is not a screen.

        Raises:
            OutputError: it could not be written in full.
        """
        stream = sys.stdout
        if stream is None:
            raise OutputError(Message("standard output is closed"))
        try:
            _write(stream, content)
        except BrokenPipeError as error:
            _abandon(stream)
            raise PipeClosedError(Message("standard output is closed")) from error
        except OSError as error:
            _abandon(stream)
            template = "cannot write to standard output: {reason}"
            raise OutputError(Message(template, reason=reason_of(error))) from error

    def say(self, text: str) -> None:
        """Put lines on standard error; where that is closed there is nobody to tell."""
        if sys.stderr is None or not text:
            return
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:
            _abandon(sys.stderr)

    def note(self, message: Message) -> None:
        """Say what was done, unless told to be quiet."""
        if not self.quiet:
            self.say(f"{self.words().say(message)}\n")

    def fail(self, message: Message, help_: Message | None = None) -> None:
        """Say why the run ends here."""
        words = self.words()
        red, plain = (
            ("\x1b[1;31m", "\x1b[0m") if _wants_colour(sys.stderr, os.environ) else ("", "")
        )
        self.say(f"{red}error{plain}: {words.say(message)}\n")
        if help_ is not None:
            self.say(f"  {words.say(Message('help'))}: {words.say(help_)}\n")

    def words(self) -> Words:
        """What makes sentences, with all text from outside shown harmlessly."""
        from tenderscore.reports._words import Words  # noqa: PLC0415

        return Words.people(self.language)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody looks at a stream as it is written."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def are_one_place(first: TextIO | None, second: TextIO | None) -> bool:
    """Whether two streams end on one screen or in one file: then each thing is said once."""
    try:
        one, other = (os.fstat(stream.fileno()) for stream in (first, second) if stream is not None)
    except (OSError, ValueError):
        return False
    return (one.st_dev, one.st_ino) == (other.st_dev, other.st_ino)


def _wants_colour(stream: TextIO | None, environment: Mapping[str, str]) -> bool:
    """``NO_COLOR`` forbids, ``FORCE_COLOR`` demands; else terminals that are not dumb get it."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return is_terminal(stream) and environment.get("TERM") != "dumb"


def _width(stream: TextIO | None) -> int:
    """``COLUMNS``, else the terminal's width, else 80."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns):
        return int(columns)
    try:
        found = os.get_terminal_size(stream.fileno()).columns if stream else 0
    except (OSError, ValueError):
        found = 0
    return found or _USUAL_WIDTH


def _is_unicode(stream: TextIO | None) -> bool:
    encoding = getattr(stream, "encoding", None) or ""
    return encoding.lower().replace("-", "").startswith("utf")


def _write(stream: TextIO, content: bytes) -> None:
    binary = getattr(stream, "buffer", None)
    if binary is not None and (_is_unicode(stream) or not is_terminal(stream)):
        stream.flush()
        binary.write(content)
        binary.flush()
        return
    encoding = getattr(stream, "encoding", None) or "utf-8"
    shown = content.decode().encode(encoding, "backslashreplace").decode(encoding)
    stream.write(shown)
    stream.flush()


def _abandon(stream: TextIO) -> None:
    """Let what is still buffered go nowhere, or Python fails once more as it ends."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return
