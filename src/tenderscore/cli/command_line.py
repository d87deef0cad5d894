"""Commands and their options: what is declared, and what was typed."""

from __future__ import annotations

from argparse import ArgumentParser, HelpFormatter, Namespace
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NoReturn

from tenderscore.errors import Message, UsageError
from tenderscore.model.records import record

if TYPE_CHECKING:
    from tenderscore.cli.console import Console

PROGRAM = "tenderscore"
_HELP = ("-h", "--help")


class Parser(ArgumentParser):
    """The options of one command; what is wrong with those that were typed is a ``UsageError``."""

    def __init__(self, command: Command) -> None:
        super().__init__(
            prog=f"{PROGRAM} {command.name}",
            usage=f"%(prog)s [OPTIONS] {command.arguments}",
            description=command.does,
            epilog=command.more or None,
            formatter_class=_Formatter,
            add_help=False,
            allow_abbrev=False,
        )
        self.arguments = self.add_argument_group("arguments")
        self.options = self.add_argument_group("options")
        command.declare(self)
        self.options.add_argument(*_HELP, action="store_true", help="show this text")

    def error(self, message: str) -> NoReturn:
        """What argparse objects to, in our form."""
        raise UsageError(Message("{text}", text=message), usage_hint(self.prog))

    def parsed(self, typed: Sequence[str]) -> Namespace:
        """What was typed, by option.

        Raises:
            UsageError: there is no such option, one lacks its value, an argument is absent.
        """
        given, unknown = self.parse_known_args(typed)
        for word in sorted(unknown, key=lambda word: not word.startswith("-")):
            self._refuse(word)
        return given

    def _refuse(self, word: str) -> NoReturn:
        if not word.startswith("-"):
            raise UsageError(
                Message("unexpected argument {word!r}", word=word), usage_hint(self.prog)
            )
        name = word.partition("=")[0]
        message = Message("there is no option {option}", option=name)
        raise UsageError(message, near(name, self._option_string_actions) or usage_hint(self.prog))


@record
class Command:
    """One command: its name, what it does, what it takes, and the doing, which gives an exit code.

    ``declare`` adds the options to a parser; ``run`` gets what was typed.
    """

    name: str
    does: str
    arguments: str
    declare: Callable[[Parser], None]
    run: Callable[[Namespace, Console], int]
    more: str = ""


class _Formatter(HelpFormatter):
    """Help as wide as the terminal, up to 100 columns."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26)
        self._width = min(self._width, 98)


def asks_for_help(typed: Sequence[str]) -> bool:
    """Whether ``--help`` is among the words."""
    return any(word in _HELP for word in typed)


def usage_hint(program: str) -> Message:
    """How to find out what can be typed."""
    return Message("{command} --help shows how it is used", command=program)


def near(word: str, known: Iterable[str]) -> Message | None:
    """The known word that was probably meant."""
    from tenderscore.model.suggestions import nearest  # noqa: PLC0415 - costs start-up time

    found = nearest(word, known)
    return None if found is None else Message("did you mean `{word}`?", word=found)
