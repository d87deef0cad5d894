"""A picture of a page, for those who see it and for those who do not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """An SVG, what it shows in words, and a sentence for everybody."""

    svg: str
    words: str
    caption: str

    def on_page(self, page: str) -> str:
        """The picture as a page in a folder of docs/ shows it; it bears the page's name."""
        return f"![{self.words}](../pictures/{page}.svg)\n\n{self.caption}\n"
