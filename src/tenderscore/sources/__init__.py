"""Input formats: text to plain values and their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderscore.errors import Problem
from tenderscore.model.located import Document, Node
from tenderscore.sources import json_file, yaml_file
from tenderscore.sources.files import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

TEXT_SOURCES: dict[str, Callable[[str, str], Document]] = {
    ".yaml": yaml_file.read,
    ".yml": yaml_file.read,
    ".json": json_file.read,
}
FILES_AHEAD = 64
CHARACTERS_AHEAD = 2**20


def read_document(path: Path, name: str) -> Document:
    """The document in a file, ``name`` being what people know it by.

    A file is read by its suffix, in any case, and as YAML where that says nothing. What is wrong
    with it stands in the document's problems; its root is None where nothing could be read.
    """
    return _document(path, name, read_text(path, name))


def read_documents(files: Iterable[tuple[Path, str]]) -> Iterator[Document]:
    """The documents in files, each a path and a name, in their order.

    Texts are fetched some files ahead: going from the disk to the parser and back with every file
    costs a tenth of the time.
    """
    waiting: list[tuple[Path, str, str | Problem]] = []
    characters = 0
    for path, name in files:
        text = read_text(path, name)
        waiting.append((path, name, text))
        characters += len(text) if isinstance(text, str) else 0
        if len(waiting) == FILES_AHEAD or characters > CHARACTERS_AHEAD:
            yield from (_document(*each) for each in waiting)
            waiting, characters = [], 0
    yield from (_document(*each) for each in waiting)


def _document(path: Path, name: str, text: str | Problem) -> Document:
    if isinstance(text, Problem):
        return Document(name, Node(None, 1, 1), problems=(text,))
    return TEXT_SOURCES.get(path.suffix.lower(), yaml_file.read)(text, name)
