"""JSON Schemas (draft 2020-12) of every kind of file, for editors and for readers of the results.

What a pydantic model reads gets its schema from the model; the others stand in JSON files here.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from tenderscore.cli.schemas._derived import (
    criteria_schema,
    decisions_schema,
    method_schema,
    model_schema,
    rates_schema,
)
from tenderscore.cli.schemas._written import written_schema
from tenderscore.errors import Message
from tenderscore.model.evaluators import PanelFile
from tenderscore.model.records import record
from tenderscore.model.tender import TenderFile

if TYPE_CHECKING:
    from collections.abc import Callable

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


@record
class Schema:
    """The schema of one kind of file; ``covers`` says which files those are."""

    kind: str
    covers: Message
    content: Callable[[], dict[str, Any]]

    @property
    def file(self) -> str:
        """The name of the file that holds it."""
        return f"{self.kind}.schema.json"

    def document(self) -> dict[str, Any]:
        """The schema with its head."""
        return {"$schema": _DRAFT, "title": f"tenderscore: {self.covers}", **self.content()}


def as_json(content: object) -> bytes:
    """Indented JSON with a final newline."""
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def _files(names: str) -> Message:
    return Message("{files}", files=names)


def _printed_by(command: str) -> Message:
    return Message("what {command} prints", command=f"{command} --format json")


INPUTS = (
    Schema("tender", _files("tender.yaml"), partial(model_schema, TenderFile)),
    Schema("bid", _files("bids/*.yaml, *.json"), partial(written_schema, "inputs.json", "bid")),
    Schema("criteria", Message("criteria/*.yaml but method.yaml"), criteria_schema),
    Schema("method", _files("criteria/method.yaml"), method_schema),
    Schema("scores", _files("scores/*.yaml"), partial(written_schema, "inputs.json", "scores")),
    Schema("rates", _files("rates.yaml"), rates_schema),
    Schema("panel", _files("panel.yaml"), partial(model_schema, PanelFile)),
    Schema("decisions", _files("decisions.yaml"), decisions_schema),
)
OUTPUTS = tuple(
    Schema(kind, covers, partial(written_schema, file, kind))
    for file, kind, covers in (
        ("outputs.json", "evaluation", _printed_by("evaluate")),
        ("outputs.json", "explanation", _printed_by("explain")),
        ("panel.json", "panel-analysis", _printed_by("panel")),
        ("prices.json", "prices", _printed_by("prices")),
        ("outputs.json", "panel-check", _printed_by("panel check")),
        ("presets.json", "presets", _printed_by("presets")),
        (
            "outputs.json",
            "problems",
            Message("what is printed for invalid input with --format json"),
        ),
    )
)
SCHEMAS = {schema.kind: schema for schema in (*INPUTS, *OUTPUTS)}
