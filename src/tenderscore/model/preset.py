"""A preset: a published rule as a method to start from, with its source and what it insists on."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from tenderscore.model.criteria import Test
from tenderscore.model.fields import AnyValue, FileModel, Id, PlainDate, Text, TitleText
from tenderscore.model.located import Document
from tenderscore.model.panel_rule import as_share
from tenderscore.model.records import record


class Source(FileModel):
    """Where a rule comes from.

    ``mark`` tells how it is known: read in the instrument itself, read in a secondary text, or
    from memory and not yet verified. ``note`` says what was not seen.
    """

    instrument: Text
    article: Text | None = None
    read: PlainDate
    mark: Literal["read", "secondary", "unverified"]
    note: Text | None = None


class Validity(FileModel):
    """From when until when the instrument is in force, as far as its source says."""

    from_: PlainDate | None = Field(default=None, alias="from")
    to: PlainDate | None = None


def _with_shares(value: object) -> object:
    """A test in which a share such as 2/3 is the number that it is."""
    if not isinstance(value, dict):
        return value
    return {key: as_share(each) or each for key, each in value.items()}


class RuleCheck(FileModel):
    """What the instrument requires of a method: a test of the method's own facts."""

    id: Id
    article: Text
    title: TitleText
    that: Annotated[Test, BeforeValidator(_with_shares)]


class Example(FileModel):
    """A small round, and what it comes to; ``source`` says whose figures these are."""

    source: Text
    files: dict[str, AnyValue]
    expect: dict[str, AnyValue]


class Preset(FileModel):
    """One published rule.

    ``method`` is what a method.yaml starts from, ``criteria`` are criteria to start from by name.
    """

    title: TitleText
    source: Source
    valid: Validity = Validity()
    formula: Text
    limits: Text | None = None
    weakness: TitleText | None = None
    method: dict[str, Any] = Field(default_factory=dict)
    criteria: dict[str, Any] = Field(default_factory=dict)
    checks: list[RuleCheck] = Field(default_factory=list)
    example: Example


@record
class PresetFile:
    """A preset with its id and the document that it stands in."""

    id: str
    preset: Preset
    document: Document
