"""Commands and their options: what is declared, and what was typed."""

from __future__ import annotations

from argparse import ArgumentError, ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NoReturn

from tenderscore.cli.help_text import HelpPage, HelpText, column_after
from tenderscore.errors import Message, UsageError
from tenderscore.model.records import record

if TYPE_CHECKING:
    from argparse import Action

    from tenderscore.cli.console import Console

PROGRAM = "tenderscore"
_HELP = ("-h", "--help")


class Parser(ArgumentParser):
    """The options of one command; what is wrong with those that were typed is a ``UsageError``."""

    def __init__(self, command: Command) -> None:
        super().__init__(
            prog=f"{PROGRAM} {command.name}",
            add_help=False,
            allow_abbrev=False,
            exit_on_error=False,
        )
        self._command = command
        self.arguments = self.add_argument_group("arguments")
        self.options = self.add_argument_group("options")
        self.set_defaults(quiet=False)
        command.declare(self)
        self.options.add_argument(*_HELP, action="store_true", help=HelpText("show this text"))

    def page(self, language: str, screen: int) -> str:
        """The help of the command in a language, for a screen as wide as that."""
        page = HelpPage(language, screen)
        template = "usage: {command} [OPTIONS] {arguments}"
        page.add_usage(Message(template, command=self.prog, arguments=self._command.arguments))
        page.add(self._command.does)
        arguments = [_entry(each) for each in self._actions if not each.option_strings]
        options = [_entry(each) for each in self._actions if each.option_strings]
        column = column_after(name for name, _ in (*arguments, *options))
        page.add_list(Message("arguments:"), arguments, column)
        page.add_list(Message("options:"), options, column)
        if self._command.more is not None:
            page.add(self._command.more)
        return page.text()

    def error(self, message: str) -> NoReturn:
        """What argparse objects to, without its own way to end."""
        raise ArgumentError(None, message)

    def parsed(self, typed: Sequence[str]) -> Namespace:
        """What was typed, by option.

        Raises:
            UsageError: there is no such option, one lacks its value, an argument is absent.
        """
        given = Namespace()
        try:
            _, unknown = self.parse_known_args(typed, given)
        except ArgumentError as error:
            raise UsageError(self._objection(error, given), usage_hint(self.prog)) from error
        for word in sorted(unknown, key=lambda word: not word.startswith("-")):
            self._refuse(word)
        return given

    def _objection(self, error: ArgumentError, given: Namespace) -> Message:
        """What argparse objects to, told from which option it is about: its text is English."""
        name = (error.argument_name or "").split("/")[0]
        about = self._option_string_actions.get(name)
        if about is None:
            needed = [each for each in self._actions if each.required]
            missing = [_name(each) for each in needed if getattr(given, each.dest) is None]
            return Message("{names} must be given", names=", ".join(missing))
        if about.nargs == 0:
            return Message("{option} takes no value", option=name)
        return Message("{option} lacks its value", option=name)

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
    does: Message
    arguments: str
    declare: Callable[[Parser], None]
    run: Callable[[Namespace, Console], int]
    more: Message | None = None


def _entry(action: Action) -> tuple[str, HelpText]:
    """How an option or an argument is typed, and what it is for."""
    if not isinstance(action.help, HelpText):
        raise TypeError(action)
    names = ", ".join(action.option_strings)
    value = "" if action.nargs == 0 else str(action.metavar)
    return f"{names} {value}".strip(), action.help


def _name(action: Action) -> str:
    return action.option_strings[0] if action.option_strings else str(action.metavar)


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
