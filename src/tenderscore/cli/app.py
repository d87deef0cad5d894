"""The commands put together, and the one place where errors become exit codes."""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from typing import Annotated

import typer

from tenderscore.cli import exits
from tenderscore.cli.check import check
from tenderscore.cli.console import Console, PipeClosedError
from tenderscore.cli.evaluate import evaluate
from tenderscore.cli.explain import explain
from tenderscore.cli.explain_code import explain_code
from tenderscore.cli.init import init
from tenderscore.cli.schema import schema
from tenderscore.errors import Message, OutputError, TenderscoreError, UsageError

_TRACEBACK = "TENDERSCORE_TRACEBACK"
_PROGRAM = "tenderscore"

# typer brings its own click, and of its errors only this one has a public name: the mistakes on a
# command line all have the same parent.
_CommandLineError: type[Exception] = typer.BadParameter.__bases__[0]

app = typer.Typer(
    name=_PROGRAM,
    help="Score vendor tenders: plain files in, a ranked shortlist that explains itself out.",
    epilog="Exit codes: 0 a shortlist was made, 1 the input is invalid, 2 the command line is "
    "wrong, 3 evaluated but a lot has no shortlist or no single winner, 70 a bug, 74 output not "
    "written.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    # Without a default for "help" typer loads pydantic to find out that nobody asked for it.
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
        "default_map": {"help": False},
    },
)
for command in (evaluate, check, explain, init, schema, explain_code):
    app.command()(command)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 - costs start-up time

        typer.echo(f"{_PROGRAM} {version(_PROGRAM)}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """Options of the program itself."""


def answer(arguments: list[str]) -> int:
    """Run the command that the arguments name; every way to end has its exit code."""
    console = Console()
    try:
        return _run(arguments, console)
    except Exception as error:  # noqa: BLE001 - what is none of the known ones is said to be a bug
        return _failed(error, console)


def _failed(error: Exception, console: Console) -> int:
    """Say why, and choose the exit code."""
    match error:
        case PipeClosedError():
            code = exits.PIPE_CLOSED
        case OutputError():
            console.fail(_text(error))
            code = exits.UNWRITTEN
        case UsageError():
            console.fail(error.message, error.help)
            code = exits.USAGE
        case TenderscoreError():
            console.fail(_text(error))
            code = exits.USAGE
        case MemoryError():
            console.fail(Message("there is not enough memory for this"))
            code = exits.INTERNAL
        case _:
            _own_up(error, console)
            code = exits.INTERNAL
    return code


def _run(arguments: list[str], console: Console) -> int:
    command = typer.main.get_command(app)
    try:
        code = command.main(arguments, prog_name=_PROGRAM, standalone_mode=False, obj=console)
    except _CommandLineError as error:
        _explain_usage(error, console)
        return exits.USAGE
    except (KeyboardInterrupt, typer.Abort):
        code = exits.INTERRUPTED
    except SystemExit as leaving:
        code = leaving.code
    if code == exits.INTERRUPTED:
        console.say("\n")
        console.fail(Message("interrupted; nothing was left half-written"))
    return int(code or 0)


def _explain_usage(error: Exception, console: Console) -> None:
    context = getattr(error, "ctx", None)
    command = getattr(context, "command_path", _PROGRAM)
    message = getattr(error, "format_message", error.__str__)()
    help_ = Message("{command} --help shows how it is used", command=command)
    console.fail(Message("{text}", text=message.rstrip(".")), help_)


def _text(error: Exception) -> Message:
    return Message("{text}", text=str(error))


def _own_up(error: Exception, console: Console) -> None:
    """Say that this is a bug and where; the traceback is for whoever asks for it."""
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
