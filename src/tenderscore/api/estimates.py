"""The buyer's own estimates, lot by lot: what tender.yaml or the table of bids says of them."""

from __future__ import annotations

from collections.abc import Mapping

from tenderscore.api.reading import Reader
from tenderscore.api.round_folder import RoundFolder
from tenderscore.errors import InvalidInputError, Message, Place, Problem
from tenderscore.model.cost_tree import Estimate, estimate_of
from tenderscore.model.located import Node
from tenderscore.model.records import record
from tenderscore.model.values import Fault
from tenderscore.pipeline import EvaluationInput, LotInput

_ESTIMATE = "estimate"


def estimates(
    given: EvaluationInput, folder: RoundFolder, reader: Reader
) -> Mapping[str, Estimate]:
    """What the buyer expects to pay, by lot; lots without an estimate are left out.

    Raises:
        InvalidInputError: an estimate is neither a number above 0 nor a tree of them.
    """
    found: dict[str, Estimate] = {}
    problems = []
    for lot in given.lots:
        if lot.lot.facts.get(_ESTIMATE) is None:
            continue
        node = _node(lot, folder, reader)
        read = _read(lot, node)
        if isinstance(read, Estimate):
            found[lot.lot.id] = read
        elif read is not None:
            place = Place(folder.name(folder.bids)) if node is None else node.place
            problems.append(_problem(read, lot, place))
    if problems:
        raise InvalidInputError(tuple(problems))
    return found


@record
class _Stated:
    """An estimate in tender.yaml."""

    node: Node
    place: Place


def _node(lot: LotInput, folder: RoundFolder, reader: Reader) -> _Stated | None:
    """The estimate in tender.yaml; None where the table of bids has it."""
    if folder.tender is None:
        return None
    document = reader.document(folder.tender)
    node = document.root.get("lots", lot.lot.id, _ESTIMATE) or document.root.get(_ESTIMATE)
    return None if node is None else _Stated(node, document.place(node))


def _read(lot: LotInput, stated: _Stated | None) -> Estimate | Message | Fault | None:
    # Money counts as its amount, so that a breakdown in it would go unread.
    if stated is not None and stated.node.get("breakdown") is not None:
        return Message("an estimate is a tree of numbers itself; it has no breakdown")
    return estimate_of(lot.lot.facts.get(_ESTIMATE))


def _problem(wrong: Message | Fault, lot: LotInput, place: Place) -> Problem:
    if isinstance(wrong, Fault):
        return Problem(wrong.code, wrong.message, place)
    message = Message(
        "{reference} in lot {lot}: {reason}",
        reference=f"lot.{_ESTIMATE}",
        lot=lot.lot.id,
        reason=wrong,
    )
    return Problem("wrong-type", message, place)
