"""Presets as people and programs read them: all in a list, or one in full."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from tenderscore.model.preset import Preset, PresetFile
from tenderscore.reports._words import Words

SCHEMA = "tenderscore/presets/1"


def listed(presets: Sequence[PresetFile], words: Words) -> str:
    """A line for each: id, from when until when, title."""
    width = max((len(each.id) for each in presets), default=0)
    return "".join(
        f"{each.id:<{width}}  {_span(each.preset):<21}  {words.title(each.preset.title)}\n"
        for each in presets
    )


def _span(preset: Preset) -> str:
    if not preset.valid.from_ and not preset.valid.to:
        return "-"
    return f"{preset.valid.from_ or ''}/{preset.valid.to or ''}"


def listed_as_json(presets: Sequence[PresetFile], words: Words) -> str:
    """The same as JSON, with the sources."""
    rows = [
        {
            "id": each.id,
            "title": words.title(each.preset.title),
            "source": each.preset.source.model_dump(mode="json"),
            "valid": {"from": _day(each.preset.valid.from_), "to": _day(each.preset.valid.to)},
            "checks": [check.id for check in each.preset.checks],
            "criteria": list(each.preset.criteria),
        }
        for each in presets
    ]
    return _json({"schema": SCHEMA, "presets": rows})


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def shown(preset: PresetFile) -> str:
    """The preset's file as it is."""
    return f"# {preset.id}\n{preset.document.text}"


def shown_as_json(preset: PresetFile) -> str:
    """What the file says, as JSON."""
    return _json({"id": preset.id, **_plain(preset.document.root.bare())})


def _json(content: object) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, Fraction):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value
