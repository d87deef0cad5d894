"""Codes for vendors on blind sheets, and the key that only the buyer has."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping

from tenderscore.errors import Message, Problem
from tenderscore.model.located import Document
from tenderscore.model.records import record
from tenderscore.sheets.yaml_text import remark, scalar

_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_LENGTH = 4
_LEAST_SECRET = 16


@record
class Key:
    """Which vendor stands behind which code.

    Codes follow from a secret: from the vendors' ids alone anybody could work them out. Four
    consonants make no word, and nothing that a spreadsheet takes for a number.
    """

    secret: str
    vendors: Mapping[str, str]

    @classmethod
    def made(cls, secret: str, known: Mapping[str, str], vendors: Iterable[str]) -> Key:
        """A key for these vendors besides those that it knows already, by code.

        >>> Key.made("a secret of the buyer's", {}, ["acme", "bolt"]).code("acme")
        'XPDB'
        """
        codes = dict(known)
        for vendor in sorted(set(vendors) - set(known.values())):
            codes[_code(secret, vendor, codes)] = vendor
        return cls(secret, dict(sorted(codes.items())))

    def code(self, vendor: str) -> str:
        """A vendor's code."""
        return next(code for code, each in self.vendors.items() if each == vendor)

    def text(self, names: Mapping[str, str]) -> str:
        """The key as a file."""
        lines = [
            "# Which vendor stands behind which code on the score sheets. Keep it from the",
            "# evaluators until all scores are in: `tenderscore sheets read` needs it.",
            f"secret: {scalar(self.secret)}",
            "codes:",
        ]
        for code, vendor in self.vendors.items():
            name = names.get(vendor, vendor)
            lines.append(f"  {code}: {scalar(vendor)}" + ("" if name == vendor else remark(name)))
        return "\n".join([*lines, ""])


def key_of(document: Document) -> tuple[Key | None, list[Problem]]:
    """The key in a file, and what is wrong with it."""
    problems = list(document.problems)
    if document.is_unreadable:
        return None, problems
    secret, codes = document.root.get("secret"), document.root.get("codes")
    sound = secret is not None and len(secret.text) >= _LEAST_SECRET and codes is not None
    if secret is None or codes is None or not sound or not codes.is_mapping:
        message = Message("this is no key of blind sheets: it has a secret and codes")
        problem = Problem("sheet-key", message, document.place(document.root))
        return None, [*problems, problem]
    return Key(secret.text, {code: node.text for code, node in codes.items()}), problems


def _code(secret: str, vendor: str, taken: Mapping[str, str]) -> str:
    """A code that no other vendor has."""
    attempt = 0
    while True:
        message = f"{vendor}\0{attempt}".encode("utf-8", "surrogatepass")
        number = int.from_bytes(hmac.digest(secret.encode(), message, "sha256"))
        letters = []
        for _ in range(_LENGTH):
            number, letter = divmod(number, len(_LETTERS))
            letters.append(_LETTERS[letter])
        code = "".join(letters)
        if code not in taken:
            return code
        attempt += 1
