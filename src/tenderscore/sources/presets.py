"""The presets that ship, and files that extend them: ``extends`` takes a preset's keys over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tenderscore.errors import Message, Problem
from tenderscore.model.located import Document, Node
from tenderscore.model.preset import Preset, PresetFile
from tenderscore.model.suggestions import did_you_mean
from tenderscore.model.validation import validated
from tenderscore.sources import read_document
from tenderscore.sources.yaml_file import read

FOLDER = Path(__file__).resolve().parent.parent / "presets"
EXTENDS = "extends"
_TEXTS = frozenset(
    {"id", "title", "fact", "expr", "tie_break", "criteria", "description", "article", "formula"}
)


@cache
def preset_ids() -> tuple[str, ...]:
    """The ids of all presets, in order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def preset(id_: str) -> PresetFile:
    """A preset by its id, which exists."""
    document = read_document(FOLDER / f"{id_}.yaml", f"tenderscore:presets/{id_}.yaml")
    model, problems = validated(Preset, document, document.root, _TEXTS)
    if model is None or document.problems:
        told = "; ".join(map(str, (*document.problems, *problems)))
        raise ValueError(told)
    return PresetFile(id_, model, document)


def extended_method(document: Document) -> tuple[Document, PresetFile | None, list[Problem]]:
    """method.yaml with what its preset says besides, and that preset."""
    named = document.root.get(EXTENDS)
    if named is None:
        return document, None, []
    problem = _unknown(named, named.text, document)
    if problem is not None:
        return document, None, [problem]
    found = preset(named.text)
    base = found.document.root.get("method")
    root = document.root if base is None else _merged(_standing(base, named), document.root)
    return _with_root(document, root), found, []


def extended_group(document: Document) -> tuple[Document, list[Problem]]:
    """A criteria group whose criteria have what they extend."""
    problems: list[Problem] = []
    return _with_root(document, _extended(document.root, document, problems)), problems


def _extended(node: Node, document: Document, problems: list[Problem]) -> Node:
    """A criterion, and those under it, with what they extend."""
    if not node.is_mapping:
        return node
    named = node.get(EXTENDS)
    if named is not None:
        base = _criterion(named, document, problems)
        node = node if base is None else _merged(_standing(base, named), node)
    below = node.get("criteria")
    if below is None or not isinstance(below.value, list):
        return node
    children = [_extended(child, document, problems) for child in below.value]
    return _with(node, {**dict(node.items()), "criteria": _with(below, children)})


def _criterion(named: Node, document: Document, problems: list[Problem]) -> Node | None:
    id_, _, name = named.text.partition("#")
    problem = _unknown(named, id_, document)
    if problem is None:
        criteria = preset(id_).preset.criteria
        if name in criteria:
            return preset(id_).document.root.get("criteria", name)
        message = Message("the preset {id!r} has no criterion {name!r}", id=id_, name=name)
        help_ = did_you_mean(named.text, [f"{id_}#{each}" for each in criteria])
        problem = Problem("unknown-preset", message, document.place(named), help_)
    problems.append(problem)
    return None


def _unknown(named: Node, id_: str, document: Document) -> Problem | None:
    if id_ in preset_ids():
        return None
    message = Message("there is no preset {id!r}", id=id_[:80])
    help_ = did_you_mean(id_, preset_ids()) or Message("`tenderscore presets` lists them all")
    return Problem("unknown-preset", message, document.place(named), help_)


def _merged(base: Node, own: Node) -> Node:
    """Mappings merge key by key at any depth; lists and values replace."""
    if not (isinstance(base.value, dict) and isinstance(own.value, dict)):
        return own
    content = dict(base.value)
    for key, node in own.value.items():
        content[key] = _merged(content[key], node) if key in content else node
    return _with(own, content)


def _standing(node: Node, where: Node) -> Node:
    """A preset's value as it stands where the preset is named, for whatever is said of it."""
    content = node.value
    if isinstance(content, dict):
        content = {key: _standing(child, where) for key, child in content.items()}
    elif isinstance(content, list):
        content = [_standing(child, where) for child in content]
    place = (where.line, where.column)
    return Node(content, *place, node.text, node.plain, node.key, *place)


def _with(node: Node, content: dict[str, Node] | list[Node]) -> Node:
    place = (node.key_line, node.key_column)
    return Node(content, node.line, node.column, node.text, node.plain, node.key, *place)


def _with_root(document: Document, root: Node) -> Document:
    return Document(document.file, root, document.text, document.problems)


def extended(
    documents: Sequence[Document], method: Document | None
) -> tuple[list[Document], PresetFile | None, list[Problem]]:
    """The files of a criteria folder with what they extend, and the method's preset."""
    made: list[Document] = []
    found: PresetFile | None = None
    problems: list[Problem] = []
    for document in documents:
        if document is method:
            grown, found, wrong = extended_method(document)
        else:
            grown, wrong = extended_group(document)
        made.append(grown)
        problems += wrong
    return made, found, problems


def preset_alone(id_: str) -> tuple[str, list[Document]]:
    """The folder of criteria that has nothing but ``extends: <preset>``: its name and its file."""
    folder = f"tenderscore:presets/{id_}"
    return folder, [read(f"{EXTENDS}: {id_}\n", f"{folder}/method.yaml")]
