"""The presets for callers: which published rules there are, and where they come from."""

from __future__ import annotations

from tenderscore.model.preset import PresetFile, Source, Validity
from tenderscore.model.records import record
from tenderscore.model.text import Title
from tenderscore.sources.presets import preset, preset_ids


@record
class PublishedRule:
    """A published rule that a method.yaml may extend by its ``id``.

    ``text`` is the preset's whole file, in YAML.
    """

    id: str
    title: Title
    source: Source
    valid: Validity
    formula: str
    limits: str | None
    weakness: Title | None
    text: str


def presets() -> tuple[PublishedRule, ...]:
    """All published rules that a method may extend, by their ids.

    >>> rules = {rule.id: rule for rule in presets()}
    >>> rules["un-70-30"].source.mark, str(rules["china-order-87-goods"].valid.from_)
    ('secondary', '2017-10-01')
    """
    return tuple(_rule(preset(id_)) for id_ in preset_ids())


def _rule(file: PresetFile) -> PublishedRule:
    found = file.preset
    return PublishedRule(
        file.id,
        found.title,
        found.source,
        found.valid,
        found.formula,
        found.limits,
        found.weakness,
        file.document.text,
    )
