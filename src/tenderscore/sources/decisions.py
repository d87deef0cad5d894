"""What people decided, from decisions.yaml (docs/reference/files.md)."""

from __future__ import annotations

from pydantic import ValidationError

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.decisions import RULINGS, Decision
from tenderscore.model.located import Document, Node
from tenderscore.model.records import replace
from tenderscore.model.suggestions import did_you_mean, nearest
from tenderscore.model.validation import problems_of
from tenderscore.model.values import Value

_TYPED = frozenset({"was", "value", "score", "date"})


def decisions_of(
    document: Document, first: int = 0, *, recorded: bool = False
) -> tuple[list[Decision], list[Problem]]:
    """The entries of a file in their order, and all that is wrong with their form.

    They are numbered from ``first``; ``recorded`` where a platform has put them on record.
    """
    problems = list(document.problems)
    root = document.root
    if root.value is None:
        return [], problems
    if not isinstance(root.value, list):
        message = Message("expected a list of decisions")
        return [], [*problems, Problem("decisions-form", message, document.place(root))]
    found: list[Decision] = []
    for number, node in enumerate(root.value, first):
        decision, wrong = _decision(number, document, node)
        problems.extend(wrong)
        if decision is not None:
            found.append(replace(decision, recorded=True) if recorded else decision)
    return found, problems


def _decision(number: int, document: Document, node: Node) -> tuple[Decision | None, list[Problem]]:
    if not node.is_mapping:
        message = Message("a decision is a mapping that begins with decide")
        return None, [Problem("decisions-form", message, document.place(node))]
    decide = node.get("decide")
    if decide is None:
        message = Message("{key} is missing", key="decide")
        help_ = did_you_mean("", RULINGS)
        return None, [Problem("missing-key", message, document.place(node), help_)]
    if decide.text in RULINGS:
        return _of_kind(decide.text, number, document, node)
    message = Message("expected one of {words}", words=", ".join(RULINGS))
    help_ = did_you_mean(decide.text, RULINGS)
    problem = Problem("unknown-value", message, document.place(decide), help_)
    meant = nearest(decide.text, RULINGS)
    # What else is wrong with it can be said of the kind that was probably meant.
    others = [] if meant is None else _of_kind(meant, number, document, node)[1]
    return None, [problem, *others]


def _of_kind(
    kind: str, number: int, document: Document, node: Node
) -> tuple[Decision | None, list[Problem]]:
    model, content = RULINGS[kind], _as_written(node) | {"decide": kind}
    try:
        ruling = model.model_validate(content)
    except ValidationError as error:
        return None, problems_of(error, document, node, model)
    return Decision(number, ruling, content, *_places(document, node)), []


def _as_written(node: Node) -> dict[str, Value]:
    """The entry's keys; what is no fact, number or date is text, such as the vendor 007."""
    return {key: below.bare() if key in _TYPED else below.as_text() for key, below in node.items()}


def _places(document: Document, node: Node) -> tuple[Place, dict[str, Place]]:
    """Where the entry stands, its values by key, and the items of a list by key and number."""
    places = {key: document.place(below) for key, below in node.items()}
    for key, below in node.items():
        for number, item in enumerate(below.value if isinstance(below.value, list) else ()):
            places[f"{key}.{number}"] = document.place(item)
    return document.place(node), places
