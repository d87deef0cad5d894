"""What somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from tenderscore.errors import Message

_CLOSE = 0.7


def nearest(word: str, known: Iterable[str], cutoff: float = _CLOSE) -> str | None:
    """The known word that is most like this one, None where none is close."""
    from difflib import get_close_matches  # noqa: PLC0415 - most rounds need no suggestion

    matches = get_close_matches(word[:200], sorted(set(known)), n=1, cutoff=cutoff)
    return matches[0] if matches else None


def did_you_mean(word: str, known: Iterable[str]) -> Message | None:
    """A help text with the nearest known word, else with the known words where they are few.

    What is given as a list is told in its order.

    >>> str(did_you_mean("finance", ["finances", "experience"]))
    'did you mean `finances`?'
    """
    choices = list(dict.fromkeys(known)) if isinstance(known, list) else sorted(set(known))
    found = nearest(word, choices)
    if found is not None:
        return Message("did you mean `{word}`?", word=found)
    if 0 < len(choices) <= 12:
        return Message("known: {words}", words=", ".join(choices))
    return None
