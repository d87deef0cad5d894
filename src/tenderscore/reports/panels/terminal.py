"""What ``panel`` prints: tables and lists as wide as the screen."""

from __future__ import annotations

from tenderscore.model.panel_analysis import PanelAnalysis
from tenderscore.model.records import record
from tenderscore.reports._block_lines import text_page
from tenderscore.reports._style import Style
from tenderscore.reports._words import Words
from tenderscore.reports.panels._sections import PanelSections


@record
class Terminal:
    """``panel --format table``."""

    def render(self, analysis: PanelAnalysis, style: Style) -> bytes:
        """The whole text."""
        page = PanelSections(analysis, Words.people(style.language), style.top)
        return text_page(page.title(), page.sections(), style)
