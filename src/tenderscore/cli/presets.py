"""``tenderscore presets``: the rules that a method.yaml may extend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderscore.cli import exits
from tenderscore.cli.command_line import Command, near
from tenderscore.cli.help_text import HelpText
from tenderscore.cli.options import add_format, add_language
from tenderscore.errors import Message, UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from tenderscore.cli.command_line import Parser
    from tenderscore.cli.console import Console
    from tenderscore.model.preset import PresetFile

_FORMATS = ("table", "json")


def _declare(parser: Parser) -> None:
    help_ = HelpText("show ID prints one, as YAML; without it all are listed")
    parser.arguments.add_argument("words", metavar="show ID", nargs="*", help=help_)
    add_format(parser, _FORMATS)
    add_language(parser)


def _run(given: Namespace, console: Console) -> int:
    from tenderscore.reports import presets  # noqa: PLC0415 - heavy

    if given.form not in _FORMATS:
        message = Message("there is no format {form!r} here", form=given.form)
        raise UsageError(message, near(given.form, _FORMATS))
    as_json = given.form == "json"
    match given.words:
        case []:
            listed = presets.listed_as_json if as_json else presets.listed
            console.show(listed(_all(), console.words()).encode())
        case ["show", id_]:
            shown = presets.shown_as_json if as_json else presets.shown
            console.show(shown(_one(id_)).encode())
        case _:
            typed = " ".join(given.words)
            raise UsageError(
                Message("unexpected argument {word!r}", word=typed),
                Message("{command} --help shows how it is used", command="tenderscore presets"),
            )
    return exits.SHORTLISTED


def _all() -> list[PresetFile]:
    from tenderscore.sources.presets import preset, preset_ids  # noqa: PLC0415 - heavy

    return [preset(id_) for id_ in preset_ids()]


def _one(id_: str) -> PresetFile:
    from tenderscore.sources.presets import preset, preset_ids  # noqa: PLC0415 - heavy

    if id_ not in preset_ids():
        message = Message("there is no preset {id!r}", id=id_)
        listed = Message("`tenderscore presets` lists them all")
        raise UsageError(message, near(id_, preset_ids()) or listed)
    return preset(id_)


PRESETS = Command(
    "presets",
    Message("List published rules that a method may extend, or show one."),
    "[show ID]",
    _declare,
    _run,
)
