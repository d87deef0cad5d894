"""Input formats: text to plain values and their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderscore.errors import Problem
from tenderscore.model.located import Document, Node
from tenderscore.sources import json_file, yaml_file
from tenderscore.sources.files import read_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT_SOURCES: dict[str, Callable[[str, str], Document]] = {
    ".yaml": yaml_file.read,
    ".yml": yaml_file.read,
    ".json": json_file.read,
}


def read_document(path: Path, name: str) -> Document:
    """The document in a file, ``name`` being what people know it by.

    A file is read by its suffix, in any case, and as YAML where that says nothing. What is wrong
    with it stands in the document's problems; its root is None where nothing could be read.
    """
    text = read_text(path, name)
    if isinstance(text, Problem):
        return Document(name, Node(None, 1, 1), problems=(text,))
    return TEXT_SOURCES.get(path.suffix.lower(), yaml_file.read)(text, name)
