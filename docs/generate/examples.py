"""The rounds that pages show as examples, as their files."""

from __future__ import annotations

from docs.generate.pages import Page
from docs.generate.pictures.rule import Files
from tenderscore.sources.presets import preset


def first_example(page: str) -> Files:
    """The files of a page down to the first command."""
    found: dict[str, str] = {}
    for block in Page.read(page).blocks():
        if block.language == "console":
            break
        if block.file is not None:
            found[block.file] = block.text
    return found


def preset_example(id_: str) -> Files:
    """The files of a preset's own example."""
    node = preset(id_).document.root.get("example", "files")
    return {path: str(each.value) for path, each in (node.items() if node else ())}
