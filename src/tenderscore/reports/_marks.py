"""Signs that help the eye: a mark for each outcome, a bar for a total."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from tenderscore.model.records import record
from tenderscore.model.result import Outcome
from tenderscore.reports._ink import Meaning
from tenderscore.reports._style import Style

MEANINGS: Mapping[Outcome, Meaning] = {
    "advanced": "good",
    "not_advanced": "doubtful",
    "eliminated": "bad",
}
DRAWN: Mapping[Outcome, str] = {"advanced": "✓", "not_advanced": "–", "eliminated": "✗"}  # noqa: RUF001
_EIGHTHS = "▏▎▍▌▋▊▉█"


@record
class Marks:
    """The signs of a terminal, or those of plain text."""

    outcomes: Mapping[Outcome, str]
    rule: str
    fine: bool

    @classmethod
    def of(cls, style: Style) -> Marks:
        """The signs that suit where the text goes."""
        if style.terminal:
            return cls(DRAWN, "─", fine=True)
        return cls({"advanced": "+", "not_advanced": "-", "eliminated": "x"}, "-", fine=False)

    def bar(self, points: Fraction | None, width: int) -> str:
        """Points of 100 as a bar of a full width.

        >>> Marks.of(Style()).bar(Fraction(75), 8)
        '######'
        >>> Marks.of(Style(terminal=True)).bar(Fraction(6), 8)
        '▌'
        """
        if points is None:
            return ""
        steps = round(points * width * (8 if self.fine else 1) / 100)
        return (
            "█" * (steps // 8) + _EIGHTHS[steps % 8 - 1 : steps % 8] if self.fine else "#" * steps
        )
