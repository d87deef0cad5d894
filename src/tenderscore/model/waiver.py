"""Checks of a preset that a method does not keep, each with its reason."""

from __future__ import annotations

from tenderscore.model.fields import FileModel, Filled, Id


class Waiver(FileModel):
    """A check of the preset that need not hold, and why."""

    check: Id
    reason: Filled
