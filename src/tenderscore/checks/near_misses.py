"""Facts that nobody reads and whose names are close to ones that are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.located import Node
from tenderscore.model.offers import TreeBid, is_money_node
from tenderscore.model.suggestions import nearest
from tenderscore.model.table import Table

_WORDS = frozenset(
    {"id", "vendor", "received", "price", "offers", "evidence", "withdrawn", "supersedes"}
)
_CLOSE = 0.8


class NearMisses:
    """Finds near misses; what was found for a name is remembered for the next bid."""

    def __init__(self, read: Iterable[str]) -> None:
        paths = set(read)
        self._read = sorted(paths)
        self._inner = {path[:end] for path in paths for end in _ends(path)}
        self._outer = paths
        self._known: dict[str, str | None] = {}

    def near(self, path: str) -> str | None:
        """The fact that a name was probably meant for; None for one that is read or far off."""
        if path not in self._known:
            self._known[path] = None if self._is_read(path) else self._nearest(path)
        return self._known[path]

    def _is_read(self, path: str) -> bool:
        if path in self._outer or path in self._inner:
            return True
        return any(path[:end] in self._outer for end in _ends(path))

    def _nearest(self, path: str) -> str | None:
        above, _, last = path.rpartition(".")
        siblings = [p.rpartition(".")[2] for p in self._read if p.rpartition(".")[0] == above]
        found = nearest(last, siblings, _CLOSE)
        if found is not None:
            return f"{above}.{found}" if above else found
        return nearest(path, self._read, 0.9)

    def of_bid(self, bid: TreeBid) -> Iterator[Problem]:
        """The near misses of a bid file."""
        seen: set[str] = set()
        roots = [bid.document.root, *bid.offers.values()]
        for root in roots:
            for path, node in _paths(root, "", top=True):
                near = self.near(path)
                if near is not None and path not in seen:
                    seen.add(path)
                    yield _problem(path, near, bid.document.key_place(node))

    def of_table(self, table: Table) -> Iterator[Problem]:
        """The near misses among a table's columns."""
        for header in table.columns:
            name = header.removesuffix(".amount").removesuffix(".currency")
            if header.startswith("lot.") or name.partition(".")[0] in _WORDS:
                continue
            near = self.near(name)
            if near is not None:
                yield _problem(name, near, table.place(None, header))


def _problem(path: str, near: str, place: Place) -> Problem:
    message = Message("no criterion reads {path}", path=path)
    help_ = Message("did you mean `{word}`?", word=near)
    return Problem("near-miss", message, place, help_, "warning")


def _ends(path: str) -> Sequence[int]:
    return [index for index, character in enumerate(path) if character == "."]


def _paths(node: Node, above: str, *, top: bool = False) -> Iterator[tuple[str, Node]]:
    for key, child in node.items():
        if top and key in _WORDS:
            continue
        path = f"{above}{key}"
        if child.is_mapping and not is_money_node(child):
            yield from _paths(child, f"{path}.")
        else:
            yield path, child
