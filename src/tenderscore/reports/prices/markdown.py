"""Prices side by side, as Markdown."""

from __future__ import annotations

from tenderscore.model.price_analysis import PriceAnalysis
from tenderscore.model.records import record
from tenderscore.reports._block_markdown import markdown_page
from tenderscore.reports._style import Style
from tenderscore.reports._words import Words
from tenderscore.reports.prices._sections import PriceSections


@record
class Markdown:
    """``prices --format markdown``."""

    def render(self, analysis: PriceAnalysis, style: Style) -> bytes:
        """The whole document."""
        page = PriceSections(analysis, Words.people(style.language), style.top)
        return markdown_page(page.title(), page.sections())
