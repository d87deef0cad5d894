"""How the panel scored, as Markdown."""

from __future__ import annotations

from tenderscore.model.panel_analysis import PanelAnalysis
from tenderscore.model.records import record
from tenderscore.reports._block_markdown import markdown_page
from tenderscore.reports._style import Style
from tenderscore.reports._words import Words
from tenderscore.reports.panels._sections import PanelSections


@record
class Markdown:
    """``panel --format markdown``."""

    def render(self, analysis: PanelAnalysis, style: Style) -> bytes:
        """The whole document."""
        page = PanelSections(analysis, Words.people(style.language), style.top)
        return markdown_page(page.title(), page.sections())
