"""tender.yaml: what is being bought, and in which lots (docs/reference/files.md)."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict

from tenderscore.model.award_file import AwardFile
from tenderscore.model.fields import AnyValue, FileModel, Instant, Text, TitleText
from tenderscore.model.values import Value


class Buyer(FileModel):
    """Who buys: its name, and its place as latitude and longitude."""

    id: Text | None = None
    name: TitleText | None = None
    country: Text | None = None
    location: AnyValue = None


class LotFile(FileModel):
    """One lot: a title, a criteria folder of its own if it has one, and any facts."""

    model_config = ConfigDict(extra="allow")

    title: TitleText | None = None
    budget: AnyValue = None
    estimate: AnyValue = None
    criteria: Text | None = None


class TenderFile(FileModel):
    """The buyer's request as tender.yaml gives it."""

    id: Text | None = None
    title: TitleText | None = None
    buyer: Buyer | None = None
    currency: Text | None = None
    deadline: Instant | None = None
    budget: AnyValue = None
    estimate: AnyValue = None
    lots: dict[str, LotFile | None] | None = None
    award: AwardFile | None = None


class Lot:
    """A lot as the evaluation sees it: id, title and facts."""

    __slots__ = ("criteria", "facts", "id", "title")

    def __init__(
        self, id_: str, title: Any, facts: dict[str, Value], criteria: str | None = None
    ) -> None:
        self.id = id_
        self.title = title
        self.facts = facts
        self.criteria = criteria
