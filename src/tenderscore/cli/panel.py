"""``tenderscore panel``: who scores, and how they scored."""

from __future__ import annotations

from tenderscore.cli import panel_shown
from tenderscore.cli.command_line import Command

PANEL = Command("panel", "Show how the panel scored.", "BIDS", panel_shown.declare, panel_shown.run)
