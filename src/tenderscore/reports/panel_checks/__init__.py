"""What ``panel check`` found, as people and as programs read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tenderscore.model.records import record
from tenderscore.model.seats import PanelCheck
from tenderscore.reports._style import Style
from tenderscore.reports.panel_checks.json_document import json_document
from tenderscore.reports.panel_checks.terminal import terminal


@record
class CheckFormat:
    """A report on a panel; ``suffix`` is that of its files."""

    suffix: str
    rendered: Callable[[PanelCheck, Style], bytes]

    def render(self, checked: PanelCheck, style: Style) -> bytes:
        """The whole output."""
        return self.rendered(checked, style)


FORMATS: Mapping[str, CheckFormat] = {
    "table": CheckFormat(".txt", terminal),
    "json": CheckFormat(".json", json_document),
}
