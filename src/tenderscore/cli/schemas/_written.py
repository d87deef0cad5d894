"""Schemas of files that no pydantic model reads: they are written beside this, in JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

_REFERENCE = re.compile(r'"#/\$defs/(\w+)"')


def written_schema(file: str, kind: str) -> dict[str, Any]:
    """One schema of a file, with the definitions of the file that it leads to."""
    content = json.loads(Path(__file__).with_name(file).read_text(encoding="utf-8"))
    used = _reached(content[kind], content["$defs"])
    definitions = {name: part for name, part in content["$defs"].items() if name in used}
    return {**content[kind], "$defs": definitions}


def _reached(start: object, definitions: dict[str, Any]) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        found = set(_REFERENCE.findall(json.dumps(waiting.pop()))) - reached
        reached |= found
        waiting += [definitions[name] for name in found]
    return reached
