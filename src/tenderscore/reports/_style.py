"""How a report is wanted, and what a report is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tenderscore.model.explanation import Explanation
from tenderscore.model.records import record
from tenderscore.model.result import Evaluation

if TYPE_CHECKING:
    from tenderscore.model.panel_analysis import PanelAnalysis


@record
class Style:
    """How a report is wanted.

    ``language`` is that of titles and messages, ``width`` the columns of the screen. ``terminal``
    is False where text goes to a file or a log: then there are no line-drawing characters.
    ``colour`` is asked for apart from it (``NO_COLOR``). A round with more than ``top`` bids is cut
    to the first of them where people read it.
    """

    language: str = "en"
    width: int = 80
    colour: bool = False
    terminal: bool = False
    top: int = 20


class Report(Protocol):
    """An output format: an evaluation as bytes, the same for the same evaluation."""

    def render(self, evaluation: Evaluation, style: Style) -> bytes:
        """The whole output."""


class ExplanationReport(Protocol):
    """An output format of ``explain``: everything about one vendor as bytes."""

    def render(self, explanation: Explanation, style: Style) -> bytes:
        """The whole output."""


class PanelReport(Protocol):
    """An output format of ``panel``: how the panel scored as bytes."""

    def render(self, analysis: PanelAnalysis, style: Style) -> bytes:
        """The whole output."""
