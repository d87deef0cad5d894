"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tenderscore.cli.help_text import HelpText
from tenderscore.cli.languages import LANGUAGES

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from tenderscore.cli.command_line import Parser

FORMATS = ("table", "json", "csv", "markdown", "html", "xlsx", "pdf")
EXPLAINED = ("table", "json", "csv", "markdown")

_FILES = (
    ("tender", "FILE", "tender.yaml"),
    ("criteria", "DIR", "criteria/"),
    ("scores", "DIR", "scores/"),
    ("rates", "FILE", "rates.yaml"),
    ("panel", "FILE", "panel.yaml"),
    ("decisions", "FILE", "decisions.yaml"),
)


def add_round(parser: Parser) -> None:
    """The bids, and the files beside them by other names."""
    parser.arguments.add_argument(
        "bids",
        metavar="BIDS",
        type=Path,
        help=HelpText("the folder of bids, one table (CSV or XLSX), or a Prozorro tender (JSON)"),
    )
    add_files(parser, *(name for name, _, _ in _FILES))


def add_files(parser: Parser, *names: str) -> None:
    """Some of the files beside the bids by other names."""
    for name, kind, usual in _FILES:
        if name in names:
            help_ = HelpText("instead of {usual} beside BIDS", usual=usual)
            parser.options.add_argument(f"--{name}", metavar=kind, type=Path, help=help_)


def round_files(given: Namespace) -> dict[str, Path | None]:
    """The files of the round that were named, by option."""
    return {name: getattr(given, name) for name, _, _ in _FILES}


def add_part(parser: Parser) -> None:
    """Which part of the round is evaluated."""
    parser.options.add_argument(
        "--lot",
        metavar="ID",
        action="append",
        default=[],
        help=HelpText("this lot alone; may be given several times"),
    )
    help_ = HelpText("stop after this round: its shortlist, and no winner")
    parser.options.add_argument("--until", metavar="ROUND", help=help_)


def add_format(parser: Parser, formats: Sequence[str] = FORMATS) -> None:
    """What standard output gets."""
    template = "what standard output gets: {formats} (default: table)"
    parser.options.add_argument(
        "--format",
        dest="form",
        metavar="FORMAT",
        default="table",
        help=HelpText(template, formats=", ".join(formats)),
    )


def add_outputs(parser: Parser) -> None:
    """The files that are written besides."""
    template = "also write a file, in the format of its extension; may be given several times"
    parser.options.add_argument(
        "--output",
        metavar="FILE",
        action="append",
        default=[],
        type=Path,
        help=HelpText(template),
    )


def add_language(parser: Parser) -> None:
    """In which language, and how much."""
    add_language_alone(parser)
    help_ = HelpText("say nothing of warnings and of what was written")
    parser.options.add_argument("--quiet", action="store_true", help=help_)


def add_language_alone(parser: Parser) -> None:
    """In which language."""
    template = "of titles and messages: {languages} (default: en)"
    help_ = HelpText(template, languages=", ".join(LANGUAGES))
    parser.options.add_argument("--lang", metavar="LANGUAGE", default="en", help=help_)
