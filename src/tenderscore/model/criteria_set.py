"""A criteria folder as it was read: groups and method, each beside its file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tenderscore.errors import Place
from tenderscore.model.criteria import Criterion
from tenderscore.model.fields import UnreadText
from tenderscore.model.located import Document, Node
from tenderscore.model.method import Method, RoundRule
from tenderscore.model.records import record

if TYPE_CHECKING:
    from tenderscore.model.preset import PresetFile

EMPTY = Node(None, 1, 1)


@record
class Group:
    """A criteria group with the document that it stands in."""

    criterion: Criterion
    document: Document

    def weight_place(self) -> Place:
        """Where its weight stands."""
        return self.document.place(self.document.root.get("weight"))


@record
class CriteriaSet:
    """All groups of a folder by id, and its method (the default one where it has no file).

    ``unread`` are the paths of the method's file that could not be read, ``lost`` tells that some
    file's group could not. ``preset`` is what the method extends.
    """

    folder: str
    groups: tuple[Group, ...]
    method: Method
    method_document: Document
    unread: frozenset[tuple[str | int, ...]] = frozenset()
    lost: bool = False
    preset: PresetFile | None = None

    def is_read(self, *path: str | int) -> bool:
        """Whether all that the method's file says at a path, and under it, could be read."""
        shorter = (min(len(path), len(each)) for each in self.unread)
        return not any(
            each[:size] == path[:size] for each, size in zip(self.unread, shorter, strict=True)
        )

    @property
    def knows_groups(self) -> bool:
        """Whether the ids of all groups could be read."""
        ids = (group.criterion.id for group in self.groups)
        return not self.lost and not any(isinstance(id_, UnreadText) for id_ in ids)

    def group(self, id_: str) -> Group | None:
        """The group with an id."""
        return next((group for group in self.groups if group.criterion.id == id_), None)

    def rounds(self) -> list[RoundRule]:
        """The method's rounds; without any, one of all groups and requirements."""
        if self.method.rounds:
            return list(self.method.rounds)
        groups = sorted(group.criterion.id for group in self.groups)
        return [RoundRule(id="all", criteria=groups, requirements=list(self.method.requirements))]

    def place(self, *path: str | int) -> Place:
        """Where a part of the method stands."""
        return self.method_document.place(self.node(*path))

    def node(self, *path: str | int) -> Node:
        """A part of the method; what it would stand in where there is none."""
        node: Node | None = self.method_document.root
        last = self.method_document.root
        for step in path:
            if node is None:
                break
            if isinstance(step, int) and isinstance(node.value, list):
                node = node.value[step] if step < len(node.value) else None
            else:
                node = node.get(str(step))
            last = node or last
        return last


def walk(group: Group) -> Iterator[tuple[str, Criterion, Node]]:
    """Every node of a group with its dotted id and its place, parents before children."""
    yield from _walk(group.criterion, group.document.root, "")


def _walk(criterion: Criterion, node: Node, above: str) -> Iterator[tuple[str, Criterion, Node]]:
    id_ = f"{above}{criterion.id}"
    yield id_, criterion, node
    below = node.get("criteria")
    nodes = below.value if below is not None and isinstance(below.value, list) else []
    for child, child_node in zip(criterion.criteria or (), nodes, strict=False):
        yield from _walk(child, child_node, f"{id_}.")
