"""``python -m docs.generate [PAGE ...]``: bring pages up to date with what the code does.

Generated parts and pictures are made anew, and console blocks whose commands print something else
by now. What a block leaves out (``...``) stays left out. Whatever is for a person to mend is
reported, and the exit code is 1.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from docs.generate.console import Difference, Reader, furnish
from docs.generate.pages import Page, page_names
from docs.generate.parts import parts
from docs.generate.pictures.of_pages import draw


def main(names: Sequence[str]) -> int:
    """Bring pages up to date; all of them where none is named."""
    known = parts()
    left = [one for name in names or page_names() for one in _mended(name, known)]
    for place in left:
        sys.stderr.write(f"{place}: not as the page says; mend it by hand\n")
    return 1 if left else 0


def _mended(name: str, known: Mapping[str, Callable[[], str]]) -> list[str]:
    """Rewrite one page and its picture; the places that are left to mend."""
    draw(name)
    before = Page.read(name)
    page = before.with_parts(known)
    page, left = _with_output(page)
    if page.text != before.text:
        page.write()
        sys.stdout.write(f"{name}\n")
    return left


def _with_output(page: Page) -> tuple[Page, list[str]]:
    left: list[str] = []
    differences: list[Difference] = []
    with TemporaryDirectory() as place:
        furnish(Path(place), page.name)
        reader = Reader(Path(place))
        for block in page.blocks():
            found = reader.follow(block)
            if found is not None:
                differences.append(found)
    for found in reversed(differences):
        if found.mended is not None:
            page = page.with_block(found.block, found.mended)
        else:
            left.append(f"{page.name}:{found.block.line}")
    return page, left[::-1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
