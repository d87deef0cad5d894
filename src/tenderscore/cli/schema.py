"""``tenderscore schema``: JSON Schemas for editors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tenderscore.cli import exits
from tenderscore.cli.command_line import Command
from tenderscore.cli.files import failing_as_output, write_together
from tenderscore.cli.help_text import HelpText
from tenderscore.cli.options import add_language_alone
from tenderscore.errors import Message, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from tenderscore.cli.command_line import Parser
    from tenderscore.cli.console import Console
    from tenderscore.cli.schemas import Schema


def _declare(parser: Parser) -> None:
    help_ = HelpText("one kind of file, such as bid or method")
    parser.arguments.add_argument("kind", metavar="KIND", nargs="?", help=help_)
    help_ = HelpText("write <kind>.schema.json files there")
    parser.options.add_argument("--write", metavar="DIR", type=Path, help=help_)
    add_language_alone(parser)


def _run(given: Namespace, console: Console) -> int:
    from tenderscore.cli.schemas import as_json  # noqa: PLC0415 - heavy

    chosen = _chosen(given.kind)
    if given.write is None:
        documents = {each.kind: each.document() for each in chosen}
        console.show(as_json(documents if given.kind is None else documents[given.kind]))
    else:
        _write(given.write, chosen)
        words = console.words()
        lines = [f"{given.write / each.file}  {words.say(each.covers)}\n" for each in chosen]
        console.show("".join(lines).encode())
    return exits.SHORTLISTED


def _chosen(kind: str | None) -> Sequence[Schema]:
    from tenderscore.cli.schemas import SCHEMAS  # noqa: PLC0415
    from tenderscore.model.suggestions import did_you_mean  # noqa: PLC0415

    if kind is None:
        return list(SCHEMAS.values())
    if kind in SCHEMAS:
        return [SCHEMAS[kind]]
    message = Message("there is no kind of file {kind!r}", kind=kind)
    raise UsageError(message, did_you_mean(kind, SCHEMAS))


def _write(folder: Path, schemas: Sequence[Schema]) -> None:
    from tenderscore.cli.schemas import as_json  # noqa: PLC0415

    if folder.exists() and not folder.is_dir():
        raise UsageError(Message("{folder} is not a folder", folder=str(folder)))
    with failing_as_output(folder):
        folder.mkdir(parents=True, exist_ok=True)
    write_together({folder / each.file: as_json(each.document()) for each in schemas})


SCHEMA = Command(
    "schema",
    Message("Print or write JSON Schemas for editors."),
    "[KIND]",
    _declare,
    _run,
    more=Message(
        "With them an editor completes and checks files while you type. A file names its schema "
        "in its first line, as those that tenderscore init writes do."
    ),
)
