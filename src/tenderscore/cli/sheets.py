"""``tenderscore sheets make`` and ``sheets read``: the panel's score sheets, out and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tenderscore.cli import exits, options
from tenderscore.cli.command_line import Command
from tenderscore.cli.help_text import HelpText
from tenderscore.errors import Message, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from tenderscore.api import ProcurementRound
    from tenderscore.api.returned_sheets import ReadSheets
    from tenderscore.api.score_sheets import MadeSheets
    from tenderscore.cli.command_line import Parser
    from tenderscore.cli.console import Console
    from tenderscore.sheets.codes import Key
    from tenderscore.sheets.merging import Change

_FORMATS = ("xlsx", "csv", "yaml")
_READ_FILES = ("tender", "criteria", "rates", "panel")


def _declare_make(parser: Parser) -> None:
    options.add_round(parser)
    add = parser.options.add_argument
    add("--round", metavar="ID", required=True, help=HelpText("the round that the panel scores"))
    help_ = HelpText("the folder for the sheets")
    add("--output", metavar="DIR", type=Path, required=True, help=help_)
    help_ = HelpText("of the sheets: {formats} (default: xlsx)", formats=", ".join(_FORMATS))
    add("--format", dest="form", metavar="FORMAT", default="xlsx", help=help_)
    help_ = HelpText("this evaluator alone")
    add("--evaluator", metavar="ID", action="append", default=[], help=help_)
    add("--lot", metavar="ID", action="append", default=[], help=HelpText("this lot alone"))
    help_ = HelpText("ask this group's criteria once for each vendor, for all its lots together")
    add("--once", metavar="GROUP", action="append", default=[], help=help_)
    add("--blind", action="store_true", help=HelpText("vendors stand under codes"))
    help_ = HelpText("where the codes of blind sheets are kept; one that is there is used again")
    add("--key", metavar="FILE", type=Path, help=help_)
    options.add_language(parser)


def _make(given: Namespace, console: Console) -> int:
    from tenderscore.api.score_sheets import make_sheets  # noqa: PLC0415 - heavy
    from tenderscore.cli.session import Session  # noqa: PLC0415 - heavy

    _check_make(given)
    session = Session(console, "table", given.bids, options.round_files(given))
    made = session.attempt(
        lambda: make_sheets(
            session.round,
            given.round,
            evaluators=given.evaluator,
            lots=given.lot,
            once=given.once,
            key=_key_to_make(session.round, given.key) if given.blind else None,
        )
    )
    if made is None:
        return exits.INVALID
    _write_sheets(given, console, made, session.round.given().vendors())
    session.warn(made.problems)
    return exits.SHORTLISTED


def _check_make(given: Namespace) -> None:
    if given.form not in _FORMATS:
        from tenderscore.model.suggestions import did_you_mean  # noqa: PLC0415 - heavy

        message = Message("there is no format {name!r} here", name=given.form)
        raise UsageError(message, did_you_mean(given.form, _FORMATS))
    if given.blind != (given.key is not None):
        raise UsageError(Message("--blind and --key FILE belong together"))
    if given.output.exists() and not given.output.is_dir():
        raise UsageError(Message("{folder} is not a folder", folder=str(given.output)))
    if given.key is not None and given.key.resolve().parent == given.output.resolve():
        message = Message(
            "{file} would lie beside the sheets that are given out", file=str(given.key)
        )
        raise UsageError(message, Message("keep the key in another folder"))


def _key_to_make(opened: ProcurementRound, path: Path) -> Key:
    """The key that is there, or a new one that nobody can guess."""
    from secrets import token_hex  # noqa: PLC0415

    from tenderscore.api.score_sheets import key_in  # noqa: PLC0415
    from tenderscore.sheets.codes import Key  # noqa: PLC0415

    return key_in(opened, path) if path.exists() else Key(token_hex(16), {})


def _write_sheets(
    given: Namespace, console: Console, made: MadeSheets, vendors: Mapping[str, str]
) -> None:
    from tenderscore.cli.files import write_together  # noqa: PLC0415
    from tenderscore.sheets.formats import sheet_format  # noqa: PLC0415 - heavy
    from tenderscore.sheets.score_file import file_stem  # noqa: PLC0415

    write = sheet_format(given.form)
    paths = [given.output / f"{file_stem(each.evaluator)}.{given.form}" for each in made.sheets]
    if len(set(paths)) < len(paths):
        raise UsageError(Message("two evaluators' ids make the same name of a file"))
    contents = {path: write(each) for path, each in zip(paths, made.sheets, strict=True)}
    if made.key is not None:
        contents[given.key] = made.key.text(vendors).encode()
    _make_folder(given.output)
    write_together(contents)
    words = console.words()
    for path, sheet in zip(paths, made.sheets, strict=True):
        template = "{file}: {name}; vendors: {vendors}, scores: {n}"
        message = Message(
            template,
            file=str(path),
            name=sheet.name,
            n=sheet.size,
            vendors=len({block.vendor for block in sheet.blocks()}),
        )
        console.show(f"{words.say(message)}\n".encode())


def _make_folder(folder: Path) -> None:
    from tenderscore.cli.files import failing_as_output  # noqa: PLC0415

    with failing_as_output(folder):
        folder.mkdir(parents=True, exist_ok=True)


def _declare_read(parser: Parser) -> None:
    help_ = HelpText("sheets that came back: workbooks, CSV or YAML")
    parser.arguments.add_argument("sheets", metavar="SHEETS", type=Path, nargs="+", help=help_)
    add = parser.options.add_argument
    help_ = HelpText("the folder of the score files")
    add("--into", metavar="DIR", type=Path, required=True, help=help_)
    help_ = HelpText("the bids, unless they lie beside that folder")
    add("--bids", metavar="BIDS", type=Path, help=help_)
    options.add_files(parser, *_READ_FILES)
    add("--key", metavar="FILE", type=Path, help=HelpText("the codes of blind sheets"))
    help_ = HelpText("why marks are others than when they were last read")
    add("--reason", metavar="TEXT", help=help_)
    help_ = HelpText("scores that are lacking are an error")
    add("--complete", action="store_true", help=help_)
    options.add_language(parser)


def _read(given: Namespace, console: Console) -> int:
    from tenderscore.api.returned_sheets import read_sheets  # noqa: PLC0415 - heavy
    from tenderscore.cli.session import Session  # noqa: PLC0415 - heavy

    sheets = _check_read(given)
    bids = given.bids or _bids_beside(given.into)
    files = {name: getattr(given, name) for name in _READ_FILES}
    session = Session(console, "table", bids, files, _opened_without_scores)
    read = session.attempt(
        lambda: read_sheets(
            session.round,
            sheets,
            given.into,
            key=_key(session.round, given.key),
            reason=given.reason,
            complete=given.complete,
        )
    )
    if read is None:
        return exits.INVALID
    _write_scores(given.into, console, read)
    session.warn(read.problems)
    return exits.SHORTLISTED


def _opened_without_scores(bids: Path, **files: Path | None) -> ProcurementRound:
    from tenderscore.api import open_round  # noqa: PLC0415 - heavy

    return open_round(bids, **files).without_scores()


def _check_read(given: Namespace) -> list[Path]:
    """The sheets that were named; what lies in a folder that was named."""
    if given.reason is not None and not given.reason.strip():
        raise UsageError(Message("a reason says something"))
    if given.into.exists() and not given.into.is_dir():
        raise UsageError(Message("{folder} is not a folder", folder=str(given.into)))
    for path in given.sheets:
        if not path.exists():
            raise UsageError(Message("{path} does not exist", path=str(path)))
    return [file for path in given.sheets for file in _files(path)]


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    suffixes = {".xlsx", ".csv", ".yaml", ".yml", ".json"}
    inside = sorted(path.iterdir())
    return [f for f in inside if f.suffix.lower() in suffixes and not f.name.startswith((".", "~"))]


def _bids_beside(into: Path) -> Path:
    root = into.resolve().parent
    for name in ("bids", "bids.csv", "bids.xlsx"):
        if (root / name).exists():
            return into.parent / name
    message = Message("there are no bids beside {folder}", folder=str(into))
    raise UsageError(message, Message("name them with --bids"))


def _key(opened: ProcurementRound, path: Path | None) -> Key | None:
    from tenderscore.api.score_sheets import key_in  # noqa: PLC0415

    if path is None:
        return None
    if not path.is_file():
        raise UsageError(Message("{path} does not exist", path=str(path)))
    return key_in(opened, path)


def _write_scores(into: Path, console: Console, read: ReadSheets) -> None:
    from tenderscore.cli.files import write_together  # noqa: PLC0415

    _make_folder(into)
    write_together(read.contents)
    words = console.words()
    for path, merged in read.brought:
        template = "{file}: {added} new, {changed} changed, {same} as before"
        message = Message(
            template,
            file=str(path),
            added=merged.added,
            changed=len(merged.changes),
            same=merged.same,
        )
        lines = [message, *map(_change, merged.changes)]
        console.show("".join(f"{words.say(line)}\n" for line in lines).encode())


def _change(change: Change) -> Message:
    from tenderscore.sheets.merging import told  # noqa: PLC0415

    return Message(
        "  {criterion} of {vendor}: {before} -> {after}",
        criterion=change.after.criterion,
        vendor=change.after.vendor,
        before=told(change.before),
        after=told(change.after),
    )


MAKE = Command(
    "sheets make",
    Message("Write a score sheet for each evaluator."),
    "BIDS --round ID --output DIR",
    _declare_make,
    _make,
    more=Message(
        "Evaluators and their groups, languages and conflicts stand in panel.yaml beside BIDS. "
        "A later round asks about those alone who advanced to it."
    ),
)
READ = Command(
    "sheets read",
    Message("Read score sheets back into score files."),
    "SHEETS... --into DIR",
    _declare_read,
    _read,
    more=Message(
        "All sheets are read, or none: whatever is wrong with any of them is said in one run."
    ),
)
