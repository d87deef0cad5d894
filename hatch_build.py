"""Compile the translations and carry the criteria and the pages of problems."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CarryData(BuildHookInterface[Any]):
    """Translations in every build; the criteria and the pages of problems in every wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write each ``tenderscore.po`` as the ``.mo`` that gettext reads."""
        if self.target_name == "wheel" and version != "editable":
            build_data["force_include"]["criteria"] = "tenderscore/criteria"
            build_data["force_include"]["docs/problems"] = "tenderscore/problems"
        for source in sorted(Path(self.root, "src/tenderscore/locale").rglob("*.po")):
            with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
                write_mo(mo, read_po(po))
