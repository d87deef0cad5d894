"""The parts of pages that follow from the presets: a rule's source, and what it insists on."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from functools import partial

from tenderscore.model.located import Node
from tenderscore.model.preset import Preset, PresetFile, RuleCheck, Validity
from tenderscore.sources.presets import preset, preset_ids

_MARKS = {
    "read": "read in the instrument itself",
    "secondary": "read in a secondary text, not verified against the official one",
    "unverified": "from memory, not verified against the official text",
}
_WIDTH = 104


def preset_parts() -> dict[str, Callable[[], str]]:
    """Every preset's parts by the names that pages call them by."""
    found: dict[str, Callable[[], str]] = {"presets": _listed}
    for id_ in preset_ids():
        found[f"preset {id_}"] = partial(_told, id_)
        found[f"preset example {id_}"] = partial(_example, id_)
    return found


def _listed() -> str:
    lines = ["| preset | rule | source | known |", "|---|---|---|---|"]
    for id_ in preset_ids():
        found = preset(id_).preset
        where = _where(found)
        lines.append(f"| [`{id_}`]({id_}.md) | {found.title} | {where} | {found.source.mark} |")
    return "\n".join(lines) + "\n"


def _where(found: Preset) -> str:
    article = f", {found.source.article}" if found.source.article else ""
    return f"{found.source.instrument}{article}"


def _told(id_: str) -> str:
    return "\n\n".join(_paragraphs(preset(id_))) + "\n"


def _paragraphs(file: PresetFile) -> Iterator[str]:
    found = file.preset
    yield f"```yaml\nextends: {file.id}\n```"
    yield f"```text\n{textwrap.fill(found.formula, 96)}\n```"
    yield _filled(f"**Source.** {_where(found)}; {_source(found)}")
    if found.limits:
        yield _filled(f"**Limits.** {found.limits}")
    for key, head in (
        ("method", "The method starts from"),
        ("criteria", "Its criteria, each for `extends: " + file.id + "#NAME`"),
    ):
        text = _text_of(file, key)
        if text:
            yield f"{head}:\n\n```yaml\n{text}```"
    yield f"What it insists on:\n\n{_checks(found.checks)}"
    yield "## Beware"
    yield _filled(str(found.weakness or "No weakness is recorded."))


def _source(found: Preset) -> str:
    note = f" {found.source.note}" if found.source.note else ""
    return f"{_MARKS[found.source.mark]}, noted {found.source.read}.{_span(found.valid)}{note}"


def _span(valid: Validity) -> str:
    words = {"from": valid.from_, "until": valid.to}
    told = " ".join(f"{word} {day}" for word, day in words.items() if day is not None)
    return f" In force {told}." if told else ""


def _filled(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _text_of(file: PresetFile, key: str) -> str:
    """The lines under a key of the preset, as they stand in its file."""
    lines = file.document.text.split("\n")
    if f"{key}:" not in lines:
        return ""
    start = lines.index(f"{key}:") + 1
    length = next(i for i, line in enumerate(lines[start:]) if line and line[0] != " ")
    return textwrap.dedent("".join(f"{line}\n" for line in lines[start : start + length]))


def _checks(checks: list[RuleCheck]) -> str:
    rows = [f"| `{check.id}` | {check.title} | {check.article} |" for check in checks]
    return "\n".join(["| check | what it asks | article |", "|---|---|---|", *rows])


def _example(id_: str) -> str:
    found = preset(id_)
    parts = [_filled(f"{found.preset.example.source}.")]
    node = found.document.root.get("example", "files")
    parts += [_file(path, child) for path, child in (node.items() if node else ())]
    return "\n\n".join(parts) + "\n"


def _file(path: str, node: Node) -> str:
    language = path.rpartition(".")[2]
    return f"`{path}`:\n\n```{language}\n{node.text}```"
