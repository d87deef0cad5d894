"""The commands put together, and the one place where errors become exit codes."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from tenderscore.cli import exits
from tenderscore.cli.command_line import PROGRAM, Command, Parser, asks_for_help, near, usage_hint
from tenderscore.cli.console import Console, PipeClosedError
from tenderscore.cli.help_text import HelpPage, column_after
from tenderscore.cli.languages import language_first, language_in
from tenderscore.errors import Message, OutputError, TenderscoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

_TRACEBACK = "TENDERSCORE_TRACEBACK"

# A command is loaded when it is asked for, or asked about.
COMMANDS = {
    "evaluate": "tenderscore.cli.evaluate:EVALUATE",
    "check": "tenderscore.cli.check:CHECK",
    "explain": "tenderscore.cli.explain:EXPLAIN",
    "prices": "tenderscore.cli.prices:PRICES",
    "panel": "tenderscore.cli.panel:PANEL",
    "panel check": "tenderscore.cli.panel_check:PANEL_CHECK",
    "sheets make": "tenderscore.cli.sheets:MAKE",
    "sheets read": "tenderscore.cli.sheets:READ",
    "init": "tenderscore.cli.init:INIT",
    "presets": "tenderscore.cli.presets:PRESETS",
    "schema": "tenderscore.cli.schema:SCHEMA",
    "explain-code": "tenderscore.cli.explain_code:EXPLAIN_CODE",
}
_PURPOSE = Message("Score vendor tenders: plain files in, an explained and ranked shortlist out.")
_EXITS = (
    (exits.SHORTLISTED, Message("a shortlist was made")),
    (exits.INVALID, Message("the input is invalid")),
    (exits.USAGE, Message("the command line is wrong")),
    (
        exits.UNDECIDED,
        Message("evaluated, but a lot has an empty shortlist, or a tie for the only place"),
    ),
    (exits.INTERNAL, Message("a bug in tenderscore")),
    (exits.UNWRITTEN, Message("an output could not be written")),
)


def answer(arguments: list[str]) -> int:
    """Run the command that the arguments name; every way to end has its exit code."""
    console = Console()
    try:
        return _run(arguments, console)
    except KeyboardInterrupt:
        console.say("\n")
        console.fail(Message("interrupted; nothing was left half-written"))
        return exits.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - what is none of the known ones is said to be a bug
        return _failed(error, console)


def _run(arguments: list[str], console: Console) -> int:
    console.language = language_in(arguments)
    leading, words = language_first(arguments)
    first, typed = (words or [""])[0], words[1:]
    pair = " ".join(words[:2])
    if pair in COMMANDS:
        return _run_command(_command(pair), [*leading, *words[2:]], console)
    if first in COMMANDS:
        return _run_command(_command(first), [*leading, *typed], console)
    if first in {"-h", "--help"}:
        return _show(_overview(console), console)
    if first == "--version":
        return _show(f"{PROGRAM} {_version()}\n", console)
    if not first:
        raise UsageError(Message("no command was given"), usage_hint(PROGRAM))
    if first.startswith("-"):
        raise UsageError(Message("there is no option {option}", option=first), usage_hint(PROGRAM))
    below = [name for name in COMMANDS if name.startswith(f"{first} ")]
    if below and asks_for_help(typed):
        return _show(_overview_below(first, below, console), console)
    raise _unknown(first if not below else pair, first if below and not typed else None)


def _show(text: str, console: Console) -> int:
    console.show(text.encode())
    return exits.SHORTLISTED


def _unknown(word: str, whole: str | None) -> UsageError:
    """There is no such command; ``whole`` is one that lacks its second word."""
    message = Message("there is no command {word!r}", word=word)
    if whole is not None:
        return UsageError(message, usage_hint(f"{PROGRAM} {whole}"))
    return UsageError(message, near(word, COMMANDS) or usage_hint(PROGRAM))


def _command(name: str) -> Command:
    module, constant = COMMANDS[name].split(":")
    command: Command = getattr(import_module(module), constant)
    return command


def _run_command(command: Command, typed: list[str], console: Console) -> int:
    parser = Parser(command)
    if asks_for_help(typed):
        return _show(parser.page(console.language, console.width()), console)
    given = parser.parsed(typed)
    console.speak(given.lang, quiet=given.quiet)
    return command.run(given, console)


def _overview(console: Console) -> str:
    """The help of the program: what it is for, its commands, how it ends."""
    page = HelpPage(console.language, console.width())
    template = "usage: {program} [--help | --version] COMMAND ..."
    page.add_usage(Message(template, program=PROGRAM))
    page.add(_PURPOSE)
    _list_commands(page, COMMANDS)
    template = "{program} COMMAND --help shows the options of a command."
    page.add(Message(template, program=PROGRAM))
    codes = [(f"{code:>2}", text) for code, text in _EXITS]
    page.add_list(Message("exit codes:"), codes, column_after(code for code, _ in codes))
    return page.text()


def _overview_below(first: str, names: Iterable[str], console: Console) -> str:
    """The commands that begin with a word."""
    page = HelpPage(console.language, console.width())
    page.add_usage(Message("usage: {command} ...", command=f"{PROGRAM} {first}"))
    _list_commands(page, names)
    return page.text()


def _list_commands(page: HelpPage, names: Iterable[str]) -> None:
    entries = [(name, _command(name).does) for name in names]
    page.add_list(Message("commands:"), entries, column_after(COMMANDS))


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - costs start-up time

    return version(PROGRAM)


def _failed(error: Exception, console: Console) -> int:
    """Say why, and choose the exit code."""
    match error:
        case PipeClosedError():
            code = exits.PIPE_CLOSED
        case OutputError():
            console.fail(error.message, error.help)
            code = exits.UNWRITTEN
        case TenderscoreError():
            console.fail(error.message, error.help)
            code = exits.USAGE
        case MemoryError():
            console.fail(Message("there is not enough memory for this"))
            code = exits.INTERNAL
        case _:
            _own_up(error, console)
            code = exits.INTERNAL
    return code


def _own_up(error: Exception, console: Console) -> None:
    """Say that this is a bug and where; the traceback is for whoever asks for it."""
    import traceback  # noqa: PLC0415 - costs start-up time

    where = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__}: {error}"
    message = Message(
        "this is a bug in tenderscore: {what} ({file}, line {line})",
        what=what,
        file=Path(where.filename).name,
        line=where.lineno,
    )
    if os.environ.get(_TRACEBACK):
        console.say("".join(traceback.format_exception(error)))
    console.fail(
        message,
        Message(
            "please report it with the command and its files; {name}=1 shows the whole way there",
            name=_TRACEBACK,
        ),
    )
