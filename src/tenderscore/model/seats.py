"""Who may score what: the panel's members by lot, group and vendor, as far as can be known."""

from __future__ import annotations

from tenderscore.errors import Problem
from tenderscore.model.evaluators import Evaluator
from tenderscore.model.panel import Out
from tenderscore.model.records import record
from tenderscore.model.text import Title


@record
class VendorSeats:
    """Who is left to score a group of one vendor; ``vendor`` None: of whoever will bid."""

    vendor: str | None
    name: str
    left: tuple[str, ...]
    out: tuple[Out, ...]


@record
class GroupSeats:
    """A group with criteria that the panel scores: whose it is, and who is left for each vendor."""

    id: str
    title: Title
    evaluators: tuple[str, ...]
    vendors: tuple[VendorSeats, ...]


@record
class LotSeats:
    """One lot: its members (who score some group and are not out of the lot), and its groups."""

    id: str
    title: Title
    members: tuple[str, ...]
    experts: int
    quorum: int | None
    groups: tuple[GroupSeats, ...]


@record
class PanelCheck:
    """What ``panel check`` found."""

    evaluators: tuple[Evaluator, ...]
    lots: tuple[LotSeats, ...]
    problems: tuple[Problem, ...]

    @property
    def is_valid(self) -> bool:
        """Whether the panel may score."""
        return all(problem.severity != "error" for problem in self.problems)
