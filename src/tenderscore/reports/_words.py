"""A result's words and numbers as people read them, in the language of the report.

Every text of a bid that a report shows goes through ``Words``: it is made visible and cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction

from tenderscore.errors import Message, Place, Translate
from tenderscore.locale import translator
from tenderscore.model.numerals import exact_text, fixed_text
from tenderscore.model.records import record
from tenderscore.model.text import Title
from tenderscore.model.values import Fault, Value
from tenderscore.reports._safe import digest, visible

NAME, SENTENCE, WORKING = 60, 300, 4000


class Shown(str):
    """Text that was made visible; ``{name!r}`` in a sentence puts it in quotes as it is."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"'{self}'"


@record
class Words:
    """Says messages, titles, names and values in one language.

    ``show`` is what becomes of text from outside before it stands in a sentence.
    """

    language: str
    translate: Translate
    show: Callable[[str], str]

    @classmethod
    def data(cls, language: str) -> Words:
        """For machines: text from outside stays as it is."""
        return cls(language, translator(language), str)

    @classmethod
    def people(cls, language: str, most: int = SENTENCE) -> Words:
        """For people: text from outside is visible, and cut where it is long."""
        translate = translator(language)
        return cls(language, translate, lambda text: cut(text, most, translate))

    def say(self, message: Message) -> str:
        """A sentence with its values."""
        return self.translate(message.template).format_map(
            {name: self._in_sentence(value) for name, value in message.values.items()}
        )

    def more(self, n: int) -> str:
        """That rows were left out, and how many."""
        return self.count(n, Message("and 1 more"), Message("and {n} more"))

    def maybe(self, message: Message | None) -> str | None:
        """A sentence, or None where there is none."""
        return None if message is None else self.say(message)

    def count(self, n: int, one: Message, many: Message) -> str:
        """``one`` for 1, else ``many``, whose template has ``{n}``."""
        return self.say(one) if n == 1 else self.say(Message(many.template, n=grouped(str(n))))

    def title(self, title: Title) -> str:
        """A title in the language, or in the nearest that there is."""
        return self.show(title.text(self.language))

    def name(self, text: str) -> Shown:
        """A name or id, short enough for a table."""
        return Shown(cut(text, NAME, self.translate))

    def named(self, vendor: str, name: str) -> Shown:
        """A vendor by name and id: ``Acme Services (acme)``."""
        both = f"{self.name(name)} ({self.name(vendor)})"
        return self.name(vendor) if vendor == name else Shown(both)

    def joined(self, texts: Iterable[str]) -> Shown:
        """Texts as a list in a sentence."""
        return Shown(self.translate(", ").join(texts))

    def headed(self, head: str, text: str) -> Shown:
        """``head: text``; both are shown already."""
        return Shown(self.say(Message("{head}: {text}", head=Shown(head), text=Shown(text))))

    def place(self, place: Place) -> str:
        """A file with its line and column."""
        return visible(str(place))

    def value(self, value: Value) -> str:
        """A fact as people write it."""
        match value:
            case dict():
                pairs = (f"{self.show(key)}: {self.value(item)}" for key, item in value.items())
                return "{" + ", ".join(pairs) + "}"
            case list() | tuple():
                return "[" + ", ".join(map(self.value, value)) + "]"
            case int() | Fraction() if not isinstance(value, bool):
                return grouped(exact_text(value))
            case None | Fault():
                return "-"
            case _:
                return self.show(_scalar(value))

    def _in_sentence(self, value: object) -> object:
        match value:
            case Shown() | int() | Fraction():
                return value
            case Message():
                return Shown(self.say(value))
            case Title():
                return Shown(self.title(value))
            case Place():
                return Shown(self.place(value))
            case list() | tuple():
                return self.joined(str(self._in_sentence(item)) for item in value)
            case _:
                return Shown(self.show(str(value)))


def cut(text: str, most: int, translate: Translate) -> str:
    """Text made visible, and cut to ``most`` characters with its length and a digest of the whole.

    >>> cut("A" * 10_000, 5, str)
    'AAAAA… (10,000 characters, #85757d9e)'
    """
    seen = visible(text[: most + 1])
    if len(text) <= most and len(seen) <= 2 * most:
        return seen
    mark = translate("… ({n} characters, #{digest})")
    return seen[:most] + mark.format(n=grouped(str(len(text))), digest=digest(text))


def _scalar(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
    return str(value)


def fixed(value: Fraction, decimals: int) -> str:
    """A number with some decimals, half up, and its thousands apart.

    >>> fixed(Fraction(-6912345, 2), 2)
    '-3,456,172.50'
    """
    return grouped(fixed_text(value, decimals))


def grouped(digits: str) -> str:
    """A number's text with its thousands apart."""
    whole, point, decimals = digits.partition(".")
    sign = "-" if whole.startswith("-") else ""
    whole = whole.removeprefix("-")
    first = len(whole) % 3 or 3
    groups = [whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))]
    return sign + ",".join(groups) + point + decimals
