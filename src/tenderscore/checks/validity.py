"""Whether the rule that a method extends is in force when bids are due."""

from __future__ import annotations

from datetime import date

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.criteria_set import CriteriaSet
from tenderscore.model.preset import Preset


def validity_problem(criteria: CriteriaSet, deadline: date, where: Place) -> Problem | None:
    """A warning where the deadline is outside the preset's dates; it stands at ``where``.

    Nothing but the deadline says when a tender is: nobody looks at a clock.
    """
    message = None if criteria.preset is None else _missed(criteria.preset.preset, deadline)
    if message is None:
        return None
    help_ = Message("start from the text that is in force then")
    also = ((Message("the deadline"), where),)
    return Problem(
        "outside-validity", message, criteria.place("extends"), help_, "warning", also=also
    )


def _missed(preset: Preset, deadline: date) -> Message | None:
    start, end = preset.valid.from_, preset.valid.to
    instrument = preset.source.instrument
    if start is not None and deadline < start:
        return Message(
            "{instrument}: in force from {day} only, and bids are due on {deadline}",
            instrument=instrument,
            day=start,
            deadline=deadline,
        )
    if end is not None and deadline > end:
        return Message(
            "{instrument}: in force until {day}, and bids are due on {deadline}",
            instrument=instrument,
            day=end,
            deadline=deadline,
        )
    return None
