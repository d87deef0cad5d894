"""A Markdown page as the tools see it: fenced blocks, and parts that are generated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

_FENCE = re.compile(r"(?P<fence>`{3,})(?P<language>[\w-]*)$")
_CAPTION = re.compile(r"`(?P<file>[\w./-]+)`:$")
_PART = re.compile(
    r"^(?P<fence>`{3,}).*?^(?P=fence)$"
    r"|(?P<head><!-- generated: (?P<name>[\w /-]+) -->\n).*?(?P<tail><!-- end -->\n)",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block. ``line`` is that of its first line of text.

    ``file`` is the file that the block is: the line above it ends with that name and a colon.
    """

    language: str
    text: str
    line: int
    file: str | None


@dataclass(frozen=True, slots=True)
class Command:
    """A line after ``$`` in a console block, and what it says it prints."""

    line: str
    said: str


@dataclass(frozen=True)
class Page:
    """A page by its path in the repository."""

    name: str
    text: str

    @classmethod
    def read(cls, name: str) -> Page:
        """The page as it stands on the disk."""
        return cls(name, (ROOT / name).read_text(encoding="utf-8"))

    def write(self) -> None:
        """Put the page on the disk."""
        (ROOT / self.name).write_text(self.text, encoding="utf-8")

    def blocks(self) -> Iterator[Block]:
        """Its fenced blocks in order; what stands in a block is no block itself."""
        lines = self.text.split("\n")
        caption = ""
        index = 0
        while index < len(lines):
            opening = _FENCE.match(lines[index])
            if opening is not None:
                end = lines.index(opening["fence"], index + 1)
                text = "".join(f"{line}\n" for line in lines[index + 1 : end])
                captioned = _CAPTION.search(caption)
                file = None if captioned is None else captioned["file"]
                yield Block(opening["language"], text, index + 2, file)
                index = end
                caption = ""
            elif lines[index].strip():
                caption = lines[index].rstrip()
            index += 1

    def part_names(self) -> list[str]:
        """The generated parts that it has."""
        return [match["name"] for match in _PART.finditer(self.text) if match["name"]]

    def with_parts(self, parts: Mapping[str, Callable[[], str]]) -> Page:
        """The page with its generated parts as they should be."""

        def fresh(match: re.Match[str]) -> str:
            if not match["name"]:
                return match[0]
            return f"{match['head']}\n{parts[match['name']]()}\n{match['tail']}"

        return Page(self.name, _PART.sub(fresh, self.text))

    def with_block(self, block: Block, text: str) -> Page:
        """The page with another text in a block."""
        lines = self.text.split("\n")
        start = block.line - 1
        stop = start + block.text.count("\n")
        return Page(self.name, "\n".join([*lines[:start], *text.split("\n")[:-1], *lines[stop:]]))


def page_names() -> list[str]:
    """Every page whose blocks are run; problem codes' pages have a test of their own."""
    top = ROOT.glob("*.md")
    docs = [path for path in (ROOT / "docs").rglob("*.md") if path.parent.name != "problems"]
    return sorted(path.relative_to(ROOT).as_posix() for path in (*top, *docs))


def commands(block: Block) -> list[Command]:
    r"""The commands of a console block.

    >>> commands(Block("console", "$ echo one\none\n$ true\n", 1, None))
    [Command(line='echo one', said='one\n'), Command(line='true', said='')]
    """
    found: list[Command] = []
    for line in block.text.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append(Command(line.removeprefix("$ ").rstrip("\n"), ""))
        else:
            last = found.pop()
            found.append(Command(last.line, last.said + line))
    return found
