"""How a report is wanted, and what a report is."""

from __future__ import annotations

from typing import Protocol, TypeVar

from tenderscore.model.records import record

Subject_contra = TypeVar("Subject_contra", contravariant=True)


@record
class Style:
    """How a report is wanted.

    ``language`` is that of titles and messages, ``width`` the columns of the screen. ``terminal``
    is False where text goes to a file or a log: then there are no line-drawing characters.
    ``colour`` is asked for apart from it (``NO_COLOR``). A round with more than ``top`` bids is cut
    to the first of them where people read it.
    """

    language: str = "en"
    width: int = 80
    colour: bool = False
    terminal: bool = False
    top: int = 20


class Report(Protocol[Subject_contra]):
    """An output format of one kind of result: bytes, the same for the same result."""

    def render(self, subject: Subject_contra, style: Style) -> bytes:
        """The whole output."""
