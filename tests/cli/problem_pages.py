"""The pages of docs/problems: their examples as files, and what the command says of them.

`python tests/cli/problem_pages.py` writes what it says now into the pages, and the list of them
into README.md.
"""

import re
import sys
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, StringIO, TextIOWrapper
from os import fsdecode
from pathlib import Path
from shutil import rmtree

from openpyxl import Workbook

from tenderscore.cli import main

MANY = 60
FOLDER = Path(__file__).parents[2] / "docs" / "problems"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"^--- (\S+)(?: -> (\S+)| \((.*)\))?\n", re.MULTILINE)
CODES = re.compile(r"^(?:\S+: )?(?:error|warning)\[([a-z0-9-]+)\]: ", re.MULTILINE)
TIMES = re.compile(r"([\d,]+) times (\S+) for (.)")
CHARACTER = re.compile(r"U\+([0-9A-F]{4}) for (.)")


@dataclass(frozen=True)
class File:
    """A file of an example: a link where it has a target; `note` says what else is special."""

    path: str
    target: str | None
    note: str
    content: str

    def write(self, folder: Path) -> None:
        path = folder / self._name()
        if path.is_dir() and not path.is_symlink():
            rmtree(path)
        path.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        if self.target:
            path.symlink_to(self.target)
        elif self.path.endswith("/"):
            path.mkdir()
        elif self.note == "a workbook":
            write_workbook(path, self.content)
        elif not self.note.startswith("removed"):
            encoding = "latin-1" if self.note == "in Latin-1" else "utf-8"
            path.write_text(self._real_content(), encoding=encoding)

    def _name(self) -> str:
        return fsdecode(self.path.encode("latin-1")) if "name in" in self.note else self.path

    def _real_content(self) -> str:
        content = self.content
        for count, text, mark in TIMES.findall(self.note):
            content = content.replace(mark, int(count.replace(",", "")) * text)
        for code, mark in CHARACTER.findall(self.note):
            content = content.replace(mark, chr(int(code, 16)))
        return content


def write_workbook(path: Path, content: str) -> None:
    """A workbook of lines with commas; `[name]` begins another sheet, `=` a formula."""
    book = Workbook()
    for row in content.splitlines():
        if row.startswith("["):
            book.create_sheet(row.strip("[]"))
        else:
            cells = [float(cell) if cell.isdigit() else cell for cell in row.split(",")]
            book.worksheets[-1].append(cells)
    book.save(path)


@dataclass(frozen=True)
class Page:
    """A page: its example, what is said of it, and the files that mend it."""

    code: str
    text: str

    def blocks(self, kind: str) -> list[str]:
        """The fenced blocks of a kind."""
        return [content for found, content in BLOCK.findall(self.text) if found == kind]

    @property
    def title(self) -> str:
        return self.text.partition("\n")[0].removeprefix(f"# {self.code}: ")

    @property
    def typed(self) -> list[str]:
        """The command that has the problem, where it is not the evaluation."""
        return next((block.split()[2:] for block in self.blocks("command")), [])

    @property
    def example(self) -> list[File]:
        return files(self.blocks("files")[0])

    @property
    def said(self) -> str:
        return self.blocks("text")[0]

    @property
    def mended(self) -> list[File]:
        return [*self.example, *files(self.blocks("files")[1])]


def files(block: str) -> list[File]:
    _, *parts = FILE.split(block)
    rows = zip(parts[::4], parts[1::4], parts[2::4], parts[3::4], strict=True)
    return [File(path, target, note or "", content) for path, target, note, content in rows]


def read_pages() -> dict[str, Page]:
    paths = sorted(FOLDER.glob("*.md"), key=lambda path: path.stem)
    return {
        p.stem: Page(p.stem, p.read_text(encoding="utf-8")) for p in paths if p.stem != "README"
    }


def base_round() -> list[File]:
    """The round that every example changes."""
    return Page("README", (FOLDER / "README.md").read_text(encoding="utf-8")).example


def evaluated(changes: list[File], typed: list[str] | None = None) -> tuple[set[str], str]:
    """The codes that the base round with some changes has, and what is said of them."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for file in (*base_round(), *changes):
            file.write(Path(folder))
        bids = next(name for name in ("bids.csv", "bids.xlsx", "bids") if Path(name).exists())
        code, said = command(*(typed or ("evaluate", bids, "--format", "csv")))
    assert code in {0, 1, 3}, said
    return set(CODES.findall(said)), shortened(said)


def command(*argv: str) -> tuple[int, str]:
    """The exit code of a run of the command, and what it prints on standard error."""
    with redirect_stdout(TextIOWrapper(BytesIO())), redirect_stderr(StringIO()) as err:
        return main(list(argv)), err.getvalue()


def shortened(said: str) -> str:
    """The first and the last lines where there are very many."""
    lines = said.splitlines(keepends=True)
    return said if len(lines) < MANY else "".join([*lines[:8], "...\n", *lines[-2:]])


def update() -> None:
    """Write what the command says into every page, and the list of pages into README.md."""
    pages = read_pages()
    for code, page in pages.items():
        if page.blocks("text"):
            _, said = evaluated(page.example, page.typed)
            text = page.text.replace(f"```text\n{page.said}```", f"```text\n{said}```")
            (FOLDER / f"{code}.md").write_text(text, encoding="utf-8")
    readme = FOLDER / "README.md"
    above, _, _ = readme.read_text(encoding="utf-8").partition("## All codes\n")
    readme.write_text(f"{above}## All codes\n\n{listing(pages)}", encoding="utf-8")


def listing(pages: dict[str, Page]) -> str:
    return "".join(f"- [`{code}`]({code}.md): {page.title}\n" for code, page in pages.items())


if __name__ == "__main__":
    sys.exit(update())
