"""Files that hold a whole round, tender and bids together: a kind is one module and one line here.

A kind's module is loaded when a lone JSON file is to be evaluated: no other round needs it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import ClassVar, Protocol

from tenderscore.errors import Problem
from tenderscore.model.located import Document


class WholeRound(Protocol):
    """A round read from one file, as the documents that a folder would hold.

    Every value in them stands where it stands in the file. ``preset`` is the method of the
    platform that the file comes from.
    """

    preset: ClassVar[str]

    def __init__(self, document: Document) -> None: ...

    @staticmethod
    def recognises(document: Document) -> bool:
        """Whether a file is of this kind."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What is wrong or doubtful, once all parts were asked for."""

    def tender(self) -> Document:
        """What tender.yaml would say."""

    def bids(self) -> Sequence[Document]:
        """A bid file each."""

    def decisions(self, last_round: str) -> Document:
        """What decisions.yaml would say; awards were decided in the last round."""


ROUND_SOURCES: Mapping[str, str] = {"prozorro": "tenderscore.sources.prozorro:ProzorroTender"}


def round_source(id_: str) -> type[WholeRound]:
    """What reads one kind of file."""
    module, name = ROUND_SOURCES[id_].split(":")
    found: type[WholeRound] = getattr(import_module(module), name)
    return found


def kind_of_round(document: Document) -> str | None:
    """The kind of file that a document is; None where it is none of these."""
    return next((id_ for id_ in ROUND_SOURCES if round_source(id_).recognises(document)), None)
