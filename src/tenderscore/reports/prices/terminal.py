"""What ``prices`` prints: tables as wide as the screen, wide ones in several parts."""

from __future__ import annotations

from tenderscore.model.price_analysis import PriceAnalysis
from tenderscore.model.records import record
from tenderscore.reports._block_lines import text_page
from tenderscore.reports._marks import Marks
from tenderscore.reports._style import Style
from tenderscore.reports._words import Words
from tenderscore.reports.prices._sections import PriceSections


@record
class Terminal:
    """``prices --format table``."""

    def render(self, analysis: PriceAnalysis, style: Style) -> bytes:
        """The whole text."""
        marks = Marks.of(style).outcomes
        page = PriceSections(analysis, Words.people(style.language), style.top, marks)
        return text_page(page.title(), page.sections(), style)
